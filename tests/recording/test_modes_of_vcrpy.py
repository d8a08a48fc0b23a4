"""The same client and service through vcrpy and through mockgem, in every mode that both have.

Answers, files and the number of requests to the service must agree, or the difference is intended
and listed in `INTENDED`; docs/recording.md has the same table for users.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import vcr
import yaml
from aiohttp import web
from vcr.errors import CannotOverwriteExistingCassetteException
from vcr.persisters.filesystem import FilesystemPersister
from vcr.serializers import yamlserializer

from mockgem.recording.cassette_reader import BadCassette
from mockgem.recording.cassette_writer import save_cassette
from tests.recording import interactions
from tests.recording.servers import CHAT, mockgem, service

QUESTIONS = ("a", "a", "a", "b", "c", "c", "c")
REFUSED, REFUSED_AT_START = "refused", "refused at start"
MATCH_ON = ["method", "path", "query", "body"]
PAUSE = 0.01
Pairs = list[tuple[str, str]]


@dataclass
class Outcome:
    """What the client got, what the file has then, and how often the service was asked."""

    answers: list[str] = field(default_factory=list)
    file: Pairs | str = field(default_factory=list)
    asked: int = 0


class Service:
    """Answers each question with its number; streams the answer if the request wants that."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.count = 0

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        body = await request.json()
        self.count += 1
        text = f"{self.name} {self.count} {body['q']}"
        if not body.get("stream"):
            return web.json_response({"answer": text})
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for word in (*text.split(), "[DONE]"):
            await response.write(f"data: {word}\n\n".encode())
            await asyncio.sleep(PAUSE)
        return response


Script = Callable[[httpx.AsyncClient, str], Any]


async def ask(client: httpx.AsyncClient, url: str, question: str) -> str:
    """Return the answer to a question, or that there was none."""
    headers = {"Authorization": "Bearer any-key"}
    try:
        response = await client.post(url + CHAT, json={"q": question}, headers=headers)
    except CannotOverwriteExistingCassetteException:
        return REFUSED
    return REFUSED if response.status_code == 404 else answer_of(response.text)


async def ask_in_order(client: httpx.AsyncClient, url: str) -> list[str]:
    return [await ask(client, url, question) for question in QUESTIONS]


async def ask_at_once(client: httpx.AsyncClient, url: str) -> list[str]:
    texts = await asyncio.gather(*[ask(client, url, question) for question in QUESTIONS])
    return sorted([text.split(" ")[-1] for text in texts])


async def leave_early(client: httpx.AsyncClient, url: str) -> list[str]:
    """Leave after the first bytes of a stream, twice."""
    headers = {"Authorization": "Bearer any-key"}
    for _ in range(2):
        body = {"q": "a", "stream": True}
        async with client.stream("POST", url + CHAT, json=body, headers=headers) as response:
            async for _ in response.aiter_bytes():
                break
    return []


def read_file(path: Path) -> Pairs | str:
    """Return questions and answers as vcrpy reads them."""
    if not path.exists():
        return "no file"
    try:
        requests, responses = FilesystemPersister.load_cassette(str(path), yamlserializer)
    except Exception:
        return "unreadable" if path.read_bytes() else "empty"
    bodies = [response["body"]["string"] for response in responses]
    texts = [body.decode() if isinstance(body, bytes) else body for body in bodies]
    questions = [json.loads(request.body)["q"] for request in requests]
    return list(zip(questions, [answer_of(text) for text in texts], strict=True))


def answer_of(text: str) -> str:
    return str(json.loads(text)["answer"]) if text.startswith('{"answer"') else text


async def through_vcrpy(path: Path, mode: str, script: Script) -> Outcome | str:
    upstream = Service("new")
    async with service(upstream.handle) as url:
        if mode == "rewrite":  # as pytest-recording does it
            path.unlink(missing_ok=True)
            mode = "new_episodes"
        try:
            with vcr.use_cassette(str(path), record_mode=mode, match_on=MATCH_ON):
                async with httpx.AsyncClient() as client:
                    answers = await script(client, url)
        except yaml.YAMLError:
            return REFUSED_AT_START
    return Outcome(answers, read_file(path), upstream.count)


async def through_mockgem(path: Path, mode: str, script: Script) -> Outcome | str:
    upstream = Service("new")
    options = {"cassette": str(path), "record_mode": mode, "on_miss": "fail"}
    async with service(upstream.handle) as url:
        try:
            async with mockgem(**options, upstream=url) as recorder, httpx.AsyncClient() as client:
                answers = await script(client, recorder)
                await wait_until_recorded(path, upstream)
        except BadCassette:
            return REFUSED_AT_START
    return Outcome(answers, read_file(path), upstream.count)


async def wait_until_recorded(path: Path, upstream: Service) -> None:
    """Wait for the responses of clients that have left."""
    for _ in range(3_000):
        recorded = read_file(path)
        if upstream.count == 0 or (isinstance(recorded, list) and len(recorded) >= upstream.count):
            return
        await asyncio.sleep(0.02)


def interaction(question: str, answer: str) -> Any:
    return interactions.chat(
        question,
        json.dumps({"answer": answer}).encode(),
        request_body=json.dumps({"q": question}, separators=(",", ":")).encode(),
        recorded="2026-11-28T10:00:00Z",
    )


OLD = (interaction("a", "old 1"), interaction("a", "old 2"), interaction("d", "old 3"))


def write_own(path: Path) -> None:
    save_cassette(path, OLD)


