"""Types of fields that a prompt describes in words, and values for them."""

from __future__ import annotations

import re
from copy import deepcopy
from functools import lru_cache
from typing import Any

from mockgem.operations.forms.counts import parse_count
from mockgem.operations.forms.field_formats import (
    ITEM_COUNT,
    MAX_LENGTH,
    NUMERIC_RANGE,
    OUT_OF,
    describe_format,
    describe_range,
    find_length,
)
from mockgem.operations.forms.field_kinds import (
    BOOLEAN_NAME,
    DAY_NAME,
    FOUNDED,
    GROUPS,
    INDEX_NAME,
    INTEGER_NAME,
    LIMBS,
    LIST_NAME,
    MOMENT_NAME,
    NOT_LISTS,
    NUMBER_NAME,
    PLURAL,
    UNIT_RANGE,
    YEARS,
    YES_NO,
)
from mockgem.operations.forms.field_names import ENGLISH_NAMES
from mockgem.operations.forms.lazy_patterns import make_regex

HOLDERS = frozenset(
    "settings preferences profile config metadata contact dimensions location coordinates".split()
)
"""Fields that hold others: "settings (theme, language)"."""
NAMES = make_regex(
    r"[a-z_]{2,24}(?:,\s?(?:and\s)?|\sand\s)[a-z_]{2,24}(?:(?:,\s?(?:and\s)?|\sand\s)[a-z_]{2,24}){0,8}"
)
LITERAL = make_regex(
    r"(?:Literal|one of|eine[rs]? der (?:folgenden )?werte|eine[rs]? von|uno de(?: los valores)?"
    r"|una de"
    r"|l['’]une? (?:de|des)|une? des valeurs|uno (?:tra|dei)|um (?:de|dos valores)|een van|één van"
    r"|jed(?:en|na|no) z)[:\[ ]+([^\]\n]{3,200})",
    re.I,
)
KINDS = (
    (
        r"\b(?:list|array|sequence|tuple|set|liste|lista|elenco|lijst|tableau|arreglo|tablica"
        r"|array|arrays)\b|\[\]|^\[",
        "array",
    ),
    (
        r"\bbool(?:ean[oa]?|éen|esch\w*)?s?\b|真偽|布尔|true\s?[/|]\s?false|\btrue or false|yes/no",
        "boolean",
    ),
    (
        r"\bint(?:eger)?s?\b|\bwhole numbers?|without decimals?|no decimals?|\bganzzahl|\bentero"
        r"|\bentier",
        "integer",
    ),
    (
        r"\bfloats?\b|\bnumbers?\b|\bdouble\b|\bdecimal\b|\bnumeric\b|\bnumérico|\bnombre\b"
        r"|\bzahl\b|\bn[uú]mero\b|\bliczba\b|\bgetal\b|число",
        "number",
    ),
    (r"数组|陣列|列表|配列|리스트|배열|massiv|массив|список|مصفوفة|मरे|รายการ|आरे|सूची", "array"),
    (r"\b(?:object|dict|map|dictionary)\b", "object"),
    (r"\bstr(?:ing)?s?\b|\btext\b|\bcadena\b|\bchaîne", "string"),
)
COMPILED_KINDS = [(make_regex(pattern, re.I), kind) for pattern, kind in KINDS]
CODES = make_regex(r"\bISO[ -]?(?:639|3166|4217)\b", re.I)
"""The standards of codes for languages, countries and currencies."""
ISO_DATE = make_regex(r"YYYY-MM-DD|\biso[ -]?(?:8601|date)", re.I)
DATE = make_regex(r"YYYY-MM-DD|iso.?date|\bdate\b|\bISO(?:[ -]8601)?\b", re.I)
ISO_MOMENT = make_regex(r"\bISO(?:[ -]?8601)?\b", re.I)
TIMED = make_regex(r"(?:^|_)(?:start|end|at|time|timestamp|datetime|begins?|ends?)$", re.I)
"""Fields for a moment, if they have the ISO format."""


