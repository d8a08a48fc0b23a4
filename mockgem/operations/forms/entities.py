"""Names in a given text, with what each of them is: a person, a place, an organisation, a date."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.name_words import list_names
from mockgem.operations.forms.option_values import Options, make
from mockgem.operations.forms.options import find_capitals
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.text_candidates import BOUGHT_BEFORE, Candidates, split_belonging

ORGANISATION = make_regex(
    r"\b(?:Inc|Ltd|GmbH|AG|Corp\w*|Company|LLC|SA|SpA|University|Institute|Bank|Group|Labs?"
    r"|Ministry"
    r"|Council|Association|Club|Hospital|School|Museum|Airlines?|Motors|Systems|Technologies)\b"
)
ROLE = make_regex(
    r" (?:CEO|CTO|CFO|COO|President|Chairman|Chairwoman|Chancellor|Prime Minister|Minister|Mayor"
    r"|Director|Founder|Manager|Professor|Coach|Spokesman|Spokeswoman) (?=[A-Z])"
)
"""What stands between an organisation and its person: "Apple CEO Tim Cook"."""
COMPANY_VERB = make_regex(
    r" (?:has |have |will )?(?:opened|opens|open|announce[sd]?|acquire[sd]?|launche[sd]|launch"
    r"|release[sd]?"
    r"|report(?:s|ed)|unveil(?:s|ed)|plans|buys|bought|hire[sd]?|raise[sd]?|sues|sued|invest(?:s"
    r"|ed))\b"
)
PLACE_BEFORE = make_regex(
    r"\b(?:visit(?:ed|s|ing)?|toured|left|reached|in|from|near|to|at|of|around|through|aus|nach"
    r"|nahe|en|à|da|di|a|w|z) (?:the )?\Z"
)
AT = make_regex(r"[a-z] at (?:the )?\Z")
"""What precedes the place of a job: "six years at Shopify". Cities have "in" instead."""
LEADS = make_regex(
    r"\b(?:CEO|CTO|CFO|COO|chief executive|executive|director|head|president|founder|co-founder"
    r"|owner|manager|spokes(?:man|woman|person)|chair(?:man|woman)?|employees?|staff|analyst"
    r"|partner|engineer|works? (?:at|for)|worked (?:at|for)|employed by|joined|hired by) (?:of |at"
    r" |for )?(?:the )?\Z",
    re.I,
)
"""What precedes the organisation of a person: "chief executive of Acme"."""
HONORIFIC = make_regex(
    r"(?:Mayor|President|Chancellor|Minister|Senator|Governor|King|Queen|Prince|Princess|Captain"
    r"|Coach|Judge|Pope|Sir|Lady|Lord) (?=[A-Z])"
)
KEYS_OF_TEXT = frozenset("text entity name value word span mention token phrase".split())
KEYS_OF_KIND = frozenset("type label category entity_type kind class tag entity_label".split())
OFFSET = make_regex(
    r"(?:start|end|begin|offset|position)(?:_?(?:char|pos|offset|index|position))?$", re.I
)
KINDS = (
    (make_regex(r"^per|person|people|human|name", re.I), "person"),
    (make_regex(r"^loc|^gpe|place|city|country|location|geo", re.I), "place"),
    (make_regex(r"^org|compan(?:y|ies)|institution|firm|brand|product", re.I), "organisation"),
    (make_regex(r"date|time", re.I), "date"),
    (make_regex(r"money|amount|price", re.I), "amount"),
    (make_regex(r"e?-?mail", re.I), "email"),
    (make_regex(r"phone|tel|mobile", re.I), "phone"),
    (make_regex(r"iban|account|bank", re.I), "iban"),
    (make_regex(r"url|link|website", re.I), "url"),
    (make_regex(r"card", re.I), "card"),
    (make_regex(r"address|street", re.I), "address"),
)
CARD = make_regex(r"(?<!\d)\d{4}(?:[ -]?\d{4}){3}(?!\d)")
ADDRESS = make_regex(
    r"\b\d{1,5} (?:[A-Z][\w'-]+ ){1,3}(?:St(?:reet)?|R(?:oa)?d|Ave(?:nue)?|Lane|Drive|Way|Square)\b"
    r"|\b[A-ZÄÖÜ][\wäöüß-]*(?:straße|strasse|str\.|weg|platz|gasse|allee) \d{1,4}[a-z]?\b"
)
MISC = make_regex(r"misc|other", re.I)


COMPANIES = frozenset(
    """
    Adobe Airbnb Amazon Apple Audi BMW Boeing Bosch Disney Ebay Facebook Ford Google Honda IBM Ikea
    Intel Meta Microsoft Netflix Nike Nvidia Oracle Samsung Siemens Sony Spotify Tesla Toyota
    Twitter Uber Volkswagen Walmart
    """.split()
)
CAMEL_NAME = make_regex(r"\b[A-Z][a-z]+[A-Z]")
FIRST_NAMES = frozenset(
    """
    Adam Alan Albert Alex Alexander Alice Amy Ana Andrea Andrew Angela Anna Anne Anthony Barack
    Barbara Ben Benjamin Bill Bob Brad Brian Carl Carlos Carol Catherine Charles Chris Christian
    Christine Claire Daniel David Diana Donald Edward Elena Elizabeth Elon Emily Emma Emmanuel Eric
    Eva Frank Gary George Greta Hans Helen Henry Ivan Jack Jacob James Jane Janet Jason Jean Jeff
    Jennifer Jessica Joe John Jonathan Joseph Juan Julia Karen Kate Kevin Larry Laura Leo Linda Lisa
    Louis Lucas Luis Lukas Marco Maria Marie Mark Martin Mary Matt Max Michael Michelle Mike Nancy
    Nina Olaf Oliver Olivia Oscar Pablo Paul Peter Rachel Richard Robert Roger Ryan Sam Samuel Sara
    Sarah Satya Scott Sofia Sophie Stephen Steve Sundar Susan Taylor Theresa Thomas Tim Tom Ursula
    Victor Vladimir Walter William
    """.split()
)
"""Words after which a name is a person's, whatever verb follows."""


