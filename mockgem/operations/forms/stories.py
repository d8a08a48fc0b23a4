"""Short stories and jokes."""

from __future__ import annotations

import re

from mockgem.operations.forms.layout_words import find_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.lengths import find_length
from mockgem.operations.forms.phrase_books import load_book
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
    "Few in the village wanted to talk about {topic}, so {name} began to ask.",
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
    "For a long moment they stood still, and even the wind seemed to listen.",
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
    length = find_length(question)
    if NOT_STORIES.search(said):
        return None
    topic = find_subject(question)
    if length is not None and length[1] == "paragraph":
        return write_paragraphs(question, topic, min(length[0], MOST_PARAGRAPHS))
    if length is not None and length[1] == "sentence":
        return write_sentences(question, topic, length[0])
    if length is not None:
        return write_words(question, topic, length[0], is_limit=length[2])
    name = question.random.pick(NAMES)
    first = question.random.pick(OPENINGS)
    steps = pick_some(STEPS, 5, question.random)
    last = question.random.pick(ENDINGS)
    parts = [" ".join([first, *steps[:2]]), " ".join(steps[2:]), last]
    title = f"**{name} and {topic}**"
    return "\n\n".join([title, *(part.format(name=name, topic=topic) for part in parts)])


MORE = (
    "{name} asked for the way and got three different answers.",
    "In the pocket of the old coat there was still a ticket to the sea.",
    "The light was still on in the tower.",
    "The bread was good, the tea was better, and no word was said of {topic}.",
    "A fox crossed the road, stopped, and looked as if it knew the end already.",
    "The map was wrong again, and {name} laughed about it for the first time.",
    "Far away a bell rang, though the next church was miles away.",
    "“I have waited for you,” said the woman at the well, “but not for so long.”",
    "That night {name} dreamt of {topic} and woke before the sun.",
    "In the morning the tracks in the snow led in one direction only.",
    "{name} counted to ten, opened the gate and went in.",
    "The dog slept through everything, as dogs do in such stories.",
)
"""What may happen between the beginning and the end of a longer story."""
FILL = (
    "Silence.",
    "Nobody spoke.",
    "The wind turned.",
    "Then it was quiet.",
    "The lantern burned all night.",
    "A door closed somewhere far below.",
    "Everything was as it had always been.",
    "The snow fell softly on the old road.",
)
"""Sentences of 1, 2, … 8 words."""
MOST_WORDS = 5000


def write_sentences(question: Question, topic: str, count: int) -> str:
    """Return a story of some sentences."""
    return " ".join(list_sentences(question, topic, count))


