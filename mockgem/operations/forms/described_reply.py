"""The value of a reply that a prompt describes: what it has, and what stands in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from mockgem.operations.forms.asked_keys import answer_keys
from mockgem.operations.forms.code_fields import write_code_fields
from mockgem.operations.forms.country_fields import fill_country
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.date_parts import fill_date_parts
from mockgem.operations.forms.described_lists import (
    generate_list,
)
from mockgem.operations.forms.described_schema import (
    TOP_KEY,
    Described,
    describe_key_list,
    describe_named,
    describe_things,
    measure_list,
    read_shown,
)
from mockgem.operations.forms.described_values import build_object, describe_by_name
from mockgem.operations.forms.empty_fields import name_empty
from mockgem.operations.forms.entities import list_entity_keys
from mockgem.operations.forms.field_blocks import find_header_line
from mockgem.operations.forms.field_filling import LOG_LINE
from mockgem.operations.forms.field_questions import answer_fields
from mockgem.operations.forms.finished_values import finish
from mockgem.operations.forms.flashcards import describe_cards
from mockgem.operations.forms.given_data import CONVERT
from mockgem.operations.forms.given_lists import (
    find_known_things,
)
from mockgem.operations.forms.given_rows import find_given, find_said, list_lines
from mockgem.operations.forms.known_records import find_record_keys
from mockgem.operations.forms.labelled_choices import add_labelled_choices, strip_explanations
from mockgem.operations.forms.labels import choose_label
from mockgem.operations.forms.language_fields import choose_language, fit_language
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.linked_values import link_values
from mockgem.operations.forms.mail_objects import write_mail_object
from mockgem.operations.forms.missing_values import mark_missing
from mockgem.operations.forms.number_values import compute_statistics
from mockgem.operations.forms.question import Question, cut_middle
from mockgem.operations.forms.score_limits import is_text, limit_scores
from mockgem.operations.forms.spelled_fields import spell_out
from mockgem.operations.forms.stated_choices import add_only_choices, add_stated_choices
from mockgem.operations.forms.stated_limits import count_members, fit_lengths, keep_choices
from mockgem.operations.forms.talk_fields import talk
from mockgem.operations.forms.text_lookup import find_by_kind, find_by_place
from mockgem.operations.forms.text_values import add_heading_choices, use_text
from mockgem.operations.forms.tool_objects import fill_tool_call
from mockgem.operations.forms.topic_texts import fit_topic
from mockgem.operations.forms.typed_clauses import find_typed_clauses
from mockgem.operations.forms.usual_keys import find_usual_keys
from mockgem.operations.forms.value_generation import generate_from


def describe(question: Question) -> Described:
    """Return what the prompt says about the reply, with the values that it allows for a field."""
    found = find_described(question)
    whole = strip_explanations(f"{question.prompt[:6000]}\n{question.system}")
    schema = add_only_choices(add_stated_choices(found.schema, whole), whole)
    schema = list_entity_keys(add_labelled_choices(schema, whole, question.wish))
    return Described(schema, found.is_list, found.count)


def find_described(question: Question) -> Described:
    """Return what clauses such as '"tags" is an array' say, where others find less of it."""
    found = find_stated(question)
    typed = None if "{" in question.whole else describe_clauses(question)
    is_richer = found is None or (
        typed is not None and (rate(typed) > rate(found) or is_flattened(found, typed))
    )
    if typed is None or not is_richer:
        return (
            found
            or find_usual_keys(question)
            or describe_labels(question)
            or describe_topic(question)
        )
    return typed


def describe_clauses(question: Question) -> Described | None:
    """Return the schema of the keys that clauses give a type; None for fewer than two."""
    for text in (question.instruction, question.prompt, question.system):
        if fields := find_typed_clauses(text):
            is_list, count = measure_list(text, fields)
            holds_rows = any("properties" in schema.get("items", {}) for _, schema in fields)
            if holds_rows and len(ROWS.findall(text)) < MANY_ROWS:
                is_list, count = False, 0
            return Described(build_object(fields), is_list, count)
    return None


ROWS = make_regex(r"\b(?:list|array)\b", re.I)
MANY_ROWS = 2
"""Mentions of lists, of which one is that of a field."""


def find_stated(question: Question) -> Described | None:
    """Return what the prompt says about the reply, else what the system instruction says."""
    prompt = question.instruction
    if not question.material:
        prompt = f"{cut_middle(question.prompt)}\n{question.gloss}".strip()
    prompt = ROOT.sub(". Root element:", spell_out(prompt))
    texts = list(filter(None, (prompt, question.system, spell_out(question.whole))))
    if question.system and FORMAT.search(question.system[:6000]) and not FORMAT.search(prompt):
        texts = texts[1:]  # the message is what the reply is about
    readers: list[Callable[[str], Described | None]] = [describe_things, describe_named]
    if find_header_line(prompt):
        readers.reverse()
    readers.insert(0, read_shown)
    is_open = not question.material and "{" not in prompt and not NAMES_KEYS.search(prompt)
    if is_open and (asked := ASKED_AND_ANSWERED.search(prompt)):
        pair = [(key, describe_by_name(key)) for key in ("question", "answer")]
        return Described(build_object(pair), True, parse_count(asked[1] or asked[2] or "3", 30))
    for read in readers:
        if (found := next(filter(None, map(read, texts)), None)) is not None:
            return (
                choose_outer(found, question)
                if read is read_shown
                else choose_richer(found, question)
            )
    return describe_cards(question)


ROOT = make_regex(
    r",? (?:inside|within|under|in|wrapped in) (?:an? |the )?(?:single )?(?:root|parent|outer"
    r"|top-level)"
    r" (?:element|tag|node)\b",
    re.I,
)
"""What follows the last of the elements: "title and isbn inside a root element <book>"."""


def choose_outer(shown: Described, question: Question) -> Described:
    """Return what a list of keys describes, if the object that was found only stands in a note of
    it."""
    inner = shown.schema.get("properties")
    for other in map(describe_key_list, (question.instruction, question.system)):
        fields = other.schema.get("properties", {}) if other else {}
        held = [sub.get("items", sub) for key, sub in fields.items() if key not in NOT_KEYS]
        if inner and any(sub.get("properties") == inner for sub in held):
            return other or shown
    return shown


def choose_richer(found: Described, question: Question) -> Described:
    """Return what a list of keys with brackets describes, if it has more fields than what was
    found."""
    listed = filter(None, map(describe_key_list, (question.instruction, question.system)))
    other = next(listed, None)
    if other is not None and is_flattened(found, other):
        return other
    if other is None or (rate(other) <= rate(found) and not TOP_KEY.search(question.whole)):
        return found
    top = TOP_KEY.search(question.whole)
    if top is not None and "properties" in found.schema.get("properties", {}).get(top[1], {}).get(
        "items", {}
    ):
        return found
    return other


NOT_KEYS = frozenset("objects object items elements entries rows format form json array".split())
"""Words in front of an example that are not keys."""


def is_flattened(found: Described, other: Described) -> bool:
    """Return whether an object has the keys of another one and of its only list side by side."""
    outer = other.schema.get("properties", {})
    inner = [sub.get("items", {}).get("properties", {}) for sub in outer.values()]
    fields = found.schema.get("properties", {})
    nested: dict[str, Any] = next(filter(None, inner), {})
    return len(nested) > 1 and fields.keys() == outer.keys() | nested.keys()


def rate(found: Described) -> tuple[int, int]:
    """Return how many fields a schema has, with those of its members, and how many have a type."""
    leaves = list(iterate_leaves(found.schema))
    return len(leaves), sum(leaf != {"type": "string"} for leaf in leaves)


def iterate_leaves(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    inner = schema.get("items", schema)
    if not isinstance(inner, dict) or "properties" not in inner:
        yield schema
        return
    for sub in inner["properties"].values():
        yield from iterate_leaves(sub)


FORMAT = make_regex(
    r"\b(?:json|ya?ml|xml|csv|toml|keys?|fields?|schema|format|objects?|arrays?|columns?|table|list"
    r"|propert\w+|attributes?|dict\w*)\b|[\[{]|[^\x00-\u024f]",
    re.I,
)
"""What a text has that describes data."""


def describe_topic(question: Question) -> Described:
    """Return an answer for a question, else a name and a description of the topic."""
    is_told = ABOUT.search(question.instruction) or TELLS.search(question.instruction)
    if not question.material and is_told and (known := find_record_keys(question.instruction)):
        fields = [(key, {"type": "number" if is_number else "string"}) for key, is_number in known]
        return Described(build_object(fields))
    counted = COUNTED.search(question.instruction)
    if counted is not None:
        count = parse_count(counted[1], 30)
        items = {"type": "array", "items": {"type": "string"}, "minItems": count, "maxItems": count}
        return Described(build_object([(counted[2].lower(), items)]))
    if logged := LOG_LINE.search(question.prompt[:4000]):
        names = [name for name, part in logged.groupdict().items() if part]
        return Described(build_object([(name, {"type": "string"}) for name in names]))
    if question.material and (found := list_found(question.material)):
        return Described(build_object([(name, describe_by_name(name)) for name in found]))
    if (plural := KIND_ASKED.search(question.instruction)) and find_known_things(plural[0]):
        items = {"type": "string", "enum": find_known_things(plural[0])}
        limits = {"minItems": 3, "uniqueItems": True}
        name = plural[1].lower().replace(" ", "_")
        return Described(build_object([(name, {"type": "array", "items": items, **limits})]))
    if SAMPLE.search(question.instruction) and "?" not in question.prompt:
        fields = [("id", {"type": "integer"}), ("name", {"type": "string"})]
        numbers = {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}
        nested = {"type": "array", "items": numbers, "minItems": 2, "maxItems": 2}
        tags = describe_by_name("tags")
        return Described(build_object([*fields, ("tags", tags), ("matrix", nested)]))
    if ABOUT.search(question.instruction) and "?" not in question.prompt:
        return Described(build_object([(key, describe_by_name(key)) for key in TOPIC_KEYS]))
    return Described(build_object([("answer", {"type": "string"})]))


TELLS = make_regex(r"\b(?:tell me|describing|key[- ]value|facts?|info\w*)\b", re.I)
NAMES_KEYS = make_regex(r"\b(?:keys?|fields?|columns?|properties)\b", re.I)
ASKED_AND_ANSWERED = make_regex(
    rf"(?:(?<![\w.])({NUMBER})\s(?:[a-z-]+\s){{0,3}}?)?\b(?:questions|(?:math )?problems|riddles"
    r"|exercises) (?:and|with|&) (?:(?:their|sample|model) )?answers\b(?! (?:as|keys|fields))"
    rf"|\bfaqs?\b(?:[^\n]{{0,40}}?\b({NUMBER}) (?:entries|items|questions))?",
    re.I,
)
COUNTED = make_regex(
    rf"(?<![\w.])({NUMBER})\s(?:[a-z-]+\s){{0,2}}?(facts|ideas|tips|reasons|benefits|questions"
    r"|names|examples|steps|suggestions|synonyms|words|quotes|jokes|titles|keywords|hashtags"
    r"|recommendations|goals|advantages|disadvantages|headlines|slogans|taglines|features"
    r"|points)\b",
    re.I,
)


def list_found(text: str) -> list[str]:
    """Return names of fields for what a text has: a date, a time, a place; empty for one alone."""
    names = ("date", "time", "duration", "location", "price", "email", "phone")
    found = [name for name in names if find_by_kind(name, text) or find_by_place(name, text)]
    return ["title", *found] if len(found) > 1 else []


KIND_ASKED = make_regex(
    r"\b(?:what are|name|list|which are)(?: all)? (?:the )?((?:[a-z]+ )?[a-z]{3,16}s)\b", re.I
)
SAMPLE = make_regex(
    r"\b(?:example|sample|valid|random|dummy|some)\b[^.\n]{0,20}\bjson\b"
    r"|\bjson\b[^.\n]{0,60}\bexample\b",
    re.I,
)
ABOUT = make_regex(
    r"\b(?:info\w*|details|data|facts|describe|description|summary) (?:about|on|of|for)\b"
    r"|\bdescribe (?:an?|the|your)\b",
    re.I,
)
TOPIC_KEYS = ("topic", "description", "key_points")


def describe_labels(question: Question) -> Described | None:
    """Return the labels of the text itself as keys: "name is Bob, age is 42"."""
    labels = [
        label.split()[-1] for label in question.hints.labels if label.split()[-1].isidentifier()
    ]
    known = [name for name in dict.fromkeys(labels) if name not in ("json", "this", "text")]
    return (
        Described(build_object([(name, describe_label(name, question)) for name in known]))
        if len(known) > 1
        else None
    )


def describe_label(name: str, question: Question) -> dict[str, Any]:
    """Return the schema of a labelled value: a number if it is one in the text."""
    value = next((v for label, v in question.hints.labels.items() if label.split()[-1] == name), "")
    return {"type": "integer"} if value.isdecimal() else describe_by_name(name)


def generate_described(found: Described, question: Question) -> Any:
    """Generate the value: a list of the requested length, or an object."""
    made = generate_value(found, question)
    value = keep_choices(fit_topic(made, question), made, found.schema)
    finished = keep_choices(finish(value, found.schema, question), value, found.schema)
    finished = answer_keys(write_code_fields(finished, question), question)
    if not found.is_list and (said := talk(finished, question)):
        return {**finished, **said}
    fields = found.schema.get("properties") or {}
    called = {} if found.is_list else fill_calls(fields, question)
    called = {key: one for key, one in called.items() if is_allowed(one, fields.get(key))}
    if called and isinstance(finished, dict):
        return {**finished, **think(finished, called, question), **called}
    linked = link_values(fit_lengths(finished, found.schema, question), question)
    return write_mail_object(fill_country(linked, question), question)


def is_allowed(value: Any, schema: Any) -> bool:
    """Return whether a value is one of those that a field allows."""
    allowed = schema.get("enum") if isinstance(schema, dict) else None
    return not allowed or value in allowed


def think(value: dict[str, Any], called: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return the thought in front of the call of a tool."""
    tool = next((one for one in called.values() if isinstance(one, str)), "")
    keys = [key for key in value if key.lower() in ("thought", "reasoning", "thoughts")]
    if question.language != "en" or not tool or tool.lower().startswith("final"):
        return {}
    return dict.fromkeys(keys, f"I should use {tool} to answer this.")


