"""The rows of a given text: things with prices or quantities, named rows."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.assigned_tasks import find_tasks
from mockgem.operations.forms.counts import parse_count
from mockgem.operations.forms.field_filling import fill_from_line
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.name_words import list_names
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.record_rows import find_rows

NAME_KEYS = make_regex(
    r"^(?:full_?)?(?:name|person|player|student|employee|member|candidate|author|speaker|user"
    r"|participant|nombre|nom|nome)$",
    re.I,
)


SPEAKER_KEYS = make_regex(
    r"^(?:speaker|name|person|who|role|sprecher(?:in)?|author|user|hablante)$", re.I
)


SAID_KEYS = make_regex(
    r"^(?:statement|text|message|utterance|said|content|quote|line|what|aussage|mensaje|words)$",
    re.I,
)


SAID = make_regex(r"^[ \t*]{0,4}([A-ZÀ-Þ][\w .'-]{0,24}?)\**:\**[ \t]+(\S[^\n]{0,600})$", re.M)


def find_said(fields: dict[str, Any], text: str) -> list[dict[str, Any]]:
    """Return a row for each line of a conversation, for fields with a speaker and a statement."""
    speaker = next(filter(SPEAKER_KEYS.match, fields), None)
    said = next(filter(SAID_KEYS.match, fields), None)
    found = SAID.findall(text) if speaker and said else []
    if speaker is None or said is None or len(found) < 2:
        return []
    if len({name.lower() for name, _ in found} & {key.lower() for key in fields}) > 1:
        return []  # a record with labels: "Name: …", "Message: …"
    return [{speaker: name, said: words.strip()} for name, words in found[:40]]


def find_given(question: Question) -> str:
    """Return the text that holds the values: a message without a text is one below a system."""
    text = question.material
    is_logged = LOGS.search(question.stated_system) is not None
    is_read = is_logged or READS.search(question.stated_system) is not None
    is_short = len(question.prompt.split(None, SHORT)) < SHORT
    is_new = INVENTS.match(question.prompt) or NAMES_DATA.match(question.prompt)
    is_command = (is_new is not None and not is_logged) or (
        not is_read and (is_short or is_wish(question) or ASKS.match(question.prompt) is not None)
    )
    if not text and question.stated_system and not is_command:
        text = question.prompt[:4000]
    if not text and "}" in question.prompt:
        text = find_tail(question.prompt[:6000])
    return drop_sketches(text) if "{" in text else text


def is_wish(question: Question) -> bool:
    """Return whether a message of one sentence says what an application is to make."""
    is_text = SENTENCES.search(question.prompt.strip()) is not None
    return not is_text and GENERATES.search(question.stated_system) is not None


SENTENCES = make_regex(r"[.!] [A-Z][^.!?]{3,200}[.!?]")


def find_tail(prompt: str) -> str:
    """Return the text behind an object that shows the form: "Extract {…}: I'd like two pizzas"."""
    start, end = prompt.find("{"), prompt.rfind("}")
    tail = prompt[end + 1 :].strip()
    if (
        not 0 <= start < end
        or not EXTRACTS.search(prompt[:start])
        or tail[:1] not in (":", ".", "\n")
    ):
        return ""
    tail = tail.lstrip(":. \n")
    return tail if len(tail.split()) > SHORT and not FORM.match(tail) else ""


EXTRACTS = make_regex(
    r"\b(?:extract|parse|get|pull|read|fill|convert|turn|transform|analy[sz]e|capture|find)\b", re.I
)
FORM = make_regex(
    r"(?:return|respond|output|only|no |do not|don['’]t|use|make|answer|reply|include|please|the )",
    re.I,
)
INVENTS = make_regex(
    r"\W*(?:please )?(?:plan|write|create|generate|make|give me|suggest|recommend|design|invent"
    r"|draft|compose|i(?:['’]d| would)? (?:want|like|need|love) to (?:make|cook|bake|learn|write"
    r"|plan|build|create)|compose|come up with|propose|build|prepare|(?:an? )?(?:list|array"
    r"|set) of|\d{1,2} [a-z]+s|(?:two|three|four|five|ten) [a-z]+s)\b(?![^\n]{0,80}[:：]\s*\S)",
    re.I,
)
"""The beginning of a message that wants something new, and gives no text."""
NAMES_DATA = make_regex(
    r"\W*(?:please )?(?:return|output|provide|respond with|give(?: me)?|list|make|create|write"
    r"|generate)\b[^\n]{0,120}?\b(?:json|ya?ml|keys|fields|objects?"
    r"|array)\b(?![^\n]{0,200}(?:from (?:this|the following|the text)|[:：]\s*\n))",
    re.I,
)
"""The beginning of a message that says which data it wants."""
ASKS = make_regex(
    r"\W*(?:how [a-z]+|what(?:'s| is| are| should)?|who|when|where|which|why"
    r"|explain)\b[^\n]{3,160}\?\s*\Z|\W*(?:please |can you |could you )?(?:explain|describe|define"
    r"|tell me) (?:to me |me )?(?:what|how|why|who|when|the|an?|about)\b[^\n:]{3,160}\Z",
    re.I,
)
READS = make_regex(
    r"\b(?:extract\w*|pars\w+|identif\w+|detect\w*|classif\w+|label\w*|categor\w+|translat\w+"
    r"|summar\w+|analy\w+|rout\w+|triage\w*|tag\w*|moderat\w+|context|document|query|search"
    r"|rewrite|intent|tools?|functions?)\b",
    re.I,
)
"""What a system instruction says that does something with the text of each message."""
GENERATES = make_regex(
    r"\b(?:break|decompose|split|divide|turn)s? (?:down )?(?:the |a "
    r"|each )?(?:user(?:'s)? )?(?:goal|task|project|objective)s?\b|\byou (?:suggest|recommend|plan"
    r"|create|generate|write|invent|design|make|compose)\b|\b(?:generator|planner|recommender"
    r"|recommendation|trainer|coach|chef|playlist|fitness|workout|travel|trip|recipe|cooking|gift"
    r"|story) ?(?:assistant|app|bot|api|agent|helper|planner|generator|engine|expert|writer"
    r"|service|backend)?\b",
    re.I,
)
"""What a system instruction says that makes something new for each message."""
LOGS = make_regex(
    r"\b(?:tracker|logger|parser|(?:log|track|record)s? (?:\w+ ){0,3}(?:expenses?|meals?|food"
    r"|spending|workouts?|calories|water|moods?)|(?:convert|turn|transform|pars|translat|map)\w*"
    r" (?:\w+ ){0,3}(?:requests?|messages?|commands?|language|inputs?|sentences?|notes?|utterances?"
    r"|instructions?|text|orders?)\b|extract\w* (?:the |all )?(?:\w+ )?(?:orders?|items|ingredients"
    r"|tasks))",
    re.I,
)
"""What a system instruction says that takes each message as it is, also "add milk"."""
SHORT = 4
"""A message of fewer words below an instruction is a topic."""
SKETCH = make_regex(
    r"\{(?=[^{}]{0,400}(?::\s?\"?(?:string|str|number|integer|int|float|boolean|bool|list|array)\b"
    r"|<[\w ]{2,60}>|\.{3}|…|\w\|\w))(?:[^{}]|\{[^{}]{0,800}\}){0,2000}\}"
)


def drop_sketches(text: str) -> str:
    """Return a text without the objects in it that show the form of the reply."""
    return SKETCH.sub(" ", text)


def list_lines(question: Question) -> list[str]:
    """Return the short lines of a text in which each line is a record; empty for others."""
    lines = [line for line in question.material.splitlines() if line.strip()]
    is_record = len(lines) > 1 and all(len(line) < 120 for line in lines) and len(lines) < 40
    return (
        lines if is_record and not any(line.rstrip().endswith(("?", ":")) for line in lines) else []
    )


PRICED = make_regex(
    r"(?:(?<=^)|(?<=[,;:.] )|(?<=\band )|(?<=\bund )|(?<=\by )|(?<=\bet )|(?<=\bsell )"
    r"|(?<=\bbought )|(?<=\bbuy ))(?:the |an? |and |\d+ )?([A-Za-zÀ-ÿ][\w -]{1,30}?)(?: each)?(?: "
    r"(?:for|at|costs?|is|are|=|-|kostet|kosten|cuesta|coûte|costa|custa) ?(?:[$€£] ?|EUR |USD )?"
    r"|(?= \d+(?:[.,]\d\d)? ?(?:€|euros?|EUR|USD|dollars?|pounds?)) )(\d+(?:[.,]\d\d)?)\b",
    re.I,
)


VERB_BEFORE = make_regex(r"\b(?:sells?|sold|bought|buys?|offers?|have|has|got|ordered)\b", re.I)


THING_KEYS = make_regex(
    r"^(?:product|item|name|nombre|nom|nome|produkt|producto|artikel|article|dish"
    r"|good)s?(?:_name)?$",
    re.I,
)


PRICE_KEYS = make_regex(
    r"(?:^|_)(?:price|cost|amount|preis|precio|prix|prezzo|preço|importe|betrag)s?(?:_|$)", re.I
)


def find_priced(fields: dict[str, Any], question: Question) -> list[dict[str, Any]]:
    """Return a row for each thing with its price: "apples for $1.20 and bread for $2.50"."""
    thing = next((key for key in fields if THING_KEYS.match(key)), None)
    price = next((key for key in fields if PRICE_KEYS.search(key)), None)
    quoted = QUOTED_PRICED.findall(question.prompt[:4000]) if price else []
    if quoted:
        thing = thing or next(filter(THING_ANY.match, fields), None)
    if thing is None or price is None:
        return []
    if not quoted and (len(fields) > 2 or not question.material):
        return []
    found = quoted or PRICED.findall(question.material[:4000])
    is_text = fields[price].get("type") == "string"
    rows = [
        {
            thing: VERB_BEFORE.split(name)[-1].strip(),
            price: value if is_text else float(value.replace(",", ".")),
        }
        for name, value in found
    ]
    return [{key: row[key] for key in fields if key in row} for row in rows] if rows[1:] else []


QUOTED_PRICED = make_regex(
    r"[\"“]([^\"“”\n]{2,60})[\"”],? ?(?:\(|[-–:@] ?|for |at )"
    r"(?:[$€£] ?|EUR |USD )?(\d{1,6}(?:[.,]\d\d)?)\b(?!\.?\d|-)"
)
"""Quoted things with their prices: '"Oak table" (499.00)'."""
QUANTITY = make_regex(
    r"(?<![\w.])(\d+(?:[.,/]\d+)?|an?\b|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|twelve)\s?((?:kg|g|mg|ml|cl|l|cups?|tbsp|tsp|tablespoons?|teaspoons?|oz|lbs?|pinch(?:es)?"
    r"|pieces?|slices?|cloves?)\b)?\s?(?:of )?((?![ap]m\b)[a-z]+(?: (?!and|or|with|in|for|to|each"
    r"|at|on)[a-z]+)?)"
)


QUANTITY_KEYS = make_regex(r"(?:^|_)(?:quantity|amount|qty)$", re.I)


def find_quantities(fields: dict[str, Any], question: Question) -> list[dict[str, Any]]:
    """Return a row for each thing with its amount: "200 g flour and 3 eggs"."""
    given = find_given(question)
    thing = next(
        (key for key in fields if re.match(r"^(?:name|ingredient|item|product)$", key, re.I)), None
    )
    amount = next((key for key in fields if QUANTITY_KEYS.search(key)), None)
    unit = next((key for key in fields if key.lower() == "unit"), None)
    if thing is None or amount is None or len(fields) > (3 if unit else 2) or not given:
        return []
    rows = [
        {
            thing: name,
            amount: read_amount(number),
            unit or "": mark or (None if "null" in question.wish else ""),
        }
        if unit
        else {
            thing: name,
            amount: f"{read_amount(number)} {mark}" if mark else read_amount(number),
        }
        for number, mark, thing_name in QUANTITY.findall(given[:4000])
        if (name := PLEASE.sub("", thing_name)) not in ("", "more", "of")
    ]
    return [{key: row[key] for key in fields} for row in rows] if len(rows) > 1 else []


PLEASE = make_regex(r"(?:^| )(?:please|thanks|thx|pls)$")


LINE_ITEM = make_regex(
    r"(?<![\w.-])(\d{1,4}) ?(?:x|×|\*|pcs\.?|pieces of)? ?((?!x\b)[A-Za-z][\w -]{1,40}?) ?(?:at"
    r"|@|for|à|-|,) ?(?:[$€£] ?|EUR |USD )?"
    r"(\d+(?:[.,]\d\d)?)(?: ?(?:€|euros?|EUR|USD|dollars?))?(?: each| per (?:piece|unit))?",
    re.I,
)
THING_ANY = make_regex(r"^(?:description|name|item|product|article|title)(?:_name)?$", re.I)
AMOUNT_ANY = make_regex(r"^(?:quantity|qty|amount|count|units?)$", re.I)
PRICE_ANY = make_regex(r"(?:^|_)(?:price|cost|rate)$|^unit_(?:price|cost)$", re.I)


def find_line_items(fields: dict[str, Any], text: str) -> list[dict[str, Any]]:
    """Return a row for each item of an invoice: "2 x desk lamp at 35.00 each"."""
    keys = [next(filter(one.search, fields), None) for one in (AMOUNT_ANY, THING_ANY, PRICE_ANY)]
    if None in keys or len({*keys}) < 3:
        return []
    rows = []
    for number, name, price in LINE_ITEM.findall(text[:4000]):
        values = (int(number), name.strip(), float(price.replace(",", ".")))
        rows.append(dict(zip(map(str, keys), values, strict=True)))
    return rows


def read_amount(number: str) -> Any:
    """Return an amount in digits or words as a number."""
    return parse_count(number, 1_000_000) if number.isalnum() else number


def fill_rows(rows: list[Any], schema: dict[str, Any], question: Question) -> list[Any]:
    """Return rows with the values of the lines of the given text."""
    lines, fields = list_lines(question), schema.get("properties", {})
    if rows and isinstance(rows[0], dict) and (found := find_rows(fields, question.material)):
        return [{**dict.fromkeys(rows[0]), **row} for row in found]
    if priced := find_priced(fields, question) or find_quantities(fields, question):
        template = rows[0] if rows and isinstance(rows[0], dict) else {}
        made = [row for row in rows if isinstance(row, dict)]
        made += [template] * (len(priced) - len(made))
        return [merge_row(one, row) for one, row in zip(made, priced, strict=False)]
    text = question.material
    if rows and isinstance(rows[0], dict):
        known = find_said(fields, text) or find_tasks(fields, text)
        if known:
            return [{**rows[0], **row} for row in known]
    if not rows or not isinstance(rows[0], dict) or len(lines) != len(rows):
        return rows
    return [fill_from_line(row, fields, line) for row, line in zip(rows, lines, strict=True)]


def merge_row(row: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Return a row with given values; that of an object goes to its amount or its text."""
    merged = {**row, **given}
    for key in given:
        if isinstance(one := row.get(key), dict):
            inner = next((name for name in ("#text", "amount", "value") if name in one), "amount")
            merged[key] = {**one, inner: given[key]}
    return merged


def name_rows(rows: list[Any], question: Question) -> list[Any]:
    """Return rows in which the field for a name has the names of the given text, in their order."""
    if not rows or not isinstance(rows[0], dict) or not question.material:
        return rows
    key = next((key for key in rows[0] if NAME_KEYS.match(key)), None)
    names = list_names(question.material) if key else []
    names = [name for name in names if len(name) > 1 and not name.isupper()]
    if key is None or len(names) < 2:
        return rows
    return [{**row, key: names[at] if at < len(names) else row[key]} for at, row in enumerate(rows)]


def count_names(schema: dict[str, Any], question: Question) -> int:
    """Return how many rows a text has for a schema with a name; 0 if this is unknown."""
    fields = schema.get("properties", {})
    if not question.material or not any(map(NAME_KEYS.match, fields)):
        return 0
    names = [name for name in list_names(question.material) if len(name) > 1 and not name.isupper()]
    return len(names) if 1 < len(names) < 20 else 0