def list_sentences(question: Question, topic: str, count: int) -> list[str]:
    name = question.random.pick(NAMES)
    first, last = question.random.pick(OPENINGS), question.random.pick(ENDINGS)
    middle = [*STEPS, *MORE] * (1 + count // len(STEPS + MORE))
    texts = [first, *middle[: max(0, count - 2)], last][:count]
    return [text.format(name=name, topic=topic) for text in texts]


MOST_PARAGRAPHS = 20


def write_paragraphs(question: Question, topic: str, count: int) -> str:
    """Return a story of some paragraphs."""
    sentences = list_sentences(question, topic, 4 * count)
    return "\n\n".join(" ".join(sentences[at : at + 4]) for at in range(0, 4 * count, 4))


def write_words(question: Question, topic: str, count: int, *, is_limit: bool) -> str:
    """Return a story of exactly `count` words, or of a few less where it is a limit."""
    name = question.random.pick(NAMES)
    first, last = question.random.pick(OPENINGS), question.random.pick(ENDINGS)
    start = question.random.draw_below(len(MORE))
    more = [*STEPS, *(MORE[(start + at) % len(MORE)] for at in range(len(MORE)))]
    sentences = [text.format(name=name, topic=topic) for text in (first, *more)]
    ending = last.format(name=name, topic=topic)
    kept = take_words(sentences, max(0, min(count, MOST_WORDS) - len(ending.split())))
    words = sum(len(text.split()) for text in kept) + len(ending.split())
    while words < count and not is_limit:
        filler = FILL[min(count - words, len(FILL)) - 1]
        kept.append(filler)
        words += len(filler.split())
    parts = [" ".join(kept[at : at + 5]) for at in range(0, len(kept), 5)]
    text = "\n\n".join([*parts, ending])
    return text if words <= count else " ".join(text.split()[:count])


def take_words(sentences: list[str], room: int) -> list[str]:
    """Return sentences, again and again, as long as they have room."""
    kept: list[str] = []
    at = 0
    while sentences and len((text := sentences[at % len(sentences)]).split()) <= room:
        kept.append(text)
        room -= len(text.split())
        at += 1
    return kept


ABOUT = make_regex(r"\b(?:about|of|on|featuring|starring) ([^.,;:!?\n]{3,50})", re.I)


def find_subject(question: Question) -> str:
    """Return what a story is about, with the article that the prompt has."""
    match = ABOUT.search(question.instruction)
    about = SIZE_END.sub("", match[1]).strip() if match else ""
    return about or "the silver key"


SIZE_END = make_regex(
    r"\s(?:in|with|of|using) (?:exactly |about |at most |under )?\w+ (?:\w+ )?(?:words?|sentences?"
    r"|paragraphs?|lines)\b.*",
    re.I,
)


def pick_some(texts: tuple[str, ...], count: int, random: SeededRandom) -> list[str]:
    """Return some of the texts in their order."""
    dropped = {random.draw_below(len(texts)) for _ in range(len(texts) - count)}
    return [text for at, text in enumerate(texts) if at not in dropped][:count]


TOPIC_JOKES = (
    "I know a good joke about {}, but it is still looking for its punchline.",
    "My doctor told me to think less about {}. Now I think about my doctor.",
    "I wrote a book about {}. It is a short story: I ran out of jokes on page one.",
    "Two friends talk about {}. Says the first: “Seriously?” Says the second: “Not today.”",
)
JOKE = make_regex(
    r"\b(?:jokes?|make me laugh|tell me something funny|witz|blague|chiste|piada|barzelletta|mop"
    r"|dowcip|żart|fıkra|şaka|анекдот|шутку|жарт|chuyện cười|lelucon)\b"
    r"|نكتة|בדיחה|चुटकुला|ジョーク|冗談|笑话|笑話|농담|เรื่องตลก|มุกตลก",
    re.I,
)
IN_PROGRAM = make_regex(
    r"\b(?:html|css|javascript|react|python|function|script|program|web ?(?:site|page)|api|endpoint"
    r"|component|button)\b(?! jokes?\b)",
    re.I,
)
"""What a program does with jokes: it is not the joke itself."""
ABOUT_JOKES = make_regex(r"\b(?:explain|what is|why is|rate|classif\w+|translate|rewrite)\b", re.I)


@form(
    "joke",
    "Tell me a joke.",
    "Give me 3 jokes.",
    words="joke jokes laugh funny witz blague chiste piada barzelletta mop dowcip żart fıkra şaka"
    " cười lelucon",
    about="a joke, or as many as the prompt wants",
)
def tell_joke(question: Question) -> str | None:
    said = question.instruction
    if question.material or not JOKE.search(said):
        return None
    if ABOUT_JOKES.search(said) or len(said) > 200 or IN_PROGRAM.search(said):
        return None
    count = min(find_count(question, 1), len(JOKES))
    if question.language != "en":
        return load_book(question.language).joke if count == 1 else None
    start = question.random.draw_below(len(JOKES))
    if (about := ABOUT.search(said)) and count == 1:
        return TOPIC_JOKES[start % len(TOPIC_JOKES)].format(about[1].strip())
    chosen = [JOKES[(start + at) % len(JOKES)] for at in range(count)]
    return (
        chosen[0] if count == 1 else "\n".join(f"{at}. {joke}" for at, joke in enumerate(chosen, 1))
    )
