"""The record modes that replace recordings, and the one that compares them with the service."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from mockgem.recording.cassette_reader import BadCassette, read_cassette
from mockgem.recording.cassette_writer import save_cassette
from mockgem.recording.interaction import Interaction
from mockgem.recording.verification import find_changes
from tests.recording import interactions
from tests.recording.interactions import KEY
from tests.recording.servers import ask, chat, mockgem, service

Answer = Callable[[Any], web.Response]


def reply(text: str, **more: Any) -> web.Response:
    message = {"role": "assistant", "content": text}
    return web.json_response({"id": text, "choices": [{"index": 0, "message": message}], **more})


class Upstream:
    """Answers each chat with a text that it got, and counts the requests."""

    def __init__(self, answer: Answer = lambda body: reply("one")) -> None:
        self.answer = answer
        self.count = 0

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        self.count += 1
        return self.answer(await request.json())


def texts_of(path: Path) -> list[tuple[str, str]]:
    """Return the question and the answer's id of each interaction."""
    import json

    return [
        (json.loads(one.request_body)["messages"][0]["content"], json.loads(one.body)["id"])
        for one in read_cassette(path).interactions
    ]


async def run_mode(path: Path, url: str, mode: str, *questions: str, **settings: Any) -> list[Any]:
    options = {"cassette": str(path), "record_mode": mode, "upstream": url, **settings}
    async with mockgem(**options) as recorder:
        return [await ask(recorder, chat(question)) for question in questions]


async def test_rewrite_leaves_only_the_interactions_of_the_run(tmp_path: Path) -> None:
    path, upstream = tmp_path / "a.yaml", Upstream()
    async with service(upstream.handle) as url:
        await run_mode(path, url, "once", "a", "b", "a")
        upstream.answer = lambda body: reply("two")
        await run_mode(path, url, "rewrite", "a", "c", "c")
    assert texts_of(path) == [("a", "two"), ("c", "two"), ("c", "two")]
    assert list(tmp_path.iterdir()) == [path]


