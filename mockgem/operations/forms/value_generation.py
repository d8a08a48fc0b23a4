"""Generate values for the fields that a prompt describes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from mockgem.operations.forms.described_values import CAMEL, describe_field
from mockgem.operations.forms.field_names import ENGLISH_NAMES
from mockgem.operations.forms.labels import choose_label
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.offered_words import (
    offer_classes,
    offer_to_field,
    offer_words,
)
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sample_words import WORDS
from mockgem.operations.forms.unknown_fields import (
    LONG_TEXTS,
    MAX_SENTENCE,
    SENTENCES,
    is_unknown,
    is_unknown_abroad,
)
from mockgem.operations.forms.value_text import extract_value_hints
from mockgem.operations.forms.vocabulary import list_nouns
from mockgem.operations.generators.hints import Hints
from mockgem.operations.generators.schema_validation import NoConformingValue
from mockgem.operations.generators.schema_values import generate_value


def generate_from(
    schema: dict[str, Any], question: Question, name: str = "", hints: Hints | None = None
) -> Any:
    """Generate a value by the rules for fields of a schema.

    Args:
        hints: Take values from these instead of the subject's.
    """
    names = list_names(schema)
    hints = find_value_hints(question, names) if hints is None else hints
    hints = drop_names(hints, names)
    schema = write_long_texts(schema, question)
    schema, own_names = use_known_names(schema)
    if not question.material and not EXTRACTS.search(question.stated_system):
        offered = offer_words(schema, hints, question.language)
        schema = offer_to_field(name, offered, hints, question.language)
    elif question.material and question.language == "en":
        schema = offer_classes(schema)
    try:
        value = generate_value(schema, hints, question.random, name=name)
    except NoConformingValue:
        if "uniqueItems" in schema:  # the text has fewer different values
            rest = {key: item for key, item in schema.items() if key != "uniqueItems"}
            return generate_from(rest, question, name, hints)
        return generate_value({"type": "string"}, question.hints, question.random, name=name)
    value = order_steps(split_people(value))
    return restore_names(value, own_names) if own_names else value


EXTRACTS = make_regex(
    r"\b(?:extract\w*|pars(?:e|es|er|ing)|identif\w+|detect\w*|pull|recogni[sz]e\w*|capture)\b",
    re.I,
)
"""What a system instruction says that takes values from each message."""


def order_steps(value: Any) -> Any:
    """Return a value in which lists of invented steps have them in their order."""
    match value:
        case dict():
            return {key: order_steps(item) for key, item in value.items()}
        case [str(), *_]:
            for known in (WORDS["step"], WORDS["instruction"]):
                if set(value) <= set(known):
                    return sorted(value, key=known.index)
        case [dict(), *_]:
            return [number_row(order_steps(item), at) for at, item in enumerate(value, 1)]
        case list():
            return [order_steps(item) for item in value]
    return value


PLACES = frozenset("id day week step number order index position rank nr no step_number".split())


DEPENDS = make_regex(r"^(?:depends_?on|dependencies|prerequisites|blocked_by)$", re.I)


def number_row(row: Any, at: int) -> Any:
    """Return a row of an invented list with its place in the field for it."""
    if not isinstance(row, dict):
        return row
    before = [at - 1] if at > 1 else []
    row = {
        key: before if DEPENDS.match(key) and isinstance(value, list) else value
        for key, value in row.items()
    }
    return {
        key: at
        if key.lower() in PLACES and isinstance(value, int) and not isinstance(value, bool)
        else value
        for key, value in row.items()
    }


FIRST_NAMES = frozenset("first_name firstname given_name forename vorname prénom prenom".split())
LAST_NAMES = frozenset(
    "last_name lastname family_name surname nachname apellido apellidos cognome".split()
)


def split_people(value: Any) -> Any:
    """Return a value in which fields for a part of a name hold this part."""
    match value:
        case dict():
            return {
                key: split_person(key.lower(), split_people(item)) for key, item in value.items()
            }
        case list():
            return [split_people(item) for item in value]
    return value


def split_person(key: str, name: Any) -> Any:
    if not isinstance(name, str) or " " not in name.strip():
        return name
    if key in FIRST_NAMES:
        return name.split()[0]
    return name.split()[-1] if key in LAST_NAMES else name


def find_value_hints(question: Question, names: set[str]) -> Hints:
    """Return the hints for fields; those of the same fields again, so rows get other values."""
    key = frozenset(names)
    if key not in question.value_hints:
        question.value_hints[key] = extract_value_hints(question, names)
    return question.value_hints[key]


def write_long_texts(schema: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return a schema whose fields for sentences have some in the language of the prompt.

    English sentences, and those of a given text, come with the other values.
    """
    if question.language == "en" and question.material:
        return schema
    if isinstance(schema.get("items"), dict):
        return {**schema, "items": write_long_texts(schema["items"], question)}
    fields = schema.get("properties")
    if not isinstance(fields, dict):
        return schema
    from mockgem.operations.forms.writing import Writer

    writer = Writer(question)
    written = {
        name: write_field(name, sub, writer) or write_long_texts(sub, question)
        for name, sub in fields.items()
    }
    return {**schema, "properties": written}