def guess_kind(name: str, text: str, question: Question) -> str:
    """Return what a name is: by its words, the words before it, and how many it has."""
    if ORGANISATION.search(name) or name.isupper():
        return "organisation"
    at = text.find(name)
    if LEADS.search(text[max(0, at - 40) : at]):
        return "organisation"
    if AT.search(text[max(0, at - 24) : at]):
        return "organisation"
    if name in question.hints.places:
        return "place"
    first, _, last = name.partition(" ")
    if last[:1].isupper() and first in FIRST_NAMES:
        return "person"
    if name in COMPANIES or CAMEL_NAME.search(name):
        return "organisation"
    if COMPANY_VERB.match(text, at + len(name)) or ROLE.match(text, at + len(name)):
        return "organisation"
    before = text[max(0, at - 24) : at]
    if BOUGHT_BEFORE.search(before):
        return "organisation"
    if PLACE_BEFORE.search(before):
        return "place"
    if " " in name or name in question.hints.people or at < 3:
        return "person"
    return "organisation"


def list_entities_with_kinds(question: Question) -> list[tuple[str, str]]:
    """Return the names, dates and amounts of the given text, each with its kind."""
    text = find_text(question)
    names = [part for name in list_names(text) for part in ROLE.split(name)]
    names = [own for name in names for own, _ in split_belonging(name, 0)]
    names = [HONORIFIC.sub("", name, count=1) for name in names]
    found = [(name, guess_kind(name, text, question)) for name in dict.fromkeys(names)]
    numbers = [(str(date), "date") for date in question.hints.dates]
    return [*found, *numbers, *list_contacts(text)]


MAX_MESSAGE = 2_000


def find_text(question: Question) -> str:
    """Return the text whose names are wanted: the given one, or the message below a task."""
    is_message = question.stated_system and len(question.prompt) < MAX_MESSAGE
    return question.material or (question.prompt if is_message else "")


def list_contacts(text: str) -> list[tuple[str, str]]:
    """Return the e-mail addresses, phone numbers, accounts and addresses of a text."""
    found = Candidates(text[:8000]).found
    known = [(one.text, kind) for kind in ("email", "phone", "iban", "url") for one in found[kind]]
    known.extend((one, "card") for one in CARD.findall(text))
    known.extend((one, "address") for one in ADDRESS.findall(text))
    ibans = "".join(one for one, kind in known if kind == "iban")
    return [(one, kind) for one, kind in known if kind == "iban" or one not in ibans]


def label_kind(kind: str, labels: list[str]) -> str:
    """Return the label of a prompt for a kind; else a label such as OTHER, or none."""
    for label in labels:
        if any(name == kind and pattern.search(label) for pattern, name in KINDS):
            return label
    return next(filter(MISC.search, labels), "")


