"""Select a scenario for one request: by a header, or after a ~ in its path, model or key."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from itertools import islice
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from mockgem.core.http import Handler, WireRequest, WireResponse
from mockgem.core.origin import is_local_origin

SCENARIO_HEADER = "x-mockgem-scenario"
WORLD_HEADER = "x-mockgem-world"
WORLD_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")
SCENARIO_NAME = r"[a-z0-9][a-z0-9-]{0,63}"
IN_WORLD = re.compile(r"/w/[^/]+/")
IN_PATH = re.compile(
    rf"\A((?:/w/[A-Za-z0-9][A-Za-z0-9._-]{{0,63}})?)(?:~|/~)({SCENARIO_NAME})(?=/)"
)
IN_MODEL = re.compile(rf"(/(?:models|endpoints)/[^/~]+)~({SCENARIO_NAME})(?=[:/]|\Z)")
IN_TARGET = re.compile(
    rf"(/(?:models|endpoints)/[^/~?%]+)(?:~|%7[Ee])({SCENARIO_NAME})(?=[:/?]|\Z)"
)
KEY_IN_TARGET = re.compile(r"([?&]key=)[^&]*")
IN_BODY = re.compile(rb'"model"\s*:\s*"([^"\\~]{1,200})~([a-z0-9][a-z0-9-]{0,63})"')
IN_KEY = re.compile(rf"\A(.*)~({SCENARIO_NAME})\Z", re.S)
KEY_HEADERS = ("authorization", "x-goog-api-key")


IsKnown = Callable[[str], bool]
"""Tells whether a scenario of this name exists."""


def selection_middleware(handler: Handler, is_known: IsKnown) -> Handler:
    """Return a handler that reads and removes a request's selection.

    Web pages of other origins cannot select a scenario.
    """

    def handle(wire: WireRequest) -> Awaitable[WireResponse]:
        select_scenario(wire, is_known)
        return handler(wire)

    return handle


def has_no_selection(path: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Tell quickly whether a request certainly selects nothing."""
    return not (
        "~" in path
        or "%7" in path
        or WORLD_HEADER in headers
        or SCENARIO_HEADER in headers
        or "~" in headers.get("authorization", "")
        or "~" in headers.get("x-goog-api-key", "")
        or b"~" in body
    )


def select_scenario(wire: WireRequest, is_known: IsKnown) -> None:
    """Put the scenario into the request, and remove the text that named it."""
    if has_no_selection(wire.path, wire.headers, wire.body) and "~" not in wire.query.get(
        "key", ""
    ):
        return
    if not is_local_origin(wire.headers):
        return
    if WORLD_NAME.match(world := wire.headers.get(WORLD_HEADER, "")) and not IN_WORLD.match(
        wire.path
    ):
        wire.path = f"/w/{world}{wire.path}"
    for find in (
        read_header,
        take_from_path,
        take_from_model,
        take_from_body,
        partial(take_from_key, is_known=is_known),
    ):
        if (name := find(wire)) and not wire.scenario:
            wire.scenario = name


def read_header(wire: WireRequest) -> str:
    return wire.headers.get(SCENARIO_HEADER, "").strip()[:64]


def take_from_path(wire: WireRequest) -> str:
    """Take the scenario from /w/NAME~SCENARIO/… or /~SCENARIO/….

    It remains in the base path, so that URLs in replies select it again.
    """
    match = IN_PATH.match(wire.path)
    if match is None:
        return ""
    wire.path = strip_selection(wire.path)
    if match[1]:
        wire.scenario_suffix = f"~{match[2]}"
    else:
        wire.base_path = match[0]
    return match[2]


def strip_selection(path: str) -> str:
    """Return a path without its scenario, which a client may have added twice."""
    match = IN_PATH.match(path)
    if match is None:
        return path
    rest = path[match.end() :]
    while rest.startswith(match[0] + "/"):
        rest = rest[len(match[0]) :]
    return match[1] + rest


def take_from_model(wire: WireRequest) -> str:
    match = IN_MODEL.search(wire.path)
    if match is None:
        return ""
    wire.path = wire.path[: match.end(1)] + wire.path[match.end() :]
    wire.target = IN_TARGET.sub(r"\1", wire.target, count=1)
    return match[2]


def take_from_body(wire: WireRequest) -> str:
    """Take the scenario from the body's model, but not from other text in the body."""
    matches = list(islice(IN_BODY.finditer(wire.body), MAX_MATCHES))
    if not matches:
        return ""
    try:
        body: Any = json.loads(wire.body)
    except (ValueError, RecursionError):
        return ""
    model = body.get("model") if isinstance(body, dict) else None
    for match in matches:
        if model == f"{match[1].decode()}~{match[2].decode()}":
            wire.body = wire.body[: match.end(1)] + wire.body[match.end(2) :]
            return match[2].decode()
    return ""


MAX_MATCHES = 100


def take_from_key(wire: WireRequest, is_known: IsKnown) -> str:
    """Take the scenario from the key. A key may contain a ~, so the scenario has to exist."""
    for name in KEY_HEADERS:
        if (match := IN_KEY.match(wire.headers.get(name, ""))) and is_known(match[2]):
            wire.headers = replace_header(wire.headers, name, match[1])
            return match[2]
    if (match := IN_KEY.match(wire.query.get("key", ""))) and is_known(match[2]):
        wire.query = MappingProxyType({**wire.query, "key": match[1]})
        wire.target = KEY_IN_TARGET.sub(
            lambda parameter: parameter[1] + quote(match[1], safe=""), wire.target
        )
        return match[2]
    return ""


def replace_header(headers: Mapping[str, str], name: str, value: str) -> Mapping[str, str]:
    """Return headers with lower-case names, and another value for one of them."""
    return {**{key.lower(): text for key, text in headers.items()}, name: value}
