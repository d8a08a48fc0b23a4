"""The settings of one server: a value for each option, read once at the start."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from mockgem.config.option import Spelling, spell_argument_of
from mockgem.config.options import OptionTable, list_options, suggest_option
from mockgem.config.recording_options import READ_ONLY_MODES

MAX_COMPARED_FILES = 1000
"""Files of a folder whose names are compared with a misspelled one."""


class Settings(OptionTable):
    """The values of all options. They never change; `replace` returns changed settings.

    The constructor takes values as the server uses them. `read_settings` checks what a user wrote.
    """

    def __init__(self, **values: Any) -> None:
        options = list_options()
        if unknown := values.keys() - options.keys():
            raise TypeError(f"Settings has no option {min(unknown)}")
        self.__dict__.update({name: row.default for name, row in options.items()} | values)

    def replace(self, **changes: Any) -> Settings:
        """Return settings with other values for some options."""
        return Settings(**self.as_dict() | changes)

    def as_dict(self) -> dict[str, Any]:
        return dict(self.__dict__)

    def list_arguments(self) -> dict[str, Any]:
        """Return the values of the options that a server inside a program has."""
        options = list_options()
        return {
            name: value for name, value in self.__dict__.items() if not options[name].not_in_python
        }

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"settings do not change; use replace({name}=…)")

    def __eq__(self, other: object) -> bool:
        return self.__dict__ == other.__dict__ if isinstance(other, Settings) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        shown = [f"{row.name}={row.show_value(getattr(self, row.name))}" for row in self._changed()]
        return f"Settings({', '.join(shown)})"

    def _changed(self) -> list[Any]:
        return [row for name, row in list_options().items() if getattr(self, name) != row.default]


def read_settings(
    values: Mapping[str, Any], *, base: Settings | None = None, function: str = "serve"
) -> Settings:
    """Return settings from the arguments of a function.

    Raises:
        TypeError: For a name that is not an option.
        InvalidOption: For a value that an option does not take.
    """
    return (base or Settings()).replace(
        **read_values(values, spell_argument_of(function), function)
    )


def read_values(values: Mapping[str, Any], spelling: Spelling, function: str) -> dict[str, Any]:
    """Return the values as the server uses them. Raises TypeError and InvalidOption."""
    options = list_options()
    for name in values:
        if name not in options:
            near = suggest_option(name)
            hint = f"; did you mean {near}?" if near else ""
            raise TypeError(f"{function}() has no option {name}{hint}")
        if reason := options[name].not_in_python:
            raise TypeError(f"{function}() has no option {name}: {reason}")
    return {name: options[name].read(value, spelling) for name, value in values.items()}


def find_missing_cassette(settings: Settings) -> str:
    """Return the cassette's path if there is no such file and nothing will record one."""
    records = settings.record_mode not in READ_ONLY_MODES or (
        settings.on_miss == "record" and settings.record_mode == "none"
    )
    if records or not settings.cassette or Path(settings.cassette).exists():
        return ""
    return settings.cassette


def suggest_file(path: str | Path) -> str:
    """Return a hint with the file beside a missing one whose name is most like it, if any is."""
    from difflib import get_close_matches

    missing = Path(path)
    try:
        names = [entry.name for entry in islice(missing.parent.iterdir(), MAX_COMPARED_FILES)]
    except OSError:
        return ""
    near = get_close_matches(missing.name, names, 1, 0.6)
    return f" Did you mean {missing.parent / near[0]}?" if near else ""
