"""Works that a prompt names with who made them: "Moby-Dick" by Herman Melville."""

from __future__ import annotations

from typing import Any

from mockgem.operations.forms.lazy_patterns import make_regex

WORK = make_regex(
    r"[\"“„«*](?P<title>[^\"“”„«»*\n]{2,80})[\"”“»*]+,? (?:written |directed |painted |composed )?"
    r"(?:by|von|de|di|van|por|par) "
    r"(?P<maker>(?:The )?[A-ZÀ-Þ][\w.'’-]*(?: (?:(?:de|da|van|von|le|la|and|of) )?"
    r"[A-ZÀ-Þ][\w.'’-]*){0,3}\w)"
)
TITLES = frozenset("title name work book song film movie titel titulo título titre titolo".split())
MAKERS = frozenset(
    "author writer artist director composer painter band singer creator autor auteur autore"
    " regisseur director_name author_name artist_name".split()
)


def find_work_values(row: dict[str, Any], text: str, at: int) -> dict[str, Any]:
    """Return the title and the maker of the work that a prompt names for a row.

    Args:
        at: The row's place; the first work belongs to row 0.
    """
    makers = [key for key, item in row.items() if key.lower() in MAKERS and isinstance(item, str)]
    if not makers or " " not in text:
        return {}
    works = list(WORK.finditer(text[:4000]))
    if at >= len(works):
        return {}
    titles = [key for key, item in row.items() if key.lower() in TITLES and isinstance(item, str)]
    return dict.fromkeys(titles, works[at]["title"]) | dict.fromkeys(makers, works[at]["maker"])
