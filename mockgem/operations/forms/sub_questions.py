"""Simpler questions of which a question consists: about each thing and each side of it."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

WISH = make_regex(
    r"\bsub-?(?:questions?|queries)\b|\bsimpler questions\b|\b(?:decompose|break(?: down)?)\b"
    r"[^\n]{0,40}\b(?:question|query)\b",
    re.I,
)
ASKED = make_regex(r"([A-Z][^\n?\"“”]{10,300})\?")
COMPARED = make_regex(
    r"\b(?:do|does|did|is|are) (?:the )?(.{3,60}?) (?:of|in) (.{2,40}?) compared? (?:with|to)"
    r" (?:those of |that of |the one of |the ones in |those in )?(.{2,40})$|"
    r"\b(?:compare|difference between) (?:the )?(.{3,60}?) (?:of|in) (.{2,40}?) (?:and|with|to)"
    r" (.{2,40})$",
    re.I,
)
TWO = make_regex(
    r"\b(?:compare|between|difference between|better,?|vs\.?) (?:the )?(.{2,40}?)"
    r" (?:and|or|with|to|vs\.?) (.{2,40}?)(?: (?:in terms of|for) (.{3,60}))?$",
    re.I,
)
EITHER = make_regex(
    r"\A(?:is|are) (.{2,40}?) or (.{2,40}?) (?:better|best|faster|cheaper)(?: for (.{3,60}))?\Z",
    re.I,
)
AND_PARTS = make_regex(r",? and (?=(?:how|what|why|when|where|who|which)\b)", re.I)


def ask_simpler(value: Any, question: Question) -> Any:
    """Return a list of questions about the parts of the question that a prompt gives."""
    if question.language != "en" or not WISH.search(question.whole[:3000]):
        return value
    asked = ASKED.findall(question.prompt[:4000])
    if not asked:
        return value
    simpler = list_questions(asked[-1])
    match value:
        case [str(), *_]:
            return fit(simpler, len(value))
        case dict():
            return {
                key: fit(simpler, len(item))
                if isinstance(item, list)
                and re.search(r"question|quer", key)
                and all(isinstance(one, str) for one in item)
                else item
                for key, item in value.items()
            }
    return value


def fit(questions: list[str], count: int) -> list[str]:
    return questions[: max(count, 2)]


def list_questions(asked: str) -> list[str]:
    """Return the questions in a question, the most important ones first."""
    match = COMPARED.search(asked)
    if match is not None:
        sides, first, second = match.group(1, 2, 3) if match[1] else match.group(4, 5, 6)
        parts = re.split(r"\s?,\s?(?:and )?(?:the )?|\sand (?:the )?", sides)
        told = [
            f"What is the {part} of {place} like?" for part in parts for place in (first, second)
        ]
        last = f"Where do {first} and {second} differ most?"
        return (
            [*told[:2], last, *told[2:]]
            if len(parts) == 1
            else [
                f"How does the {part} of {first} compare with that of {second}?" for part in parts
            ]
            + [last, *told]
        )
    two = EITHER.search(asked) or TWO.search(asked)
    if two is not None:
        side = two.group(two.re.groups)
        about = f" for {side}" if side else ""
        return [
            f"What are the main features of {two[1]}{about}?",
            f"What are the main features of {two[2]}{about}?",
            f"Where do {two[1]} and {two[2]} differ most?",
            f"Who is {two[1]} the better choice for?",
            f"Who is {two[2]} the better choice for?",
        ]
    parts = [part.strip() for part in AND_PARTS.split(asked) if part.strip()]
    told = [f"{part[:1].upper()}{part[1:]}?" for part in parts]
    topic = re.sub(
        r"\A\w+ (?:\w+ )?(?:do|does|did|is|are|was|were|can|should) ", "", parts[0], flags=re.I
    )
    more = [
        f"What has to be known about {topic}?",
        f"Which facts and figures are there about {topic}?",
        f"Which sources say something about {topic}?",
    ]
    return [*told, *more] if len(told) > 1 else [*more, *told]
