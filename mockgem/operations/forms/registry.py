"""The table of forms: each recogniser is a row with examples, and the first that applies replies."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TypeVar

from mockgem.core.frozen import frozen
from mockgem.operations.forms.question import Question

Recognise = Callable[[Question], "str | None"]
Row = TypeVar("Row", bound=Recognise)
MODULES = (
    "repeating",
    "marked_fields",
    "structured",
    "comma_lists",
    "tables",
    "code",
    "choices",
    "values",
    "short_texts",
    "letters",
    "articles",
    "lists",
    "memory",
    "translation",
    "given_text",
    "lengths",
    "languages",
)
"""The modules with recognisers, in the order in which they are asked."""


@frozen
class Form:
    """A form that a prompt can ask for.

    Attributes:
        name: What `mockgem ask` prints.
        examples: Prompts that this recogniser answers. They are its tests, and docs/answers.md
            shows the first one with its reply.
        recognise: Returns the reply, or None if the prompt asks for something else. It draws
            random numbers only when it replies.
    """

    name: str
    help: str
    examples: tuple[str, ...]
    recognise: Recognise


@frozen
class FormedReply:
    """A reply, and the name of the form that it has."""

    form: str
    text: str


FORMS: dict[str, Form] = {}


def form(name: str, *examples: str, help: str) -> Callable[[Row], Row]:
    """Declare a recogniser. A function for several forms has a row for each."""

    def declare(recognise: Row) -> Row:
        FORMS[name] = Form(name, help, examples, recognise)
        return recognise

    return declare


def list_forms() -> list[Form]:
    """Return all forms in the order in which they are asked."""
    for module in MODULES:
        import_module(f"mockgem.operations.forms.{module}")
    order = {f"mockgem.operations.forms.{module}": at for at, module in enumerate(MODULES)}
    return sorted(FORMS.values(), key=lambda row: order.get(row.recognise.__module__, 0))


ORDERED_FORMS: list[Form] = []
USE_RESULTS = frozenset(
    (
        "json",
        "xml",
        "yaml",
        "csv",
        "table",
        "marked fields",
        "labelled lines",
        "tags",
        "number",
        "only the value",
        "yes or no",
        "tool results in another language",
    )
)
"""The forms whose values come from the results of tools, if there are any."""


def find_reply(question: Question) -> FormedReply | None:
    """Return the reply of the first form that a question asks for; None if it asks for none."""
    if not ORDERED_FORMS:
        ORDERED_FORMS.extend(list_forms())
    for row in ORDERED_FORMS:
        if question.results and row.name not in USE_RESULTS:
            continue
        text = row.recognise(question)
        if text is not None:
            return FormedReply(row.name, text)
    return None
