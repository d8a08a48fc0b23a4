"""Replies and errors of tests, messages about mistakes, and applications with one client."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock

import httpx2
import pydantic
import pytest
from openai import APIConnectionError, APIStatusError, NotFoundError, OpenAI

import mockgem
from mockgem.testing.embedded_server import LocalServer
from mockgem.testing.world import Mockgem
from tests.plugin.suites import run

HELLO: dict[str, Any] = {
    "model": "gemini-2.5-flash",
    "messages": [{"role": "user", "content": "hi"}],
}


@pytest.fixture
def world() -> Iterator[Mockgem]:
    with mockgem.serve() as world:
        yield world


def ask(world: Mockgem, text: str = "hi", **more: Any) -> Any:
    asked = HELLO | {"messages": [{"role": "user", "content": text}]} | more
    with OpenAI(api_key="k", base_url=world.openai_url, max_retries=0) as client:
        return client.chat.completions.create(**asked).choices[0].message.content


def test_unused_replies_survive_a_scenario(world: Mockgem) -> None:
    world.say("one", times=2)
    world.fail(503)
    assert ask(world) == "one"
    world.scenario("rate-limited-then-ok", time_scale=0.01)
    assert ask(world) == "one"
    with pytest.raises(APIStatusError) as failed:
        ask(world)
    assert failed.value.status_code == 503
    assert [one.name for one in world._list_added_rules()] == ["say-1", "fail-2"]
    world.scenario("none")
    world.say("again")
    assert ask(world) == "again"
    assert world.problems() == []


def test_a_refused_call_uses_nothing_up(world: Mockgem) -> None:
    world.say("x")
    with pytest.raises(NotFoundError):
        ask(world, model="nope")
    with pytest.raises(APIStatusError):
        ask(world, temperature=9)
    assert ["rule" in entry for entry in world.journal()] == [False, False]
    assert ask(world) == "x"
    assert world.journal()[-1]["rule"] == "say-1"


def test_answers_with_their_waits_and_faults(world: Mockgem) -> None:
    world.say("late", latency={"first": "300ms"})
    began = time.monotonic()
    assert ask(world) == "late"
    assert time.monotonic() - began > 0.25
    world.say("not JSON any more", faults=["junk"], stream=True)
    world.fail(429, retry_delay="7s", message="Slow down")
    with pytest.raises(APIStatusError) as failed:
        ask(world)
    error = failed.value.response.json()[0]["error"]
    assert error["message"] == "Slow down"
    assert error["details"][-1]["retryDelay"] == "7s"


def test_several_replies_are_used_in_order(world: Mockgem) -> None:
    world.say("one", {"turns": ["two", "three"]}, "four")
    assert [ask(world) for _ in range(4)] == ["one", "two", "three", "four"]
    assert world.problems() == []
    world.say({"turns": ["first", "second"]}, times=None)
    turns = [
        *HELLO["messages"],
        {"role": "assistant", "content": "one"},
        {"role": "user", "content": "and?"},
    ]
    assert [ask(world), ask(world), ask(world, messages=turns)] == ["first", "first", "second"]


class Person(pydantic.BaseModel):
    name: str


@dataclasses.dataclass
class Place:
    city: str


def test_objects_are_replies_in_json(world: Mockgem) -> None:
    world.say({"json": Person(name="Ada")})
    world.say({"tool_calls": [{"name": "look", "args": {"at": Place("Rome")}}]})
    assert json.loads(ask(world)) == {"name": "Ada"}
    ask(world)
    assert '{\\"at\\":{\\"city\\":\\"Rome\\"}}' in world.journal()[-1]["response"]["body"]


@pytest.mark.parametrize(
    ("kind", "act", "words"),
    [
        (
            TypeError,
            lambda world: world.say(["a"]),
            r"say takes a text, a mapping .*got \['a'\]",
        ),
        (TypeError, lambda world: world.say(None), "got None"),
        (
            ValueError,
            lambda world: world.say({"turns": ["a"], "text": "b"}),
            "turns cannot be combined with other keys \\(given: text, turns\\)",
        ),
        (ValueError, lambda world: world.say({"turns": "abc"}), "turns: must be a list"),
        (TypeError, lambda world: world.say(), "say takes a reply"),
        (
            TypeError,
            lambda world: world.say(["a", "b"]),
            r"write several replies as say\('one', 'two'\)",
        ),
        (
            ValueError,
            lambda world: world.say("x", txet="y"),
            r"\Athere is no key 'txet'|\Atxet: there is no key",
        ),
        (TypeError, lambda world: world.say({"json": object()}), "JSON can't express"),
        (
            TypeError,
            lambda world: world.fail(ValueError),
            "fail takes an error's name, a status like 429",
        ),
        (TypeError, lambda world: world.scenario(None), "scenario takes a name or a mapping"),
        (ValueError, lambda world: world.fail(999), "999 is not an error: write a name from"),
        (
            ValueError,
            lambda world: world.say({"json": 1, "embedding": [1]}),
            "given: embedding, json",
        ),
        (
            ValueError,
            lambda world: world.scenario("rate-limit-bare"),
            r"is an error: .*mockgem.fail\('rate-limit-bare'\)",
        ),
        (ValueError, lambda world: world.scenario("cut"), "'cut' is a fault: faults: "),
        (
            ValueError,
            lambda world: world.fail("overloaded-then-ok"),
            r"is a scenario: .*mockgem.scenario\(",
        ),
        (ValueError, lambda world: world.fail("reset"), "'reset' is a fault"),
        (ValueError, lambda world: world.journal(status="foo"), "status 'foo' is not valid"),
        (ValueError, lambda world: world.journal(bodies="no"), "bodies 'no' is not valid"),
        (
            ValueError,
            lambda world: world.scenario("overloaded", time_scale=-1),
            "time_scale -1 is not valid",
        ),
    ],
)
def test_mistakes_are_reported(world: Mockgem, kind: type[Exception], act: Any, words: str) -> None:
    with pytest.raises(kind, match=words):
        act(world)
    assert ask(world)


def test_scenarios_of_a_test_need_no_title(world: Mockgem) -> None:
    world.scenario({"rules": [{"fail": 500}]})
    with pytest.raises(APIStatusError):
        ask(world)
    assert world.verdict()["title"] == "inline"


def test_the_journal_as_values(world: Mockgem) -> None:
    ask(world, "one")
    ask(world, "word " * 60_000)
    first, second = world.journal()
    assert first.json["messages"][0]["content"] == "one"
    assert first.answer["object"] == "chat.completion"
    assert "cut" not in first["request"]
    assert second.json is None
    assert second["request"]["cut"] is True
    assert second["request"]["size"] > 300_000
    assert [one and one["model"] for one in world.requests()] == ["gemini-2.5-flash", None]
    assert "request" not in world.journal(bodies=False)[0]


def test_an_answer_that_never_began_has_no_status(world: Mockgem) -> None:
    world.scenario(
        {
            "rules": [
                {"when": {"calls": 1}, "faults": ["reset"]},
                {"when": {"calls": 2}, "faults": ["cut"]},
            ]
        }
    )
    for _ in range(2):
        with pytest.raises(Exception, match=r"onnection|peer|body"):
            ask(world)
    assert [(entry["status"], entry["outcome"]) for entry in world.journal()] == [
        (None, "cut"),
        (200, "cut"),
    ]


def test_the_worlds_clock_counts_as_waiting(world: Mockgem) -> None:
    world.scenario(
        {
            "rules": [{"when": {"calls": 1}, "fail": {"error": 429, "retry_delay": "5s"}}],
            "expect": {"waits": "told"},
        }
    )
    with pytest.raises(APIStatusError):
        ask(world)
    world.clock.advance(5)
    ask(world)
    world.assert_verdict()


def test_a_world_can_be_emptied(world: Mockgem) -> None:
    world.say("never")
    world.scenario("overloaded")
    ask(world, "first of all")
    world.reset()
    assert world.journal() == []
    assert ask(world) != "never"
    assert world.problems() == []


async def test_the_loop_that_serves_can_ask_its_own_server(tmp_path: Path) -> None:
    async with mockgem.aserve() as world:
        world.say("Hello")
        assert await asyncio.to_thread(ask, world) == "Hello"
        assert [entry["rule"] for entry in world.journal()] == ["say-1"]
        world.clock.advance("1h")
        world.cassette(tmp_path / "new.yaml", record_mode="once", upstream="http://127.0.0.1:9")
        world.reset()
        with pytest.raises(RuntimeError, match=r"asyncio\.to_thread"):
            world.journal(wait=1)
        http = httpx2.Client(transport=world.transport())
        with (
            OpenAI(api_key="k", http_client=http, max_retries=0) as client,
            pytest.raises(RuntimeError, match="AsyncClient"),
        ):
            client.models.list()
        with pytest.raises(ValueError, match="did you mean overloaded"):
            world.scenario("overlaoded")


def test_a_test_that_replaces_sleep_does_not_wake_the_server(
    world: Mockgem, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept = AsyncMock()
    monkeypatch.setattr(asyncio, "sleep", slept)
    world.say("late", latency={"head": "300ms"})
    began = time.monotonic()
    assert ask(world) == "late"
    assert time.monotonic() - began > 0.25
    slept.assert_not_awaited()


def test_a_test_that_stops_the_clock_does_not_stop_the_server(
    world: Mockgem, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.say("late", latency={"head": "100ms"})
    found: list[str] = []
    asker = threading.Thread(target=lambda: found.append(ask(world)), daemon=True)
    stopped = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: stopped)
    asker.start()
    asker.join(60)
    monkeypatch.undo()
    assert found == ["late"]


APPLICATION = """
from openai import OpenAI
client = OpenAI(max_retries=0)


