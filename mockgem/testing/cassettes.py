"""What a test's world does before it uses a cassette."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

HOW_TO_RECORD = (
    "pytest --mockgem-record-mode=once, or record_mode='once', with a key of the real service"
)


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
