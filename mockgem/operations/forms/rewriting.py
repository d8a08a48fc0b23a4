"""Corrected and rewritten texts: the given sentences, tidied, and nothing about them."""

from __future__ import annotations

import re

from mockgem.operations.forms.given_text import CJK, end
from mockgem.operations.forms.language_detection import detect
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.lengths import find_length
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.writing import Writer

REWRITES = make_regex(
    r"\b(?:fix|correct|proofread|rewrite|rephrase|paraphrase|reword|polish|improve|edit|korrigiere"
    r"|verbessere|umformulieren|formuliere|corrige|reescribe|reformule|réécris|correggi|riscrivi"
    r"|corrija|reescreva|verbeter|herschrijf|popraw|düzelt|perbaiki)\b",
    re.I,
)
IS_PROGRAM = make_regex(r"[{};]\s*$|^\s*(?:def|class|import|function|const|let|var|SELECT)\b", re.M)
CORRECTOR = make_regex(
    r"\b(?:proof ?reader|spell ?checker|corrector|grammar checker|editor|corrected text"
    r"|rewrite (?:the|every|each|all))\b"
    r"|Rewrite the text\.",
    re.I,
)
"""What a system instruction says that wants each message back, rewritten."""
CONTRACTIONS = {
    make_regex(rf"\b({word})nt\b", re.I): r"\1n't"
    for word in ("do", "does", "did", "is", "was", "could", "would")
}


@form(
    "rewritten text",
    "Fix the grammar: she dont like apples",
    words="fix correct proofread rewrite rephrase paraphrase reword polish improve edit korrigiere"
    " verbessere umformulieren formuliere corrige reescribe reformule réécris correggi riscrivi"
    " corrija reescreva verbeter herschrijf popraw düzelt perbaiki",
    about="the sentences of the given text with capitals, full stops and single spaces",
)
def rewrite_text(question: Question) -> str | None:
    text = question.material
    if not text and REWRITES.search(question.system) and not REWRITES.search(question.prompt):
        text = question.prompt[:8000] if CORRECTOR.search(question.system) else ""
    if not text or not REWRITES.search(question.wish) or IS_PROGRAM.search(text):
        return None
    if find_length(question) is not None:
        return None
    is_same = question.requested_language == detect(text)
    if question.requested_language not in ("", question.written_language) and not is_same:
        return Writer(question).write_paragraph(len(split_sentences(text)[:50]))
    return "\n\n".join(map(tidy, filter(str.strip, text.split("\n\n")))) or None


def tidy(paragraph: str) -> str:
    """Return a paragraph with a capital and a full stop for each sentence."""
    for pattern, spelling in CONTRACTIONS.items():
        paragraph = pattern.sub(spelling, paragraph)
    sentences = [" ".join(one.split()) for one in split_sentences(paragraph)]
    space = "" if CJK.search(paragraph) else " "
    return space.join(end(one[:1].upper() + one[1:]) for one in sentences)
