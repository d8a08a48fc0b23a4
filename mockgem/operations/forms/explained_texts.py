"""A given text explained: the same in simple words."""

from __future__ import annotations

import re

from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.layout_words import BULLETS, NUMBERED
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.lengths import find_length
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentence_ends import end
from mockgem.operations.forms.simple_words import simplify
from mockgem.operations.forms.sources import fit_words, split_sentences

TEXT = (
    r"(?:text|paragraph|passage|article|clause|section|sentence|quote|statement|contract|notice"
    r"|letter|e-?mail|abstract|message|document|terms|excerpt|policy)"
)
PLAIN = (
    r"(?:in|into|to|using) (?:very )?(?:plain|simple|simpler|easy|everyday|layman['’]?s) "
    r"(?:english|words|terms|language)|(?:to|for|like i['’]?m|as if i were) (?:an? |my )?(?:\d{1,2}"
    r"|five|six|seven|eight|ten|child|kid|beginner|layman|grandma)(?:[- ](?:years?|olds?|kids?"
    r"|beginners?)){0,3}"
)
WISH = make_regex(
    r"\A\W*(?:(?:please|can you|could you) ){0,3}(?:explain|simplify) (?:this"
    rf"|the(?: following)?|it)(?: {TEXT})?(?: below)?(?: to me)?(?:,? (?:so that [^:\n]{{3,50}}"
    rf"|{PLAIN})){{0,2}}\W*\Z|\A\W*what (?:does|do) (?:this|the(?: following)?"
    rf"|these)(?: {TEXT}s?)? mean(?: {PLAIN})?\W*\Z",
    re.I,
)
ASKED_FIRST = make_regex(
    rf"\A(\W*what (?:does|do) (?:this"
    rf"|the(?: following)?) {TEXT} mean(?: {PLAIN})?)\s?[?:]\s+(\S.{{40,}})",
    re.I | re.S,
)
"""A question about a text on the same line."""


@form(
    "explained text",
    "Explain this to a 7 year old:\n\nBees pollinate numerous plants. They obtain nectar from"
    " them.",
    "what does this clause mean in plain english? 4.2 Either party may terminate this agreement"
    " with thirty (30) days' written notice to the other party.",
    words="explain simplify mean",
    about="the given text in simple words",
)
def explain_text(question: Question) -> str | None:
    if question.language != "en" or question.written_language != "en" or question.results:
        return None
    wish, text = question.instruction.strip(), question.material.strip()
    if match := ASKED_FIRST.match(question.prompt.strip()[:4000]):
        wish, text = match[1], match[2]
    if len(text.split()) < LEAST or not WISH.match(wish) or is_program(text):
        return None
    if wants("json", question) or BULLETS.search(question.wish) or NUMBERED.search(question.wish):
        return None
    said = simplify(text.strip(" \"'“”"))
    limit = find_length(question)
    if limit is not None and limit[1] == "word":
        return fit_words(said, limit[0])
    if limit is not None and limit[1] == "sentence":
        return " ".join(map(end, split_sentences(said)[: limit[0]]))
    return f"In simple words: {end(said)}" if limit is None else None


LEAST = 7
"""Words of a text; fewer are a term."""


def is_program(text: str) -> bool:
    return (
        re.search(r"[{};]\s*$|```|^\s*(?:def|class|import|function|const|let|SELECT)\b", text, re.M)
        is not None
    )