ITEM_LISTS = make_regex(
    r"(?:^|_)(?:suggestions|recommendations|tips|key_?points|takeaways|highlights|action_items"
    r"|reasons|next_steps|steps_to_\w+|decisions|instructions|statements|claims|outcomes"
    r"|requirements|responsibilities|insights|improvements|ideas|actions|arguments|findings|facts"
    r"|notes|bullets|bullet_points|main_points|points)$",
    re.I,
)
"""Lists of short sentences."""


QUESTION_LISTS = make_regex(r"(?:^|_)questions$", re.I)
QUERY_LISTS = make_regex(r"(?:^|_)(?:quer(?:y|ies)|searches|search_terms?)$", re.I)
QUERIES = (
    "{}",
    "{} explained",
    "{} examples",
    "recent studies on {}",
    "{} statistics",
    "{} advantages and disadvantages",
    "{} guide",
)
QUESTIONS = (
    "What should I know about {}?",
    "How does {} work?",
    "When is the best time for {}?",
    "Who can help with {}?",
    "What does {} cost?",
    "Which part of {} matters most?",
    "Where can I learn more about {}?",
    "Why does {} matter?",
)


def find_item_writer(name: str, writer: Any) -> Callable[[], str] | None:
    """Return what writes the items of a list of sentences or questions; None for another list."""
    words = CAMEL.sub("_", name)
    if QUERY_LISTS.search(words) and writer.language == "en":
        topic = writer.question.material.strip(" .?!") or writer.question.topic
        queries = iter([text.format(topic[:80]) for text in QUERIES] * 9)
        return lambda: next(queries)
    if QUESTION_LISTS.search(words) and writer.language == "en":
        questions = iter([text.format(writer.question.topic) for text in QUESTIONS] * 9)
        return lambda: next(questions)
    return writer.write_item if ITEM_LISTS.search(words) else None


def write_field(name: str, schema: dict[str, Any], writer: Any) -> dict[str, Any] | None:
    """Return a schema that chooses from sentences about the topic; None for another field."""
    if schema.get("type") == "array" and (make := find_item_writer(name, writer)):
        count = max(3, int(schema.get("minItems", 0)))
        items = {"type": "string", "enum": list(dict.fromkeys(make() for _ in range(count)))}
        is_text = schema.get("items", {}).get("type") == "string" and "enum" not in schema["items"]
        return {**schema, "items": items, "uniqueItems": True} if is_text else None
    if schema.get("type") == "array" and schema.get("items") == {"type": "string"}:
        single = name.removesuffix("s")
        if writer.language == "en" and is_unknown(single, schema["items"], writer.question):
            count = max(3, int(schema.get("minItems", 0)))
            texts = list(dict.fromkeys(writer.write_item() for _ in range(count)))
            return {**schema, "items": {"type": "string", "enum": texts}, "uniqueItems": True}
        return None
    if writer.language == "en" and is_unknown(name, schema, writer.question):
        return {
            "type": "string",
            "enum": list(dict.fromkeys(writer.write_item() for _ in range(4))),
        }
    if writer.language != "en" and is_unknown_abroad(name, schema, writer.question):
        return {"type": "string", "enum": list_nouns(writer.language)[:8]}
    is_sentence = LONG_TEXTS if writer.language != "en" else SENTENCES
    if schema.keys() - {"maxLength"} != {"type"} or not is_sentence.search(name):
        return None
    if schema["type"] != "string" or schema.get("maxLength", MAX_SENTENCE) < MAX_SENTENCE:
        return None
    return {"type": "string", "enum": [writer.write_sentence() for _ in range(3)]}


