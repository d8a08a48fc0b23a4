"""Find the value of a field in a text: after its label, by its kind, by the word before it."""

from __future__ import annotations

import re
from functools import lru_cache

from mockgem.operations.forms import named_patterns
from mockgem.operations.forms.addresses import find_address_part
from mockgem.operations.forms.answer_kinds import TROUBLE
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.name_words import TITLE, list_names
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.value_kinds import (
    COMPILED,
)

SYNONYMS = (
    "sender from origin source departure von absender de remitente expéditeur mittente start",
    "recipient to destination target arrival receiver nach empfänger para destinatario"
    " destinataire ziel",
    "total amount sum price cost betrag importe montant importo",
    "phone telephone tel mobile telefon teléfono",
    "email e-mail mail",
    "date datum fecha day when eta deadline due",
    "name title nombre nom nome titel",
    "host hostname server machine node",
    "id number no nr code reference ref ticket",
    "level severity priority",
    "message msg text",
    "company organisation organization employer firm vendor supplier",
    "job position role occupation",
    "subject betreff re asunto objet oggetto topic",
)
GROUPS = [frozenset(words.split()) for words in SYNONYMS]
PROBLEM_NAME = make_regex(
    r"(?:^|_)(?:problems?|issues?|complaint|concern|problema|problème|anliegen|beschwerde)"
    r"(?:_description|_summary)?$",
    re.I,
)
BEFORE = (
    (frozenset("sender from origin source departure start".split()), r"(?:from|von|desde|de|da)"),
    (
        frozenset("recipient to destination target arrival receiver".split()),
        r"(?:to|for|reach|nach|an|hacia|para|à|a)",
    ),
    (frozenset("author artist creator composer director".split()), r"(?:by|von|de|di)"),
    (
        frozenset("buyer customer purchaser client käufer kunde acheteur".split()),
        r"(?:to|an|à|for)",
    ),
    (frozenset("seller vendor verkäufer vendeur vendedor".split()), r"(?:by|from|von|par|por)"),
    (frozenset("audience".split()), r"(?:made for|aimed at|written for|for)"),
    (
        frozenset("location city place venue country town room".split()),
        r"(?:in|at|near|aus|en|à|em)",
    ),
    (frozenset("carrier courier shipper provider".split()), r"(?:with|by|via|mit|con|avec)"),
    (
        frozenset("company employer organisation organization".split()),
        r"(?:joined|joins|at|for|with|bei|of)",
    ),
    (
        frozenset("position title".split()),
        r"(?:hiring|seeking|looking for|recruiting|need|suchen|as)(?: an?| eine?n?)?",
    ),
    (frozenset("allergy allergie allergen".split()), r"(?:to|gegen|a|à)"),
    (
        frozenset("role job position profession occupation".split()),
        r"(?:is an?|as an?|works as an?|ist)",
    ),
)
RAISED = make_regex(
    r"\b(?!(?:We|They|I|You|He|She|It)\b)([A-Z][\w&]+(?: [A-Z][\w&]+)?) (?:has |have |will"
    r" )?(?:raise[sd]?|announce[sd]?"
    r"|acquire[sd]?|launche[sd]"
    r"|secure[sd]?|open(?:s|ed)|hire[sd]?|(?:is|are) (?:hiring|looking for|seeking)|seeks"
    r"|appoint(?:s|ed)|bought|buys)\b"
)
PLAIN_NAMES = frozenset(("role", "allergy", "audience"))
PART = r"[A-ZÀ-Þ][\w'’&-]*(?:\.\w+)*"
NAME = rf"({PART}(?: (?:of |de |van |von |& )?{PART}){{0,3}})"
ROOM_NUMBER = make_regex(r" (?:\d{1,4}[A-Za-z]?|[A-Z]\d{0,3})\b(?!:)")
ROOMS = frozenset(
    "room hall building raum saal gate terminal floor suite sala platform studio".split()
)


def add_number(match: re.Match[str], text: str) -> str:
    """Return a place and the number that follows: "Room 5"."""
    place = match[1].strip(" .,")
    number = ROOM_NUMBER.match(text, match.end(1))
    return f"{place}{number[0]}" if number and place.split()[-1].lower() in ROOMS else place


COMPANY = make_regex(r"\b(?:GmbH|AG|Inc|Ltd|LLC|Corp|Corporation|Company|Co|SA|SE|BV|PLC)\b")
AFTER_COMPANY = make_regex(rf"\b(?:GmbH|AG|Inc|Ltd|LLC|Corp|SE|BV|PLC)\.?(?:, | in | \(){NAME}")
"""A place behind the name of a company: "Nimbus GmbH, Munich"."""
ORDINAL = make_regex(r"(?:_|^)(?:(a|1|first|one)|(b|2|second|two)|(c|3|third|three))$", re.I)