def answer(text):
    asked = [{"role": "user", "content": text}]
    answer = client.chat.completions.create(model="gemini-2.5-flash", messages=asked)
    return answer.choices[0].message.content
"""
ITS_TESTS = """
import app
import pytest


def test_one(mockgem):
    mockgem.say("One")
    assert app.answer("hi") == "One"
    mockgem.scenario("overloaded")


def test_two(mockgem):
    assert mockgem.journal() == []
    mockgem.say("Two")
    assert app.answer("hi") == "Two"


@pytest.mark.mockgem(say="Three")
def test_marked():
    assert app.answer("hi") == "Three"


def test_without_the_fixture():
    assert app.answer("hi")
"""


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["one", "xdist"])
def test_an_application_that_creates_its_client_once(
    pytester: pytest.Pytester, workers: list[str]
) -> None:
    (pytester.path / "app.py").write_text(APPLICATION)
    (pytester.path / "conftest.py").write_text("import app\n")
    (pytester.path / "test_app.py").write_text(ITS_TESTS)
    (pytester.path / "pytest.ini").write_text("[pytest]\nmockgem_one_url = true\npythonpath = .\n")
    done = run(pytester, *workers, in_process=False)
    assert "4 passed" in done.stdout, done.stdout + done.stderr


def test_one_url_and_a_separate_server_exclude_each_other(pytester: pytest.Pytester) -> None:
    (pytester.path / "test_app.py").write_text(
        "import pytest\n\n\n@pytest.mark.mockgem(seed=3)\ndef test_it(mockgem):\n    pass\n"
    )
    (pytester.path / "pytest.ini").write_text("[pytest]\nmockgem_one_url = true\n")
    assert "mockgem(seed=…) needs a separate server" in run(pytester).stdout


LOST = """
import os
import pytest
from openai import OpenAI

