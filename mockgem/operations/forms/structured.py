"""JSON, XML, CSV and YAML that a prompt describes in words."""

from __future__ import annotations

import json
import re
from typing import Any

from mockgem.operations.forms import serialising
from mockgem.operations.forms.described_schema import (
    Described,
    describe_named,
    describe_schema,
    read_shown,
)
from mockgem.operations.forms.described_values import build_object, describe_by_name, generate_from
from mockgem.operations.forms.labels import choose_label
from mockgem.operations.forms.question import Question, cut_middle
from mockgem.operations.forms.registry import form

VERB = (
    r"(?:return|respond|reply|answer|output|format\w*|produce|generate|provide|give"
    r"|write|create|convert|parse|extract|print|need|represent|as|in|valid|only"
    r"|wrap|make|gib|antworte|erzeuge|erstelle|schreibe|liefere|devuelve|responde"
    r"|genera|crea|escribe|dame|réponds|renvoie|retourne|donne|génère|rispondi"
    r"|restituisci|fornisci|retorne|responda|gere|zwróć|odpowiedz|als|en|au|como|jako"
    r"|into|sample|ответь|верни|返回|以|用|으로|で|use|using|to|should be|must be|is a"
    r"|following|this|with)"
)
ABOUT_FORMAT = re.compile(
    r"\b(?:what is|what's|explain|difference between|compare|why|how (?:do|does|can|to)"
    r"|describe|was ist|qué es|pros and cons of|advantages of|parse|parses"
    r"|read|reads|reading)\b[^.\n]{0,40}\b(?:json|xml|csv|yaml)\b",
    re.I,
)
PROGRAM = re.compile(
    r"\b(?:write|create|implement|code|make|build|develop|fix|refactor|need|want|give me|show"
    r"|schreibe?|erstelle|escribe|crea|écris|crée|scrivi|escreva)\b[^.\n]{0,40}?"
    r"\b(?:function|script|program|class|query|method|regex|dockerfile|package\.json"
    r"|config(?:uration)? file|docker-compose|endpoint|component|python|javascript"
    r"|typescript|java|sql|bash|funktion|programm|klasse|función|programa|fonction|funzione"
    r"|função)\b|\b(?:python|javascript|java|typescript|js|bash|go|php|c#) (?:code|script"
    r"|function|program)\b",
    re.I,
)
CONVERT = re.compile(
    r"\b(?:convert|translate|transform|turn|wandle|convierte|convertis|converti)\b", re.I
)
DEMAND = re.compile(
    r"\b(?:output|respond|return|reply|answer|formatted)\b[^.\n]{0,60}\b(?:json|xml|yaml|csv)\b",
    re.I,
)
SCHEMA_WORD = re.compile(r"\bjson[- ]schema", re.I)
FENCED = re.compile(
    r"```|\b(?:code ?block|codeblock|fenced|markdown (?:code )?(?:block|snippet)|triple "
    r"backticks|code fence|codeblock)\b",
    re.I,
)
NOT_FENCED = re.compile(
    r"\b(?:no|not|without|don't|do not|never|ohne|sin|sans)\b[^.\n]{0,40}(?:```|code "
    r"?blocks?|fence\w*|markdown|backticks)",
    re.I,
)
CLASSIC = {
    "user": "id name email age",
    "profile": "name email age city",
    "person": "name age email",
    "product": "id name price description",
    "recipe": "title ingredients steps",
    "book": "title author year",
    "movie": "title director year",
    "event": "name date location",
    "order": "id customer total status",
    "config": "host port debug",
    "employee": "id name position salary",
    "customer": "id name email",
    "car": "make model year",
    "invoice": "number date total",
    "weather": "city temperature condition",
}
LAST_SCALAR = {"type": "string"}


def wants(kind: str, question: Question) -> bool:
    """Return whether a prompt wants its reply as JSON, XML, CSV or YAML."""
    if kind not in question.whole.lower():
        return False
    if any(text and wants_in(kind, text) for text in (question.instruction, question.system)):
        return True
    end = question.prompt[-1500:]
    return DEMAND.search(end) is not None and wants_in(kind, end)


