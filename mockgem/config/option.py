"""An option: a row of the table, and how a wrong value is reported."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Generic, Self, TypeVar, overload

Value = TypeVar("Value")
MAX_SHOWN_VALUE = 80
"""Characters of a wrong value that a message quotes."""


class InvalidOption(ValueError):
    """A value that an option does not take. The message names the spelling that the user used."""


Spelling = Callable[["Option[Any]", Any, str], str]
"""Returns an option and its value as the user wrote them; the text is a place inside the value."""


def spell_flag(option: Option[Any], value: Any, place: str = "") -> str:
    """Return `--worlds 0`."""
    return f"{option.flag} {option.show_value(value, plain=True)}"


def spell_variable(option: Option[Any], value: Any, place: str = "") -> str:
    """Return `MOCKGEM_WORLDS=0`."""
    return f"{option.env_var}={option.show_value(value, plain=True)}"


def spell_key_in(file: str | os.PathLike[str]) -> Spelling:
    """Return a function that returns `worlds = 0 in FILE`."""

    def spell_key(option: Option[Any], value: Any, place: str = "") -> str:
        return f"{option.name}{place} = {option.show_value(value)} in {os.fspath(file)}"

    return spell_key


def spell_argument_of(function: str) -> Spelling:
    """Return a function that returns `serve(worlds=0)`."""

    def spell_argument(option: Option[Any], value: Any, place: str = "") -> str:
        return f"{function}({option.name}{place}={option.show_value(value)})"

    return spell_argument


class Option(Generic[Value]):
    """One row of the table in `options.py`.

    On the table it is the row, on `Settings` it is the value: `OptionTable.port.help`,
    `settings.port`.
    """

    metavar = "TEXT"
    is_repeatable = False
    expected = "a text"
    """What a valid value is, to follow "use"."""
    choices: tuple[str, ...] = ()

    def __init__(
        self,
        default: Value,
        *,
        group: str,
        help: str,  # noqa: A002 — rows read like click options
        shown_default: str | None = None,
        is_secret: bool = False,
        metavar: str = "",
        short_flags: Mapping[str, str] = MappingProxyType({}),
        commands: tuple[str, ...] = ("serve", "record", "replay", "run"),
        is_per_world: bool = False,
        not_in_python: str = "",
    ) -> None:
        """`is_per_world` marks what a test can set for its own world on a shared server.

        `short_flags` are shorter spellings of the option that single commands accept too.
        `not_in_python` says why a server inside a program does not have the option.
        """
        self.name = ""
        self.default = default
        self.group = group
        self.help = help
        self.shown_default = show_default(default) if shown_default is None else shown_default
        self.is_secret = is_secret
        self.metavar = metavar or self.metavar
        self.commands = commands
        self.is_per_world = is_per_world
        self.short_flags = short_flags
        self.not_in_python = not_in_python

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type) -> Value: ...

    def __get__(self, instance: object | None, owner: type) -> Self | Value:
        return self if instance is None else self.default

    @property
    def flag(self) -> str:
        """The option on the command line."""
        return "--" + self.name.replace("_", "-")

    @property
    def env_var(self) -> str:
        return f"MOCKGEM_{self.name.upper()}"

    def read(self, value: Any, spelling: Spelling) -> Value:
        """Return a value as the server uses it. Raises InvalidOption."""
        try:
            return self.convert(value)
        except (ValueError, TypeError, OverflowError):
            raise InvalidOption(
                f"{spelling(self, value, '')} is not valid: use {self.expected}."
            ) from None

    def convert(self, value: Any) -> Value:
        """Return a value of Python, or the text for it. Raises ValueError or TypeError."""
        raise NotImplementedError

    def show_value(self, value: Any, *, plain: bool = False) -> str:
        """Return a value to be quoted in a message, without secrets."""
        if self.is_secret:
            return "…"
        shown = str(value) if plain else repr(value)
        return shown if len(shown) <= MAX_SHOWN_VALUE else shown[: MAX_SHOWN_VALUE - 1] + "…"


def show_default(value: object) -> str:
    """Return a default for help and documents; an empty text if it is off or empty."""
    if value is True:
        return "on"
    if not value and type(value) is not int and type(value) is not float:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)
