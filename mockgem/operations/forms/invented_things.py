"""Invented values of a usual kind for a list: addresses, usernames, search queries, questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count as count_up
from itertools import islice

from mockgem.operations.forms.brand_names import FIRST, invent_names
from mockgem.operations.forms.counts import NUMBER
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.value_generation import QUESTIONS
from mockgem.operations.generators import faker_pool

KINDS = (
    (
        "brand",
        r"(?:band|team|brand|start-?up|company|business|project|product|domain|shop|caf[eé]"
        r"|podcast|channel|app|game|boat|bakery|store|club) names"
        r"|(?:[a-z]+ )?names?(?: ideas?)? for (?:an?|my|our|the|this|his|her"
        r"|their) (?:[\w-]+ ){0,3}?(?:band|team|brand|start-?up|company|business|project|product"
        r"|podcast|channel|app|game|boat|bakery|store|shop|caf[eé]|club|restaurant|bar|blog"
        r"|website|newsletter|agency|studio|gym|salon|hotel|farm|school|magazine|service|truck"
        r"|firm|clinic|line|chatbot|robot|boutique|bookstore|brewery|event|festival)",
    ),
    (
        "pet",
        r"(?:[a-z]+ )?names?(?: ideas?)? for (?:an?|my|our|the) (?:[\w-]+ ){0,4}?(?:pet|cat|kitten"
        r"|dog|puppy|hamster|rabbit|bunny|parrot|bird|horse|pony|goldfish|fish|turtle|guinea pig"
        r"|lizard)|(?:pet|cat|dog|puppy|kitten) names",
    ),
    ("email", r"e-?mail addresses|e-?mails"),
    ("phone", r"(?:tele)?phone numbers|mobile numbers"),
    (
        "username",
        r"(?:user ?name|nick ?name|handle|gamer ?tag|screen name)(?:s|(?: ideas?| suggestions?))",
    ),
    ("url", r"urls|links|web addresses"),
    ("address", r"(?:street |postal |home |mailing |delivery )?addresses"),
    ("company", r"compan(?:y names|ies)|employers"),
    ("job", r"job titles"),
    ("date", r"(?:random |future |past )?dates"),
    ("zip", r"(?:post|zip|postal) ?codes"),
    (
        "keyword",
        r"(?:seo |search |long[- ]tail )*key ?(?:words|phrases|word (?:suggestions|ideas))",
    ),
    ("query", r"(?:[a-z]+ )?(?:queries|search terms|searches)"),
    ("question", r"(?:[a-z-]+ )?questions"),
    (
        "title",
        r"(?:[a-z]+ )?(?:titles|title ideas|headlines|headline ideas|subject lines"
        r"|subject line ideas|taglines|slogans)|options|variants|variations|alternatives",
    ),
    (
        "first name",
        r"(?:unisex |popular |cute )*(?:baby|first|given|girls?'?|boys?'?|female|male) names"
        r"|names for (?:an?|my|our) (?:newborn |new )?(?:baby|girl|boy|daughter|son)",
    ),
    ("name", r"(?:full |first |last |person |people'?s? |customer |random |fake )*names"),
)
COMPILED = [
    (
        kind,
        make_regex(
            rf"(?:(?<![\w.])(?:{NUMBER}|some|a few|several|list of)\s(?!of\b)"
            rf"(?:(?!with\b|about\b|for\b)[\w-]+\s){{0,3}}?|\A\W*)(?:{noun})\b(?! (?:are|is|were"
            rf"|do|have|has)\b)",
            re.I,
        ),
    )
    for kind, noun in KINDS
]
PETS = (
    "Luna Milo Bella Charlie Coco Max Daisy Oreo Peanut Nala Rocky Ginger Biscuit Pepper Willow"
    " Simba Mochi Hazel Bruno Cleo".split()
)
INTERVIEW = (
    "Why do you want to work as a {}?",
    "What do you like most about the work of a {}?",
    "Tell us about a difficult day at work and how you dealt with it.",
    "What are your strengths as a {}?",
    "How do you handle stress?",
    "How do you keep your knowledge as a {} up to date?",
    "Where do you see yourself in five years?",
)
INTERVIEWED = make_regex(r"\binterview questions for (?:an? )?((?:[\w-]+ ){0,2}[\w-]+)", re.I)
QUERIES = (
    "{}",
    "{} explained",
    "what to know about {}",
    "{} examples",
    "{} guide",
    "how common is {}",
    "{} research",
    "latest on {}",
)
TITLES = (
    "A Fresh Look at {}",
    "Why {} Matters",
    "{} Made Simple",
    "The Best of {}",
    "Get Ready for {}",
    "Everything About {}",
    "{}: What to Know",
    "Rethinking {}",
    "Say Hello to {}",
    "{}, Done Right",
)
SLOGANS = (
    "{}: made for every day",
    "Simple. Smart. Yours: {}.",
    "Choose {}, feel the difference",
    "{} that makes you smile",
    "Good for you: {}",
)
KEYWORDS = (
    "{}",
    "best {}",
    "{} near me",
    "affordable {}",
    "{} prices",
    "top rated {}",
    "{} reviews",
    "{} opening hours",
    "local {}",
    "{} ideas",
)
FORMS = {
    "slogan": SLOGANS,
    "query": QUERIES,
    "keyword": KEYWORDS,
    "question": QUESTIONS,
    "title": TITLES,
}
TITLE = make_regex(r"\b(?:titles?|headlines?|subject lines?|taglines?|slogans?)\b", re.I)


NUMBERS = make_regex(
    r"\b(?:numbers|integers)\b[^.\n]{0,20}\b(?:between|from) (-?\d{1,9}) (?:and|to) (-?\d{1,9})\b",
    re.I,
)


RANDOM_NUMBERS = make_regex(r"\brandom (?:whole )?(?:numbers|integers)\b", re.I)
RANDOM_WORDS = make_regex(r"\brandom (?:english )?words\b", re.I)
PLAIN_WORDS = (
    "anchor basket candle drawer engine feather garden hammer island jacket kettle ladder mirror"
    " needle orchard pillow quarry ribbon saddle ticket umbrella valley window yarn zipper bridge"
    " copper dinner forest"
).split()


FOR_THING = make_regex(
    r"\bnames (?:for|of) (?:an?|my|our|the) (?!(?:[a-z-]+ ){0,3}(?:characters?|person|people|man"
    r"|men|wom[ae]n|boys?|girls?|bab(?:y|ies)|child|kids?|son|daughter|hero\w*|villains?|wizards?"
    r"|knights?|players?|users?|customers?|employees?|students?|teachers?|kings?|queens?|prince\w*"
    r"|protagonists?|novel|story|book|famil(?:y|ies)|twins|test|form|list|database)\b)",
    re.I,
)
"""Names for a thing, not for people."""


def invent_things(question: Question, count: int) -> list[str]:
    """Return `count` different values of the kind that a prompt lists; empty for another kind."""
    if question.language != "en":
        return []
    text = question.instruction[:1000]
    if limits := NUMBERS.search(text):
        low, high = sorted((int(limits[1]), int(limits[2])))
        return [str(question.random.draw_between(low, high)) for _ in range(count)]
    if RANDOM_NUMBERS.search(text):
        return [str(1 + question.random.draw_below(100)) for _ in range(count)]
    if RANDOM_WORDS.search(text):
        first = question.random.draw_below(len(PLAIN_WORDS))
        return [PLAIN_WORDS[(first + 7 * at) % len(PLAIN_WORDS)] for at in range(count)]
    kind = next((kind for kind, pattern in COMPILED if pattern.search(text)), "")
    if kind == "brand" or (kind == "name" and FOR_THING.search(text)):
        start = question.random.draw_below(len(FIRST))
        return invent_names(text, count, start)
    if kind == "pet":
        start = question.random.draw_below(len(PETS))
        return [(PETS * 4)[start + at] for at in range(min(count, len(PETS)))]
    if kind == "first name":
        return list_first_names(text, count)
    if kind == "title" and not TITLE.search(text):
        return []
    if kind == "title" and re.search(r"\b(?:taglines|slogans)\b", text, re.I):
        kind = "slogan"
    if kind == "question" and (job := INTERVIEWED.search(text)):
        return list(islice(repeat_forms(INTERVIEW, job[1]), count))
    works = TITLES_OF.search(text)
    if works and not re.search(r"\b(?:for|about|on)\b", text):
        return list_works(works[1], text, count)
    if forms := FORMS.get(kind):
        texts = fill_forms(forms, question, count)
        is_title = kind in ("title", "slogan")
        return [one[:1].upper() + one[1:] for one in texts] if is_title else texts
    make = faker_pool.find_generator(kind) if kind else None
    if make is None:
        return []
    found: dict[str, None] = {}
    for _ in range(count * 4):
        found.setdefault(make(question.random))
        if len(found) == count:
            break
    return list(found)


FEMALE = make_regex(r"\b(?:girls?|female|daughters?|women)\b", re.I)
MALE = make_regex(r"\b(?:boys?|male|sons?|men)\b", re.I)


def list_first_names(text: str, count: int) -> list[str]:
    """Return first names, of girls or of boys if the prompt says so."""
    from mockgem.operations.forms.known_records import load_kinds

    wanted = "female" if FEMALE.search(text) else "male" if MALE.search(text) else ""
    records = next(one.records for one in load_kinds() if "baby" in one.head)
    return [one["name"] for one in records if wanted in ("", one["gender"])][:count]


TITLES_OF = make_regex(r"\b(book|movie|film|song) (?:titles|names)\b", re.I)


def list_works(kind: str, text: str, count: int) -> list[str]:
    """Return titles of known books, films or songs; those of a person first that a text names."""
    from mockgem.operations.forms.knowledge_files import compile_head
    from mockgem.operations.forms.known_records import load_kinds

    records = next(
        (one.records for one in load_kinds() if compile_head(one.head).fullmatch(f"{kind}s")), ()
    )
    own = sorted(
        records, key=lambda one: not any(part in text for part in one.values() if " " in part)
    )
    return [record["name"] for record in own[:count]]


def list_questions(question: Question, count: int) -> list[str]:
    """Return questions about the topic of a prompt."""
    return fill_forms(QUESTIONS, question, count) if question.language == "en" else []


def fill_forms(forms: tuple[str, ...], question: Question, count: int) -> list[str]:
    from mockgem.operations.forms.data_topics import find_data_topic
    from mockgem.operations.forms.topics import BRAND

    topic = question.material if 0 < len(question.material.split()) < 9 else ""
    topic = topic or find_data_topic(question) or question.topic
    if forms is SLOGANS and (brand := BRAND.search(question.instruction)):
        topic = brand["name"]
    if forms is TITLES and (named := OF_TITLES.search(question.instruction)):
        topic = named[1]
    topic = SEPARATED.sub("", COUNTED.sub("", topic.strip(" .?!"))) or "your work"
    topic = TITLED_WORK.sub("", topic)
    if forms is TITLES:
        small = ("and", "of", "the", "for", "in", "a", "an", "to", "with")
        words = topic.split()
        topic = " ".join(w if w in small else f"{w[:1].upper()}{w[1:]}" for w in words)
    return list(islice(repeat_forms(forms, topic), count))


OF_TITLES = make_regex(
    r"\b(?:taglines|slogans|headlines) (?:for|about) (?:an? |the |my |our )?([^.,;:\n]{3,50})", re.I
)


COUNTED = make_regex(
    rf"^(?:exactly )?(?:{NUMBER}) (?:[a-z-]+ ){{0,2}}?(?:questions|queries|searches|titles"
    rf"|headlines|slogans|taglines|keywords|key phrases)"
    r"(?: (?:about|for|on|to))?\s?(?:(?<=for )(?:an?|the|my|our) )?",
    re.I,
)
"""What is counted, at the beginning of a topic: "7 icebreaker questions"."""


TITLED_WORK = make_regex(
    r"^(?:[\w-]+ ){0,2}(?:articles?|talks?|(?:blog )?posts?|newsletters?|videos?|podcasts?"
    r"|episodes?|campaigns?|ads?|presentations?|essays?|stories|story|papers?|courses?|webinars?"
    r"|threads?) (?:about|on|for) (?:an? |the |my |our )?(?=\S)",
    re.I,
)
"""A work that has a title, before what it is about."""


SEPARATED = make_regex(r",? (?:comma[- ])?(?:separated|delimited)\b.*", re.I)


def repeat_forms(forms: tuple[str, ...], topic: str) -> Iterator[str]:
    for turn in count_up(1):
        for text in forms:
            yield text.format(topic) if turn == 1 else f"{text.format(topic)} ({turn})"