async def test_rewrite_records_a_new_file(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    async with service(Upstream().handle) as url:
        await run_mode(path, url, "rewrite", "a", "a")
    assert texts_of(path) == [("a", "one"), ("a", "one")]


@pytest.mark.parametrize("mode", ["rewrite", "all"])
async def test_a_run_that_records_nothing_removes_nothing(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "a.yaml"
    async with service(Upstream().handle) as url:
        await run_mode(path, url, "once", "a")
        before = path.read_bytes()
        await run_mode(path, url, mode)
    answers = await run_mode(path, "http://127.0.0.1:9", mode, "a")
    assert answers[0][0] == 503
    assert path.read_bytes() == before


async def test_rewrite_keeps_what_another_program_added_during_the_run(tmp_path: Path) -> None:
    path, upstream = tmp_path / "a.yaml", Upstream()
    async with service(upstream.handle) as url:
        await run_mode(path, url, "once", "a", "b")
        upstream.answer = lambda body: reply("two")
        options = {"cassette": str(path), "record_mode": "rewrite", "upstream": url}
        async with mockgem(**options) as recorder:
            added = [*read_cassette(path).interactions, interactions.chat("theirs", b'{"id": "x"}')]
            save_cassette(path, added)
            await ask(recorder, chat("a"))
    assert texts_of(path) == [("theirs", "x"), ("a", "two")]


@pytest.mark.parametrize("mode", ["rewrite", "all"])
@pytest.mark.parametrize("suffix", [".yaml", ".json"])
async def test_a_file_with_unknown_keys_is_refused_at_start(
    tmp_path: Path, mode: str, suffix: str
) -> None:
    path = tmp_path / f"a{suffix}"
    save_cassette(path, [interactions.chat("a")])
    old, new = (b"  response:", b"  note: mine\n  response:")
    if suffix == ".json":
        old, new = b'"response":', b'"note": "mine", "response":'
    path.write_bytes(path.read_bytes().replace(old, new))
    before = path.read_bytes()
    with pytest.raises(BadCassette, match=r"interactions\[0\].note"):
        await run_mode(path, "http://127.0.0.1:9", mode)
    with pytest.raises(BadCassette, match=r"interactions\[0\].note"):
        await run_mode(path, "http://127.0.0.1:9", mode)  # the lock of the first run is gone
    assert path.read_bytes() == before


@pytest.mark.parametrize("mode", ["rewrite", "all"])
async def test_unknown_keys_that_appear_during_the_run_stay(
    tmp_path: Path, mode: str, caplog: pytest.LogCaptureFixture
) -> None:
    path, upstream = tmp_path / "a.yaml", Upstream()
    async with service(upstream.handle) as url:
        await run_mode(path, url, "once", "a")
        options = {"cassette": str(path), "record_mode": mode, "upstream": url}
        async with mockgem(**options) as recorder:
            await ask(recorder, chat("a"))
            data = path.read_bytes()
            path.write_bytes(data.replace(b"  response:", b"  note: mine\n  response:", 1))
    assert path.read_bytes().count(b"  note: mine\n") == 1
    assert len(read_cassette(path).interactions) == 2
    assert "the older recordings were not removed" in caplog.text
    assert "`interactions[0].note` is not known to mockgem" in caplog.text


async def test_a_file_that_is_deleted_after_the_last_recording_is_noticed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "a.yaml"
    async with service(Upstream().handle) as url:
        options = {"cassette": str(path), "record_mode": "once", "upstream": url}
        async with mockgem(**options) as recorder:
            await ask(recorder, chat("a"))
            path.unlink()
    assert "recordings of this run may be missing" in caplog.text


async def test_verify_passes_equal_structures_on_and_records_nothing(tmp_path: Path) -> None:
    path, upstream = tmp_path / "a.yaml", Upstream()
    async with service(upstream.handle) as url:
        await run_mode(path, url, "once", "a")
        before = path.read_bytes()
        upstream.answer = lambda body: reply("two")
        ((status, body, _),) = await run_mode(path, url, "verify", "a")
    assert (status, upstream.count) == (200, 2)
    assert b'"id": "two"' in body
    assert path.read_bytes() == before


async def test_verify_refuses_a_response_that_differs(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path, upstream = tmp_path / "a.yaml", Upstream()
    async with service(upstream.handle) as url:
        await run_mode(path, url, "once", "a", "b")
        upstream.answer = lambda body: reply("two", usage={"total_tokens": 1})
        changed, missing = await run_mode(path, url, "verify", "a", f"new {KEY}", on_miss="fail")
    assert (changed[0], missing[0]) == (400, 404)
    assert b"POST /v1beta/openai/chat/completions differs from its recording" in changed[1]
    assert b"body.usage: recorded nothing, now" in changed[1]
    assert b"mockgem record --mode rewrite" in changed[1]
    assert b'"status": "FAILED_PRECONDITION"' in changed[1]
    assert upstream.count == 3, "a request without a recording is not sent"
    assert "verify: POST /v1beta/openai/chat/completions differs" in caplog.text
    assert "verify: POST /v1beta/openai/chat/completions has no recording" in caplog.text
    assert KEY not in caplog.text + missing[1].decode()


async def test_verify_by_exact_compares_every_value(tmp_path: Path) -> None:
    path, upstream = tmp_path / "a.yaml", Upstream()
    async with service(upstream.handle) as url:
        await run_mode(path, url, "once", "a", "a")
        ((status, _, _),) = await run_mode(path, url, "verify", "a", verify_by="exact")
        upstream.answer = lambda body: reply("two")
        ((other, body, _),) = await run_mode(path, url, "verify", "a", verify_by="exact")
    assert (status, other) == (200, 400)
    assert rb"body.id: recorded \"one\", now \"two\"" in body


async def test_verify_reports_an_upstream_that_does_not_answer(tmp_path: Path) -> None:
    from mockgem.app.factory import create_server
    from mockgem.config.settings import Settings

    path = tmp_path / "a.yaml"
    save_cassette(path, [interactions.chat("a")])
    settings = Settings(cassette=str(path), record_mode="verify", upstream="http://127.0.0.1:9")
    server = create_server(settings)
    port = await server.start("127.0.0.1", 0)
    status, *_ = await ask(f"http://127.0.0.1:{port}", chat("a"))
    await server.stop(1.0)
    assert status == 503
    (problem,) = server.list_problems()
    assert "POST /v1beta/openai/chat/completions: http://127.0.0.1:9/" in problem


STREAM = "text/event-stream"


def streamed(*events: str, **more: Any) -> Interaction:
    body = "".join([f"data: {event}\n\n" for event in events]).encode()
    return interactions.chat("a", body, headers=(("Content-Type", STREAM),), **more)


@pytest.mark.parametrize(
    ("first", "second", "lines"),
    [
        (streamed('{"a": 1}'), streamed('{"a": 2}', '{"a": 3}'), []),
        (
            streamed('{"a": 1}', "[DONE]"),
            streamed('{"a": 1}'),
            ['body: recorded ["[DONE]", {"a": "a number"}], now [{"a": "a number"}]'],
        ),
        (
            streamed('{"a": 1}'),
            streamed('{"a": 1}', broken="reset"),
            ["end: recorded complete, now broke off (reset)"],
        ),
        (streamed("{}", broken="a"), streamed("{}", broken="b"), []),
        (
            interactions.chat(status=200),
            interactions.chat(status=429, answer=b"x"),
            ["status: recorded 200, now 429"],
        ),
        (
            interactions.chat(headers=(("Content-Type", "Text/Plain; a=b"),), answer=b"[]"),
            interactions.chat(headers=(), answer=b"[]"),
            ["content-type: recorded text/plain, now nothing"],
        ),
        (
            interactions.chat("a", b'{"finish_reason": "stop"}'),
            interactions.chat("a", b'{"finish_reason": "length"}'),
            ['body.finish_reason: recorded "stop", now "length"'],
        ),
        (
            interactions.chat("a", b'{"arguments": {"a": 1}, "n": [1, 2]}'),
            interactions.chat("a", b'{"arguments": {"b": "x"}, "n": [3]}'),
            [],
        ),
        (
            interactions.chat("a", b'{"n": [1]}'),
            interactions.chat("a", b'{"n": ["1"]}'),
            ['body.n[0]: recorded "a number", now "a string"'],
        ),
        (
            interactions.chat("a", b'{"n": [1, "a"]}'),
            interactions.chat("a", b'{"n": ["b", 2, 3]}'),
            [],
        ),
        (interactions.chat("a", b"\xff one"), interactions.chat("a", b"two"), []),
    ],
)
def test_what_counts_as_a_change(first: Interaction, second: Interaction, lines: list[str]) -> None:
    assert list(find_changes(first, second, is_exact=False)) == lines


@pytest.mark.parametrize(
    ("first", "second", "lines"),
    [
        (b'{"a": 1}', b'{"a": 2}', ["body.a: recorded 1, now 2"]),
        (b"one", b"two", ['body: recorded "one", now "two"']),
        (b"data:{}\r\ndata: a\n", b"data: {}\ndata: b\n", ['body[1]: recorded "a", now "b"']),
        (b'{"a": 1, "b": 2}', b'{"b": 2, "a": 1}', []),
    ],
)
def test_every_value_counts_if_the_comparison_is_exact(
    first: bytes, second: bytes, lines: list[str]
) -> None:
    one, two = (interactions.chat(answer=answer) for answer in (first, second))
    assert list(find_changes(one, two, is_exact=True)) == lines


async def test_old_recordings_are_named_at_start(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "a.yaml"
    old = interactions.chat("a", recorded="2020-01-01T00:00:00Z")
    odd = interactions.chat("b", recorded="some time")
    save_cassette(path, [old, interactions.chat("c", recorded="2999-01-01T00:00:00Z"), odd])
    with caplog.at_level(logging.WARNING):
        async with mockgem(cassette=str(path), max_age=90 * 86400.0):
            pass
    assert f"{path}: 1 of 3 recordings are older than max_age; the oldest is" in caplog.text
    caplog.clear()
    async with mockgem(cassette=str(path), max_age=90000 * 86400.0), mockgem(cassette=str(path)):
        pass
    assert caplog.text == ""
