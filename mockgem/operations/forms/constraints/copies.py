"""Constraints on what stands around a reply: an ending, the request before it, a second reply."""

from __future__ import annotations

import re
from functools import partial

from mockgem.operations.forms.constraints.draft import Draft
from mockgem.operations.forms.constraints.rows import Change, Step, constraint
from mockgem.operations.forms.lazy_patterns import make_regex

QUOTED = r"[\"“](?P<{}>[^\"”\n]{{2,160}})[\"”]"
END = r"\b(?:ends?|finish|finishes|conclude|close)\b[^.\n\"“]{0,60}?"
NOUN = r"(?:phrase|sentence|words|question)"
ENDING = make_regex(
    rf"{END}\bexact(?:ly)?(?: same)?(?: {NOUN})?(?: of)?:?\s*{QUOTED.format('quoted')}"
    rf"|{END}\bexact(?: same)? {NOUN}(?: of)?:?\s*"
    r"(?P<plain>[^\n\"“]{2,160}?[.?!](?=[\s.]|\Z)|[^\n\"“.?!]{2,80}\Z)"
    r"|\b(?:very (?:end|last sentence)|last (?:sentence|line|words?))\b[^.\n\"“]{0,60}?"
    r"\b(?:reads?|be|say|is)\b(?: exactly)?(?: like)?:?\s*"
    rf"(?:{QUOTED.format('read')}|(?<=: )(?P<bare>[^\n\"“]{{2,80}}))"
    rf"|{END} with:?(?: the| this)?(?: {NOUN})?:?\s*{QUOTED.format('with')}",
    re.I,
)


@constraint(
    "last words",
    'Tell me about bread. End your answer with the exact phrase "Bon appetit!".',
    ENDING,
    Step.ENDS,
    "end ends finish finishes conclude close very last",
)
def read_ending(match: re.Match[str]) -> Change | None:
    words = next((found for found in match.groups() if found), "").strip()
    is_exact = "exact" in match[0] or match["read"] or match["bare"]
    return partial(end_with, words) if is_exact or len(words.split()) >= SENTENCE else None


SENTENCE = 4
"""Words of an ending that is a sentence; shorter ones are words that the recogniser puts last."""


def end_with(words: str, draft: Draft) -> None:
    if not draft.text.rstrip().endswith(words):
        space = "\n\n" if "\n" in draft.text else " "
        draft.text = f"{draft.text.rstrip()}{space}{words}"


SIGNATURE = make_regex(
    r"\b(?i:sign|signed)\b(?: \w+){0,4}? (?:as|with|by|:) (?:the name )?[\"“'‘]?"
    r"(?P<name>[A-ZÀ-Þ][^\"”'’\n.,;]{1,40}?)[\"”'’]?(?=[.,;\n]|\Z)",
)
CHANGES = make_regex(r"\badd\b|\bsign it\b", re.I)
"""Words about an earlier reply, which another recogniser changes."""
CLOSING = make_regex(
    r"(?:(?:kind|best|warm) )?(?:regards|wishes)|sincerely|best|cheers|yours|thanks|greetings|love",
    re.I,
)


@constraint(
    "signature",
    "Write an email to our landlord about the heating. Sign as 'Lena from Flat 3'.",
    SIGNATURE,
    Step.ENDS,
    "sign signed",
)
def read_signature(match: re.Match[str]) -> Change | None:
    if CHANGES.search(match.string):
        return None
    return partial(sign_with, match["name"].strip())


def sign_with(name: str, draft: Draft) -> None:
    """Put a name below a text; below the closing of a letter it replaces the name there."""
    lines = draft.text.rstrip().split("\n")
    if name in lines[-1] or (len(lines) > 1 and CLOSING.match(lines[-2])):
        draft.text = "\n".join([*lines[:-1], name])
    else:
        draft.text = f"{draft.text.rstrip()}\n\n{name}"


COPIES = make_regex(
    r"\b(?:separat\w+|divid\w+|split)\b[^.\n]{0,60}?(?:\*{6,7}|\b(?:6|six) aste?risks?\b)"
    r"|\b(?:6|six) (?:\w+ )?aste?risk(?: symbols?|s)?\b",
    re.I,
)


@constraint(
    "two replies",
    "Why do cats purr? Give two different answers separated by six asterisks: ******",
    COPIES,
    Step.COPIES,
    "asterisk asterisks separate separated divide split",
)
def read_copies(match: re.Match[str]) -> Change | None:
    return add_second


def add_second(draft: Draft) -> None:
    """Add another reply below six stars."""
    lines = draft.writer.write_sentences(max(2, min(6, len(draft.list_sentences()))))
    draft.text = f"{draft.text.strip()}\n\n******\n\n{draft.writer.space.join(lines)}"


REPEATS = make_regex(
    r"\brepeat (?:exactly )?(?:the |this |my |all )?(?:exact |whole |entire |first )?"
    r"(?:request|prompt|question|sentence|text|line|it\b)s?\b(?=[^\n]{0,120}"
    r"\b(?:word (?:for|by) word|without change|then|first|before|beginning|as it is|exactly)\b)"
    r"|\bfirst,? repeat\b|\brepeat the (?:request|prompt|question) (?:above|below|itself)"
    r"|\b(?:do not|don['’]t|without) (?:say|change|write|output|add)\b[^.\n]{0,60}"
    r"\b(?:before repeating|repeating the|the request|before you)\b"
    r"|\bafter you (?:have )?repeat\w*|\bafter (?:that|this), you can\b",
    re.I,
)


@constraint(
    "the request first",
    "Write a joke about cows.\n\nFirst repeat the request above word for word, then give your "
    "answer.",
    REPEATS,
    Step.AROUND,
    "repeat repeating",
    holds_for_data=True,
)
def read_repetition(match: re.Match[str]) -> Change | None:
    return repeat_request


def repeat_request(draft: Draft) -> None:
    """Put the request above the reply, without the sentence that asks for this."""
    stated = draft.request.strip()
    if not draft.text.startswith(stated):
        draft.text = f"{stated}\n\n{draft.text}"