ECHO_KEYS = frozenset("claim statement sentence tweet review original".split())
QUESTION_KEYS = frozenset("question pregunta frage domanda pergunta".split())
ASKED = make_regex(r"(?:\A|[.!?:\n]\s{0,3})([^.!?:\n]{6,200}\?)")
MAX_ECHO = 240


def echo_text(value: Any, fields: dict[str, Any], question: Question) -> Any:
    """Return an object whose "claim" is the given text, and whose "question" is the one asked."""
    if not isinstance(value, dict) or len(value) < 2:
        return value
    keys = {key.lower(): key for key in value if fields.get(key) == {"type": "string"}}
    given = find_given(question).strip()
    echoed = next((keys[key] for key in keys if key in ECHO_KEYS), None)
    if echoed and 0 < len(given) <= MAX_ECHO:
        return {**value, echoed: given}
    asked, found = next((keys[key] for key in keys if key in QUESTION_KEYS), None), None
    if asked and any(key in ("answer", "respuesta", "antwort", "réponse") for key in keys):
        found = ASKED.search(question.prompt[:3000])
    return {**value, str(asked): found[1].strip()} if found else value


def is_for_each_line(found: Described, question: Question) -> bool:
    """Return whether a text to convert has a record of single values in each of its lines."""
    fields = found.schema.get("properties") or {}
    is_flat = all(sub.get("type") not in ("array", "object") for sub in fields.values())
    is_conversion = CONVERT.search(question.instruction) is not None
    return is_conversion and len(fields) > 1 and is_flat and len(list_lines(question)) > 1


