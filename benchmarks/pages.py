"""Parts of documentation pages that measurements write, between marks with a name."""

from __future__ import annotations

from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"
SCALING = DOCS / "scaling.md"
PERFORMANCE = DOCS / "performance.md"


def write_section(name: str, text: str, page: Path = PERFORMANCE) -> None:
    """Replace what a page has between the marks of a name."""
    before, _, after = split_page(name, page)
    begin, end = build_marks(name)
    page.write_text(f"{before}{begin}\n{text}\n{end}{after}", "utf-8")


def read_section(name: str, page: Path) -> str:
    return split_page(name, page)[1]


def split_page(name: str, page: Path) -> tuple[str, str, str]:
    """Return what is before, between and after the marks. Raises ValueError without marks."""
    begin, end = build_marks(name)
    text = page.read_text("utf-8")
    if begin not in text or end not in text:
        raise ValueError(f"{page.name} has no {begin} and {end}")
    before, _, rest = text.partition(begin)
    inside, _, after = rest.partition(end)
    return before, inside.strip("\n"), after


def build_marks(name: str) -> tuple[str, str]:
    return f"<!-- {name} -->", f"<!-- /{name} -->"
