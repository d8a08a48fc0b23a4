"""Data that a prompt gives in one format and wants in another: JSON, XML, YAML, CSV, lines."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree

from mockgem.operations.forms.described_values import is_plural
from mockgem.operations.forms.inline_pairs import GIVES_PAIRS, parse_inline_pairs
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.listed_fields import find_fields
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.records import Records, read_records
from mockgem.operations.forms.row_cells import read_columns, share_words
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.statements import (
    BULLET_LINE,
    list_statements,
    parse_cell,
)

FORMATS = r"(?:json|xml|yaml|yml|csv|toml|tsv|jsonl|(?:\w+ )?table|spreadsheet)"
CONVERT = make_regex(
    r"\b(?:convert|translate|transform|turn|reformat|restructure|wandle|convierte|convertis|gib "
    r"(?:mir )?(?:die |das |den )?(?:folgende\w*|diese\w*)"
    r"|dame (?:los|las) siguientes|formatte[zr]?|formatea|formatiere|mets|donne(?:-moi)? (?:les"
    r"|ces) (?:\w+ )?(?:suivantes?|informations)"
    r"|converti)\b",
    re.I,
)
PUT = make_regex(
    r"\b(?:put|format|rewrite|change|make|parse|represent|express|render|show|display|give|write"
    r"|return|output|organi[sz]e|structure|present|export|seriali[sz]e|encode"
    r"|list)\b[^.\n]{0,40}?\b(?:this|these|that|it|them|the (?:\w+ )?(?:following|data|list"
    r"|text|above|below|info\w*|csv|json|xml|yaml|table|lines|values|details"
    r"|records?))\b(?!\s(?:\w+\s)?(?:fields|keys|columns|properties|attributes|format|structure"
    r"|schema|template|form)\b)[^.\n]{0,60}?\b(?:as|in|into|to"
    rf"|with)\b[^.\n]{{0,24}}?\b{FORMATS}\b",
    re.I,
)
SHORT = make_regex(
    rf"\b(?:rewrite|reformat|format|express|render|represent|write|output|return|put)\s(?:it\s)?"
    rf"(?:as|in|into|to) (?:an? |valid |plain )?{FORMATS}\b[^.\n]{{0,60}}[:：][ \t]*\n"
    rf"|\A\W{{0,4}}(?:(?:{FORMATS}) )?(?:in)?to {FORMATS}\b|\b{FORMATS} ?(?:->|→)",
    re.I,
)
"""A conversion without a verb: "csv to json:"."""
SCHEMA = make_regex(r"\bschema\b", re.I)
"""With a schema in the prompt, the data is invented or in a text."""
MAX_DATA = 20_000


def find_given_object(question: Question, kind: str = "") -> Any:
    """Return the value that the prompt gives to convert; None if it gives none.

    Args:
        kind: The format of the reply. JSON in a prompt that wants JSON is an example.
    """
    if not wants_conversion(question) or SCHEMA.search(question.whole):
        return None
    text = question.prompt[:MAX_DATA]
    if DESCRIBED_KEY.search(question.instruction[:4000]):
        return None
    return nest_dotted(read_given(question, text, kind), question)


def read_given(question: Question, text: str, kind: str) -> Any:
    if GIVES_PAIRS.search(text) and (pairs := parse_inline_pairs(text)) is not None:
        return pairs
    value = parse_json(text) if kind != "json" else None
    if value is None:
        value = parse_xml(text) if kind != "xml" else None
    if value is None:
        value = parse_table(text)
        value = parse_lines(text, question) if value is None else value
        value = keep_named(value, question)
    return number_sentences(question) if value is None and question.is_about_reply else value


NESTS = make_regex(r"\bnest\w*|\bhierarch\w*|\bdots?\b|\bdotted\b|\btree\b", re.I)


def nest_dotted(value: Any, question: Question) -> Any:
    """Return an object whose keys with dots are objects in objects, if the prompt wants it."""
    if not isinstance(value, dict) or not any("." in str(key) for key in value):
        return value
    if NESTS.search(question.instruction) is None:
        return value
    nested: dict[str, Any] = {}
    for key, item in value.items():
        *path, last = str(key).split(".")
        inner = nested
        for name in path:
            inner = inner.setdefault(name, {})
            if not isinstance(inner, dict):
                return value
        inner[last] = item
    return nested


def number_sentences(question: Question) -> Any:
    """Return a row for each sentence of an earlier reply, which has no other structure."""
    if find_fields(question.instruction):
        return None
    sentences = split_sentences(question.material)
    return [{"number": at, "text": one} for at, one in enumerate(sentences, 1)] or None


def parse_lines(text: str, question: Question) -> Any:
    """Return the value of lines: keys with values, YAML, cells, items."""
    for parse in (parse_yaml, parse_pairs):
        value = parse(text)
        if value is not None:
            return value
    rows = parse_rows(text, question)
    is_whole = question.is_about_reply or CONVERT.search(question.instruction) is not None
    if rows is None and is_whole and (said := list_statements(question.material)):
        return [{"name": name, "detail": rest} for name, rest in said]
    return parse_items(text) if rows is None else rows


def keep_named(value: Any, question: Question) -> Any:
    """Return data with the fields that the prompt names alone; None if they are others."""
    named = find_fields(question.instruction[:2000])
    if not named and (last := COLUMNS_LAST.search(question.prompt[-300:])):
        named = find_fields(last[0])
    names = [name for name, _ in named]
    if value is None or not names:
        return value
    if isinstance(value, dict) and len(names) == 2 < len(value) and not {*names} & {*value}:
        return [dict(zip(names, pair, strict=True)) for pair in value.items()]
    rows = value if isinstance(value, list) else [value]
    if not all(isinstance(row, dict) for row in rows):
        return value if {str(row).replace(" ", "_") for row in rows} >= set(names) else None
    folded = {str(key).lower().replace(" ", "_"): key for key in rows[0]}
    wanted = [name.lower() for name in names]
    if not folded.keys() >= set(wanted):
        if len(wanted) != len(folded) or not isinstance(value, list):
            return None
        return [dict(zip(names, row.values(), strict=False)) for row in rows]
    kept = [{name: row.get(folded[name.lower()]) for name in names} for row in rows]
    return kept if isinstance(value, list) else kept[0]


COLUMNS_LAST = make_regex(
    r"\n\s*\n(?:the |use |with )*(?:columns?|keys?|fields?|headers?)\b[^\n]{3,200}\s*\Z", re.I
)
"""The names of the columns below the data: "columns are item, quantity, price"."""


def wants_conversion(question: Question) -> bool:
    whole = question.whole
    return (
        question.is_about_reply
        or GIVES_PAIRS.search(whole) is not None
        or any(pattern.search(whole) for pattern in (CONVERT, PUT, SHORT))
    )


def parse_json(text: str) -> Any:
    starts = sorted(at for mark in "{[" if (at := text.find(mark)) >= 0)
    for at in starts:
        try:
            return json.JSONDecoder().raw_decode(text, at)[0]
        except (ValueError, RecursionError):
            continue
    return None


OPENING = make_regex(r"<([A-Za-z_][\w.-]{0,40})(?: [^<>\n]{0,200})?>")
DEEP = 60
"""Elements in elements, at most."""


def parse_xml(text: str) -> Any:
    """Return the first element of a text with others in it, by its name."""
    start = OPENING.search(text)
    end = text.rfind(f"</{start[1]}>") if start else -1
    if start is None or end < 0 or "<!" in text:
        return None
    try:
        root = ElementTree.fromstring(text[start.start() : end + len(start[1]) + 3])
    except ElementTree.ParseError:
        return None
    return {root.tag: read_element(root)} if len(root) else None


def read_element(element: ElementTree.Element, depth: int = 0) -> Any:
    """Return an element's text, or its children by their names; repeated ones are a list."""
    children = list(element) if depth < DEEP else []
    if not children and not element.attrib:
        return parse_cell((element.text or "").strip())
    found: dict[str, Any] = {name: parse_cell(value) for name, value in element.attrib.items()}
    for child in children:
        value = read_element(child, depth + 1)
        if child.tag not in found:
            found[child.tag] = value
        elif isinstance(found[child.tag], list):
            found[child.tag].append(value)
        else:
            found[child.tag] = [found[child.tag], value]
    return found