def write_foreign(path: Path) -> None:
    """Write the file as vcrpy does: keys are sorted, so the list does not come last."""
    write_own(path)
    requests, responses = FilesystemPersister.load_cassette(str(path), yamlserializer)
    tree = {"requests": requests, "responses": responses}
    FilesystemPersister.save_cassette(str(path), tree, yamlserializer)


def write_marks(path: Path) -> None:
    """Write another tool's file whose content has the line that ends mockgem's interactions."""
    write_foreign(path)
    text, old = path.read_text(), 'string: \'{"answer": "old 1"}\''
    assert old in text
    new = 'string: "{\\n# end\\n\\"answer\\": \\"old 1\\"}"'
    path.write_text(text.replace(old, new).replace("\\n# end\\n", "\n\n# end\n\n"))


def write_torn(path: Path) -> None:
    write_own(path)
    cut_last(path)


def write_torn_foreign(path: Path) -> None:
    write_foreign(path)
    cut_last(path)


def cut_last(path: Path) -> None:
    """End a file within the last answer, which is in quotes."""
    data = path.read_bytes()
    path.write_bytes(data[: data.rindex(b"old 3")])


FILES: dict[str, Callable[[Path], object]] = {
    "new": lambda path: None,
    "existing": write_own,
    "empty": lambda path: path.write_bytes(b""),
    "torn": write_torn,
    "vcrpy's": write_foreign,
    "with marks": write_marks,
    "vcrpy's, torn": write_torn_foreign,
}
MODES = ("once", "new_episodes", "all", "none", "rewrite")
SAME_RUN = "vcrpy plays what the same run recorded, and so records every second equal request"
KEEPS_COMPLETE = "mockgem reads the complete interactions of a torn file, which vcrpy refuses"
REFUSES = "pytest-recording deletes a file before it is rewritten, mockgem one that it can read"
INTENDED = {
    ("new_episodes", "existing"): SAME_RUN,
    ("new_episodes", "vcrpy's"): SAME_RUN,
    ("new_episodes", "with marks"): SAME_RUN,
    ("new_episodes", "torn"): KEEPS_COMPLETE,
    ("once", "torn"): KEEPS_COMPLETE,
    ("none", "torn"): KEEPS_COMPLETE,
    ("all", "torn"): KEEPS_COMPLETE,
    ("rewrite", "vcrpy's, torn"): REFUSES,
}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("file", FILES)
async def test_modes_do_what_vcrpy_s_do(tmp_path: Path, mode: str, file: str) -> None:
    theirs, ours = tmp_path / "theirs.yaml", tmp_path / "ours.yaml"
    for path in (theirs, ours):
        FILES[file](path)
    before = ours.read_bytes() if ours.exists() else b""
    expected = await through_vcrpy(theirs, mode, ask_in_order)
    found = await through_mockgem(ours, mode, ask_in_order)
    if (mode, file) not in INTENDED:
        assert found == expected
        return
    assert found != expected, "this difference is no longer one: remove it from INTENDED"
    reason = INTENDED[mode, file]
    if reason == REFUSES:
        assert found == REFUSED_AT_START
        assert ours.read_bytes() == before
    elif reason == SAME_RUN:
        assert isinstance(found, Outcome)
        assert found.answers[4:] == ["new 3 c", "new 4 c", "new 5 c"]
        assert found.asked == 5
        assert [question for question, _ in found.file] == list("aadabccc")
    else:
        check_torn(ours, mode, found)
        assert expected == REFUSED_AT_START


def check_torn(path: Path, mode: str, found: Outcome | str) -> None:
    """Check that the complete interactions were used, and the incomplete one is kept."""
    assert isinstance(found, Outcome)
    old = [] if mode in ("all", "rewrite") else ["old 1", "old 2"]
    assert found.answers[: len(old)] == old
    if found.asked == 0:
        assert found.file == "unreadable", "nothing was recorded, so the file is as it was"
    else:
        assert [answer for _, answer in found.file if answer.startswith("old")] == old
    torn = path.with_name(path.name + ".torn")
    assert torn.exists() == (found.asked > 0)


@pytest.mark.parametrize("mode", ["once", "new_episodes", "all", "rewrite"])
@pytest.mark.parametrize("script", [ask_at_once, leave_early])
async def test_requests_at_once_and_clients_that_leave(
    tmp_path: Path, mode: str, script: Script
) -> None:
    theirs, ours = tmp_path / "theirs.yaml", tmp_path / "ours.yaml"
    expected = await through_vcrpy(theirs, mode, script)
    found = await through_mockgem(ours, mode, script)
    assert isinstance(found, Outcome)
    assert isinstance(expected, Outcome)
    assert found.answers == expected.answers
    assert found.asked == expected.asked
    assert sort_questions(found.file) == sort_questions(expected.file)


def sort_questions(pairs: Sequence[tuple[str, str]] | str) -> list[str]:
    """Return the questions, each with the form of its answer; the order of requests may differ."""
    assert not isinstance(pairs, str)
    return sorted([f"{question} {answer.count('data:')}" for question, answer in pairs])


async def test_each_replays_what_the_other_one_recorded(tmp_path: Path) -> None:
    theirs, ours = tmp_path / "theirs.yaml", tmp_path / "ours.yaml"
    recorded = await through_vcrpy(theirs, "once", ask_in_order)
    assert isinstance(recorded, Outcome)
    assert await through_mockgem(ours, "once", ask_in_order) == recorded
    replayed = await through_mockgem(theirs, "none", ask_in_order)
    assert isinstance(replayed, Outcome)
    assert (replayed.answers, replayed.asked) == (recorded.answers, 0)
    again = await through_vcrpy(ours, "none", ask_in_order)
    assert isinstance(again, Outcome)
    assert (again.answers, again.asked) == (recorded.answers, 0)
