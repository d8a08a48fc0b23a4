"""The value of a reply in JSON, YAML or TOML: given, shown or described."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import Any

from mockgem.operations.forms.described_reply import describe, generate_described
from mockgem.operations.forms.described_schema import CARDS
from mockgem.operations.forms.finished_values import finish
from mockgem.operations.forms.given_data import find_given_object
from mockgem.operations.forms.given_rows import (
    INVENTS,
)
from mockgem.operations.forms.json_tools import call_json_tool
from mockgem.operations.forms.key_values import rename_keys, sort_items
from mockgem.operations.forms.known_maps import map_known
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.linked_data import wants_linked_data, write_linked_data
from mockgem.operations.forms.listed_fields import find_fields
from mockgem.operations.forms.mapped_items import map_items
from mockgem.operations.forms.mapped_keys import find_map
from mockgem.operations.forms.named_numbers import read_named_numbers
from mockgem.operations.forms.named_patterns import NAME, search_named
from mockgem.operations.forms.question import Question, remove_schema
from mockgem.operations.forms.stated_configs import read_stated_config
from mockgem.operations.forms.translated_maps import translate_into_several
from mockgem.operations.forms.translation import translate_values
from mockgem.operations.forms.typed_clauses import find_typed_clauses


def make_value(question: Question) -> Any:
    """Return the value that a prompt shows, gives as data or describes."""
    if literal := LITERAL.match(question.prompt[:2000]):
        with suppress(ValueError):
            return json.loads(literal[1])
    if FIX.match(question.prompt) and (repaired := repair(question.prompt[:6000])) is not None:
        return repaired
    is_shown = "{" in question.prompt
    if is_chat := bool(question.earlier and ABOUT_CHAT.search(question.wish)):
        question = take_chat(question)
    whole = None if is_chat and is_shown else find_whole(question)
    if whole is None and not (is_shown or question.stated_system or find_fields(question.whole)):
        whole = read_named_numbers(question.prompt[:2000]) or None
    if whole is None and not question.material:
        whole = read_stated_config(question.prompt) or None
    if whole is None:
        whole = generate_described(describe(question), find_last_example(question))
    is_invented = not question.material or INVENTS.match(question.prompt) is not None
    if is_invented and not question.stated_system:
        whole = keep_given(whole, question)
    if wants_linked_data(question):
        whole = write_linked_data(whole, question)
    said = remove_schema(question.prompt[:1500])
    whole = state_age(state_values(whole, said), said)
    return sort_items(rename_keys(key_rows(whole, question), question), question)


KEYED = make_regex(
    r"\b(?:where|with) (?:the |each |every )?(?:keys? (?:are|is)|[a-z]+s? as (?:the )?keys?)\b"
    r"|\bkeyed by\b"
    r"|\bwhose keys are\b|\b(?:map|mapping|dictionary|dict) (?:of|from)\b",
    re.I,
)


def key_rows(value: Any, question: Question) -> Any:
    """Return rows of two fields as an object, if the prompt wants the first ones as keys."""
    if not isinstance(value, list) or not KEYED.search(question.wish):
        return value
    pairs = [tuple(row.values()) for row in value if isinstance(row, dict) and len(row) == 2]
    is_text = all(isinstance(pair[0], str) for pair in pairs)
    return dict(pairs) if len(pairs) == len(value) > 1 and is_text else value


FIX = make_regex(
    r"\W{0,4}(?:please )?(?:(?:make|turn) (?:it|this|that)(?: into)? (?:an? )?(?:valid|proper"
    r"|correct) |(?:fix|repair|correct|validate and fix|clean up) )(?:this|the|my|following"
    r"|invalid"
    r"|broken|malformed| )*json\b",
    re.I,
)


def repair(text: str) -> Any:
    """Return the value of JSON with small mistakes: bare keys, single quotes, a last comma."""
    import yaml

    start, end = text.find("{"), text.rfind("}")
    try:
        value = yaml.safe_load(text[start : end + 1]) if 0 <= start < end else None
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return json.loads(json.dumps(value, default=str)) if isinstance(value, dict) else None


ABOUT_CHAT = make_regex(
    r"\b(?:this|the|our|following) (?:chat|conversation|discussion|dialog(?:ue)?)\b(?! (?:above "
    r")?is)",
    re.I,
)


def take_chat(question: Question) -> Question:
    """Return a question about the conversation so far, which is the text that the prompt means."""
    said = "\n".join(f"{role.capitalize()}: {text}" for role, text in question.earlier)
    system = f"{question.stated_system}\n{question.prompt}".strip()
    return Question(f"Conversation:\n{said}", question.random, system)


def find_whole(question: Question) -> Any:
    """Return the value that comes as it is: a tool call, a translation, a map, given data."""
    named = [name for name, _ in find_fields(question.whole)]
    several = translate_into_several(question)
    if several is not None:
        return several
    whole = call_json_tool(question) or translate_values(question, named) or map_items(question)
    whole = map_known(question) if whole is None else whole
    if whole is None and (mapped := find_map(question)) is not None:
        whole = mapped if question.material else finish(mapped, {}, question)
    is_described = bool(find_typed_clauses(question.prompt))
    if (
        whole is None
        and not is_described
        and "{" not in question.prompt
        and not CARDS.search(question.wish[:1500])
    ):
        whole = find_given_object(question, "json")
    return whole


LITERAL = make_regex(
    r"\W{0,4}(?:please )?(?:return|respond with|reply with|answer with|output|print|say|send)"
    r"(?: exactly| only| just| the following"
    r"| this)*(?: json)?(?: object)?:?\s*(\{.{1,1500}\}|\[.{1,1500}\])"
    r"(?:\s(?:as|in) json)?[\s.,]*(?:and )?(?:nothing else|only|exactly|verbatim|unchanged"
    r"|no other text)\W*\Z",
    re.I | re.S,
)
"""An object that is the reply itself."""


LAST_EXAMPLE = make_regex(r"\A(.*)\n\s*\n(.{3,2000}?)\n[ \t*]*[^\W\d_][\w ]{1,30}[*]*:\s*\Z", re.S)


def find_last_example(question: Question) -> Question:
    """Return the question about the last of several examples, whose output is missing."""
    match = LAST_EXAMPLE.match(question.prompt[-6000:]) if question.ends_with_label else None
    if match is None or "{" not in match[1]:
        return question
    last = re.sub(r"\A[ \t*]*[^\W\d_][\w ]{0,30}[*]*:\s*", "", match[2])
    return Question(f"Text: {last}", question.random, question.system)


UPPER_VALUE = make_regex(r"^([a-z]+)_[A-Z]{2,}$")
"""A key followed by its value: "level WARN"."""


QUOTED_AFTER = make_regex(
    rf"\b{NAME} (?:is |of )?(?:[\"'“]([^\"'”\n]{{1,80}})[\"'”](?!\s?[:,])"
    r"|([A-Z]{2,12})\b(?! ?[(:]))"
)
ADDRESS_AFTER = make_regex(rf"\b{NAME} (\d{{1,3}}(?:\.\d{{1,3}}){{3}})\b")
NUMBER_AFTER = make_regex(rf"\b{NAME}[ :=]+(\d{{1,9}})\b(?!\.\d)")


def find_quoted(key: str, text: str) -> str:
    """Return the value that stands right behind a key: "level WARN", "message 'Disk full'"."""
    found = search_named(QUOTED_AFTER, key, text) if key in text else None
    return (found[1] or found[2]) if found else ""


NULL_AFTER = make_regex(rf"\b{NAME} (?:is |set to |= ?)?null\b(?! if| when| or)", re.I)
FLAG_AFTER = make_regex(
    rf"\b{NAME} (?:is |set to |turned |switched |= ?)?(?:(on|enabled|true)|off|disabled|false)\b",
    re.I,
)
"""A flag and its state: "debug turned off"."""


def find_flag(key: str, item: Any, text: str) -> Any:
    """Return the state of a flag that the prompt gives, else the value as it is."""
    found = (
        search_named(FLAG_AFTER, key.replace("_", " "), text) if isinstance(item, bool) else None
    )
    return bool(found[1]) if found else item


STATUS_CODE = make_regex(
    r"\b(?:an?|the|for) ([45]\d\d)\b(?![,.]\d)"
    r"|\b([1-5]\d\d)\b(?= (?:\w+ )?(?:error|response|status)s?\b)",
    re.I,
)


RELEASE = make_regex(r"\bversion v?(\d{1,4}(?:\.\d{1,4}){1,3})\b", re.I)


MEANINGS = frozenset("definition meaning explanation summary description translation".split())
"""Fields before a quoted word that are about it: "the definition of 'resilience'"."""


def state_values(value: Any, text: str) -> Any:
    """Return an object with the values that "x is 3 and y is 4" states for its keys."""
    if not isinstance(value, dict) or not 1 < len(value) <= MANY_KEYS:
        return value
    found = {key: search_named(IS_VALUE, key, text) for key in value}
    stated = {key: match[1] for key, match in found.items() if match}
    return {
        key: read_literal(stated[key]) if key in stated else item for key, item in value.items()
    }


AGE = make_regex(
    r"\b(?:[Ii]['’]?m|[Ii] am|is|aged) (\d{1,2})\b(?=,? and\b|[,.;!]|\s*\Z| years? old)(?!\.\d)"
)
"""How old a person is: "I'm 42", "Tom is 20 and studies"."""


def state_age(value: Any, text: str) -> Any:
    """Return an object with the only age that a text states, for its field "age"."""
    ages = AGE.findall(text) if "\nOutput" not in text else []
    is_open = isinstance(value, dict) and isinstance(value.get("age"), int) and len(ages) == 1
    return {**value, "age": int(ages[0])} if is_open else value


MANY_KEYS = 12
IS_VALUE = make_regex(
    rf"(?<!\w){NAME} (?:is|=|equals) (-?\d+(?:\.\d+)?|true|false)"
    r"(?=[,;\n]|\.(?:\s|\Z)| and\b|\s*\Z)",
    re.I,
)


def read_literal(text: str) -> Any:
    lower = text.lower()
    return lower == "true" if lower in ("true", "false") else json.loads(lower)


def state_price(value: dict[str, Any], text: str) -> dict[str, Any]:
    """Return an object whose price is the only amount of money that the prompt has."""
    amounts = MONEY.findall(text)
    key = next((key for key in value if key.lower() in PRICES), "")
    if len(amounts) != 1 or not isinstance(value.get(key), (int, float)):
        return value
    number = float(next(filter(None, amounts[0])).replace(",", ""))
    return {
        **value,
        key: int(number) if number.is_integer() and "." not in str(amounts) else number,
    }


PRICES = frozenset("price cost amount unit_price price_eur price_usd".split())
MONEY = make_regex(
    r"[$€£] ?(\d[\d,]*(?:\.\d+)?)|\b(\d[\d,]*(?:\.\d+)?) ?(?:euros?|eur|dollars?|usd|pounds?|gbp)\b"
    r"|\b(\d[\d,]*(?:\.\d+)?) ?[€$£]",
    re.I,
)


def keep_given(value: Any, question: Question) -> Any:
    """Return an object with the numbers that the prompt gives: "port 8080"."""
    if not isinstance(value, dict):
        return value
    text = question.instruction
    value = state_price(value, text)
    code = STATUS_CODE.search(text)
    value |= {
        key: address[1] for key in value if (address := search_named(ADDRESS_AFTER, key, text))
    }
    release = RELEASE.search(text)
    if release is not None and isinstance(value.get("version"), str):
        value = {**value, "version": release[1]}
    value = {
        key: None if search_named(NULL_AFTER, key, text) else own for key, own in value.items()
    }
    value = {UPPER_VALUE.sub(r"\1", key): find_flag(key, item, text) for key, item in value.items()}
    value |= {
        key: stated
        for key, item in value.items()
        if isinstance(item, str)
        and key.lower() not in MEANINGS
        and (stated := find_quoted(key, question.prompt[:4000]))
    }
    return {
        key: int(code[1] or code[2])
        if code and key.lower() in ("status", "status_code", "code")
        else int(number[1])
        if not isinstance(item, (list, dict)) and (number := search_named(NUMBER_AFTER, key, text))
        else item
        for key, item in value.items()
    }
