"""Slides in a form that the prompt shows: "Slide 1: <title>" with bullets below it."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.plans import SLIDE_TITLES
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.writing import Writer

SHOWN = make_regex(
    r"^(?P<mark>[#*]{0,3} ?\*{0,2})Slide (?:1|N|X|<\w+>|\{\w+\}|\[\w+\])(?P<sep>\**[:.–-]\**) ?"
    r"[<\[{(]?[^\n]{1,40}\n(?P<lines>(?:[ \t]{0,8}[-*•] [^\n]{1,60}(?:\n|\Z)){1,8})",
    re.M | re.I,
)
QUOTED = make_regex(
    r"[\"“'`](?P<mark>[#*]{0,3} ?)Slide (?:1|N|X|#|<\w+>)(?P<sep>[:.–-]) ?[<\[{]?\w[^\"”'`\n]{1,30}"
    rf"[\"”'`](?:[^.\n]{{0,30}}?\b(?P<count>{NUMBER}) (?:short )?(?:bullets?|bullet points"
    r"|points))?",
    re.I,
)
"""The form in the text: '"Slide N: Title" followed by 3 bullet points'."""
ABOUT = make_regex(r"\b(?:on|about) ([a-z][^.\n,:\"]{3,60}?)(?= with\b| in\b|[.,:\n]|\s*\Z)", re.I)
COUNT = make_regex(rf"\b({NUMBER})[- ](?:[a-z]+ )?slides?\b", re.I)
TOPIC = make_regex(r"\A\W*(?:topic|subject|theme|title)\s?:\s*", re.I)
MOST = 30
USUAL = 5


@form(
    "slides in a shown form",
    "Make 2 slides about tea. Format:\n\nSlide 1: <title>\n- bullet\n- bullet",
    words="slide slides",
    about="as many slides as are wanted, in the form that the prompt shows",
)
def write_shown_slides(question: Question) -> str | None:
    shape = read_shape(question.whole[:6000]) if question.language == "en" else None
    if shape is None:
        return None
    mark, sep, bullets = shape
    is_in_system = read_shape(question.system[:6000]) is not None
    about = ABOUT.search(question.instruction)
    topic = about[1] if about else question.topic
    topic = TOPIC.sub("", question.prompt.strip()) if is_in_system else topic
    topic = topic.strip(" .").split("\n")[0]
    counted = COUNT.search(question.prompt if not is_in_system else question.whole)
    count = parse_count(counted[1], MOST) if counted else USUAL
    writer = Writer(Question(f"Create slides about {topic}.", question.random))
    titles = [*SLIDE_TITLES[: count - 1], "Summary"] if 1 < count <= len(SLIDE_TITLES) else []
    titles = titles or [SLIDE_TITLES[at % len(SLIDE_TITLES)] for at in range(count)]
    named = topic[:1].upper() + topic[1:]
    return "\n\n".join(
        f"{mark}Slide {at}{sep} {title.format(topic=named)}\n"
        + "\n".join(f"- {writer.write_item()}" for _ in range(bullets))
        for at, title in enumerate(titles, 1)
    )


def read_shape(text: str) -> tuple[str, str, int] | None:
    """Return the mark before a slide's number, the one after it, and how many bullets it has."""
    if shown := SHOWN.search(text):
        return shown["mark"], shown["sep"], len(shown["lines"].strip().splitlines())
    if quoted := QUOTED.search(text):
        return quoted["mark"], quoted["sep"], parse_count(quoted["count"] or "3", 10)
    return None
