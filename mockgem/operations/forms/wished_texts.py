"""Documents and texts that a request wants, each with the parts that its kind usually has."""

from __future__ import annotations

import re

from mockgem.operations.forms.invented_things import list_questions
from mockgem.operations.forms.labelled_rows import read_labelled_rows
from mockgem.operations.forms.layout_words import find_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.letters import write_body
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.recipes import write_recipe
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.stories import write_story
from mockgem.operations.forms.usual_things import list_section_lines
from mockgem.operations.forms.verses import write_verses
from mockgem.operations.forms.wished_things import ARTICLE, can_read
from mockgem.operations.forms.wishes import Wish, read_wish
from mockgem.operations.forms.writing import Writer

PARTS = """
proposal pitch: Summary | Background | Our proposal | *Next steps | Costs
plan strategy roadmap campaign initiative program programme framework: Goal | Where we are |
    *Measures | 1Timeline | How we measure success
report analysis assessment evaluation study whitepaper audit: Summary | Background | *Findings
    | *Recommendations
policy guideline code-of-conduct code-of-ethics charter agreement contract terms-of-service
    terms-of-use: Purpose | Scope | 1Rules | Responsibilities
syllabus curriculum course lesson class workshop training mentoring: Goals | What you need |
    1Course | *Homework
guide tutorial manual handbook how-to walkthrough instruction: Before you start | 1Steps | *Tips
challenge game activity exercise experiment quest competition contest hunt puzzle: Aim | *What
    you need | 1How it works | Tip
vacancy: About us | *Your tasks | *Your profile | *What we offer
party event celebration picnic wedding evening reunion: When and where | *To prepare |
    1Programme | *To buy
study schedule timetable: *Week
budget: *Income | *Expenses | Result
workout routine ritual: *Warm-up | 1Main part | *Cool-down
resume cv resumé résumé portfolio: Profile | *Experience | *Education | *Skills
profile persona: Who it is | Background | *Goals | *Habits
menu: *Starters | *Main courses | *Desserts | *Drinks
survey questionnaire interview poll: ?Questions
checklist: *To do
playlist: *Songs
outline agenda structure: *Introduction | *Main part | *Examples | *Conclusion
invention product app application prototype startup business: Idea | *Features | Who it is for
    | *Next steps
template: Title | Introduction | *Main points | Conclusion
timeline history: 1Milestones
memo: Purpose | Background | *What to do
swot: *Strengths | *Weaknesses | *Opportunities | *Threats
scenario case situation: What happens | Who is involved | *Questions to discuss
plot movie film series novel screenplay: Title | Setting | What happens | The end
"""
"""Kinds of documents and their sections; a mark says what stands below: "*" a list, "1" steps,
"?" questions."""
KINDS = {
    word: tuple(part.strip() for part in parts.split("|"))
    for line in PARTS.replace("\n    ", " ").strip().splitlines()
    for words, _, parts in [line.partition(":")]
    for word in words.split()
}
TEXTS = frozenset(
    "essay article post blog column editorial paper piece review speech description text"
    " introduction paragraph story tale monologue soliloquy conclusion abstract section chapter"
    " ad advertisement advert commercial message note diary entry statement summary explanation"
    " argument response reply answer script podcast episode scene eulogy toast critique commentary"
    " caption page copy letter testimonial character bio biography profile".split()
)
"""Kinds of texts that are paragraphs."""
TITLED = frozenset("essay article post blog column editorial paper review story tale".split())


