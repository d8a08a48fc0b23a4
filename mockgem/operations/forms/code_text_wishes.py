"""Prompts that name a language and want a text about it, not a program."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

LEARNING = make_regex(
    r"\b(?:links?|resources|books?|courses?|tutorials?|videos?|channels?|podcasts?|blogs?|roadmap"
    r"|newsletters?|websites?|communities|certifications?)\b[^.\n]{0,30}\b(?:to|for|about|on)\s"
    r"(?:learn\w*|stud\w+|master\w*|beginners?|start\w*|get\w*)\b"
    r"|\b(?:learn|learning|study|studying|studies)\s(?:the )?(?:basics of )?[\w+#.]+\b(?=[^.\n"
    r"]{0,40}"
    r"\b(?:links?|resources?|books?|courses?|plan|roadmap|tips|steps|weeks|months|days)\b)"
    r"|\b(?:plan|tips|steps|reasons|roadmap|schedule|motivation|advice|ways)\b[^.\n]{0,24}"
    r"\b(?:to|for|of) (?:learn|learning|study|studying)\b",
    re.I,
)
"""What people want for learning a language, which is not a program."""
TEXT_ABOUT = make_regex(
    r"\b(?:poem|haiku|limerick|song|rap|joke|puns?|essay|story|tweet|article|blog post|slogan"
    r"|riddle"
    r"|linkedin post|speech|lyrics|meme|caption)\b[^.\n]{0,20}\b(?:about|on|for|of|titled)\b",
    re.I,
)
"""A text whose topic is a language: "a haiku about Python code"."""
SHOWS_TEXT = make_regex(
    r"\b(?:web ?(?:site|page)|html|app|button|function|script|program|component|bot|api"
    r"|endpoint)\b",
    re.I,
)
SHOWS_CODE = make_regex(r"\b(?:code|snippets?|functions?|scripts?|component|class|page)\b", re.I)


def wants_text(text: str) -> bool:
    """Return whether a text wants a poem or a story, not a program that shows one."""
    match = TEXT_ABOUT.search(text)
    return match is not None and not SHOWS_TEXT.search(text[: match.start()])


def wants_to_learn(text: str) -> bool:
    """Return whether a text wants books or a plan for learning a language, and no program."""
    return LEARNING.search(text) is not None and not SHOWS_CODE.search(text)
