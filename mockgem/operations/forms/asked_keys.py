"""Keys of an object that a prompt asks as questions: "gift: Was it a gift? Answer True if yes"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.answered_questions import answers
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.field_flags import find_flag
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sources import choose_sentence, count_related, split_sentences
from mockgem.operations.forms.word_families import count_kin, list_kin
from mockgem.operations.generators.word_stems import extract_stems

KEY_LINE = make_regex(
    r"^[ \t]{0,12}(?:[-*•] )?[\"'`*]{0,2}(?P<key>[A-Za-z]\w{1,40})[\"'`*]{0,2}[ \t]{0,4}:"
    r"[ \t]{0,4}(?:(?P<type>\w{2,12})[ \t]{0,4}//[ \t]{0,4})?(?P<about>[^\n]{8,600})",
    re.M,
)
ASKS_TRUTH = make_regex(r"\b(?:answer|return|output|say|use) true\b|\btrue if\b", re.I)
ASKS_SENTENCES = make_regex(
    r"\bsentences? (?:about|on|that (?:mention|discuss|describe|talk about)\w*|regarding)"
    r" (?P<about>[^.,\n]{3,80})",
    re.I,
)
ASKS_NUMBER = make_regex(r"\bhow (?:many|much|long|old)\b", re.I)
NOT_FOUND = make_regex(
    r"\bif (?:this|the|it|that|not|no|unknown)\b[^.\n]{0,60}?\b(?:output|return|use|answer|write"
    r"|set)(?: to)? [\"'`]?(-?\d+|[\w/ -]{2,20}?)[\"'`]?(?=[.,\n]|\Z)",
    re.I,
)
NUMBERS = make_regex(
    rf"\b(\d+(?:\.\d+)?|{NUMBER})"
    r"(?:[ -](?:more |full |business |working )?(?P<unit>[a-z]+))?",
    re.I,
)


def answer_keys(value: Any, question: Question) -> Any:
    """Return an object in which the text answers what the prompt asks about its keys."""
    if not isinstance(value, dict) or not question.material:
        return value
    lines = {one["key"]: one for one in KEY_LINE.finditer(question.prompt[:8000])}
    if lines.keys().isdisjoint(value):
        return value
    text = KEY_LINE.sub("", question.material)
    found = {}
    for key in value.keys() & lines.keys():
        answer = answer_key(key, " ".join(lines[key]["about"].split()), text)
        if answer is not None:
            is_string = (lines[key]["type"] or "").startswith("str")
            found[key] = str(answer) if is_string else answer
    return {key: found.get(key, item) for key, item in value.items()}


def answer_key(key: str, about: str, text: str) -> Any:
    """Return what a text says to the question about a key; None if that is not one."""
    if wish := ASKS_SENTENCES.search(about):
        return list_about(wish["about"], text)
    if ASKS_TRUTH.search(about):
        words = (key, *sorted(list_kin(frozenset([key.lower()]))))
        return any(find_flag(word, text) for word in words)
    return find_amount(about, text) if ASKS_NUMBER.search(about) else None


def list_about(topic: str, text: str) -> list[str] | None:
    """Return the sentences of a text about a topic; None for a topic with an unknown word."""
    wanted = extract_stems(topic)
    kin = list_kin(wanted)
    found = [(one, extract_stems(one)) for one in split_sentences(text)]
    near = [one for one, stems in found if wanted & stems or count_kin(kin, stems)]
    near = near or [one for one, stems in found if count_related(wanted, stems) > 0]
    return near if near or kin else None


def find_amount(about: str, text: str) -> float | int | str | None:
    """Return the number that answers a question, or what the prompt wants without one."""
    asked = about.partition("?")[0] + "?"
    best = choose_sentence(split_sentences(text), asked)
    is_told = best is not None and answers(best, text, asked)
    numbers = list(NUMBERS.finditer(best or "")) if is_told else []
    unit = asked.lower().partition("many ")[2].split(" ")[0].rstrip("s")
    fitting = [one for one in numbers if unit and (one["unit"] or "").startswith(unit)]
    if chosen := next(iter([*fitting, *numbers]), None):
        return read_amount(chosen[1])
    missing = NOT_FOUND.search(about)
    if missing is None:
        return None
    return int(missing[1]) if missing[1].lstrip("-").isdigit() else str(missing[1])


def read_amount(text: str) -> float | int:
    if "." in text:
        return float(text)
    return int(text) if text.isdecimal() else parse_count(text)