def use_known_names(schema: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a schema with English names for its fields, and the prompt's names by these."""
    if isinstance(schema.get("items"), dict):
        items, own = use_known_names(schema["items"])
        return ({**schema, "items": items}, own) if own else (schema, {})
    fields = schema.get("properties")
    if not isinstance(fields, dict):
        return schema, {}
    own = {ENGLISH_NAMES[name.lower()]: name for name in fields if name.lower() in ENGLISH_NAMES}
    if not own or not own.keys().isdisjoint(fields):
        return schema, {}
    known = {name: english for english, name in own.items()}
    renamed = {known.get(name, name): sub for name, sub in fields.items()}
    return {**schema, "properties": renamed, "required": list(renamed)}, own


def restore_names(value: Any, own: dict[str, str]) -> Any:
    match value:
        case dict():
            return {own.get(key, key): item for key, item in value.items()}
        case list():
            return [restore_names(item, own) for item in value]
    return value


def list_names(schema: Any) -> set[str]:
    """Return the names of all fields of an object, or of the objects in a list, and their
    labels."""
    if not isinstance(schema, dict):
        return set()
    fields = schema.get("properties") or {}
    inner = [list_names(sub) for sub in (*fields.values(), schema.get("items"))]
    labels = [label for label in schema.get("enum", ()) if isinstance(label, str)]
    return set(fields).union(labels, *inner)


def drop_names(hints: Hints, names: set[str]) -> Hints:
    """Return the hints without quoted words that only name the fields."""
    kept = [text for text in hints.quoted if text not in names and any(map(str.isalnum, text))]
    if len(kept) == len(hints.quoted):
        return hints
    rest = hints.copy()
    rest.quoted = kept
    return rest


def generate_named(name: str, about: str, question: Question) -> str:
    """Return the value of a named field as text: lists as JSON, booleans as Python writes them."""
    schema = describe_field(re.sub(r"\s+", "_", name.strip()), about)
    if schema == {"type": "string"} and re.search(r"answer|result|solution|final", name, re.I):
        from mockgem.operations.forms.calculations import calculate
        from mockgem.operations.forms.single_values import answer_fact

        value = calculate(question.material or question.prompt[-1500:]) or answer_fact(question)
        if value is not None:
            return value
    if "enum" in schema:
        return choose_label(schema["enum"], question)
    value = generate_from(schema, question, name)
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    if value == UNKNOWN and question.language != "en":
        return quote_given(name, question)
    return str(value)


UNKNOWN = "sample"
"""The value of a field about which nothing is known."""
TITLE_LABEL = make_regex(
    r"заголов|título|titre|titel|titolo|tytuł|başlık|標題|标题|题目|タイトル|見出し|제목|tiêu đề"
    r"|judul"
    r"|หัวข้อ|ชื่อเรื่อง|عنوان|כותרת|शीर्षक|überschrift",
    re.I,
)
TITLE_WORDS = 8


def quote_given(name: str, question: Question) -> str:
    """Return the beginning of the given text for a label of another language: a title is short."""
    from mockgem.operations.forms.sources import split_sentences

    given = question.material or question.prompt
    first = next(iter(split_sentences(given)), given).strip()
    if TITLE_LABEL.search(name):
        return " ".join(first.split()[:TITLE_WORDS]).rstrip(" ,.;:")
    return first
