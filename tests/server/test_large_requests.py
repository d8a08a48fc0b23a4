"""Large requests are handled in a thread, with the same answers as in the event loop."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import Any

import openai
import pytest

import mockgem
from mockgem.app import pipeline
from mockgem.app.router import Router
from mockgem.core import scheduling
from mockgem.core.scheduling import LARGE_BODY, MAX_QUICK_BODY, run_aside, run_interleaved
from mockgem.operations import generate as generation
from mockgem.operations import kept_replies
from mockgem.operations.file_search.ranking import ChunkIndex
from tests.asking import Asker
from tests.recording.raw_http import read_response
from tests.server.test_connections import WAIT, connect, serving


def record_threads(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Return whether each decoding and each draft ran outside of the main thread."""
    aside: list[bool] = []

    def watch(owner: Any, name: str) -> None:
        original = getattr(owner, name)

        def run(*args: Any, **options: Any) -> Any:
            aside.append(threading.current_thread() is not threading.main_thread())
            return original(*args, **options)

        monkeypatch.setattr(owner, name, run)

    watch(Router, "resolve")
    watch(generation, "create_draft")
    return aside


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a" * 100, [False, False]),
        ("a" * (LARGE_BODY + 1), [False, True]),
        ("a" * (MAX_QUICK_BODY + 1), [True, True]),
        ('"a" ' * LARGE_BODY, [True, True]),
        ("1," * LARGE_BODY, [True, True]),
    ],
    ids=["short", "long text", "very long text", "many strings", "many numbers"],
)
def test_only_what_takes_long_runs_in_a_thread(
    text: str, expected: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    aside = record_threads(monkeypatch)
    assert Asker().chat(text).status == 200
    assert aside == expected


@pytest.mark.parametrize(
    ("prompt", "expected"), [("Hello", False), ("Write 9000 words about the sea.", True)]
)
def test_only_a_long_reply_to_a_large_request_is_rendered_in_a_thread(
    prompt: str, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    aside = watch_places(monkeypatch, pipeline, "render_answer")
    assert Asker().chat("a" * LARGE_BODY + f"\n{prompt}").status == 200
    assert aside == [expected]


def runs_aside() -> bool:
    """Return whether this runs in a thread beside the event loop."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return True
    return False


def watch_places(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> list[bool]:
    """Return whether each call of a function of a server ran beside its event loop."""
    aside: list[bool] = []
    original = getattr(owner, name)

    def run(*args: Any) -> Any:
        aside.append(runs_aside())
        return original(*args)

    monkeypatch.setattr(owner, name, run)
    return aside


class Link:
    """One connection. Its requests arrive in one piece, so the fast path could answer them."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def post(self, path: str, body: bytes, **headers: str) -> Any:
        rows = {"host": "127.0.0.1", "x-goog-api-key": "k", "content-length": str(len(body))}
        head = "".join([f"{name}: {value}\r\n" for name, value in (rows | headers).items()])
        self.writer.write(f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
        message, _ = await asyncio.wait_for(read_response(self.reader, "POST"), WAIT)
        assert message.status == 200, message.body
        return json.loads(message.body)


async def test_a_short_question_about_a_long_document_runs_in_a_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    aside = watch_places(monkeypatch, ChunkIndex, "__init__")
    text = "\n".join([f"Fact {number} is about Paris." for number in range(5000)]).encode()
    upload = {"x-goog-upload-protocol": "raw", "content-type": "text/plain"}
    async with serving() as (_, port):
        link = Link(*await connect(port))
        store = (await link.post("/v1beta/fileSearchStores", b"{}"))["name"]
        await link.post(f"/upload/v1beta/{store}:uploadToFileSearchStore", text, **upload)
        search = {"fileSearch": {"fileSearchStoreNames": [store]}}
        question = {"contents": [{"parts": [{"text": "What is fact 77?"}]}], "tools": [search]}
        body = json.dumps(question).encode()
        for _ in range(2):
            answer = await link.post("/v1beta/models/gemini-2.5-flash:generateContent", body)
            assert "Fact 77 " in answer["candidates"][0]["content"]["parts"][0]["text"]
        link.writer.close()
    assert aside == [True]


def test_a_large_reply_is_kept_and_continued_in_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = watch_places(monkeypatch, kept_replies, "store_content")
    read = watch_places(monkeypatch, kept_replies, "read_turns")
    drafted = watch_places(monkeypatch, generation, "create_draft")
    with (
        mockgem.serve() as world,
        openai.OpenAI(api_key="k", base_url=world.gateway_url, max_retries=0) as client,
    ):
        first = client.responses.create(model="gemini-2.5-flash", input="a " * LARGE_BODY)
        client.responses.create(
            model="gemini-2.5-flash", input="Go on", previous_response_id=first.id
        )
    assert stored[0]
    assert read == [False, True]
    assert drafted == [True, True]


def test_the_answer_does_not_depend_on_the_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "Tell me about cars. " * 4000
    schema = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
    form = {"type": "json_schema", "json_schema": {"name": "a", "schema": schema}}
    aside = Asker().chat(words, response_format=form)

    async def run_in_place(function: Any, *args: Any, **options: Any) -> Any:
        return function(*args, **options)

    monkeypatch.setattr(scheduling.asyncio, "to_thread", run_in_place)
    in_place = Asker().chat(words, response_format=form)
    assert aside.body == in_place.body
    assert json.loads(aside.message["content"])["name"]


def test_a_refused_large_request_is_refused_in_a_thread_too() -> None:
    answer = Asker().chat("a" * LARGE_BODY, nonsense=1)
    assert answer.status == 400
    assert "nonsense" in answer.error["message"]


def test_without_a_loop_the_work_runs_in_place() -> None:
    async def work() -> threading.Thread:
        return await run_aside(threading.current_thread)

    assert run_interleaved([work()]) == [threading.current_thread()]
