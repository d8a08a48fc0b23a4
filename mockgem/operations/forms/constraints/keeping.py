"""Write a reply that fulfils the constraints of a prompt."""

from __future__ import annotations

from collections.abc import Callable

from mockgem.operations.forms.constraints.draft import Draft
from mockgem.operations.forms.constraints.reading import Reading, read_constraints
from mockgem.operations.forms.formed_reply import FormedReply
from mockgem.operations.forms.question import Question
from mockgem.operations.generators import prose

DATA_FORMS = frozenset(
    (
        *(
            "json",
            "csv",
            "toml",
            "yaml",
            "xml",
            "geojson",
            "ini",
            "table",
            "repeat json",
            "changed JSON",
        ),
        *(
            "code",
            "changed code",
            "code review",
            "explained code",
            "commit message",
            "quoted pattern",
        ),
        *(
            "repeat",
            "letter case",
            "counting",
            "number of listed things",
            "occurrences",
            "changed text",
        ),
        *("labels", "tags", "marked fields", "labelled lines", "extracted values", "data in words"),
        *(
            "number of an option",
            "letter of an option",
            "yes or no",
            "one of the options",
            "sentiment",
        ),
        *(
            "options in brackets",
            "picked thing",
            "number on a scale",
            "number",
            "date or time",
            "sum",
        ),
        *("only the value", "one word", "language name", "value from each message", "examples"),
        *(
            "key=value lines",
            "lines in a pattern",
            "joined list",
            "comma list",
            "search query",
            "formula",
        ),
        *("word in another language", "language of code", "tool call in words", "boxed answer"),
    )
)
"""The forms whose texts have no sentences to change."""
Find = Callable[[Question], "FormedReply | None"]


def write_constrained(question: Question, find: Find) -> FormedReply | None:
    """Return a reply that keeps the constraints of a prompt; None for a prompt without any.

    Args:
        find: Finds the reply to the prompt without its constraints.
    """
    reading = read_constraints(question)
    if not reading.found:
        return None
    inner = make_inner(question, reading)
    formed = find(inner) or write_prose(inner)
    draft = Draft(inner, formed.text, question.wish, reading.request)
    names = [formed.form]
    for one in sorted(reading.found, key=lambda one: one.row.step):
        before = draft.text
        if one.row.holds_for_data or formed.form not in DATA_FORMS:
            one.change(draft)
        if draft.text != before and one.row.name not in names:
            names.append(one.row.name)
    return FormedReply(", ".join(names), draft.text)


def write_prose(question: Question) -> FormedReply:
    text = prose.write_reply(
        question.prompt or "your message", question.random, question.system, question.opening
    )
    return FormedReply("prose", text)


def make_inner(question: Question, reading: Reading) -> Question:
    """Return the question without its constraints."""
    return question.restate(reading.prompt, reading.system.strip())
