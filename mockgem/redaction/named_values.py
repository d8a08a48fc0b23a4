"""Find secrets by their name: in JSON, forms, multipart bodies, URLs, headers and assignments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from mockgem.core.frozen import frozen
from mockgem.redaction.names import (
    LONGEST_NAME,
    classify_name,
    is_secret_field,
    is_secret_parameter,
)
from mockgem.redaction.patterns import Span
from mockgem.redaction.values import is_password, is_random, strip_scheme

ENDINGS = (
    "key",
    "token",
    "secret",
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "code",
    "sas",
    "sig",
    "signature",
    "credential",
    "credentials",
    "assertion",
    "verifier",
    "auth",
    "authorization",
    "cookie",
    "upload_id",
    "upload-id",
    "uploadid",
)
"""The ends of the names in `names.py`: a text without any of them has no value of such a name."""
NAME_CHARS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
ESCAPE = re.compile(r"(?<=%)(?:25)*[0-9A-Fa-f]{2}|(?<=\\)(?:u[0-9A-Fa-f]{4}|[bfnrt])")
r"""The rest of an escape whose letters and digits could be those of a name: `%26`, `\u0026`."""
SHORTEST_TOKEN = 20
"""Characters of a token or code that JSON names only so: shorter ones are words of a model."""
SHORTEST_ASSIGNED = 12
"""Characters of a random value in prose and program code."""
JSON_VALUE = (
    r'"\s{0,40}:\s{0,40}(?:\[\s{0,40})?"(?P<json>[^"\\]*+(?:\\.[^"\\]*+)*+)(?:"|\Z)',
    r"(?P<quote>\\{1,15}[\"'])\s{0,40}:\s{0,40}(?:\[\s{0,40})?(?P=quote)"
    r"(?P<nested>[^\"'\\]*+(?:\\+[/unrt][^\"'\\]*+)*+)",
    r"'\s{0,40}:\s{0,40}'(?P<python>[^'\\\n]*+)'",
)
VALUE = re.compile(
    "|".join(
        (
            *JSON_VALUE,
            r"=(?P<form>[^\s&\"'\\<>;,`()\[\]{}|]++)",
            r" ?:?= ?\\*[\"'](?P<quoted>[^\"'\\\s]++)",
            r": ?(?!//)(?P<line>(?i:bearer |basic )?[^\s&\"'\\<>;,`()\[\]{}|]++)",
            r'"(?:\r\n[\w-]{1,80}:[^\r\n]{0,400})*+\r\n\r\n(?P<part>[^\r]*+(?:\r(?!\n--)[^\r]*+)*+)',
        )
    ),
    re.DOTALL,
)
"""What may come after a name: the forms of a value, each with the name of its group."""


@frozen
class NamedValue:
    """A value with its name, and their places in a text.

    `form` says in which notation it is; see VALUE.
    """

    text: str
    form: str
    name: str
    name_start: int
    value: str
    end: int

    def is_secret(self) -> bool:
        """Return whether the value is a secret, by its name, its notation and its shape."""
        return TESTS[self.form](self)


def find_named_secrets(text: str, lowered: str) -> Iterator[Span]:
    """Yield the places of secrets that their names give away."""
    for named in iter_named_values(text, lowered):
        if named.is_secret():
            yield named.end - len(named.value), named.end


def has_named_values(text: str, lowered: str) -> bool:
    """Return quickly whether a text has values with the name of a secret."""
    return any(True for _ in iter_named_values(text, lowered))


def iter_named_values(text: str, lowered: str) -> Iterator[NamedValue]:
    """Yield the values whose names are those of secrets, whatever the values look like.

    A scheme such as Bearer is not a part of a value.
    """
    for ending in ENDINGS:
        position = lowered.find(ending)
        while position >= 0:
            position += len(ending)
            match = VALUE.match(text, position)
            if match is not None:
                name = name_before(text, position)
                form = match.lastgroup or ""
                if is_known_name(name, form):
                    value = strip_scheme(match[form])
                    end, start = match.end(form), position - len(name)
                    yield NamedValue(text, form, name, start, value, end)
                    position = max(position, end)
            position = lowered.find(ending, position)


def name_before(text: str, end: int) -> str:
    """Return the name that ends at a position, without an escape in front of it."""
    before = text[max(end - LONGEST_NAME, 0) : end]
    start = len(before.rstrip(NAME_CHARS))
    escape = ESCAPE.match(before, start)
    return before[escape.end() if escape else start :]


def is_known_name(name: str, form: str) -> bool:
    """Return whether a name is that of a secret in a notation."""
    kind = classify_name(name)
    return bool(kind) and (kind != "parameter" or form in ("form", "part"))


def is_secret_in_json(named: NamedValue) -> bool:
    """Return whether a value in JSON, at any depth, is a secret."""
    if is_secret_field(named.name):
        return is_password(named.value)
    return is_random(named.value, SHORTEST_TOKEN)


def is_secret_in_form(named: NamedValue) -> bool:
    """Return whether a value after `=` is a secret.

    After `?` or `&`, or at the beginning of the body, it is that of a parameter. Anywhere else it
    may be program code, such as `api_key=settings.api_key`.
    """
    before = named.text[named.name_start - 1 : named.name_start] if named.name_start else ""
    is_parameter = before in ("", "?", "&") or is_escaped_separator(named)
    if not is_parameter:
        return is_assigned_secret(named)
    if is_secret_parameter(named.name):
        return is_password(named.value)
    return is_random(named.value, 8)


def is_escaped_separator(named: NamedValue) -> bool:
    r"""Return whether the name comes after an escaped `?` or `&`: `\u0026`, `&amp;`, `%26`."""
    before = named.text[max(named.name_start - 6, 0) : named.name_start].lower()
    return before.endswith((r"\u0026", r"\u003f", "&amp;", "%26", "%3f", "%2526", "%253f"))


def is_assigned_secret(named: NamedValue) -> bool:
    """Return whether a value in prose or program code is a secret: it must look random."""
    return is_secret_field(named.name) and is_random(named.value, SHORTEST_ASSIGNED)


def is_secret_part(named: NamedValue) -> bool:
    """Return whether the value of a field of a multipart body is a secret."""
    if not named.text.endswith('name="', 0, named.name_start):
        return False
    return (
        is_password(named.value) if is_secret_parameter(named.name) else is_random(named.value, 8)
    )


TESTS: dict[str, Callable[[NamedValue], bool]] = {
    "json": is_secret_in_json,
    "nested": is_secret_in_json,
    "python": is_secret_in_json,
    "form": is_secret_in_form,
    "quoted": is_assigned_secret,
    "line": is_assigned_secret,
    "part": is_secret_part,
}
