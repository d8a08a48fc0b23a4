"""Every source that a comment cites is on the page of evidence, and no other one."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from mockgem.operations.costs.prices import load_prices
from tests.docs.error_text_page import DATA, list_rows

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "evidence.md"
ID = r"(?:openai|native|report|failure|doc|source|sdk)-[\w.-]*\w"
ROW = re.compile(rf"^\| `({ID})` \| (.+?) \|", re.MULTILINE)
CITATION = re.compile(rf"[Ee]vidence: ({ID}(?:,\s+{ID})*)")
BACKGROUND = "(background)"


def read_rows() -> dict[str, str]:
    """Return what each source on the page shows, by its id."""
    return dict(ROW.findall(PAGE.read_text("utf-8")))


def find_citations() -> dict[str, list[str]]:
    """Return the files that cite a source, by its id."""
    citations: dict[str, list[str]] = {}
    for folder in ("mockgem", "tests"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix not in (".py", ".json") or path == Path(__file__):
                continue
            for ids in CITATION.findall(path.read_text("utf-8")):
                for name in re.findall(ID, ids):
                    citations.setdefault(name, []).append(str(path.relative_to(ROOT)))
    for row in list_rows():
        for name in row["evidence"]:
            if re.fullmatch(ID, name):
                citations.setdefault(name, []).append(DATA.name)
    for prices in load_prices().values():
        for name in [one for price in prices for one in price.evidence]:
            citations.setdefault(name, []).append("prices.json")
    return citations


def test_every_cited_source_is_on_the_page() -> None:
    rows = read_rows()
    assert {name: files for name, files in find_citations().items() if name not in rows} == {}


def test_every_source_on_the_page_is_cited_or_marked_as_background() -> None:
    citations = find_citations()
    if citations:
        uncited = {name for name in read_rows() if name not in citations}
        marked = {name for name, shows in read_rows().items() if BACKGROUND in shows}
        assert uncited == marked


def test_an_id_is_on_the_page_once() -> None:
    counts = Counter(name for name, _ in ROW.findall(PAGE.read_text("utf-8")))
    assert counts
    assert [name for name, count in counts.items() if count > 1] == []
