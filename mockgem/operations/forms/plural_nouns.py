"""Tell nouns for several things from those for one, by their ending."""

from __future__ import annotations

SINGULAR = frozenset(
    "news series analysis thesis synopsis basis address business process class canvas bus gas"
    " progress success access compass atlas virus campus chess press swot sms css dress boss"
    " physics mathematics economics politics ethics less always".split()
)
PLURAL = frozenset("people children men women advice criteria phenomena feedback".split())


def is_plural(noun: str) -> bool:
    """Return whether a noun names several things."""
    if noun in PLURAL:
        return True
    return (
        len(noun) > 3
        and noun.endswith("s")
        and noun[-2:] not in ("ss", "us", "is")
        and (noun not in SINGULAR)
    )
