"""Invented objects that are about the topic: titles, headings, quizzes, tasks, mixed flags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from mockgem.operations.forms.field_names import ENGLISH_NAMES
from mockgem.operations.forms.given_lists import find_known_things
from mockgem.operations.forms.invented_things import invent_things
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_values import VALUES, list_all_values
from mockgem.operations.forms.named_patterns import NAME, search_named
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.quiz_texts import fit_quizzes
from mockgem.operations.forms.sample_words import WORDS, find_thing_names
from mockgem.operations.forms.vocabulary import list_words
from mockgem.operations.generators.faker_pool import NAMES_OF_THINGS
from mockgem.operations.generators.mentions import has_whole_words
from mockgem.operations.generators.world_facts import COUNTRIES

TITLE_KEYS = make_regex(
    r"^(?:\w+_)?(?:title|headline|heading|section|chapter|subject_line)$|^subject$", re.I
)
"""Fields for a few words about the topic."""
WORKS = make_regex(
    r"\b(?:books?|novels?|movies?|films?|songs?|albums?|paintings?|games?|series|shows?|persons?"
    r"|people|users?|employees?|products?|jobs?|recipes?|events?|orders?)\b",
    re.I,
)
"""Things whose titles are not about a topic."""
TITLES = (
    "Getting Started with {}",
    "{} in Practice",
    "Why {} Matters",
    "The Basics of {}",
    "Common Questions about {}",
    "{}: What Comes Next",
    "Tips for {}",
    "{} Step by Step",
)
QUESTION_KEYS = frozenset(("question", "question_text", "front", "prompt", "text"))
OPTION_KEYS = frozenset("options choices answers alternatives possible_answers".split())
ANSWER_KEYS = make_regex(
    r"^(?:correct|right)?_?(?:answer|option|choice|solution)(?:_text)?$|^correct$", re.I
)
QUESTIONS = (
    "What is the most important fact about {}?",
    "Which statement about {} is true?",
    "When did {} first become important?",
    "Who is best known for {}?",
    "Where does {} play the largest role?",
    "What is {} often confused with?",
    "How is {} usually explained?",
    "Why does {} matter today?",
)
OPTIONS = (
    "It began earlier than most people think",
    "It was first described in the 19th century",
    "It is known in most parts of the world",
    "It depends mainly on its surroundings",
    "It changes slowly over time",
    "It has three main parts",
    "It was named after a person",
    "None of these",
)
TASKS = make_regex(r"\b(?:to-?dos?|tasks?|chores?)\b", re.I)
STEP_KEYS = frozenset(
    "description step action task text title instruction name activity what".split()
)
TASK_KEYS = frozenset("text title task todo name description".split())


STEP_LISTS = frozenset("steps plan tasks subtasks todos actions milestones phases stages".split())
ITEM_LISTS = frozenset("items products line_items order_items orderitems lineitems cart".split())
NAME_LISTS = frozenset("names suggestions ideas titles slogans taglines".split())
TAG_LISTS = frozenset(("tags", "keywords", "hashtags", "topics"))
TOPICAL = make_regex(r"\b(?:about|on|for)\b", re.I)
NO_TAGS = frozenset("about with from that this video post article blog the and for".split())
MIN_TAG = 3
DAY_LISTS = frozenset(("days", "itinerary", "schedule", "plan", "daily_plan"))
MAX_TOPIC = 10
"""Words of a given text that is only what the prompt is about."""


def fit_topic(value: Any, question: Question) -> Any:
    """Return an invented value whose titles, quizzes and tasks are about the topic."""
    value = know_country(name_thing(value, question), question)
    if len(question.material.split()) > MAX_TOPIC:
        return value
    if question.language != "en":
        return mix_flags(fit_quizzes(value, question))
    return mix_flags(TopicTexts(question).fit(value))


FOR_A = make_regex(
    r"(?<!\w)(?:für|for|pour|para|per|voor|dla|describing|about|es geht um|se trata de"
    r"|il s'agit d')\s?(?:an?|eine?n?|une?|un[ao]?s?|uma?|een"
    r"|des)\s([^\W\d_][\w' -]{2,30}?)(?=\s(?:with|mit|avec|con|com|met|called|named|in|as|and|that"
    r"|using)\b|[.,:;!?\n]|\s*\Z)",
    re.I,
)
"""The thing that data describes: "JSON for a mountain bike"."""


def name_thing(value: Any, question: Question) -> Any:
    """Return an object whose invented title is the thing that the prompt wants to be described."""
    found = FOR_A.finditer(question.stated[:1000]) if isinstance(value, dict) else ()
    match = next((one for one in found if not NO_NAMES.search(one[1])), None)
    if match is None or question.material:
        return value
    title = match[1][:1].upper() + match[1][1:]
    invented = {*WORDS["title"], *WORDS["product"], *list_all_values("title", "product")}
    return {
        key: title
        if ENGLISH_NAMES.get(key.lower(), key.lower()) in ("title", "name", "product", "item")
        and item in invented
        else item
        for key, item in value.items()
    }


KIND_OF = make_regex(rf"\b(?:[a-z]+ )?{NAME}(?!\w)", re.I)
"""The name of a list with the word before it: "famous bridges"."""


def know_country(value: Any, question: Question) -> Any:
    """Return an object about a known country with its capital and its language."""
    if not isinstance(value, dict):
        return value
    named = [name for name in COUNTRIES if has_whole_words(question.stated[:1000], name)]
    if len(named) != 1:
        return value
    known = COUNTRIES[named[0]]
    facts: dict[str, Any] = {"capital": known.city, "language": known.language}
    facts |= {"languages": [known.language], "country": named[0], "name": named[0]}
    return (
        {
            key: facts[key.lower()]
            if key.lower() in facts and isinstance(item, type(facts[key.lower()]))
            else item
            for key, item in value.items()
        }
        if "capital" in map(str.lower, value)
        else value
    )


NO_NAMES = make_regex(
    r"\b(?:books?|novels?|movies?|films?|songs?|albums?|products?|items?|blog|posts?|articles?|quiz"
    r"|buch|libro|livre|película|filme?|produkt|producto|produit|prodotto|produto|shop|store)\b",
    re.I,
)
"""Kinds of things that have titles."""


NO_TOPIC = make_regex(
    r"(?:an? |the |some )?(?:quiz|test|list|example|json|object|survey|sample)\b", re.I
)


class TopicTexts:
    """Writes the texts of an object. No text comes a second time before all were used."""

    def __init__(self, question: Question) -> None:
        self.question = question
        text = question.instruction[:1000]
        topic = "this topic" if NO_TOPIC.match(question.topic) else question.topic
        topic = re.sub(r"^\d{1,2} (?:sample |example |fake )?", "", topic)
        self.is_about_tasks = TASKS.search(text) is not None
        self.has_titles = WORKS.search(text) is None
        self.titles = self.iterate(TITLES, topic[:1].upper() + topic[1:])
        self.questions = self.iterate(QUESTIONS, topic)
        self.options = self.iterate(OPTIONS[:-1], "")
        self.tasks = self.iterate(tuple(WORDS["task"]), "")
        self.products = self.iterate(tuple(WORDS["product"]), "")
        self.steps = self.iterate(tuple(WORDS["step"]), "")

    def iterate(self, texts: tuple[str, ...], topic: str) -> Iterator[str]:
        while True:
            for text in texts:
                yield text.format(topic)

    def fit(self, value: Any, name: str = "") -> Any:
        match value:
            case dict():
                own = {key: self.fit(item, key.lower()) for key, item in value.items()}
                if name in ITEM_LISTS and self.is_invented(own.get("name")):
                    return {**own, "name": next(self.products)}
                return self.write_step(own) if name in STEP_LISTS else self.fit_object(own)
            case list():
                return self.name_rows([self.fit(item, name) for item in value], name)
        return value

    def name_rows(self, rows: list[Any], name: str) -> list[Any]:
        """Return rows with the names of known things, if their list is named after such."""
        if not name or not rows or not isinstance(rows[0], dict) or self.question.material:
            return rows
        if name in DAY_LISTS and "day" in rows[0]:
            return [{**row, "day": at} for at, row in enumerate(rows, 1)]
        key = next((key for key in rows[0] if key.lower() in ("name", "title", "language")), None)
        kind = search_named(KIND_OF, name, self.question.instruction)
        known = find_known_things(kind[0] if kind else name) if key else []
        if len(known) < len(rows) or not all(self.is_guess(row[key]) for row in rows):
            return rows
        return [{**row, str(key): one} for row, one in zip(rows, known, strict=False)]

    def is_guess(self, item: Any) -> bool:
        return isinstance(item, str) and (self.is_invented(item) or " " not in item)

    def is_invented(self, item: Any) -> bool:
        return isinstance(item, str) and item.lower() not in self.question.prompt.lower()

    def write_step(self, value: dict[str, Any]) -> dict[str, Any]:
        key = next((key for key in value if key.lower() in STEP_KEYS), None)
        is_open = key is not None and isinstance(value[key], str)
        return {**value, str(key): next(self.steps)} if is_open else value

    def fit_object(self, value: dict[str, Any]) -> dict[str, Any]:
        options = next((key for key in value if key.lower() in OPTION_KEYS), "")
        asked = next((key for key in value if key.lower() in QUESTION_KEYS), "")
        if options and asked and isinstance(value[options], list):
            return self.write_quiz(value, asked, options)
        if asked and value[asked] in WORDS["question"]:
            return {**value, asked: next(self.questions)}
        if self.is_about_tasks and any(isinstance(one, bool) for one in value.values()):
            return self.write_task(value)
        value = {key: self.write_names(key, item) for key, item in value.items()}
        return {key: self.write_title(key, item) for key, item in value.items()}

    def write_names(self, key: str, item: Any) -> Any:
        """Return a list of invented names of the kind that the prompt wants, instead of its
        words."""
        if key.lower() in TAG_LISTS and isinstance(item, list) and len(item) > 1:
            return self.write_tags(item)
        if key.lower() not in NAME_LISTS or not isinstance(item, list) or not item:
            return item
        if not all(isinstance(one, str) for one in item) or self.question.material:
            return item
        text = self.question.instruction.lower()
        known = find_thing_names(text) or invent_things(self.question, len(item))
        return known[: len(item)] if len(known) >= len(item) else item

    def write_tags(self, item: list[Any]) -> list[Any]:
        """Return different words of the topic, then general ones."""
        if not all(isinstance(one, str) for one in item) or not TOPICAL.search(self.question.whole):
            are_texts = all(isinstance(one, str) for one in item) and len(set(item)) > 1
            return list(dict.fromkeys(item)) if are_texts else item
        own = [word.lower() for word in self.question.topic.split() if len(word) > MIN_TAG]
        words = [word for word in own if word not in NO_TAGS]
        return list(dict.fromkeys([*words, "guide", "tips", "basics", "howto", "ideas"]))[
            : len(item)
        ]

    def write_quiz(self, value: dict[str, Any], asked: str, options: str) -> dict[str, Any]:
        """Return a question with different options, one of which is the answer."""
        count = max(2, len(value[options]))
        if not all(isinstance(one, str) for one in value[options]):
            return value
        offered = [next(self.options) for _ in range(count)]
        fitted = {**value, asked: next(self.questions), options: offered}
        for key, item in value.items():
            is_answer = ANSWER_KEYS.match(key) or key.lower().endswith("index")
            if key == asked or not is_answer:
                continue
            if isinstance(item, int) and not isinstance(item, bool):
                fitted[key] = item % count
            elif isinstance(item, str) and len(item) > 1:
                fitted[key] = offered[self.question.random.draw_below(count)]
        return fitted

    def write_task(self, value: dict[str, Any]) -> dict[str, Any]:
        key = next((key for key in value if key.lower() in TASK_KEYS), None)
        return value if key is None else {**value, key: next(self.tasks)}

    def write_title(self, key: str, item: Any) -> Any:
        if not isinstance(item, str) or not self.has_titles or not TITLE_KEYS.match(key):
            return item
        is_guess = item in (*WORDS["title"], *WORDS["subject"]) or (
            " " not in item and item in self.question.prompt
        )
        return next(self.titles) if is_guess else item


def spread_names(rows: list[Any], language: str) -> list[Any]:
    """Return rows in which invented names of things do not repeat."""
    for key in rows[0] if rows and isinstance(rows[0], dict) else ():
        names = [row.get(key) for row in rows]
        if len({*map(str, names)}) == len(names) or not all(isinstance(one, str) for one in names):
            continue
        pool = next((pool for pool in list_pools(language) if names[0] in pool), [])
        if pool and ENGLISH_NAMES.get(key.lower(), key.lower()) in NAMES_OF_ROWS:
            at = pool.index(names[0])
            rows = [
                {**row, key: pool[(at + number) % len(pool)]} for number, row in enumerate(rows)
            ]
    return rows


NAMES_OF_ROWS = frozenset("name title product item task book movie job".split())


def list_pools(language: str) -> list[list[str]]:
    """Return the lists of which invented names of things come."""
    fields = ("title", "product", "item", "task", "job", "team", "brand")
    local = [
        words.split("|")
        for field in ("product", "job", "title")
        for words in VALUES[field].values()
    ]
    kinds = [list_words(language, kind) for kind in ("fruits", "animals", "foods", "colors")]
    return [
        *kinds,
        *(WORDS[field] for field in fields if field in WORDS),
        *NAMES_OF_THINGS.values(),
        *local,
    ]


def mix_flags(value: Any) -> Any:
    """Return rows of which not all have the same flag."""
    if not isinstance(value, list) or len(value) < 2 or not isinstance(value[0], dict):
        return value
    keys = [
        key
        for key, item in value[0].items()
        if isinstance(item, bool) and all(row.get(key) is item for row in value)
    ]
    return [
        {key: item if key not in keys else at % 3 != 1 for key, item in row.items()}
        for at, row in enumerate(value)
    ]
