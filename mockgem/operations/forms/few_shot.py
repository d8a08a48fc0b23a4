"""Labels and lines like those of the examples in the prompt or of the earlier replies."""

from __future__ import annotations

import re

from mockgem.operations.forms.labels import choose
from mockgem.operations.forms.language_detection import detect
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

FEW_SHOT = make_regex(r"(?:^|\n)[ \t]*([^\n:]{1,40}):[ \t]*$")


@form(
    "examples",
    "Review: Great food!\nSentiment: positive\n\nReview: Slow service.\nSentiment: "
    "negative\n\nReview: Wonderful staff.\nSentiment:",
    about="a label like those of the examples in the prompt",
)
def continue_examples(question: Question) -> str | None:
    """Answer a prompt that ends with a label without a value, after examples of values."""
    text = question.prompt.rstrip()[-4000:]
    match = FEW_SHOT.search(text) if text.endswith(":") else None
    if match is None:
        return continue_arrows(text, question)
    name = match[1].strip()
    found = re.findall(rf"(?:^|\n)[ \t]*{re.escape(name)}:[ \t]*(\S[^\n]{{0,60}})(?=\n|$)", text)
    labels = list(dict.fromkeys(label.strip() for label in found))
    last = text[: match.start()].rpartition("\n\n")[2][-600:]
    if labels and (len(labels[0].split()) > 3 or len(found) < 2):
        return imitate_text(labels[0], question) if is_prompted(text, name) else None
    if len(found) < 2 or any(len(label.split()) > 3 for label in labels):
        return None
    if len(labels) == len(found) and all(map(CODE.fullmatch, labels)):
        return imitate_code(labels[0], last)
    return choose(labels, [""] * len(labels), last, question)


ARROWS = ("->", "=>", "→", "=", "|")
ARROW_START = make_regex(r"(?:^|\n)[ \t]*([^\n]{1,200}?)\s?(->|=>|→|=|\|)\s*$")


def continue_arrows(text: str, question: Question) -> str | None:
    """Answer a prompt that ends with "potato ->", after lines such as "apple -> fruit"."""
    match = ARROW_START.search(text) if text.endswith(ARROWS) else None
    if match is None:
        return None
    mark = re.escape(match[2])
    found = re.findall(rf"(?:^|\n)[^\n]{{1,200}}?\s?{mark}[ \t]*([^\s|][^\n|]{{0,60}})(?=\n)", text)
    if len(found) < 2 or any(len(label.split()) > 3 for label in found):
        return None
    labels = list(dict.fromkeys(label.strip() for label in found))
    return choose(labels, [""] * len(labels), match[1], question)


CODE = make_regex(r"(?!(?:YES|NO|TRUE|FALSE|POS|NEG|NEU|SPAM|HAM|GOOD|BAD)\Z)[A-Z]{2,6}")
"""An abbreviation that differs for each example, such as a ticker."""
SHOWS = make_regex(r"(?:input|output|q|a|question|answer|example|in|out)\Z", re.I)


def is_prompted(text: str, name: str) -> bool:
    """Return whether the label is one of examples: "Output:" after "Input: …"."""
    return (
        SHOWS.match(name) is not None
        and re.search(r"(?:^|\n)[ \t]*(?:input|q|question|in):", text, re.I) is not None
    )


def imitate_text(example: str, question: Question) -> str:
    """Return a line in the language and about as long as the output of an example."""
    from mockgem.operations.forms.writing import write_line

    return write_line(detect(example), len(example.split()), question)


def imitate_code(example: str, last: str) -> str:
    words = re.findall(r"[A-Za-z]+", last.rpartition(":")[2])
    return "".join(words).upper()[: len(example)] or example


@form("earlier replies", about="a label like those of the earlier replies in the conversation")
def continue_labels(question: Question) -> str | None:
    replies = [text.strip() for role, text in question.earlier if role != "user" and text.strip()]
    if len(replies) < 2 or any(
        len(text.split()) > 2 or len(text) > 24 or text[-1] in ".!?" for text in replies
    ):
        return None
    labels = list(dict.fromkeys(replies))
    return (
        choose(labels, [""] * len(labels), question.prompt[:2000], question)
        if len(labels) > 1
        else None
    )