def wants_in(kind: str, text: str) -> bool:
    text = SCHEMA_WORD.sub("schema", text)
    match = re.search(
        rf"(?<!\w){VERB}(?!\w)[^.\n]{{0,90}}?\b{kind}\b|\b{kind}\b[ -](?:object|array"
        r"|list|format|instance|snippet|document|response|data|output|only|like|config"
        rf"|file|string)|(?:用|以|将)[^。\n]{{0,12}}{kind}"
        rf"|{kind}(?:格式|形式|으로| 형식|で)",
        text,
        re.I,
    )
    if match is None:
        return False
    program = PROGRAM.search(text)
    if program is not None and not re.search(
        rf"\b(?:respond|reply|answer|return only|output|format your)\b[^.\n]{{0,60}}\b{kind}\b",
        text,
        re.I,
    ):
        return False
    asked = ABOUT_FORMAT.search(text)
    if asked is None:
        return True
    rest = text[asked.end() :]
    wish = rf"\b(?:as|in|only|return|respond|valid|into|format)\b[^.\n]{{0,30}}\b{kind}\b"
    return re.search(wish, rest, re.I) is not None


def describe(question: Question) -> Described:
    """Return what the prompt says about the reply, else what the system instruction says."""
    prompt = question.instruction if question.material else cut_middle(question.prompt)
    texts = list(filter(None, (prompt, question.system, question.whole)))
    for read in (read_shown, describe_named):
        if (found := next(filter(None, map(read, texts)), None)) is not None:
            return found
    for noun, keys in CLASSIC.items():
        if re.search(rf"\b{noun}s?\b", question.instruction, re.I):
            return Described(build_object([(key, describe_by_name(key)) for key in keys.split()]))
    return describe_labels(question) or Described(build_object([("answer", {"type": "string"})]))


def describe_labels(question: Question) -> Described | None:
    """Return the labels of the text itself as keys: "name is Bob, age is 42"."""
    labels = [
        label.split()[-1] for label in question.hints.labels if label.split()[-1].isidentifier()
    ]
    known = [name for name in dict.fromkeys(labels) if name not in ("json", "this", "text")]
    return (
        Described(build_object([(name, describe_by_name(name)) for name in known]))
        if len(known) > 1
        else None
    )


def generate_described(found: Described, question: Question) -> Any:
    """Generate the value: a list of the requested length, or an object."""
    if not found.is_list:
        return generate_from(choose_labels(found.schema, question), question)
    if found.schema.get("type") == "array":
        return generate_from(found.schema, question)
    if found.schema.get("type") == "string" and not found.count:
        listed = list_from_text(question)
        if listed:
            return listed
    count = found.count or 3
    schema = {
        "type": "array",
        "items": found.schema,
        "minItems": count,
        "maxItems": count,
        "uniqueItems": True,
    }
    name = name_of_items(question) if found.schema.get("type") == "string" else ""
    return generate_from(schema, question, name, question.sample_hints if found.count else None)


