"""JSON, XML, CSV and YAML that a prompt describes in words."""

from __future__ import annotations

import json
import re
from typing import Any

from mockgem.operations.forms import serialising
from mockgem.operations.forms.code_wishes import asks_how_to
from mockgem.operations.forms.described_reply import describe, generate_described
from mockgem.operations.forms.described_schema import Described
from mockgem.operations.forms.described_things import (
    count_whole,
    fit_countries,
    list_known_subjects,
)
from mockgem.operations.forms.described_values import build_object, describe_by_name
from mockgem.operations.forms.finished_values import finish
from mockgem.operations.forms.format_wishes import (
    BARE,
    SEPARATED,
    fence,
    shows_object,
    wants,
    wants_literal,
    wants_payload,
)
from mockgem.operations.forms.given_data import CONVERT, find_given_object, to_rows
from mockgem.operations.forms.given_rows import (
    count_names,
    fill_rows,
    list_lines,
    name_rows,
)
from mockgem.operations.forms.layout_words import find_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.listed_fields import find_fields
from mockgem.operations.forms.listed_texts import list_texts
from mockgem.operations.forms.person_places import place_people
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.record_rows import find_rows
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.reply_values import (
    LITERAL,
    find_whole,
    keep_given,
    make_value,
)
from mockgem.operations.forms.shown_arrays import read_shown_array
from mockgem.operations.forms.stated_configs import read_stated_config
from mockgem.operations.forms.table_columns import find_thing_count
from mockgem.operations.forms.topic_texts import spread_names
from mockgem.operations.forms.value_generation import generate_from

LAST_SCALAR = {"type": "string"}


@form(
    "json",
    "Return only JSON with the keys name, age and city for this text: Maria Lopez, 34, "
    "lives in Madrid.",
    'Extract the product and price. Respond with valid JSON of the form {"product": '
    '"...", "price": 0.0}.\n\nThe new AirBuds cost 129.99 euros.',
    "Generate a JSON list with three users. Each user has an id, a name and an email.",
    'Return the result in a ```json code block with the keys "summary" and '
    '"sentiment".\n\nText: The concert was magnificent.',
    "Gib mir nur JSON mit den Schlüsseln name, alter und stadt zurück: Peter ist 30 und "
    "wohnt in Hamburg.",
    "以JSON格式返回，包含字段 name、price、stock。商品：无线鼠标",
    words="sample mock fake dummy stub seed test chart graph placeholder"
    " json extract jsonl ndjson payload body produce emit schema object return output response"
    " reply answer format form dict dictionary structure shape template"
    " forme forma formato formata formacie gib antworte donne renvoie réponds devuelve responde"
    " restituisci rispondi retorne responda",
    about="JSON with the keys, the example or the list that the prompt describes; in a code "
    "block if the prompt asks for one",
)
def write_json(question: Question) -> str | None:
    question = read_shown_array(question)
    wants_schema = SCHEMA_OF.search(question.instruction) and BARE.search(question.instruction)
    if wants_schema and (fields := find_fields(question.instruction)):
        written = {"$schema": DRAFT, **build_object(fields)}
        return fence(json.dumps(written, indent=2, ensure_ascii=False), "json", question)
    if not (
        wants("json", question)
        or shows_object(question)
        or wants_literal(question)
        or wants_payload(question)
    ):
        return None
    text = question.instruction
    if asks_how_to(question.prompt):
        return None
    is_program = CODE_FIRST.match(text) and "json" not in question.system.lower()
    if SEPARATED.search(text) or is_program:
        return None
    if FILES.search(text) or (TO_TYPE.search(text) and not JSON_THING.search(text)):
        return None
    value = make_value(question)
    if JSON_LINES.search(question.whole) and not ONE_ARRAY.search(question.whole):
        count = find_count(question, 0) or find_thing_count(question.wish) or 3
        found = describe(question)
        is_open = not question.material or bool(list_texts(question))
        if not isinstance(value, list) and is_open and "properties" in found.schema:
            count = count if not question.material else 0
            value = generate_described(Described(found.schema, True, count), question)
        rows = value if isinstance(value, list) else [value]
        count = count if not list_texts(question) else 0
        while len(rows) < count:
            rows = [*rows, generate_described(found, question)]
        return fence(
            "\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "json", question
        )
    if COMPACT.search(question.whole):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return fence(json.dumps(value, indent=2, ensure_ascii=False), "json", question)


