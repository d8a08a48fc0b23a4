"""Compare sessions by message: milestones, kinds of messages, and the close."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import mockgem
from mockgem.cli.cassette import command as cassette_command
from mockgem.cli.drift import command as drift
from mockgem.recording.cassette_reader import read_cassette
from mockgem.recording.cassette_writer import save_cassette
from mockgem.recording.comparability import find_socket_obstacle
from mockgem.recording.socket_drift import find_socket_drift, list_changes
from mockgem.recording.socket_messages import RecordedMessage
from tests.live_client import (
    CASCADED,
    LIVE_3,
    NATIVE,
    connecting,
    make_setup,
    make_silence,
    make_tone,
)

TEXT = {"serverContent": {"modelTurn": {"parts": [{"text": "a"}]}}}
AUDIO = {"serverContent": {"modelTurn": {"parts": [{"inlineData": {"data": "AA=="}}]}}}
WORDS = {"serverContent": {"outputTranscription": {"text": "a"}}}
TURN: Any = {"serverContent": {"turnComplete": True}, "usageMetadata": {"totalTokenCount": 1}}
COMPLETE: Any = {"setupComplete": {}}
CALL: Any = {"toolCall": {"functionCalls": [{"name": "f", "args": {"x": 1}, "id": "1"}]}}


def record(*contents: Any) -> tuple[RecordedMessage, ...]:
    return tuple(
        [
            RecordedMessage("server", 0, b"reason", close=one)
            if isinstance(one, int)
            else RecordedMessage("server", 0, json.dumps(one).encode())
            for one in contents
        ]
    )


SAME = [
    ((COMPLETE, WORDS, AUDIO, AUDIO, WORDS, TURN), (COMPLETE, AUDIO, WORDS, TURN)),
    ((COMPLETE, {}, TEXT, {}, TURN), (COMPLETE, TEXT, TURN)),
    ((COMPLETE, 1008), (COMPLETE, 1008)),
    ((CALL,), ({"toolCall": {"functionCalls": [{"name": "g", "args": {}, "id": "2"}]}},)),
]
OTHER = {
    "no transcript": ((COMPLETE, WORDS, AUDIO, TURN), (COMPLETE, AUDIO, TURN), "warning",
                      "only the recording has message with serverContent.outputTranscription.text"),
    "a transcript": ((COMPLETE, AUDIO, TURN), (COMPLETE, WORDS, AUDIO, TURN), "warning",
                     "the recording has no message with serverContent.outputTranscription.text"),
    "a call": ((COMPLETE, CALL), (COMPLETE, TEXT, TURN), "error",
               "recorded toolCall, now serverContent.turnComplete"),
    "another end": ((TURN,), ({"serverContent": {"turnComplete": True}},), "warning",
                    "the recording has it, and ours has not"),
    "no end": ((COMPLETE, TEXT, TURN), (COMPLETE,), "error",
               "recorded serverContent.turnComplete, now nothing"),
    "another close": ((COMPLETE, 1008), (COMPLETE, 1011), "error",
                      "recorded 1008 reason, now 1011 reason"),
    "no close": ((COMPLETE, 1008), (COMPLETE,), "error",
                 "recorded 1008 reason, now no close of the server"),
    "another turn": ((COMPLETE,), (COMPLETE, TEXT, TURN), "warning",
                     "now also serverContent.turnComplete"),
    "another type": (({**COMPLETE, "n": 1},), ({**COMPLETE, "n": "1"},), "error",
                     "recorded a number, ours a string"),
}  # fmt: skip


@pytest.mark.parametrize(("recorded", "own"), SAME)
def test_pieces_and_values_do_not_count(recorded: Any, own: Any) -> None:
    assert find_socket_drift(record(*recorded), record(*own)) == []


@pytest.mark.parametrize("name", OTHER)
def test_a_difference_is_named(name: str) -> None:
    recorded, own, tier, message = OTHER[name]
    finding = find_socket_drift(record(*recorded), record(*own))[0]
    assert (finding.tier, finding.message) == (tier, message)


def test_every_value_counts_on_demand() -> None:
    other = json.loads(json.dumps(TEXT).replace('"a"', '"b"'))
    sides = record(COMPLETE, TEXT), record(COMPLETE, other)
    assert list_changes(*sides, is_exact=False) == []
    (line,) = list_changes(*sides, is_exact=True)
    assert line == ('message 2.serverContent.modelTurn.parts[0].text: recorded "a", now "b"')
    assert list_changes(record(TEXT), record(TEXT, TEXT), is_exact=True) == [
        "messages: recorded 1, now 2"
    ]


async def wait_for(cassette: Path, count: int) -> None:
    """Wait for a session that its client has closed."""
    for _ in range(3_000):
        if cassette.exists() and len(read_cassette(cassette).interactions) == count:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"there are less than {count} sessions")


async def record_sessions(cassette: Path) -> None:
    """Record sessions of three families: text, speech with a tool, audio with an interruption."""
    tool = {"functionDeclarations": [{"name": "get_weather", "parameters": {
        "type": "OBJECT", "properties": {"city": {"type": "STRING"}}}}]}  # fmt: skip
    async with mockgem.aserve(seed=5) as upstream, mockgem.aserve(
        cassette=str(cassette), record_mode="once", upstream=upstream.url
    ) as recorder:  # fmt: skip
        async with connecting(recorder.url, make_setup(CASCADED)) as client:
            for text in ("Hello", "And then?"):
                await client.say(text)
                await client.receive_turn()
        await wait_for(cassette, 1)
        setup = make_setup(NATIVE, tools=[tool], outputAudioTranscription={})
        async with connecting(recorder.url, setup) as client:
            await client.say("What is the weather in Oslo?")
            call = (await client.receive_until("toolCall"))[-1]["toolCall"]["functionCalls"][0]
            result = {"id": call["id"], "name": call["name"], "response": {"result": "rain"}}
            await client.send({"toolResponse": {"functionResponses": [result]}})
            await client.receive_turn()
        await wait_for(cassette, 2)
        async with connecting(recorder.url, make_setup(LIVE_3)) as client:
            await client.send_audio(make_tone(0.5) + make_silence(1.0))
            await client.receive_turn()
        await wait_for(cassette, 3)
        async with connecting(recorder.url) as client:
            await client.send({"setup": {"model": "models/none"}})
            await client.receive_close()


def run_drift(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(drift, list(arguments))
    return done.exit_code, done.output


SAME_RESULT = "4 recordings: 4 same, 0 info, 0 warning, 0 error, 0 not comparable\n"


async def test_mockgem_is_compared_with_sessions(tmp_path: Path) -> None:
    cassette = tmp_path / "live.yaml"
    await record_sessions(cassette)
    code, output = await asyncio.to_thread(run_drift, str(cassette), "--fail-on", "info")
    assert output.endswith(SAME_RESULT)
    assert code == 0


async def test_a_live_api_is_compared_with_sessions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cassette = tmp_path / "live.yaml"
    await record_sessions(cassette)
    monkeypatch.setenv("MY_KEY", "k")
    async with mockgem.aserve(api_key=("k",)) as server:
        arguments = [str(cassette), "--against", server.url, "--key-env", "MY_KEY"]
        assert (await asyncio.to_thread(run_drift, *arguments))[1].endswith(SAME_RESULT)
        rule = {"when": {"endpoint": "generate", "calls": 1}, "faults": ["close_socket"]}
        server.scenario({"rules": [rule]})
        code, output = await asyncio.to_thread(run_drift, *arguments)
    assert code == 1
    assert "close: recorded no close of the server, now" in output


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(cassette_command, list(arguments))
    return done.exit_code, done.output


async def test_the_commands_for_cassettes_understand_sessions(tmp_path: Path) -> None:
    cassette = tmp_path / "live.yaml"
    await record_sessions(cassette)
    path = str(cassette)
    _, listed = run("show", path)
    rows = listed.splitlines()
    assert "→ 101" in rows[0]
    assert "3 messages of the client" in rows[0]
    assert "closed by the client with 1000" in rows[0]
    assert '"Hello"' in rows[0]
    assert "closed by the server with 1008" in rows[3]
    _, shown = run("show", path, "3")
    assert "client, " in shown
    assert len(shown) < cassette.stat().st_size / 4
    assert run("check", path) == (0, f"{path}: good\n")
    assert run("diff", path, path) == (0, "")


async def test_a_key_in_a_message_is_found_and_removed(tmp_path: Path) -> None:
    cassette, key = tmp_path / "live.yaml", "AIzaSyA-0123456789abcdefghijklmnopqrstu"
    await record_sessions(cassette)
    cassette.write_text(cassette.read_text().replace("And then?", f"Use {key}."))
    code, output = run("check", str(cassette))
    assert code == 1
    assert "something that looks like a secret is left in message" in output
    assert run("scrub", str(cassette))[1].endswith("1 of 4 interactions changed\n")
    assert key not in cassette.read_text()
    assert len(read_cassette(cassette).interactions) == 4
    assert run("check", str(cassette))[0] == 0


async def test_two_cassettes_differ_in_a_message(tmp_path: Path) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    await record_sessions(first)
    sessions = list(read_cassette(first).interactions)
    text = first.read_text()
    assert text.count("setupComplete") >= 3
    second.write_text(text.replace('"setupComplete": {}', '"setupComplete": {"sessionId": "1"}', 1))
    code, output = run("diff", str(first), str(second))
    assert code == 1
    assert 'message 1.setupComplete.sessionId: nothing, then "1"' in output
    save_cassette(second, sessions[:3])
    assert run("diff", str(first), str(second))[1].startswith("only in the first: GET /ws/")


async def test_a_session_that_resumes_another_is_not_comparable(tmp_path: Path) -> None:
    cassette = tmp_path / "live.yaml"
    setup = make_setup(CASCADED, sessionResumption={"handle": "h"})
    message = RecordedMessage("client", 0, json.dumps({"setup": setup}).encode(), True)
    await record_sessions(cassette)
    one = replace(read_cassette(cassette).interactions[0], messages=(message, *record(COMPLETE)))
    save_cassette(cassette, [one, replace(one, messages=record(COMPLETE))])
    code, output = await asyncio.to_thread(run_drift, str(cassette))
    assert code == 0
    assert "it resumes a session of the recorded server" in output
    assert "the recorded client sent nothing" in output


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ({"realtimeInput": {"audio": {"data": "AAAA…", "mimeType": "audio/pcm"}}}, "shortened"),
        ({"realtimeInput": {"text": "My key is REDACTED"}}, "removed"),
        ("not an object", "incomplete"),
    ],
)
async def test_a_client_that_is_not_complete_is_not_comparable(content: Any, reason: str) -> None:
    setup = json.dumps({"setup": make_setup(CASCADED)}).encode()
    lines = [setup, content.encode() if isinstance(content, str) else json.dumps(content).encode()]
    messages = tuple([RecordedMessage("client", 0, line, True) for line in lines])
    assert reason in find_socket_obstacle(messages)


def test_a_recording_that_is_cut_off_is_compared_up_to_its_last_milestone() -> None:
    assert find_socket_drift(record(COMPLETE, WORDS), record(COMPLETE, AUDIO)) == []
