"""What remains of a request when a scenario was selected: path, target, body, headers, query."""

from __future__ import annotations

from typing import Any

import pytest

from mockgem.core.http import WireRequest
from mockgem.scenarios.selection import has_no_selection, may_select, select_scenario

CHAT = "/v1/chat/completions"


def request_of(
    path: str = CHAT,
    target: str = "",
    headers: dict[str, str] | None = None,
    query: dict[str, str] | None = None,
    body: bytes = b"",
) -> WireRequest:
    wire = WireRequest("POST", path, query or {}, headers or {}, body)
    wire.target = target or path
    return wire


def select(wire: WireRequest, *known: str) -> str:
    select_scenario(wire, lambda name: name in (known or ("hangs",)))
    return wire.scenario


def test_a_key_in_the_query_loses_its_scenario_in_the_target_too() -> None:
    wire = request_of(target="/x?a=1&key=a%2Fb~hangs&b=2", query={"key": "a/b~hangs", "a": "1"})
    assert select(wire) == "hangs"
    assert wire.target == "/x?a=1&key=a%2Fb&b=2"
    assert dict(wire.query) == {"key": "a/b", "a": "1"}
    wire = request_of(target="/x?key=a~other", query={"key": "a~other"})
    assert (select(wire), wire.target, wire.query) == ("", "/x?key=a~other", {"key": "a~other"})


@pytest.mark.parametrize("name", ["authorization", "x-goog-api-key"])
def test_a_key_in_a_header_loses_its_scenario(name: str) -> None:
    wire = request_of(headers={name: "Bearer a~b~hangs", "X-Other": "1"})
    assert select(wire) == "hangs"
    assert wire.headers == {name: "Bearer a~b", "x-other": "1"}
    wire = request_of(headers={name: "Bearer a~b"})
    assert (select(wire), wire.headers) == ("", {name: "Bearer a~b"})


def test_a_model_in_the_path_loses_its_scenario_in_the_target_too() -> None:
    for mark in ("~", "%7E", "%7e"):
        wire = request_of("/v1beta/models/m~hangs:generateContent")
        wire.target = f"/v1beta/models/m{mark}hangs:generateContent?x=1"
        assert select(wire) == "hangs"
        assert wire.path == "/v1beta/models/m:generateContent"
        assert wire.target == "/v1beta/models/m:generateContent?x=1"
    wire = request_of("/v1beta/files/m~hangs")
    assert (select(wire), wire.path) == ("", "/v1beta/files/m~hangs")


@pytest.mark.parametrize(
    ("body", "name", "rest"),
    [
        (b'{"model":"m~hangs","a":1}', "hangs", b'{"model":"m","a":1}'),
        (b'{"model" : "m~hangs"}', "hangs", b'{"model" : "m"}'),
        (b'{"a":{"model":"n~other"},"model":"m~hangs"}', "hangs", None),
        (b'{"a":{"model":"n~other"}}', "", None),
        (b'{"model":"m~hangs"', "", None),
        (b'["model", "m~hangs"]', "", None),
        (b'{"model":"m~Hangs"}', "", None),
    ],
)
def test_a_model_in_the_body_loses_its_scenario(body: bytes, name: str, rest: Any) -> None:
    wire = request_of(body=body)
    assert select(wire) == name
    assert wire.body == (rest or body.replace(b"m~hangs" if name else b"\0", b"m"))


def test_the_first_place_wins_and_the_others_are_removed_as_well() -> None:
    wire = request_of(
        "/w/world~path/v1/models/m~model:x",
        headers={"x-mockgem-scenario": " header ", "authorization": "Bearer k~hangs"},
    )
    assert select(wire) == "header"
    assert (wire.path, wire.world, wire.base_path) == ("/v1/models/m:x", "world", "/w/world~path")
    assert wire.headers["authorization"] == "Bearer k"
    assert select(request_of(headers={"x-mockgem-scenario": "x" * 70})) == "x" * 64


def test_a_header_selects_a_world_unless_the_path_does() -> None:
    wire = request_of(headers={"x-mockgem-world": "one"})
    select(wire)
    assert (wire.world, wire.path) == ("one", CHAT)
    wire = request_of(f"/w/two{CHAT}", headers={"x-mockgem-world": "one"})
    select(wire)
    assert (wire.world, wire.path) == ("two", CHAT)
    wire = request_of(headers={"x-mockgem-world": "not/valid"})
    select(wire)
    assert wire.world == ""


@pytest.mark.parametrize(
    ("path", "headers", "body"),
    [
        ("/a~b", {}, b""),
        ("/a%7Eb", {}, b""),
        ("/a", {"x-mockgem-world": "w"}, b""),
        ("/a", {"x-mockgem-scenario": "s"}, b""),
        ("/a", {"authorization": "Bearer a~b"}, b""),
        ("/a", {"x-goog-api-key": "a~b"}, b""),
        ("/a", {}, b"a~b"),
    ],
)
def test_a_request_that_may_select_something(
    path: str, headers: dict[str, str], body: bytes
) -> None:
    assert not has_no_selection(path, headers, body)
    assert has_no_selection("/a", {"authorization": "Bearer a"}, b"a")
    wire = request_of(path, headers=headers, body=body)
    assert may_select(wire)
    wire.headers = {**headers, "origin": "https://example.org"}
    assert not may_select(wire)
    assert may_select(request_of(query={"key": "a~b"}))
    assert not may_select(request_of(query={"key": "a"}))