CODE_FIRST = make_regex(
    r"\W*(?:(?:just|only) the code[^.\n]{0,30}\. ?)?(?:write |create |give me "
    r"|implement )?(?:me )?(?:an? |the )?"
    r"(?:small |simple |short )?(?:javascript|typescript|python|node(?:\.?js)?|go|golang|rust"
    r"|java|c#|php"
    r"|ruby|kotlin|swift|js|ts) (?:async )?(?:arrow )?(?:functions?|methods?|class|script|snippet"
    r"|code"
    r"|program|component|hook|handler|middleware)\b"
    r"|\W*in (?:go|golang|rust|python|java|c#|typescript|javascript|kotlin|php|ruby|swift"
    r"|node(?:\.js)?),? "
    r"(?:write|create|implement|build|make)\b",
    re.I,
)
"""The beginning of a wish for a program, whatever data this reads."""
JSON_THING = make_regex(
    r"\b(?:write|create|build|make|want|need|give me|generate)\b(?: me)?(?: an?| the| some)? "
    r"(?:\w+ )?json (?:config\w*|object|document|data|payload|response|body)\b",
    re.I,
)
COMPACT = make_regex(
    r"\b(?:minified|compact|single[- ]line|one[- ]line) json\b|\bjson\b[^.\n]{0,30}\b(?:in"
    r"|on) (?:one|a single) line\b"
    r"|\b(?:no|without) (?:line ?breaks|whitespace|newlines|indentation|pretty[- ]print\w*)\b",
    re.I,
)
"""A wish for JSON without spaces and new lines."""


TO_TYPE = make_regex(
    r"\bjson\b[^.\n{]{0,30}\b(?<!conforms )(?<!conform )(?<!according )(?<!adheres"
    r" )(?<!conforming )(?<!maps )(?:in)?to (?:an? )?(?:\S+ ){0,3}(?:class(?:es)?|interfaces?"
    r"|structs?|types?"
    r"|models?|dataclass(?:es)?|records?|pojos?|enums?)\b"
    r"|\b(?:class(?:es)?|interfaces?|structs?|types?|dataclass(?:es)?|pojos?) (?:for|from|of"
    r"|matching|that match(?:es)?|based on) (?:this|the following|that|the)? ?json\b"
    r"|\b(?:write|create|build|make|want|need|implement|give|show|generate|code)\b[^.\n]{0,40}"
    r"\b(?:flask|fastapi"
    r"|express|django|laravel"
    r"|spring boot|rails|node(?:\.?js)?)\b[^.\n]{0,20}\b(?:app|api|server|endpoint|route|view"
    r"|controller)\b",
    re.I,
)
"""A wish to turn JSON into the type of a language."""
SCHEMA_OF = make_regex(
    r"\b(?:write|generate|create|give me|make|define|produce|provide|need|show(?: me)?|build"
    r"|design)\s"
    r"(?:an? |the )?(?:valid |simple )?json[- ]schema (?:for|of|describing|that|to validate"
    r"|with)\b",
    re.I,
)
DRAFT = "https://json-schema.org/draft/2020-12/schema"

FILES = make_regex(r"\b(?:package|tsconfig|composer|settings|launch)\.json\b", re.I)
"""Files whose content is known: they are code."""

JSON_LINES = make_regex(
    r"\bjson[- ]?lines\b|\bjsonl\b|\bnd-?json\b|\bnewline[- ]delimited json\b"
    r"|\bone (?:json )?(?:object|record) (?:per|on each) line\b|\blines of json\b|\bno"
    r" (?:surrounding )?array\b"
    r"|\bevery line (?:is|has|holds) an? (?:json )?object\b",
    re.I,
)

ONE_ARRAY = make_regex(
    r"\b(?:single|one) (?:json )?array\b|(?<!not a )(?<!no )(?<!of a )\bjson array\b", re.I
)


def describe_json_mode(question: Question) -> dict[str, Any] | None:
    """Return the schema of a reply in JSON mode; None if the prompt names no keys and no list."""
    if LITERAL.match(question.prompt[:2000]) is None and find_whole(question) is None:
        found = describe(question)
        if list(found.schema.get("properties", ())) == ["answer"] and not found.is_list:
            return None
    return {"const": make_value(question)}


