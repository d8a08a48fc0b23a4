"""Rows for the aspects of a review, each with how the writer sees it."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.row_fields import Fields, Row, find_key, fit
from mockgem.operations.forms.sentiment import measure_sentiment

ASPECT = make_regex(r"^(?:aspect|name|feature|topic|term|category|target|attribute)$")
POLARITY = make_regex(r"^(?:polarity|sentiment|opinion_polarity|rating|attitude|tone)$")
QUOTE = make_regex(r"^(?:quote|evidence|snippet|opinion|excerpt|phrase|reason|text)$")
CLAUSES = make_regex(
    r"[.!?;\n]+\s*|,\s*(?:but |and |though |although |while )?|\s(?:but|although|though|while"
    r"|whereas"
    r"|and|however)\s+(?=(?:the|our|its|my)\s|[a-z]+ (?:was|were|is|are|had|kept|took|felt|did"
    r"|could)\b)",
    re.I,
)
SUBJECT = make_regex(
    r"\W*(?:however |unfortunately |sadly |overall |also |but |and |the |our |their |my |its "
    r"|great |"
    r"good |bad |poor |terrible |excellent |amazing |nice |slow |fast )*"
    r"(?P<name>[a-z][a-z-]{2,20}(?: (?:life|quality|service|desk|time|pool|area|size|bar))?)\b",
    re.I,
)
NO_ASPECT = frozenset(
    "i we it they he she you this that there which what would will have had was were is are not"
    " very really so us me everything nothing".split()
)
BAD_SIGNS = make_regex(
    r"\b(?:smell\w*|waiting|wait(?:ed)?|noisy|noise|broken|dirty|late|cold|slow|rude|tiny|expensive"
    r"|missing|overpriced|disappoint\w*|crash\w*|drains?|died|weak|awful|thin|nightmare"
    r"|scratch\w*)\b",
    re.I,
)
GOOD_SIGNS = make_regex(
    r"\b(?:superb|excellent|great|delicious|friendly|clean|fast|quick|comfortable|lovely|perfect"
    r"|amazing|love\w*|fantastic|sharp|bright|beautiful|helpful|tasty|fresh|solid|wonderful)\b",
    re.I,
)
MOST = 12


def read_aspects(fields: Fields, text: str) -> list[Row]:
    """Return a row for each aspect of a review: "breakfast" is positive, "room" negative."""
    name, polarity = find_key(fields, ASPECT), find_key(fields, POLARITY)
    quote = find_key(fields, QUOTE)
    if not name or not polarity or len(fields) > 2 + bool(quote):
        return []
    if fields[polarity].get("type") in ("number", "integer"):
        return []
    rows: list[Row] = []
    for clause in CLAUSES.split(text[:3000]):
        match = SUBJECT.match(clause or "")
        if match is None or match["name"].lower() in NO_ASPECT:
            continue
        mood = judge(clause)
        row: Row = {name: match["name"].lower(), polarity: mood}
        if quote:
            row[quote] = clause.strip(' ,.!"“”')
        if mood != "neutral" or quote:
            rows.append(fit(row, fields))
    return rows[:MOST]


def judge(clause: str) -> str:
    """Return whether a clause praises, complains, or does neither."""
    good = len(GOOD_SIGNS.findall(clause)) + max(0, measure_sentiment(clause))
    bad = len(BAD_SIGNS.findall(clause)) + max(0, -measure_sentiment(clause))
    return "negative" if bad and bad >= good else "positive" if good else "neutral"
