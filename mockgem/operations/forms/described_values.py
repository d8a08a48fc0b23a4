"""Types of fields that a prompt describes in words, and values for them."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.field_names import ENGLISH_NAMES
from mockgem.operations.forms.lazy_patterns import make_regex

BOOLEAN_NAME = make_regex(
    r"^(?:is|has|can|should|was|will|needs|requires)[_A-Z]|(?:_|\b)(?:enabled|flag)$"
    r"|^(?:available|disponible"
    r"|disponível|verfügbar|active|enabled|valid|passed|success|verified"
    r"|completed|done|debug|in_?stock|urgent|flagged)$"
    r"|^(?:required|draft|optional|public|remote|paid|vegan|vegetarian|spam|toxic|phishing|recommended"
    r"|approved|eligible|published|archived|subscribed|married|refundable|deprecated)$"
)
INTEGER_NAME = make_regex(
    r"(?:^|_)(?:id|age|alter|edad|idade|âge|età|year|jahr|año|année|anno|ano|count"
    r"|quantity|qty|cantidad|menge|quantité|quantità|quantidade|stock|port|votes"
    r"|pages|population|calories|kalorien|calorías|servings|likes|views|stars|rank"
    r"|position_(?:in|from)_\w+|founded"
    r"|floors|rooms|bedrooms|bathrooms|seats|doors|points|punkte|goals_scored|wins|losses|followers"
    r"|downloads|employees|einwohner|habitantes|habitants|abitanti|población|timeout|retries"
    r"|party_size|group_size|team_size|headcount|nights|adults|guests|passengers|personen|personas"
    r"|replicas|workers|threads|ttl|interval|mileage|horsepower|iat|exp|nbf|page|per_page|page_size|limit|offset|index|idx|sets|reps|repetitions|number_of_\w+|num_\w+)$"
    r"|_(?:months|days|weeks|years)$|(?:week|day|chapter|step|episode|season|lesson)_?number$"
    r"|^(?:years?|num|number_of|count_of|total_number_of|anzahl)_",
    re.I,
)
NUMBER_NAME = make_regex(
    r"(?:^|_)(?:price|preis|precio|prix|prezzo|preço|cost|amount|total|score|confidence"
    r"|probability|rating|temperature|latitude|longitude|lat|lng|lon|weight"
    r"|height|length|width|depth|diameter|radius|mass|elevation|altitude|area|distance|speed"
    r"|capacity|budget|revenue"
    r"|profit|fee|tax|discount|ratio|percent|protein|carbs|fat|sugar|gewicht|größe|höhe|länge"
    r"|einnahmen|ausgaben|saldo|umsatz|gewinn|kosten|ingresos|gastos|recettes|dépenses|solde|entrate"
    r"|uscite|receitas|despesas|income|expenses|balance|spend|savings"
    r"|kcal|entfernung|peso|altura|superficie|hauteur|longueur|usd|eur"
    r"|temperature_[cfk]|humidity(?:_\w+)?|\w+_(?:pct|percent|celsius|hpa|kwh|kmh|mph)"
    r"|salary(?:_min|_max)?|percentage|betrag|importe|montant)$|(?:^|_)(?:kcal|price|cost)_|(?:^|_)(?:gb|mb|kg"
    r"|cm|km|minutes?"
    r"|minuten|minutos"
    r"|seconds|hours?|stunden|horas|duration|dauer|anzahl)$",
    re.I,
)
LIST_NAME = make_regex(
    r"(?:^|_)(?:tags|keywords|genres|ingredients|steps|hobbies|skills|features"
    r"|languages|people|places|topics|examples|entities|palabras_clave"
    r"|mots_cl[ée]s|schlagworte|zutaten|ingredientes|ingrédients|ingredienti|categories"
    r"|colors|names|items|suggestions|pros|cons|persons"
    r"|organizations|locations|action_items|key_points|questions)$",
    re.I,
)
PLURAL = make_regex(r"[a-zà-ÿ]{2,}(?<![siu])s$")
"""The end of a plural in English, French, Spanish and Portuguese."""
NOT_LISTS = frozenset(
    """address status news series hours minutes days seconds sales notes details comments
    instructions
    terms species means contents directions address_details gps sms dns https class plus access
    process progress success business thanks always pays temps cours prix corps avis dias gras
    os as bus gas atlas canvas alias bias pros_cons weeks months years""".split()
)
"""Names with the ending of a plural whose value is one thing."""
INDEX_NAME = make_regex(
    r"^(?:correct|answer|right|selected|chosen|best)_(?:\w+_)?(?:index|idx)$", re.I
)
"""A place in a list of a few options."""
UNIT_RANGE = make_regex(r"^(?:confidence|probability|likelihood)$", re.I)
NUMERIC_RANGE = make_regex(
    r"(?<![\w.-])(-?\d+(?:\.\d+)?)\s?(?:-|–|to|\.\.|and|bis)\s?(-?\d+(?:\.\d+)?)(?![\w-])"
)
LITERAL = make_regex(r"(?:Literal|one of)[:\[ ]+([^\]\n]{3,200})", re.I)
KINDS = (
    (
        r"\b(?:list|array|sequence|tuple|set|liste|lista|elenco|lijst|tableau|arreglo|tablica"
        r"|array|arrays)\b|\[\]|^\[",
        "array",
    ),
    (r"\bbool(?:ean)?s?\b|true\s?[/|]\s?false|\btrue or false|yes/no", "boolean"),
    (
        r"\bint(?:eger)?s?\b|\bwhole numbers?|without decimals?|no decimals?|\bganzzahl|\bentero"
        r"|\bentier",
        "integer",
    ),
    (
        r"\bfloats?\b|\bnumbers?\b|\bdouble\b|\bdecimal\b|\bnumeric\b|\bnumérico|\bnombre\b|\bzahl\b",
        "number",
    ),
    (r"数组|陣列|列表|配列|리스트|배열|massiv|массив|список|مصفوفة|मरे|รายการ|आरे|सूची", "array"),
    (r"\b(?:object|dict|map|dictionary)\b", "object"),
    (r"\bstr(?:ing)?s?\b|\btext\b|\bcadena\b|\bchaîne", "string"),
)
COMPILED_KINDS = [(make_regex(pattern, re.I), kind) for pattern, kind in KINDS]
ISO_DATE = make_regex(r"YYYY-MM-DD|\biso[ -]?(?:8601|date)", re.I)
DATE = make_regex(r"YYYY-MM-DD|iso.?date|\bdate\b", re.I)


def describe_field(name: str, about: str = "") -> dict[str, Any]:
    """Return the schema of a field from what the prompt says about it, else from its name."""
    if (choices := find_choices(about)) and not find_members(about):
        return {"type": "string", "enum": choices}
    if (known := describe_format(about)) is not None:
        return known
    kind = find_kind(about)
    if kind == "array":
        counted = ITEM_COUNT.search(about)
        number = counted[1] or counted[2] if counted else ""
        limits = {"minItems": parse_count(number, 50) if number else 2}
        limits |= {"maxItems": limits["minItems"]} if counted else {}
        return {"type": "array", "items": describe_item(name, about), **limits}
    span = NUMERIC_RANGE.search(about)
    if kind in ("integer", "number", "") and span and not DATE.search(about):
        return describe_range(span[1], span[2], kind)
    if kind in ("object", "") and MEMBERS.search(about):
        return describe_item(name, about)
    if not kind and (members := find_members(about)):
        return build_object([(one, describe_by_name(one)) for one in members])
    if kind == "object":
        return {
            "type": "object",
            "properties": {"value": {"type": "string"}},
            "required": ["value"],
        }
    if kind == "number" and INTEGER_NAME.search(name):
        kind = "integer"
    if limit := MAX_LENGTH.search(about):
        return {"type": "string", "maxLength": int(limit[1] or limit[2])}
    if kind == "string" and ISO_DATE.search(about):
        return {"type": "string", "format": "date"}
    if kind:
        return {"type": kind}
    return (
        describe_by_name(name) if not DATE.search(about) else {"type": "string", "format": "date"}
    )


def describe_format(about: str) -> dict[str, Any] | None:
    """Return the schema of "(uuid)", "(email)", "index of the right option"; None for others."""
    if INDEX_OF.search(about):
        return {"type": "integer", "minimum": 0, "maximum": 3}
    match = FORMAT.fullmatch(about.strip(" .,()"))
    if match is None:
        return None
    words = match[1].lower().replace("-", " ").replace("iso 8601 ", "").strip()
    return {"type": "string", "format": FORMATS[words]}


INDEX_OF = make_regex(
    r"\b(?:index|position) (?:of|in)\b(?![^.\n]{0,30}\b(?:text|string|sentence|characters?)\b)",
    re.I,
)
FORMATS = {
    "uuid": "uuid",
    "guid": "uuid",
    "uuid v4": "uuid",
    "uuidv4": "uuid",
    "email": "email",
    "e mail": "email",
    "email address": "email",
    "url": "uri",
    "uri": "uri",
    "datetime": "date-time",
    "date time": "date-time",
    "timestamp": "date-time",
    "iso timestamp": "date-time",
    "iso datetime": "date-time",
    "date": "date",
    "iso date": "date",
    "yyyy mm dd": "date",
}
"""Formats of texts, as prompts name them."""
FORMAT = make_regex(
    r"(?:an? )?(?:valid )?(?:string,? )?((?:iso[ -]8601 )?"
    r"(?:uuid(?: ?v4)?|guid|e-?mail(?: address)?|url|uri|(?:iso )?date-?time"
    r"|(?:iso )?timestamp|(?:iso )?date|yyyy-mm-dd))(?: string| format)?",
    re.I,
)


ITEM_COUNT = make_regex(
    rf"\b(?:of |with |exactly )?(?!(?:an?|one)\b)({NUMBER}) (?:\w+ )?"
    r"(?:strings?|items?|elements?|entries|options?|numbers|integers|words|texts?|sentences)\b"
    r"|\b(?:array|list) of (\d{1,2})(?=\s*(?:[,).;]|\Z))",
    re.I,
)
"""How long the list of a field is: "array of 4 strings"."""
MAX_LENGTH = make_regex(
    r"\b(?:max(?:imum)?\.?(?: of)?|up to|at most|under|no more than|<=?|≤) ?(\d{1,4}) (?:chars?"
    r"|characters)"
    r"|\b(\d{1,4}) (?:chars?|characters) (?:max\w*|or (?:less|fewer)|at most)",
    re.I,
)
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
    r"\{([^{}\n]{1,160})\}|(?:\bobjects? |\A)(?:with|containing|of|having) (?:the )?(?:keys "
    r"|fields )?"
    r"([\w\"'`]{1,30}(?:(?:, | and |, and )[\w\"'`]{1,30}){1,8})",
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


def describe_item(name: str, about: str) -> dict[str, Any]:
    if match := SERIES_OF.search(about):
        names = re.split(r",?\s(?:and|\+|/|&)\s|,\s?", match[1])
        return build_object([(one, describe_by_name(one)) for one in names])
    if match := MEMBERS.search(about):
        listed = re.split(r",\s?(?:and\s)?|\sand\s", match[1] or match[2])
        names = [item.split(":")[0].strip(" \"'`") for item in listed]
        return build_object([(name, describe_by_name(name)) for name in names if name])
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


def describe_range(low: str, high: str, kind: str) -> dict[str, Any]:
    if kind != "number" and "." not in low + high and (float(low), float(high)) != (0, 1):
        return {"type": "integer", "minimum": int(low), "maximum": int(high)}
    if kind == "integer":
        return {"type": "integer", "minimum": int(float(low)), "maximum": int(float(high))}
    return {"type": "number", "minimum": float(low), "maximum": float(high)}


def describe_by_name(name: str) -> dict[str, Any]:
    name = CAMEL.sub("_", name).lower()
    name = ENGLISH_NAMES.get(name, name)
    if BOOLEAN_NAME.search(name):
        return {"type": "boolean"}
    if INDEX_NAME.search(name):
        return {"type": "integer", "minimum": 0, "maximum": 3}
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
    about = about.strip().strip("<>(){}")
    if match := LITERAL.search(about):
        about = match[1]
        items = re.split(r"\s*[,;/|]\s*(?:or\s)?|\sor\s", about)
    else:
        items = split_choices(about)
        if len(items) < 2:
            return []
    cleaned = [item.strip(" '\"`.[]();:").removeprefix("Literal[") for item in items]
    cleaned = [item for item in cleaned if item]
    if len(cleaned) < 2 or any(len(item.split()) > 2 or len(item) > 24 for item in cleaned):
        return []
    return [] if all(TYPE_NAME.fullmatch(item) for item in cleaned) else cleaned


TYPE_NAME = make_regex(
    r"(?:true|false|null|none|(?:string|number|integer|float|boolean|int|bool|str|array|list"
    r"|object|text|date)s?|yyyy|n|a)",
    re.I,
)


def build_object(fields: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    return {"type": "object", "properties": dict(fields), "required": [name for name, _ in fields]}
