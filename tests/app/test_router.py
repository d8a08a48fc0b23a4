"""Routes are found by an index, and in the same order as by a search through all of them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockgem.app.router import Route, Router, compile_path
from mockgem.app.surfaces import build_surfaces
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
