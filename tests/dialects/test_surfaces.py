"""One declaration adds an endpoint or a surface to the router, rules, lists and docs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from click.testing import CliRunner

from mockgem.cli import main
from mockgem.core.call import Endpoint, OperationContext, Surface
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects import surfaces
from mockgem.dialects.common.credentials import find_bearer_token, find_live_credentials
from mockgem.dialects.openai import audio, gateway
from mockgem.dialects.openai.errors import encode_gateway_error
from mockgem.scenarios.conditions import is_on_surface
from mockgem.scenarios.errors import load_errors, surfaces_of_error
from mockgem.scenarios.loader import parse_scenario
from mockgem.scenarios.schema import When
from mockgem.scenarios.validation import find_mistakes
from tests.asking import GATEWAY, Asker
from tests.docs import generated
from tests.scenarios.playing import Player, rules


def decode(wire: WireRequest, params: Mapping[str, str]) -> bytes:
    return wire.body


async def classify(request: bytes, context: OperationContext) -> dict[str, Any]:
    return {"results": []}


def encode(request: bytes, result: dict[str, Any]) -> WireResponse:
    return WireResponse(200, (), json.dumps(result).encode())


CLASSIFICATIONS = Endpoint(
    "POST",
    "/classifications",
    "Classify a text",
    decode,
    classify,
    encode,
    encode_gateway_error,
    scenario="classify",
    wire_name="classifications.create",
)
LITELLM = Surface(
    "litellm",
    "Gateway (LiteLLM style)",
    ("/litellm/v1",),
    gateway.build_gateway_dialect(strict=True),
    find_bearer_token,
    base="/litellm/v1",
    family="gateway",
    key_header="x-litellm-key",
)


@pytest.fixture
def classifications(monkeypatch: pytest.MonkeyPatch) -> None:
    """One more endpoint beside those that the gateway has."""
    endpoints = (*audio.build_endpoints(), CLASSIFICATIONS)
    monkeypatch.setattr(audio, "build_endpoints", lambda: endpoints)


@pytest.fixture
def litellm(monkeypatch: pytest.MonkeyPatch) -> None:
    """One more surface."""
    monkeypatch.setattr(surfaces, "BUILDERS", (*surfaces.BUILDERS, lambda strict: (LITELLM,)))


@pytest.mark.usefixtures("classifications")
@pytest.mark.parametrize("word", ["classify", "classifications.create", "classif*"])
def test_a_rule_addresses_a_declared_endpoint(word: str) -> None:
    scenario = rules(f"{{when: {{endpoint: {word}}}, fail: overloaded}}")
    assert find_mistakes(parse_scenario(scenario)) == []
    player = Player(scenario)
    assert player.send("POST", f"{GATEWAY}/classifications").status == 503
    assert player.chat("hi", surface=GATEWAY).status == 200
    assert Asker().send("POST", f"{GATEWAY}/classifications").json == {"results": []}


@pytest.mark.usefixtures("classifications")
def test_a_declared_endpoint_is_listed() -> None:
    words = "classify classifications.create"
    row = f"| gateway | POST | `/v1/classifications` | {words} | Classify a text |"
    assert row in generated.PARTS["endpoints"]()
    assert "/v1/classifications" in CliRunner().invoke(main, ["endpoints"]).output
    schema = When.model_json_schema()
    assert "classify" in schema["properties"]["endpoint"]["examples"]


def test_a_word_without_an_endpoint_is_a_mistake() -> None:
    scenario = parse_scenario(rules("{when: {endpoint: classify}, fail: 503}"))
    assert "'classify'" in find_mistakes(scenario)[0][1]


@pytest.mark.usefixtures("litellm")
@pytest.mark.parametrize("word", ["litellm", "openai", "lite*"])
def test_a_rule_addresses_a_declared_surface_whose_style_the_error_has(word: str) -> None:
    scenario = rules(f"{{when: {{surface: {word}}}, fail: 429}}")
    assert find_mistakes(parse_scenario(scenario)) == []
    error = Player(scenario).chat("hi", surface="/litellm/v1").error
    assert error == Player(rules("{fail: 429}")).chat("hi", surface=GATEWAY).error
    question = {"contents": [{"parts": [{"text": "hi"}]}]}
    assert Player(scenario).native("generateContent", question).status == 200


@pytest.mark.usefixtures("litellm")
def test_a_declared_surface_has_the_errors_of_its_family() -> None:
    for name in load_errors():
        names = surfaces_of_error(name)
        assert ("litellm" in names) is ("gateway" in names)


@pytest.mark.usefixtures("litellm")
def test_a_declared_surface_is_listed() -> None:
    path = "`/litellm/v1/chat/completions`"
    assert f"| litellm | POST | {path} |" in generated.PARTS["endpoints"]()
    assert "litellm" in CliRunner().invoke(main, ["endpoints"]).output
    assert "litellm" in When.model_json_schema()["properties"]["surface"]["examples"]


def test_a_surface_declares_the_header_for_its_key() -> None:
    assert LITELLM.build_key_header("k") == ("x-litellm-key", "k")
    by_name = {one.name: one for one in surfaces.build_api_surfaces()}
    google = {
        "gemini", "gemini-upload", "gemini-download", "vertex-express", "interactions",
        "gemini-live", "interactions-live",
    }  # fmt: skip
    for name, surface in by_name.items():
        expected = ("x-goog-api-key", "k") if name in google else ("Authorization", "Bearer k")
        assert surface.build_key_header("k") == expected


def test_rules_address_surfaces_by_the_api_that_they_speak() -> None:
    spoken = {
        api: [one.name for one in surfaces.build_api_surfaces() if is_on_surface((api,), one)]
        for api in ("openai", "native", "vertex", "interactions")
    }
    assert spoken == {
        "openai": ["gemini-openai", "gemini-openai-short", "vertex-openai", "gateway"],
        "native": [
            "gemini", "gemini-upload", "gemini-download", "vertex", "vertex-express",
            "gemini-live", "vertex-live",
        ],
        "vertex": ["vertex"],
        "interactions": ["interactions-live", "interactions", "vertex-interactions"],
    }  # fmt: skip


def test_every_surface_of_an_api_declares_its_family_of_errors() -> None:
    families = {family for entry in load_errors().values() for family in entry["surfaces"]}
    assert {one.family for one in surfaces.build_api_surfaces()} >= families


def test_every_endpoint_of_an_api_can_be_addressed_by_rules() -> None:
    for surface in surfaces.build_api_surfaces():
        for endpoint in surface.dialect.endpoints:
            assert endpoint.scenario, endpoint.path


def test_a_key_that_is_shown_twice_counts_once_on_a_socket() -> None:
    headers = {"x-goog-api-key": "k"}
    twice = WireRequest("GET", "/ws/x", {"key": "k"}, headers)
    two = WireRequest("GET", "/ws/x", {"key": "other"}, headers)
    assert find_live_credentials(twice) == ("k",)
    assert find_live_credentials(two) == ("k", "other")