def find_labels(question: Question, schema: dict[str, Any]) -> list[str]:
    """Return the labels that a schema or a prompt lists for kinds of entities."""
    if schema.get("enum"):
        return list(schema["enum"])
    found = find_capitals(question.whole) or list_capitals(question.whole)
    return list(found.values) if found else ["PERSON", "LOCATION", "ORGANIZATION", "DATE"]


CAPITALS = make_regex(
    r"(?<![\w-])([A-Z_]{2,14}(?:,\s?[A-Z_]{2,14}){0,12}),? (?:and|und|y|et) ([A-Z_]{2,14})"
)


def list_capitals(text: str) -> Options | None:
    """Return the labels in "all PERSON, ORG and LOC entities"."""
    match = CAPITALS.search(text)
    return make([*match[1].split(","), match[2]], match.span()) if match else None


TAGGED = make_regex(r"<([A-Z]{2,12})>[^<>\n]{1,40}</\1>")


@form(
    "tagged names",
    "Tag the names like this: <PER>Ada</PER> lives in <LOC>Paris</LOC>.\n\nSentence: Nora Lind"
    " works in"
    " Oslo.",
    words="tag tags mark annotate label entities wrap inline",
    about="the given text, in which names stand between the tags that the prompt shows",
)
def tag_names(question: Question) -> str | None:
    names = list(dict.fromkeys(TAGGED.findall(question.instruction)))
    text = question.material
    if not names or not text or "<" in text:
        return None
    for name, kind in sorted(list_entities_with_kinds(question), key=lambda pair: -len(pair[0])):
        if label := label_kind(kind, names):
            text = re.sub(
                rf"(?<![>\w]){re.escape(name)}(?![<\w])", f"<{label}>{name}</{label}>", text
            )
    return text


def recognise_entities(schema: dict[str, Any], question: Question) -> list[dict[str, Any]] | None:
    """Return a row for each entity of the text, for a schema with a text and a kind; else None."""
    fields = schema.get("properties")
    if not isinstance(fields, dict) or not find_text(question):
        return None
    text_key = next((key for key in fields if key.lower() in KEYS_OF_TEXT), None)
    kind_key = next((key for key in fields if key.lower() in KEYS_OF_KIND), None)
    others = fields.keys() - {text_key, kind_key}
    if text_key is None or kind_key is None or not all(map(OFFSET.match, others)):
        return None
    labels = find_labels(question, fields[kind_key])
    if not any(label_kind(kind, labels) for kind in ("person", "place", "organisation", "email")):
        return None
    rows = [
        {text_key: name, kind_key: label}
        for name, kind in list_entities_with_kinds(question)
        if (label := label_kind(kind, labels))
    ]
    return [
        {
            key: row[key] if key in row else find_offset(key, row[text_key], question)
            for key in fields
        }
        for row in rows
    ] or None


ENTITY_KEY = make_regex(
    r"(?:PER(?:SON)?|LOC(?:ATION)?|ORG(?:ANI[SZ]ATION)?|GPE|MISC|DATE|TIME|MONEY|PRODUCT|EVENT|FAC)S?"
)
"""A label of named entities in capitals, as models for entities have them."""


def list_entity_keys(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an object with labels of entities as keys: each has a list of names."""
    fields = schema.get("properties")
    if (
        not isinstance(fields, dict)
        or len(fields) < 2
        or not all(map(ENTITY_KEY.fullmatch, fields))
    ):
        return schema
    names = {"type": "array", "items": {"type": "string"}}
    return {**schema, "properties": dict.fromkeys(fields, names)}


def sort_entities(value: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return an object with lists such as "persons" and "places" that has each name in its list."""
    lists = {
        key: kind
        for key, item in value.items()
        if isinstance(item, list)
        and (kind := next((kind for pattern, kind in KINDS if pattern.search(key)), ""))
    }
    if len(lists) < 2 or not find_text(question):
        return value
    found = list_entities_with_kinds(question)
    if not any(kind in lists.values() for _, kind in found):
        return value
    return {
        key: list_kind(lists[key], found, item) if key in lists else item
        for key, item in value.items()
    }


def list_kind(kind: str, found: list[tuple[str, str]], item: list[Any]) -> list[Any]:
    """Return the names of a kind; the old value for unknown dates and amounts."""
    names = [name for name, one in found if one == kind]
    return names or (item if kind in ("date", "amount") else [])


def find_offset(key: str, name: str, question: Question) -> int:
    """Return where a name begins or ends in the given text."""
    start = max(0, find_text(question).find(name))
    return start + len(name) if key.lower().startswith("end") else start