def parse_table(text: str) -> list[dict[str, Any]] | None:
    records = read_records(text)
    if records is None or not has_header(records):
        return None
    return (
        None if share_words([*map(list, (records.columns, *records.rows))]) else to_objects(records)
    )


def has_header(records: Records) -> bool:
    """Return whether the first row names the columns: it has no numbers, and only short names."""
    return not any(re.fullmatch(r"[-+$€£]?\d[\d.,%:/-]*", cell) for cell in records.columns)


def to_objects(records: Records) -> list[dict[str, Any]]:
    return [dict(zip(records.columns, map(parse_cell, row), strict=True)) for row in records.rows]


PAIR = make_regex(
    r"[ \t]{0,8}(?:[-*•] )?\**([^\W\d][\w. -]{0,30}?)\**[ \t]?(?:(?<!\d):(?!//)|:(?!//|\d\d(?!\d))"
    r"|=)\**[ \t]*(\S[^\n]{0,400})"
)


def parse_pairs(text: str) -> Any:
    """Return an object for lines of "key: value", a list for several blocks with the same keys."""
    rows: list[dict[str, Any]] = []
    for block in split_blocks(text):
        found = [PAIR.fullmatch(line.rstrip()) for line in block]
        if len(found) > 1 and all(found):
            rows.append({one[1].strip(): parse_value(*one.groups()) for one in found if one})
    if rows:
        same = [row for row in rows if list(row) == list(rows[0])]
        return same if len(same) > 1 else rows[0]
    return parse_inline_pairs(text)


