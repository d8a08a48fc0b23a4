"""A tagline or slogan for a business, with the name and kind that the conversation gives it."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import parse_count
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.short_texts import EXACT, MAX_WORDS

WISH = make_regex(
    r"\W*(?:(?:please|now|ok|okay|great|perfect|nice|(?:i )?(?:love|like) (?:it|that)|sounds good"
    r"|that['’]s (?:great|perfect)|can you|could you|i need|we need)[ ,.!]{1,2}){0,3}"
    r"(?:write|give|create|suggest|make|generate|come up with|think of|propose|craft)?(?: me| us)?"
    r" ?(?:an?|one|the|another)? ?(?:[a-z-]+,? ){0,3}(?:tagline|slogan|motto)\b",
    re.I,
)
KIND = make_regex(
    r"\b(?:my|our|an?|the|this|new) ((?:(?!for\b|of\b|tagline\b|slogan\b|motto\b)[a-z-]+ )"
    r"{0,3}?(?:shop|store|bakery|caf[eé]|coffee shop"
    r"|restaurant|bar|hotel|gym|salon|studio|school|agency|clinic|bookstore|bookshop|farm|market"
    r"|pizzeria|brewery|florist|spa|food truck|bank|garage|museum|library|garden center))\b",
    re.I,
)
CALLED = make_regex(
    r"\b(?i:called|named|name is|name of) [\"“']?([A-Z][\w'’&-]*"
    r"(?: (?:&|and|of|the)? ?[A-Z][\w'’&-]*){0,3})"
)
FOR = make_regex(
    r"\b(?:tagline|slogan|motto)\b[^.\n]{0,30}? (?:for|about|of) ([^.,:;\n]{3,60})", re.I
)
ARTICLE = make_regex(r"^(?:an?|the|my|our|your|this|new|local|small|called)\s", re.I)
PLACES = (
    "The {kind} that feels like home.",
    "Good days begin at our {kind}.",
    "Your neighborhood {kind}, made with love.",
)
NAMED = (
    "{name}: the {kind} that makes you smile.",
    "Good days begin at {name}.",
    "{name}: come in, feel at home.",
)
THINGS = (
    "{topic}, made for every day.",
    "Feel the difference: {topic}.",
    "{topic}: small step, big smile.",
)


@form(
    "slogan",
    "Write a catchy slogan for my bakery.",
    words="tagline slogan motto",
    about="one line with the name or the kind of the business",
)
def write_slogan(question: Question) -> str | None:
    prompt = question.prompt
    if question.language != "en" or len(prompt) > 600 or WISH.match(prompt) is None:
        return None
    if wants("json", question) or question.material or EXACT.search(prompt):
        return None
    said = [prompt, *(text for role, text in reversed(question.earlier) if role == "user")]
    texts = (CALLED.search(text) for text in said)
    name = next((match[1] for match in texts if match), "") or find_offered_name(question)
    kinds = [ARTICLE.sub("", match[1]) for text in said if (match := KIND.search(text))]
    kind = max(kinds, key=len, default="")
    about = FOR.search(prompt)
    topic = shorten_topic(about[1]) if about else ""
    lines = (
        NAMED
        if name and kind
        else NAMED[1:]
        if name
        else PLACES
        if kind
        else THINGS
        if topic
        else ()
    )
    if not lines:
        return None
    filled = [one.format(name=name, kind=kind, topic=topic) for one in lines]
    match = MAX_WORDS.search(prompt)
    most = parse_count(next(filter(None, match.groups())), 30) if match else 12
    fitting = [line for line in filled if len(line.split()) <= most] or [shorten(filled[0], most)]
    line = str(question.random.pick(fitting))
    return line[:1].upper() + line[1:]


OFFERED = make_regex(r"[\"“*]+([A-ZÀ-Þ][\w'’&-]*(?: [\w'’&-]+){0,3})[\"”*]+")
AGREED = make_regex(r"\W*(?:i )?(?:love|like|great|perfect|nice|sounds|that['’]s|ok|yes)\b", re.I)


def find_offered_name(question: Question) -> str:
    """Return the only name in quotation marks of the last reply, if the user agrees to it."""
    replies = question.list_said("model")
    names = set(OFFERED.findall(replies[-1])) if replies else set()
    return names.pop() if len(names) == 1 and AGREED.match(question.prompt) else ""


def shorten_topic(text: str) -> str:
    """Return the thing that a slogan is for: "an eco-friendly water bottle" without the article."""
    plain = re.split(r" (?:that|which|who|called|named|with|in|using|aimed)\b", text)[0]
    return ARTICLE.sub("", ARTICLE.sub("", plain.strip()))


def shorten(line: str, most: int) -> str:
    return f"{' '.join(line.split()[:most]).rstrip('.,:')}."