def describe_field(name: str, about: str = "") -> dict[str, Any]:
    """Return the schema of a field from what the prompt says about it, else from its name."""
    if name.lower() in HOLDERS and (names := NAMES.fullmatch(about.strip(" ()"))):
        members = re.split(r",\s?(?:and\s)?|\sand\s", names[0])
        return build_object([(one, describe_by_name(one)) for one in members])
    about = LIMIT_NOTE.sub(r"\1", about) if "(" in about else about
    if fixed := FIXED.fullmatch(about.strip(" ()")):
        return {"type": "string", "enum": [fixed[1] or fixed[2]]}
    if (choices := find_choices(about)) and not find_members(about):
        if is_plural(name) and all(len(choice) == 1 for choice in choices):
            limits = {"minItems": len(choices), "maxItems": len(choices)}
            return {"type": "array", "items": {"type": "string"}, **limits}
        return {"type": "string", "enum": choices}
    if (known := describe_format(about)) is not None:
        return known
    if CODES.search(about):
        return {"type": "string"}
    kind = find_kind(about)
    if (listed := describe_array(name, about, kind)) is not None:
        return listed
    if top := OUT_OF.search(about):
        return describe_range("1", top[1], kind)
    span = NUMERIC_RANGE.search(about)
    if kind in ("integer", "number", "") and span and not DATE.search(about):
        return describe_range(span[1], span[2], kind)
    if kind in ("object", "") and MEMBERS.search(about):
        item = score_traits(name, describe_item(name, about))
        is_list = not kind and (about.startswith("each") or LIST_NAME.search(name))
        return {"type": "array", "items": item, "minItems": 2} if is_list else item
    if not kind and (members := find_members(about)):
        is_flags = name in ("notifications", "permissions")
        kinds = [{"type": "boolean"} if is_flags else describe_by_name(one) for one in members]
        built = build_object(list(zip(members, kinds, strict=True)))
        if LIST_NAME.search(name) or (is_plural(name) and name not in GROUPS):
            return {"type": "array", "items": built, "minItems": 2}
        return built
    if kind == "object":
        return {
            "type": "object",
            "properties": {"value": {"type": "string"}},
            "required": ["value"],
        }
    if kind == "number" and (INTEGER_NAME.search(name) or name.lower() in COUNTING):
        kind = "integer"
    if limit := MAX_LENGTH.search(about):
        return {"type": "string", "maxLength": int(limit[1] or limit[2])}
    if ISO_MOMENT.search(about) and TIMED.search(name):
        return {"type": "string", "format": "date-time"}
    if kind == "string" and ISO_DATE.search(about):
        return {"type": "string", "format": "date"}
    if kind:
        return {"type": kind}
    return (
        describe_by_name(name) if not DATE.search(about) else {"type": "string", "format": "date"}
    )


FIXED = make_regex(
    r"(?:always|fixed|constant|literally|exactly|immer|siempre|toujours|sempre)"
    r"(?: set to| the (?:string|value)| is)?:? [\"'`“]([^\"'`”\n]{1,40})[\"'`”]"
    r"|[\"'`“]([^\"'`”\n]{1,40})[\"'`”] (?:always|in all cases)",
    re.I,
)
"""The only value of a field: 'always "pending"'."""


LIMIT_NOTE = make_regex(r"(\d) ?\([^()\d\n]{2,30}\)")
"""What an end of a range means: "from 1 (low) to 5 (urgent)"."""
IN_WORDS = make_regex(r"\b(?:words?|sentences?)\b", re.I)
"""The length of a text, not of a list: "summary (2 sentences)"."""
COUNTING = frozenset("line line_number row column day step grade level number chapter".split())
"""Fields that count, although "number" is their type."""


def describe_array(name: str, about: str, kind: str) -> dict[str, Any] | None:
    """Return the schema of "(list of 3)", "(3 strings)" or "options (4)"; None for no list."""
    if span := ITEM_SPAN.fullmatch(about.strip(" ()")):
        limits = {"minItems": int(span[1]), "maxItems": max(map(int, span.groups()))}
        return {"type": "array", "items": {"type": "string"}, **limits}
    alone = find_length(about)
    if alone and IN_WORDS.search(about) and not (is_plural(name) or LIST_NAME.search(name)):
        return {"type": "string"} if kind in ("", "string") else None
    if alone and kind in ("", "string") and not about.strip(" ()").isdecimal():
        count = parse_count(alone, 50)
        limits = {"minItems": count, "maxItems": count}
        return {"type": "array", "items": {"type": "string"}, **limits}
    if kind != "array" and not (alone and describe_by_name(name).get("type") == "array"):
        return None
    counted = ITEM_COUNT.search(about)
    number = next(filter(None, counted.groups()), "") if counted else alone
    limits = {"minItems": parse_count(number, 50) if number else 2}
    limits |= {"maxItems": limits["minItems"]} if number else {}
    return {"type": "array", "items": describe_item(name, about), **limits}


ITEM_SPAN = make_regex(
    r"(?:between |list of |array of )?(\d{1,2}) ?(?:-|–|to|and) ?(\d{1,2}) (?:short |relevant )?"
    r"(?:strings|items|elements|entries|options|bullets|points|tags|keywords)",
    re.I,
)
"""How long a list is at least and at most: "(2-3 strings)"."""
OF_THINGS = make_regex(r"\b\w+ (?:list|array)\b|<?\w+\s?\[\]", re.I)