def generate_value(found: Described, question: Question) -> Any:
    if not found.is_list and find_said(found.schema.get("properties") or {}, question.material):
        found = Described(found.schema, True)
    if not found.is_list and is_for_each_line(found, question):
        found = Described(found.schema, True)
    if found.is_list and found.schema.get("type") != "array":
        if not fill_calls(found.schema.get("properties") or {}, question):
            return generate_list(found, question)
        called = generate_value(Described(found.schema), question)
        return called if isinstance(called, list) else [called]
    if found.is_list:
        return generate_from(found.schema, question)
    if called := fill_calls(found.schema.get("properties") or {}, question):
        rest = [pair for pair in found.schema["properties"].items() if pair[0] not in called]
        others = generate_value(Described(build_object(rest)), question) if rest else {}
        value = {key: called.get(key, others.get(key)) for key in found.schema["properties"]}
        return [value] if LIST_OF_CALLS.search(question.wish) else value
    counted = count_members(add_heading_choices(found.schema, question), question)
    chosen = limit_scores(choose_labels(counted, question), question)
    own = CALLED.search(question.prompt[:2000])
    if own is not None and question.material in ("", own[1]):
        chosen = name_called(chosen, own[1])
    value = use_text(generate_from(chosen, question), chosen, question)
    if isinstance(value, dict):
        value = fill_date_parts(value, question.prompt[:4000])
    value = echo_text(compute_statistics(value, question), chosen.get("properties") or {}, question)
    value = fit_language(value, chosen.get("properties") or {}, question)
    value = answer_fields(value, chosen.get("properties") or {}, question)
    return name_empty(mark_missing(value, question), question)