made = []


def client(mockgem):
    if not made:
        made.append(OpenAI(api_key="k", base_url=mockgem.openai_url, max_retries=0))
    return made[0]


def ask(client):
    asked = [{"role": "user", "content": "How is the weather in Rome?"}]
    return client.chat.completions.create(model="gemini-2.5-flash", messages=asked)


def test_first(mockgem):
    ask(client(mockgem))


def test_lost(mockgem):
    ask(client(mockgem))
    raise AssertionError("its own")


def test_wrong_url(mockgem):
    ask(OpenAI(api_key="k", base_url=mockgem.gemini_url))


def test_own_mistake(mockgem):
    mockgem.say("x", txet="y")


@pytest.mark.mockgem(scenario="overloaded")
def test_without_a_world():
    pass


@pytest.mark.mockgem(strict=True)
def test_pattern(mockgem):
    mockgem.say("x", text="weather")
    ask(OpenAI(api_key="k", base_url=mockgem.openai_url))
"""


def test_a_report_explains_requests_in_another_world(pytester: pytest.Pytester) -> None:
    (pytester.path / "test_lost.py").write_text(LOST)
    output = run(pytester, "-W", "ignore", "-W", "default::pytest.PytestWarning").stdout
    assert "4 failed, 2 passed" in output, output
    assert (
        "1 in the world of another test: does the application create its client only once?"
        in output
    )
    assert "mockgem_one_url = true" in output
    assert "OpenAI's SDKs need a base URL that ends with" in output
    assert "does not use the fixture mockgem or mockgem_env" in output
    assert "say-1 (text='weather') was used 0 of 1 times" in output
    assert "text is compared with the whole text: use '*weather*' for a part of it" in output
    mistake = output.partition("test_own_mistake ___")[2].partition("\n____")[0]
    assert "did you mean text" in mistake
    assert "no request arrived" not in mistake
    assert "def _call_admin(" not in mistake


def test_a_proxy_in_the_environment(monkeypatch: pytest.MonkeyPatch, world: Mockgem) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "example.org")
    assert "HTTP_PROXY is set" in world.exchanges()
    assert world.env["NO_PROXY"] == "example.org,127.0.0.1,localhost"
    for name, text in world.env.items():
        monkeypatch.setenv(name, text)
    assert "HTTP_PROXY" not in world.exchanges()
    assert ask(world)


def test_a_single_text_is_a_list_of_one() -> None:
    with mockgem.serve(api_key="only-this") as world:
        with pytest.raises(APIStatusError):
            ask(world)


def test_two_handles_of_one_world_are_one() -> None:
    with LocalServer(admin_token="t") as server:
        server.world("a").say("one")
        one = server.world("a")
        one.say("two")
        assert [ask(one), ask(one)] == ["one", "two"]


def test_unused_replies_keep_a_shared_scenario_out(world: Mockgem) -> None:
    world.say("mine")
    with pytest.raises(ValueError, match="call scenario before say and fail"):
        world.scenario({"count_by": "all", "rules": [{"fail": 500}]})
    assert ask(world) == "mine"
    world.reset()
    world.say("one")
    ask(world)
    ask(world)
    world.scenario("none")
    assert "there is no reply for this request" in "".join(world.problems())


def test_errors_that_the_test_chose_are_no_problem(world: Mockgem) -> None:
    world.fail(404, shape="html")
    world.say({"raw": {"status": 501, "body": "later"}})
    for _ in range(2):
        with pytest.raises(APIStatusError):
            ask(world)
    assert world.problems() == []
    assert "openai_url" not in world.exchanges()


def test_a_vector_is_for_embeddings(world: Mockgem) -> None:
    world.say({"embedding": [1.0, 0.0]})
    ask(world)
    with OpenAI(api_key="k", base_url=world.openai_url) as client:
        found = client.embeddings.create(
            model="gemini-embedding-001", input="x", encoding_format="float"
        )
    assert found.data[0].embedding == [1.0, 0.0]


def test_an_answer_that_never_began_is_found_by_no_status(world: Mockgem) -> None:
    world.say("x", faults=["reset"])
    with pytest.raises(APIConnectionError):
        ask(world)
    assert world.journal(status="2xx") == []
    assert world._call_admin("GET", "/counters")["status"] == {"none": 1}


MARKED = """
import pytest
from openai import OpenAI

