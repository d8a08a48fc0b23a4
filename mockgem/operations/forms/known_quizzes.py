"""Questions of quizzes, with the right answer and wrong ones: about known topics and any other."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from mockgem.operations.forms.described_values import CAMEL
from mockgem.operations.forms.knowledge_files import compile_head, find_section
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

GENERAL = (
    "What helps most when you start with {}?|A clear goal|Luck alone|Skipping the basics"
    "|Avoiding questions",
    "What is a good first step with {}?|Learning the basics|Starting with the hardest part"
    "|Ignoring all advice|Buying everything at once",
    "Which source on {} is the most reliable?|A recent textbook|An anonymous comment"
    "|An advertisement|A rumour",
    "What is a common mistake with {}?|Starting without a plan|Asking questions|Taking notes"
    "|Practising regularly",
    "Who can help you most with {}?|An expert|A stranger|An advertiser|Nobody",
    "How do you remember what you learn about {}?|By repeating it|By reading it only once"
    "|By skipping examples|By avoiding tests",
    "What shows that you understand {}?|You can explain it to others|You own a book about it"
    "|You have heard of it|You skip the details",
    "When should you check what you know about {}?|Regularly|Never|Only after ten years"
    "|Only by chance",
)
ASKED = frozenset(
    "problem question question_text questiontext front prompt text q title frage pregunta"
    " domanda".split()
)
OFFERED = frozenset(
    "options choices answers alternatives possible_answers answer_options answer_choices".split()
)
ANSWERS = frozenset(
    "answer correct_answer correct right_answer solution back correct_option a correctanswer"
    " answer_text correct_choice response correct_answer_text".split()
)
PLACES = frozenset(
    "correct_index answer_index correct_answer_index correct_option_index correct answer"
    " correct_answer correct_option solution".split()
)


USUAL = 4
"""Options of a question if the prompt does not say how many."""
COUNTED = make_regex(
    r"\b(?:two|three|2|3) (?:answer )?(?:options|choices|answers|alternatives)\b|\b(?:options"
    r"|choices|answers)\b[^.\n]{0,12}\b(?:two|three|2|3)\b|true[ /](?:or )?false|yes/no",
    re.I,
)
WANTS_INDEX = make_regex(
    r"\b(?:correct|answer|solution|right)\w*\b[^.\n{}]{0,20}\bindex\b|\bindex of the (?:correct"
    r"|right)",
    re.I,
)


NAMED_TOPIC = make_regex(
    r"\b(?:questions?|quiz(?:zes)?|flash ?cards?|trivia)\b[^.\n]{0,24}\b(?:about|on"
    r"|covering) (?!anything|any)[^\W\d_]",
    re.I,
)
"""A wish that names the topic of a quiz: questions on other topics do not fit it."""


def find_questions(topic: str, text: str) -> list[list[str]]:
    """Return questions about a topic, each with its right answer and three wrong ones."""
    rows = find_section("quizzes", topic)
    rows = rows or (() if topic and NAMED_TOPIC.search(text) else find_section("quizzes", text))
    rows = rows or (ask_about_things(topic) if topic else ())
    general = [row.format(topic or "this topic") for row in GENERAL]
    return [row.split("|") for row in (rows or general)]


@lru_cache(maxsize=256)
def ask_about_things(topic: str) -> tuple[str, ...]:
    """Return questions about the known things of a kind, each with its answer and wrong ones."""
    from mockgem.operations.forms.known_records import load_kinds

    kind = next((one for one in load_kinds() if compile_head(one.head).search(topic)), None)
    told = [one for one in kind.records if one.get("about", "").endswith(".")] if kind else []
    if len(told) <= USUAL:
        return ()
    facts = [one["about"] for one in told]
    names = [" ".join(filter(None, (one.get("code", ""), one["name"]))) for one in told]
    return tuple(
        "|".join([f"What do you know about {name}?", *(facts * 2)[at : at + USUAL]])
        for at, name in enumerate(names)
    )


def find_key(row: dict[str, Any], names: frozenset[str]) -> str:
    plain = {CAMEL.sub("_", key).lower(): key for key in row}
    return next((key for name, key in plain.items() if name in names), "")


class QuizData:
    """Fills invented questions. No question comes twice before all were used."""

    def __init__(self, question: Question, topic: str) -> None:
        self.question = question
        self.topic = topic
        self.used = 0

    def take(self) -> list[str]:
        rows = find_questions(self.topic, self.question.stated[:1000])
        general = [row.format(self.topic or "this topic").split("|") for row in GENERAL]
        rows = [*rows, *(row for row in general if row not in rows)]
        self.used += 1
        return rows[(self.used - 1) % len(rows)]

    def fill(self, row: dict[str, Any]) -> dict[str, Any] | None:
        """Return a question with options or an answer; None for another object."""
        stated = find_key(row, frozenset(("statement", "claim")))
        flag = next((key for key, item in row.items() if isinstance(item, bool)), "")
        if stated and flag:
            return self.fill_statement(row, stated, flag)
        asked, offered = find_key(row, ASKED), find_key(row, OFFERED)
        answer = find_key(row, ANSWERS) or find_key(row, PLACES)
        if not asked or not isinstance(row[asked], str):
            return None
        if offered and isinstance(row[offered], (list, dict)) and row[offered]:
            return self.fill_options(row, asked, offered)
        if not answer or not isinstance(row[answer], str) or asked.lower() in ("text", "title"):
            return None
        text, right, *_ = self.take()
        return {**row, asked: text, answer: right}

    def fill_fact(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return an object whose fact is a true statement about a known topic."""
        key = find_key(row, frozenset(("fact", "fun_fact", "interesting_fact")))
        if not key or not isinstance(row[key], str) or not find_section("quizzes", self.topic):
            return row
        text, right, *_ = self.take()
        return {**row, key: to_statement(text, right)}

    def fill_statement(self, row: dict[str, Any], stated: str, flag: str) -> dict[str, Any]:
        """Return a statement that is true for every second row."""
        text, right, wrong, *_ = self.take()
        is_true = self.used % 2 == 1
        answer = right if is_true else wrong
        return {**row, stated: to_statement(text, answer), flag: is_true}

    def fill_options(self, row: dict[str, Any], asked: str, offered: str) -> dict[str, Any]:
        text, right, *wrong = self.take()
        text_of = self.question.whole[:3000]
        shown = len(row[offered])
        size = shown if shown >= USUAL or COUNTED.search(text_of) else USUAL
        wants_index = WANTS_INDEX.search(text_of) is not None
        wrong = [*wrong, "None of these", "All of these"][: size - 1]
        at = self.question.random.draw_below(size)
        options = [*wrong[:at], right, *wrong[at:]]
        filled = {**row, asked: text, offered: shape_options(row[offered], options)}
        letters = list(row[offered]) if isinstance(row[offered], dict) else "ABCDEFG"
        for key, item in row.items():
            name = CAMEL.sub("_", key).lower()
            if key in (asked, offered) or not (name in ANSWERS or name.endswith("index")):
                if name == "explanation" and isinstance(item, str):
                    filled[key] = f"The right answer is: {right}."
                continue
            is_place = isinstance(item, int) and not isinstance(item, bool)
            if is_place or (wants_index and isinstance(item, str)):
                filled[key] = at
            elif isinstance(item, str):
                is_letter = len(item) == 1 or isinstance(row[offered], dict)
                filled[key] = letters[at] if is_letter else right
        return filled


SUBJECT = make_regex(
    r"(?:Which|What|Who)(?: (?!is|are|was|were|does|do|did|has|have)[a-z]+){0,2} ((?:is|are|was"
    r"|were|has|pumps|covers|contributes|makes|needs|keeps|started|ended|started|directed|wrote"
    r"|painted|led|carries|identifies|reads|filters|produces|gives|takes)\b[^?]{2,120})\?"
)


def to_statement(text: str, answer: str) -> str:
    """Return a question and an answer as one sentence: "Mars is known as the red planet."."""
    match = SUBJECT.fullmatch(text)
    if match is not None:
        return f"{answer[:1].upper()}{answer[1:]} {match[1]}."
    return f"The answer to '{text}' is: {answer}."


def shape_options(shown: Any, options: list[str]) -> Any:
    """Return options as a list of texts, as values of letters, or as objects."""
    if isinstance(shown, dict):
        return dict(zip(shown, options, strict=False))
    if shown and isinstance(shown[0], dict):
        return shown
    return options
