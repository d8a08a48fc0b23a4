"""The items of a list: facts of the given text, known things, or advice about the topic."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import cycle, islice

from mockgem.operations.forms.bold_items import BOLD_NAMES, PLACES, start_bold
from mockgem.operations.forms.city_sights import find_city_sights
from mockgem.operations.forms.decorations import EMOJIS, wants_emoji
from mockgem.operations.forms.deed_steps import list_deed_steps
from mockgem.operations.forms.foreign_topics import trim_question
from mockgem.operations.forms.given_lists import list_entities, list_things
from mockgem.operations.forms.invented_things import invent_things
from mockgem.operations.forms.item_limits import find_limit, limit_items, take_short
from mockgem.operations.forms.known_things import COMPILED
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_answers import SERIES, find_answer_key, load_answers
from mockgem.operations.forms.local_lists import (
    ABSTRACT,
    MORE_CLAIMS,
    find_local_things,
    list_claims,
)
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.short_texts import make_hashtags
from mockgem.operations.forms.themes import STEPS
from mockgem.operations.forms.usual_things import is_usual_thing
from mockgem.operations.forms.writing import Writer, find_words
from mockgem.operations.generators.prompt_analysis import ASPECTS

EXPLAINED = make_regex(
    r"\bwith (?:an? |one )?(?:one[- ]sentence|short|brief|one[- ]line) (?:description|explanation"
    r"|summary|note)s?\b|\bwith (?:an? |one )?(?:description|explanation|sentence) (?:each|for each"
    r"|of each)\b",
    re.I,
)
"""A sentence about each thing of a list."""
NOTES = (
    "Widely used, with many guides for beginners.",
    "A safe choice that most people know well.",
    "Strong where speed and reliability count.",
    "Popular with teams that like simple tools.",
    "Well suited for large and long-lived projects.",
)


def write_items(question: Question, count: int) -> list[str]:
    """Return items, each with an emoji if the prompt wants emoji."""
    items = limit_items(find_items(question, count), question)
    if BOLD_NAMES.search(question.wish) and not any(item.startswith("**") for item in items):
        items = start_bold(items, question.wish, question.topic)
    if EXPLAINED.search(question.wish) and not question.material:
        items = [f"**{item}:** {text}" for item, text in zip(items, cycle(NOTES), strict=False)]
    if WITH_TAGS.search(question.wish) and (tags := make_hashtags(question, TAGS)):
        many = 1 if ONE_TAG.search(question.wish) else 2
        ends = (" ".join((tags * 2)[at % TAGS :][:many]) for at in range(len(items)))
        items = [f"{item} {end}" for item, end in zip(items, ends, strict=True)]
    if not wants_emoji(question):
        return items
    return [f"{EMOJIS[at % len(EMOJIS)]} {item}" for at, item in enumerate(items)]


WITH_TAGS = make_regex(
    r"\b(?:captions?|posts?|tweets?|ideas)\b[^.\n]{0,80}\b(?:with|and|plus|include)\b[^.\n]{0,30}"
    r"\bhash ?tags?\b",
    re.I,
)
"""Posts that have hashtags each."""
ONE_TAG = make_regex(r"\b(?:one|a|an|1) (?:\w+ )?hash ?tag\b", re.I)
TAGS = 7


GREETS = make_regex(r"\A(?:hi|hello|dear|hey)\b[^,\n]{0,30},\s+", re.I)
SIGNS_OFF = make_regex(r"\A(?:best|regards|kind regards|cheers|thanks|thank you|yours)\b", re.I)


def list_sentences(text: str) -> list[str]:
    """Return the sentences of a message without its greeting and its signature."""
    from mockgem.operations.forms.sources import split_sentences

    found = [one.rstrip(".。") for one in split_sentences(GREETS.sub("", text.strip()))]
    kept = [one for one in found if not (SIGNS_OFF.match(one) and len(one.split()) < 5)] or found
    return [f"{kept[0][:1].upper()}{kept[0][1:]}", *kept[1:]] if kept else []


SUMMARISES = make_regex(
    r"\b(?:summar\w+|recap|(?:key|main|important) points|zusammen\w*|fass(?:e|t)?|resum\w+|résum\w+"
    r"|riassum\w+)\b",
    re.I,
)


FEW_SAID = 3
"""Sentences of a conversation below which its courtesies count as well."""


def list_told(question: Question) -> list[str]:
    """Return the sentences of a text; for a summary of a conversation, what both sides say."""
    facts = list_sentences(question.material)
    if not SUMMARISES.search(question.wish):
        return facts
    from mockgem.operations.forms.dialogue_summaries import list_courtesies, list_reported

    if question.written_language == "en" and (said := list_reported(question.material)):
        more = list_courtesies(question.material) if len(said) < FEW_SAID else []
        return [one.rstrip(".") for one in (*said, *more)]
    from mockgem.operations.forms.summaries import list_foreign

    return [one.rstrip(".。") for one in list_foreign(question.material)] or facts


def find_items(question: Question, count: int) -> list[str]:
    """Return items: facts of the given text, known things, or advice about the topic.

    Args:
        count: 0 for as many as the text has facts, else five.
    """
    if question.material:
        from mockgem.operations.forms.statements import list_marked

        entities = list_entities(question)
        facts = list_marked(question.material) or entities or list_told(question)
        kept = keep_matching(facts, question)
        if len(kept) >= max(count, 2) or len(kept) < len(facts):
            facts = kept
            return facts[: count or 12]
    is_counted = bool(count)
    count = count or 5
    if not question.material and (invented := invent_things(question, count)):
        return invented
    if sights := find_city_sights(question.instruction, question.language):
        return fill_up(sights[:count], count, question)
    if question.language != "en" and TITLES.search(question.stated):
        titles = load_answers(question.language).texts["titles"].split("|")
        said = [one.replace("{}", question.topic) for one in titles[:count]]
        return [one[:1].upper() + one[1:] for one in said]
    if local := find_local_things(question.instruction, question.language):
        return fill_up(name_topic(local, question)[:count], count, question)
    writer = Writer(question)
    if (
        any(
            things not in ("", "*") and pattern.search(question.instruction)
            for pattern, things in COMPILED
        )
        and len(question.instruction) < 160
    ):
        return (
            list_things(question, count)
            if question.language == "en"
            and not re.search(
                r"\b(?:tips|reasons|benefits|ideas|steps|ways|facts|why|how|should)\b",
                question.instruction,
                re.I,
            )
            else [writer.write_item() for _ in range(count)]
        )
    if BOLD_HEADS.search(question.wish):
        return explain_items([writer.write_item() for _ in range(count)], writer)
    if not is_counted and asks_for_steps(writer):
        count = min(len(writer.theme.steps), MOST_STEPS) if writer.theme else count
    if wished := list_wished(question, count):
        return wished
    if writer.theme is None and not writer.known and (steps := list_deed_steps(question, count)):
        return steps
    if most := find_limit(question):
        return take_short(writer.items, count, most)
    return [decorate(writer.write_item(), at, writer) for at in range(count)]


def list_wished(question: Question, count: int) -> list[str]:
    """Return what a list of a usual kind of thing says; empty for unknown things."""
    from mockgem.operations.forms.wished_things import ONE, find_things
    from mockgem.operations.forms.wishes import read_wish

    if question.language != "en" or question.material:
        return []
    wish = read_wish(question)
    if wish and not wish.is_plural and count > 1 and wish.noun in ONE:
        wish = replace(wish, noun=ONE[wish.noun], is_plural=True)
    is_usual = wish and wish.is_plural and is_usual_thing(wish.noun) and wish.noun != "points"
    return find_things(wish, question, count) if wish and is_usual else []


MOST_STEPS = 8


def asks_for_steps(writer: Writer) -> bool:
    """Return whether a prompt wants steps of which all are known."""
    asked = STEPS.search(writer.question.instruction) is not None
    return asked and writer.theme is not None and bool(writer.theme.steps)


def explain_items(items: list[str], writer: Writer) -> list[str]:
    """Return items with bold beginnings, each with a sentence unless they are places."""
    marked = start_bold(items, writer.question.wish, writer.question.topic)
    if PLACES.search(writer.question.wish):
        return marked
    return [f"{item.rstrip('.')}. {writer.write_sentence()}" for item in marked]


TITLES = make_regex(
    r"\b(?:titulares?|títulos|titres|titoli|überschriften|schlagzeilen|koppen|titels|nagłówk\w+"
    r"|tytuł\w*|başlık\w*|judul|tiêu đề|headlines?)\b|заголовк|عناوين|כותרות|शीर्षक|タイトル"
    r"|見出し|标题|標題"
    r"|제목|พาดหัว",
    re.I,
)
"""Several titles for a text."""


def fill_up(named: list[str], count: int, question: Question) -> list[str]:
    """Return answers to an everyday question, with advice if there are fewer than the prompt
    wants; other things as they are.
    """
    key = find_answer_key(question.stated, question.written_language)
    if len(named) >= count or key not in SERIES:
        return named
    more = islice(Writer(question).items, 2 * count)
    return [*named, *(item for item in more if item not in named)][:count]


WHICH = make_regex(
    r"\b(?:which|what|list|all|only|every)\b[^.?\n]{0,60}?\b(?:are|is|have|has|that|contain|with"
    r"|the)\b"
    r"[^.?\n]{0,60}",
    re.I,
)


MAX_TOPIC = 45
"""Characters of a topic in bold before an item."""


def name_topic(things: list[str], question: Question) -> list[str]:
    """Return things; if they fit any topic, the first one names it."""
    claims = list_claims(question.language)
    if things not in claims and things[-len(claims[0]) :] != claims[0]:
        return things
    start = question.random.draw_below(MORE_CLAIMS) if things in claims else 0
    first, *rest = [*things[start:], *things[:start]]
    topic = cut_claim(trim_question(question.topic))
    if not topic or len(topic) > MAX_TOPIC:
        return [first, *rest]
    return [f"**{topic}:** {first}", *rest]


def cut_claim(topic: str) -> str:
    """Return a topic from its word such as "benefits" on; empty if nothing follows the word."""
    match = ABSTRACT.search(topic)
    if match is None:
        return f"{topic[:1].upper()}{topic[1:]}"
    return topic[match.start() :] if topic[match.end() :].strip() else ""


def keep_matching(facts: list[str], question: Question) -> list[str]:
    """Return the lines that have the word of "Which dishes are vegan?"; all if no word fits."""
    match = WHICH.search(question.instruction)
    if match is None or len(facts) < 3 or len(question.material.splitlines()) < len(facts):
        return facts
    words = [word for word in re.findall(r"[^\W\d_]{4,}", match[0].lower()) if word not in ASPECTS]
    for word in reversed(words):
        pattern = re.compile(rf"\b{re.escape(word)}\b", re.I)
        found = [fact for fact in facts if pattern.search(fact)]
        if 0 < len(found) < len(facts) - 1:
            return found
    return facts


BOLD_HEADS = make_regex(
    r"\b(?:each|every)\b[^.\n]{0,60}\bin bold\b|\beach (?:one )?with an? bold\b|\bbold (?:titles?"
    r"|names?|heads?|headings?"
    r"|labels?|terms?|keywords?|lead)\b",
    re.I,
)
"""A wish for items that begin with words in bold."""


def decorate(item: str, at: int, writer: Writer) -> str:
    """Set what every other item is about in bold, as models do."""
    for name in (writer.first, writer.second) if at % 2 == 0 else ():
        if name and name in item and (match := find_words(name).search(item)):
            return f"{item[: match.start()]}**{name}**{item[match.end() :]}"
    return item
