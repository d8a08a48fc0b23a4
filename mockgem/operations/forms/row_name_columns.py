"""The first column of a table whose rows are days or compared things."""

from __future__ import annotations

import re

from mockgem.operations.forms.compared_things import find_compared, find_named_rows
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.related_words import DAYS as WEEK
from mockgem.operations.forms.table_columns import list_range


def add_row_names(columns: list[str], text: str) -> list[str]:
    """Return columns with one for the days or the compared things that are the rows.

    A first column such as "Phone" may name the rows itself; one such as "Price" never does.
    """
    lower = [column.lower() for column in columns]
    head = "Day" if list_range(text) and not DAY_NAMES.issuperset(lower[:1]) else ""
    if not head and (find_compared(text) or find_named_rows(text)):
        head = "Name" if PROPERTY.fullmatch(lower[0]) else ""
    if not head or head.lower() in lower:
        return columns
    return [head if columns[0][:1].isupper() else head.lower(), *columns]


DAY_NAMES = frozenset(("day", "days", "weekday", "date", "name", *map(str.lower, WEEK)))
PROPERTY = make_regex(
    r"(?:[a-z]+ )?(?:prices?|costs?|speed|cameras?|battery(?: life)?|licen[cs]es?|performance|pros"
    r"|cons|weight|sizes?|height|length|year|population|capital|area|ratings?|colou?rs?|ease"
    r"|strengths?|weakness(?:es)?|advantages?|disadvantages?|drawbacks?|popularity"
    r"|calories|protein|taste|storage|memory|ram|screen|display|support|security|scalability"
    r"|founder|origin|difficulty|duration|breakfast|lunch|dinner|morning|afternoon|evening"
    r"|typing|syntax|latency|throughput|range|age|salary|lifespan|diet|habitat|status|currency)"
    r"|(?:ease|cost|time|date|year) (?:of|to) .{2,20}|(?:best|good|used) for|use cases?"
    r"|learning curve",
    re.I,
)
"""The name of a column that says something about a thing and does not name it."""
