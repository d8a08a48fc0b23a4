"""The marker `mockgem` of a test: which keys it has, and what they do to the test's world.

The plugin imports this module when a test uses mockgem, because pytest loads the plugin always.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from mockgem.testing.world import Mockgem

WORLD_KEYS = ("scenario", "say", "fail", "strict", "allow_generated", "cassette")
"""The marker's keys for a world on the session's server, besides the options of cassettes."""


def collect_marker_keys(item: pytest.Item) -> Mapping[str, Any]:
    """Return the keys of the markers of a test, its class and its module; the nearest wins."""
    keys: dict[str, Any] = {}
    for marker in item.iter_markers("mockgem"):
        if marker.args:
            raise pytest.UsageError(
                f"the marker takes keywords only: write mockgem(scenario={marker.args[0]!r})"
            )
        keys = {**marker.kwargs, **keys}
    return keys


def list_server_options(keys: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that need a separate server."""
    return {
        name: value
        for name, value in keys.items()
        if name not in WORLD_KEYS and not is_world_option(name)
    }


def is_world_option(name: str) -> bool:
    """Return whether a test can set an option for its own world on a shared server."""
    from mockgem.config.options import list_options

    row = list_options().get(name)
    return row is not None and row.is_per_world


def collect_cassette_defaults(config: pytest.Config, keys: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of cassettes: those of the marker, then those of the session."""
    mode = config.getoption("mockgem_record_mode")
    max_age = config.getoption("mockgem_max_age") or config.getini("mockgem_max_age")
    defaults = {} if mode is None else {"record_mode": mode}
    defaults |= {"max_age": max_age} if max_age else {}
    return defaults | {name: value for name, value in keys.items() if is_world_option(name)}


def apply_marker(world: Mockgem, keys: Mapping[str, Any]) -> None:
    """Prepare a world as the marker says."""
    cassette = keys.get("cassette")
    if cassette is not None and cassette is not False:
        world.cassette(None if cassette is True else cassette)
    if keys.get("scenario") is not None:
        world.scenario(keys["scenario"])
    for error in to_list(keys.get("fail")):
        world.fail(error)
    if keys.get("say") is not None:
        world.say(*to_list(keys["say"]))


def find_own_cassette(item: pytest.Item) -> Path:
    """Return the cassette with the name of a test."""
    from mockgem.testing.cassettes import name_cassette

    classes = [node.name for node in item.listchain() if isinstance(node, pytest.Class)]
    return name_cassette(Path(item.path), [*classes, item.name])


def to_list(value: Any) -> list[Any]:
    """Return a list of what can also be given alone."""
    return [] if value is None else list(value) if isinstance(value, (list, tuple)) else [value]


def is_strict(item: pytest.Item) -> bool:
    """Return whether a test fails for replies that it did not use, and the like."""
    strict = collect_marker_keys(item).get("strict")
    config = item.config
    if strict is not None:
        return bool(strict)
    return bool(config.getoption("mockgem_strict") or config.getini("mockgem_strict"))


def allows_generated(item: pytest.Item) -> bool:
    """Return whether mockgem may generate answers in a test that chooses replies."""
    keys = collect_marker_keys(item)
    if keys.get("allow_generated") is not None:
        return bool(keys["allow_generated"])
    return keys.get("strict") is False or bool(item.config.getini("mockgem_allow_generated"))
