"""What mockgem itself reads from a request's path: the world and the scenario in front of it."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from mockgem.core.frozen import frozen

WORLD_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
SCENARIO_NAME = r"[a-z0-9][a-z0-9-]{0,63}"
PREFIX = re.compile(rf"(?:/w/(?P<world>{WORLD_NAME}))?(?:/?~(?P<scenario>{SCENARIO_NAME}))?(?=/)")


@frozen
class Address:
    """A path, split: `/w/NAME~SCENARIO` in front of it is its `base`, which URLs that lead back
    here begin with."""

    path: str
    world: str = ""
    scenario: str = ""
    base: str = ""


def has_prefix(path: str) -> bool:
    """Whether a path may name a world or a scenario."""
    return path[:3] == "/w/" or path[:2] == "/~"


@lru_cache(maxsize=4096)
def parse_address(path: str, *, with_scenario: bool = True) -> Address:
    """Split a path into world, scenario and the rest.

    The prefix may be there several times: Google's SDK for Java puts the path of its base URL in
    front of an upload's address, which begins with it already. Without `with_scenario` a `~NAME`
    stays part of the path.
    """
    match = PREFIX.match(path)
    if match is None or not (match["world"] or match["scenario"]):
        return Address(path)
    if match["scenario"] and not with_scenario:
        return Address(path)
    world, scenario = match["world"] or "", match["scenario"] or ""
    base = (f"/w/{world}" if world else "") + (f"~{scenario}" if scenario else "")
    if not world:
        base = "/" + base
    rest = path[match.end() :]
    while repeated := next((one for one in (match[0], base) if rest.startswith(one + "/")), ""):
        rest = rest[len(repeated) :]
    if rest[:2] == "//":  # a client joined its base URL and the path with another slash
        rest = "/" + rest.lstrip("/")
    return Address(rest, world, scenario, base)


def strip_prefix(target: str) -> str:
    """Return a request's target, still percent-encoded, without the world and the scenario in front
    of it."""
    path = unquote(target.partition("?")[0])
    if not has_prefix(path):
        return target
    removed = path.removesuffix(parse_address(path).path)
    return "/" + target.split("/", removed.count("/") + 1)[-1] if removed else target