def find_kind(about: str) -> str:
    """Return the first type that a text names; "string list" is an array."""
    found = [
        (match.start(), kind)
        for pattern, kind in COMPILED_KINDS
        if (match := pattern.search(about))
    ]
    if not found:
        return ""
    if any(kind == "integer" for _, kind in found):
        found = [pair for pair in found if pair[1] != "number"]
    is_list = any(kind == "array" for _, kind in found)
    return "array" if is_list and OF_THINGS.match(about.strip()) else min(found)[1]


MEMBERS = make_regex(
    r"\{([^{}\n]{1,160})\}|(?:\b(?:objects?|objets|objetos|objekten?|oggetti) |\beach "
    r"|\b(?:list|array) of (?:[\w-]{1,16} ){0,3}[a-z]{3,20}s,? |\A)"
    r"(?:with|containing|of|having|has|avec|con|mit|com) (?:the )?(?:keys |fields )?"
    r"([\w\"'`]{1,30}(?:(?:, and |, | and | et | und | y | e )[\w\"'`]{1,30}){1,8})"
    r"|\b(?:list|array)s? of ((?!strings?|numbers?|objects?|integers?|items?|booleans?)"
    r"[a-z]\w{1,24}(?:,\s?[a-z]\w{1,24}){1,8})\s*\Z",
    re.I,
)
"""The members of the objects in a list: "array of {sku, qty}"."""


def find_members(about: str) -> list[str]:
    """Return the names in "(host, port, user)": two or more, most of them usual fields."""
    names = [name.strip(" \"'`") for name in re.split(r",\s?(?:and\s)?|\sand\s", about)]
    if len(names) < 2 or not all(re.fullmatch(r"[A-Za-z_]\w{0,30}", name) for name in names):
        return []
    usual = [
        name
        for name in names
        if describe_by_name(name) != {"type": "string"} or name.lower() in USUAL
    ]
    return names if len(usual) * 2 >= len(names) else []


USUAL = frozenset(
    "street city zip zipcode country state name first_name last_name firstname lastname email"
    " phone host user username password database url key cert title author unit currency value"
    " level file path format method key secret region timezone"
    " from to start end street_address postal_code min max x y lat lng lon role"
    " company type".split()
)
"""Names of fields that hold texts."""


SERIES_OF = make_regex(
    r"\b(?:list|array)s? of (?:\{ ?)?([a-z]\w{1,30}(?:,\s?[a-z]\w{1,30}){0,8},?\s(?:and|\+|/|&)"
    r"\s[a-z]\w{1,30})(?! (?:strings?|objects?|numbers?))",
    re.I,
)
"""The members of the objects in a list without the word: "array of sku and quantity"."""


SCORED = frozenset("stats attributes abilities attribute_scores ability_scores".split())
TRAITS = make_regex(
    r"^(?:strength|dexterity|wisdom|intelligence|charisma|constitution|agility|stamina|mana|health|hp|mp"
    r"|attack|defen[cs]e|speed|power|armou?r|luck|endurance|vitality|magic)(?:_points)?$",
    re.I,
)


