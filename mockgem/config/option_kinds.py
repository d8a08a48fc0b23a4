"""The kinds of options: the values that each one takes."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from mockgem.config.option import InvalidOption, Option, Spelling, Value
from mockgem.core.authority import parse_pattern

SIZE_UNITS = {
    "": 1,
    "B": 1,
    "K": 1000,
    "KB": 1000,
    "KIB": 1024,
    "M": 10**6,
    "MB": 10**6,
    "MIB": 2**20,
    "GB": 10**9,
    "GIB": 2**30,
}
FLAG_WORDS = {
    **dict.fromkeys(("1", "true", "t", "yes", "y", "on"), True),
    **dict.fromkeys(("0", "false", "f", "no", "n", "off"), False),
}


class Flag(Option[bool]):
    """On or off. One that is on by default has a `--no-…` form."""

    expected = "true or false"

    def convert(self, value: Any) -> bool:
        if isinstance(value, bool):
            return value
        if not isinstance(value, str) or value.strip().lower() not in FLAG_WORDS:
            raise ValueError
        return FLAG_WORDS[value.strip().lower()]


class Integer(Option[int]):
    """A whole number in a range."""

    metavar = "NUMBER"

    def __init__(
        self, default: int, *, minimum: int | None = None, maximum: int | None = None, **row: Any
    ) -> None:
        super().__init__(default, **row)
        self.minimum, self.maximum = minimum, maximum
        self.expected = "a whole number" + describe_range(minimum, maximum)

    def convert(self, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, (int, str)):
            raise TypeError
        return check_range(int(value), self.minimum, self.maximum)


class Number(Option[float]):
    """A number in a range."""

    metavar = "NUMBER"

    def __init__(
        self,
        default: float,
        *,
        unit: str = "",
        minimum: float | None = None,
        maximum: float | None = None,
        **row: Any,
    ) -> None:
        super().__init__(default, metavar=unit.upper(), **row)
        self.minimum, self.maximum = minimum, maximum
        self.expected = "a number" + (f" of {unit}" if unit else "")
        self.expected += describe_range(minimum, maximum)

    def convert(self, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float, str)):
            raise TypeError
        number = float(value)
        if math.isnan(number):
            raise ValueError
        return check_range(number, self.minimum, self.maximum)


Numeric = TypeVar("Numeric", int, float)


def check_range(value: Numeric, minimum: Numeric | None, maximum: Numeric | None) -> Numeric:
    """Return the value. Raises ValueError for one outside of the range."""
    if (minimum is not None and value < minimum) or (maximum is not None and value > maximum):
        raise ValueError
    return value


def describe_range(minimum: float | None, maximum: float | None) -> str:
    if minimum is not None and maximum is not None:
        return f" from {minimum} to {maximum}"
    return "" if minimum is None else f", {minimum} or more"


class Size(Option[int]):
    """A number of bytes: 4194304, 4MiB, 20MB."""

    metavar = "SIZE"
    expected = "a number of bytes, or a number with a unit, like 4MiB or 20MB"

    def __init__(self, default: int, *, minimum: int = 0, **row: Any) -> None:
        super().__init__(default, **row)
        self.minimum = minimum
        if minimum:
            self.expected += f", {minimum} or more"

    def convert(self, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, (int, str)):
            raise TypeError
        match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([A-Za-z]*)", str(value).strip())
        if match is None or match[2].upper() not in SIZE_UNITS:
            raise ValueError
        return check_range(int(float(match[1]) * SIZE_UNITS[match[2].upper()]), self.minimum, None)


DURATION_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0, "w": 604800.0}


class Duration(Option[float]):
    """A time in seconds: 90d, 12h, 30m."""

    metavar = "DURATION"
    expected = "a number with a unit (s, m, h, d or w), like 90d"

    def convert(self, value: Any) -> float:
        if value == 0 and not isinstance(value, (bool, str)):
            return 0.0
        if not isinstance(value, str):
            raise TypeError
        match = re.fullmatch(r"(\d{1,6}(?:\.\d+)?)\s*([smhdw])", value.strip().lower())
        if match is None:
            raise ValueError
        return float(match[1]) * DURATION_UNITS[match[2]]


class String(Option[str]):
    """A text, or a path of a file."""

    def convert(self, value: Any) -> str:
        if not isinstance(value, (str, os.PathLike)):
            raise TypeError
        return os.fspath(value)


class Choice(String):
    """One of some words."""

    def __init__(self, default: str, choices: tuple[str, ...], **row: Any) -> None:
        super().__init__(default, metavar=f"[{'|'.join(choices)}]", **row)
        self.choices = choices
        self.expected = describe_choices(choices)

    def convert(self, value: Any) -> str:
        if value not in self.choices:
            raise ValueError
        return str(value)


def describe_choices(choices: Sequence[str]) -> str:
    return f"{', '.join(choices[:-1])} or {choices[-1]}"


class Url(String):
    """The URL of a service, or nothing."""

    metavar = "URL"
    expected = "https://HOST or https://HOST/PATH, without a user name or a query"

    def convert(self, value: Any) -> str:
        from urllib.parse import urlsplit

        text = super().convert(value)
        parts = urlsplit(text)
        is_address = parts.scheme in ("http", "https") and parts.hostname
        if text and (not is_address or parts.username is not None or parts.query):
            raise ValueError
        return text


class Timing(String):
    """How fast a recorded stream is sent: off, recorded, or a speed like 2 or 2x."""

    expected = "off, recorded or a speed greater than 0, like 2"

    def convert(self, value: Any) -> str:
        text = super().convert(value)
        if text not in ("off", "recorded") and not 0 < float(text.removesuffix("x")) < 1e6:
            raise ValueError
        return text


class StringOrFunction(Option["str | Callable[[Any], Any]"]):
    """A path of a Python file; in a program also a function."""

    metavar = "FILE"
    expected = "the path of a Python file, or in Python a function"

    def convert(self, value: Any) -> str | Callable[[Any], Any]:
        if callable(value):
            function: Callable[[Any], Any] = value
            return function
        if not isinstance(value, (str, os.PathLike)):
            raise TypeError
        return os.fspath(value)


class Strings(Option[tuple[str, ...]]):
    """Some texts: an option that can be given again. A single text is a list of one."""

    is_repeatable = True
    expected = "a list of texts"

    def __init__(self, *, choices: tuple[str, ...] = (), **row: Any) -> None:
        super().__init__((), **row)
        self.choices = choices
        if choices:
            self.expected = describe_choices(choices)

    def convert(self, value: Any) -> tuple[str, ...]:
        texts = (value,) if isinstance(value, (str, os.PathLike)) else value
        if not isinstance(texts, (list, tuple)):
            raise TypeError
        return tuple([self.convert_text(text) for text in texts])

    def convert_text(self, text: Any) -> str:
        if not isinstance(text, (str, os.PathLike)):
            raise TypeError
        if self.choices and text not in self.choices:
            raise ValueError
        return os.fspath(text)


class Patterns(Strings):
    """Some regular expressions."""

    metavar = "REGEX"
    expected = "a regular expression"

    def convert_text(self, text: Any) -> str:
        try:
            re.compile(super().convert_text(text))
        except re.error:
            raise ValueError from None
        return str(text)


class HostNames(Strings):
    """Some hosts, in which * stands for any characters."""

    metavar = "HOST[:PORT]"
    expected = "a name like api.example.com, *.example.com or localhost:4000"

    def convert_text(self, text: Any) -> str:
        if parse_pattern(super().convert_text(text)) is None:
            raise ValueError
        return str(text)


class Table(Option[Value]):
    """Rows that only a settings file or a program can give. `check` returns them, validated.

    `check` raises TableMistake.
    """

    def __init__(self, default: Value, check: Callable[[Any], Value], **row: Any) -> None:
        super().__init__(default, commands=(), **row)
        self.check = check

    def read(self, value: Any, spelling: Spelling) -> Value:
        try:
            return self.check(value)
        except TableMistake as mistake:
            shown = spelling(self, mistake.value, mistake.place)
            end = "" if str(mistake).endswith("?") else "."
            raise InvalidOption(f"{shown} is not valid: {mistake}{end}") from None

    def convert(self, value: Any) -> Value:
        return self.check(value)


class TableMistake(ValueError):
    """What is wrong in a table: the message, the place inside it and the value there."""

    def __init__(self, message: str, place: str, value: Any) -> None:
        super().__init__(message)
        self.place = place
        self.value = value


TableValue = tuple[Mapping[str, Any], ...]