def fill_calls(fields: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return the call of a tool that a prompt lists, for an object or for a field of it."""
    if (called := fill_tool_call(fields, question)) is not None:
        return called
    inner = {key: sub["properties"] for key, sub in fields.items() if sub.get("properties")}
    calls = {key: fill_tool_call(one, question) for key, one in inner.items()}
    return {key: call for key, call in calls.items() if call is not None}


LIST_OF_CALLS = make_regex(
    r"\b(?:list|array) of (?:[\w-]+ ){0,2}(?:calls|actions|steps|invocations)\b", re.I
)


def choose_labels(schema: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return a schema whose fields with labels have the one that the subject supports."""
    fields = schema.get("properties")
    if not isinstance(fields, dict):
        return schema
    chosen = {
        name: {
            **sub,
            "enum": [
                choose_language(name, sub["enum"], question) or choose_label(sub["enum"], question)
            ],
        }
        for name, sub in fields.items()
        if isinstance(sub, dict) and sub.get("enum") and all(map(is_text, sub["enum"]))
    }
    chosen |= {
        name: {
            "type": "array",
            "items": {"type": "string", "enum": labels},
            "minItems": len(labels),
            "maxItems": len(labels),
            "uniqueItems": True,
        }
        for name, sub in fields.items()
        if sub.get("type") == "array"
        and sub.get("items", {}).get("enum")
        and "maxItems" not in sub
        and (labels := pick_labels(sub["items"]["enum"], question))
    }
    return {**schema, "properties": {**fields, **chosen}} if chosen else schema


def pick_labels(labels: list[Any], question: Question) -> list[Any]:
    """Return the labels that the given text mentions, else the one that it supports."""
    text = question.material
    found = [
        one for one in labels if str(one) in text and re.search(rf"\b{re.escape(str(one))}\b", text)
    ]
    return found or [choose_label(labels, question)]


CALLED = make_regex(
    r"\b(?:called|named|titled|entitled)\s[\"'“‘«]([^\"'”’»\n]{2,80})[\"'”’»]", re.I
)
"""The name of the thing that a prompt wants to have described."""


def name_called(schema: dict[str, Any], name: str) -> dict[str, Any]:
    """Return a schema whose title or name is the one that the prompt gives."""
    fields = schema.get("properties") or {}
    key = next((key for key in fields if key.lower() in ("title", "name", "headline")), None)
    if key is None or fields[key] != {"type": "string"}:
        return schema
    return {**schema, "properties": {**fields, key: {"type": "string", "enum": [name]}}}