def choose_labels(schema: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return a schema whose fields with labels have the one that the subject supports."""
    fields = schema.get("properties")
    if not isinstance(fields, dict):
        return schema
    chosen = {
        name: {**sub, "enum": [choose_label(sub["enum"], question)]}
        for name, sub in fields.items()
        if isinstance(sub, dict) and sub.get("enum") and all(map(is_text, sub["enum"]))
    }
    return {**schema, "properties": {**fields, **chosen}} if chosen else schema


def is_text(value: object) -> bool:
    return isinstance(value, str)


ITEM_NOUN = re.compile(
    r"\b(?:all|every|array of|list of|lists?|names? of)\s+(?:the\s+)?(?:\d+\s+"
    r"|unique\s+|of\s+)?([a-z]+(?: [a-z]+)?)(?= mentioned| in | from |[ ,.]|$)",
    re.I,
)


def list_from_text(question: Question) -> list[str]:
    """Return the people, places, addresses, dates or numbers of the text that the prompt names."""
    noun = question.instruction.lower()
    hints = question.hints
    kinds = (
        (
            r"people|persons?|names|character|attendee|participant|author|personas"
            r"|personen|personnes",
            hints.people,
        ),
        (
            r"places?|cit(?:y|ies)|locations?|countr|orte|lugares|villes",
            hints.places or hints.people,
        ),
        (r"e-?mails?", hints.emails),
        (r"urls?|links?", hints.urls),
        (r"dates?", hints.dates),
        (r"numbers?|amounts?|prices?", [str(number) for number in hints.numbers]),
        (r"compan|organi|brand|entit|firm", hints.people),
        (r"keyword|topic|tag|theme", list(question.keywords)[:5]),
    )
    for pattern, values in kinds:
        if re.search(rf"\b(?:{pattern})", noun) and values:
            return list(dict.fromkeys(map(str, values)))
    return list(hints.series) if hints.series and question.material else []


def name_of_items(question: Question) -> str:
    match = ITEM_NOUN.search(question.instruction)
    return match[1] if match else "item"


def is_fenced(question: Question) -> bool:
    return FENCED.search(question.wish) is not None and NOT_FENCED.search(question.wish) is None


def fence(text: str, kind: str, question: Question) -> str:
    return f"```{kind}\n{text}\n```" if is_fenced(question) else text


def find_given_object(question: Question) -> Any:
    """Return the JSON value that the prompt gives to convert; None if it gives none."""
    text = question.prompt[:20_000]
    if not CONVERT.search(question.whole):
        return None
    for mark in "{[":
        at = text.find(mark)
        if at >= 0:
            try:
                return json.JSONDecoder().raw_decode(text, at)[0]
            except (ValueError, RecursionError):
                continue
    return None


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
    words="json schema object return output response reply answer format form",
    about="JSON with the keys, the example or the list that the prompt describes; in a code "
    "block if the prompt asks for one",
)
def write_json(question: Question) -> str | None:
    if not wants("json", question) and not shows_object(question):
        return None
    value = generate_described(describe(question), question)
    return fence(json.dumps(value, indent=2, ensure_ascii=False), "json", question)


def shows_object(question: Question) -> bool:
    """Return whether the prompt shows the object to reply with, without the word JSON."""
    return (
        re.search(
            r"\b(?:output|response|reply|answer|return)[^.\n]{0,40}(?:format|form"
            r"|schema|structure|object)?[^.\n]{0,10}[:：]\s*\n?[{\[]\s*\"\w",
            question.whole,
            re.I,
        )
        is not None
    )


def describe_json_mode(question: Question) -> dict[str, Any] | None:
    """Return the schema of a reply in JSON mode; None if the prompt names no keys and no list."""
    texts = (cut_middle(question.prompt), question.system)
    found = next((one for text in texts if text and (one := describe_schema(text))), None)
    if found is None:
        return None
    if not found.is_list or found.schema.get("type") == "array":
        return found.schema
    limits = {"minItems": found.count, "maxItems": found.count} if found.count else {}
    return {"type": "array", "items": found.schema, **limits}


@form(
    "xml",
    "Create an XML document with a root element <book> containing <title>, <author> and <year>.",
    "Give me the data as XML: <person> with <name> and <email> for John Smith, john@example.com",
    words="xml",
    about="XML with the elements that the prompt names",
)
def write_xml(question: Question) -> str | None:
    if not wants("xml", question):
        return None
    given = find_given_object(question)
    root, names = serialising.find_elements(question.whole)
    if given is not None:
        return fence(serialising.to_xml(given, root or "root"), "xml", question)
    if names:
        schema = build_object([(name, describe_by_name(name)) for name in names])
        value = generate_from(schema, question)
    else:
        value = generate_described(describe(question), question)
    return fence(serialising.to_xml(value, root or "root"), "xml", question)


@form(
    "csv",
    "Output CSV with the columns id,name,price and 4 rows of sample products. Only CSV.",
    "Generate sample data in CSV format with header: date,product,quantity. 3 lines of data.",
    words="csv",
    about="CSV with the columns and the number of rows that the prompt names",
)
def write_csv(question: Question) -> str | None:
    if not wants("csv", question):
        return None
    given = find_given_object(question)
    if given is not None:
        rows = given if isinstance(given, list) else [given]
        return fence(
            serialising.to_csv([row for row in rows if isinstance(row, dict)]), "csv", question
        )
    found = describe(question)
    schema = (
        found.schema
        if "properties" in found.schema
        else build_object([(key, describe_by_name(key)) for key in ("id", "name", "value")])
    )
    count = serialising.find_row_count(question.wish) or found.count or 3
    rows = [
        generate_from(flatten(schema), question, hints=question.sample_hints) for _ in range(count)
    ]
    return fence(serialising.to_csv(number_ids(rows)), "csv", question)


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
    "yaml",
    "Write the following as YAML with the keys name, version and dependencies: a web "
    "app called Nimbus.",
    "Write a YAML config with host, port and debug. Just the YAML.",
    words="yaml yml",
    about="YAML with the keys that the prompt names",
)
def write_yaml(question: Question) -> str | None:
    if not wants("yaml", question) or re.search(
        r"docker-?compose|kubernetes|github action", question.lower
    ):
        return None
    value = find_given_object(question)
    if value is None:
        value = generate_described(describe(question), question)
    return fence(serialising.to_yaml(value), "yaml", question)
