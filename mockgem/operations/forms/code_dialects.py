"""How each language writes functions, loops and the operations that short programs need."""

from __future__ import annotations

from collections.abc import Mapping

from mockgem.core.frozen import frozen


@frozen
class Dialect:
    """How a language writes the parts of a function.

    Attributes:
        types: The type of each kind of value; empty for languages without types.
        function: The function, with {name}, {parameters}, {returns} and {body}.
        parameter: A parameter, with {name} and {type}.
        constant: The first assignment to a name that keeps its value.
        variable: The first assignment to a name that changes.
        counts: A loop over numbers, with {name}, {start} and {stop}.
        each: A loop over a list, with {name}, {items} and {type}.
        each_letter: A loop over a text.
        condition: What follows `if` and `while`.
        other: The beginning of a further condition.
        end: What closes a block.
        literals: True, false, and, or, not.
        calls: Operations, with {0}, {1} for their arguments.
    """

    types: Mapping[str, str]
    function: str
    parameter: str
    constant: str
    variable: str
    counts: str
    each: str
    each_letter: str
    calls: Mapping[str, str]
    condition: str = "{word} ({test}) {{"
    other: str = "}} else if ({test}) {{"
    otherwise: str = "} else {"
    end: str = "}"
    stop: str = ";"
    indent: str = "    "
    literals: tuple[str, str, str, str, str] = ("true", "false", " && ", " || ", "!")
    equals: str = "=="
    name_style: str = "camel"
