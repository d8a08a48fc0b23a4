"""Short stories and jokes."""

from __future__ import annotations

import re

from mockgem.operations.forms.layout_words import find_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.lengths import find_length
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.generators.seeded_random import SeededRandom

STORY = make_regex(
    r"\b(?:write|tell|create|make up|give|generate|compose|read|need|want)\b[^.\n]{0,40}"
    r"\b(?:stor(?:y|ies)|tale|fable)\b|\A\W*(?:an? )?(?:short |bedtime |funny )*story about\b",
    re.I,
)
NOT_STORIES = make_regex(
    r"\buser stor|\bstor(?:y|ies) points?\b|\binstagram stor|\b(?:json|code|table|title|idea"
    r"|outline|script)\b",
    re.I,
)
OPENINGS = (
    "On the first cold morning of autumn, {name} heard about {topic}.",
    "{name} had never believed in {topic}, until the night the lights went out.",
    "Nobody in the village wanted to talk about {topic}, so {name} began to ask.",
    "It started with a letter without a sender, and in it was a drawing of {topic}.",
)
STEPS = (
    "The neighbours laughed, but {name} packed a lantern and a loaf of bread and set out.",
    "“Be careful,” said the old baker. “Such things ask more than they give.”",
    "The path was longer than the map had promised, and by noon it had begun to rain.",
    "At the bridge a stray dog joined the walk and would not be sent home.",
    "Twice {name} turned back, and twice a small light moved on the hill.",
    "“You are late,” said a voice behind the trees, and it sounded almost kind.",
    "The door was open, and on the table stood two cups of tea, still warm.",
    "For a long moment nobody moved, and even the wind seemed to listen.",
)
ENDINGS = (
    "When {name} came home, the clock had not moved, but nothing was as before.",
    "Years later {name} still kept the lantern by the window, just in case.",
    "And whoever asks about {topic} there today is told to bring a loaf of bread.",
    "{name} never told anybody what happened, except the dog, who knew already.",
)
NAMES = "Mara Ivo Lena Tomas Nia Oskar Selma Rafi".split()
JOKES = (
    "My alarm clock and I are not on speaking terms. It keeps bringing up the morning.",
    "I asked my soup for advice. It told me to let things simmer.",
    "The printer said that it needs more space. We gave it paper instead.",
    "My umbrella quit. It said that the job is only fun when everybody else is miserable.",
    "I bought a clock without a tick. So far it has told me nothing.",
    "My houseplant asked for a promotion. I told it to grow into the role.",
    "The elevator and I had a falling out. We meet on different levels now.",
    "I lent my ladder to a friend. Now he looks down on me.",
)


@form(
    "story",
    "Write a short story about a dragon.",
    "Tell me a bedtime story.",
    words="story stories tale fable",
    about="a short story with a title, in three paragraphs",
)
def write_story(question: Question) -> str | None:
    said = question.instruction
    if question.language != "en" or question.material or not STORY.search(said):
        return None
    if NOT_STORIES.search(said) or find_length(question) is not None:
        return None
    topic = find_subject(question)
    name = question.random.pick(NAMES)
    first = question.random.pick(OPENINGS)
    steps = pick_some(STEPS, 5, question.random)
    last = question.random.pick(ENDINGS)
    parts = [" ".join([first, *steps[:2]]), " ".join(steps[2:]), last]
    title = f"**{name} and {topic}**"
    return "\n\n".join([title, *(part.format(name=name, topic=topic) for part in parts)])


ABOUT = make_regex(r"\b(?:about|of|on|featuring|starring) ([^.,;:!?\n]{3,50})", re.I)


def find_subject(question: Question) -> str:
    """Return what a story is about, with the article that the prompt has."""
    match = ABOUT.search(question.instruction)
    return match[1].strip() if match else "the silver key"


def pick_some(texts: tuple[str, ...], count: int, random: SeededRandom) -> list[str]:
    """Return some of the texts in their order."""
    dropped = {random.draw_below(len(texts)) for _ in range(len(texts) - count)}
    return [text for at, text in enumerate(texts) if at not in dropped][:count]


JOKE = make_regex(r"\bjokes?\b|\bmake me laugh\b|\btell me something funny\b", re.I)
ABOUT_JOKES = make_regex(r"\b(?:explain|what is|why is|rate|classif\w+|translate|rewrite)\b", re.I)


@form(
    "joke",
    "Tell me a joke.",
    "Give me 3 jokes.",
    words="joke jokes laugh funny",
    about="a joke, or as many as the prompt wants",
)
def tell_joke(question: Question) -> str | None:
    said = question.instruction
    if question.language != "en" or question.material or not JOKE.search(said):
        return None
    if ABOUT_JOKES.search(said) or len(said) > 200:
        return None
    count = min(find_count(question, 1), len(JOKES))
    start = question.random.draw_below(len(JOKES))
    chosen = [JOKES[(start + at) % len(JOKES)] for at in range(count)]
    return (
        chosen[0] if count == 1 else "\n".join(f"{at}. {joke}" for at, joke in enumerate(chosen, 1))
    )