HELLO = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]}


@pytest.fixture
def mine(request):
    return request.getfixturevalue("mockgem")


@pytest.mark.mockgem(say="x")
def test_by_a_fixture_of_its_own(mine):
    with OpenAI(api_key="k", base_url=mine.openai_url) as client:
        assert client.chat.completions.create(**HELLO).choices[0].message.content == "x"


@pytest.mark.mockgem(scenario="overloaded")
class TestMany:
    def test_helper(self):
        pass
"""


def test_marked_tests_reach_the_fixture_through_others(pytester: pytest.Pytester) -> None:
    (pytester.path / "test_mine.py").write_text(MARKED)
    done = run(pytester)
    assert "2 passed" in done.stdout, done.stdout


MANY = """
import pytest
from openai import OpenAI

pytestmark = pytest.mark.mockgem(say=["module", "again"])


def ask(mockgem, model="gemini-2.5-flash"):
    with OpenAI(api_key="k", base_url=mockgem.openai_url, max_retries=0) as client:
        asked = [{"role": "user", "content": "How is the weather?"}]
        answer = client.chat.completions.create(model=model, messages=asked)
        return answer.choices[0].message.content


@pytest.mark.mockgem(strict=False)
def test_markers_add_up(mockgem):
    assert [ask(mockgem), ask(mockgem)] == ["module", "again"]