def score_traits(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an object of scores, whose traits are numbers: "stats"."""
    if name.lower() not in SCORED or "properties" not in schema:
        return schema
    fields = schema["properties"].items()
    scored = [
        (key, {"type": "integer", "minimum": 1, "maximum": 20} if TRAITS.match(key) else one)
        for key, one in fields
    ]
    return build_object(scored)


def describe_item(name: str, about: str) -> dict[str, Any]:
    if match := SERIES_OF.search(about):
        names = re.split(r",?\s(?:and|\+|/|&)\s|,\s?", match[1])
        return build_object([(one, describe_by_name(one)) for one in names])
    if match := MEMBERS.search(about):
        listed = re.split(
            r",\s?(?:and\s)?|\s(?:and|et|und|y|e)\s", match[1] or match[2] or match[3]
        )
        return build_object([describe_member(item) for item in listed if item.strip(" \"'`?:")])
    inner = re.sub(r"\b(?:list|array|List|Array)\b|\[\]", " ", about, count=1)
    kind = next(
        (kind for pattern, kind in COMPILED_KINDS if kind != "array" and pattern.search(inner)),
        "string",
    )
    return (
        {"type": kind}
        if kind != "object"
        else {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
    )


def describe_member(item: str) -> tuple[str, dict[str, Any]]:
    """Return a member and its schema: "amount", "amount: number"."""
    name, _, about = item.partition(":")
    name, about = name.strip(" \"'`?"), about.strip()
    return name, describe_field(name, about) if about else describe_by_name(name)


UNIT_NAME = re.compile(r"_(?:tonnes|tons|litres|liters|miles|metres|meters|grams|ounces|pounds)$")
"""The unit of a number at the end of a name: "weight_tonnes"."""


def describe_by_name(name: str) -> dict[str, Any]:
    """Return the schema of a field whose name says what it holds: "is_open", "created_at"."""
    return deepcopy(describe_once(name))


@lru_cache(maxsize=4096)
def describe_once(name: str) -> dict[str, Any]:
    name = CAMEL.sub("_", name).lower()
    name = ENGLISH_NAMES.get(name, name)
    if BOOLEAN_NAME.search(name):
        return {"type": "boolean"}
    if UNIT_NAME.search(name):
        return {"type": "number"}
    if INDEX_NAME.search(name) or name.startswith("order_from_"):
        return {"type": "integer", "minimum": 0, "maximum": 3}
    if name.endswith(("_range", "opening_hours", "business_hours", "office_hours")):
        return {"type": "string"}
    if name in ("birth_year", "year_of_birth"):
        return {"type": "integer", "minimum": 1955, "maximum": 2004}
    if FOUNDED.search(name):
        return {"type": "integer", "minimum": 1950, "maximum": 2023}
    if YES_NO.search(name):
        return {"type": "string", "enum": ["yes", "no"]}
    if YEARS.search(name):
        return {"type": "integer", "minimum": 1, "maximum": 20}
    if MOMENT_NAME.search(name):
        return {"type": "string", "format": "date-time"}
    if DAY_NAME.search(name):
        return {"type": "string", "format": "date"}
    if LIMBS.search(name):
        return {"type": "integer", "minimum": 2, "maximum": 4}
    if UNIT_RANGE.search(name):
        return {"type": "number", "minimum": 0, "maximum": 1}
    if LIST_NAME.search(name):
        return {"type": "array", "items": {"type": "string"}, "minItems": 2}
    if INTEGER_NAME.search(name):
        return {"type": "integer"}
    if is_plural(name) and not NUMBER_NAME.search(name):
        return {"type": "array", "items": {"type": "string"}, "minItems": 2}
    return {"type": "number"} if NUMBER_NAME.search(name) else {"type": "string"}


CAMEL = make_regex(r"(?<=[a-z0-9])(?=[A-Z])")


def is_plural(name: str) -> bool:
    """Return whether a field's name says that it holds several things: "allowed_origins"."""
    last = name.lower().split("_")[-1]
    return PLURAL.search(last) is not None and last not in NOT_LISTS


ALTERNATIVES = make_regex(r"\s*[|/]\s*|,?\s(?:or|oder|o|ou)\s", re.I)
MANY = 3
"""Words between commas alone are choices if there are at least this number of them."""


def split_choices(about: str) -> list[str]:
    """Return the items between bars, slashes, "or", and the commas before these."""
    items = ALTERNATIVES.split(about)
    if len(items) == 1:
        listed = [item.strip() for item in about.split(",")]
        return listed if len(listed) >= MANY and not find_kind(about) else items
    if "|" in about:
        return items
    return [part for item in items for part in re.split(r",\s*", item)]


def find_choices(about: str) -> list[str]:
    """Return the members in 'low|medium|high', "Literal['a', 'b']" or "one of: a, b"."""
    about = LETTER_WORD.sub("", about.strip().strip("<>(){}"))
    if span := LETTERS.fullmatch(about):
        return [chr(code) for code in range(ord(span[1]), ord(span[2]) + 1)]
    if match := LITERAL.search(about):
        about = match[1]
        items = re.split(r"\s*[,;/|]\s*(?:or\s)?|\sor\s", about)
    else:
        items = split_choices(about)
        if len(items) < 2:
            return []
    cleaned = [item.strip(" '\"`.[]();:").removeprefix("Literal[") for item in items]
    cleaned = [item for item in cleaned if item and not NO_CHOICE.fullmatch(item)]
    is_quoted = len(QUOTATION.findall(about)) >= 2 * len(cleaned) or about.isupper()
    words, letters = (6, 60) if is_quoted else (2, 24)
    if len(cleaned) < 2 or any(
        len(item.split()) > words or len(item) > letters for item in cleaned
    ):
        return []
    return [] if all(TYPE_NAME.fullmatch(item) for item in cleaned) else cleaned


QUOTATION = make_regex(r"[\"'`“”]")
LETTER_WORD = make_regex(
    r"^(?:either |(?:the |one )?(?:letter|buchstabe|lettre|letra|lettera|litera)s? (?=[A-Z]\b))"
    r"(?:from |of )?",
    re.I,
)
LETTERS = make_regex(r"([A-H]) ?(?:-|–|to|bis|through|à|a) ?([A-H])")
"""A span of letters: "A-D"."""
NO_CHOICE = make_regex(r"null|none|YYYY-MM-DD|HH:MM|n/?a|undefined", re.I)
TYPE_NAME = make_regex(
    r"(?:true|false|null|none|(?:string|number|integer|float|boolean|int|bool|str|array|list"
    r"|object|text|date)s?|yyyy|n|a)",
    re.I,
)


def build_object(fields: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    return {"type": "object", "properties": dict(fields), "required": [name for name, _ in fields]}
