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


GIVEN_QUOTE = make_regex(
    r"\W*(?:please |can you |could you )*(?:format|put|write|wrap|show|turn|make|render|set"
    r"|display)"
    r"\b[^:\n]{0,60}\b(?:this|the following|these|my"
    r"|the)\b[^:\n]{0,80}\bblock ?quotes?\b[^:\n]{0,80}:",
    re.I,
)
SAID_BY = make_regex(
    r"(?:\((?P<name>[^()\n]{2,60})\)|(?<=[.!?\"”] )[-–—]{1,2} ?(?P<dash>[^\n]{2,60}))\Z"
)
"""The author after a sentence: "Knowledge is power. (Francis Bacon)"."""
MAX_GIVEN = 2_000
MAX_AUTHOR = 80
"""Characters at the end of a given text among which its author stands."""


@form(
    "given text as a quote",
    "Format this sentence as a markdown blockquote and add the author below it: Patience wins."
    " (Nora Lind)",
    words="blockquote blockquotes block",
    about="the given sentences as a Markdown quote",
)
def quote_given(question: Question) -> str | None:
    match = GIVEN_QUOTE.match(question.prompt)
    if match is None:
        return None
    given = question.prompt[match.end() : match.end() + MAX_GIVEN].strip()
    if not given:
        return None
    said = SAID_BY.search(given, max(0, len(given) - MAX_AUTHOR))
    text = (given[: said.start()] if said else given).strip(' "“”')
    lines = [f"> {line}".rstrip() for line in text.splitlines()]
    if said:
        lines += [">", f"> — {said['name'] or said['dash']}"]
    return "\n".join(lines)


@form(
    "quote",
    "Write a quote about patience as a blockquote.",
    words="sentence blockquote quote quotes quotation block zitat cita citation citazione",
    about="a Markdown quote with an author",
)
def write_quote(question: Question) -> str | None:
    if (
        not (QUOTE.search(question.layout) or SENTENCE_WANTED.search(question.layout))
        or not (
            WRITE.search(question.instruction)
            or CITES.search(question.instruction)
            or BLOCK_QUOTE.search(question.instruction)
            or SENTENCE_WANTED.search(question.instruction)
        )
        or question.asks_how
        or re.search(r"\b(?:e-?mails?|letter)\b", question.instruction, re.I)
    ):
        return None
    if question.material:
        return quote_from(question)
    if question.language == "en" and (saying := find_saying(question.instruction.lower())):
        return format_quote(saying, question)
    writer = Writer(question)
    has_topic = ABOUT_TOPIC.search(question.instruction) is not None or question.language != "en"
    text = writer.write_sentence() if has_topic else question.random.pick(SAYINGS)
    return format_quote(text, question)


def format_quote(text: str, question: Question) -> str:
    named = AUTHOR.search(question.stated)
    author = named[1] if named else invent_person(question)
    if IN_MARKS.search(question.wish):
        return f"“{text}” — {author}"
    if IN_ITALICS.search(question.wish):
        return f"*{text}*\n\n— {author}"
    return f"> {text}\n>\n> — {author}"


AUTHOR = make_regex(
    r"\b(?i:quot\w+|sayings?|said|words)\b[^.\n]{0,30}? (?:by|from|of) "
    r"([A-ZÀ-Þ][\w.'-]+(?: (?:(?:de|da|van|von|le|la|of) )?[A-ZÀ-Þ][\w.'-]*\w){0,3})"
)
"""The author whom a prompt names: "a quote by Albert Einstein"."""


IN_ITALICS = make_regex(r"\b(?:in|with|as|use) italics?\b|\bitalici[sz]ed?\b", re.I)


def find_saying(text: str) -> str:
    """Return a saying about a subject that quotes are often about; empty for others."""
    return next((saying for words, saying in SUBJECTS.items() if re.search(words, text)), "")


SUBJECTS = {
    r"\bfail(?:ure|ing|s)?\b|\bmistakes?\b": "Failure is a lesson that sends its bill in advance.",
    r"\bsuccess": "Success is the sum of the mornings on which you began again.",
    r"\bfriend": "A friend hears what you leave out.",
    r"\blove\b": "Love is attention that asks for no receipt.",
    r"\bleader": "A leader is the one who carries the map and asks for directions.",
    r"\bcourage|\bbrave": "Courage is often just patience with its shoes on.",
    r"\bpatien": "Patience is speed that has learned to wait for its moment.",
    r"\bmotivat|\bperseveran|\bnever giv": "Keep going: the hill does not know how tired you are.",
    r"\bchange\b": "Change is the only guest who never rings twice.",
    r"\btime\b": "Time is kind to whoever uses it kindly.",
    r"\bteam ?work|\bteams?\b": "A team is many hands that agree on one knot.",
    r"\bhappi": "Happiness fits into small pockets.",
    r"\bcreativ": "Creativity is play that has found a table.",
    r"\blearn|\beducat|\bknowledge": "What you learn with joy stays without being asked.",
    r"\bhope": "Hope is a lamp that burns on very little oil.",
    r"\blife\b": "Life is written in pencil, so bring an eraser and a good heart.",
    r"\bnature": "Nature is never in a hurry and is never late.",
    r"\bwork\b": "Good work is a letter to someone you have not met.",
    r"\bdreams?\b": "A dream with a first step is called a plan.",
    r"\bkind": "Kindness is the only debt that makes both sides richer.",
}
"""Sayings of our own by the words of what they are about."""


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


QUOTE_MARKUP = make_regex(r"\bblock ?quote", re.I)
SENTENCE_WANTED = make_regex(
    r"\b(?:quote|copy|cite|repeat|extract|return)\b[^.\n]{0,60}?\b(?:one |exact |single "
    r"|whole )*sentence\b"
    r"[^.\n]{0,40}?\b(?:that (?:says|states|tells|mentions|describes|answers|explains|gives"
    r"|names)|which"
    r" (?:says|states|tells)|in which|where) (?P<about>[^\n]{5,200})",
    re.I,
)
"""A sentence that a prompt wants word for word: "the one sentence that says when …"."""


def quote_from(question: Question) -> str | None:
    """Return the sentence of the given text that a prompt wants to be quoted."""
    sentences = split_sentences(question.material)
    wanted = SENTENCE_WANTED.search(question.instruction)
    if sentences and wanted and not QUOTE_MARKUP.search(question.instruction):
        return choose_sentence(sentences, wanted["about"]) or sentences[0]
    if not sentences or not CITES.search(question.instruction):
        return None
    return f"> {end(choose_sentence(sentences, question.instruction) or sentences[0])}"