LABELLED = make_regex(
    rf"(?:^|[\s,;/|(\[])[\"'*]{{0,3}}{named_patterns.NAME}[\"'*]{{0,3}}\s?[:=]\**[ ]?"
    r"[\"']?((?:[^\n,;|\"']|(?<=\d),(?=\d\d\d)){1,80}?)[\"']?"
    r"(?=[ ]?(?:[/|;\n]|,(?!\d\d\d))|[ ]\w+[=]|\Z|\.(?:\s|\Z))",
    re.I,
)


def find_labelled(name: str, text: str) -> str:
    """Return what stands after a field's name and a mark: "host=db-1", "Total: 5 EUR"."""
    words = name.replace("_", " ").replace("-", " ").lower().split()
    if not words:
        return ""
    labels = [" ".join(words), words[-1], *(words[:1] if len(words) > 1 else [])]
    labels += [other for group in GROUPS if words[-1] in group for other in sorted(group)]
    for label in dict.fromkeys(labels):
        for mark in " _-" if " " in label else " ":
            found = named_patterns.search_named(LABELLED, label.replace(" ", mark), text)
            if found is not None and found[1].strip(" .[]()"):
                return found[1].strip(" *")
    return ""


MARKED_NUMBER = make_regex(r"([a-z]{3,20})(?:_?(?:number|no|nr|id|code|ref(?:erence)?))", re.I)


def find_marked_number(name: str, text: str) -> str:
    """Return the number after its thing and a mark: "Invoice #4821" for invoice_number."""
    match = MARKED_NUMBER.fullmatch(name)
    if match is None:
        return ""
    found = re.search(
        rf"\b{match[1]}\s?(?:number|no\.?|nr\.?|id|code)?\s?[:#]?\s?#?"
        r"((?=[A-Z-]{0,8}\d)[A-Z]{0,6}-?\d[\dA-Z-]{1,18})\b(?![.,/]\d)",
        text,
        re.I,
    )
    return found[1] if found else ""


def find_by_kind(name: str, text: str) -> str:
    """Return the first value in a text that looks like the kind of a field: a date, an address."""
    if marked := find_marked_number(name, text):
        return marked
    value = find_pattern(name)
    match = value.search(text) if value else None
    return match[0] if match else ""


@lru_cache(maxsize=512)
def find_pattern(name: str) -> re.Pattern[str] | None:
    """Return what the values of a field look like; None for an unknown kind."""
    return next((value for pattern, value in COMPILED if pattern.search(name)), None)


def has_kind(name: str) -> bool:
    """Return whether the values of a field look alike, so that a text has one or none."""
    return find_pattern(name) is not None


def find_every(name: str, text: str) -> list[str]:
    """Return all values in a text that look like the kind of a field."""
    value = find_pattern(name)
    return [match[0].strip() for match in value.finditer(text)] if value else []


def find_all_by_kind(name: str, text: str) -> list[str]:
    """Return all values in a text that look like the kind of a plural: "emails"."""
    singular = name.rstrip("s")
    value = find_pattern(singular)
    if value is None or singular == name:
        return []
    return list(dict.fromkeys(match[0] for match in value.finditer(text)))


CJK_PLACE = make_regex(r"([一-龥ァ-ヶー々A-Za-z0-9]{2,20})(?:で|にて|において)")
CJK_SUBJECT = make_regex(r"([^\s、。「」『』:：]{2,20}?)(?:は|が)")
CJK_SUBJECT_NAMES = frozenset(
    "event name title product item 商品 商品名 イベント 名前 製品".split()
)


def find_by_particle(words: frozenset[str], text: str) -> str:
    """Return the place before "で" or the subject of a Japanese text."""
    if text.isascii():
        return ""
    if words & frozenset("venue place location city 場所 会場".split()):
        match = CJK_PLACE.search(text)
    else:
        match = CJK_SUBJECT.search(text) if words & CJK_SUBJECT_NAMES else None
    return match[1] if match else ""


JOBS = frozenset(
    "job occupation profession beruf profesión métier professione lavoro profissão".split()
)
WORKS_AS = make_regex(
    r"\b(?:work(?:s|ed|ing)? as|arbeitet? als|trabaj[ao] (?:como|de)|travaille comme"
    r"|lavor[ao] come|trabalh[ao] como)(?: an?| eine?| une?| una?)? ([^\W\d_][\w-]{2,24}"
    r"(?: (?!(?:in|at|for|and|bei|und|en|y|et|and|with|from|near|since|chez|à|a|em|e|but)\b)"
    r"[^\W\d_A-Z][\w-]{2,24})?)"
)


def find_by_place(name: str, text: str) -> str:
    """Return the name after a preposition that fits a field, or the first or second name."""
    words, text = frozenset(name.lower().split("_")), TITLE.sub("", text)
    if words & JOBS and (match := WORKS_AS.search(text)):
        return match[1]
    if words & {"company", "startup"} and (match := RAISED.search(text)):
        return match[1]
    if found := find_by_particle(words, text):
        return found
    for names, before in BEFORE:
        if words & names:
            plain = r"([a-zà-ÿ][\w-]{2,24})" if names & PLAIN_NAMES else NAME
            pattern = rf"(?<!\w){before} (?:(?:the|den|dem|der|la|el|le) (?:[a-zà-ÿ]+ )?)?{plain}"
            places = [add_number(match, text) for match in re.finditer(pattern, text)]
            if "city" in names:
                places = list_places(places, text)
            if places:
                return places[0]
    return ""


