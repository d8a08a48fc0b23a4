"""Changes of the JSON in the last reply: "add a phone field to each one", "remove the email"."""

from __future__ import annotations

import json
import re
from typing import Any

from mockgem.core.frozen import frozen
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.described_reply import describe, generate_described
from mockgem.operations.forms.field_items import read_items
from mockgem.operations.forms.format_wishes import PROGRAM, fence
from mockgem.operations.forms.key_lists import cut_list, read_keys
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

MAX_WISH = 200
Row = dict[str, Any]
FENCED = make_regex(r"```(?:json)?\s*\n(.{2,6000}?)\n\s*```", re.S)
NAME = r"[\"'`“]?([a-zA-Z_]\w{1,30})[\"'`”]?"
KIND = r"(?:fields?|keys?|propert(?:y|ies)|attributes?|columns?)"
ADDS = make_regex(
    r"\b(?:add|include|append|insert|put in|give|needs?|füge|añade|agrega|ajoute|aggiungi"
    r"|adicione)\b(?: (?:also|too|me|each|every|all|them|of|everyone|both|it|another|a new|an?"
    r"|the|their|its|two|some|other|extra|more)(?! more)){0,6}\s+(?:fields? (?:for|called|named) "
    r"|keys? (?:called|named) )?",
    re.I,
)
QUOTED = make_regex(r"[\"'`“]([a-zA-Z_]\w{1,30})[\"'`”]")
AFTER_KIND = make_regex(
    rf"\b{KIND}(?: called| named| for)?:? (?:the |their |an? )?(?!to\b|in\b|for\b|on\b)"
    r"(?=[\"'`\w])",
    re.I,
)
LAST_WORD = make_regex(
    r"_(?:field|key|property|attribute|column|too|as_well|to_it|please|pls|plz)s?\Z", re.I
)
WHETHER = make_regex(
    r"\b(?:whether|if) (?:they|it|he|she)(?:['’]re| are| is|['’]s| has| have)? (\w+)", re.I
)
INNER = make_regex(
    r"\b(\w+) (?:object|section|block) (?:with|containing|of) (\w+(?:, \w+)*,? and \w+|\w+)", re.I
)
NOT_NAMES = frozenset(
    "new another extra more the one each every field key property row rows item items object"
    " objects entry entries record records id_number of called named json".split()
)
MORE = make_regex(
    rf"(?<!\w)(?P<count>{NUMBER}) (?:more|additional|extra|other|weitere|más|autres|altri|mais)\b"
    r"|\banother(?: (?P<other>\d{1,2}|two|three|four|five)\b)?|\b(?:add|give me|some|a few) more\b"
    r"|\bmore (?:please|pls|plz|of (?:them|those))",
    re.I,
)
REMOVES = make_regex(
    rf"\b(?:remove|drop|delete|without|leave out|take out|get rid of|omit)\b(?: (?:the|all|every"
    rf"|their))? {NAME}",
    re.I,
)
RENAMES = make_regex(
    rf"\b(?:rename|change|call)\b(?: the)?(?: {KIND})? {NAME}(?: {KIND})? (?:to|as|into) {NAME}",
    re.I,
)
SETS = make_regex(
    r"\b(?:change|set|make|update|so(?: that)?)\b (?:(?P<who>(?-i:[A-Z])\w+)['’]s )?(?:the )?"
    r"[\"'`]?(?P<key>[a-z_]\w{1,30})[\"'`]?(?: (?:of|for) (?P<whose>(?-i:[A-Z])\w+))?"
    r"(?: (?:field|key|value))? (?:to|=|as|is) [\"'`]?(?P<value>[^\"'`\n]{1,60}?)[\"'`]?"
    r"(?=,? (?:please|pls|plz)\b|,? in (?:the|this|my)\b|,? and (?:return|give|show)\b|[.:\n]\s"
    r"|\W*\Z)",
    re.I,
)
FILTERS = make_regex(
    r"\b(?:only|keep|filter|return|find|show|give me|remove all|select)\b[^.\n]{0,60}?"
    rf"\b(?:where|with|whose|that have|having|by)(?: (?:an?|the))? {NAME} "
    r"((?:is |are |was )?(?:not |!)?(?:over|above|greater than|more than|larger than|>|under|below"
    r"|less than|smaller than|fewer than|<|==|=|equals?|equal to|is|set to|of))"
    r" ?[\"'`]?([\w.-]{1,40})",
    re.I,
)
GIVES = make_regex(
    rf"\b(?:add|set|include|insert|append)\b(?: (?:an?|the|another|new)){{0,3}}(?: {KIND})? "
    rf"[\"'`]?([a-z_]\w{{0,30}})[\"'`]?(?: {KIND})?"
    r"(?:,? (?:with|having) (?:the |a )?(?:default )?value(?: of)?| set to| equal to|\s?[:=])\s?"
    r"([\"'`]?[\w.@ -]{1,60}?[\"'`]?)"
    r"(?= to (?:this|the|it|each|every)\b| and return\b|[,.;:\n]|\s*\Z)",
    re.I,
)
"""A new field and its value: 'a "stock" field with value 10', "c: 3"."""
SORTS = make_regex(rf"\b(?:sort|order)\b[^.\n]{{0,30}}? by (?:the )?{NAME}", re.I)
DOWN = make_regex(r"\b(?:desc\w*|highest|largest|biggest|newest|oldest first|reversed?)\b", re.I)
WRAPS = make_regex(
    rf"\b(?:wrap|put|nest)\b[^.\n]{{0,50}}?\b{KIND}(?: called| named)? {NAME}"
    rf"|\b(?:wrap|nest)\b[^.\n]{{0,30}}?\b(?:in|under|inside|with) (?:an? )?{NAME}\W*\Z",
    re.I,
)


