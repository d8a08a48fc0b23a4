"""The fields and the methods that a prompt names for a class."""

from __future__ import annotations

import json
import re

from mockgem.operations.forms.code_names import to_pascal
from mockgem.operations.forms.code_signatures import ENDS, SPLIT, guess_kind, name_parameter
from mockgem.operations.forms.lazy_patterns import make_regex

METHOD = (
    r"(?!(?:and|und|y|et|with|the)\b)[a-z_]\w{1,24}(?: (?!and\b|und\b|y\b|et\b"
    r"|methods?\b)[a-z]\w{1,24})?"
)
METHODS = make_regex(
    rf"\b(?:with|and|has|mit|con|avec)\s+(?:the )?(?:methods?\s+)?((?:{METHOD}(?:, "
    rf"?(?:and )?| and | und | y | et )){{1,6}}{METHOD}) methods?\b|\b(?:methods?|methoden"
    rf"|métodos|méthodes|metodi):? (?:for |to |are )?"
    r"(?:(?:comput|calculat|get|return|find|determin)(?:e|es|ing|s|ting)? )?(?:the |its |their )?"
    r"((?:`?[a-z_]\w{1,24}`?(?:\([^()\n]{0,40}\))?`?(?:, ?(?:and )?| and "
    r"| und )){1,6}`?[a-z_]\w{1,24})",
    re.I,
)


ONE_METHOD = make_regex(
    r"[`\s](?!(?:une?|una|uno|eine?[rnsm]?|uma?|il|la|le|el|het|een|a|an"
    r"|the)\b)([a-z_]\w{1,30})(?:\([^()\n]{0,40}\))?`? (?:methods?|methode|método|méthode|metodo)\b"
    r"|\b(?:methods?|methode|método|méthode|metodo) `?(?:(?:void|bool|int|double|float|string"
    r"|String|boolean) )?(?:called |named |namens )?`?([A-Za-z_]\w{1,30})`?(?:\(|`|\b(?= that"
    r"| which| to\b| and| for|[.,;?!\n]|\Z))"
)


ACTION = (
    r"(?:deposit|withdraw|transfer|increment|decrement|reset|push|pop|peek|enqueue|dequeue|start"
    r"|stop|pause|play|save|load|open|close|undo|redo|add|remove|clear|(?:get|set|is|has|add|remove"
    r"|delete|update|complete|clear|mark|find|calculate|compute)(?:_[a-z]\w{0,20}"
    r"|(?-i:[A-Z])\w{0,20}))"
)
ACTIONS = make_regex(
    rf"\b(?:class|struct)\b[^.\n]{{0,40}}?\b(?:with|that (?:has|supports)) `?({ACTION}`?(?:(?:,"
    rf" (?:and )?| and )(?:an? )?`?{ACTION}`?){{1,6}})(?!\w)",
    re.I,
)
"""Methods without this word: "a class Counter with increment, decrement and reset"."""
NOT_METHODS = frozenset(
    """a an the and one two three public private static constructor helper main new simple class
    une un una eine einer eines uma il la le el einem ein het een
    getter setter abstract async its their this that with for in of to und y et each any
    other""".split()
)


TYPED_MEMBER = make_regex(
    r"\b(double|int|integer|string|boolean|bool|float|long|decimal|number)\s(?:field\s|called\s"
    r"|named\s){0,2}`?(?!(?:field|value|property|and|or|of|in|to|array|literal"
    r"|s)\b)([a-z]\w{1,30})`?(?=[\s,.;)]|\Z)",
    re.I,
)


KINDS_OF_TYPES = {
    "int": "integer",
    "long": "integer",
    "integer": "integer",
    "double": "number",
    "float": "number",
    "decimal": "number",
    "number": "number",
    "bool": "boolean",
    "boolean": "boolean",
}


EACH_METHOD = make_regex(
    r"(?<=\bwith) an? (?=[a-z_]\w*(?:,| and) (?:(?:and )?an? )?[a-z_]\w*(?:,| and| methods?\b))"
    r"|(?<=[a-z_0-9],) (?:and )?an? (?=[a-z_]\w*(?:,| and (?:an? )?[a-z_]\w* methods?| methods?\b))"
    r"|(?<=[a-z_0-9] and) an? (?=[a-z_]\w* methods?\b)"
)
"""The article of each method: "with a deposit and a withdraw method"."""


