"""Replies that begin or end with words that the prompt names."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import find_reply, form
from mockgem.operations.forms.value_generation import generate_named
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


LABELLED_LAST = make_regex(
    r"\b(?:add|append|include|put|write|give)\b[^.\n]{0,40}\b(?:line|sentence)\b[^.\n]{0,30}"
    r"\b(?:begins?|starts?|starting|beginning) with"
    r" [\"“'`]([^\"”'`\n]{1,40}:)[\"”'`][^.\n]{0,60}\.?",
    re.I,
)
"""A line with a label at the end: 'add a line that begins with "Source:"'."""


@form(
    "last line",
    'Answer the question and add a last line that starts with "Source:". Who wrote Emma?',
    words="line sentence",
    about="a reply, and a line with the label that the prompt names",
)
def add_last_line(question: Question) -> str | None:
    match = LABELLED_LAST.search(question.wish)
    if match is None:
        return None
    prompt, system = (
        text.replace(match[0], " ").strip() for text in (question.prompt, question.system)
    )
    label = match[1].strip()
    inner = Question(prompt, question.random, system)
    inner.earlier, inner.results = question.earlier, question.results
    formed = find_reply(inner)
    text = formed.text if formed else prose.write_reply(prompt or "it", question.random, system, "")
    return f"{text}\n{label} {generate_named(label.rstrip(':'), '', inner)}"


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
    if first is None and last is None:
        return None
    if re.search(r"\b(?:e-?mail|letter|json|csv|xml)\b", question.instruction, re.I):
        return None
    prompt, system = question.prompt, question.system
    for match in filter(None, (first, last)):
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
    mark = "\n" if last and "line" in last[0] else " "
    end = f"{mark}{next(filter(None, last.groups()))}" if last else ""
    return f"{start}{text}{end}"