@form(
    "document of any kind",
    "Draft a proposal for a community garden.",
    "Develop a marketing strategy for a small bakery.",
    about="the sections that such a document usually has, about its topic",
)
def write_wished_document(question: Question) -> str | None:
    wish = read_wish(question) if can_read(question) else None
    if wish is None or wish.is_plural:
        return None
    if wish.noun == "recipe":
        return write_recipe(Question(f"Give me a recipe for {wish.topic}.", question.random))
    if wish.noun in VERSES and wish.is_commanded:
        return write_verses(Question(f"Tell me about {wish.topic}.", question.random), 4, 2)
    is_sent = wish.about.startswith(("to ", "telling ", "for my ", "for our "))
    if wish.noun in MESSAGES and is_sent and (wish.is_commanded or question.prompt[:1] != "I"):
        return write_body(question, Writer(question), "there")
    if wish.noun in TIMETABLES and (rows := read_labelled_rows(question.prompt[:2000])[1]):
        lines = "\n".join(f"- **{one}:** {two}" for one, two in rows)
        return f"# {capitalise(ARTICLE.sub('', wish.topic))}\n\n{lines}"
    if (parts := find_parts(wish)) and not (wish.noun in BARE and not wish.is_commanded):
        return write_document(wish, parts, question)
    is_named = wish.noun in NAMED_TEXTS and wish.about.startswith(("for ", "about ", "on ", "of "))
    if not (wish.verb not in LOOKS or (wish.is_commanded and wish.noun in TEXTS) or is_named):
        return None
    if wish.noun in IDLE or (question.material and not wish.is_given):
        return None
    return write_text(wish, question)


NAMED_TEXTS = frozenset(
    "toast speech bio biography ad advert advertisement eulogy obituary essay review monologue"
    " blurb paragraph".split()
)
"""Texts that a message may name without a verb: "a toast for my sister's wedding"."""
TIMETABLES = frozenset("schedule timetable itinerary plan agenda calendar".split())
VERSES = frozenset("lullaby ballad rap hymn jingle anthem chant rhyme".split())
MESSAGES = frozenset("message note text dm apology".split())


def find_parts(wish: Wish) -> tuple[str, ...]:
    """Return the sections of a document; none for something else."""
    words = wish.named.split()
    if "job" in words and wish.noun in ("ad", "advert", "advertisement", "description", "posting"):
        return KINDS["vacancy"]
    if "character" in words and wish.noun == "profile":
        return ()
    if wish.noun in ("schedule", "timetable"):
        return KINDS[wish.noun]
    parts = next((KINDS[word] for word in words if word in NAMED_FIRST), ())
    return parts or KINDS.get(wish.noun, ())


NAMED_FIRST = frozenset("swot lesson study training mentoring".split())
"""Words that name a document better than its noun: "SWOT analysis", "lesson plan"."""
IDLE = frozenset(
    "hand minute second moment break sense sure something anything everything nothing it time favor"
    " favour call ring clue chance lift ride hug kiss sign way decision mistake change money point"
    " website page site".split()
)
"""Nouns of idioms, and what needs no text: "give me a hand"."""
LOOKS = frozenset(("", "find", "name", "identify", "tell", "share", "plan"))
"""Verbs that look for things which exist already."""
BARE = frozenset(
    "class case history product business series film movie game party"
    " event evening wedding picnic reunion".split()
)
"""Words that are documents only after a verb of making."""


def write_document(wish: Wish, parts: tuple[str, ...], question: Question) -> str:
    writer = make_writer(wish, question)
    topic = ARTICLE.sub("", wish.topic)
    kind = name_kind(wish)
    title = f"{kind}: {capitalise(topic)}" if topic != wish.noun else kind
    count = find_count(question, 0)
    return "\n\n".join([f"# {title}", *(write_part(part, writer, wish, count) for part in parts)])


def write_part(part: str, writer: Writer, wish: Wish, count: int) -> str:
    """Return a section with sentences, a list, steps or questions, as its mark says."""
    name, mark = part.lstrip("*1?"), part[:1]
    if mark == "?":
        more = list_questions(writer.question, max(0, count - MOST_QUESTIONS))
        lines = [*list_section_lines("survey", name_topic(wish)), *more]
    else:
        lines = list_section_lines(name, name_topic(wish))
    if mark not in ("*", "1", "?"):
        text = " ".join(lines or writer.write_sentences(2, about=False))
        return f"## {name}\n\n{text}"
    rest = [writer.write_item() for _ in range(count - len(lines))]
    shown = [*lines, *rest][: count or None]
    marks = ["-"] * len(shown) if mark == "*" else [f"{at}." for at in range(1, len(shown) + 1)]
    rows = (f"{mark} {line}" for mark, line in zip(marks, shown, strict=True))
    return f"## {name}\n\n" + "\n".join(rows)


