"""Lists of what a given text has: names, dates, keywords, series of words."""

from __future__ import annotations

import re

from mockgem.operations.forms.given_lists import (
    COMPANIES,
    find_mentioned_things,
)
from mockgem.operations.forms.glosses import is_foreign
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.name_words import list_organisations
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.generators.hints import to_iso_date


def list_from_text(question: Question) -> list[str]:
    """Return the people, places, addresses, dates or numbers of the text that the prompt names."""
    noun = question.instruction.lower()
    hints = question.hints
    if question.material and COMPANIES.search(noun) and PEOPLE.search(noun) is None:
        return list_organisations(question.material)
    kinds = (
        (
            r"people|ppl|persons?|names|character|attendee|participant|author|personas"
            r"|personen|personnes",
            hints.people,
        ),
        (
            r"places?|cit(?:y|ies)|locations?|countr|orte|lugares|villes",
            hints.places or hints.people,
        ),
        (r"e-?mails?", hints.emails),
        (r"urls?|links?", hints.urls),
        (
            r"(?:(?:main|key) (?:points|facts)|facts|takeaways|highlights|claims|statements)",
            split_sentences(question.material),
        ),
        (r"(?:in)?to sentences", split_sentences(question.material)),
        (r"hashtags?", HASHTAG.findall(question.prompt[:4000])),
        (r"mentions|handles", MENTION.findall(question.prompt[:4000])),
        (r"phones?|phone numbers?|telephone numbers?", PHONE.findall(question.material)),
        (r"dates?", [list_date(date, noun) for date in hints.dates]),
        (r"numbers?|amounts?|prices?", [str(number) for number in hints.numbers]),
        (r"entit", hints.people),
        (r"keyword|topic|tag|theme", list(question.keywords)[:5]),
    )
    is_known = re.search(r"ingredient|zutat|food", noun) is None
    if is_known and (mentioned := find_mentioned_things(question)):
        return mentioned
    for pattern, values in kinds:
        if re.search(rf"\b(?:{pattern})", noun) and values:
            return list(dict.fromkeys(map(str, values)))
    if not question.material:
        return []
    return list(hints.series) or list_foreign_series(question.material)


FOREIGN_SERIES = make_regex(
    r"((?:[^,.;:!?\n、，،]{2,40}[,、，،]){1,12}[^,.;:!?\n、，،]{2,40}?(?:\b(?:und|et|y|e|ed|en|i"
    r"|oraz|ve|и|та|і|dan|và)\b|و|और|と|和|及|및|และ)"
    r"[^,.;:!?\n。]{2,40})"
)


def list_foreign_series(text: str) -> list[str]:
    """Return the items of "200 g de farine, 3 œufs et 25 cl de lait"."""
    match = FOREIGN_SERIES.search(text[:2000]) if is_foreign(text) else None
    items = (
        re.split(
            r"\s?[,、，،]\s?|\s(?:und|et|y|e|ed|en|i|oraz|ve|и|та|і|dan|và|और)\s|と|和|及|및",
            match[1],
        )
        if match
        else []
    )
    found = [item.strip() for item in items if item.strip()]
    start = re.search(r"\d.*", found[0]) if found else None
    return [start[0] if start else found[0].split()[-1], *found[1:]] if found else []


HASHTAG = make_regex(r"(?<!\w)#\w+")
MENTION = make_regex(r"(?<![\w.])@\w+")
PHONE = make_regex(r"(?<![\w+])\+?\(?\d[\d ()/-]{5,18}\d")
PEOPLE = make_regex(r"\b(?:people|ppl|persons?|characters?|places?|cities|entit)", re.I)


def list_date(date: str, wish: str) -> str:
    """Return a date as the text has it, or as ISO date if the prompt wants these."""
    return (to_iso_date(date) or date) if re.search(r"\biso\b|yyyy", wish) else date
