"""Replies that begin or end with words that the prompt names, and other rules for every reply."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.lengths import find_length
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import find_form, form
from mockgem.operations.forms.reply_rules import apply_rules, remove_rules
from mockgem.operations.forms.sources import fit_words, split_sentences
from mockgem.operations.forms.value_generation import generate_named
from mockgem.operations.generators import prose

QUOTED = r"[\"“'`]([^\"”'`\n]{1,80})[\"”'`]"
KIND = (
    r"(?:(?:the|an?) (?:\w+ )?(?:word|words|phrase|sentence|line|text)"
    r"(?: (?:that says|saying|reading|beginning with|starting with|that begins with"
    r"|that starts with"
    r"|with))?:? )?"
)
LAST = make_regex(
    r"\b(?:end|finish|conclude|close)(?: (?:your|the|each|every) (?:answer|reply"
    rf"|response|message|text|sentence))? with {KIND}(?:{QUOTED}|((?-i:[A-Z][A-Z_!]{{1,20}}))\b)"
    r"|\b(?:end|finish|close|conclude) (?:\w+ ){0,2}?with the (?:line|sentence|words|phrase):"
    r" ([^\"“'`\n:]{3,100}?)(?=\.?[ \t]*(?:\n|\Z))"
    r"|\b(?:write|say|add|put|append|reply|output|include) (?:the (?:word|words|phrase|token) )?"
    rf"(?:{QUOTED}|((?-i:[A-Z][A-Z_!]{{1,20}})))"
    r" (?:on|in|as|at) (?:the |an? )?(?:very )?(?:last line|final line|end|separate line at the"
    r" end)"
    r"|\b(?:at the (?:very )?end(?: of (?:each|every|your|all|the) \w+)?|as the last line"
    r"|below (?:each|every)"
    r" \w+),? (?:always )?(?:add|write|put|append|include|say|print)(?: the| this)?(?: (?:line"
    r"|words?|sentence"
    rf"|phrase|text|note|disclaimer))?:? ?{QUOTED}"
    r"|\b(?:put|write|give|state|output|present|return|end|finish|explain|justify"
    r"|add)\b[^.\n\"“'`]{0,70}\b(?:after"
    r"|following|prefixed (?:by|with)|preceded by|starting with|beginning with|in the form)\s"
    r"[\"“'`]([^\"”'`\n]{1,40}[:：#=] ?)[\"”'`]",
    re.I,
)
FIRST = make_regex(
    r"\b(?:starts?|begins?)(?: (?:your|the|each|every|all) (?:answers?|reply|replies|responses?"
    r"|messages?"
    rf"|text))? with {KIND}(?:{QUOTED}|((?-i:[A-Z][A-Z_!]{{1,20}}))\b)",
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
    if (prompt, system) == (question.prompt.strip(), question.system.strip()):
        return None
    label = match[1].strip()
    inner = question.restate(prompt, system)
    formed = find_form(inner)
    text = formed.text if formed else prose.write_reply(prompt or "it", question.random, system, "")
    return f"{text}\n{label} {generate_named(label.rstrip(':'), '', inner)}"


RUN = make_regex(
    r"(?:npm|npx|yarn|pnpm|bun|node|deno|python3?|pip|uv|go|cargo|java|mvn|gradle|uvicorn|gunicorn"
    r"|flask|php|ruby|rails|bundle|dotnet|make|docker|bash|sh) [\w./-]"
)
"""A command, with which a program starts, not a text."""


def is_text(words: str) -> bool:
    return re.search(r"\w", words) is not None and RUN.match(words) is None


@form(
    "first or last word",
    "Finish with the word DONE. Tell me about bees.",
    'Begin your answer with "Sure:" and explain tides.',
    "Answer in capital letters only: what are tides?",
    words="end finish conclude close start begin write say add put append include output"
    " reply last contain mention use caps capitals capital uppercase lowercase apologise apologize"
    " sign call address state give present return always introduce introducing"
    " emoji hashtags",
    about="a reply that begins or ends with the words that the prompt names",
)
def add_fixed_words(question: Question) -> str | None:
    if question.is_wrapped:
        return None
    first, last = FIRST.search(question.wish), LAST.search(question.wish)
    if first is not None and not is_text(next(filter(None, first.groups()))):
        first = None
    if first is not None and SHOWS_FORM.search(next(filter(None, first.groups()))):
        first = None
    if first is not None and EITHER_WORD.match(question.wish, first.end()):
        first = None
    if last is not None and SHOWS_FORM.search(next(filter(None, last.groups()))):
        last = None
    asked = ASKS_LAST.search(question.wish) if last is None else None
    rules = apply_rules(question)
    if first is None and last is None and asked is None and not rules:
        return None
    if re.search(
        r"\b(?:e-?mail|letter|json|csv|xml|regex\w*|regular expressions?)\b|\b(?:strings|words"
        r"|lines|names|files|numbers)"
        r" (?:that |which )?(?:start|begin|end)",
        question.instruction,
        re.I,
    ):
        return None
    inner = make_inner(question, [match[0] for match in (first, last, asked) if match])
    formed = find_form(inner)
    text = (
        formed.text
        if formed
        else prose.write_reply(
            inner.prompt or "your message", question.random, inner.system, question.opening
        )
    )
    for change in rules:
        text = change(text)
    limit = find_length(question) if rules else None
    if limit is not None and limit[1] == "word" and limit[2]:
        text = fit_words(text, limit[0])
    if asked and not text.rstrip().endswith(("?", "？")):
        space = "\n\n" if "\n" in text else " "
        text = f"{drop_last(text, question)}{space}{ask_back(question)}".strip()
    return f"{find_start(first, inner)}{text}{find_end(last, question)}"


EITHER_WORD = make_regex(r"[\"'”’]?,? or [\"'“‘]?\w")
"""What follows a word that is one of two: 'Start with "Yes" or "No"', which is a choice."""
SHOWS_FORM = make_regex(
    r"[<{\[]|\bX\b|_{2,9}|\.{3}|…|\A(?:sources?|references|citations|quellen|fuentes):?\Z", re.I
)
"""The last line is a pattern to fill, or the head of a list: other recognisers write these."""


EDGE = 2_000
"""Characters at both ends of a long message in which rules stand."""


def remove_from_edges(text: str) -> str:
    """Return a message without rules; in a long one they are looked for at both ends."""
    if len(text) <= 4 * EDGE:
        return remove_rules(text)
    return f"{remove_rules(text[:EDGE])}{text[EDGE:-EDGE]}{remove_rules(text[-EDGE:])}"


def make_inner(question: Question, parts: list[str]) -> Question:
    """Return the question without the rules that the reply around it keeps."""
    prompt, system = question.prompt, question.system
    for part in parts:
        prompt, system = prompt.replace(part, ""), system.replace(part, "")
    inner = question.restate(remove_from_edges(prompt).strip(" .,"), remove_rules(system))
    inner.is_wrapped = True
    return inner


def find_start(first: re.Match[str] | None, inner: Question) -> str:
    """Return the words at the beginning of a reply; a line of its own if the prompt wants it."""
    if first is None:
        return ""
    words = next(filter(None, first.groups())).strip()
    if re.search(r"\bline\b", first[0]) is None:
        return f"{words} "
    from mockgem.operations.forms.writing import Writer

    rest = f" {Writer(inner).write_opener()}" if words.endswith(":") else ""
    return f"{words}{rest}\n\n"


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
    r"\A[\"”'`]?,? (?:followed by|and(?: then)?|plus|then|before) (?:the |your |a |an )?"
    r"(?:[\w-]+ ){0,2}?(number|answer|result|value|total|amount|id|code|reference|name|date)\b"
    r"(?: (?:like|such as|e\.g\.|for example)[ :]+[\"'“`]?([\w#-]{2,24}))?",
    re.I,
)
"""A value after the last words: "End with '####' followed by the number."."""


def drop_last(text: str, question: Question) -> str:
    """Return a text without its last sentence if a question takes its place in the number."""
    limit = find_length(question)
    sentences = split_sentences(text)
    if limit is None or limit[1] != "sentence" or len(sentences) < limit[0] or "\n- " in text:
        return text
    return " ".join(sentences[: limit[0] - 1])


def find_end(last: re.Match[str] | None, question: Question) -> str:
    """Return what stands at the end of a reply: the words, with a value if it follows them."""
    if last is None:
        return ""
    words = next(filter(None, last.groups())).strip()
    value = LAST_VALUE.match(last.string[last.end() :])
    if value is not None:
        found = fill_sample(value[2], question) if value[2] else find_result(value[1], question)
        return f"\n\n{words} {found}"
    if words.endswith((":", "：", "#", "=")):
        return f"\n\n{words} {find_result('answer', question)}"
    mark = "\n" if "line" in last[0] or len(words.split()) > 1 else " "
    return f"{mark}{words}"


def find_result(kind: str, question: Question) -> str:
    """Return the value at the end of a reply: a number for a question about one."""
    from mockgem.operations.forms.value_generation import generate_named

    is_number = kind == "number" or re.search(
        r"\bhow (?:many|much|long|far|old)\b|\d", question.instruction, re.I
    )
    return generate_named("total" if is_number else "result", "", question)


def fill_sample(sample: str, question: Question) -> str:
    """Return a value like a sample: "FN-12345" with other digits."""
    return re.sub(r"\d", lambda _: str(question.random.draw_below(10)), sample)


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