@form(
    "csv",
    "Output CSV with the columns id,name,price and 4 rows of sample products. Only CSV.",
    "Generate sample data in CSV format with header: date,product,quantity. 3 lines of data.",
    words="csv tsv semicolon comma tab separated delimited",
    about="CSV with the columns and the number of rows that the prompt names",
)
def write_csv(question: Question) -> str | None:
    if not wants("csv", question) and not wants("tsv", question):
        return None
    if not (NOT_A_FILE.search(question.whole) or SEPARATED.search(question.instruction)):
        return None
    given = find_given_object(question)
    if given is not None:
        return fence(serialising.to_csv(to_rows(given), find_delimiter(question)), "csv", question)
    found = describe(question)
    schema = (
        found.schema
        if "properties" in found.schema
        else build_object([(key, describe_by_name(key)) for key in ("id", "name", "value")])
    )
    schema = drop_added_name(schema, question)
    count = serialising.find_row_count(question.wish) or found.count or find_count(question, 0)
    rows = read_pairs(schema, question) or extract_lines(schema, question)
    if rows := rows or read_records(schema, question):
        rows = place_people(rows, question.prompt[:6000])
        text = serialising.to_csv(rows, find_delimiter(question))
        return fence(drop_header(text, question), "csv", question)
    lines = len(list_lines(question))
    count = count or lines or count_names(schema, question)
    count = count or find_thing_count(question.instruction) or count_whole(question) or 3
    subjects = list_known_subjects(schema, question)
    rows = [generate_from(flatten(schema), question) for _ in range(count)]
    if len(subjects) >= count:
        first = next(iter(rows[0]))
        named = zip(rows, subjects, strict=False)
        rows = fit_countries([{**row, first: subject} for row, subject in named])
    if question.material:
        rows = fill_rows(name_rows(rows, question), schema, question)
    else:
        rows = spread_names(number_ids(rows), question.language)
    rows = place_people(finish(rows, schema, question), question.prompt[:6000])
    text = serialising.to_csv(rows, find_delimiter(question))
    return fence(drop_header(text, question), "csv", question)


PAIR = make_regex(r"([A-ZÀ-Þ][\w'’ -]{1,40}?):? (-?\d[\d,]*(?:\.\d+)?)(?=[,;\n]|\s*\Z)")
DESCENDING = make_regex(
    r"\b(?:descending|highest first|largest first|most first|from highest)\b", re.I
)
SORTS = make_regex(r"\b(?:sort\w*|order\w*|rank\w*)\b", re.I)


def read_pairs(schema: dict[str, Any], question: Question) -> list[dict[str, Any]]:
    """Return the names and numbers of a text such as "Chile 19.6, Nepal 30.5", sorted if wanted."""
    keys = list(schema["properties"])
    _, _, last = question.prompt[:6000].strip().rpartition("\n")
    found = PAIR.findall(last) if len(keys) == len("ab") else []
    if len(found) < 2 or len(found) != last.count(",") + 1:
        return []
    if SORTS.search(question.wish):
        is_down = DESCENDING.search(question.wish) is not None
        found.sort(key=lambda pair: float(pair[1].replace(",", "")), reverse=is_down)
    return [dict(zip(keys, pair, strict=True)) for pair in found]


BULLET = make_regex(r"^[ \t]{0,4}(?:[-*•]|\d{1,2}[.)]) (\S[^\n]{8,200})$", re.M)


def extract_lines(schema: dict[str, Any], question: Question) -> list[dict[str, Any]]:
    """Return a row for each sentence in a list, if the prompt wants to have this converted."""
    lines = BULLET.findall(question.prompt[:6000]) if CONVERT.search(question.stated) else []
    lines = [line for line in lines if len(line.split()) > len(schema["properties"])]
    if len(lines) < 2 or question.material:
        return []
    if known := find_rows(schema["properties"], "\n".join(lines)):
        return known
    names = ", ".join(schema["properties"])
    found = [
        Question(f"Return JSON with the keys {names} for this text: {line}", question.random)
        for line in lines[:60]
    ]
    rows = [generate_described(Described(schema), one) for one in found]
    return rows if all(isinstance(row, dict) for row in rows) else []


AFTER_THIS = make_regex(
    r"\b(?:this|these|following|below|text|from)\s?:\s*(\S[\s\S]{20,6000})\Z", re.I
)


def read_records(schema: dict[str, Any], question: Question) -> list[dict[str, Any]]:
    """Return the records of a text on the same line as the command: "CSV from this: Anna …"."""
    match = AFTER_THIS.search(question.prompt[:6000]) if not question.material else None
    rows = find_rows(schema["properties"], match[1]) if match else []
    return [{key: row.get(key) for key in schema["properties"]} for row in rows]


WIDE = 3
"""A table with more columns has a name among these only if the prompt says so."""


