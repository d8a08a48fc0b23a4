"""The last reply with another day or another number: "And on Friday?", "make it 8 instead"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sentence_ends import end
from mockgem.operations.forms.sources import split_sentences

DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?"
MONTH = make_regex(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
MAKE_IT = make_regex(
    r"\A\W*(?:(?:ok|okay|actually|no|wait|sorry|please|can you|could you|let['’]?s)[, ]{1,2}){0,3}"
    r"(?:make|change) (?:it|that) (?:for |to |at )?(\d[\d:.]{0,5}(?: ?[ap]m)?)(?: people)?"
    r"(?: instead| please)*\W*\Z",
    re.I,
)
ONE_NUMBER = make_regex(r"\d[\d:.]{0,5}(?<![:.])(?: ?[ap]m\b)?", re.I)


def change_number(question: Question) -> str:
    """Return the last reply with another number: "make it 8 instead"; empty for other wishes."""
    match = MAKE_IT.match(question.prompt)
    reply = next((text for role, text in reversed(question.earlier) if role != "user"), "")
    numbers = ONE_NUMBER.findall(reply) if match else []
    if match is None or len(numbers) != 1:
        return ""
    suffix = " pm" if numbers[0].lower().endswith("pm") else ""
    suffix = " am" if numbers[0].lower().endswith("am") else suffix
    new = match[1] if match[1][-1:].lower() == "m" else f"{match[1]}{suffix}"
    return reply.replace(numbers[0], new).strip()


DAY_WORD = make_regex(rf"\b(?:{DAY}|today|tomorrow|tonight|yesterday|{MONTH.pattern})\b", re.I)


def move_day(subject: str, reply: str) -> str:
    """Return the sentence of the last reply with a day, for another day; empty without one."""
    match = DAY_WORD.fullmatch(subject)
    said = next((one for one in split_sentences(reply) if DAY_WORD.search(one)), "")
    old = DAY_WORD.search(said) if match else None
    if old is None or old[0].lower() == subject.lower() or len(DAY_WORD.findall(said)) > 1:
        return ""
    is_named = subject.lower().endswith("day") and subject.lower()[:2] != "to"
    day = subject.capitalize() if is_named or MONTH.fullmatch(subject.title()) else subject.lower()
    start = ON_BEFORE.search(said[: old.start()])
    begin = start.start() if start and day.startswith(("to", "ye")) else old.start()
    moved = said[:begin] + day + said[old.end() :]
    return end(moved[:1].upper() + moved[1:])


ON_BEFORE = make_regex(r"\bon \Z", re.I)
