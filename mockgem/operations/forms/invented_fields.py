"""Texts of invented objects that fit their other fields and the topic of the prompt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from mockgem.operations.forms.data_topics import HOW, make_slug
from mockgem.operations.forms.described_values import CAMEL
from mockgem.operations.forms.idea_questions import suggest_idea, think_of
from mockgem.operations.forms.invented_contexts import find_contexts, read_fields
from mockgem.operations.forms.knowledge_files import compile_head, find_section, read_sections
from mockgem.operations.forms.language_packs import load_pack
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sample_words import WORDS

NAME_KEYS = (
    "name title product product_name heading section company hero_name character_name event"
    " course theme topic job_title position recipe_name"
).split()
CHOICES = ("choice", "winner", "recommendation", "recommended", "better", "pick", "answer")
STATUS = {
    "400": ("Bad Request", "The request is not valid."),
    "401": ("Unauthorized", "Please log in first."),
    "403": ("Forbidden", "You have no access to this resource."),
    "404": ("Not Found", "The requested resource was not found."),
    "429": ("Too Many Requests", "Please wait before you try again."),
    "500": ("Internal Server Error", "Something went wrong on the server."),
}
PAIR = 2
TWO = make_regex(r"\b(?:two|2)\b", re.I)
"""A sign that a list of two items is what the prompt wants."""
POINTS = (
    "what {topic} means/the benefits of {topic}/common mistakes with {topic}/first steps with"
    " {topic}/costs and effort/examples from daily life/what experts say about {topic}"
).split("/")
PROS = (
    "lower costs in the long run/more flexibility in daily life/good results with little effort"
    "/many people have good experience with it/easy to get started"
).split("/")
CONS = (
    "higher costs at the start/takes time to get used to/not the best choice for everybody"
    "/depends on local conditions/needs some planning"
).split("/")
TRIP = (
    "walk through the old town of {place}/visit the main museum of {place}/lunch at a market"
    "/boat trip/climb a viewpoint over {place}/dinner in a traditional restaurant/visit a famous"
    " park/shopping in the centre/concert in the evening/day trip to a nearby village"
).split("/")
IN_PLACE = make_regex(
    r"\b(?:to|in|for|of|around|through|visit(?:ing)?) ([A-Z][\w-]+(?: [A-Z][\w-]+)?)"
)
LOGIN_STORIES = (
    "Log in with e-mail and password",
    "Reset a forgotten password",
    "Stay logged in on this device",
    "See an error after a wrong password",
)
STORIES = (
    "Open {} from the start page",
    "Save changes in {}",
    "Search in {}",
    "Share {} with others",
)
LOGIN = make_regex(r"\b(?:log-?in|sign-?in|authentication|password)\b", re.I)


class InventedFields:
    """Writes the texts of objects: each next object has the next text of its field."""

    def __init__(self, question: Question, topic: str, fixed: frozenset[str]) -> None:
        self.question = question
        self.has_topic = bool(topic)
        self.topic = topic or "everyday life"
        self.fixed = fixed
        self.text = question.whole[:3000]
        self.used: dict[str, int] = {}
        place = IN_PLACE.search(question.stated[:1000])
        self.place = place[1] if place else "the city"

    def fill(self, row: dict[str, Any], parent: str, *, is_row: bool) -> dict[str, Any]:
        """Return an object whose texts fit each other; what the prompt gives stays."""
        plain = {key: CAMEL.sub("_", key).lower().replace(" ", "_") for key in row}
        contexts = find_contexts(frozenset(plain.values()), self.text, parent)
        filled = dict(row)
        for key in sorted(row, key=lambda key: plain[key] not in NAME_KEYS):
            name, item = plain[key], row[key]
            values = self.find_values(name, contexts, parent, is_row=is_row)
            if not values and isinstance(item, list) and all(map(is_remark, item)):
                values = ("{points}",)
            if not values and isinstance(item, str) and self.is_guess(name, item):
                values = define_name(name) or self.describe_key(name, item)
            if values and key not in self.fixed and self.is_open(name, item):
                filled[key] = self.write(name, item, values, filled, plain)
        return filled

    def find_values(
        self, name: str, contexts: Sequence[str], parent: str, *, is_row: bool
    ) -> tuple[str, ...]:
        if name in WEEKDAYS and MEALS.search(self.text):
            return read_meals()
        for context in contexts:
            found = read_fields(context).get(name, ())
            if parent in ("activities", "exercises") and name in ("name", "title"):
                known = read_fields(context)
                found = known.get("exercise") or known.get("activity") or found
            if (found == ("{thing}",) and is_row) or (context == "todo" and not self.has_topic):
                return ()
            if found:
                return found
        return ()

    def describe_key(self, name: str, item: str) -> tuple[str, ...]:
        """Return a text about an unknown field in place of a general remark."""
        if not is_remark(item):
            return ()
        words = name.replace("_", " ")
        if words in self.topic.lower():
            return (f"{words[:1].upper()}{words[1:]} is a good choice for many people.",)
        if len(self.topic.split()) > MAX_TOPIC:
            return (f"standard {words}",)
        return (f"typical {words} of {self.topic}",)

    def is_guess(self, name: str, item: str) -> bool:
        return item.count(" ") > 1 or item.lower() in self.text.lower()

    def is_open(self, name: str, item: Any) -> bool:
        """Return whether a value was invented, so that a better one may stand in its place."""
        if isinstance(item, list):
            return bool(item) and all(
                isinstance(one, str) and self.is_open(name, one) for one in item
            )
        if not isinstance(item, str):
            return False
        at = self.text.lower().find(item.lower()) if item else -1
        if at < 0:
            return True
        if self.text[at + len(item) : at + len(item) + 2] in ('":', "':"):
            return True
        if name not in NAME_KEYS and CALLED.search(self.text[max(0, at - 10) : at]):
            return True
        if not GIVEN.search(self.text[max(0, at - 12) : at]) or "{" in item:
            return "{" not in item
        end = self.text[at + len(item) : at + len(item) + 1]
        return self.text[at - 1 : at] in ("'", '"') and end == " "

    def write(
        self,
        name: str,
        item: Any,
        values: tuple[str, ...],
        row: dict[str, Any],
        plain: dict[str, str],
    ) -> Any:
        used = self.used.get(name, 0)
        if name in WEEKDAYS and used == 0:
            used = list(WEEKDAYS_IN_ORDER).index(name)
        self.used[name] = used + (len(item) if isinstance(item, list) else 1)
        words = self.list_words(row, plain)
        if not isinstance(item, list):
            text = self.spell(values[used % len(values)].split("/")[0], words, used)
            text = text.partition(",")[0] if name == "city" else text
            return int(text) if text.isdecimal() else text
        size = len(item) if len(item) != PAIR or TWO.search(self.text) else PAIR + 1
        pool = [one for value in values for one in value.split("/")]
        texts = [text for one in pool for text in self.expand(one, words)]
        texts = [texts[(used + at) % len(texts)] for at in range(min(size, len(texts)))]
        rest = [one for one in item if one not in texts]
        return [*texts, *rest][:size]

    def expand(self, text: str, words: dict[str, str]) -> list[str]:
        marks = [f"#{re.sub(r'[^A-Za-z0-9]', '', tag.title())}" for tag in self.list_tags()]
        lists = {
            "{tags}": self.list_tags(),
            "{hashtags}": marks,
            "{points}": POINTS,
            "{pros}": PROS,
            "{cons}": CONS,
        }
        texts = self.list_activities() if text == "{trip}" else lists.get(text, [text])
        return [self.spell(one, words, 0) for one in texts]

    def spell(self, text: str, words: dict[str, str], at: int) -> str:
        """Return a text with the names in their places: "{name} explained"."""
        if text in ("{tags}", "{hashtags}", "{points}", "{pros}", "{cons}", "{trip}"):
            texts = self.expand(text, words)
            return texts[at % len(texts)]
        for word, value in words.items():
            text = text.replace(f"{{{word}}}", value)
        return text[:1].upper() + text[1:] if text.count(" ") > 3 and text.endswith(".") else text

    def list_words(self, row: dict[str, Any], plain: dict[str, str]) -> dict[str, str]:
        """Return what stands in the places of texts: the name of the object, the topic."""
        own = {plain[key]: item for key, item in row.items() if isinstance(item, str)}
        bare = self.topic.removeprefix("the ")
        title = bare[:1].upper() + bare[1:]
        name = next((own[key] for key in NAME_KEYS if key in own), title)
        is_login = LOGIN.search(self.text) is not None
        verb = "log in with an e-mail address" if is_login else f"use {self.topic}"
        stories = LOGIN_STORIES if is_login else STORIES
        return {
            "name": name,
            "lname": lower_name(name, self.topic),
            "thing": title_case(bare),
            "topic": self.topic,
            "Topic": title,
            "slug": make_slug(own.get("title") or self.topic),
            "place": self.place,
            "occupation": own.get("occupation") or own.get("job") or "a teacher",
            "industry": (own.get("industry") or own.get("sector") or "technology").lower(),
            "verb": verb,
            "error": self.error()[0],
            "message": self.error()[1],
            "who": self.topic.rpartition(" to ")[2].removeprefix("a "),
            "thought": think_of(self.question.prompt[-1500:]),
            "answer": self.answer(title),
            "explain": self.explain(title),
            "choice": next((own[key] for key in CHOICES if key in own), ""),
            "story": stories[0].format(self.topic),
            "story2": stories[1].format(self.topic),
            "story3": stories[2].format(self.topic),
            "story4": stories[3].format(self.topic),
        }

    def error(self) -> tuple[str, str]:
        """Return the name and the message of the status code in the prompt."""
        code = re.search(r"\b([45]\d\d)\b", self.text)
        known = STATUS.get(code[1]) if code else None
        return known or ("Bad Request", "The request was successful.")

    def explain(self, title: str) -> str:
        asked = ASKED.search(self.question.prompt[:1500])
        if asked and asked[1].lower() in ("is", "are", "can", "should", "do", "does", "will"):
            return "Most sources agree on this, although there are exceptions."
        return f"{title} helps you to reach better results with less effort."

    def answer(self, title: str) -> str:
        """Return an answer that fits the word that begins the question."""
        asked = ASKED.search(self.question.prompt[:1500])
        word = asked[1].lower() if asked else ""
        known = find_section("terms", self.topic) if asked else ()
        if known:
            return known[0].split("|")[0]
        if idea := suggest_idea(self.question.prompt[-600:]):
            return idea
        if word in ("is", "are", "can", "should", "do", "does", "will"):
            return f"Yes, in most cases; it depends on the details of {self.topic}."
        if re.search(r"\bweather\b|\brain\b", self.topic):
            return "It will be mostly sunny with about 21 degrees and a light wind."
        if word in ("who", "when", "where", "which") or NUMBER.search(self.question.prompt):
            return f"Sources differ on {self.topic}, so please check a recent reference."
        if word == "why":
            return f"There are several reasons why {self.topic}; experts name two or three of them."
        how = HOW.match(asked[0].strip(' .:!?\n"')) if asked else None
        if how is not None:
            wish = re.sub(r"\bmy\b", "your", asked[0][how.start(1) :].rstrip("? ")) if asked else ""
            wish = wish[wish.find(how[1]) :]
            return f"To {wish}, open the settings, follow the steps and check the result."
        return (
            f"{title} works best in small steps: learn the basics, try one thing at a time and"
            " check the result."
        )

    def list_tags(self) -> list[str]:
        topic = self.topic.removeprefix("the ").lower()
        words = list(re.findall(r"[a-z][\w-]{3,}", topic))
        last = words[-1] if words else "ideas"
        return list(
            dict.fromkeys([topic, *words, f"{last} tips", f"best {last}", f"{last} guide", "howto"])
        )

    def list_activities(self) -> list[str]:
        """Return what to do at the prompt's destination: its sights, then usual things."""
        for head, rows in read_sections("records"):
            if compile_head(head).search(f"attractions in {self.place}") and "in " in head:
                sights = [f"visit {row.split('|')[0]}" for row in rows[1:]]
                return [part for pair in zip(sights, TRIP, strict=False) for part in pair]
        return TRIP


