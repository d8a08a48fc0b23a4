"""Give invented objects values that fit the topic, and reasons that fit the given text."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.calculations import calculate
from mockgem.operations.forms.clause_rows import fill_clauses
from mockgem.operations.forms.counted_things import TIMELINE
from mockgem.operations.forms.data_topics import find_data_topic, name_goal
from mockgem.operations.forms.described_values import CAMEL
from mockgem.operations.forms.field_formats import find_fixed
from mockgem.operations.forms.field_names import ENGLISH_NAMES
from mockgem.operations.forms.given_rows import find_given
from mockgem.operations.forms.invented_fields import InventedFields
from mockgem.operations.forms.invented_things import invent_things
from mockgem.operations.forms.knowledge_files import find_section
from mockgem.operations.forms.known_dishes import (
    FOR_DISH,
    RECIPE,
    fill_dish,
    is_cooked,
    is_recipe,
    list_dishes,
    list_parts,
    name_dish,
)
from mockgem.operations.forms.known_facts import find_fact
from mockgem.operations.forms.known_quizzes import QuizData
from mockgem.operations.forms.known_records import fill_records
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_descriptions import describe_abroad
from mockgem.operations.forms.local_dishes import fill_local_dish
from mockgem.operations.forms.local_names import list_local_names
from mockgem.operations.forms.named_patterns import NAME, mark_name
from mockgem.operations.forms.named_works import name_works
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.rewritten_fields import rewrite_fields
from mockgem.operations.forms.settled_values import settle
from mockgem.operations.forms.shop_products import fit_products
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.stated_moments import fit_moments
from mockgem.operations.forms.supported_values import support
from mockgem.operations.forms.training_examples import write_examples
from mockgem.operations.forms.usual_values import fit_confidence, fit_usual, sum_rows

MIN_TEXT = 4
"""Words of a text from which reasons are taken."""
SKETCHED = make_regex(r"\{[^{}]{0,600}\}")
MAX_QUOTED = 6
"""Words of a quoted topic: "the goal 'Learn to play chess'"."""
READS = make_regex(
    r"\b(?:extract\w*|pars\w+|identif\w+|detect\w*|classif\w+|label\w*|categor\w+|translat\w+"
    r"|summar\w+|analy\w+|convert\w*|correct\w*|tag\w*|moderat\w+|rewrite|turn|split|sentiment"
    r"|language|review|score|text|message|sentence)\b",
    re.I,
)
"""What a prompt does with a given text, which is then not the topic."""


def finish(value: Any, schema: dict[str, Any], question: Question) -> Any:
    """Return a generated value with the values of the text, and with fitting invented ones."""
    fitted = settle(fit_parts(value, schema, question), schema, question)
    moved = fill_clauses(fit_moments(fitted, schema, question), question)
    sold = fit_products(rewrite_fields(moved, question), question)
    return number_rows(name_works(sold, question.prompt), question)


def number_rows(value: Any, question: Question) -> Any:
    """Return a value whose rows count in their first field, unless the text gives the numbers."""
    if isinstance(value, dict):
        return {key: number_rows(item, question) for key, item in value.items()}
    rows = (
        [row for row in value if isinstance(row, dict) and row]
        if value and isinstance(value, list)
        else []
    )
    if not rows or len(rows) != len(value):
        return value
    key = next(iter(rows[0]))
    numbers = [row.get(key) for row in rows]
    if not COUNTS.match(key) or not all(type(one) is int for one in numbers):
        return value
    if all(re.search(rf"\b{one}\b", question.prompt) for one in numbers):
        return value
    return [{**row, key: at} for at, row in enumerate(rows, 1)]


COUNTS = make_regex(
    r"^(?:id|nr|no|index|rank|position|step|number|(?:task|step|item|question|row|card|slide"
    r"|section|chapter|scene|exercise|day|week|page)_?(?:id|number|no|nr|index))$",
    re.I,
)


def fit_parts(value: Any, schema: dict[str, Any], question: Question) -> Any:
    """Return a generated value whose invented parts are about the topic or the given text."""
    if not isinstance(value, (dict, list)):
        return value
    given = find_given(question)
    is_asked = given.strip().endswith("?") and len(split_sentences(given)) == 1
    if is_asked and not READS.search(SKETCHED.sub(" ", question.wish)):
        return Finisher(question, schema, is_question=True).finish(value)
    if isinstance(value, dict) and is_cooked(value) and not READS.search(question.wish):
        return Finisher(question, schema).finish(value)
    is_topic = len(question.material.split()) <= MAX_QUOTED and not READS.search(question.wish)
    if (question.material or len(given.split()) >= MIN_TEXT) and not (
        question.material and is_topic and not is_sentence(question.material.strip())
    ):
        return support(value, schema, given, question)
    return Finisher(question, schema).finish(value)


def is_sentence(text: str) -> bool:
    return text.endswith((".", "!", "?")) and text.count(" ") >= SHORTEST_SENTENCE


SHORTEST_SENTENCE = 2
"""Spaces between the words of a sentence; a shorter text is a topic."""


CODES = make_regex(r"(?:^|_)(?:sku|serial(?:_number)?|code|tracking_number|order_number)$", re.I)
LAST_NUMBER = make_regex(r"(\d{1,9})(\D*)\Z")


def separate_ids(rows: list[Any]) -> list[Any]:
    """Return rows in which no code comes twice: the next one has the next number."""
    seen: set[str] = set()
    separate = []
    for row in rows:
        if isinstance(row, dict):
            row = {key: raise_number(key, item, seen) for key, item in row.items()}
        separate.append(row)
    return separate


def separate_people(rows: list[Any], language: str) -> list[Any]:
    """Return rows in which invented first names do not repeat, in a language with own names."""
    key = next((one for one in rows[0] if is_first_name(one)), "")
    pool = list_local_names("first_name", language) if key else []
    names = [row.get(key) for row in rows if isinstance(row, dict)]
    if len(set(map(str, names))) == len(rows) or names[0] not in pool:
        return rows
    at = pool.index(names[0])
    return [{**row, key: pool[(at + number) % len(pool)]} for number, row in enumerate(rows)]


def is_first_name(key: str) -> bool:
    return ENGLISH_NAMES.get(key.lower(), key.lower()) == "first_name"


def raise_number(key: str, item: Any, seen: set[str]) -> Any:
    if isinstance(item, str) and ACCOUNTS.fullmatch(key):
        return separate_account(item, seen)
    if not isinstance(item, str) or not CODES.search(key):
        return item
    for _ in range(50):
        if item not in seen or not LAST_NUMBER.search(item):
            break
        item = LAST_NUMBER.sub(lambda match: f"{int(match[1]) + 7}{match[2]}", item)
    seen.add(item)
    return item


ACCOUNTS = make_regex(r"user_?name|login|handle|e?mail(?:_address)?|nick(?:name)?", re.I)
"""Fields that no two accounts share."""


def separate_account(item: str, seen: set[str]) -> str:
    """Return a name or an address that no earlier row has: "jsmith2", "jsmith2@example.com"."""
    name, mark, domain = item.partition("@")
    number = 1
    while f"{name}{number if number > 1 else ''}{mark}{domain}" in seen:
        number += 1
    own = f"{name}{number if number > 1 else ''}{mark}{domain}"
    seen.add(own)
    return own


NAMED = make_regex(rf"\b(?:[\w-]+ )?{NAME}(?!\w)")
"""The name of a list with the word before it: "famous bridges"."""


class Finisher:
    """Fills what is invented with known things, known texts and usual numbers."""

    def __init__(
        self, question: Question, schema: dict[str, Any], *, is_question: bool = False
    ) -> None:
        self.question = question
        self.text = f"{question.stated[:2000]}\n{question.material}".strip()
        self.whole = question.whole[:4000]
        own = "" if is_question else name_goal(question.material.strip(" .\"'"))
        self.topic = own or find_data_topic(question)
        self.is_english = question.language == "en"
        self.quiz = QuizData(question, self.topic)
        self.fields = InventedFields(question, self.topic, find_fixed(schema))
        self.schema = schema
        self.dishes = list_dishes(self.text) if RECIPE.search(self.whole) else []

    def finish(self, value: Any, parent: str = "") -> Any:
        match value:
            case list():
                return self.finish_rows(value, parent)
            case dict():
                known = self.know([value], parent)[0]
                return self.finish_row(known, parent, 0, value, is_row=False)
        return value

    def know(self, rows: list[Any], parent: str) -> list[Any]:
        """Return rows of known things with what is known about them."""
        if not self.is_english:
            return rows
        name = parent.replace("_", " ")
        named = [found.replace(NAME, name) for found in NAMED.findall(mark_name(name, self.text))]
        for text in (*named[:2], name, self.text):
            filled = fill_records(rows, text, self.question) if text else rows
            if filled != rows:
                return filled
        return rows

    def finish_rows(self, rows: list[Any], parent: str) -> list[Any]:
        if rows and isinstance(rows[0], dict):
            if TIMELINE.search(self.text):
                rows = sort_dates(rows)
            parts = list_parts(rows[0], self.dishes[0]) if self.dishes else None
            if parts is not None and FOR_DISH.search(self.text):
                return parts
            rows = separate_ids(separate_people(rows, self.question.language))
            known = self.know(write_examples(self.name_brands(rows)), parent)
            return [
                self.finish_row(row, parent, at, old, is_row=len(rows) > 1)
                for at, (row, old) in enumerate(zip(known, rows, strict=True))
            ]
        return [self.finish(item, parent) for item in rows]

    def name_brands(self, rows: list[Any]) -> list[Any]:
        """Return rows with invented names of the kind that the prompt wants: of a coffee shop."""
        key = next((key for key in rows[0] if key.lower() in ("name", "username", "title")), None)
        if key is None or not NAMES_FOR.search(self.text):
            return rows
        names = invent_things(self.question, len(rows))
        return [{**row, key: name} for row, name in zip(rows, names, strict=False)] or rows

    def finish_row(
        self, row: Any, parent: str, at: int, before: dict[str, Any], *, is_row: bool
    ) -> Any:
        if not isinstance(row, dict):
            return self.finish(row, parent)
        own = self.quiz.fill(row) if self.is_english else None
        if own is not None:
            return own
        row = self.quiz.fill_fact(row) if self.is_english else row
        known = {key: row[key] for key in row if row[key] != before.get(key)}
        if known and is_row:  # what the known values are of
            known |= {key: row[key] for key in row if key.lower() in ("title", "name")}
        if self.dishes and is_recipe(row, self.text):
            dish = self.dishes[at % len(self.dishes)]
            if self.is_english:
                return fill_dish(row, dish, self.whole)
            row = fit_usual(name_dish(row, self.text), at, self.whole, parent)
            return fill_local_dish(row, self.question.language)
        row = fit_usual(row, at, self.whole, parent) | known
        row = {key: fit_confidence(key, item, {}, self.whole, at) for key, item in row.items()}
        if self.is_english:
            filled = self.fields.fill(row, parent, is_row=is_row)
            row = self.keep_answer(define(filled, self.text, self.topic), row) | known
        else:
            row = describe_abroad(row, self.question)
        nested = {
            key: self.finish(item, CAMEL.sub("_", key).lower())
            if isinstance(item, (dict, list))
            else item
            for key, item in row.items()
        }
        return sum_rows(nested, self.whole)

    def keep_answer(self, row: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
        """Return an object whose answer is the known one, if there is one."""
        end = self.question.prompt[-600:]
        known = calculate(end) or find_fact(end)
        kept = {
            key: item
            for key, item in before.items()
            if key.lower() in ANSWERS and known and str(item) == str(known)
        }
        year = {
            key: int(known)
            for key, item in row.items()
            if known and known.isdecimal() and isinstance(item, int) and key.lower() in NUMBERS
        }
        row = {**row, **year}
        told = {
            key: f"The answer is {known}."
            for key, item in row.items()
            if known and key.lower() in ("explanation", "reasoning") and isinstance(item, str)
        }
        return {**row, **told, **kept}


NAMES_FOR = make_regex(r"\bnames?(?: ideas)? for\b|\b[a-z]+ names\b", re.I)
DEFINITIONS = frozenset("definition meaning explanation answer description summary".split())


def define(row: dict[str, Any], text: str, topic: str) -> dict[str, Any]:
    """Return an object with what a known word or concept means, and an example of it."""
    found = find_section("terms", topic) or find_section("terms", text)
    keys = {key.lower(): key for key, item in row.items() if isinstance(item, str)}
    key = next((keys[name] for name in keys if name in DEFINITIONS), None)
    if key is None or not found or not ASKS_FOR_MEANING.search(text):
        return row
    meaning, example = found[0].split("|")
    examples = {keys[name]: example for name in keys if name.startswith(("example", "sentence"))}
    word = next((keys[one] for one in ("word", "term", "concept") if one in keys), None)
    words = {word: topic} if word and topic and topic not in ("word", "term") else {}
    return {**row, **words, key: meaning, **examples}


ASKS_FOR_MEANING = make_regex(
    r"\b(?:what(?:'s| is| are)|explain|defin\w+|describe|meaning|words?|terms?|concepts?)\b", re.I
)


def sort_dates(rows: list[Any]) -> list[Any]:
    """Return the rows of a timeline with their dates or years in order."""
    key = next((key for key in rows[0] if key.lower() in ("date", "year", "time")), None)
    if key is None or len({type(row.get(key)) for row in rows}) > 1:
        return rows
    ordered = sorted(row[key] for row in rows)
    return [{**row, key: one} for row, one in zip(rows, ordered, strict=True)]


NUMBERS = frozenset("year number value count result answer amount".split())
ANSWERS = frozenset("answer response reply result final_answer".split())
