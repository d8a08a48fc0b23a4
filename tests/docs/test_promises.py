"""Pages that promise something name tests, and these exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TEST_PLACE = re.compile(r"`(tests/[\w/]+(?:\.py)?)`")


@pytest.mark.parametrize("page", ["state.md", "security.md"])
def test_each_promise_names_tests_that_exist(page: str) -> None:
    lines = (ROOT / "docs" / page).read_text("utf-8").splitlines()
    begin = next(number for number, line in enumerate(lines) if line.endswith("| test |"))
    rows = lines[begin + 2 :]
    rows = rows[: next((n for n, row in enumerate(rows) if not row.startswith("|")), len(rows))]
    assert len(rows) >= 8
    for row in rows:
        places = TEST_PLACE.findall(row.rsplit("|", 2)[1])
        assert places, row
        assert all((ROOT / place).exists() for place in places), row


PAGE_LINK = re.compile(r"docs/([\w/-]+\.md)(?:#([\w-]+))?")


def read_anchors(page: Path) -> set[str]:
    """Return the anchors of the headings of a page, as the site and GitHub make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", one.lower()).strip().replace(" ", "-") for one in headings}


def test_pages_that_messages_name_exist() -> None:
    """Messages with a remedy lead to its page."""
    found = 0
    for file in sorted((ROOT / "mockgem").rglob("*.py")):
        for page, anchor in PAGE_LINK.findall(file.read_text("utf-8")):
            found += 1
            assert (ROOT / "docs" / page).exists(), f"{file.name}: {page}"
            assert not anchor or anchor in read_anchors(ROOT / "docs" / page), anchor
    assert found >= 8
