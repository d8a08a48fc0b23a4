"""Questions about what the last reply named: "How many people live there?"."""

from __future__ import annotations

import re

from mockgem.operations.forms.answer_kinds import lacks_kind, list_kinds
from mockgem.operations.forms.known_facts import find_fact
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.name_words import list_names
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sources import choose_sentence, split_sentences
from mockgem.operations.generators.answer_shapes import shape_answer
from mockgem.operations.generators.known_answers import find_answer

MAX_PROMPT = 120
ASKS = make_regex(
    r"\A\W*(?:(?:and|so|ok|okay|thanks|great|cool|hm+"
    r"|but)[,.! ]{1,3}){0,2}(?P<asked>(?:how (?:long|many|much|far"
    r"|big|old|tall|often)|what(?:['’]s| is) the population|when|where|what (?:should|can"
    r"|could) (?:i|we))\b"
    r"[^?\n]{2,100})\?\s*\Z",
    re.I,
)
THERE = make_regex(r"\b(?<!is )(?<!are )(?:in |over )?there\b(?! (?:is|are|any|a))", re.I)
IT = make_regex(r"\b(?:it|that one|this one|that city|this city)\b", re.I)
NO_NAMES = frozenset(
    "i i'd i'm i'll it it's that that's this the you sure here yes no what how day".split()
)


@form(
    "question about what was named",
    words="how what when where",
    needs="earlier",
    about="an answer about the name in the last reply that the question refers to",
)
def answer_reference(question: Question) -> str | None:
    prompt = question.prompt.strip()
    asked = ASKS.match(prompt) if len(prompt) <= MAX_PROMPT and question.earlier else None
    if asked is None or question.language != "en" or question.stated_system:
        return None
    replies = [text for role, text in question.earlier if role != "user"]
    name = find_name(replies[-1]) if replies else ""
    whole = resolve(asked["asked"], name) if name else ""
    if not whole or is_told(prompt, replies):
        return None
    return (
        find_answer(f"{whole}?")
        or find_fact(f"{whole}?")
        or shape_answer(f"{whole}?", question.random)
    )


def find_name(reply: str) -> str:
    """Return the last name in the first sentences of a reply; empty without one."""
    names = [
        name
        for sentence in split_sentences(reply)[:2]
        for name in list_names(sentence)
        if name.lower() not in NO_NAMES
    ]
    return names[-1] if names else ""


def resolve(asked: str, name: str) -> str:
    """Return a question with a name for the word that refers to it; empty without such a word."""
    if THERE.search(asked):
        return THERE.sub(f"in {name}", asked, count=1)
    return IT.sub(name, asked, count=1) if IT.search(asked) else ""


def is_told(asked: str, replies: list[str]) -> bool:
    """Return whether a sentence of the replies has what a question asks for."""
    sentences = [one for reply in replies for one in split_sentences(reply)]
    best = choose_sentence(sentences, asked)
    kinds = list_kinds(asked)
    return best is not None and bool(kinds) and not lacks_kind(best, kinds)
