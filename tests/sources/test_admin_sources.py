"""Calls of the admin API skip every source of the server: rules, functions and cassettes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mockgem.app.factory import create_app
from mockgem.app.pipeline import Pipeline, handle_request
from mockgem.app.surfaces import build_surfaces
from mockgem.config.settings import Settings
from mockgem.core.call import Answer, Call
from mockgem.core.http import WireRequest
from mockgem.recording.cassette_writer import save_cassette
from mockgem.sources.engine import Engine
from tests.recording.interactions import chat as recorded_chat
from tests.recording.test_recorder import ask, mockgem
from tests.scenarios.playing import Player, rules


def test_admin_calls_count_for_no_rule() -> None:
    player = Player(rules("{when: {calls: 2}, fail: 503}"))
    assert player.statuses(1) == [200]
    for _ in range(3):
        assert player.send("GET", "/_mockgem/clock").status == 200
    assert player.statuses(2) == [503, 200]


def test_admin_calls_use_no_quota() -> None:
    player = Player(rules("{quota: {rpm: 1, per: world, by_model: false}}"))
    for _ in range(3):
        assert player.send("GET", "/_mockgem/journal").status == 200
    assert player.statuses(2) == [200, 429]


def test_admin_calls_never_reach_a_function_of_the_user() -> None:
    paths: list[str] = []

    def answer(request: Any) -> None:
        paths.append(request.path)

    player = Player(rules("{faults: [no_usage]}"), answers=answer)
    assert player.send("GET", "/_mockgem/worlds").status == 200
    assert player.statuses(1) == [200]
    assert paths == ["/v1beta/openai/chat/completions"]


async def test_admin_calls_are_not_looked_up_in_a_cassette(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    save_cassette(path, [recorded_chat("hi", b"{}")])
    body = {"advance": "1s"}
    async with mockgem(cassette=str(path), on_miss="fail") as server:
        assert (await ask(server, body, path="/_mockgem/clock"))[0] == 200


def test_the_admin_surface_alone_has_sources_of_its_own() -> None:
    assert [surface.name for surface in build_surfaces() if surface.is_admin] == ["admin", "start"]


async def test_the_servers_sources_are_not_asked_about_admin_calls() -> None:
    class Refuse:
        async def answer(self, call: Call) -> Answer | None:
            raise AssertionError(call.wire.path)

    app = create_app(Settings())
    pipeline = Pipeline(app.router, (Refuse(),), (Engine(),))
    request = WireRequest("GET", "/_mockgem/health")
    response = await handle_request(pipeline, request, app.worlds.default)
    assert response.status == 200
