"""Rows for the texts of a list: "Classify each of these sentences: 1. … 2. …"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.given_lists import find_known_things
from mockgem.operations.forms.labels import choose_label
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.options import find_options
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sentiment import score_label
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.vocabulary import find_kind, list_words

ITEM = make_regex(
    r"^[ \t]*(?:[-*•]|\(\d{1,2}\)|(?:[A-Za-z_]{2,12}[ _-])?[#\[]?"
    r"(?:(?:[A-Z]{1,3}-?)?\d{1,4}|[A-H])[.):\]]{1,2})"
    r"[ \t]+(\S[^\n]{2,400}?)[ \t]*$",
    re.M,
)
MARK = make_regex(
    r"^[ \t]*\(?(?:[A-Za-z_]{2,12}[ _-])?[#\[]?((?:[A-Z]{1,3}-?)?\d{1,4}|[A-H])[.):\]]{1,2}"
    r"[ \t]+(?=\S)",
    re.M,
)
"""What a text of a list begins with: "3.", "doc_id 11:", "[T-4]"."""
EACH = make_regex(
    r"\b(?:each|every|these|following|all)\b[^.:\n]{0,30}?\b(?:sentences?|texts?|reviews?|messages?"
    r"|tweets?|comments?|headlines?|statements?|tickets?|e-?mails?|questions?|phrases?|quer(?:y"
    r"|ies)"
    r"|items?|lines?|words?|utterances?|transactions?|posts?|documents?|passages?|tasks?|claims?"
    r"|candidates?|titles?|snippets?|products?|cities|countries|names?|animals?|foods?|companies"
    r"|songs?|movies?|things?)\b",
    re.I,
)
TEXT_KEYS = make_regex(
    r"^(?:product|city|country|food|animal|company|song|movie|sentence|text|review|message|tweet|comment|headline|statement|ticket|e?mail|question"
    r"|phrase|query|item|line|word|title|utterance|transaction|post|input|name|content)$",
    re.I,
)
PLACE_KEYS = frozenset("id number index no nr position line_number".split())


PER_SENTENCE = make_regex(
    r"\b(?:one|an?) (?:\w+ )?(?:elements?|objects?|entry|items?|rows?) (?:per|for each|for every)"
    r" sentence\b",
    re.I,
)
WORD_COUNT = make_regex(r"^(?:num_|number_of_)?words?(?:_count)?$|^length_in_words$", re.I)


def list_texts(question: Question) -> list[str]:
    """Return the texts of a list that the prompt wants to have labelled one by one."""
    if PER_SENTENCE.search(question.wish) and question.material:
        return split_sentences(question.material)
    if EACH.search(question.wish) is None:
        return []
    found = ITEM.findall(question.prompt[:8000])
    texts = [text.strip('"“”') for text in found]
    return texts if len(texts) > 1 else list_short_lines(question.material)


LONGEST_LINE = 60
MOST_LINES = 40


def list_short_lines(text: str) -> list[str]:
    """Return the lines of a text in which each is a thing: "USB-C cable"; empty for others."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    is_list = 2 <= len(lines) <= MOST_LINES and all(len(line) <= LONGEST_LINE for line in lines)
    return [] if not is_list or any(map(NOT_A_THING.search, lines)) else lines


NOT_A_THING = make_regex(r"[,:;\[\]{}|=<>]|\?\Z")
"""What no line of a list of things has: the marks of data, of sources, of questions."""


def label_texts(texts: list[str], question: Question) -> list[str]:
    """Return a label for each text; empty if the prompt names no labels."""
    if not texts:
        return []
    found = find_options(ITEM.sub("", question.wish))
    return [pick_label(list(found.values), text, question) for text in texts] if found else []


WHICH = make_regex(
    r"\b(?:which|what|find|filter|select|pick|return|list) (?:all )?(?:of (?:these|the "
    r"following)|(?:the )?(?=[a-z]+ from))(?: words| items"
    r"| things)? ?(?:are|is)? ?(?:an? |the )?([a-z]{3,20})\b[^:?\n]{0,40}[:?]\s{0,3}"
    r"((?:[a-z][\w -]{1,24},\s?){2,30}(?:and |or )?[a-z][\w -]{1,24})",
    re.I,
)


def list_chosen(question: Question) -> list[str]:
    """Return the things of a kind in "Which of these are fruits? apple, carrot, plum"."""
    match = WHICH.search(question.prompt[:2000])
    if match is None:
        return []
    items = [item.strip() for item in re.split(r",\s?(?:and |or )?", match[2])]
    kind = find_kind(match[1])
    known = {
        *map(str.lower, find_known_things(match[1])),
        *(list_words("en", kind) if kind else ()),
    }
    return [item for item in items if item.lower() in known] or items[:2]


def pick_label(labels: list[str], text: str, question: Question) -> str:
    kind = next((kind for kind, pattern in SENTENCES if pattern.search(text)), "")
    named = next((label for label in labels if label.lower() == kind), None)
    return named or choose_label(labels, Question(text, question.random))


SENTENCES = (
    ("question", make_regex(r"\?\W*\Z")),
    ("exclamation", make_regex(r"!\W*\Z")),
    (
        "command",
        make_regex(
            r"\A\W*(?:please |do not |don't )?(?:close|open|give|take|bring|stop|turn|go|come"
            r"|sit|put"
            r"|call|send|write|read|be|wait|look|listen|let|make|clean|pass|tell|help|show)\b",
            re.I,
        ),
    ),
    ("statement", make_regex(r"\.\W*\Z")),
)
"""What a sentence is by its mark and its first word."""


CATEGORIES = (
    "sports business health technology politics science entertainment travel food shipping billing"
).split()


def find_category(text: str) -> str:
    """Return a usual category that a text supports; empty for none."""
    scores = [score_label(label, text) for label in CATEGORIES]
    return CATEGORIES[scores.index(max(scores))] if max(scores) > 0 else ""


def fill_texts(
    rows: list[Any], fields: dict[str, Any], texts: list[str], question: Question
) -> Any:
    """Return a row for each text: the text itself, its number, and the label that it supports."""
    key = next(filter(TEXT_KEYS.match, fields), None)
    if not rows or not isinstance(rows[0], dict):
        return rows
    return [
        {
            name: fill_cell(name, item, fields.get(name, {}), text, mark, name == key, question)
            for name, item in rows[at % len(rows)].items()
        }
        for at, (mark, text) in enumerate(zip(list_marks(texts, question), texts, strict=True))
    ]


def list_marks(texts: list[str], question: Question) -> list[str]:
    """Return the numbers in front of the texts, else their places."""
    marks = MARK.findall(question.prompt[:8000])
    return marks if len(marks) == len(texts) else [str(at) for at in range(1, len(texts) + 1)]


def number_text(item: Any, mark: str) -> Any:
    """Return the mark of a text, as a number if there is one in its place."""
    if not isinstance(item, (int, float)):
        return mark
    return int(mark) if mark.isdecimal() else item


def fill_cell(
    name: str,
    item: Any,
    schema: dict[str, Any],
    text: str,
    mark: str,
    is_text: bool,
    question: Question,
) -> Any:
    if is_text:
        return text
    if name.lower().split("_")[-1] in PLACE_KEYS and not schema.get("enum"):
        return number_text(item, mark)
    if isinstance(item, int) and WORD_COUNT.match(name):
        return len(text.split())
    if not schema.get("enum") and name.lower() in ("topic", "category", "theme"):
        return find_category(text) or item
    labels = schema.get("enum")
    if labels and all(isinstance(label, str) for label in labels):
        return pick_label(labels, text, question)
    return item
