"""Product copy as a piece of HTML: "an <h2>, a <p> and a <ul> with 3 features"."""

from __future__ import annotations

import html
import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

TAG = make_regex(r"<(h[1-6]|p|ul|ol|blockquote|strong)>|\b(h[1-6])\b")
ABOUT = make_regex(
    r"\b(?:for|about|describing|on) (?:an? |our |the )?(?P<what>[^.,:;(<\n]{3,60}?)(?=[.,:;(<\n]"
    r"| with\b| using\b|\s*\Z)",
    re.I,
)
WISH = make_regex(r"\b(?:html)\b", re.I)
KIND = make_regex(
    r"\b(?:copy|description|snippet|fragment|text|paragraph|section|blurb|summary|article|intro)\b",
    re.I,
)
COUNT = make_regex(
    rf"\b({NUMBER}) (?:[\w-]+ )?(?:features?|benefits?|items?|bullets?|points?|<li>s?|reasons?"
    rf"|tips?)",
    re.I,
)
OTHER_WISH = make_regex(
    r"\b(?:page|form|table|css|javascript|email|button|nav|website|convert)\b", re.I
)


@form(
    "piece of HTML",
    "Write HTML product copy for a ceramic mug: an <h2>, a <p> and a <ul> with 3 features",
    words="html",
    about="the elements that the prompt names, with texts about its topic",
)
def write_fragment(question: Question) -> str | None:
    wish = question.instruction
    if not (WISH.search(wish) and KIND.search(wish)) or question.language != "en":
        return None
    if OTHER_WISH.search(wish) or question.material:
        return None
    tags = list(dict.fromkeys(first or second.lower() for first, second in TAG.findall(wish)))
    if len(tags) < 2:
        return None
    about, counted = ABOUT.search(wish), COUNT.search(wish)
    topic = about["what"].strip() if about else question.topic
    count = parse_count(counted[1], 12) if counted else 3
    features = list_features(question.random.draw_below(len(FEATURES)), count)
    return "\n".join(write_element(tag, topic, features) for tag in tags if tag != "strong")


def write_element(tag: str, topic: str, features: list[str]) -> str:
    if tag in ("ul", "ol"):
        items = "\n".join(f"  <li>{html.escape(one)}</li>" for one in features)
        return f"<{tag}>\n{items}\n</{tag}>"
    if tag.startswith("h"):
        return f"<{tag}>{html.escape(topic[:1].upper() + topic[1:])}</{tag}>"
    text = (
        f"{topic[:1].upper()}{topic[1:]} that you will enjoy every day: well made and easy to use."
    )
    return f"<{tag}>{html.escape(text)}</{tag}>"


FEATURES = (
    "Made from durable materials",
    "Easy to clean and care for",
    "A timeless design that fits anywhere",
    "Comfortable to use every day",
    "Carefully packed for safe delivery",
    "A thoughtful gift for friends and family",
    "Tested for quality before it ships",
    "Free returns within 30 days",
    "Designed to last for years",
    "Available in several colours",
    "Light enough to take along",
    "Backed by friendly support",
)


def list_features(start: int, count: int) -> list[str]:
    """Return features that fit many products, from one of them on."""
    return [FEATURES[(start + at) % len(FEATURES)] for at in range(count)]
