"""Changes of the JSON in the last reply: "add a phone field to each one", "remove the email"."""

from __future__ import annotations

import json
import re
from typing import Any

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.described_reply import describe, generate_described
from mockgem.operations.forms.field_items import read_items
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
    r"\b(?:change|set|make|update)\b (?:(?P<who>[A-Z]\w+)['’]s )?(?:the )?(?:[\"'`]?"
    r"(?P<key>[a-zA-Z_]\w{1,30})[\"'`]?)(?: (?:of|for) (?P<whose>[A-Z]\w+))?(?: (?:field|key"
    r"|value))? (?:to|=|as) [\"'`]?(?P<value>[^\"'`\n]{1,60}?)[\"'`]?(?:,? (?:please|pls|plz))?"
    r"\W*\Z"
)
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
    " füge añade agrega ajoute aggiungi adicione weitere más autres altri mais",
    about='the JSON of the last reply with the change: "Add a phone field to each one"',
)
def change_data(question: Question) -> str | None:
    """Answer "add a phone field to each one" with the JSON of the last reply and this field."""
    prompt = question.prompt.strip()
    if not question.earlier or len(prompt) > MAX_WISH or "\n" in prompt or "{" in prompt:
        return None
    reply = next((text for role, text in reversed(question.earlier) if role != "user"), "")
    found = read_json(reply) if "{" in reply else None
    if found is None:
        return None
    value, is_fenced = found
    changed = change(value, prompt, question)
    if changed is None or changed == value:
        return None
    text = json.dumps(changed, indent=2, ensure_ascii=False)
    return f"```json\n{text}\n```" if is_fenced else text


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


def change(value: Any, prompt: str, question: Question) -> Any:
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
    if fields := [pair for pair in find_new_fields(prompt) if pair[0].lower() not in keys]:
        return replace_rows(value, add_fields(rows, fields, question))
    if (more := MORE.search(prompt)) and isinstance(value, (list, dict)) and len(rows) > 1:
        return replace_rows(value, [*rows, *invent_rows(rows, more, question)])
    return None


def find_new_fields(prompt: str) -> list[tuple[str, str]]:
    """Return the fields that a prompt wants to have added, each with its type in brackets."""
    match = ADDS.search(prompt)
    if match is None:
        return []
    text = INNER.sub(r"\1 (object with \2)", WHETHER.sub(r"\1 (boolean)", prompt))
    if quoted := QUOTED.findall(text):
        note = note_type(quoted[0], text) if len(quoted) == 1 else ""
        return [(name, f"{name}{note}") for name in quoted]
    start = AFTER_KIND.search(text) or ADDS.search(text)
    found = read_items(text, start.end()) if start else []
    named = [(LAST_WORD.sub("", name), schema) for name, schema in found]
    return [(name, spell(name, schema)) for name, schema in named if is_field(name)]


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
    text = match["value"].strip()
    try:
        own = json.loads(text.lower() if text.lower() in ("true", "false", "null") else text)
    except ValueError:
        own = text
    if isinstance(own, (list, dict)):
        return rows
    return [{**row, key: own} if not who or who in str(row.values()) else row for row in rows]


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