@form(
    "changed JSON",
    words="add include append insert remove drop delete without leave take get omit rename change"
    " call set make update sort order wrap put nest give need needs another more additional extra"
    " filter only keep where"
    " füge añade agrega ajoute aggiungi adicione weitere más autres altri mais",
    about='the JSON of the last reply with the change: "Add a phone field to each one"',
)
def change_data(question: Question) -> str | None:
    """Answer "add a phone field to each one" with the JSON of the last reply and this field."""
    given = find_given(question) if "{" in question.prompt else find_replied(question)
    if given is None:
        return None
    changed = change(given.value, given.wish, question, is_given="{" in question.prompt)
    if changed is None or changed == given.value:
        return None
    text = json.dumps(changed, indent=2, ensure_ascii=False)
    return f"```json\n{text}\n```" if given.is_fenced else fence(text, "json", question)


@frozen
class GivenJson:
    """JSON of the conversation, and what the user wants to be done with it."""

    value: Any
    wish: str
    is_fenced: bool = False


def find_replied(question: Question) -> GivenJson | None:
    """Return the JSON of the last reply; None without any, or if the message is no wish."""
    prompt = question.prompt.strip()
    if not question.earlier or len(prompt) > MAX_WISH or "\n" in prompt:
        return None
    reply = next((text for role, text in reversed(question.earlier) if role != "user"), "")
    found = read_json(reply) if "{" in reply else None
    return GivenJson(found[0], prompt, found[1]) if found else None


def find_given(question: Question) -> GivenJson | None:
    """Return the JSON in the message itself: 'add an id to this: {"name": "Ann"}'."""
    prompt = question.prompt
    start = VALUE.search(prompt[:MAX_GIVEN])
    if start is None or PROGRAM.search(prompt[: start.start()]):
        return None
    try:
        value, end = json.JSONDecoder().raw_decode(prompt, start.start())
    except (ValueError, RecursionError):
        return None
    wish = FENCE_MARK.sub(" ", f"{prompt[: start.start()]} {prompt[end:]}").strip()
    is_wish = len(wish) <= MAX_WISH and "{" not in wish and OTHER.search(wish) is None
    return GivenJson(value, wish) if is_wish and list_rows(value) else None


VALUE = make_regex(r"[\[{](?=\s{0,40}[\"{\[])")
FENCE_MARK = make_regex(r"```\w*")
MAX_GIVEN = 4_000
OTHER = make_regex(
    r"\b(?:ya?ml|csv|xml|table|toml|sql|typescript|interface|class|schema|function|script|code|extract"
    r"|example|format|like|text|template|matching|respond|answer)\b|\?\s*\Z",
    re.I,
)
"""Words of a message in which JSON is an example, or is to become something else."""
THIS = make_regex(r"\b(?:this|my|following|these|below|above|it|each|every)\b|\A\W*add\b", re.I)


