"""Quizzes: questions with several answers, of which one is right."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.known_quizzes import find_questions
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sources import list_facts
from mockgem.operations.forms.writing import Writer
from mockgem.operations.generators.prompt_analysis import ASPECTS

QUIZ = make_regex(
    rf"\b({NUMBER})?[ -]?(?:[a-z-]+ )?(?:multiple[- ]choice|mcqs?\b)(?: (?:quiz )?questions?)?"
    rf"|\b(?:({NUMBER})[- ]questions? )?(?:quiz|trivia)\b(?: (?:with|of) ({NUMBER}))?",
    re.I,
)
COUNT = make_regex(rf"\b({NUMBER})[ -](?:[a-z-]+ ){{0,2}}(?:questions?|mcqs?|items)\b", re.I)
TRUE_OR_FALSE = make_regex(
    rf"\b({NUMBER}) (?:[a-z]+ )?true(?: ?/ ?| or |-or-| and )false (?:statements|questions"
    rf"|items)\b",
    re.I,
)
OPTIONS = make_regex(rf"\b({NUMBER}) (?:[a-z]+ )?(?:options|choices|answers|alternatives)\b", re.I)
WISH = make_regex(
    r"\b(?:write|create|make|give|generate|draft|prepare|need|want|come up with|produce)\b", re.I
)
NO_ANSWERS = make_regex(
    r"\b(?:no|without|don't (?:give|include|show))\b[^.\n]{0,16}\banswers?", re.I
)
STEMS = (
    "Which of these matters most for {}?",
    "What is {} mainly about?",
    "Which statement about {} is true?",
    "What should you look at first with {}?",
    "Which of these does not belong to {}?",
    "Who deals with {} most often?",
)
CHOICES = (
    "A clear goal",
    "Enough time",
    "The right order of steps",
    "Good preparation",
    "Regular practice",
    "A written plan",
    "Honest feedback",
    "All of these",
)
MOST = 30


@form(
    "quiz",
    "Create 3 multiple choice questions about the solar system with answers.",
    words="quiz trivia multiple mcq mcqs choice",
    about="numbered questions with lettered options, and the right answer below each",
)
def write_quiz(question: Question) -> str | None:
    text = question.instruction
    match = QUIZ.search(text) if WISH.search(text) else None
    if match is None or question.language != "en" or wants("json", question):
        return None
    if re.search(
        r"\b(?:table|csv|app|website|html|code|function|script|python|class)\b", text, re.I
    ):
        return None
    number = next(filter(None, match.groups()), "") or find_number(COUNT, text)
    count = parse_count(number, MOST) if number else 1 if ONE_QUESTION.search(text) else 3
    options = OPTIONS.search(text)
    width = min(parse_count(options[1], 6), 6) if options else 4
    writer = QuizWriter(question, width)
    written = "\n\n".join(writer.write(at) for at in range(count))
    if not writer.answers_last:
        return written
    answers = "\n".join(f"{at}. {one}" for at, one in enumerate(writer.answers, 1))
    return f"{written}\n\n**Answers**\n\n{answers}"


ANSWERS_LAST = make_regex(
    r"\banswers?(?: key)?\b[^.\n]{0,30}\b(?:at the (?:very )?(?:end|bottom)|below all|separately"
    r"|after all)"
    r"|\banswer key\b|\bend with the answers\b",
    re.I,
)


ONE_QUESTION = make_regex(r"\b(?:an?|one) (?:[a-z-]+ ){0,3}question\b", re.I)


@form(
    "true or false statements",
    "Write 4 true/false statements about the moon, with the answer in brackets after each.",
    words="true",
    about="numbered statements, each with the answer in brackets",
)
def write_statements(question: Question) -> str | None:
    match = TRUE_OR_FALSE.search(question.instruction)
    if match is None or question.language != "en" or wants("json", question):
        return None
    writer = Writer(question)
    facts = list_facts(question.material) if question.material else []
    lines = [
        f"{at + 1}. {facts[at] if at < len(facts) else writer.write_sentence()}"
        for at in range(parse_count(match[1], MOST))
    ]
    if NO_ANSWERS.search(question.instruction):
        return "\n".join(lines)
    answers = [question.random.pick(("True", "False")) for _ in lines]
    return "\n".join(f"{line} ({answer})" for line, answer in zip(lines, answers, strict=True))


def find_subject(sentence: str) -> str:
    """Return the first noun of a sentence with its article, or the first name."""
    words = sentence.strip(" .").split()
    first = words[0]
    if first.lower() in DETERMINERS:
        return f"{first.lower()} {' '.join(words[1:2])}".strip()
    name = next((at for at, word in enumerate(words) if not word[:1].isupper()), len(words))
    return " ".join(words[: max(1, name)])


DETERMINERS = frozenset("a an the this that these those our its their his her all some".split())


def find_number(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[1] if match else ""


class QuizWriter:
    """Writes questions about a topic or about the facts of a given text."""

    def __init__(self, question: Question, width: int) -> None:
        self.question = question
        self.width = width
        self.facts = list_facts(question.material) if question.material else []
        self.start = question.random.draw_below(len(STEMS))
        self.shows_answer = NO_ANSWERS.search(question.instruction) is None
        self.writer = Writer(question)
        stated = question.stated[:1000]
        self.rows = [] if question.material else find_questions(question.topic, stated)
        self.answers_last = self.shows_answer and ANSWERS_LAST.search(question.wish) is not None
        self.answers: list[str] = []

    def write(self, at: int) -> str:
        """Return question number `at`, counted from 0, with its options and its answer."""
        stem = STEMS[(self.start + at) % len(STEMS)].format(self.writer.question.topic)
        right = self.question.random.draw_below(self.width)
        options = self.list_options(at, right)
        if at < len(self.rows):
            stem, correct, *wrong = self.rows[at]
            options = [*wrong, *CHOICES][: self.width - 1]
            options.insert(right, correct)
        lines = [f"{at + 1}. {stem}"]
        lines += [f"   {chr(65 + place)}) {text}" for place, text in enumerate(options)]
        self.answers.append(f"{chr(65 + right)}) {options[right]}")
        if self.shows_answer and not self.answers_last:
            lines.append(f"   Answer: {chr(65 + right)}")
        return "\n".join(lines)

    def list_options(self, at: int, right: int) -> list[str]:
        """Return the answers to choose from; a fact of the text is the right one."""
        own = [word for word in self.question.keywords if word not in ASPECTS]
        pool = [*(word[:1].upper() + word[1:] for word in own[:2]), *CHOICES]
        options = [pool[(3 * at + place) % len(pool)] for place in range(self.width)]
        if at < len(self.facts):
            options[right] = self.facts[at].rstrip(".")
        return options
