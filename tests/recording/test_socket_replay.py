"""Replay sessions on sockets: by the setup, and by what the client has sent so far."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from base64 import b64encode
from pathlib import Path
from typing import Any

import aiohttp
import pytest

import mockgem
from mockgem.recording.cassette_writer import save_cassette
from mockgem.recording.interaction import Interaction
from mockgem.recording.socket_messages import RecordedMessage
from mockgem.testing.report import response_text
from tests.live_client import (
    CASCADED,
    NATIVE,
    PATH,
    connecting,
    join_texts,
    make_setup,
    make_silence,
    make_tone,
)

Json = dict[str, Any]
KEY = "AIzaSyA-0123456789abcdefghijklmnopqrstu"
OTHER_KEY = "AIzaSyB-0123456789abcdefghijklmnopqrstu"
SETUP = make_setup(CASCADED)
COMPLETE = {"setupComplete": {}}


def make_session(*lines: tuple[str, Any], path: str = PATH, pause: int = 0) -> Interaction:
    """Return a recorded session; a line is a side with a message, or with the code of a close."""
    messages = []
    for number, (side, content) in enumerate(lines):
        is_close = isinstance(content, int)
        data = b"bye" if is_close else json.dumps(content).encode()
        messages.append(RecordedMessage(side, number * pause, data, side == "client",
                                        content if is_close else 0))  # fmt: skip
    uri = f"wss://generativelanguage.googleapis.com{path}"
    return Interaction(
        "GET", uri, (), b"", 101, "Switching Protocols", (), b"", messages=tuple(messages)
    )


def said(text: str) -> Json:
    turn = {"role": "user", "parts": [{"text": text}]}
    return {"clientContent": {"turns": [turn], "turnComplete": True}}


def answer(text: str) -> Json:
    return {"serverContent": {"modelTurn": {"parts": [{"text": text}]}, "turnComplete": True}}


def make_chat(*pairs: str, setup: Json = SETUP, **more: Any) -> Interaction:
    """Return a session with questions and answers, which the client closed."""
    lines: list[tuple[str, Any]] = [("client", {"setup": setup}), ("server", COMPLETE)]
    for question, reply in zip(pairs[::2], pairs[1::2], strict=True):
        lines += [("client", said(question)), ("server", answer(reply))]
    return make_session(*lines, ("client", 1000), **more)


def save(tmp_path: Path, *sessions: Interaction) -> str:
    cassette = tmp_path / "live.yaml"
    save_cassette(cassette, sessions)
    return str(cassette)


async def ask(url: str, *texts: str, setup: Json = SETUP) -> list[str]:
    async with connecting(url, setup) as client:
        answers = []
        for text in texts:
            await client.say(text)
            answers.append(join_texts(await client.receive_turn(), "text"))
    return answers


async def get_close(url: str, *messages: Json) -> tuple[int, str]:
    async with connecting(url) as client:
        for message in messages:
            await client.send(message)
        closed = await client.receive_close()
    return closed.code, closed.reason


def serve(cassette: str, **more: Any) -> Any:
    return mockgem.aserve(**{"cassette": cassette, "on_miss": "fail", **more})


async def test_what_the_client_says_decides_which_session_is_played(tmp_path: Path) -> None:
    cassette = save(tmp_path, make_chat("a", "A", "b", "B"), make_chat("c", "C"),
                    make_chat("a", "A", "d", "D"))  # fmt: skip
    async with serve(cassette) as server:
        assert await ask(server.url, "c") == ["C"]
        assert await ask(server.url, "a", "d") == ["A", "D"]
        assert await ask(server.url, "a", "b") == ["A", "B"]


async def test_equal_sessions_come_in_their_order(tmp_path: Path) -> None:
    cassette = save(tmp_path, make_chat("a", "first"), make_chat("a", "second"))
    async with serve(cassette) as server:
        assert [await ask(server.url, "a") for _ in range(2)] == [["first"], ["second"]]
        code, reason = await get_close(server.url, {"setup": SETUP})
    assert code == 1008
    assert reason == (
        "mockgem: not recorded: the session was recorded 2 times and has been played as often"
    )


async def test_the_last_session_is_repeated_if_allowed(tmp_path: Path) -> None:
    cassette = save(tmp_path, make_chat("a", "first"), make_chat("a", "second"))
    async with serve(cassette, allow_playback_repeats=True) as server:
        heard = [(await ask(server.url, "a"))[0] for _ in range(4)]
    assert heard == ["first", "second", "second", "second"]


async def test_a_world_plays_from_the_beginning(tmp_path: Path) -> None:
    async with serve(save(tmp_path, make_chat("a", "A"))) as server:
        for name in ("one", "two"):
            assert await ask(f"{server.url}/w/{name}", "a") == ["A"]


async def test_sessions_at_once_play_different_recordings(tmp_path: Path) -> None:
    cassette = save(tmp_path, *[make_chat("a", str(number)) for number in range(8)])
    async with serve(cassette) as server:
        heard = await asyncio.gather(*[ask(server.url, "a") for _ in range(8)])
    assert sorted(one for (one,) in heard) == [str(number) for number in range(8)]


MISSES = {
    "another setup": (
        [{"setup": {**SETUP, "systemInstruction": {"parts": [{"text": "x"}]}}}],
        "setup.systemInstruction: recorded nothing, received {\"parts\": [{\"text\": \"x\"}]}",
    ),
    "another text": (
        [{"setup": SETUP}, said("b")],
        "message 2: clientContent.turns[0].parts[0].text: recorded \"a\", received \"b\"",
    ),
    "another kind of message": (
        [{"setup": SETUP}, {"realtimeInput": {"text": "a"}}],
        "message 2: recorded clientContent, received realtimeInput.text",
    ),
    "one message more": (
        [{"setup": SETUP}, said("a"), said("b")],
        "clientContent: the recorded client sent nothing more",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISSES)
async def test_a_miss_closes_the_socket_with_the_difference(
    name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    messages, difference = MISSES[name]
    async with serve(save(tmp_path, make_chat("a", "A"))) as server:
        with caplog.at_level(logging.ERROR, "mockgem"):
            code, reason = await get_close(server.url, *messages)
        for _ in range(3_000):
            entry = server.journal()[-1]
            if "missed" in entry:
                break
            await asyncio.sleep(0.02)
        listed = server._call_admin("GET", "/cassettes")
        entries = server.journal()
    expected = f"mockgem: not recorded: {difference}"
    assert (code, reason) == (1008, expected[:123])
    assert entry["missed"] is True
    assert entry["difference"] == difference
    assert difference in caplog.text
    assert [miss["message"] for miss in listed["misses"]] == [difference]
    (session,) = listed["cassettes"][0]["interactions"]
    assert json.loads(session["request"]) == {"setup": SETUP}
    assert session["size"] > 0
    assert difference in response_text(entries[-1])


async def test_a_cassette_without_sessions_refuses_one(tmp_path: Path) -> None:
    other = make_chat("a", "A", path=PATH.replace("v1beta", "v1alpha"))
    async with serve(save(tmp_path, other)) as server:
        code, reason = await get_close(server.url, {"setup": SETUP})
    assert code == 1008
    assert reason.startswith("mockgem: not recorded: path: recorded")


async def test_the_engine_opens_sessions_that_are_not_recorded(tmp_path: Path) -> None:
    """The default of `serve`: with what the client has sent until then."""
    other = make_setup(CASCADED, systemInstruction={"parts": [{"text": "Be brief."}]})
    async with mockgem.aserve() as direct:
        expected = await ask(direct.url, "Hello", setup=other)
    async with serve(save(tmp_path, make_chat("a", "A")), on_miss="engine") as server:
        assert await ask(server.url, "a") == ["A"]
        assert await ask(server.url, "Hello", setup=other) == expected
        assert (await get_close(server.url, {"setup": {"model": "models/none"}}))[0] == 1008


async def test_a_bad_key_is_refused_where_the_engine_answers(tmp_path: Path) -> None:
    cassette = save(tmp_path, make_chat("a", "A"))
    other = {"setup": make_setup(CASCADED, tools=[])}
    async with serve(cassette, on_miss="engine", api_key=("right",)) as server:
        code, reason = await get_close(server.url, other)
    assert code in (1007, 1008)
    assert "API key not valid" in reason


def feed(pcm: bytes, step: int, rate: int = 16_000) -> list[Json]:
    """Return audio in pieces as messages."""
    mime_type = f"audio/pcm;rate={rate}"
    return [
        {"realtimeInput": {"audio": {"data": b64encode(pcm[at : at + step]).decode(),
                                     "mimeType": mime_type}}}
        for at in range(0, len(pcm), step)
    ]  # fmt: skip


SPEECH = make_tone(0.5)


def make_voice_session(*more: tuple[str, Any]) -> Interaction:
    pcm = SPEECH + make_silence(1.0)
    pieces = [("client", one) for one in feed(pcm, 3_200)]
    spoken = [*pieces[:6], ("server", {"voiceActivity": {}}), *pieces[6:]]
    lines = [("client", {"setup": SETUP}), ("server", COMPLETE), *spoken, ("server", answer("A"))]
    return make_session(*lines, *more)


@pytest.mark.parametrize("step", [640, 1_000, 5_000, 100_000])
@pytest.mark.parametrize("silence", [0.0, 0.3, 3.0])
async def test_audio_may_be_split_in_another_way(step: int, silence: float, tmp_path: Path) -> None:
    """And silence at its end does not count."""
    more = [("client", said("next")), ("server", answer("B"))]
    async with serve(save(tmp_path, make_voice_session(*more))) as server:
        async with connecting(server.url, SETUP) as client:
            for message in feed(SPEECH + make_silence(silence), step):
                await client.send(message)
            first = await client.receive_turn()
            await client.say("next")
            second = await client.receive_turn()
    assert first[0] == {"voiceActivity": {}}
    assert [join_texts(one, "text") for one in (first, second)] == ["A", "B"]


async def test_the_older_field_for_audio_is_the_same(tmp_path: Path) -> None:
    async with serve(save(tmp_path, make_voice_session())) as server:
        async with connecting(server.url, SETUP) as client:
            for message in feed(SPEECH, 8_000):
                chunk = message["realtimeInput"]["audio"]
                media = {"mime_type": chunk["mimeType"], "data": chunk["data"]}
                await client.send({"realtime_input": {"media_chunks": [media]}})
            assert await client.receive_turn()


WRONG_AUDIO = {
    "other sounds": (make_tone(0.5, loudness=5_000), "other audio between bytes 0 and"),
    "less": (SPEECH[: len(SPEECH) // 2], "recorded 16000 bytes"),
    "more": (make_tone(1.6), "other audio between"),
}


@pytest.mark.parametrize("name", WRONG_AUDIO)
async def test_other_audio_is_a_miss(name: str, tmp_path: Path) -> None:
    pcm, difference = WRONG_AUDIO[name]
    messages = feed(pcm, 100_000)
    session = make_voice_session(("client", said("next")))
    async with serve(save(tmp_path, session)) as server:
        code, reason = await get_close(server.url, {"setup": SETUP}, *messages, said("next"))
    assert code == 1008
    assert difference in reason


async def test_both_spellings_of_names_are_equal(tmp_path: Path) -> None:
    async with serve(save(tmp_path, make_chat("a", "A"))) as server:
        async with connecting(server.url) as client:
            config = {"response_modalities": ["TEXT"]}
            await client.send({"setup": {"model": CASCADED, "generation_config": config}})
            assert await client.receive() == COMPLETE
            turn = {"role": "user", "parts": [{"text": "a"}]}
            await client.send({"client_content": {"turns": [turn], "turn_complete": True}})
            assert join_texts(await client.receive_turn(), "text") == "A"


async def test_ignored_places_do_not_count(tmp_path: Path) -> None:
    cassette = save(tmp_path, make_chat("a", "A", setup={**SETUP, "labels": {"run": "1"}}))
    async with serve(cassette, ignore=("$.setup.labels", "$.clientContent.turnComplete")) as server:
        setup = {**SETUP, "labels": {"run": "2"}}
        assert await ask(server.url, "a", setup=setup) == ["A"]


async def test_another_key_in_the_same_place_finds_the_session(tmp_path: Path) -> None:
    cassette = tmp_path / "live.yaml"
    secret = {"parts": [{"text": f"Use the key {KEY}."}]}

    async def talk(url: str, key: str) -> list[str]:
        setup = json.loads(json.dumps(make_setup(CASCADED, systemInstruction=secret)
                                      ).replace(KEY, key))  # fmt: skip
        path = f"{PATH}?key={key}"
        async with connecting(url, setup, path, {}) as client:
            await client.say(f"My key is {key}.")
            return [join_texts(await client.receive_turn(), "text")]

    async with mockgem.aserve() as upstream:
        async with mockgem.aserve(cassette=str(cassette), record_mode="once",
                                  upstream=upstream.url) as recorder:  # fmt: skip
            recorded = await talk(recorder.url, KEY)
    assert KEY not in cassette.read_text()
    async with serve(str(cassette)) as server:
        replayed = await talk(server.url, OTHER_KEY)
    assert replayed == [recorded[0].replace(KEY, "REDACTED")]


async def test_the_servers_close_comes_with_its_code_and_reason(tmp_path: Path) -> None:
    session = make_session(("client", {"setup": SETUP}), ("server", COMPLETE),
                           ("client", said("a")), ("server", 1011))  # fmt: skip
    async with serve(save(tmp_path, session)) as server:
        closed = await get_close(server.url, {"setup": SETUP}, said("a"))
    assert closed == (1011, "bye")


async def test_pauses_are_kept_on_demand(tmp_path: Path) -> None:
    """A message of the client does not make the rest come earlier."""
    session = make_chat("a", "A", "b", "B", pause=80)
    for timing, least in (("recorded", 0.4), ("4", 0.1)):
        began = time.monotonic()
        async with serve(save(tmp_path, session), replay_timing=timing) as server:
            assert await ask(server.url, "a", "b") == ["A", "B"]
        assert time.monotonic() - began >= least


async def test_a_mistake_in_a_file_is_named(tmp_path: Path) -> None:
    cassette = Path(save(tmp_path, make_chat("a", "A")))
    cassette.write_text(cassette.read_text().replace("from: client", "from: nobody", 1))
    with pytest.raises(ValueError, match="from: client or from: server"):
        async with serve(str(cassette)):
            pass


async def test_rules_act_on_the_handshake_of_a_replayed_session(tmp_path: Path) -> None:
    async with serve(save(tmp_path, make_chat("a", "A"))) as server:
        server.scenario({"rules": [{"when": {"endpoint": "live", "calls": 1}, "fail": 429}]})
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await ask(server.url, "a")
        assert refused.value.status == 429
        assert await ask(server.url, "a") == ["A"]


async def test_a_cassette_of_a_world_replays_sessions(tmp_path: Path) -> None:
    """As in tests: `mockgem.cassette(…)` for one world of a server."""
    cassette = save(tmp_path, make_chat("a", "A"))
    async with mockgem.aserve() as server:
        server.cassette(cassette)
        assert await ask(server.url, "a") == ["A"]
        code, _ = await get_close(server.url, {"setup": make_setup(NATIVE)})
        assert code == 1008
        assert not server._list_unplayed()
