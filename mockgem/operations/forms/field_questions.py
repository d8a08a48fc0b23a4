"""Fields that the prompt describes with a question or a task: '"days": string  // How many …?'."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.answer_spans import find_span
from mockgem.operations.forms.condensed_questions import complete
from mockgem.operations.forms.labels import choose
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sources import choose_sentence, split_sentences

COMMENTED = make_regex(
    r"\"(\w{1,40})\"\s?:\s?\"?(?:string|str|bool(?:ean)?)\"?,?\s{1,4}//\s?([^\n]{6,300})"
)
TRUE_OR_FALSE = make_regex(r"\banswer true if yes\b|\btrue if yes\b|\btrue or false\b", re.I)
SENTENCES = make_regex(
    r"\b(?:extract|copy|quote|list) (?:any|all|the) sentences? (?:about|on|regarding) (?:the )?"
    r"([^.\n]{3,60})",
    re.I,
)
WORD = make_regex(r"[a-z]{4,}")
RELATED = (
    frozenset("gift present birthday anniversary wedding christmas someone wife husband".split()),
    frozenset("price value cost costs cheap expensive worth money bargain dollars euros".split()),
    frozenset("delivery shipping arrive arrived days package parcel".split()),
    frozenset("quality durable broke broken sturdy material".split()),
)
"""Words for the same subject."""
SHOWN_ACTION = make_regex(
    r"\"(action|command|intent|function|tool|event|operation)\"\s?:\s?"
    r"\"([a-z]+(?:[_.-][a-z]+){1,4})\""
)
STANDALONE = make_regex(
    r"^(?:standalone|stand_alone|rewritten|condensed|rephrased|reformulated|contextualized)_?"
    r"(?:question|query)$",
    re.I,
)


def answer_fields(value: Any, fields: dict[str, Any], question: Question) -> Any:
    """Return an object whose fields have what their comments, or an example, say about them."""
    if not isinstance(value, dict):
        return value
    value = complete_follow_up(keep_shown_action(value, fields, question), question)
    if "//" not in question.whole or not question.material:
        return value
    comments = dict(COMMENTED.findall(question.whole[:6000]))
    answers = {
        key: answer_comment(comments[key], question.material, item)
        for key, item in value.items()
        if key in comments and "enum" not in fields.get(key, {})
    }
    return {**value, **{key: item for key, item in answers.items() if item is not None}}


def answer_comment(about: str, text: str, item: Any) -> Any:
    """Return what a text says about a question or a task; None if the comment is neither."""
    sentences = split_sentences(text)
    if wanted := SENTENCES.search(about):
        return " ".join(one for one in sentences if is_related(wanted[1], one))
    if TRUE_OR_FALSE.search(about):
        is_true = is_related(about.partition("?")[0], text)
        return is_true if isinstance(item, bool) else str(is_true).lower()
    if not about.rstrip().endswith("?") or not sentences:
        return None
    best = choose_sentence(sentences, about) or sentences[0]
    return find_span(about, best)


def is_related(about: str, text: str) -> bool:
    """Return whether a text has a word of a question, or one for the same subject."""
    words, found = set(WORD.findall(about.lower())), set(WORD.findall(text.lower()))
    return any(words & group and found & group for group in RELATED)


def keep_shown_action(
    value: dict[str, Any], fields: dict[str, Any], question: Question
) -> dict[str, Any]:
    """Return an object with the action of an example, if nothing else says which there are."""
    key = next((key for key in value if key.lower() in ACTION_KEYS), None)
    if key is None or fields.get(key) != {"type": "string"}:
        return value
    shown = [name for own, name in SHOWN_ACTION.findall(question.whole[:6000]) if own == key]
    if not shown:
        return value
    about = [name.replace("_", " ") for name in shown]
    return {**value, key: choose(shown, about, question.prompt[-600:], question)}


ACTION_KEYS = frozenset("action command intent function tool event operation".split())


def complete_follow_up(value: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return an object whose standalone question has the name that a pronoun stands for."""
    key = next(filter(STANDALONE.match, value), None)
    whole = complete(question) if key else None
    return {**value, str(key): whole} if whole else value
