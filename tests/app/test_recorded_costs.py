"""What recordings cost, by the prices of their day and of today, for charged requests."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mockgem.app.recorded_costs import NO_MODEL, ModelCost, estimate_costs, merge_costs, sum_costs
from mockgem.app.router import Router
from mockgem.config.model_catalog import load_catalogue
from mockgem.config.settings import Settings
from mockgem.dialects.surfaces import build_api_surfaces
from mockgem.operations.costs import prices
from mockgem.operations.costs.prices import Price
from mockgem.recording import formats
from mockgem.recording.interaction import SWITCHING_PROTOCOLS, Interaction
from mockgem.recording.socket_messages import RecordedMessage
from tests.cli.test_cassette_report import BASE, CHAT, STREAM

CASSETTES = Path(__file__).parent.parent.parent / "cassettes"
NOW = datetime(2026, 11, 28, tzinfo=UTC).timestamp()
CATALOGUE, ROUTER = load_catalogue(Settings()), Router(build_api_surfaces())


def estimate(*interactions: Interaction) -> list[ModelCost]:
    return estimate_costs(interactions, CATALOGUE, ROUTER, NOW)


def test_a_request_costs_its_tokens_with_the_hidden_thoughts() -> None:
    """1,200 tokens at 0.30 and 84 at 2.50 US dollars per million; the total has 50 more."""
    body = CHAT.body.replace(b'"total_tokens": 1234', b'"total_tokens": 1284')
    (row,) = estimate(replace(CHAT, body=body))
    assert (row.model, row.requests, row.input_tokens, row.output_tokens) == (
        "gemini-2.5-flash", 1, 1200, 84,
    )  # fmt: skip
    assert row.recorded == row.today == 360_000_000 + 210_000_000


def test_recordings_cost_what_they_cost_on_their_day(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {"gemini-2.5-flash": (Price(3.0, 25.0, until="2026-09-30"), Price(0.3, 2.5))}
    monkeypatch.setattr(prices, "load_prices", lambda: table)
    old = replace(CHAT, recorded="2026-09-30T23:59:00Z")
    (row,) = estimate(old, replace(CHAT, recorded="2026-10-01T00:00:00Z"), CHAT)
    one = 1200 * 300_000 + 34 * 2_500_000
    assert (row.recorded, row.today) == (12 * one, 3 * one)


def test_a_price_that_has_ended_is_not_known_today(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {"gemini-2.5-flash": (Price(3.0, 25.0, until="2026-09-30"),)}
    monkeypatch.setattr(prices, "load_prices", lambda: table)
    (row,) = estimate(replace(CHAT, recorded="2026-09-01T00:00:00Z"))
    assert (row.recorded, row.today) == (1200 * 3_000_000 + 34 * 25_000_000, None)
    assert sum_costs([row]) == (row.recorded, 0)


def test_a_stream_costs_its_last_counts() -> None:
    uri = f"{BASE}/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse"
    (row,) = estimate(replace(STREAM, uri=uri))
    assert (row.input_tokens, row.output_tokens) == (5, 27)


@pytest.mark.parametrize(
    "changes",
    [
        {"status": 429},
        {"method": "GET", "uri": f"{BASE}/v1beta/interactions/abc", "request_body": b""},
        {"method": "GET", "uri": f"{BASE}/v1beta/models", "request_body": b""},
        {
            "uri": f"{BASE}/v1beta/models/gemini-2.5-flash:countTokens",
            "body": b'{"totalTokens": 5}',
        },
        {"uri": f"{BASE}/upload/v1beta/files", "body": b"{}"},
        {"uri": "https://example.com/what/is/this", "body": b"{}"},
    ],
)
def test_what_costs_nothing(changes: dict[str, Any]) -> None:
    assert sum_costs(estimate(replace(CHAT, **changes))) == (0, 0)


def test_models_without_a_price_and_requests_without_a_model_are_apart() -> None:
    body = CHAT.request_body.replace(b"gemini-2.5-flash", b"gemini-of-nobody")
    nameless = replace(CHAT, uri=f"{BASE}/v1beta/interactions", request_body=b"{}")
    rows = {row.model: row for row in estimate(replace(CHAT, request_body=body), nameless, CHAT)}
    assert rows["gemini-2.5-flash"].today
    assert (rows["gemini-of-nobody"].recorded, rows["gemini-of-nobody"].today) == (None, None)
    assert (rows[NO_MODEL].today, rows[NO_MODEL].requests) == (None, 1)


def test_answers_without_token_counts_are_counted_apart() -> None:
    silent = replace(CHAT, body=b'data: {"choices": []}\n\ndata: [DONE]\n\n')
    (row,) = estimate(silent, CHAT)
    assert (row.requests, row.uncounted, row.input_tokens) == (1, 1, 1200)


def test_each_turn_of_a_session_counts() -> None:
    usage = (
        b'{"serverContent": {}, "usageMetadata": {"promptTokenCount": 10, "responseTokenCount": 4}}'
    )
    messages = (
        RecordedMessage("client", 0, b'{"setup": {"model": "models/gemini-2.5-flash"}}'),
        RecordedMessage("server", 1, b'{"setupComplete": {}}'),
        RecordedMessage("server", 2, usage),
        RecordedMessage("client", 3, usage),
        RecordedMessage("server", 4, usage),
    )
    path = "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent"
    uri = f"wss://generativelanguage.googleapis.com{path}"
    session = Interaction(
        "GET", uri, (), b"", SWITCHING_PROTOCOLS, "", (), b"", messages=messages
    )  # fmt: skip
    (row,) = estimate(session)
    assert (row.model, row.input_tokens, row.output_tokens) == ("gemini-2.5-flash", 20, 8)


def test_speech_of_a_recorded_session_has_its_price() -> None:
    usage = {
        "promptTokenCount": 30,
        "responseTokenCount": 50,
        "promptTokensDetails": [
            {"modality": "TEXT", "tokenCount": 10},
            {"modality": "AUDIO", "tokenCount": 20},
        ],
        "responseTokensDetails": [{"modality": "AUDIO", "tokenCount": 50}],
    }
    turn = json.dumps({"serverContent": {}, "usageMetadata": usage}).encode()
    messages = (
        RecordedMessage("client", 0, b'{"setup": {"model": "models/gemini-3.8-live"}}'),
        RecordedMessage("server", 1, turn),
        RecordedMessage("server", 2, turn),
    )
    path = "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent"
    uri = f"wss://generativelanguage.googleapis.com{path}"
    session = Interaction(
        "GET", uri, (), b"", SWITCHING_PROTOCOLS, "", (), b"", messages=messages
    )  # fmt: skip
    (row,) = estimate(session)
    assert row.today == 2 * (10 * 750_000 + 20 * 3_000_000 + 50 * 12_000_000)


def test_recorded_pictures_are_counted() -> None:
    body = {"predictions": [{"bytesBase64Encoded": "AAAA", "mimeType": "image/png"}] * 3}
    uri = "https://generativelanguage.googleapis.com/v1beta/models/imagen-4.0-generate-001:predict"
    (row,) = estimate(Interaction("POST", uri, (), b"{}", 200, "", (), json.dumps(body).encode()))
    assert (row.requests, row.uncounted) == (1, 0)
    assert row.today == 120_000_000_000
    (row,) = estimate(Interaction("POST", uri, (), b"{}", 200, "", (), b"{}"))
    assert (row.requests, row.uncounted, row.today) == (0, 1, None)


def test_rows_are_added_and_the_most_expensive_comes_first() -> None:
    rows = [
        ModelCost("a", 1, 1, 0, 1, 5, 5), ModelCost("b", 1, 1, 0, 1, None, None),
        ModelCost("c", 1, 2, 3, 4, 9, 9, 1), ModelCost("a", 2, 1, 0, 1, 1, 1),
    ]  # fmt: skip
    merged = merge_costs(rows)
    assert [row.model for row in merged] == ["c", "a", "b"]
    assert merged[1] == ModelCost("a", 3, 2, 0, 2, 6, 6)
    assert sum_costs(merged) == (15, 15)


def test_the_recorded_cassettes_have_the_costs_of_their_tokens() -> None:
    chat = formats.load_interactions(CASSETTES / "recorded-from-mockgem-chat.yaml")
    rows = {row.model: row for row in estimate(*chat)}
    flash = rows["gemini-2.5-flash"]
    assert (flash.requests, flash.uncounted) == (1, 1)
    assert flash.today == flash.input_tokens * 300_000 + flash.output_tokens * 2_500_000
    assert flash.output_tokens == 184  # 96 of the answer, and 88 that only the total has
    native = formats.load_interactions(CASSETTES / "recorded-from-mockgem-native.yaml")
    assert [(row.model, row.today is None) for row in estimate(*native)] == [
        ("gemini-3.6-flash", False),
        ("gemini-2.5-flash", False),
    ]
