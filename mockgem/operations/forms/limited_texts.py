"""Texts with a limit of characters: alternative texts of images, titles and descriptions."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.writing import Writer

LIMITED = make_regex(
    r"((?:[A-Za-z]+ ){0,2}[A-Za-z]+) \((?:(?:max(?:imum)?|up to|under|at most|no more than)\.? ?)?"
    r"(\d{2,4}) (?:characters?|chars?)(?: max\w*)?\)",
    re.I,
)
NOT_LABEL = make_regex(r"^(?:(?:write|create|generate|give|me|and|an?|the|with|one|plus)\s)+", re.I)


@form(
    "texts with limits",
    "Write a headline (max 30 characters) and a description (max 90 characters) for an ad for tea.",
    words="characters character chars char",
    about="a labelled line for each text, with at most as many characters as the prompt allows",
)
def write_limited(question: Question) -> str | None:
    found = LIMITED.findall(question.instruction[:3000])
    if len(found) < 2 or re.search(r"\bjson\b", question.wish, re.I):
        return None
    writer = Writer(question)
    lines: list[str] = []
    for name, most in found[:9]:
        label = NOT_LABEL.sub("", name)
        text = f"{question.topic[:1].upper()}{question.topic[1:]}" if not lines else ""
        text = text or writer.write_sentence()
        short = text if len(text) <= int(most) else text[: int(most) - 1].rsplit(" ", 1)[0] + "…"
        lines.append(f"{label[:1].upper()}{label[1:]}: {short}")
    return "\n".join(lines)


ALT_TEXT = make_regex(
    r"\balt(?:ernative)?[- ]?(?:text|attribute|tag|description)s?\b"
    r"(?:[^.\n:]{0,40}?\b(?:for|of|describing)\b|\s?:|[^.\n:]{0,60}:)\s(\S[^\n]{2,400})",
    re.I,
)
ALT_WISH = make_regex(
    r"\b(?:write|generate|create|produce|provide|return|reply with|respond with)\b[^.\n]{0,40}"
    r"\balt(?:ernative)?[- ]?(?:text|attribute|tag|description)s?\b",
    re.I,
)
OF_IMAGE = make_regex(
    r"^(?:this |the |an? |my |our )?(?:[a-z]+ )?(?:image|picture|photo(?:graph)?|screenshot"
    r"|illustration|banner|thumbnail|img)s?\b(?: \w+)?(?:\s?[:,]|\s(?:of|showing|with|that shows"
    r"|where|in which|depicting))\s",
    re.I,
)
"""What stands before the content of an image: "an image of", "a product photo: "."""
SENTENCE = make_regex(
    r"[.!?]\s|\n|[,;(] ?(?:max|at most|up to|under|no more than|only|just)\b", re.I
)
MOST_CHARACTERS = make_regex(r"(\d{2,3})[- ]?char", re.I)
USUAL_MOST = 125
"""Characters that screen readers read without a break."""


@form(
    "alternative text",
    "Write alt text for a photo of a dog running on a beach.",
    words="alt alternative",
    about="what an image shows, in one sentence within the limit",
)
def describe_image(question: Question) -> str | None:
    match = ALT_TEXT.search(question.prompt[:2000])
    is_standing = ALT_WISH.search(question.system) is not None and "?" not in question.prompt
    if not (match or is_standing) or question.asks_how or question.language != "en":
        return None
    stated = (match[1] if match else question.prompt[:400]).strip(" \"'“”")
    shown = OF_IMAGE.sub("", SENTENCE.split(stated, maxsplit=1)[0])
    shown = re.sub(r",? (?:please|pls|thanks)$", "", shown.strip(" .\"'“”"), flags=re.I)
    if len(shown.split()) < MIN_WORDS or re.search(r"\b(?:json|html|table)\b", question.wish, re.I):
        return None
    limit = MOST_CHARACTERS.search(question.wish)
    most = int(limit[1]) if limit else USUAL_MOST
    text = f"{shown[:1].upper()}{shown[1:]}."
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;") + "."


MIN_WORDS = 3
