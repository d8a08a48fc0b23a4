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

from mockgem.core.address import SCENARIO_NAME, WORLD_NAME, has_prefix, parse_address
from mockgem.core.http import Handler, WireRequest, WireResponse
from mockgem.core.origin import is_local_origin

SCENARIO_HEADER = "x-mockgem-scenario"
WORLD_HEADER = "x-mockgem-world"
IN_HEADER = re.compile(rf"{WORLD_NAME}\Z")
IN_MODEL = re.compile(rf"(/(?:models|endpoints)/[^/~]+)~({SCENARIO_NAME})(?=[:/]|\Z)")
IN_TARGET = re.compile(
    rf"(/(?:models|endpoints)/[^/~?%]+)(?:~|%7[Ee])({SCENARIO_NAME})(?=[:/?]|\Z)"
)
KEY_IN_TARGET = re.compile(r"([?&]key=)[^&]*")
IN_BODY = re.compile(rb'"model"\s*:\s*"([^"\\~]{1,200})~([a-z0-9][a-z0-9-]{0,63})"')
IN_KEY = re.compile(rf"\A(.*)~({SCENARIO_NAME})\Z", re.S)
KEY_HEADERS = ("authorization", "x-goog-api-key")


IsKnown = Callable[[str], bool]
"""Returns whether a scenario of this name exists."""


def address_middleware(handler: Handler, is_known: IsKnown | None) -> Handler:
    """Return a handler that takes the world and the scenario off each request.

    Without `is_known`, requests cannot select a scenario.
    """

    def handle(wire: WireRequest) -> Awaitable[WireResponse]:
        if is_known is not None and may_select(wire):
            select_scenario(wire, is_known)
        elif has_prefix(wire.path):
            read_path(wire, with_scenario=False)
        return handler(wire)

    return handle


def has_no_selection(path: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Return quickly whether a request certainly selects no scenario, and no world by header."""
    return not (
        "~" in path
        or "%7" in path
        or WORLD_HEADER in headers
        or SCENARIO_HEADER in headers
        or "~" in headers.get("authorization", "")
        or "~" in headers.get("x-goog-api-key", "")
        or b"~" in body
    )


def may_select(wire: WireRequest) -> bool:
    """Return whether a request may select a world or a scenario; pages of other origins may not."""
    has_key = "~" in wire.query.get("key", "")
    if has_no_selection(wire.path, wire.headers, wire.body) and not has_key:
        return False
    return is_local_origin(wire.headers)


def select_scenario(wire: WireRequest, is_known: IsKnown) -> None:
    """Move the scenario that a request names to `wire.scenario`. The first place wins."""
    if IN_HEADER.match(world := wire.headers.get(WORLD_HEADER, "")) and wire.path[:3] != "/w/":
        wire.path = f"/w/{world}{wire.path}"
    finders = (
        read_header,
        read_path,
        take_from_model,
        take_from_body,
        partial(take_from_key, is_known=is_known),
    )
    for find in finders:
        if (name := find(wire)) and not wire.scenario:
            wire.scenario = name


def read_header(wire: WireRequest) -> str:
    return wire.headers.get(SCENARIO_HEADER, "").strip()[:64]


def read_path(wire: WireRequest, *, with_scenario: bool = True) -> str:
    """Take /w/NAME~SCENARIO or /~SCENARIO off the path.

    It remains the base path, so that URLs in replies lead to the same world and scenario.
    """
    if not has_prefix(wire.path):
        return ""
    address = parse_address(wire.path, with_scenario=with_scenario)
    wire.path, wire.world, wire.base_path = address.path, address.world, address.base
    return address.scenario


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