def find_methods(text: str) -> tuple[str, ...]:
    """Return the names of the methods that a text wants."""
    if "ethod" in text:
        text = EACH_METHOD.sub(" ", text)
    methods = METHODS.search(text)
    listed = re.sub(r"\([^()]*\)", "", next(filter(None, methods.groups()))) if methods else ""
    parts = re.split(r",\s?(?:and\s)?|\s(?:and|und|y|et)\s", listed)
    found = ["_".join(re.findall(r"\w+", part)) for part in parts if part.strip()]
    if not found:
        found = [match[1] or match[2] for match in ONE_METHOD.finditer(text)]
    if len(found) < 2 and (actions := ACTIONS.search(text)):
        acts = re.findall(r"\b(?!(?:and|an?)\b)\w+", actions[1])
        found = acts if len(acts) > len(found) else found
    return tuple(
        word
        for word in dict.fromkeys(found)
        if word not in NOT_METHODS and word not in ("und", "y", "et")
    )


NAME_AND_TYPE = make_regex(
    r"\b([A-Za-z_]\w{1,30})(?::)? (String|string|Long|long|LocalDate|Date|UUID|BigDecimal|Int"
    r"|int|Integer|Double|double|float64|float|Float"
    r"|Boolean|Bool|bool|str|number|i32|u32|f64)\b"
)


GO_TYPES = {
    "float64": "number",
    "i32": "integer",
    "u32": "integer",
    "i64": "integer",
    "u64": "integer",
    "f32": "number",
    "f64": "number",
    "str": "string",
}


def find_typed_members(text: str) -> list[tuple[str, str]]:
    """Return the fields in "a private double total and an int count"."""
    text = cut_methods(text)
    named = [
        (name, GO_TYPES.get(kind) or KINDS_OF_TYPES.get(kind.lower(), "string"))
        for name, kind in NAME_AND_TYPE.findall(text)
        if name.lower()
        not in ("a", "an", "the", "private", "public", "and", "with", "of", "return", "returns")
    ]
    if len(named) > 1 or (named and re.search(rf"\b{named[0][0]}: ", text)):
        known = {name for name, _ in named}
        untyped = [name for name in OPTIONAL_MEMBER.findall(text) if name not in known]
        return named + [(name, "string") for name in untyped]
    return [
        (name, KINDS_OF_TYPES.get(kind.lower(), "string"))
        for kind, name in TYPED_MEMBER.findall(text)
    ]


OPTIONAL_MEMBER = make_regex(
    r"\boptional (?!fields?\b|propert|string\b|number\b|int)([a-z_]\w{1,30})\b", re.I
)


SHARED_TYPE = make_regex(
    r"\b(?:as|of type|both|all|are) (?:an? )?(f64|f32|float64|double|float|decimal|i32|i64|u32"
    r"|u64|int|integer|string|str|String)s?\b"
)


def find_shared_type(text: str) -> str:
    """Return the kind of all fields in "with x and y as f64"; empty if they have several."""
    kinds = set(SHARED_TYPE.findall(cut_methods(text)))
    word = kinds.pop() if len(kinds) == 1 and len(SHARED_TYPE.findall(text)) == 1 else ""
    return (GO_TYPES.get(word) or KINDS_OF_TYPES.get(word.lower(), "string")) if word else ""


METHOD_CLAUSE = make_regex(
    r"(?:,?\s(?:and|plus|und|y|et|e|with|mit|con|avec|has|having|including))?\s(?:(?:the|an?|its"
    r"|two|three|public|private|static|impl \w+ with|den|der|einer|eine|los|las|un|una|une|le|les"
    r"|zwei|dos|deux)\s){0,2}(?:methods?|methoden?|métodos?|méthodes?|metod[oi]|functions?"
    r"|funktion|función|fonction|fn|def)\b(?=[\s:`])[^.;\n]*|,?\s(?:including|plus|along with|with"
    r"|and)\s(?:(?:an?|the|its)\s)?(?:\w+ )?(?:constructors?|getters?|setters?|tostring"
    r"|equals)\b[^.;\n]*|,?\s(?:and|then|which|that)\s(?:also )?(?:implements?|derives?|overrides?"
    r"|exports?|writes?|shows?|creates?|adds?|makes?|uses?|gives?|includes? (?:an?|the) (?:example"
    r"|constructor))\b[^.;\n]*",
    re.I,
)
"""What a prompt says about the methods of a class, or wants beside it, after its fields."""


