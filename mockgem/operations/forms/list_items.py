"""The items of a list: facts of the given text, known things, or advice about the topic."""

from __future__ import annotations

import re
from itertools import cycle

from mockgem.operations.forms.decorations import EMOJIS, wants_emoji
from mockgem.operations.forms.given_lists import COMPILED, list_entities, list_things
from mockgem.operations.forms.invented_things import invent_things
from mockgem.operations.forms.item_limits import limit_items
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_lists import find_local_things
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.writing import Writer

BOLD_NAMES = make_regex(
    r"\b(?:start|begin|open)\w* with (?:an? |the |its |their )?(?:\w+ )?(?:in )?bold"
    r"|\b(?:names?|titles?|terms?|keywords?|headings?|labels?) in bold\b"
    r"|\bbold(?:ed)? (?:\w+ )?(?:name|title|label|heading|keyword|term|lead-in|header)s?\b",
    re.I,
)
"""Items that begin with a name in bold."""
NAMES = ("Planning", "Cost", "Time", "Quality", "Tools", "Support", "Training", "Scope")


def write_items(question: Question, count: int) -> list[str]:
    """Return items, each with an emoji if the prompt wants emoji."""
    items = limit_items(find_items(question, count), question)
    if BOLD_NAMES.search(question.wish):
        items = [
            f"**{name}:** {item.replace('**', '')}"
            for name, item in zip(cycle(NAMES), items, strict=False)
        ]
    if not wants_emoji(question):
        return items
    return [f"{EMOJIS[at % len(EMOJIS)]} {item}" for at, item in enumerate(items)]


def find_items(question: Question, count: int) -> list[str]:
    """Return items: facts of the given text, known things, or advice about the topic.

    Args:
        count: 0 for as many as the text has facts, else five.
    """
    if question.material:
        from mockgem.operations.forms.sources import split_sentences

        entities = list_entities(question)
        facts = entities or [
            sentence.rstrip(".。") for sentence in split_sentences(question.material)
        ]
        if len(facts) >= max(count, 2):
            return facts[: count or 12]
    count = count or 5
    if not question.material and (invented := invent_things(question, count)):
        return invented
    if local := find_local_things(question.instruction, question.language):
        return local[:count]
    writer = Writer(question)
    if (
        any(
            things not in ("", "*") and pattern.search(question.instruction)
            for pattern, things in COMPILED
        )
        and len(question.instruction) < 160
    ):
        return (
            list_things(question, count)
            if question.language == "en"
            and not re.search(
                r"\b(?:tips|reasons|benefits|ideas|steps|ways)\b", question.instruction, re.I
            )
            else [writer.write_item() for _ in range(count)]
        )
    return [decorate(writer.write_item(), at, writer) for at in range(count)]


def decorate(item: str, at: int, writer: Writer) -> str:
    """Set what every other item is about in bold, as models do."""
    for name in (writer.first, writer.second) if at % 2 == 0 else ():
        if name in item:
            return item.replace(name, f"**{name}**", 1)
    return item
