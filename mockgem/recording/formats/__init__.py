"""Other forms in which recordings are kept, each a row: how it is known, read and written.

Secrets are taken out of whatever is read. What a form can't tell is left out and counted.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from mockgem.core.frozen import value
from mockgem.recording.cassette_reader import BadCassette, bytes_in, json_tree, read
from mockgem.recording.cassette_writer import replace_file, save
from mockgem.recording.formats import aimock, genai, google_test_server, har
from mockgem.recording.interaction import Interaction
from mockgem.recording.redaction import Redaction, credentials_in

Read = tuple[list[Interaction], int]
"""What was read, and how many things could not be told as interactions."""


@value
class Form:
    """`looks` tells whether a JSON tree is of this form; `write` gives a tree and how many were left out."""

    looks: Callable[[Any], bool]
    read: Callable[[Any], Read]
    write: Callable[[Sequence[Interaction], str], tuple[Any, int]] | None = None


FORMS: dict[str, Form] = {
    "genai": Form(genai.looks, genai.read, genai.write),
    "test-server": Form(google_test_server.looks, google_test_server.read, google_test_server.write),
    "aimock": Form(aimock.looks, aimock.read, aimock.write),
    "har": Form(har.looks, har.read),
}
OWN = "vcr"


def load(path: Path, form: str = "") -> Read:
    """Raises BadCassette for a file that can't be read or whose form is not known."""
    if form and form not in (OWN, *FORMS):
        raise BadCassette(f"--from {form!r} is not known; known are {', '.join((OWN, *FORMS))}")
    if form == OWN or path.suffix in (".yaml", ".yml"):
        return list(read(path).interactions), 0
    try:
        tree = json_tree(bytes_in(path), path)
    except ValueError as error:
        raise BadCassette(f"{path}: {error}") from None
    name = form or next((name for name, one in FORMS.items() if one.looks(tree)), "")
    if not name:
        return list(read(path).interactions), 0
    try:
        found, left_out = FORMS[name].read(tree)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise BadCassette(f"{path} is no {name} file: {type(error).__name__}: {error}") from None
    clean = Redaction()
    return [clean.cleaned(one, credentials_in(one)) for one in found], left_out


def is_own(path: Path, form: str = "") -> bool:
    """Return whether a file that `load` has read is a cassette."""
    if form or path.suffix in (".yaml", ".yml"):
        return form in ("", OWN)
    tree = json_tree(bytes_in(path), path)
    return not any(one.looks(tree) for one in FORMS.values())


def store(path: Path, interactions: Sequence[Interaction], form: str = "") -> int:
    """Writes them, whole or not at all; how many could not be told in that form. Raises BadCassette."""
    if form in ("", OWN):
        save(path, interactions)
        return 0
    known = FORMS.get(form)
    if known is None or known.write is None:
        names = [OWN, *[name for name, one in FORMS.items() if one.write]]
        raise BadCassette(f"--to {form!r} can't be written; what can is {', '.join(names)}")
    tree, left_out = known.write(interactions, path.stem)
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(replace_file(path, json.dumps(tree, indent=2, ensure_ascii=False).encode("utf-8", "surrogateescape")))
    return left_out
