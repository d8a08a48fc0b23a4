"""Responses pass a recorder in front of a gateway, and a cassette plays them again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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
