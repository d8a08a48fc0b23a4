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