def drop_added_name(schema: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return a schema without a column for names, if the prompt lists several others."""
    fields = schema["properties"]
    is_listed = HEADER_LIST.search(question.wish) is not None
    is_narrow = len(fields) <= WIDE and not is_listed
    if is_narrow or question.material or re.search(r"\bnames?\b", question.lower):
        return schema
    return build_object([pair for pair in fields.items() if pair[0] != "name"])


HEADER_LIST = make_regex(r"\bheader(?: row)?(?: is|:)? [\"'`]?\w+(?:,\s?\w+)+", re.I)
"""The columns as the first line shows them: "with header capital,country"."""
NO_HEADER = make_regex(
    r"\b(?:no|without|skip|omit|exclude|leave out)(?: (?:an?|the|any))? (?:csv )?header"
    r"|\bheaderless\b",
    re.I,
)


def drop_header(text: str, question: Question) -> str:
    return text.partition("\n")[2] if NO_HEADER.search(question.wish) else text


NOT_A_FILE = make_regex(r"(?<![\w.])(?:csv|tsv)", re.I)
"""The format, not the ending of a file's name."""


def find_delimiter(question: Question) -> str:
    """Return what stands between the cells: a comma unless the prompt names another mark."""
    if "tsv" in question.lower or re.search(r"\btabs?[- ](?:separat|delimit)", question.lower):
        return "\t"
    if re.search(r"semicolon|strichpunkt|semikolon|punto y coma|point-virgule", question.lower):
        return ";"
    return "|" if re.search(r"pipe[- ](?:separat|delimit)", question.lower) else ","


def flatten(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a row, whose cells are single values."""
    return build_object(
        [
            (key, sub if sub.get("type") not in ("array", "object") else LAST_SCALAR)
            for key, sub in schema["properties"].items()
        ]
    )


def number_ids(rows: list[Any]) -> list[Any]:
    """Give the column "id" the numbers of the rows."""
    return [
        {key: number if key.lower() == "id" else value for key, value in row.items()}
        for number, row in enumerate(rows, 1)
    ]


@form(
    "toml",
    "Write a TOML config with title and port 8080. Only TOML.",
    words="toml",
    about="TOML with the keys that the prompt names",
)
def write_toml(question: Question) -> str | None:
    if not wants("toml", question):
        return None
    value = find_given_object(question)
    if not isinstance(value, dict):
        value = read_stated_config(question.prompt)
    if not value:
        value = generate_described(describe(question), question)
    return fence(serialising.to_toml(keep_given(value, question)), "toml", question)


COMPOSE_FILE = make_regex(
    r"\bdocker[- ]?compose\b(?!-?[- ]style)(?![^\n]*\b(?:keys?|only yaml|services web)\b)", re.I
)


@form(
    "yaml",
    "Write the following as YAML with the keys name, version and dependencies: a web "
    "app called Nimbus.",
    "Write a YAML config with host, port and debug. Just the YAML.",
    words="yaml yml",
    about="YAML with the keys that the prompt names",
)
def write_yaml(question: Question) -> str | None:
    is_known = KNOWN_YAML.search(question.lower) and not YAML_KEYS.search(question.wish)
    if not wants("yaml", question) or is_known or COMPOSE_FILE.search(question.prompt):
        return None
    value = find_given_object(question) or read_stated_config(question.prompt) or None
    if value is None:
        value = add_name(generate_described(describe(question), question), question)
    return fence(serialising.to_yaml(keep_given(value, question)), "yaml", question)


NAMED = make_regex(
    r"\b(?:app|application|service|project|server|site|website|package|bot|library|pipeline|job)"
    r" (?:named|called) [\"'`]?([A-Za-z][\w-]{1,40})",
    re.I,
)


KNOWN_YAML = make_regex(
    r"docker-?compose|kubernetes|k8s|kubernetes manifest|github action|ansible|helm|openapi"
)
NAME_KEYS = ("name", "app_name", "app", "service", "application", "service_name", "project")
YAML_KEYS = make_regex(r"\bwith (?:only )?(?:the )?(?:keys|fields|properties)\b", re.I)
"""A YAML file of another kind that has the keys that the prompt names."""


def add_name(value: Any, question: Question) -> Any:
    """Return an object that begins with the name that the prompt gives: "an app named x"."""
    match = NAMED.search(question.stated)
    if match is None or not isinstance(value, dict) or match[1] in map(str, value.values()):
        return value
    key = next((key for key in value if key.lower() in NAME_KEYS), "name")
    return {**({} if key in value else {key: match[1]}), **value, key: match[1]}
