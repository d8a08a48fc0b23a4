"""Read a series of names of fields: "name, age (integer) and `city`"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from mockgem.operations.forms.described_values import build_object, describe_by_name, describe_field
from mockgem.operations.forms.field_blocks import (
    TYPE,
)
from mockgem.operations.forms.field_words import KEYS_TOO, NOT_FIRST, NOT_KEYS, NOUNS, VERBS
from mockgem.operations.forms.lazy_patterns import make_regex

ITEM = make_regex(
    r"\s{0,8}(?:(?:,|、|;|&)\s{0,8}|(?<!\w)(?:and|plus|und|y|et|ed|e|en|i|ve|и|和|と|및|または"
    r"|as well as)(?![\w-])\s{0,8}){0,3}"
    r"(?:(?:an?|the|its|their|his|her|el|la|los|las|un|una|le|les|der|die|das"
    r"|ein|eine|il|lo|o|os)\s+)?(?:(?:optional"
    r"|nested)\s+(?=[a-z\"'`]))?(?:(?P<days>\d{1,2})[- ]day\s(?=[a-z]))?"
    rf"(?:(?:nested )?(?P<before>{TYPE})s?\s(?:of\s|for\s|field\s|value\s|called\s|named\s){{0,2}}"
    r"(?=[\"'“`‘]?(?!(?:and|or|und|y|et|of|for|with|in|strings?|objects?"
    r"|numbers?|integers?|floats?|booleans?|dicts?|texts?|values?)\b)[^\W\d]))?"
    r"(?:[\"'“`‘*«„「『]{1,3}(?P<quoted>[^\"'”`’*\n»“」』]{1,48})[\"'”`’*»“」』]{1,3}"
    r"|(?P<plain>(?!(?:and|und|y|et|e"
    r"|i|ve|и|plus)(?![\w-])"
    r"|(?:about|on|for|from|of|with|in|at|by|that|which|über|sobre|para)\s(?!(?:and|und|y"
    r"|et)\b))[^\W\d][\w-]{0,40}(?: "
    r"(?![とにをがではもの和및、字键欄フキ필키]|(?:и|та|і)\b|and\b|plus\b|und\b"
    r"|(?-i:y|et|e|i)\b|for\b"
    r"|from\b|of\b|di\b|da\b|du\b|des\b|del\b|della\b|ed\b|einer\b|eines\b"
    r"|about\b|in\b|with\b|to\b|as\b|als\b|como\b|comme\b|come\b|jako\b|on\b|de\b|para\b|für\b"
    r"|zu[mr]?\b|einem\b|einer\b|pour\b"
    r"|zurück\b|です|sobre\b|per\b|into\b|en\b"
    r"|dal\b|dalla\b|nel\b|del\b|dans\b"
    r"|over\b|out\b|fields?\b|keys?\b|columns?\b|properties\b|elements\b|attributes\b|between\b"
    r"|voor\b|dla\b|mit\b|con\b"
    r"|that\b|which\b|based\b|each\b"
    r"|describing\b|is\b"
    r"|are\b|true/|yes/|enabled/|only\b|please\b|too\b|like\b|при|для)[\w-]{1,24}(?:\.\d+){0,3})?"
    r"(?: of (?:birth|speech|origin|issue|purchase|residence|death|arrival|departure|delivery"
    r"|payment|expiry|contact|interest|study|employment|service|experience|guests|people)\b)?))"
    r"(?P<many>\[\])?(?: in (?:minutes|seconds|hours|days|euros|usd|dollars|percent|kg|cm|km)\b)?"
    r"(?:\s?\((?P<note>[^()\n]{1,160})\)|\s?:\s?(?P<kind>(?:string|str|int|integer|number|float"
    r"|bool|boolean|list|array)\b[^,.;\n]{0,40})"
    r"|\s(?P<range>out of \d{1,3}|(?:from |between )?\d{1,3}(?:-|–| to | and )\d{1,3})(?=[\s,.;]"
    r"|\Z)"
    rf"|\s(?:as|which is|that is|als|como|comme)\s(?:an?\s|eine?\s)?(?P<after>{TYPE}(?:\sof\s\w+)?)"
    r"(?=[\s,.;]|\Z)"
    r"|,?\s(?:(?:in|as)\s)?(?P<iso>ISO(?:[ -]8601)?|YYYY-MM-DD)(?: (?:format|date))?(?=[\s,.;]|\Z)"
    r"|\s(?P<switch>on/off|yes/no|true/false|enabled/disabled|on or off)(?=[\s,.;]|\Z)"
    r"|,?\s(?:that|which)\sis\s(?P<choice>(?:one of|either) [^.;\n]{3,120}"
    r"|[\"'][\w -]{1,24}[\"'](?:, [\"'][\w -]{1,24}[\"']){0,8},? or [\"'][\w -]{1,24}[\"']))?"
    r"(?:\s(?:as (?:the |a )?)?(?:primary key|foreign key|unique|not null|auto[- ]?increment)\b)*",
    re.I,
)


CODE_KEYS = make_regex(
    r"\s*((?:(?:en|de|fr|es|it|pt|nl|pl|sv|da|ja|zh|ko|ru|tr|ar)(?:, (?:and )?| and )){2,9}(?:en"
    r"|de|fr|es|it|pt|nl|pl|sv|da|ja|zh|ko|ru|tr|ar))\b"
)
"""Codes of languages as keys, of which "en" and "es" are words elsewhere."""


def read_items(text: str, at: int) -> list[tuple[str, dict[str, Any]]]:
    """Read a series of names from a position: "name, age (integer) and `city`"."""
    if (codes := CODE_KEYS.match(text, at)) and " en" in f" {codes[1]}":
        names = re.findall(r"[a-z]{2}", re.sub(r"\band\b", " ", codes[1]))
        return [(name, {"type": "string"}) for name in names]
    fields: dict[str, dict[str, Any]] = {}
    for name, match in iterate_items(text, at):
        kind = read_type(match)
        if shared := EACH_OF.match(kind):
            kind = shared[1]
            fields |= {one: describe_field(one, kind) for one in fields}
        if match["days"] and not kind:
            fields[name] = describe_days(int(match["days"]), name)
            continue
        if counted := COUNTED_NAME.fullmatch(name):
            fields[counted[2]] = describe_field(counted[2], f"{counted[1]} items")
            continue
        parts = name.split("_")
        if (
            len(parts) > 1
            and not match["quoted"]
            and ALONE.issuperset(parts)
            and "_" not in match[0]
        ):
            fields |= {part: describe_field(part, "") for part in parts}
            continue
        if not kind and (typed := TYPED_NAME.fullmatch(name)):
            name, kind = filter(None, typed.groups())
        fields.setdefault(name, describe_field(name, kind))
    return list(fields.items())


EACH_OF = make_regex(
    r"(?:each|all|both)(?: of them)?:? (?:is |are |as |an? |from |on a scale (?:of|from) )*"
    r"((?:integers?|int|numbers?|floats?|scores?|ratings?|booleans?|strings?)?\W{0,2}(?:from )?"
    r"(?:\d{1,3}(?:\.\d)? ?(?:-|–|to|\.\.) ?\d{1,3})?)\s*\Z",
    re.I,
)
"""A note about all fields so far: "grammar, clarity, structure (each 1-5)"."""


def describe_days(count: int, name: str) -> dict[str, Any]:
    """Return the schema of "a 3-day forecast": an object for each day."""
    own = ("temperature", "condition") if name == "forecast" else ("title", "description")
    fields = [("day", {"type": "integer"}), *((one, describe_by_name(one)) for one in own)]
    rows = {"type": "array", "items": build_object(fields)}
    return {**rows, "minItems": max(1, count), "maxItems": max(1, count)}


TYPED_NAME = make_regex(
    r"(\w{2,30})_(array|boolean|bool|string|integer|float|object)|((?:\w+_)?(?:exercises|items"
    r"|tags|steps|names|genres|topics|tasks))_(list)|(overall|total|average|rating|price|score"
    r"|amount|cost|age|year|quantity|stock|count|population)_(number)",
    re.I,
)
"""A name followed by its type: "genres array", "exercises list"."""


def read_type(match: re.Match[str]) -> str:
    """Return what stands around a name about its type: "a boolean", "(integer)", "as a list"."""
    if match["many"]:
        return "list"
    if match["switch"]:
        return "boolean"
    if match["iso"]:
        return "YYYY-MM-DD"
    kind = next(
        filter(None, map(match.group, ("note", "kind", "range", "after", "choice", "before"))), ""
    )
    is_plural = kind == match["before"] == "object" and "objects " in match[0]
    return "" if is_plural else kind


ADJECTIVE = make_regex(
    r"^random_|^(?:one-line|one-sentence|two-sentence|short|brief|concise|quick)_(?=(?:summary"
    r"|description|title|explanation|reason|bio|comment|overview|justification|headline)$)",
    re.I,
)
"""What a prompt says about the length of a text, not its name: "a one-line summary"."""


def iterate_items(text: str, at: int) -> Iterator[tuple[str, re.Match[str]]]:
    for number in range(30):
        match = ITEM.match(text, at)
        if match is None or (number and not has_separator(match[0])):
            return
        name = to_key(match["quoted"] or match["plain"])
        if number and name.lower() in ("json", "yaml", "csv"):
            return
        if not match["quoted"] and "_" not in match["plain"]:
            name = ADJECTIVE.sub("", name)
        if name == "it" and LANGUAGE_KEYS.match(text, match.end()):
            yield name, match
            at = match.end()
            continue
        after = text[match.end() : match.end() + 5]
        is_noun = (
            name in NOUNS
            and not after.startswith(" of ")
            and (number > 0 or after.startswith((",", " and ")))
        )
        is_known = match["quoted"] or is_noun
        if number and COUNTED_NAME.fullmatch(name):
            yield name, match
            at = match.end()
            continue
        if not name or (name in NOT_KEYS and not is_known) or NOT_FIRST.match(name):
            return
        is_command = name in VERBS and name not in KEYS_TOO
        if number and is_command and not match["quoted"]:
            return
        yield name, match
        at = match.end()


LANGUAGE_KEYS = make_regex(r",?\s?(?:and )?(?:en|de|fr|es|pt|nl|pl|tr|ru|ja|zh|ko)\b")
"""The code of a language after "it"."""


def find_items_end(text: str, at: int) -> tuple[int, list[str]]:
    """Return where a series of names ends, and the names."""
    names = []
    for name, match in iterate_items(text, at):
        names.append(name)
        at = match.end()
    return at, names


CLOSING = make_regex(r"\s*,?\s*(?:and|plus|und|y|et|e)\s", re.I)
BESIDE = make_regex(
    r"\s*,?\s*(?:(?:and|und|y|et|e) (?:an?|the|one|eine?n?|una?|une?|um)\b|plus\b|as well as\b)",
    re.I,
)


def read_closed_items(text: str, at: int) -> tuple[list[tuple[str, dict[str, Any]]], int]:
    """Read a series that its "and" closes, and where it ends: 'a, b and c, and a "total"'."""
    is_closed, end = False, at
    for number, (_, match) in enumerate(iterate_items(text, at)):
        if is_closed and BESIDE.match(match[0]):
            return read_items(text[:end], at), end
        is_closed = is_closed or (number > 0 and CLOSING.match(match[0]) is not None)
        end = match.end()
    return read_items(text, at), end


def has_separator(text: str) -> bool:
    return (
        re.match(r"\s*(?:[,、;&]|(?:and|plus|und|y|et|ed|e|en|i|ve|и)\s|和|と|및)", text, re.I)
        is not None
    )


COUNTED_NAME = make_regex(r"(two|three|four|five|six|seven|eight|ten)_([a-z]{3,20}s)")
"""A field that holds some things: "a name, three ingredients and two steps"."""
ALONE = frozenset(
    "host port name email age price id title author year city country date time status"
    " debug username password user phone color quantity stock description category size"
    " level rating url".split()
)
"""Names of one word that stand beside others without a comma: "host port and debug"."""


def to_key(name: str) -> str:
    """Return a name as a key: "full name" → "full_name", "port 8080" → "port"."""
    words = re.sub(r"^[ld]['’](?=\w)", "", name.strip(" *`\"'")).partition('"')[0].split()
    has_value = len(words) > 1 and (VERSION.fullmatch(words[-1]) or words[-1].lower() in FLAGS)
    return "_".join(words[:-1] if has_value else words)


VERSION = make_regex(r"\d+(?:[.-]\d+){0,3}")
FLAGS = frozenset(("true", "false"))
"""Values that stand behind a key: "debug true"."""