def test_what_was_not_used_is_told(mockgem):
    mockgem.reset()
    mockgem.say("Sunny", text="*Weather*")
    assert ask(mockgem) == "Sunny"


def test_wrong_model(mockgem):
    ask(mockgem, "gemini-2.5-flsh")


def test_responses(mockgem):
    with OpenAI(api_key="k", base_url=mockgem.openai_url, max_retries=0) as client:
        client.responses.create(model="gemini-2.5-flash", input="hi")
"""


def test_reports_show_unused_replies_and_suggestions(pytester: pytest.Pytester) -> None:
    (pytester.path / "test_mine.py").write_text(MANY)
    output = run(pytester).stdout
    assert "3 failed, 1 passed" in output, output
    assert "say-3 (text='*Weather*') was used 0 of 1 times" in output
    assert "case counts: the request has 'weather'; use '*weather*' or ignore_case=True" in output
    assert "200 whole, generated" in output
    assert "there is no model 'gemini-2.5-flsh'; did you mean gemini-2.5-flash?" in output
    assert "has no Responses API" in output


def test_an_entry_s_fields_are_attributes_too(world: Mockgem) -> None:
    ask(world)
    (entry,) = world.journal()
    assert entry.status == 200
    with pytest.raises(AttributeError, match="it has number"):
        _ = entry.sttus


def test_a_client_that_leaves_before_the_answer_begins(world: Mockgem) -> None:
    world.say("x", latency={"head": "30s"})
    with (
        pytest.raises(APIConnectionError),
        OpenAI(api_key="k", base_url=world.openai_url, max_retries=0, timeout=0.2) as client,
    ):
        client.chat.completions.create(**HELLO)
    for _ in range(600):
        calls = [(entry.status, entry.outcome) for entry in world.journal()]
        if calls == [(None, "left")]:
            return
        time.sleep(0.1)
    raise AssertionError(calls)


EXPECTING = """
import pytest
from openai import APIStatusError, OpenAI

HELLO = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]}


def ask(mockgem, **more):
    with OpenAI(api_key="k", base_url=mockgem.openai_url, **more) as client:
        return client.chat.completions.create(**HELLO).choices[0].message.content


def test_well(mockgem):
    mockgem.fail(503)
    mockgem.say("ok")
    mockgem.expect(attempts=2, final="success")
    assert ask(mockgem) == "ok"


def test_impatient(mockgem):
    mockgem.expect(waits="told")
    mockgem.fail(429, retry_delay="7s")
    mockgem.scenario({"rules": [{"latency": {"head": "1ms"}}]})
    with pytest.raises(APIStatusError):
        ask(mockgem, max_retries=0)
    ask(mockgem)


def test_nothing_but_an_expectation(mockgem):
    mockgem.expect(attempts=1)
    ask(mockgem)


def test_misspelled(mockgem):
    message = "^attempt: there is no key 'attempt' here; did you mean attempts"
    with pytest.raises(ValueError, match=message):
        mockgem.expect(attempt=1)
    mockgem.expect(attempts=1)
    mockgem.reset()
"""


def test_expectations_are_checked_after_the_test(pytester: pytest.Pytester) -> None:
    (pytester.path / "test_mine.py").write_text(EXPECTING)
    output = run(pytester).stdout
    assert "1 failed, 3 passed" in output, output
    assert "FAIL waits: expected told" in output


@pytest.mark.parametrize(
    ("action", "argument", "near"),
    [
        ("say", {"modle": "x"}, "model"),
        ("say", {"latncy": "1s"}, "latency"),
        ("fail", {"retry_dely": "1s"}, "retry_delay"),
        ("fail", {"messge": "x"}, "message"),
        ("fail", {"tims": 2}, "times"),
    ],
)
def test_misspelled_arguments_name_the_nearest_one(
    mockgem: Mockgem, action: str, argument: dict[str, Any], near: str
) -> None:
    with pytest.raises(ValueError, match=rf"did you mean {near}\?"):
        getattr(mockgem, action)("overloaded", **argument)


def test_a_verdict_that_expects_nothing_is_no_check(world: Mockgem) -> None:
    world.scenario({"rules": [{"say": "Hello"}]})
    ask(world)
    with pytest.raises(AssertionError, match="nothing is expected"):
        world.assert_verdict()
    world.expect(attempts=1)
    world.assert_verdict()
