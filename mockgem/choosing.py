"""Which scenario a single request has chosen: by a header, in its path, by its model's name or in its key, behind a ~."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Mapping
from types import MappingProxyType
from typing import Any

from mockgem.core.wire import WireRequest, WireResponse
from mockgem.server import Door

HEADER = "x-mockgem-scenario"
NAME = r"[a-z0-9][a-z0-9-]{0,63}"
IN_PATH = re.compile(rf"\A((?:/w/[A-Za-z0-9][A-Za-z0-9._-]{{0,63}})?)(?:~|/~)({NAME})(?=/)")
IN_MODEL = re.compile(rf"(/(?:models|endpoints)/[^/~]+)~({NAME})(?=[:/]|\Z)")
IN_BODY = re.compile(rb'"model"\s*:\s*"([^"\\~]{1,200})~([a-z0-9][a-z0-9-]{0,63})"')
IN_KEY = re.compile(rf"\A(.*)~({NAME})\Z", re.S)
KEYS = ("authorization", "x-goog-api-key")


def with_choices(door: Door) -> Door:
    """A door that takes a request's own choice off it."""

    def opened(wire: WireRequest) -> Awaitable[WireResponse]:
        choose(wire)
        return door(wire)

    return opened


def undecided(path: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether a request plainly chooses nothing, without looking closely."""
    return not (
        "~" in path
        or HEADER in headers
        or "~" in headers.get("authorization", "")
        or "~" in headers.get("x-goog-api-key", "")
        or b"~" in body
    )


def choose(wire: WireRequest) -> None:
    """Puts the scenario into the request; what named it is taken off, so that nobody behind stumbles over it."""
    if undecided(wire.path, wire.headers, wire.body) and "~" not in wire.query.get("key", ""):
        return
    for find in (by_header, in_path, in_model, in_body, in_key):
        if (name := find(wire)) and not wire.scenario:
            wire.scenario = name


def by_header(wire: WireRequest) -> str:
    return wire.headers.get(HEADER, "").strip()[:64]


def in_path(wire: WireRequest) -> str:
    """/w/NAME~SCENARIO/… or /~SCENARIO/…; it stays in the base, so that URLs made of it lead back to it."""
    match = IN_PATH.match(wire.path)
    if match is None:
        return ""
    wire.path = without_choice(wire.path)
    if match[1]:
        wire.mark = f"~{match[2]}"
    else:
        wire.base = match[0]
    return match[2]


def without_choice(path: str) -> str:
    """A path without the scenario that it names. It may stand there twice, as worlds may."""
    match = IN_PATH.match(path)
    if match is None:
        return path
    rest = path[match.end() :]
    while rest.startswith(match[0] + "/"):
        rest = rest[len(match[0]) :]
    return match[1] + rest


def in_model(wire: WireRequest) -> str:
    match = IN_MODEL.search(wire.path)
    if match is None:
        return ""
    wire.path = wire.path[: match.end(1)] + wire.path[match.end() :]
    wire.target = wire.target.replace(f"~{match[2]}", "", 1)
    return match[2]


def in_body(wire: WireRequest) -> str:
    """Only where the body's own model says so, and not some text in it."""
    match = IN_BODY.search(wire.body)
    if match is None:
        return ""
    try:
        found: Any = json.loads(wire.body)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(found, dict) or found.get("model") != f"{match[1].decode()}~{match[2].decode()}":
        return ""
    wire.body = wire.body[: match.end(1)] + wire.body[match.end(2) :]
    return match[2].decode()


def in_key(wire: WireRequest) -> str:
    for name in KEYS:
        if match := IN_KEY.match(wire.headers.get(name, "")):
            wire.headers = without_end(wire.headers, name, match[1])
            return match[2]
    if match := IN_KEY.match(wire.query.get("key", "")):
        wire.query = MappingProxyType({**wire.query, "key": match[1]})
        wire.target = wire.target.replace(f"~{match[2]}", "", 1)
        return match[2]
    return ""


def without_end(headers: Mapping[str, str], name: str, value: str) -> Mapping[str, str]:
    """The headers with another value for one; names are looked up in lower case."""
    return {**{key.lower(): one for key, one in headers.items()}, name: value}