ASKED = make_regex(
    r"(?:\A|[.:!?\n]\s{0,3}|\")(how|what|why|when|where|who|which|is|are|can|should|do|does|will)"
    r"\b[^?\n]{5,200}\?",
    re.I,
)
NUMBER = make_regex(r"\bhow (?:many|much|tall|long|old|far|high|big|deep|fast)\b", re.I)


def read_meals() -> tuple[str, ...]:
    return tuple(dict.fromkeys([*WORDS["dinner"], *WORDS["lunch"]]))


WEEKDAYS_IN_ORDER = "monday tuesday wednesday thursday friday saturday sunday".split()
WEEKDAYS = frozenset(WEEKDAYS_IN_ORDER)
MEALS = make_regex(r"\b(?:dinner|lunch|meals?|breakfast|dish(?:es)?)\b", re.I)


@cache
def list_remarks() -> tuple[str, ...]:
    return tuple(text.partition("{")[0] for text in load_pack("en").items if "{" in text)


def is_remark(text: Any) -> bool:
    """Return whether a text is a general remark that fits any topic."""
    return isinstance(text, str) and any(
        start and text.startswith(start) for start in list_remarks()
    )


def define_name(name: str) -> tuple[str, ...]:
    """Return what a field means that is named after a known concept: "sql"."""
    found = find_section("terms", name.replace("_", " "))
    return (found[0].split("|")[0],) if found else ()


def lower_name(name: str, topic: str) -> str:
    """Return a title in small letters as it stands in a sentence; names in the topic stay."""
    small = name.lower()
    return small.replace(topic.lower(), topic)


MAX_TOPIC = 4
"""Longer topics are parts of the prompt."""
CALLED = make_regex(r"\b(?:called|named) \Z", re.I)
GIVEN = make_regex(r"[\"'“‘|=(]\s?\Z|\b(?:called|named|titled|is|be)\s[\"'“]?\Z|:\s?\Z")
"""What stands in front of a value that the prompt gives."""


def title_case(text: str) -> str:
    small = ("of", "for", "the", "and", "in", "with", "to", "a", "an")
    words = [
        word if at and word in small else word[:1].upper() + word[1:]
        for at, word in enumerate(text.split())
    ]
    return " ".join(words)
