"""How many things a prompt lists, and whether these have a name: "3 names with origin"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.given_lists import find_known_things
from mockgem.operations.forms.lazy_patterns import make_regex

MADE = make_regex(
    r"\b(?:into|top|create|generate|give(?: me)?|invent|make(?: up)?|write|list|suggest"
    r"|return|produce"
    r"|provide|need"
    r"|come up with|output|schreibe?|escribe|erstelle|erzeuge|gib mir|generiere|genera|crea|dame"
    r"|inventa|génère|crée|proponi|suggerisci|elenca|propose|suggère|propón|sugiere|sugira|nenne"
    r"|schlage|bedenk|podaj|zaproponuj"
    r"|donne-moi|gere|crie|maak|geef)\s(?:exactly |me |a list of |an array of |json for |(?:ein "
    r"|eine )?json mit |un json con )?"
    rf"(?!(?:an?|one|un|une|una|um|uma|eine?[nmr]?|1)\b)({NUMBER})"
    r"\s(?:[^\W\d_][\w-]+\s){0,2}?(?!fields|keys|properties)[^\W\d_]\w+(?:s|en|er|ern|i|e)\b",
    re.I,
)
"""The things that the reply lists: "Create 3 quiz questions"."""
COUNTED_EACH = make_regex(
    rf"(?<![\w.])(?!(?:an?|one|un|une|una|um|uma|eine?[nmr]?"
    rf"|1)\b)(?P<many>{NUMBER})\s(?:[^\W\d_]\w+\s)?[^\W\d_]\w+(?:s|en|er|i|e)\s"
    r"(?:avec|mit|con|com|met|with)\s(?!the\b)|"
    r"\b(?:json|csv|yaml|xml|generate|create|make|give me|write|return) (?:with |of |for )?"
    rf"(?!(?:an?|one|1)\b)(?P<some>{NUMBER})\s(?:[\w/-]+\s){{0,2}}?"
    r"(?!fields|keys|properties|columns|arrays|attributes|values|sections|lists"
    r"|strings)[a-z]+s\b[^.:,\n]{0,40}:\s|"
    rf"(?<![\w.])(?!(?:an?|one|un|une|una|um|uma|eine?[nmr]?"
    rf"|1)\b)({NUMBER})\s(?!words|characters|sentences|strings|fields|keys|objects|lists|arrays)"
    r"[^\W\d_]\w[^.\n]{0,60}?"
    r"[.,;:]\s(?:each\b|(?:cada|ogni) (?:un[oa]\b)?|chacune?\b|jede[rs]?\b"
    r"|je(?:weils)? mit\b|każd[aye]\b|elke?\b"
    r"|кажд\w+)",
    re.I,
)
"""Things that are described one by one: "3 preguntas de historia. Cada una con …"."""
IN_FORMAT = make_regex(
    rf"(?<![\w.-])(?!(?:an?|one|1)\b)({NUMBER})\s(?:[a-z-]+\s){{0,3}}?(?!fields|keys|columns|words"
    r"|sentences|options|days|weeks|hours|minutes|people|guests|percent|euros|dollars|properties"
    r"|years|items)[a-z]{3,20}s\s(?:in|as) (?:an? )?(?:valid )?(?:json|ya?ml|xml|csv)\b"
    r"(?: (?:array|list|format|objects?))*,? ?(?:with|:|\()"
    rf"|(?:^|please:|json:) ?({NUMBER}) (?:[a-z-]+ ){{0,2}}?(?!fields"
    rf"|keys)[a-z]{{3,20}}s\b[^.:\n]{{0,40}}"
    r"\bwith\b"
    rf"|\bjson (?:of|for|with) ({NUMBER}) (?!fields|keys|columns)[a-z]{{3,20}}s\b[^.:\n]{{0,50}},?"
    rf" with\b"
    rf"|\bwith ({NUMBER}) (?!fields|keys|columns|sections|parts|blocks"
    rf"|objects|arrays|lists)[a-z]{{3,20}}s\b(?: (?:about|on|for)"
    rf" [^.:\n]{{3,40}})?:"
    r" ?\w+, ",
    re.I,
)
"""Several things before the format: "3 addresses in JSON with street and city"."""
LIST_ALL = make_regex(r"\b(?:list|name|give me|return)(?: all)?(?: of)? the ([a-z]{4,20}s)\b", re.I)
UNITS = make_regex(rf"\b({NUMBER})[- ](?:day|week|month)s?\b", re.I)


def count_units(text: str) -> int:
    """Return the number of days or weeks of a plan."""
    match = UNITS.search(text)
    return parse_count(match[1], 31) if match else 0


def is_counted_list(text: str, listed: re.Match[str] | None) -> bool:
    """Return whether a list of several things is followed by their fields, or is a timeline."""
    if TIMELINE.search(text) or NAMED_LISTS.search(text) or LISTS_ALL.match(text):
        return True
    counted = listed is not None and listed[1] and parse_count(listed[1]) > 1
    return bool(counted and listed and re.match(r"s? ?[(:]", text[listed.end() :]))


LISTS_ALL = make_regex(
    r"\W*(?:please )?(?:list|name) (?:all |the |some )+(?:[\w-]+ ){0,3}?(?!keys|fields"
    r"|ingredients)[a-z]{3,20}s\b(?! (?:keys|fields))",
    re.I,
)
"""The beginning of a prompt that lists things: "List the main characters in …"."""
NAMED_LISTS = make_regex(
    r"\b(?:packing|shopping|grocery|guest|wish|reading|price)[ -]list\b|\bagenda (?:for|of)\b", re.I
)
USUAL_EVENTS = 4
NAMINGS = frozenset(
    """brand model make artist company store hostname host ip username url sku code name title
    item word term question id text product city country date day year event sentence
    step topic task label key language planet statement message user email customer front quote
    headline player person author book movie song animal fruit color colour element employee
    student company month week feature benefit reason idea tip tool skill concept aspect category
    subject ingredient verb noun input problem setup""".split()
)
WITH_AFTER = make_regex(
    rf"\b{NUMBER} (?:[a-z-]+ ){{0,2}}(?!days|weeks|months|years|rows|lines)[a-z]{{3,20}}s"
    r"(?: (?:in|from|of) \w+)? with (?!the (?:keys|fields)|keys|fields|columns"
    r"|properties|attributes|[\"'`])",
    re.I,
)


def listed_by_noun(text: str, fields: list[tuple[str, dict[str, Any]]]) -> bool:
    """Return whether things are listed of which the fields lack the name: "3 names with origin"."""
    is_place = any(name.lower() in ("street", "address") for name, _ in fields)
    has_name = any(
        name.lower() in NAMINGS or name.lower().split("_")[-1] in ("name", "title", "id")
        for at, (name, _) in enumerate(fields)
        if name.lower() not in ("year", "date", "category", "language")
        and (is_place or not (at and name.lower() in ("country", "city", "company")))
    )
    return not has_name and WITH_AFTER.search(text) is not None


TIMELINE = make_regex(r"\b(?:timeline|chronology|timetable)\b", re.I)


def count_things(text: str, names: frozenset[str] = frozenset()) -> int:
    """Return how many things with fields a prompt wants: "3 users with …"; 0 for one object.

    Args:
        names: The fields, which are not what is counted: "three pros and three cons".
    """
    made = MADE.search(text)
    if made is not None and made[0].split()[-1].lower() in names:
        return 0
    if made := MADE.search(text) or COUNTED_EACH.search(text):
        return parse_count(next(filter(None, made.groups())), 50)
    if given := IN_FORMAT.search(text):
        return parse_count(next(filter(None, given.groups())), 50)
    whole = LIST_ALL.search(text)
    return len(find_known_things(whole[1])) if whole else 0


PLURAL = make_regex(
    rf"(?<![\w.(-])(?!(?:an?|one|1)\b)({NUMBER}) (?:[a-z-]+ ){{0,2}}?"
    r"(?!words|sentences|characters|paragraphs|strings)([a-z]{3,20}s)\b",
    re.I,
)


EACH_NOUN = make_regex(r"\b(?:each|every) ([a-z]{3,20})\b", re.I)


def count_plural(text: str, names: frozenset[str]) -> int:
    """Return how many things a text counts of which a field has the singular; 0 for none.

    "A quiz with 3 questions … with question, options and answer" is a list of 3.
    """
    names |= {noun.lower() for noun in EACH_NOUN.findall(text[:2000])}
    for match in PLURAL.finditer(text[:2000]):
        noun = match[2].lower()
        singular = f"{noun[:-3]}y" if noun.endswith("ies") else noun[:-1]
        if noun not in names and singular in names:
            return parse_count(match[1], 50)
    return 0


ALL_THINGS = make_regex(r"\b(?:all|the|any) (?:[a-z]+ )?([a-z]{3,20}s)\b", re.I)
FOR_EACH = make_regex(
    r"\b(?:for|of) (?:each|every) ([a-z]{3,20})\b(?=[:,])"
    r"|\b(?:each|every) ([a-z]{3,20})\b(?=(?: (?:should|must|needs to|will|shall))?"
    r" (?:have|has|contains?|includes?|gets|needs|with|having)\b)",
    re.I,
)


def is_for_all(text: str) -> bool:
    """Return whether fields are of all things: "Extract all persons. For each person: name"."""
    singular = FOR_EACH.search(text)
    if singular is None:
        return False
    plurals = {noun.lower() for noun in ALL_THINGS.findall(text[:2000])}
    noun = (singular[1] or singular[2]).lower()
    return bool(plurals & {f"{noun}s", f"{noun}es", f"{noun[:-1]}ies"})


WORD = r"[A-ZÀ-Þ][\w'’-]*(?: [A-ZÀ-Þ][\w'’-]*){0,2}"
FOR_NAMES = make_regex(
    rf"\b(?:for|of) ({WORD}(?:, {WORD}){{0,12}},? (?:and|&|plus) {WORD})(?=[.,;!?\n]|\s*\Z)"
)
EXAMPLE_FOR = make_regex(
    r"[}\]]\s?`{0,3}\s{0,3}(?:,? ?(?:but|just|now|one|same|and|with|do|make|an entry|entries"
    r"|objects?|one (?:object )?each|the same|give me) ){0,4}\Z",
    re.I,
)
"""What stands between an example and the things for which it is to be repeated."""


def list_for_names(text: str) -> list[str]:
    """Return the things of "like this {…} but for Oslo and Rome", which get an object each."""
    match = FOR_NAMES.search(text) if "}" in text else None
    if match is None or not EXAMPLE_FOR.search(text, max(0, match.start() - 60), match.start()):
        return []
    return re.split(r",? (?:and|&|plus) |, ", match[1])
