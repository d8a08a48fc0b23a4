"""Large requests are handled in a thread, with the same answers as in the event loop."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest

from mockgem.app.router import Router
from mockgem.core import scheduling
from mockgem.core.scheduling import LARGE_BODY, run_aside, run_interleaved
from mockgem.operations import generate as generation
from tests.asking import Asker


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


@pytest.mark.parametrize("size", [100, LARGE_BODY + 1])
def test_only_large_requests_run_in_a_thread(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    aside = record_threads(monkeypatch)
    assert Asker().chat("a" * size).status == 200
    assert aside == [size > LARGE_BODY] * 2


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
