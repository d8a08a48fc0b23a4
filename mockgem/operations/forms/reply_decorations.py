"""Rules for every reply about its emoji and hashtags: one emoji per paragraph, three hashtags."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.decorations import EMOJIS
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.short_texts import make_hashtags
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.topic_emojis import OTHER, choose_emoji

EMOJI_EACH = make_regex(
    r"[,;]?(?: (?:and|with))? ?\b(?:(?:use|add|put|include|with|have) )?(?:exactly )?"
    r"(?:an?|one|1|a single)(?: (?:fitting|relevant|matching|single|fun))? emoji (?:per|for each"
    r"|for every|in each|in every|to each|to every|at the (?:end|start) of (?:each|every))"
    r" (?P<part>paragraph|sentence|line|bullet(?: point)?|item|point)",
    re.I,
)
HASHTAGS = make_regex(
    rf"\b(?:end|ends|finish|close|conclude|include|add|use|append|put|with)\b[^.\n]{{0,40}}?"
    rf"\b({NUMBER}) (?:[a-z]+ ){{0,2}}hashtags\b",
    re.I,
)
TAG = make_regex(r"(?<!\w)#\w+")


def list_decorations(question: Question) -> list[Callable[[str], str]]:
    """Return the changes that put emoji or hashtags where a rule wants them."""
    changes: list[Callable[[str], str]] = []
    if match := EMOJI_EACH.search(question.wish):
        changes.append(partial(put_emoji_in_each, match["part"].lower()))
    if match := HASHTAGS.search(question.system):
        tags = make_hashtags(question, parse_count(match[1], 15))
        changes.append(partial(put_hashtags, tags))
    return changes


def put_hashtags(tags: list[str], text: str) -> str:
    """Return a text that ends with as many hashtags as a rule wants."""
    own = list(dict.fromkeys(TAG.findall(text)))
    chosen = [*own, *(tag for tag in tags if tag not in own)][: len(tags)]
    rest = TAG.sub("", text).rstrip()
    return f"{rest}{chr(10) * 2 if chr(10) in rest else ' '}{' '.join(chosen)}"


def put_emoji_in_each(part: str, text: str) -> str:
    """Return a text with one emoji at the end of each paragraph, sentence or line."""
    for emoji in EMOJIS:
        text = text.replace(f" {emoji}", "").replace(emoji, "")
    space = {"paragraph": "\n\n", "sentence": " "}.get(part, "\n")
    pieces = split_sentences(text) if part == "sentence" else text.split(space)
    kept = [piece.rstrip() for piece in pieces if piece.strip()]
    return space.join(f"{one} {choose(one, at)}" for at, one in enumerate(kept))


def choose(text: str, at: int) -> str:
    emoji = choose_emoji(text)
    return EMOJIS[at % len(EMOJIS)] if emoji == OTHER else emoji
