"""Routes are found by an index, and in the same order as by a search through all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockgem.app.router import Route, Router, compile_path, list_starts, may_have
from mockgem.app.surfaces import build_surfaces
from mockgem.core.call import Surface
from mockgem.core.http import WireRequest

ROUTER = Router(build_surfaces())
ROUTER.load_all()
ROUTES: list[Route] = sorted(
    {
        route.order: route
        for routes in (*ROUTER.literal_routes.values(), *ROUTER.pattern_routes.values())
        for route in routes
    }.values(),
    key=lambda route: route.order,
)
SEGMENTS = ["models", "x", "a:b", "gemini-2.5-flash:generateContent", "files", "openai", "v1"]


def find_by_search(wire: WireRequest) -> Route | None:
    """Find a route as slowly and as plainly as possible."""
    same_method = [route for route in ROUTES if route.endpoint.method == wire.method]
    literal = [r for r in same_method if "{" not in r.path and r.path == wire.path]
    patterns = [r for r in same_method if "{" in r.path and compile_path(r.path).match(wire.path)]
    return next((r for r in (*literal, *patterns) if r.surface.claims(wire)), None)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.endpoint.method} {route.path}")
def test_each_route_is_found_as_by_a_search(route: Route) -> None:
    filled = re.sub(r"\{\w+\}", "some-name", re.sub(r"\{\w+\*\}", "some/long/name", route.path))
    for path in (filled, filled + "/", filled.replace("some-name", "a:b")):
        for headers in ({}, {"x-goog-api-key": "k"}):
            wire = WireRequest(route.endpoint.method, path, {}, headers)
            found, _ = ROUTER.find_route(wire)
            assert found is find_by_search(wire)


@given(st.sampled_from(ROUTES), st.lists(st.sampled_from(SEGMENTS), max_size=4), st.booleans())
def test_other_paths_are_found_as_by_a_search(route: Route, more: list[str], keyed: bool) -> None:
    start = route.path.partition("{")[0].rstrip("/")
    headers = {"x-goog-api-key": "k"} if keyed else {}
    wire = WireRequest(route.endpoint.method, "/".join([start, *more]), {}, headers)
    assert ROUTER.find_route(wire)[0] is find_by_search(wire)


def test_few_routes_are_tried_for_a_path() -> None:
    """However many there are: the index narrows them down by their literal start and ending."""
    assert len(ROUTES) > 200
    for path in (
        "/v1beta/models/gemini-2.5-flash:generateContent",
        "/v1/projects/p/locations/l/publishers/google/models/m:streamGenerateContent",
        "/v1beta/files/abc",
        "/v1beta/nothing/here/at/all",
    ):
        assert len(ROUTER.find_candidates("POST", path)) <= 8


def fill(path: str) -> str:
    return re.sub(r"\{\w+\}", "some-name", re.sub(r"\{\w+\*\}", "some/long/name", path))


@pytest.mark.parametrize("surface", ROUTER.surfaces, ids=lambda surface: surface.name)
def test_the_declared_starts_of_a_surface_are_those_of_its_paths(surface: Surface) -> None:
    """Otherwise another surface could answer while this one is not imported."""
    paths = [fill(route.path) for route in ROUTES if route.surface is surface]
    starts = list_starts(surface, surface.path_starts)
    assert [path for path in paths if not may_have(starts, path)] == []
    for start in surface.path_starts:
        assert any(may_have(list_starts(surface, (start,)), path) for path in paths), start


@pytest.mark.parametrize("surface", ROUTER.surfaces, ids=lambda surface: surface.name)
def test_the_first_request_finds_the_same_as_with_all_dialects(surface: Surface) -> None:
    for headers in ({}, {"x-goog-api-key": "k"}, {"accept": "text/html"}):
        fresh = Router(build_surfaces())
        for route in [one for one in ROUTES if one.surface is surface]:
            wire = WireRequest(route.endpoint.method, fill(route.path), {}, headers)
            found, expected = fresh.find_route(wire), ROUTER.find_route(wire)
            assert describe(*found) == describe(*expected)
            flags = ROUTER.flags_for(wire.method, wire.path)
            assert fresh.flags_for(wire.method, wire.path) == flags


def describe(route: Route | None, params: Mapping[str, str]) -> tuple[str, str, Any]:
    return (route.surface.name, route.path, dict(params)) if route else ("", "", None)


def test_a_chat_imports_its_own_dialect_alone() -> None:
    router = Router(build_surfaces())
    router.find_route(WireRequest("POST", "/v1beta/openai/chat/completions", {}, {}))
    assert {surface.name for surface in router.surfaces} - router.pending == {"gemini-openai"}


def test_a_path_without_a_declared_start_is_looked_for_in_all_surfaces_at_its_prefix() -> None:
    router = Router(build_surfaces())
    router.find_route(WireRequest("GET", "/v1beta/nothing", {}, {}))
    assert {surface.name for surface in router.surfaces} - router.pending == {
        "gemini-openai-short",
        "gemini",
        "interactions",
        "interactions-live",
    }


def test_threads_that_need_a_dialect_at_once_add_its_routes_once() -> None:
    router = Router(build_surfaces())
    wires = [WireRequest("POST", f"/v1beta/files/{number}", {}, {}) for number in range(32)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(router.find_route, wires))
    added = [route for routes in router.pattern_routes.values() for route in routes]
    assert len(added) == len({route.order for route in added}) > 0