CONSTRUCTED = make_regex(
    r"\bconstructor (?:that |which )?(?:taking|takes|accepting|accepts)(?: the| two| three)?"
    r"(?: parameters?| arguments?)? (`?[a-z]\w{0,30}`?(?:(?:, and |, "
    r"| and )`?[a-z]\w{0,30}`?){0,5})"
    r"(?=[,.;:\n]| and | with |\s*\Z)"
)
"""The parameters of a constructor, which the object keeps."""


def cut_methods(text: str) -> str:
    """Return a text without what it says about methods, so that its fields are left."""
    rest = FAILS.sub("", METHOD_CLAUSE.sub("", text))
    listed = METHODS.search(rest) or ACTIONS.search(rest)
    if listed is None:
        return rest
    at = listed.start(1) if listed.re.pattern == ACTIONS.pattern else listed.start()
    return f"{rest[:at]} {rest[listed.end() :]}"


FAILS = make_regex(
    r"[,;.]?\s(?:(?:and|which|that|where|`?[a-z]\w*`?)\s){0,2}(?:raises?|throws?|throwing"
    r"|raising)\s[^.;\n]{3,160}",
    re.I,
)
"""What a prompt says about errors: "raise an error when the balance is too low"."""


WITH = make_regex(
    r"\b(?:with|has|having|contains|containing|including|mit|con|avec|com|met|с)\s(?:the |an? "
    r"|den |los |las |les |os |as |de |gli |le |i )?(?:(?:private |public )?(?:fields?|properties"
    r"|attributes|columns|members|keys|props|attributen?|feldern?|eigenschaften|spalten|atributos"
    r"|propiedades|campos|attributs|propriétés|champs|attributi|campi|полями|атрибутами"
    r"|свойствами):? )?([^.;\n]{2,200})|\b(?:model|class|interface|struct|entity|dto"
    r"|record)\b[^.\n:,{]{0,40}:\s(?=[^.;\n{]*,)([^.;\n{]{2,200})",
    re.I,
)


MEMBER_TYPES = make_regex(r"\((?:an? )?(?:optional )?(\w+)[^()]*\)|: ?(\w+)")


METHOD_WORD = make_regex(r"\bm[eéè]thod[eoes]*\b|\bmétodos?\b|\bmetod[oai]\b|\(\)", re.I)
VISIBLE = make_regex(r"\b(?:private|public|protected|readonly|static|final)\s+(?=[a-z])", re.I)
"""Who may read a member. The name does not include it."""
QUALITIES = make_regex(
    r"\s(?:optional|required|unique|nullable|not null|mandatory|fields?"
    r"|propert(?:y|ies)|attributes?)\b",
    re.I,
)


MEMBER_KINDS = {
    "int": "integer",
    "float": "number",
    "bool": "boolean",
    "list[str]": "array",
    "list[float]": "array",
}


PLAIN_KINDS = {
    **KINDS_OF_TYPES,
    "array": "array",
    "list": "array",
    "object": "object",
}
PARENTHESISED = make_regex(
    r"\b(?:form|fields?|inputs?|props?|properties|attributes|formular|formulario|formulaire|object"
    r"|schema|keys)\b[^.\n(:]{0,30}[(:]\s?([a-z][\w ]{0,40}(?:,\s?(?:and |y |und "
    r"|et )?[a-z][\w ]{0,40}){1,12})",
)
KIND_WORDS = make_regex(
    r"\b(string|str|text|integer|int|number|float|decimal|boolean|bool|array|list|date|email|url)\b"
)


TYPED_IN_PARENS = make_regex(
    r"\b([a-z_]\w{0,30}) \((string|number|integer|int|float|boolean|bool|array|object|date"
    r"|list)\b[^()\n]{0,60}\)",
    re.I,
)


def find_parenthesised(text: str) -> list[tuple[str, str]]:
    """Return the fields in "a form (name, email)" and "object: name string, age integer"."""
    typed = TYPED_IN_PARENS.findall(text)
    if len(typed) > 1:
        return [(name, PLAIN_KINDS.get(kind.lower(), "string")) for name, kind in typed]
    match = PARENTHESISED.search(text)
    rows = []
    for part in (
        re.split(r",\s?(?:and |y |und |et )?|\s(?:and|y|und|et)\s", match[1]) if match else []
    ):
        words = re.findall(r"\w+", part)
        kind = next((one for one in KIND_WORDS.findall(" ".join(words[1:]))), "")
        name = words[0] if kind or len(words) == 1 else "_".join(words[:2])
        rows.append(
            (
                name,
                KINDS_OF_TYPES.get(kind, {"array": "array", "list": "array"}.get(kind, "string")),
            )
        )
    return rows


