"""Quotes: invented ones with an author, and sentences of the given text."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_names import invent_person
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentence_ends import end
from mockgem.operations.forms.short_texts import WRITE
from mockgem.operations.forms.sources import choose_sentence, split_sentences
from mockgem.operations.forms.writing import Writer

QUOTE = make_regex(
    r"(?<!\bno )(?<!without )(?<!\bin )\b(?:block ?quotes?|quotation|quotes?|zitat|cita|citation"
    r"|citazione)\b",
    re.I,
)


BLOCK_QUOTE = make_regex(
    r"\b(?:as|in|formatted|format) [^.\n]{0,20}block ?quote|\b(?:share|find|tell|quote) ", re.I
)


@form(
    "quote",
    "Write a quote about patience as a blockquote.",
    words="blockquote quote quotes quotation block zitat cita citation citazione",
    about="a Markdown quote with an author",
)
def write_quote(question: Question) -> str | None:
    if (
        not QUOTE.search(question.layout)
        or not (
            WRITE.search(question.instruction)
            or CITES.search(question.instruction)
            or BLOCK_QUOTE.search(question.instruction)
        )
        or question.asks_how
        or re.search(r"\b(?:e-?mails?|letter)\b", question.instruction, re.I)
    ):
        return None
    if question.material:
        return quote_from(question)
    writer = Writer(question)
    has_topic = ABOUT_TOPIC.search(question.instruction) is not None or question.language != "en"
    text = writer.write_sentence() if has_topic else question.random.pick(SAYINGS)
    if IN_MARKS.search(question.wish):
        return f"“{text}” — {invent_person(question)}"
    return f"> {text}\n>\n> — {invent_person(question)}"


ABOUT_TOPIC = make_regex(r"\b(?:about|on|for|from|by)\b", re.I)
IN_MARKS = make_regex(r"\b(?:quotation marks|quotes around|double quotes)\b", re.I)
SAYINGS = (
    "A small step in the right direction is still a step.",
    "Whoever asks the way gets lost less often.",
    "The best time to begin was yesterday; the second best is before lunch.",
    "Doubt is heavy, so carry it only as far as the door.",
    "Courage is often just patience with its shoes on.",
    "What you repeat with care, you will one day do with ease.",
)
CITES = make_regex(
    r"(?<!\w)(?:copy|extract|find|pull|repeat|give|show)\b[^.\n]{0,12}\b(?:sentences?|passages?"
    r"|lines?|clauses?|words?)\b"
    r"|(?<!\w)(?:quote|cite|zitiere|cita|citer?|citeer|zacytuj) (?!(?:\w+ )?(?:sources?|fuentes?"
    r"|quellen?|fonti?|fontes?|bron\w*)\b)(?:the|one|an?|den|die|das|la|el"
    r"|una?|le"
    r"|il|de|het)?\b",
    re.I,
)


def quote_from(question: Question) -> str | None:
    """Return the sentence of the given text that a prompt wants to be quoted."""
    sentences = split_sentences(question.material)
    if not sentences or not CITES.search(question.instruction):
        return None
    return f"> {end(choose_sentence(sentences, question.instruction) or sentences[0])}"
