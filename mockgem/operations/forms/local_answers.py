"""Texts in each language about everyday topics: definitions, advice, small talk, a story.

Each file in `data/answers/` has rows. "= key: words = text" defines a thing, "* key: words = tip |
tip" gives advice to questions how to do something, "! key: words = text | text" answers a question
with those words, "+ key: words = text" is a kind of text with a place for its topic, and
"name: text" is a text or a pattern. The words are those of a question, as in `data/facts/`. The
file for English has mostly the words, for requests whose reply is in another language.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from mockgem.core.frozen import frozen
from mockgem.operations.forms.fact_books import Groups, has_words, read_groups, simplify
from mockgem.operations.forms.lazy_patterns import make_regex

FOLDER = Path(__file__).parent.parent.parent / "data" / "answers"
ROW = make_regex(r"([=*!+]) ([\w ]+): ([^=\n]+)(?: = (.+))?")
SENTENCE_END = make_regex(r" \| |(?<=[.।]) (?=\S)|(?<=。)(?=\S)")
MAX_QUESTION = 200
Rows = dict[str, tuple[Groups, tuple[str, ...]]]


@frozen
class LocalAnswers:
    """The texts of a language.

    Attributes:
        texts: Texts and patterns by their names.
        definitions: By their keys: the words of a thing, and a sentence or two about it.
        tips: By their keys: the words of a topic, and advice.
        answers: By their keys: the words of a question, and what answers it.
        kinds: By their keys: the words for a kind of text, and the text.
    """

    texts: dict[str, str]
    definitions: Rows
    tips: Rows
    answers: Rows
    kinds: Rows

    @property
    def tables(self) -> dict[str, Rows]:
        """The rows by the mark at their beginning."""
        return {"=": self.definitions, "*": self.tips, "!": self.answers, "+": self.kinds}


@cache
def load_answers(code: str) -> LocalAnswers:
    """Return the texts of a language by its code, such as "de" or "zh-Hant"."""
    answers = LocalAnswers({}, {}, {}, {}, {})
    path = FOLDER / f"{code}.txt"
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        if match := ROW.fullmatch(line):
            said = (match[4],) if match[1] == "+" else tuple(SENTENCE_END.split(match[4] or ""))
            rows = answers.tables[match[1]]
            rows[match[2]] = (read_groups(match[3], code), said if match[4] else ())
        else:
            name, _, text = line.partition(": ")
            answers.texts[name] = text
    return answers


@lru_cache(maxsize=256)
def find_advice(prompt: str, topic: str, source: str, target: str) -> tuple[str, ...]:
    """Return tips in a language for a question how to do something; nothing for other prompts."""
    asked = load_answers(source)
    how = asked.texts.get("how", "")
    if len(prompt) > MAX_QUESTION or not how or not compile_asked(how).search(prompt):
        return ()
    said = load_answers(target).tips
    return find_rows(topic if len(topic) > 1 else prompt, asked.tips, said)


BENEFITS = ("water benefits", "reading benefits", "sport benefits")
"""Answers that are advantages of something."""
SERIES = (
    *BENEFITS,
    "restaurants",
    "leisure",
    "breakfast",
    "dishes",
    "dinner",
    "content ideas",
    "film",
    "book",
    "gift",
    "sights",
)
"""Answers that are several things, not sentences that follow each other."""


@lru_cache(maxsize=256)
def find_answer_key(prompt: str, code: str) -> str:
    """Return the key of an everyday question in a language; empty for other prompts."""
    plain = simplify(prompt) if len(prompt) <= MAX_QUESTION else ""
    rows = load_answers(code).answers if plain else {}
    return next((key for key, (groups, _) in rows.items() if has_words(groups, plain)), "")


def find_answer(prompt: str, source: str, target: str) -> tuple[str, ...]:
    """Return what answers an everyday question in a language; nothing for other prompts."""
    found = load_answers(target).answers.get(find_answer_key(prompt, source))
    return found[1] if found else ()


@lru_cache(maxsize=256)
def find_definition(prompt: str, topic: str, source: str, target: str) -> tuple[str, ...]:
    """Return the text in a language about a thing that a prompt names; empty for others."""
    if len(prompt) > MAX_QUESTION:
        return ()
    return find_rows(topic, load_answers(source).definitions, load_answers(target).definitions)


SHAPES = ("todo", "why", "many", "long", "when")
"""Texts that answer what to do, why, how many, how long and when, whatever the topic is."""


def find_shape(prompt: str, topic: str, source: str, target: str) -> tuple[str, ...]:
    """Return sentences of the shape that a question wants; nothing for other prompts."""
    if not topic:
        return ()
    found = (find_text(name, prompt, source, target) for name in SHAPES)
    said = next(filter(None, found), "").replace("{}", topic)
    if "{unit}" in said:
        asked = re.search(load_answers(source).texts["many_asked"], prompt, re.I)
        said = said.replace("{unit}", asked[1] if asked else "")
    return tuple(SENTENCE_END.split(said)) if said else ()


def find_verdict(prompt: str, source: str, target: str) -> str:
    """Return a yes or a no in a language for a question that wants one; else an empty text."""
    if not (yes := find_text("whether", prompt, source, target)):
        return ""
    return find_text("hard", prompt, source, target) or yes


def find_rows(text: str, asked: Rows, said: Rows) -> tuple[str, ...]:
    """Return what the first row says whose words a text has."""
    plain = simplify(text)
    keys = (key for key, (groups, _) in asked.items() if has_words(groups, plain))
    return next((said[key][1] for key in keys if key in said), ())


@cache
def compile_asked(pattern: str) -> re.Pattern[str]:
    """Return a pattern of a language file; there are some hundred."""
    return make_regex(pattern, re.I)


def find_text(name: str, prompt: str, source: str, target: str) -> str:
    """Return a text in a language, if its pattern is in a short prompt; else an empty one."""
    pattern = load_answers(source).texts.get(f"{name}_asked", "")
    if len(prompt) > MAX_QUESTION or not pattern or not compile_asked(pattern).search(prompt):
        return ""
    return load_answers(target).texts.get(name, "")