MOST_QUESTIONS = 6


def write_text(wish: Wish, question: Question) -> str:
    """Return paragraphs about the topic, with what such a text begins with."""
    writer = make_writer(wish, question)
    kind = next((key for key, words in TEXT_KINDS.items() if wish.noun in words), "")
    if TRAVEL.search(f"{wish.named} {wish.about}") and wish.noun in TITLED:
        kind = "travel"
    lines = list_section_lines(f"{kind}:", name_topic(wish))
    if kind == "bio" and (known := BIO_OF.search(question.prompt[:MAX_BIO])):
        lines = [f"{known['name']} is {known['role'].rstrip(' ,')}.", *lines[1:]]
    title = capitalise(ARTICLE.sub("", wish.topic))
    if wish.noun in ("story", "tale") and wish.verb and "user" not in wish.named.split():
        told = write_story(Question(f"Write a short story about {wish.topic}.", question.random))
        if told:
            return f"# {title}\n\n{told}"
    if kind == "script":
        names = ("Host", "Guest")
        said = (f"**{names[at % 2]}:** {line}" for at, line in enumerate(lines))
        return "\n\n".join([f"# {title}", *said])
    if wish.noun in ONE_PARAGRAPH or wish.noun not in TEXTS:
        return " ".join(lines) or writer.write_paragraph(4)
    paragraphs = [" ".join(lines[:3]), " ".join(lines[3:])] if lines else write_prose(writer)
    if wish.noun in TITLED:
        paragraphs.insert(0, f"# {title}")
    if kind in ("speech", "toast"):
        paragraphs = ["Ladies and gentlemen, dear friends,", *paragraphs, "Thank you."]
    return "\n\n".join(filter(None, paragraphs))


MAX_BIO = 1_000
BIO_OF = make_regex(
    r"\b(?:for|of|about) (?P<name>[A-ZÀ-Þ][\w'-]+(?: [A-ZÀ-Þ][\w'-]+){0,2}), "
    r"(?P<role>(?:an?|the) [^.;:\n]{3,120})"
)
"""A person and what a biography says first: "Anna Kowalska, a landscape architect"."""


def write_prose(writer: Writer) -> list[str]:
    rest = (writer.write_paragraph(3, about=False) for _ in range(2))
    return [writer.write_paragraph(3), *rest]


TEXT_KINDS = {
    "review": "review critique testimonial".split(),
    "speech": "speech eulogy monologue".split(),
    "toast": ["toast"],
    "advertisement": "ad advertisement advert commercial".split(),
    "diary": "diary entry".split(),
    "script": "script podcast episode scene".split(),
    "character": "character profile".split(),
    "bio": "bio biography".split(),
    "obituary": ["obituary"],
    "greeting": ["greeting"],
    "mission": "statement proposition".split(),
}
"""Kinds of texts that say something else than facts about their topic."""
ONE_PARAGRAPH = frozenset(
    "greeting paragraph bio biography profile character caption description summary ad"
    " testimonial".split()
)
TRAVEL = make_regex(r"\b(?:travel\w*|trip|journey|vacation|holiday)\b", re.I)


def name_topic(wish: Wish) -> str:
    """Return the topic as it stands in a sentence."""
    if wish.about.startswith("to ") and not wish.is_given:
        return f"this {wish.noun}"
    return wish.topic if wish.about or wish.is_given else f"the {wish.topic}"


def make_writer(wish: Wish, question: Question) -> Writer:
    """Return a writer about the topic of a wish, without the words of the command."""
    return Writer(Question(f"Tell me about {wish.topic}.", question.random))


def name_kind(wish: Wish) -> str:
    own = [word for word in wish.named.split() if word not in wish.topic.lower().split()]
    return capitalise(" ".join(own) or wish.noun).replace("-", " ")


def capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]