NOT_FIELDS = frozenset(
    "constructor constructors getter getters setter setters tostring method methods string equals"
    " hashcode validation docstring docstrings type_hints hints comments tests error_handling"
    " examples example usage json_tags tags_json struct_tags".split()
)


ARTICLES = ("A", "An", "The", "To", "With", "And")


NUMBER_NAME = make_regex(
    r"^(?:max|min|num|total|limit|count|size|capacity|timeout|delay|interval|width|height|balance"
    r"|amount|price|age|year|radius|rate)|(?:ms|seconds|count|size|limit|capacity|amount|rate"
    r"|balance|price)$",
    re.I,
)


def guess_member(name: str) -> str:
    """Return the kind of a parameter by its name."""
    if NUMBER_NAME.search(name):
        return "number"
    return MEMBER_KINDS.get(guess_kind(name), "string")


def find_members(text: str) -> list[tuple[str, str]]:
    """Return the fields in "with status, data and an optional error message"."""
    if given := CONSTRUCTED.search(text):
        names = re.findall(r"[A-Za-z_]\w*", re.sub(r"\band\b", " ", given[1]))
        return [(name, guess_member(name)) for name in names]
    cut = cut_methods(text)
    has_methods, text = cut != text, cut
    match = WITH.search(VISIBLE.sub("", text))
    listed = next(filter(None, match.groups())) if match else ""
    if match is None or "method" in listed[:60]:
        return []
    rows = []
    for part in SPLIT.split(ENDS.split(f"{listed} ", maxsplit=1)[0]):
        given = MEMBER_TYPES.search(part)
        name = name_parameter(QUALITIES.sub("", MEMBER_TYPES.sub("", part)).strip())
        word = next(filter(None, given.groups())).lower() if given else ""
        kind = (
            GO_TYPES.get(word) or KINDS_OF_TYPES.get(word, "string")
            if word
            else MEMBER_KINDS.get(guess_kind(name), "string")
        )
        is_method = METHOD_WORD.search(part) is not None
        if name and not is_method and len(part.split()) < 6 and name.lower() not in NOT_FIELDS:
            rows.append((name, kind))
    is_one = has_methods and len(rows) == 1 and len(listed.split()) < 3
    return list(dict.fromkeys(rows)) if len(rows) > 1 or is_one else []


THING = make_regex(
    r"\b(?:for|of|representing|(?:that|which) (?:represents|describes|models)|modell?ing|describing"
    r"|to (?:store|represent|model|hold|describe))\s(?:an?|the)\s((?!table\b)(?:[\w-]+ "
    r"?){1,3}?)(?=\s?(?:with|that|which"
    r"|in|using|has|having|object|entity|[.,:;\n(]|\Z))",
    re.I,
)


JSON_START = make_regex(r"\{\s*\"")
JSON_KINDS: dict[type, str] = {bool: "boolean", int: "integer", float: "number", list: "array"}


def find_json_members(text: str) -> list[tuple[str, str]]:
    """Return the fields of the JSON object that a prompt shows; empty without one."""
    start = JSON_START.search(text)
    try:
        value = json.JSONDecoder().raw_decode(text, start.start())[0] if start else None
    except (ValueError, RecursionError):
        return []
    if not isinstance(value, dict):
        return []
    return [(name, JSON_KINDS.get(type(item), "string")) for name, item in value.items()]


TABLE = make_regex(r"\btable (?:called |named |for (?:the )?)?[`\"']?([a-z]\w{2,30})\b")


def find_table(text: str) -> str:
    """Return the table that a model is for; empty without one."""
    match = TABLE.search(text)
    return match[1] if match and match[1] not in ("that", "with", "and", "which", "has") else ""


def name_row(table: str) -> str:
    """Return the name of what a row of a table is: order_items is OrderItem."""
    one = re.sub(r"(?:(?<=ss)es|(?<!s)s)$", "", re.sub(r"ies$", "y", table))
    return to_pascal(one)


def name_thing(text: str) -> str:
    """Return a name for what a class describes: "an API response" is ApiResponse."""
    if table := find_table(text):
        return name_row(table)
    match = THING.search(text)
    words = re.findall(r"[A-Za-z]+", match[1])[-3:] if match else []
    return "".join(word[:1].upper() + word[1:].lower() for word in words)
