"""Posts for LinkedIn and Facebook about something that the writer has done or learned."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.generators.prompt_analysis import keywords_of

POST = make_regex(
    r"\b(?:linkedin|facebook) (?:post|update|announcement)s? (?:about|on|announcing|sharing"
    r"|celebrating|that (?:announces|celebrates|shares)) (?P<about>[^.\n]{3,120})",
    re.I,
)
PERSONAL = make_regex(
    r"\b(?:my|finishing|completing|starting|joining|becoming|getting|passing|running|learning|leaving"
    r"|graduating|launching|publishing|winning|reaching)\b",
    re.I,
)
PARAGRAPHS = make_regex(rf"\b({NUMBER})(?: short)? paragraphs?\b", re.I)
HASHTAGS = make_regex(rf"\b(?:({NUMBER}|some|a few) )?(?:relevant )?hash ?tags?\b", re.I)
ASKS = make_regex(
    r"\b(?:end|finish|close|conclude)\w*\b[^.\n]{0,30}\bquestion\b|\bask\w*\b[^.\n]{0,30}\breaders\b",
    re.I,
)
MOST = 8
USUAL_PARAGRAPHS = 3
TAGS = ("Milestone", "Motivation", "Growth", "Learning", "Community")
MIDDLE = (
    "It took more patience than I had planned, some early mornings and a few setbacks. Looking "
    "back, the small steps on ordinary days made the difference.",
    "Three things helped me most: a simple plan, people who cheered me on, and the courage to"
    " start before I felt ready.",
    "Thank you to everybody who supported me on the way. You know who you are!",
    "What I take with me: progress is rarely a straight line, and that is fine.",
    "If you are thinking about something similar, start small and start now.",
)
QUESTION = "What is a goal that you are proud of this year?"


@form(
    "personal post",
    "Write a LinkedIn post about finishing my first half marathon. 3 paragraphs, end with a"
    " question and two hashtags.",
    words="linkedin facebook",
    about="a post in the first person, with the paragraphs, the question and the hashtags wanted",
)
def write_personal_post(question: Question) -> str | None:
    text = question.stated[:1_500]
    match = POST.search(text) if question.language == "en" and not question.material else None
    if match is None or not PERSONAL.search(match["about"]):
        return None
    about = re.split(r"(?:,| with | in \d| using )", match["about"])[0].strip(" \"'“”")
    counted, tagged = PARAGRAPHS.search(text), HASHTAGS.search(text)
    count = parse_count(counted[1], MOST) if counted else USUAL_PARAGRAPHS
    parts = [write_first(about, match[0]), *MIDDLE][: max(1, count)]
    if ASKS.search(text):
        parts[-1] = QUESTION if count > 1 else f"{parts[-1]} {QUESTION}"
    if EMOJI.search(text):
        parts = [f"{one} {mark}" for one, mark in zip(parts, MARKS * MOST, strict=False)]
    if tagged is not None:
        wanted = tagged[1] or ""
        tags = parse_count(wanted, MOST) if wanted and wanted not in ("some", "a few") else 3
        parts.append(" ".join(make_tags(about)[:tags]))
    return "\n\n".join(parts)


EMOJI = make_regex(r"\bemojis?\b", re.I)
MARKS = ("🎉", "💪", "🙏", "🚀")
ANNOUNCES = make_regex(r"\bannounc\w+|\bcelebrat\w+", re.I)


def write_first(about: str, wish: str) -> str:
    """Return the first paragraph: what happened, in the writer's words."""
    if ANNOUNCES.search(wish):
        return f"I'm happy to share some news with you: {about}!"
    whole = f"{about[:1].upper()}{about[1:]}"
    is_deed = about.split(" ")[0].lower().endswith("ing")
    return (
        f"{whole} is one of my favourite moments of this year."
        if is_deed
        else f"Today I want to share something about {about}."
    )


def make_tags(about: str) -> list[str]:
    """Return hashtags of the words of a post, then usual ones."""
    words = [word for word in keywords_of(about) if not word.lower().endswith("ing")]
    own = (
        ["".join(word.capitalize() for word in words[-2:])]
        if len(words) > 1
        else [word.capitalize() for word in words]
    )
    return [f"#{one}" for one in dict.fromkeys([*own, *TAGS])]
