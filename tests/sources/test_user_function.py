"""A function of the user that answers calls, over the wire, and its errors."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from openai import BadRequestError, InternalServerError, OpenAI, RateLimitError

import mockgem
from mockgem.sources.user_function import Request

TOOL = {
    "type": "function",
    "function": {"name": "look", "parameters": {"type": "object", "properties": {}}},
}


def ask(server: Any, text: str = "hi", **more: Any) -> Any:
    asked = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": text}]} | more
    with OpenAI(api_key="k", base_url=server.openai_url, max_retries=0) as client:
        found = client.chat.completions.create(**asked)
        return list(found) if "stream" in more else found


def answer(request: Request) -> Any:
    if request.text == "hi":
        return f"Hello from {request.model}, turn {request.turn}"
    if request.text == "look" and request.tools and not request.results:
        return {"tool_calls": [{"name": request.tools[0], "args": {"for": request.system}}]}
    if request.results:
        return f"Looked: {request.results[0]}"
    if request.text == "fail":
        return {"fail": {"error": 429, "retry_delay": "3s"}, "headers": {"x-mine": "yes"}}
    return None


def test_the_result_of_a_function_is_the_reply() -> None:
    with mockgem.serve(answers=answer) as server:
        assert ask(server).choices[0].message.content == "Hello from gemini-2.5-flash, turn 1"
        assert ask(server, "something else").choices[0].message.content
        with pytest.raises(RateLimitError) as failed:
            ask(server, "fail")
        assert failed.value.response.headers["x-mine"] == "yes"
        assert "3s" in failed.value.response.text
        chunks = ask(server, stream=True)
        assert (
            "".join([one.choices[0].delta.content or "" for one in chunks])
            == "Hello from gemini-2.5-flash, turn 1"
        )
        rules = [entry.get("rule") for entry in server.journal()]
        assert rules == ["answer", None, "answer", "answer"]


def test_a_function_answers_a_round_of_tool_calls() -> None:
    with mockgem.serve(answers=answer) as server:
        system = {"role": "system", "content": "rain"}
        messages: list[Any] = [system, {"role": "user", "content": "look"}]
        first = ask(server, messages=messages, tools=[TOOL]).choices[0].message
        assert json.loads(first.tool_calls[0].function.arguments) == {"for": "rain"}
        messages += [
            first,
            {"role": "tool", "tool_call_id": first.tool_calls[0].id, "content": "wet"},
        ]
        found = ask(server, messages=messages, tools=[TOOL]).choices[0].message.content
        assert found == "Looked: ('look', 'wet')"


def test_the_native_api_calls_the_same_function() -> None:
    with mockgem.serve(answers=answer) as server:
        body = json.dumps({"contents": [{"parts": [{"text": "hi"}]}]}).encode()
        url = f"{server.gemini_url}/v1beta/models/gemini-2.5-pro:generateContent?key=k"
        request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as found:
            assert "Hello from gemini-2.5-pro" in found.read().decode()


def test_async_functions_receive_the_request() -> None:
    seen: list[tuple[Any, ...]] = []

    async def slowly(request: Request) -> str:
        await asyncio.sleep(0.001)
        seen.append(
            (
                request.surface,
                request.endpoint,
                request.method,
                request.path,
                request.stream,
                request.world,
            )
        )
        seen.append((request.body["model"], "authorization" in request.headers))
        return "Done"

    with mockgem.serve(answers=slowly) as server:
        assert ask(server).choices[0].message.content == "Done"
        assert seen[0] == (
            "gemini-openai",
            "generate",
            "POST",
            "/v1beta/openai/chat/completions",
            False,
            "",
        )
        assert seen[1] == ("gemini-2.5-flash", True)


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (7, "expected None, a text or a mapping, got 7"),
        ({"txet": "x"}, "did you mean text"),
        ({"fail": "overlaoded"}, "did you mean overloaded"),
        ({"say": {"raw": {"body_file": "/etc/passwd"}}}, "cannot use files"),
        (KeyError("city"), "KeyError: 'city'"),
    ],
)
def test_errors_of_a_function_are_reported_to_the_client(reply: Any, words: str) -> None:
    def wrong(request: Request) -> Any:
        if isinstance(reply, Exception):
            raise reply
        return reply

    with mockgem.serve(answers=wrong) as server, pytest.raises(BadRequestError) as failed:
        ask(server)
    assert words in failed.value.response.text


def test_what_the_real_service_refuses_is_refused_first() -> None:
    with mockgem.serve(answers=answer) as server:
        with pytest.raises(BadRequestError) as failed:
            ask(server, extra_body={"no_such_field": 1})
        assert "Unknown name" in failed.value.response.text
        assert [entry["source"] for entry in server.journal()] == ["engine"]


def test_a_scenario_comes_first_and_calls_the_function_for_the_rest() -> None:
    with mockgem.serve(answers=answer, scenario="internal-error-once") as server:
        with pytest.raises(InternalServerError):
            ask(server)
        assert ask(server).choices[0].message.content.startswith("Hello from")


ASKS = """
import os
from openai import OpenAI
messages = [{"role": "user", "content": "hi"}]
answer = OpenAI().chat.completions.create(model="gemini-2.5-flash", messages=messages)
print(answer.choices[0].message.content)
"""


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "mockgem",
        "run",
        "--quiet",
        *words,
        "--",
        sys.executable,
        "-c",
        ASKS,
    ]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_a_function_can_be_loaded_from_a_file(tmp_path: Path) -> None:
    mine = tmp_path / "mine.py"
    mine.write_text("def answer(request):\n    return request.text.upper()\n")
    assert run("--answers", str(mine)).stdout == "HI\n"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (None, "this file does not exist"),
        ("x = 1\n", "has no function answer(request)"),
        ("def answer(:\n", "SyntaxError"),
        ("import no_such_module\n", "no_such_module"),
    ],
)
def test_files_without_a_usable_function_are_refused(
    tmp_path: Path, code: str | None, words: str
) -> None:
    mine = tmp_path / "mine.py"
    if code is not None:
        mine.write_text(code)
    done = run("--answers", str(mine))
    assert done.returncode == 2
    assert words in done.stderr


def test_a_watched_file_is_loaded_again_when_it_changes(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The versions have the same size and come within one second."""
    file = tmp_path / "answers.py"
    write = lambda word: file.write_text(f"def answer(request): return {word!r}\n")  # noqa: E731
    write("one")
    with mockgem.serve(answers=str(file), watch=True) as server:
        text = lambda: ask(server).choices[0].message.content  # noqa: E731
        assert text() == "one"
        write("two")
        assert text() == "two"
        assert "its answer() is used from now on" in caplog.text
        file.write_text("def answer(request) return 3")
        caplog.clear()
        assert [text(), text()] == ["two", "two"]
        assert caplog.text.count("the earlier answer() stays: --answers") == 1
        assert "SyntaxError" in caplog.text
        write("three")
        assert text() == "three"
        file.unlink()
        assert text() == "three"


def test_a_file_that_is_not_watched_stays(tmp_path: Path) -> None:
    file = tmp_path / "answers.py"
    file.write_text("def answer(request): return 'one'\n")
    with mockgem.serve(answers=str(file)) as server:
        file.write_text("def answer(request): return 'second'\n")
        assert ask(server).choices[0].message.content == "one"
