"""The text of a message behind labels: "Text: …", the lines of a record or a conversation."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.material_words import (
    LABEL_LINE,
    LAST_VERB,
    OTHER_LABEL,
    QUESTION_LINE,
    VERB_WORD,
)
from mockgem.operations.forms.quoted_material import (
    WHOLE_LINE,
    EdgeText,
)

LABEL_MARKS = ":：#"


def has_mark(text: str, marks: str) -> bool:
    return any(mark in text for mark in marks)


RECORD = make_regex(
    r"[^\n]{10,300}\b(?:json|ya?ml|xml|csv)\b[^\n]{0,300}[.!?] (?P<label>[A-Z][a-z]{2,15}): (?=\S)",
    re.I,
)
"""A command for data, and a label before the values: "… with title and author. Book: …"."""


ASKED_RECORD = make_regex(
    r"[^\n?:]{8,160}\? (?!Labels|Options|Categor|Choices|Answer|Keys|Fields|Form)"
    r"(?P<label>[A-ZÀ-Þ][a-zà-ÿ]{2,15}): (?=[^\s\[{<\"](?:[^\s\n]* ){8})"
)
"""A question, and a text behind a label: "When does it open? Notice: …"."""


def split_record(text: str) -> EdgeText | None:
    """Take the values behind a label in the same line as the command or the question."""
    one_line = "\n" not in text.strip()
    match = (RECORD.match(text) or ASKED_RECORD.match(text)) if one_line else None
    if match is None or not match["label"][0].isupper() or VERB_LABEL.match(match["label"]):
        return None
    return EdgeText(text[: match.start("label")], text[match.end() :])


VERB_LABEL = make_regex(
    r"(?:format|use|keys?|fields?|columns?|schema|example|output|structure|include|return|values?"
    r"|headers?|requirements?|note|rules?|constraints?)\Z",
    re.I,
)


def split_labels(text: str) -> EdgeText | None:
    """Split at lines such as "Review: …"; a line such as "Question: …" ends the material."""
    if not has_mark(text, LABEL_MARKS):
        return None
    match = LABEL_LINE.search(text) or OTHER_LABEL.search(text)
    if match is None or text[match.end() : match.end() + 1] in "<[{":
        return None
    if SPEAKER.match(match[0]) and len(SPEAKER.findall(text, match.start())) > 1:
        return None
    name = match[0].strip(" \t\n*:：")
    if any(f"{mark} {name}: " in text[match.end() :] for mark in ".!?"):
        return None
    if quote := WHOLE_LINE.match(text, match.end()):
        return EdgeText(f"{text[: match.start()]}\n{text[quote.end() :]}", quote[0])
    start = find_block_start(text, match.start())
    if start < match.start():
        match = RECORD_START.match(text, start) or match
    ends = [found.start() for found in QUESTION_LINE.finditer(text, match.end())]
    end = ends[0] if ends else find_last_instruction(text, match.end())
    return EdgeText(f"{text[: match.start()]}\n{text[end:]}", text[match.end() : end])


SPEAKER = make_regex(
    r"^[ \t*]*(?:user|human|customer|client|caller|guest|patient|student|employee|agent|assistant"
    r"|support|bot|doctor|teacher|operator|interviewer|candidate)[ *]*[:：]",
    re.I | re.M,
)
"""The beginning of a turn in a given conversation."""
RECORD_START = make_regex(r"(?=\S)")
RECORD_LINE = make_regex(
    r"[ \t]*(?:(?:title|url|link|id|source|author|date|name|page)[ ]?:|(?:result|document|source"
    r"|doc"
    r"|article|chunk|passage) ?#?\d{0,3}:?\s*\Z)",
    re.I,
)
"""A line of a search result before its text."""


def find_block_start(text: str, at: int) -> int:
    """Return where the lines about a search result begin that stand right before its text."""
    while at > 0:
        line = text.rfind("\n", 0, at - 1) + 1
        if not RECORD_LINE.match(text[line:at].rstrip("\n")):
            break
        at = line
    return at


def find_last_instruction(text: str, start: int) -> int:
    """Return where an instruction after a text begins, in a separate paragraph."""
    at = text.rfind("\n\n", start)
    if (
        at > start
        and not MAIL_HEADERS.fullmatch(text[max(start, at - MAX_HEADERS) : at].strip())
        and (len(text) - at < 400 or SHOWS_FORM.match(text, at))
        and not is_record(text[at:])
        and (VERB_WORD.search(text, at) or LAST_VERB.match(text, at) or "?" in text[at:])
    ):
        return at
    return len(text)


def is_record(paragraph: str) -> bool:
    """Return whether each line of a paragraph is a label with its value: "VAT 20% 25.30"."""
    lines = paragraph.strip().splitlines()
    return (
        len(lines) > 1 and all(map(RECORD_VALUE.match, lines)) and not ABOUT_FORM.search(paragraph)
    )


RECORD_VALUE = make_regex(
    r"[ \t*-]{0,4}[A-ZÀ-Þ][\w .&/()-]{1,30}(?::[ \t]*\S|[^\n]{0,20}\d[.,]\d\d(?!\d)[^\n]{0,6}\Z)"
)
ABOUT_FORM = make_regex(
    r"^[ \t*-]*(?:output|format|answer|question|response|respond|reply|return|task|instructions?"
    r"|rules?|language|tone|style|keys?|fields?|schema|use|include|query|options?|labels?"
    r"|categor\w+|max\w*|length|number of|target)\b|\bjson\b|:\s*\Z|\?",
    re.I | re.M,
)
"""Lines about the reply, and a question or an open label."""
SHOWS_FORM = make_regex(
    r"\s*(?:(?:please|you (?:should|must|will|may)|always|only) ){0,4}(?:respond|reply"
    r"|answer|return"
    r"|output)\b[^\n{]{0,120}(?:\n[^\n{]{0,60}){0,3}(?:```\w*\s*)?\{[^\n]{0,200}\n",
    re.I,
)
"""The beginning of a long paragraph that shows an object as the form of the reply."""
MAX_HEADERS = 400
MAIL_HEADERS = make_regex(
    r"(?:[^\n:]{0,40}\n)?(?:(?:from|to|cc|subject|date|sent|betreff|von|an):[^\n]{0,200}(?:\n"
    r"|\Z)){1,8}",
    re.I,
)
"""The first lines of a mail, whose text is below them."""
