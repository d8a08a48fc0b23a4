"""The units in which a client's messages are compared: fields, joined audio, spellings."""

from __future__ import annotations

import json
from base64 import b64encode
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockgem.recording.interaction import Interaction
from mockgem.recording.socket_messages import (
    RecordedMessage,
    canonical_setup,
    from_records,
    to_records,
)
from mockgem.recording.socket_units import ClientUnits, ScriptFollower, SocketScript

MIME_TYPE = "audio/pcm;rate=16000"


def make_audio(data: bytes) -> bytes:
    audio = {"data": b64encode(data).decode(), "mimeType": MIME_TYPE}
    return json.dumps({"realtimeInput": {"audio": audio}}).encode()


def split(data: bytes, cuts: list[int]) -> list[bytes]:
    places = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    return [data[start:end] for start, end in pairwise(places)]


def make_script(*messages: bytes, server_after: int = -1) -> SocketScript:
    """Return a recording; the server says something after one of the client's messages."""
    lines = []
    for number, data in enumerate(messages):
        lines.append(RecordedMessage("client", 0, data, True))
        if number == server_after:
            lines.append(RecordedMessage("server", 0, b"{}"))
    return SocketScript(
        Interaction("GET", "wss://x/ws/y", (), b"", 101, "", (), b"", messages=tuple(lines))
    )


PCM = st.binary(min_size=1, max_size=60)
CUTS = st.lists(st.integers(0, 60), max_size=6)


@given(PCM, CUTS, CUTS, st.integers(0, 20), st.integers(0, 20))
def test_pieces_and_silence_do_not_count(
    pcm: bytes, first: list[int], second: list[int], silence: int, other: int
) -> None:
    """A client that sends all of the sound is where the recorded one was."""
    recorded = make_script(*map(make_audio, split(pcm + bytes(silence), first)), b'{"x": 1}')
    client, follower = ClientUnits(), ScriptFollower(recorded)
    for piece in split(pcm + bytes(other), second):
        client.add(make_audio(piece))
        assert follower.find_mismatch(client.units) == ""
    assert client.position == recorded_position(recorded)
    client.add(b'{"x": 1}')
    assert follower.find_mismatch(client.units) == ""


def recorded_position(script: SocketScript) -> tuple[int, int]:
    return 0, script.units[0].voiced


@given(PCM.filter(any), CUTS, st.integers(0, 59), st.integers(1, 255))
def test_another_byte_is_a_mismatch(pcm: bytes, cuts: list[int], at: int, change: int) -> None:
    other = bytearray(pcm)
    other[at % len(pcm)] ^= change
    client = ClientUnits()
    for piece in [*split(bytes(other), cuts)]:
        client.add(make_audio(piece))
    client.add(b'{"x": 1}')
    follower = ScriptFollower(make_script(make_audio(pcm), b'{"x": 1}'))
    assert "audio" in follower.find_mismatch(client.units)


def test_a_message_is_due_when_its_sound_has_arrived() -> None:
    sound = b"\1" * 10
    script = make_script(
        make_audio(sound), make_audio(bytes(10)), make_audio(sound), server_after=1
    )
    client, ((at, _),) = ClientUnits(), script.lines
    client.add(make_audio(sound[:9]))
    assert at > client.position
    client.add(make_audio(sound[9:]))
    assert at <= client.position


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"setup": {"generation_config": {"response_modalities": ["TEXT"]}}},
         {"setup": {"generationConfig": {"responseModalities": ["TEXT"]}}}),
        ({"realtime_input": {"activity_start": {}}}, {"realtimeInput": {"activityStart": {}}}),
        ({"realtimeInput": {"activityStart": {}, "text": "a"}},
         {"realtimeInput": {"activityStart": {}, "text": "a"}}),
    ],
)  # fmt: skip
def test_spellings_are_equal(first: Any, second: Any) -> None:
    client = ClientUnits()
    client.add(json.dumps(first).encode())
    script = make_script(json.dumps(second).encode())
    assert ScriptFollower(script).find_mismatch(client.units) == ""
    assert canonical_setup(json.dumps(first).encode()) == canonical_setup(
        json.dumps(second).encode()
    )


def test_names_of_the_user_stay_as_they_are() -> None:
    for name in ("args", "response"):
        first, second = [{"toolResponse": {name: {key: 1}}} for key in ("my_key", "myKey")]
        client = ClientUnits()
        client.add(json.dumps(first).encode())
        script = make_script(json.dumps(second).encode())
        assert ScriptFollower(script).find_mismatch(client.units)


MESSAGES = st.lists(
    st.builds(
        RecordedMessage,
        st.sampled_from(["client", "server"]),
        st.integers(0, 10**6),
        st.one_of(st.binary(), st.text().map(str.encode)),
        st.just(False),
    )
    | st.builds(RecordedMessage, st.just("client"), st.just(1), st.text().map(str.encode),
                st.just(True))
    | st.builds(RecordedMessage, st.just("server"), st.just(1), st.text().map(str.encode),
                st.just(False), st.integers(1000, 4999))
).map(tuple)  # fmt: skip


@given(MESSAGES)
def test_messages_come_back_from_a_cassette(messages: tuple[RecordedMessage, ...]) -> None:
    assert from_records(to_records(messages)) == messages


@pytest.mark.parametrize(
    "record",
    [{}, {"from": "x", "text": ""}, {"from": "client"}, "text",
     {"from": "client", "text": "", "binary": ""}],
)  # fmt: skip
def test_a_record_that_is_not_valid_is_refused(record: Any) -> None:
    with pytest.raises(ValueError, match="socket"):
        from_records([record])
    with pytest.raises(ValueError, match="list"):
        from_records("messages")