DESCRIBED_KEY = make_regex(
    r"^[ \t]*(?:[-*•] )?[\"'`*]{0,2}[a-z]\w{1,30}[\"'`*]{0,2}:[ \t]+(?:(?:extract|identify"
    r"|determine|summari[sz]e|output|return|list (?:all|any|the)) \w"
    r"|(?:was|is|were|are|did|does|how|what|which|who|when|where|why) [^?\n]{3,200}\?)",
    re.I | re.M,
)
"""A line that says what a key of the reply is to have, which is no data."""


def parse_value(name: str, text: str) -> Any:
    """Return the value of a line; several with commas are a list if the name is a plural."""
    items = [item.strip() for item in text.strip(" .").split(",")]
    is_list = len(items) > 1 and is_plural(name.strip().lower().replace(" ", "_"))
    if is_list and all(0 < len(item.split()) <= MAX_ITEM for item in items):
        return [parse_cell(item) for item in items]
    return parse_cell(text.strip())


def split_blocks(text: str) -> list[list[str]]:
    """Return the groups of lines between empty lines, without a first line that instructs."""
    blocks = []
    for block in re.split(r"\n\s*\n", text):
        lines = [line for line in block.strip().splitlines() if not line.startswith("```")]
        if lines and (lines[0].rstrip().endswith(":") or CONVERT.search(lines[0])):
            lines = lines[1:]
        blocks.append(lines[:200])
    return blocks


