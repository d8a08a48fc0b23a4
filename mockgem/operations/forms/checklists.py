"""Checklists, things to get, pros and cons, frequent questions, links."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER
from mockgem.operations.forms.given_sections import split_sides
from mockgem.operations.forms.layout_words import (
    CHECKLIST,
    LIST_WISH,
    PROS_AND_CONS,
    find_count,
    has_count,
)
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_lists import MORE_CLAIMS, list_claims
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.writing import Writer
from mockgem.operations.generators import faker_pool

THING_LIST = make_regex(
    r"\b(?:shopping|grocery|packing|reading|wish|guest|bucket|task|watch|ingredients?)[ -]?list\b",
    re.I,
)
FAQ = make_regex(
    r"\bfaqs?\b|\bq ?& ?a\b|questions and answers|fragen und antworten|preguntas y respuestas", re.I
)
LINKS = make_regex(
    r"\b(?:with|include|and|provide|add)\b[^.\n]{0,20}\b(?:links?|urls?|hyperlinks)\b"
    r"|\blinks to\b|\b(?:as|in) (?:an? )?(?:markdown )?(?:hyper)?links?\b|\bmarkdown links?\b"
    rf"|\b(?:{NUMBER}|some|useful|good|a few) (?:[a-z]+ )?(?:links|urls)\b"
    r"|\bmit links\b|\bcon enlaces\b|avec des liens",
    re.I,
)
URL = make_regex(r"https?://[^\s)\]\"'<>]{4,200}")


@form(
    "checklist",
    "Make a checklist for moving house.",
    "Create a to-do list in markdown with checkboxes for a birthday party, 5 items.",
    words="checklist check checkbox checkboxes todo to-do do checkliste verificación "
    "comprobación tareas contrôle controllo lista",
    about="a list with check boxes",
)
def write_checklist(question: Question) -> str | None:
    if not CHECKLIST.search(question.layout):
        return None
    writer = Writer(question)
    return "\n".join(f"- [ ] {writer.write_item()}" for _ in range(find_count(question, 6)))


@form(
    "things to get",
    "Create a shopping list for pancakes.",
    words="list",
    about="a list of things in bullet points",
)
def write_things(question: Question) -> str | None:
    if not THING_LIST.search(question.instruction) or question.material:
        return None
    writer = Writer(question)
    if re.search(r"shopping|grocery|ingredient", question.instruction, re.I):
        things = faker_pool.WORD_LISTS["ingredient"] + ["olive oil", "onions", "bread", "apples"]
        return "\n".join(f"- {thing}" for thing in things[: find_count(question, 6)])
    return "\n".join(f"- {writer.write_item()}" for _ in range(find_count(question, 6)))


@form(
    "pros and cons",
    "List the pros and cons of working from home.",
    words="pros advantages vor ventajas avantages pro contro vantaggi vantagens voor wady zalety",
    about="two lists with headings",
)
def write_pros_and_cons(question: Question) -> str | None:
    if not PROS_AND_CONS.search(question.instruction):
        return None
    writer = Writer(question)
    lists = ["\n".join(f"- {item}" for item in side) for side in weigh(writer)]
    if (sides := split_sides(question.material)) is not None:
        lists = ["\n".join(f"- {one}" for one in side) for side in sides]
    return f"## {writer.pack.pros}\n\n{lists[0]}\n\n## {writer.pack.cons}\n\n{lists[1]}"


ADVANTAGES = (
    "{A} can save time once everything is set up",
    "{A} can cost less in the long run",
    "Many people already have experience with {a}",
    "There are many guides and offers to choose from",
    "It is easy to begin on a small scale",
    "The results are soon visible",
)
DISADVANTAGES = (
    "{A} may take time to get used to",
    "{A} may cost more at the beginning",
    "{A} may depend on things that you cannot control",
    "Quality differs a lot between offers",
    "It needs regular attention",
    "Mistakes are often noticed late",
)


def weigh(writer: Writer, count: int = 3) -> list[list[str]]:
    """Return advantages and disadvantages of the topic."""
    if writer.language != "en":
        start = writer.random.draw_below(MORE_CLAIMS)
        return [claims[start : start + count] for claims in list_claims(writer.language)]
    sides = (ADVANTAGES, DISADVANTAGES)
    more = [[writer.write_item() for _ in range(count - len(side))] for side in sides]
    thing = ACTION.sub("", writer.question.topic) or writer.first
    names = {"a": thing, "A": thing[:1].upper() + thing[1:]}
    return [
        [*(text.format(**names) for text in side[:count]), *rest]
        for side, rest in zip(sides, more, strict=True)
    ]


ACTION = make_regex(
    rf"^(?:the )?(?:{NUMBER} )?(?:pros|advantages|benefits) (?:and|&) (?:{NUMBER} )?(?:cons"
    r"|disadvantages|drawbacks) of ",
    re.I,
)


@form(
    "questions and answers",
    "Write a FAQ with three questions about our return policy.",
    words="faq faqs q questions fragen preguntas",
    about="questions in bold with answers",
)
def write_faq(question: Question) -> str | None:
    if not FAQ.search(question.instruction) or question.material:
        return None
    writer = Writer(question)
    topic = FAQ_FOR.sub("", question.topic)
    starts: tuple[str, ...] = (
        "What should I know about {}?",
        "How does {} work?",
        "Who can help with {}?",
        "When is the best time for {}?",
        "Where do I find {}?",
    )
    if writer.language != "en":
        starts = ("{}?",)
    pairs = [
        f"**{starts[at % len(starts)].format(topic)}**\n\n{writer.write_sentence()}"
        for at in range(find_count(question, 3))
    ]
    if QA_MARKS.search(question.instruction):
        pairs = [re.sub(r"^\*\*(.+)\*\*\n\n", r"**Q:** \1\n**A:** ", pair) for pair in pairs]
    return "\n\n".join(pairs)


FAQ_FOR = make_regex(
    r"^(?:an? |the )?(?:[\w-]+ ){0,2}(?:faqs?|q ?& ?a) (?:for|about|on|of) (?:an? |the )?", re.I
)
QA_MARKS = make_regex(r"\bQ:(?:\*\*)?[\s\S]{1,40}\bA:")
"""A pattern that shows how questions and answers are marked."""


@form(
    "links",
    "Recommend three websites about astronomy with links.",
    words="link links url urls hyperlinks enlaces",
    about="links in Markdown to pages of example.com",
)
def write_links(question: Question) -> str | None:
    if not LINKS.search(question.instruction) or not (
        URL.search(question.instruction)
        or LIST_WISH.search(question.instruction)
        or has_count(question)
    ):
        return None
    writer = Writer(question)
    if url := URL.search(question.instruction):
        name = re.sub(r"^www\.", "", url[0].split("/")[2])
        return f"{writer.write_sentence().rstrip('.')}; see [{name}]({url[0].rstrip('.,')})."
    slug = re.sub(r"[^a-z0-9]+", "-", question.topic.lower()).strip("-") or "page"
    return "\n".join(
        f"- [{writer.write_item()}](https://example.com/{slug}/{at})"
        for at in range(1, find_count(question, 3) + 1)
    )
