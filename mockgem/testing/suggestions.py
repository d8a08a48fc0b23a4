"""Name the argument that a misspelled one of `say` or `fail` probably means."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mockgem.core.suggestions import suggest_names

UNKNOWN_ARGUMENT = re.compile(r"there is no key '(\w+)' here(?=\Z|; write )")


def suggest_argument(message: str, names: Iterable[str]) -> str:
    """Add the nearest argument to a message about an unknown one that is like no condition."""
    found = UNKNOWN_ARGUMENT.search(message)
    near = suggest_names(found[1], names, 1) if found else []
    return f"{message[: found.end()]}; did you mean {near[0]}?" if found and near else message