def parse_yaml(text: str) -> Any:
    """Return the value of YAML with several levels; it stands in a fence or below the first
    line."""
    nested = re.search(r"^[\w-]+:[ \t]*\n[ \t]{0,8}[-\w]|^- [\w-]+:[^\n]*\n {2}[\w-]+:", text, re.M)
    if nested is None:
        return None
    import yaml

    fenced = re.search(r"```\w*\n(.*?)\n```", text, re.S)
    first = re.search(r"^(?:- )?[\w-]+:(?:[ \t]*\n(?!\n)|[ \t]+\S)", text, re.M)
    source = fenced[1] if fenced else text[first.start() :] if first else ""
    try:
        value = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return json.loads(json.dumps(value, default=str)) if isinstance(value, (dict, list)) else None


def parse_rows(text: str, question: Question) -> list[dict[str, Any]] | None:
    """Return rows without a header, with the columns that the prompt names or usual ones."""
    for block in split_blocks(text):
        rows = [split_row(line) for line in block]
        width = len(rows[0]) if rows else 0
        if len(rows) < 2 or width < 2 or any(len(row) != width for row in rows):
            continue
        names = [name for name, _ in find_fields(question.instruction)]
        if len(names) != width and has_names(rows):
            names, rows = rows[0], rows[1:]
        if len(names) != width:
            names, rows = read_columns(rows)
        return [dict(zip(names, map(parse_cell, row), strict=True)) for row in rows]
    return None


def has_names(rows: list[list[str]]) -> bool:
    """Return whether the first row names the columns: a later one has numbers where it has none."""
    first, *others = rows
    if len(others) < 2 or any(map(HAS_DIGIT.search, first)):
        return False
    return any(all(HAS_DIGIT.match(row[at]) for row in others) for at in range(len(first)))


HAS_DIGIT = make_regex(r"[^\w\n]{0,3}\d")


def split_row(line: str) -> list[str]:
    """Return the cells of a line: between tabs, bars, semicolons, dashes or commas."""
    for mark in ("\t", "|", ";", " - ", " – ", ","):
        cells = [cell.strip(" *•-") for cell in NUMBERING.sub("", line).strip("|").split(mark)]
        if len(cells) > 1:
            return cells if all(0 < len(cell) < 60 for cell in cells) else []
    return []


NUMBERING = make_regex(r"^[ \t]{0,8}\d{1,2}[.)] ")


GIVEN_ITEMS = make_regex(
    r"[:：]\s{0,3}((?:[^,\n:.{}\[\]]{1,60},){1,60}[^,\n:.{}\[\]]{1,60})\.?\s*\Z"
)
LISTED = make_regex(
    r"\b(?:lists?|arrays?|items|values|words|names|these|following|strings|numbers)\b", re.I
)
MAX_ITEM = 4
"""Words of an item between commas, at most."""


def parse_items(text: str) -> list[Any] | None:
    """Return the items of a plain list: after a colon, or one in a line."""
    match = GIVEN_ITEMS.search(text)
    if match is not None and LISTED.search(text, 0, match.start()):
        items = [item.strip().removeprefix("and ") for item in match[1].split(",")]
        if all(0 < len(item.split()) <= MAX_ITEM and " is " not in item for item in items):
            return [parse_cell(item) for item in items]
    for block in split_blocks(text):
        marked = [match[1] for line in block if (match := BULLET_LINE.fullmatch(line))]
        if len(marked) > 1 and len(marked) == len(block):
            return [parse_cell(item.strip()) for item in marked]
        if len(block) > 2 and all(len(line.split()) < 5 for line in block):
            return [parse_cell(line.strip()) for line in block]
    return None


def to_rows(value: Any) -> list[dict[str, Any]]:
    """Return data as rows of a table: an object is one of names and values."""
    match value:
        case [dict(), *_]:
            return [row for row in value if isinstance(row, dict)]
        case list():
            return [{"value": item} for item in value]
        case dict() if len(value) == 1 and isinstance(
            inner := next(iter(value.values())), (dict, list)
        ):
            return to_rows(inner)
        case dict():
            return [{"field": key, "value": item} for key, item in value.items()]
    return []
