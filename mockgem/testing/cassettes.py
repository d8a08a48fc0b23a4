"""What a test's world does before it uses a cassette."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

HOW_TO_RECORD = (
    "pytest --mockgem-record-mode=once, or record_mode='once', with a key of the real service; see "
    "docs/how-to/record-and-replay.md"
)


MAX_NAME = 100
"""Characters of a file name that comes from a test; many file systems have a limit of 255 bytes."""
UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")


def name_cassette(file: Path, names: Sequence[str]) -> Path:
    """Return the place of a test's own cassette: cassettes/FILE/TEST.yaml, beside the test.

    `names` are those of the classes around a test, and of the test with its parameters. Different
    tests get different files: a name that has to change gets a digest of the original.
    """
    text = ".".join(names)
    safe = UNSAFE.sub("-", text).strip("-")
    if safe != text or len(safe) > MAX_NAME:
        digest = hashlib.sha256(text.encode()).hexdigest()[:6]
        safe = f"{safe[:MAX_NAME].strip('-')}-{digest}"
    return file.parent / "cassettes" / file.stem / f"{safe}.yaml"


def is_replay(settings: Mapping[str, Any]) -> bool:
    """Return whether options of a cassette only replay it."""
    return bool(settings["record_mode"] == "none" and settings["on_miss"] != "record")


def check_place(place: Path, settings: Mapping[str, Any]) -> None:
    """Raise FileNotFoundError for a cassette that does not exist and that nothing records."""
    from mockgem.config.settings import suggest_file

    needs_file = is_replay(settings) or settings["record_mode"] == "verify"
    if needs_file and not place.exists():
        hint = suggest_file(place)
        raise FileNotFoundError(
            f"there is no cassette {place};{hint} record it with {HOW_TO_RECORD}"
        )
