"""Answers from a given text with a list of their sources below."""

from __future__ import annotations

import re

from mockgem.operations.forms.citations import TAIL, list_sources
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.given_text import find_answer
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sources import choose_sentence

WHICH = make_regex(
    r"\b(?:which|what|welche[rs]?|qué|quel(?:le)?|quale) (?:of the (?:\w+ )?)?(?:number of the )?"
    r"(?:notes?|documents?|docs?|paragraphs?|sources?|passages?|results?|chunks?|articles?|sections?"
    r"|texts?|statements?|snippets?|reviews?|excerpts?|files?|pages?|dokument|quelle|documento"
    r"|fuente)\b[^.?\n]{3,200}\?",
    re.I,
)


@form(
    "source that answers",
    "Note 1: Rain fell on Monday.\nNote 2: The MRI was clear.\n\nWhich note mentions the MRI?",
    words="which what welche welcher welches qué quel quelle quale",
    about="the number or the name of the source that the prompt asks for",
)
def name_source(question: Question) -> str | None:
    match = WHICH.search(question.instruction) if question.material else None
    sources = list_sources(question.material) if match else []
    if match is None or len(sources) < 2 or wants("json", question):
        return None
    blocks = [question.material[one.start : one.end].strip() for one in sources]
    best = choose_sentence(blocks, match[0]) or blocks[0]
    source = sources[blocks.index(best)]
    if question.is_terse:
        return source.mark
    return best.split("\n")[0]


@form(
    "answer with sources",
    "[1] The tower is 330 metres tall.\n[2] It stands in Lund.\n\nQuestion: How tall is the tower? "
    'End with a line "Sources:" and a list of the sources.',
    words="sources references citations urls source quellen fuentes fonti",
    about="the sentence of the given text that answers, and a list of its sources",
)
def answer_with_sources(question: Question) -> str | None:
    if not TAIL.search(question.wish) or wants("json", question):
        return None
    return find_answer(question)
