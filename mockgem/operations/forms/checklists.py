"""Checklists, things to get, pros and cons, frequent questions, links."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.given_sections import split_sides
from mockgem.operations.forms.layout_words import (
    CHECKLIST,
    LIST_WISH,
    PROS_AND_CONS,
    find_count,
    has_count,
)
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.linked_resources import list_resources
from mockgem.operations.forms.local_lists import MORE_CLAIMS, list_claims
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.served_questions import find_served
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.themes import find_theme
from mockgem.operations.forms.usual_things import list_usual_things
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
    "comprobación tareas contrôle controllo lista periksa kotak",
    about="a list with check boxes",
)
def write_checklist(question: Question) -> str | None:
    if not CHECKLIST.search(question.layout) and "- [ ]" not in question.stated:
        return None
    inline = INLINE.search(question.prompt[:2000])
    given = list_given(inline["items"] if inline else question.material)
    tasks = given or list_tasks(question, find_count(question, 6))
    return "\n".join(f"- [ ] {task}" for task in tasks)


INLINE = make_regex(
    r"\b(?:turn|convert|make|format|put|change)\b[^:\n]{0,60}\bcheck-?list\b[^:\n]{0,40}:\s*"
    r"(?P<items>[^\n,;]{2,80}[,;][^\n]+)",
    re.I,
)
"""Tasks on the line of the wish: "Turn this into a checklist: book flights, pack"."""


def list_given(text: str) -> list[str]:
    """Return the tasks of given notes: their lines, the parts between commas or the sentences."""
    lines = [ITEM_MARK.sub("", line).strip() for line in text.splitlines() if line.strip()]
    if len(lines) == 1:
        parts = re.split(r"[,;] (?:and |then )*", lines[0].rstrip("."))
        is_series = len(parts) > 2 and all(len(part.split()) <= LONGEST for part in parts)
        lines = parts if is_series else split_sentences(lines[0])
    tasks = [line.strip().rstrip(".") for line in lines]
    return [task[:1].upper() + task[1:] for task in tasks if task] if len(tasks) > 1 else []


ITEM_MARK = make_regex(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+(?:\[[ x]?\]\s+)?")
LONGEST = 8
"""Words of a task between commas."""


TASKS = (
    "Set the goal and the date for {topic}",
    "Write down everything that {topic} needs",
    "Agree on the budget",
    "Divide the tasks and name who does what",
    "Get the materials and the documents ready",
    "Go through {topic} once from beginning to end",
    "Check what is still missing",
    "Inform everybody who takes part",
    "Prepare a plan for problems",
    "Collect feedback when {topic} is done",
)
"""What has to be done for anything."""


def list_tasks(question: Question, count: int) -> list[str]:
    """Return what is to be done or taken along, as many lines as the prompt wants."""
    writer = Writer(question)
    named = find_theme(question.instruction)
    theme = named if named and named.tasks else writer.theme
    if writer.language != "en" or question.material:
        return [writer.write_item() for _ in range(count)]
    if SHOPPING.search(question.instruction) and not (theme and theme.things):
        return list_groceries(count)
    known = (theme.tasks or theme.things or theme.steps or theme.tips) if theme else ()
    topic = re.sub(r"^(?:an?|my|our) ", "the ", question.topic)
    usual = [text.format(topic=topic) for text in TASKS]
    rest = (writer.write_item() for _ in range(count))
    return list(dict.fromkeys((*known[:count], *usual, *rest)))[:count]


SHOPPING = make_regex(r"\b(?:shopping|grocery|ingredients?)[ -]?list\b", re.I)


def list_groceries(count: int) -> list[str]:
    return (faker_pool.WORD_LISTS["ingredient"] + ["olive oil", "onions", "bread", "apples"])[
        :count
    ]


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
    count = find_count(question, 6)
    packs = "packing" in question.lower and question.language == "en" and writer.theme is None
    usual = list_usual_things("packed-things", "") if packs else []
    rest = (writer.write_item() for _ in range(max(0, count - len(usual))))
    return "\n".join(f"- {item}" for item in [*usual[:count], *rest])


@form(
    "pros and cons",
    "List the pros and cons of working from home.",
    words="pros advantages vor ventajas avantages pro contro vantaggi vantagens voor wady zalety"
    " ưu kelebihan keuntungan artıları avantajları avantaj",
    about="two lists with headings",
)
def write_pros_and_cons(question: Question) -> str | None:
    if not PROS_AND_CONS.search(question.instruction):
        return None
    writer = Writer(question)
    counts = count_sides(question.wish)
    sides = split_sides(question.material) or weigh(writer, max(counts))
    lists = [
        "\n".join(f"- {item}" for item in side[:count])
        for side, count in zip(sides, counts, strict=True)
    ]
    heads = [writer.pack.pros, writer.pack.cons]
    if IN_BOLD.search(question.wish):
        heads = [f"**{head}**" for head in heads]
    else:
        heads = [f"## {head}" for head in heads]
    return f"{heads[0]}\n\n{lists[0]}\n\n{heads[1]}\n\n{lists[1]}"


IN_BOLD = make_regex(
    r"\bbold(?:ed)? (?:\w+ )?(?:head|title|label)|\b(?:headings?|titles?) in bold\b", re.I
)
GOOD = r"(?:pros|advantages|benefits|upsides|strengths)"
BAD = r"(?:cons|disadvantages|drawbacks|downsides|weaknesses)"
COUNT_OF_PROS = make_regex(rf"\b({NUMBER}) (?:\w+ )?{GOOD}\b", re.I)
COUNT_OF_CONS = make_regex(rf"\b({NUMBER}) (?:\w+ )?{BAD}\b", re.I)
COUNT_OF_EACH = make_regex(
    rf"\b({NUMBER}) (?:(?:points?|items?|bullets?|bullet points) )?(?:of )?"
    r"(?:each|per side|for each)\b",
    re.I,
)
USUAL_SIDE = 3
MOST_SIDE = 12


def count_sides(wish: str, usual: int = USUAL_SIDE) -> tuple[int, int]:
    """Return how many advantages and how many disadvantages a prompt wants."""
    good, bad = COUNT_OF_PROS.search(wish), COUNT_OF_CONS.search(wish)
    each = COUNT_OF_EACH.search(wish)
    found = [parse_count(one[1], MOST_SIDE) if one else 0 for one in (good or each, bad or each)]
    usual = max(found) or usual
    return found[0] or usual, found[1] or usual


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
    sides: tuple[tuple[str, ...], ...] = (ADVANTAGES, DISADVANTAGES)
    if writer.theme and writer.theme.pros:
        sides = (writer.theme.pros, writer.theme.cons)
        return [fill_side(side, count, writer) for side in sides]
    thing = ACTION.sub("", writer.question.topic) or writer.first
    names = {"a": thing, "A": thing[:1].upper() + thing[1:]}
    return [
        fill_side(tuple(text.format(**names) for text in side), count, writer) for side in sides
    ]


def fill_side(side: tuple[str, ...], count: int, writer: Writer) -> list[str]:
    """Return as many items as a side needs; advice fills the rest."""
    return [*side[:count], *(writer.write_item() for _ in range(count - len(side)))]


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
    topic = FAQ_COUNT.sub("", FAQ_FOR.sub("", question.topic))
    starts: tuple[str, ...] = (
        "What should I know about {}?",
        "How does {} work?",
        "Who can help with {}?",
        "When is the best time for {}?",
        "Where do I find {}?",
    )
    if writer.language != "en":
        starts = ("{}?",)
    served = find_served(question) if writer.language == "en" else ()
    served = tuple((name_in_question(asked, topic), said) for asked, said in served)
    pairs = [
        f"**{served[at][0]}**\n\n{served[at][1]}"
        if at < len(served)
        else f"**{starts[at % len(starts)].format(topic)}**\n\n{writer.write_sentence()}"
        for at in range(find_count(question, 3))
    ]
    if QA_MARKS.search(question.instruction):
        pairs = [re.sub(r"^\*\*(.+)\*\*\n\n", r"**Q:** \1\n**A:** ", pair) for pair in pairs]
    return "\n\n".join(pairs)


FAQ_COUNT = make_regex(rf",? (?:with |of )?{NUMBER} (?:questions?|q&as?|pairs?)\b.*\Z", re.I)


def name_in_question(asked: str, topic: str) -> str:
    """Return a usual question about the price or the start with what it is about."""
    thing = topic if re.match(r"(?:our|my|the) ", topic) else f"the {topic}"
    return asked.replace("does it cost", f"does {thing} cost").replace(
        "get started?", f"get started with {thing}?"
    )


FAQ_FOR = make_regex(
    r"^(?:an? |the )?(?:[\w-]+ ){0,2}(?:faqs?|q ?& ?a)(?: section| page| list)? (?:for|about|on"
    r"|of) (?:an? |the )?",
    re.I,
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
        or question.instruction[:1].isdigit()
    ):
        return None
    writer = Writer(question)
    if url := URL.search(question.instruction):
        name = re.sub(r"^www\.", "", url[0].split("/")[2])
        return f"{writer.write_sentence().rstrip('.')}; see [{name}]({url[0].rstrip('.,')})."
    count = find_count(question, 3)
    if resources := list_resources(question, count):
        return resources
    slug = re.sub(r"[^a-z0-9]+", "-", question.topic.lower()).strip("-") or "page"
    return "\n".join(
        f"- [{writer.write_item()}](https://example.com/{slug}/{at})" for at in range(1, count + 1)
    )
