"""Replies that begin or end with words that the prompt names."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.lengths import find_length
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import find_reply, form
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.generators import prose

LAST = make_regex(
    r"\b(?:end|finish|conclude|close)(?: (?:your|the|each|every) (?:answer|reply"
    r"|response|message|text|sentence))? with (?:the (?:word|words|phrase|sentence|line"
    r"|text):? )?(?:[\"“'`]([^\"”'`\n]{1,80})[\"”'`]|((?-i:[A-Z][A-Z_!]{1,20}))\b)"
    r"|\b(?:write|say|add|put|append|reply|output|include) (?:the (?:word|words|phrase|token) )?"
    r"(?:[\"“'`]([^\"”'`\n]{1,80})[\"”'`]|((?-i:[A-Z][A-Z_!]{1,20})))"
    r" (?:on|in|as|at) (?:the |an? )?(?:very )?(?:last line|final line|end|separate line at the"
    r" end)",
    re.I,
)
FIRST = make_regex(
    r"\b(?:start|begin)(?: (?:your|the|each|every) (?:answer|reply|response|message"
    r"|text))? with (?:the (?:word|words|phrase|sentence|line|text):? "
    r")?(?:[\"“'`]([^\"”'`\n]{1,80})[\"”'`]|((?-i:[A-Z][A-Z_!]{1,20}))\b)",
    re.I,
)


@form(
    "first or last word",
    "Finish with the word DONE. Tell me about bees.",
    'Begin your answer with "Sure:" and explain tides.',
    words="end finish conclude close start begin write say add put append include output"
    " reply last",
    about="a reply that begins or ends with the words that the prompt names",
)
def add_fixed_words(question: Question) -> str | None:
    first, last = FIRST.search(question.wish), LAST.search(question.wish)
    if first is None and last is None and not ASKS_LAST.search(question.wish):
        return None
    if re.search(r"\b(?:e-?mail|letter|json|csv|xml)\b", question.instruction, re.I):
        return None
    prompt, system = question.prompt, question.system
    asked = ASKS_LAST.search(question.wish) if last is None else None
    for match in filter(None, (first, last, asked)):
        prompt, system = prompt.replace(match[0], ""), system.replace(match[0], "")
    inner = Question(prompt.strip(" .,"), question.random, system)
    inner.earlier, inner.results, inner.opening = (
        question.earlier,
        question.results,
        question.opening,
    )
    formed = find_reply(inner)
    text = (
        formed.text
        if formed
        else prose.write_reply(
            inner.prompt or "your message", question.random, system, question.opening
        )
    )
    start = f"{next(filter(None, first.groups()))} " if first else ""
    if asked and not text.rstrip().endswith(("?", "？")):
        return f"{start}{drop_last(text, question)} {ask_back(question)}".replace("  ", " ")
    return f"{start}{text}{find_end(last, question)}"


ASKS_LAST = make_regex(
    r"\b(?:end|finish|conclude|close)\b(?: (?:your|the|each|every|it|with|by|answer|reply|response"
    r"|message|asking|turn|always|back|on)){0,5} (?:an? |one )?(?:\w+[- ]){0,2}question\b(?! mark)"
    r"|\blast (?:one|sentence|line)? ?(?:of which )?(?:must|should|has to|is to) be an? (?:\w+ )?"
    r"question\b"
    r"|\bask (?:the user )?an? (?:\w+[- ]){0,2}question (?:at the end|back)",
    re.I,
)
"""A wish for a question at the end of every reply."""
LAST_VALUE = make_regex(
    r"\A[\"”'`]?,? (?:followed by|and(?: then)?|plus|then|before) (?:the |your |a |an )?(?:\w+ )?"
    r"(number|answer|result|value|total|amount)\b",
    re.I,
)
"""A value after the last words: "End with '####' followed by the number."."""


def drop_last(text: str, question: Question) -> str:
    """Return a text without its last sentence if a question takes its place in the number."""
    limit = find_length(question)
    sentences = split_sentences(text)
    if limit is None or limit[1] != "sentence" or len(sentences) < limit[0]:
        return text
    return " ".join(sentences[: limit[0] - 1])


def find_end(last: re.Match[str] | None, question: Question) -> str:
    """Return what stands at the end of a reply: the words, with a value if it follows them."""
    if last is None:
        return ""
    words = next(filter(None, last.groups()))
    whole = last.string
    value = LAST_VALUE.match(whole[last.end() :])
    if value is not None:
        from mockgem.operations.forms.value_generation import generate_named

        found = generate_named("result" if value[1] != "number" else "total", "", question)
        return f"\n{words.strip()} {found}"
    mark = "\n" if "line" in last[0] or len(words.split()) > 1 else " "
    return f"{mark}{words}"


ASKED_BACK = {
    "de": "Was möchtest du dazu noch wissen?",
    "fr": "Que souhaitez-vous savoir de plus ?",
    "es": "¿Qué más te gustaría saber?",
    "it": "Che cosa vorresti sapere ancora?",
    "pt": "O que mais você gostaria de saber?",
    "nl": "Wat wil je nog meer weten?",
}


def ask_back(question: Question) -> str:
    """Return a question to the user, in the language of the reply where it is known."""
    return ASKED_BACK.get(question.language, "What would you like to look at next?")
