"""Selecting a scenario for one request: header, path, model, key; and what is removed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockgem.app.factory import create_app
from mockgem.config.settings import Settings
from tests.asking import GEMINI, VERTEX, Answer, Asker

CHAT = GEMINI + "/chat/completions"
NATIVE = {"contents": [{"role": "user", "parts": [{"text": "hi"}]}]}


def body(model: str = "gemini-2.5-flash", **more: Any) -> bytes:
    return json.dumps(
        {"model": model, "messages": [{"role": "user", "content": "hi"}], **more}
    ).encode()


def asked(
    path: str = CHAT, data: bytes = b"", asker: Asker | None = None, **headers: str
) -> Answer:
    found = {
        "authorization": "Bearer k",
        **{name.replace("_", "-"): text for name, text in headers.items()},
    }
    return (asker or Asker()).send("POST", path, data or body(), found)


WAYS = {
    "a header": lambda asker: asked(asker=asker, x_mockgem_scenario="overloaded"),
    "the path": lambda asker: asked("/~overloaded" + CHAT, asker=asker),
    "a world's path": lambda asker: asked("/w/one~overloaded" + CHAT, asker=asker),
    "the model": lambda asker: asked(data=body("gemini-2.5-flash~overloaded"), asker=asker),
    "a model with its prefix": lambda asker: asked(
        data=body("models/gemini-2.5-flash~overloaded"), asker=asker
    ),
    "the key": lambda asker: asked(asker=asker, authorization="Bearer AIzaFake~overloaded"),
    "the native model": lambda asker: asker.send(
        "POST",
        "/v1beta/models/gemini-2.5-flash~overloaded:generateContent",
        json.dumps(NATIVE).encode(),
        {"x-goog-api-key": "k"},
    ),
    "the native key": lambda asker: asker.send(
        "POST",
        "/v1beta/models/gemini-2.5-flash:generateContent",
        json.dumps(NATIVE).encode(),
        {"x-goog-api-key": "k~overloaded"},
    ),
    "a key in the query": lambda asker: asker.send(
        "POST",
        "/v1beta/models/gemini-2.5-flash:generateContent",
        json.dumps(NATIVE).encode(),
        {},
        {"key": "k~overloaded"},
    ),
    "Vertex's model": lambda asker: asked(
        VERTEX.replace(
            "endpoints/openapi",
            "publishers/google/models/gemini-2.5-flash~overloaded:generateContent",
        ),
        json.dumps(NATIVE).encode(),
        asker,
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_selection_is_for_one_request_alone(way: str) -> None:
    asker = Asker()
    answer = WAYS[way](asker)
    assert answer.status == 503
    assert answer.header("x-mockgem-scenario") == ["overloaded"]
    assert asked(asker=asker).status == 200


@pytest.mark.parametrize("way", WAYS)
def test_a_selection_is_removed_from_the_request(way: str) -> None:
    """The scenario changes nothing, so model, key and path must be valid without it."""
    asker = Asker(api_key=("k", "AIzaFake"))
    real = asker.door

    async def renamed(wire: Any) -> Any:
        wire.path = wire.path.replace("~overloaded", "~usage-missing")
        wire.body = wire.body.replace(b"~overloaded", b"~usage-missing")
        wire.query = {
            name: text.replace("~overloaded", "~usage-missing") for name, text in wire.query.items()
        }
        wire.headers = {
            name: text.replace("overloaded", "usage-missing") for name, text in wire.headers.items()
        }
        return await real(wire)

    asker.door = renamed
    answer = WAYS[way](asker)
    assert answer.status == 200, answer.text
    found = answer.json
    assert "usage" not in found
    assert "usageMetadata" not in found
    assert "~" not in json.dumps({key: found.get(key) for key in ("model", "modelVersion")})


def test_worlds_count_separately() -> None:
    asker = Asker()
    path = "/w/{}~internal-error-once" + CHAT
    assert [asked(path.format(world), asker=asker).status for world in "aabb"] == [
        500,
        200,
        500,
        200,
    ]
    names = asker.send("GET", "/_mockgem/worlds").json["worlds"]
    assert [world["name"] for world in names] == ["", "a", "b"]


def test_an_unknown_name_gets_a_suggestion() -> None:
    answer = asked(x_mockgem_scenario="overlaoded")
    assert answer.status == 400
    assert "there is no scenario 'overlaoded'; did you mean overloaded" in answer.error["message"]
    assert asked(x_mockgem_scenario="../../etc/passwd").status == 400


def test_a_tilde_elsewhere_selects_nothing() -> None:
    said = json.dumps(
        {
            "model": "gemini-2.5-flash",
            "messages": [{"role": "user", "content": 'a ~b, "model": "x~overloaded"'}],
        }
    ).encode()
    assert asked(data=said).status == 200
    assert asked(data=body(metadata={"model": "x~overloaded"})).status in (200, 400)
    assert asked(authorization="Bearer abc~Def").status == 200
    assert asked(data=b'{"model": "x~overloaded"').status == 400


def test_selection_can_be_switched_off() -> None:
    asker = Asker(inline_scenarios=False)
    assert asked(asker=asker, x_mockgem_scenario="overloaded").status == 200
    assert asked("/~overloaded" + CHAT, asker=asker).status == 404
    assert asked(data=body("gemini-2.5-flash~overloaded"), asker=asker).status == 404
    quiet = Asker(mockgem_headers=False)
    assert not [
        name
        for name, _ in asked(asker=quiet, x_mockgem_scenario="overloaded").response.headers
        if "mockgem" in name
    ]


def test_upload_urls_keep_the_selection() -> None:
    asker = Asker()
    headers = {
        "x-goog-api-key": "k",
        "x-goog-upload-protocol": "resumable",
        "x-goog-upload-command": "start",
    }
    answer = asker.send(
        "POST", "/w/a~file-stuck-processing/upload/v1beta/files", b'{"file": {}}', headers
    )
    assert "/w/a~file-stuck-processing/upload/" in answer.header("x-goog-upload-url")[0]


def test_the_scenario_of_the_server_runs_in_every_world() -> None:
    asker = Asker(scenario="internal-error-once")
    assert [asked(asker=asker).status, asked(asker=asker).status] == [500, 200]
    assert asked("/w/new" + CHAT, asker=asker).status == 500
    with pytest.raises(ValueError, match="did you mean overloaded"):
        create_app(Settings(scenario="overlaoded"))
    with pytest.raises(ValueError, match="does not exist"):
        create_app(Settings(scenario="./none.yaml"))


def test_requests_without_a_selection_take_the_fast_path() -> None:
    from mockgem.scenarios.selection import has_no_selection

    assert has_no_selection("/v1beta/openai/chat/completions", {"authorization": "Bearer k"}, b"{}")
    for path, headers, data in (
        ("/~x/v1", {}, b""),
        ("/v1", {"x-mockgem-scenario": "x"}, b""),
        ("/v1", {"authorization": "Bearer k~x"}, b""),
        ("/v1", {"x-goog-api-key": "k~x"}, b""),
        ("/v1", {}, b"a~b"),
    ):
        assert not has_no_selection(path, headers, data)