def read_json(reply: str) -> tuple[Any, bool] | None:
    """Return the JSON of a reply, and whether it stands in a code block; None without objects."""
    fenced = FENCED.search(reply)
    try:
        value = json.loads(fenced[1] if fenced else reply)
    except (ValueError, RecursionError):
        return None
    return (value, fenced is not None) if list_rows(value) else None


def list_rows(value: Any) -> list[Row]:
    """Return the objects that a wish about "each" means: those of the list, else the only one."""
    if isinstance(value, list):
        return value if value and all(isinstance(row, dict) for row in value) else []
    if not isinstance(value, dict):
        return []
    inner = next((rows for item in value.values() if (rows := as_rows(item))), [])
    return inner if len(value) == 1 and inner else [value]


def as_rows(item: Any) -> list[Row]:
    return list_rows(item) if isinstance(item, list) else []


def change(value: Any, prompt: str, question: Question, *, is_given: bool = False) -> Any:
    """Return the value with the change that a prompt wants; None if it wants no known one."""
    rows = list_rows(value)
    keys = {key.lower(): key for row in rows for key in row}
    if (match := RENAMES.search(prompt)) and match[1].lower() in keys:
        old = keys[match[1].lower()]
        if "rename" in prompt.lower() or QUOTED.search(prompt):
            return replace_rows(value, [rename(row, old, match[2]) for row in rows])
    if (match := SETS.search(prompt)) and match["key"].lower() in keys:
        return replace_rows(value, set_value(rows, keys[match["key"].lower()], match))
    if (match := SORTS.search(prompt)) and match[1].lower() in keys and len(rows) > 1:
        return replace_rows(value, sort_rows(rows, keys[match[1].lower()], prompt))
    if (match := WRAPS.search(prompt)) and (name := match[1] or match[2]):
        return {name: value} if name.lower() not in keys else None
    if (match := REMOVES.search(prompt)) and match[1].lower() in keys:
        gone = keys[match[1].lower()]
        kept = [{key: item for key, item in row.items() if key != gone} for row in rows]
        return replace_rows(value, kept) if all(kept) else None
    if (match := FILTERS.search(prompt)) and match[1].lower() in keys:
        kept = [row for row in rows if holds(row.get(keys[match[1].lower()]), match)]
        return replace_rows(value, kept) if kept and len(rows) > 1 else None
    if is_given and THIS.search(prompt) is None and not GIVES.search(prompt):
        return None
    if (match := GIVES.search(prompt)) and match[1].lower() not in keys:
        own = read_value(match[2])
        return replace_rows(value, [{**row, match[1]: own} for row in rows])
    if fields := [pair for pair in find_new_fields(prompt) if pair[0].lower() not in keys]:
        return replace_rows(value, add_fields(rows, fields, question))
    if is_given:
        return None
    if (more := MORE.search(prompt)) and isinstance(value, (list, dict)) and len(rows) > 1:
        return replace_rows(value, [*rows, *invent_rows(rows, more, question)])
    return None


def find_new_fields(prompt: str) -> list[tuple[str, str]]:
    """Return the fields that a prompt wants to have added, each with its type in brackets."""
    match = ADDS.search(prompt)
    if match is None:
        return []
    text = INNER.sub(r"\1 (object with \2)", WHETHER.sub(r"\1 (boolean)", prompt))
    if held := HOLDS.search(prompt):
        names = [name for name, _ in read_keys(cut_list(prompt[held.end() :]))]
        if names:
            return [(held[1], f"{held[1]} (object with {', '.join(names)})")]
    if quoted := QUOTED.findall(text):
        note = note_type(quoted[0], text) if len(quoted) == 1 else ""
        return [(name, f"{name}{note}") for name in quoted]
    start = AFTER_KIND.search(text) or ADDS.search(text)
    found = read_items(text, start.end()) if start else []
    named = [(LAST_WORD.sub("", name), schema) for name, schema in found]
    return [(name, spell(name, schema)) for name, schema in named if is_field(name)]


HOLDS = make_regex(
    r"[\"'`](\w{2,30})[\"'`] with an object (?:that has|with|containing|having"
    r"|of)(?: the)?(?: keys| fields)?:? ",
    re.I,
)
"""A new key for an object: 'add a key "specs" with an object that has ram_gb and cpu'."""


def is_field(name: str) -> bool:
    return NOT_NAMES.isdisjoint(name.lower().split("_")) and name.isidentifier()


