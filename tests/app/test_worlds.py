"""Worlds by name, and what can be done to them under /_mockgem."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from mockgem.app import worlds as module
from mockgem.app.factory import create_app
from mockgem.config.settings import Settings
from mockgem.core.http import WireRequest, iter_frames
from tests.asking import GEMINI, Answer, Asker


def admin(
    asker: Asker, method: str, path: str, body: Any = None, world: str = "", **headers: str
) -> Answer:
    data = b"" if body is None else json.dumps(body).encode()
    found = {"content-type": "application/json", "host": "localhost:8090", **headers}
    return asker.send(method, f"{world}/_mockgem{path}", data, found)


def ask(asker: Asker, world: str) -> Any:
    return asker.chat("Explain to me how AI works", surface=world + GEMINI).json


def test_each_world_is_like_a_fresh_server() -> None:
    asker = Asker()
    first, again = ask(asker, ""), ask(asker, "")
    assert ask(asker, "/w/one") == first
    assert ask(asker, "/w/two") == first
    assert ask(asker, "/w/one") == again
    assert first["id"] != again["id"]


def test_the_clock_of_a_world_is_its_own() -> None:
    asker = Asker()
    assert (
        admin(asker, "POST", "/clock", {"advance": "48h"}, "/w/one").json["now"]
        == "2026-11-03T00:00:00.734812Z"
    )
    assert (
        admin(asker, "POST", "/clock", {"set": "2030-01-01T00:00:00Z"}, "/w/two").json["now"]
        == "2030-01-01T00:00:00Z"
    )
    assert admin(asker, "GET", "/clock").json == {
        "now": "2026-11-01T00:00:00.734812Z",
        "seconds": 1793491200.734812,
        "clock": "fixed",
    }
    assert ask(asker, "/w/one")["created"] - ask(asker, "")["created"] == 48 * 3600


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"advance": "soon"},
        {"set": "x"},
        {"advance": 1, "set": 2},
        {"add": 1},
        {"advance": 1e300},
    ],
)
def test_an_unclear_request_does_not_change_the_clock(body: Any) -> None:
    asker = Asker()
    answer = admin(asker, "POST", "/clock", body)
    assert answer.status == 400
    assert isinstance(answer.json["error"], str)
    assert asker.world.clock() == 1793491200.734812


def test_worlds_are_listed_reset_and_forgotten() -> None:
    asker = Asker()
    ask(asker, "/w/one")
    assert [world["name"] for world in admin(asker, "GET", "/worlds").json["worlds"]] == ["", "one"]
    first = ask(asker, "/w/one")
    assert admin(asker, "POST", "/reset", world="/w/one").status == 200
    assert ask(asker, "/w/one") != first
    assert admin(asker, "DELETE", "/worlds/one").json == {"forgotten": "one"}
    assert admin(asker, "DELETE", "/worlds/one").status == 404


def test_pages_of_another_origin_change_nothing() -> None:
    asker = Asker()
    assert admin(asker, "POST", "/reset", origin="http://evil.example").status == 403
    assert admin(asker, "DELETE", "/worlds/one", origin="null").status == 403
    assert admin(asker, "POST", "/reset", origin="http://localhost:8090").status == 200
    answer = asker.send(
        "POST", "/_mockgem/clock", b'{"advance": 1}', {"content-type": "text/plain"}
    )
    assert answer.status == 400


def test_the_admin_surface_of_a_world_stays_closed_to_other_origins() -> None:
    asker = Asker()
    for world in ("", "/w/one"):
        answer = admin(asker, "GET", "/clock", world=world, origin="http://evil.example")
        assert answer.header("Access-Control-Allow-Origin") == []
        preflight = {"origin": "http://evil.example", "access-control-request-method": "POST"}
        assert (
            asker.send("OPTIONS", world + "/_mockgem/reset", b"", preflight).header(
                "Access-Control-Allow-Origin"
            )
            == []
        )
    assert asker.send("OPTIONS", "/w/one" + GEMINI + "/models", b"", preflight).status == 200


def test_there_are_no_more_worlds_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    asker = Asker(worlds=2)
    ask(asker, "/w/one")
    ask(asker, "/w/two")
    answer = asker.chat("hi", surface="/w/three" + GEMINI)
    assert answer.status == 400
    assert "There are 2 worlds already" in answer.error["message"]
    monkeypatch.setattr(module, "MIN_IDLE", -1.0)
    assert asker.chat("hi", surface="/w/three" + GEMINI).status == 200
    assert sorted(asker.worlds.named) == ["three", "two"]


def test_idle_worlds_are_forgotten() -> None:
    asker = Asker(world_idle=-1.0)
    ask(asker, "/w/one")
    ask(asker, "/w/two")
    assert list(asker.worlds.named) == ["two"]


@pytest.mark.parametrize("path", ["/w/", "/w/a b", "/w/..", "/w/" + "x" * 65])
def test_an_invalid_name_selects_no_world(path: str) -> None:
    asker = Asker()
    assert asker.chat("hi", surface=path + GEMINI).status == 404
    assert not asker.worlds.named


def test_settings_can_replace_lifecycles() -> None:
    asker = Asker(lifecycles={"batch": ({"state": "validating"}, {"state": "failed"})})
    assert [step.state for step in asker.world.lifecycles["batch"]] == ["validating", "failed"]
    assert [step.state for step in asker.world.lifecycles["video"]] == ["processing", "completed"]


def test_a_moved_clock_outlives_the_server(tmp_path: Any) -> None:
    settings = Settings(state=str(tmp_path))
    first = Asker(state=settings.state)
    admin(first, "POST", "/clock", {"advance": "1h"})
    found = admin(Asker(state=settings.state), "GET", "/clock")
    assert found.json["seconds"] == 1793491200.734812 + 3600


def test_a_world_named_twice_is_the_same_one() -> None:
    """Google's SDK for Java puts the path of its base URL before an upload's address."""
    asker = Asker()
    asker.send("POST", "/w/one/v1beta/files", b"{}")
    assert len(asker.send("GET", "/w/one/w/one/v1beta/files").json["files"]) == 1
    assert asker.send("GET", "/w/one/w/two/v1beta/files").status == 404


def test_a_request_without_a_world_uses_nothing_of_the_default_world() -> None:
    asker = Asker(worlds=1)
    ask(asker, "/w/one")
    rule = {"when": {"times": 1}, "fail": 503}
    asker.send("POST", "/_mockgem/scenario/rules", json.dumps(rule).encode(), JSON_TYPE)
    assert asker.chat("hi", surface="/w/two" + GEMINI).status == 400
    assert asker.chat("hi").status == 503


JSON_TYPE = {"content-type": "application/json"}


def test_a_world_that_sends_a_response_is_not_forgotten() -> None:
    asker = Asker(world_idle=0.0)
    ask(asker, "/w/busy")
    asker.worlds.named["busy"].open_responses = 1
    asker.worlds.last_used["busy"] -= 60
    ask(asker, "/w/other")
    assert "busy" in asker.worlds.named
    asker.worlds.named["busy"].open_responses = 0
    asker.worlds.last_used["busy"] -= 60
    ask(asker, "/w/third")
    assert "busy" not in asker.worlds.named


def test_a_stream_counts_as_open_until_its_end() -> None:
    app = create_app(Settings(chunk_delay=0.001))
    body = {
        "model": "gemini-2.5-flash",
        "stream": True,
        "messages": [{"role": "user", "content": "hi"}],
    }

    async def run() -> None:
        headers = {"host": "localhost", "authorization": "Bearer k"}
        target = "/v1beta/openai/chat/completions"
        wire = WireRequest("POST", target, {}, headers, json.dumps(body).encode())
        response = await app.handler(wire)
        world = app.worlds.default
        counts = [world.open_responses async for _ in iter_frames(response.body)]
        assert set(counts) == {1}
        assert world.open_responses == 0

    asyncio.run(run())