def list_places(found: list[str], text: str) -> list[str]:
    """Return places without companies; those after "in" or behind a company's name come first."""
    inside = re.finditer(rf"(?<!\w)(?:in|near|aus|en|à|em) (?:the )?{NAME}", text)
    places = [*(add_number(match, text) for match in inside), *found]
    named = [match[1] for match in AFTER_COMPANY.finditer(text)]
    return named or [one for one in places if not COMPANY.search(one)]


def find_by_order(name: str, text: str) -> str:
    """Return the first name of a text for party_a, the second for party_b."""
    match = ORDINAL.search(name)
    if match is None:
        return ""
    place = next(at for at, group in enumerate(match.groups()) if group)
    names = list_names(text)
    return names[place] if place < len(names) else ""


def find_in_text(name: str, text: str) -> str:
    """Return the value of a field in a text; empty if nothing in the text is like it."""
    return (
        find_labelled(name, text)
        or find_address_part(name, text)
        or find_by_kind(name, text)
        or find_by_place(name, text)
        or find_by_order(name, text)
        or find_product(name, text)
        or find_problem(name, text)
    )


def find_typed(name: str, text: str) -> str:
    """Return the value of a field that its label or its kind makes sure; else an empty text."""
    return (
        find_labelled(name, text)
        or find_by_kind(name, text)
        or find_product(name, text)
        or find_problem(name, text)
    )


PRODUCT_NAME = make_regex(
    r"^(?:product|item|article|goods|produkt|artikel"
    r"|producto)(?:_name)?$",
    re.I,
)
ORDERED = make_regex(
    r"\b\d{1,5} (?:x |pieces of |units of |boxes of |packs of )?((?!days?|weeks?|hours?|people"
    r"|years?|minutes?"
    r"|euros?|dollars?)[a-z][\w-]+(?: [a-z][\w-]+){0,2}?)"
    r"(?= (?:delivered|for|on|at|to|by|from|in|please|and|with|is|are|have|which|that)\b|[,.;!?]"
    r"|\s*\Z)"
)


OWNED = make_regex(
    r"\b(?:[Tt]he|[Mm]y) ([\w-]+(?: [\w-]+)?) (?:that )?(?:I|we) (?:have )?(?:bought|ordered"
    r"|purchased"
    r"|got)\b"
)
BOUGHT = make_regex(
    r"\b(?:bought|purchased|ordered|sold|buy|buying|returned|returning) (?:an?|the|his|her|my|our)"
    r" ((?:new )?[\w-]+(?: [\w-]+){0,3}?)(?= (?:for|from|at|on|in|with|last|yesterday|and|because"
    r"|but|which|that|via|this|(?:an?|\w+) (?:days?|weeks?|months?|years?) ago)\b| \(|[.,;!?]"
    r"|\s*\Z)"
)
SUBJECT = make_regex(
    r"\b[Tt]h(?:e|is|ese) ([A-Z][\w-]+(?: [A-Z0-9][\w-]*){0,2}(?: [a-z]{3,20})?)"
    r"(?= (?:is|was|are|were|has|have|had|looks?|works?|heats|feels?|comes|came|arrived|broke"
    r"|stopped|does|did|keeps|fits|sounds|makes|runs)\b)"
)
"""The thing that a review is about: "The AeroBrew kettle heats up"."""


ARRIVED = make_regex(
    r"\b(?:[Tt]he|[Mm]y) ([a-z][\w-]+(?: [a-z][\w-]+)?) (?:(?:from|in|of) [^.\n]{3,30}? "
    r"|\([^()\n]{3,30}\) )?"
    r"(?:leaks?|fails?|arrived|is broken|stopped|came|broke|was damaged|won['’]t|doesn['’]t"
    r"|keeps)\b"
)


def find_product(name: str, text: str) -> str:
    """Return the thing that a text orders by number or buys: "25 oak shelves"."""
    is_product = PRODUCT_NAME.match(name) is not None
    match = (
        (
            OWNED.search(text)
            or BOUGHT.search(text)
            or SUBJECT.search(text)
            or ARRIVED.search(text)
            or ORDERED.search(text)
        )
        if is_product
        else None
    )
    return match[1] if match else ""


def find_problem(name: str, text: str) -> str:
    """Return the sentence of a text that tells what is wrong, for a field such as "issue"."""
    if not PROBLEM_NAME.search(name):
        return ""
    sentences = [one for one in split_sentences(text) if len(one.split()) > 2]
    return next(filter(TROUBLE.search, sentences), sentences[-1] if sentences else "")