def spell(name: str, schema: Row) -> str:
    """Return a field with its type: "address (object with street, city)"."""
    kind = str(schema.get("type"))
    if kind == "object":
        return f"{name} (object with {', '.join(schema.get('properties', ()))})"
    return f"{name} ({kind})" if kind in ("boolean", "integer") else name


def replace_rows(value: Any, rows: list[Row]) -> Any:
    """Return a value with other objects in the place of its own ones."""
    if isinstance(value, list):
        return rows
    inner = next((key for key, item in value.items() if as_rows(item)), "")
    return {inner: rows} if len(value) == 1 and inner else rows[0]


def rename(row: Row, old: str, new: str) -> Row:
    return {new if key == old else key: item for key, item in row.items()}


def set_value(rows: list[Row], key: str, match: re.Match[str]) -> list[Row]:
    """Return rows with a value for a key: in the row of a name, else in all."""
    who = match["who"] or match["whose"] or ""
    own = read_value(match["value"])
    return [{**row, key: own} if not who or who in str(row.values()) else row for row in rows]


def read_value(text: str) -> Any:
    """Return a number, true, false, null or a text."""
    text = text.strip(" \"'`.")
    try:
        own = json.loads(text.lower() if text.lower() in ("true", "false", "null") else text)
    except ValueError:
        return text
    return text if isinstance(own, (list, dict)) else own


def holds(item: Any, match: re.Match[str]) -> bool:
    """Return whether a value is as a prompt wants it: "price over 20", "active is true"."""
    wanted, sign = read_value(match[3]), match[2].lower()
    if isinstance(item, (int, float)) and isinstance(wanted, (int, float)):
        if LARGER.search(sign):
            return item > wanted
        if SMALLER.search(sign):
            return item < wanted
    is_same = str(item).lower() == str(wanted).lower()
    return not is_same if "not" in sign or "!" in sign else is_same


LARGER = make_regex(r"over|above|greater|more|larger|>|older|higher|at least")
SMALLER = make_regex(r"under|below|less|smaller|fewer|<|younger|lower|at most")


def sort_rows(rows: list[Row], key: str, prompt: str) -> list[Row]:
    is_down = DOWN.search(prompt) is not None
    values = [row.get(key) for row in rows]
    if all(isinstance(one, (int, float)) for one in values):
        return sorted(rows, key=lambda row: float(row[key]), reverse=is_down)
    return sorted(rows, key=lambda row: str(row.get(key)).casefold(), reverse=is_down)


def add_fields(rows: list[Row], fields: list[tuple[str, str]], question: Question) -> list[Row]:
    """Return rows with new fields, whose values come from a list with the same fields."""
    made = invent([*rows[0], *(spelled for _, spelled in fields)], len(rows), question)
    added = [{name: one.get(name) for name, _ in fields} for one in made]
    return [{**row, **own} for row, own in zip(rows, added, strict=False)]


TYPE = make_regex(r"\b(boolean|bool|number|integer|string|array|list|date)\b", re.I)


def note_type(name: str, prompt: str) -> str:
    """Return the type of a new field in brackets, if the prompt names it."""
    kind = TYPE.search(prompt)
    return f" ({kind[1]})" if kind and kind[1].lower() != name.lower() else ""


def invent_rows(rows: list[Row], more: re.Match[str], question: Question) -> list[Row]:
    """Return as many new rows as a prompt wants, with the numbers after the last one."""
    count = parse_count(more["count"] or more["other"] or "1", 20)
    made = invent(list(rows[0]), len(rows) + count, question)
    known = [str(row) for row in rows]
    fresh = [row for row in made if str(row) not in known][-count:]
    last = rows[-1].get("id")
    if isinstance(last, int):
        fresh = [{**row, "id": last + at} for at, row in enumerate(fresh, 1)]
    return fresh


def invent(keys: list[str], count: int, question: Question) -> list[Row]:
    """Return rows with keys, one for each row of the reply or more."""
    wish = f"Create a JSON array of {count} sample objects with the keys {', '.join(keys)}."
    inner = Question(wish, question.random)
    made = generate_described(describe(inner), inner)
    rows = [row for row in made if isinstance(row, dict)] if isinstance(made, list) else []
    rows = rows or [made if isinstance(made, dict) else {}]
    return [rows[at % len(rows)] for at in range(count)]
