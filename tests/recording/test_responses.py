"""Responses pass a recorder in front of a gateway, and a cassette plays them again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mockgem.recording.drift import AnswerSnapshot, Finding, find_drift
from tests.asking import Asker
from tests.dialects.openai.responses.talking import create
from tests.recording.interactions import stream
from tests.recording.servers import ask, mockgem, recorder_at

PATH = "/v1/responses"


def question(text: str, **more: Any) -> dict[str, Any]:
    return {"model": "gemini-2.5-flash", "input": text, **more}


async def test_responses_are_recorded_and_play_the_same_bytes(tmp_path: Path) -> None:
    cassette = str(tmp_path / "responses.yaml")
    questions = [
        question("Hello"),
        question("Tell me a story", stream=True),
        question("Hello", tools=[{"type": "mcp", "server_label": "a"}]),
    ]
    async with mockgem(chunk_delay=0.002) as upstream, recorder_at(cassette, upstream) as recorder:
        passed = [await ask(recorder, one, PATH) for one in questions]
    async with mockgem(cassette=cassette, on_miss="fail") as replay:
        played = [await ask(replay, one, PATH) for one in questions]
    assert [status for status, _, _ in passed] == [200, 200, 400]
    assert [one[:2] for one in played] == [one[:2] for one in passed]
    assert b"event: response.completed\n" in played[1][1]


def respond(given: str = "Tell me a story") -> bytes:
    return create(Asker(), given, stream=True).body


def find_differences(recorded: bytes, own: bytes) -> list[Finding]:
    body = b'{"model": "gemini-2.5-flash", "input": "Tell me a story", "stream": true}'
    one = stream(recorded, uri="https://gateway.example/v1/responses", request_body=body)
    return find_drift(one, AnswerSnapshot(200, "text/event-stream", own))


def test_drift_ignores_the_words_of_a_stream() -> None:
    assert find_differences(respond(), respond()) == []
    assert find_differences(respond(), respond("Why is the sky blue?")) == []


def test_drift_finds_another_status_and_a_missing_field() -> None:
    own = respond()
    other = own.replace(b'"status":"completed"', b'"status":"done"')
    assert "warning" in [one.tier for one in find_differences(own, other)]
    less = own.replace(b'"parallel_tool_calls":true,', b"")
    assert "warning" in [one.tier for one in find_differences(own, less)]


def test_drift_knows_that_a_stream_breaks_off() -> None:
    whole = respond()
    cut = whole[: whole.index(b"event: response.output_item.done")]
    findings = find_differences(cut, whole)
    assert "the recorded one breaks off; its end is not known" in [one.message for one in findings]
    assert "error" not in [one.tier for one in findings]
