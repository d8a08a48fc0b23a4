"""The admin API: scenario of a world, journal, counters, clock, and its OpenAPI document."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from jsonschema import Draft202012Validator

from mockgem.core.http import WireRequest
from mockgem.core.journal import KEPT_BODY_BYTES, JournalEntry
from mockgem.core.storage_errors import quota_exceeded_error
from mockgem.dialects.admin import journal_handlers
from mockgem.dialects.admin.console_endpoint import CONSOLE_ENDPOINTS
from mockgem.dialects.admin.dialect import ADMIN
from mockgem.dialects.admin.journal_handlers import EntryCounter
from mockgem.storage.memory_journal import MemoryJournal
from tests.asking import GEMINI, Answer, Asker
from tests.server.test_http import running

KEY = "AIzaSyA1234567890abcdefghijklmnopqrstuv"


def send(
    asker: Asker, method: str, path: str, /, body: Any = None, world: str = "", **query: str
) -> Answer:
    data = b"" if body is None else json.dumps(body).encode()
    prefix = f"/w/{world}" if world else ""
    return asker.send(
        method, f"{prefix}/_mockgem{path}", data, {"content-type": "application/json"}, query
    )


def test_the_scenario_of_a_world_is_chosen_counted_and_stopped() -> None:
    asker = Asker()
    assert send(asker, "GET", "/scenario").json == {"scenario": None, "plays": {}}
    assert (
        send(asker, "PUT", "/scenario", {"name": "internal-error-once"}).json["scenario"]
        == "internal-error-once"
    )
    assert [asker.chat("hi").status, asker.chat("hi").status] == [500, 200]
    play = send(asker, "GET", "/scenario").json["plays"]["internal-error-once"]
    assert play == {"calls": 2, "running": 0, "rules": {"one-500": {"met": 2, "acted": 1}}}
    send(asker, "PUT", "/scenario", {"name": "internal-error-once"})
    assert asker.chat("hi").status == 500, "chosen again, it begins anew"
    send(asker, "DELETE", "/scenario")
    assert asker.chat("hi").status == 200
    assert send(asker, "GET", "/worlds").json["worlds"][0]["scenario"] is None


def test_each_world_runs_its_own_scenario() -> None:
    asker = Asker()
    send(asker, "PUT", "/scenario", {"name": "overloaded"}, world="a")
    chat = GEMINI + "/chat/completions"
    body = json.dumps(
        {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]}
    ).encode()
    assert asker.send("POST", "/w/a" + chat, body).status == 503
    assert asker.send("POST", "/w/b" + chat, body).status == 200


def test_rules_are_added_one_by_one() -> None:
    asker = Asker()
    assert (
        send(asker, "POST", "/scenario/rules", {"when": {"times": 1}, "fail": 503}).json["scenario"]
        == "added"
    )
    send(asker, "POST", "/scenario/rules", {"name": "then", "when": {"times": 1}, "fail": 500})
    assert [asker.chat("hi").status for _ in range(3)] == [503, 500, 200]
    rules = send(asker, "GET", "/scenario").json["plays"]["added"]["rules"]
    assert {name: found["acted"] for name, found in rules.items()} == {"rule-1": 1, "then": 1}


def test_added_rules_come_first_and_keep_the_counts_of_the_scenario() -> None:
    asker = Asker()
    send(asker, "PUT", "/scenario", {"name": "internal-error-once"})
    assert asker.chat("hi").status == 500
    for status in (503, 429):
        send(asker, "POST", "/scenario/rules", {"when": {"times": 1}, "fail": status})
    assert [asker.chat("hi").status for _ in range(3)] == [503, 429, 200]
    assert send(asker, "GET", "/verdict").json["scenario"] == "internal-error-once"


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"fial": 500}, "did you mean fail"),
        ({"fail": "overlaoded"}, "did you mean overloaded"),
        ({}, "does nothing"),
        ({"name": "twice", "fail": 500}, "two rules are called twice"),
        ({"fail": 500, "name": "x" * 70}, "name"),
    ],
)
def test_rules_that_are_not_valid_are_refused(rule: dict[str, Any], words: str) -> None:
    asker = Asker()
    send(asker, "POST", "/scenario/rules", {"name": "twice", "fail": 500})
    refused = send(asker, "POST", "/scenario/rules", rule)
    assert (refused.status, words in refused.json["error"]) == (400, True), refused.json
    assert asker.chat("hi").status == 500


def test_a_shared_run_takes_no_rules_of_one_world() -> None:
    asker = Asker()
    shared = {
        "title": "together",
        "count_by": "all",
        "rules": [{"when": {"calls": 1}, "fail": 500}],
    }
    send(asker, "PUT", "/scenario", {"name": "together", "scenario": shared}, world="a")
    refused = send(asker, "POST", "/scenario/rules", {"fail": 503}, world="a")
    assert (refused.status, "all worlds share" in refused.json["error"]) == (400, True)


def test_the_number_of_rules_is_limited() -> None:
    asker = Asker()
    found = [
        send(asker, "POST", "/scenario/rules", {"when": {"times": 1}, "fail": 500}).status
        for _ in range(1001)
    ]
    assert found == [200] * 1000 + [400]


def test_a_request_can_define_a_scenario() -> None:
    asker = Asker()
    mine = {"title": "mine", "rules": [{"when": {"calls": "1..2"}, "fail": 429}]}
    assert send(asker, "PUT", "/scenario", {"name": "mine", "scenario": mine}).status == 200
    assert [asker.chat("x").status for _ in range(3)] == [429, 429, 200]
    assert send(asker, "GET", "/scenarios/mine").json["rules"][0]["fail"] == {"error": 429}
    bad = send(asker, "PUT", "/scenario", {"scenario": {"title": "x", "rules": [{"fial": 1}]}})
    assert bad.status == 400
    assert "did you mean fail" in bad.json["error"]


@pytest.mark.parametrize(
    "body", [{}, {"nmae": "x"}, {"name": 3}, {"name": "overlaoded"}, {"scenario": []}]
)
def test_a_choice_that_is_not_valid_changes_nothing(body: Any) -> None:
    asker = Asker()
    send(asker, "PUT", "/scenario", {"name": "overloaded"})
    assert send(asker, "PUT", "/scenario", body).status == 400
    assert send(asker, "GET", "/scenario").json["scenario"] == "overloaded"


def test_scenarios_are_listed_and_shown() -> None:
    found = send(Asker(), "GET", "/scenarios").json["scenarios"]
    assert found["overloaded"]["tags"] == ["retry", "outage"]
    assert send(Asker(), "GET", "/scenarios/overlaoded").status == 404


def test_the_journal_contains_requests_and_responses() -> None:
    asker = Asker()
    asker.chat("first words")
    asker.chat("second words", stream=True).body  # noqa: B018 - read to its end
    asker.chat("x", model="no-such-model")
    found = send(asker, "GET", "/journal").json
    assert [entry["status"] for entry in found["entries"]] == [200, 200, 404]
    first, second = found["entries"][:2]
    assert json.loads(first["request"]["body"])["messages"][0]["content"] == "first words"
    assert json.loads(first["response"]["body"])["object"] == "chat.completion"
    assert second["response"]["body"].endswith("data: [DONE]\n\n")
    assert (first["model"], first["surface"], first["source"]) == (
        "gemini-2.5-flash",
        "gemini-openai",
        "engine",
    )
    assert send(asker, "GET", f"/journal/{second['number']}").json["number"] == second["number"]
    assert send(asker, "GET", "/journal/99").status == 404


def test_the_journal_has_filters_and_pages() -> None:
    asker = Asker()
    for number in range(5):
        asker.chat(f"words {number}", model="gemini-2.5-pro" if number % 2 else "gemini-2.5-flash")

    def numbers(**query: str) -> list[int]:
        return [
            entry["number"] for entry in send(asker, "GET", "/journal", **query).json["entries"]
        ]

    assert numbers(model="*pro") == [2, 4]
    assert numbers(status="4*") == []
    assert numbers(text="words 3") == [4]
    assert numbers(path="/v1beta/openai/*", method="POST", limit="2") == [1, 2]
    assert send(asker, "GET", "/journal", path="/v1beta/*", limit="2").json["next"] == 2
    assert numbers(after="2", path="/v1beta/*") == [3, 4, 5]
    assert "request" not in send(asker, "GET", "/journal", bodies="false").json["entries"][0]
    for query in ({"modle": "x"}, {"after": "x"}, {"limit": "-1"}, {"wait": "soon"}):
        assert send(asker, "GET", "/journal", **query).status == 400


def test_clearing_keeps_the_numbers_going() -> None:
    asker = Asker()
    asker.chat("one")
    assert send(asker, "DELETE", "/journal").json == {"cleared": True}
    asker.chat("two")
    found = send(asker, "GET", "/journal", method="POST").json
    assert [entry["number"] for entry in found["entries"]] == [2]


def test_counters_count_entries_by_status() -> None:
    asker = Asker()
    asker.chat("one")
    asker.chat("two", model="no-such-model")
    found = send(asker, "GET", "/counters").json
    assert found["status"] == {"200": 1, "404": 1}
    assert found["total"] == 2
    assert found["bytes"] > 0


async def test_a_journal_request_waits_for_calls() -> None:
    async for server in running():
        async with aiohttp.ClientSession(headers={"Authorization": "Bearer k"}) as session:
            url = server.url + "/_mockgem/journal?wait=5s&path=*/chat/completions&count=2"

            async def wait(session: aiohttp.ClientSession = session, url: str = url) -> Any:
                async with session.get(url) as answer:
                    return await answer.json()

            waiting = asyncio.create_task(wait())
            body = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]}
            for _ in range(2):
                assert not waiting.done()
                async with session.post(
                    f"{server.url}{GEMINI}/chat/completions", json=body
                ) as answer:
                    assert answer.status == 200
            found = await asyncio.wait_for(waiting, 60)
            assert [entry["model"] for entry in found["entries"]] == ["gemini-2.5-flash"] * 2
            async with session.get(server.url + "/_mockgem/journal?wait=0.1s&model=none") as answer:
                assert (await answer.json())["entries"] == []


async def test_entries_are_counted_once() -> None:
    journal = MemoryJournal()

    async def add(method: str) -> None:
        wire = WireRequest(method, "/x", {}, {}, b"")
        await journal.add(JournalEntry(1.5, method, "/x", "gemini", "m", 200, "engine", 0.1, wire))

    for method in ("POST", "GET", "POST"):
        await add(method)
    counter = EntryCounter(1, {"method": "POST"})
    assert [await counter.update(journal) for _ in range(2)] == [1, 1]
    await add("POST")
    assert await counter.update(journal) == 2
    await journal.clear()
    await add("POST")
    assert await counter.update(journal) == 3


async def test_the_journal_shows_how_a_stream_ended() -> None:
    async for server in running(chunk_delay=0.05):
        async with aiohttp.ClientSession(headers={"Authorization": "Bearer k"}) as session:
            body = {
                "model": "gemini-2.5-flash",
                "stream": True,
                "messages": [{"role": "user", "content": "tell a story"}],
            }
            async with session.post(f"{server.url}{GEMINI}/chat/completions", json=body) as answer:
                await answer.content.readany()
            async with session.post(f"{server.url}{GEMINI}/chat/completions", json=body) as answer:
                await answer.read()
            outcomes = ["open"]
            async with asyncio.timeout(60):
                while "open" in outcomes:
                    async with session.get(server.url + "/_mockgem/journal?method=POST") as answer:
                        found = (await answer.json())["entries"]
                    outcomes = [entry["outcome"] for entry in found]
        assert outcomes == ["left", "whole"]
        assert 0 < found[0]["size"] < found[1]["size"]


SECRET_PLACES: list[tuple[dict[str, str], dict[str, str], Any]] = [
    ({"authorization": f"Bearer {KEY}"}, {}, {}),
    ({"x-goog-api-key": KEY}, {}, {}),
    ({}, {"key": KEY}, {}),
    (
        {"authorization": "Bearer ordinary-token-1234567890"},
        {},
        {"note": "ordinary-token-1234567890"},
    ),
    ({"authorization": "Bearer k", "cookie": f"session={KEY}"}, {}, {}),
    ({"authorization": "Bearer k", "x-acme-key": "ordinary-token-1234567890"}, {}, {}),
    ({"authorization": "Bearer k", "x-password": "ordinary-token-1234567890"}, {}, {}),
    ({"authorization": "Bearer k"}, {}, {"note": f"my key is {KEY}"}),
]


@pytest.mark.parametrize(("headers", "query", "more"), SECRET_PLACES)
def test_no_credential_is_shown(headers: dict[str, str], query: dict[str, str], more: Any) -> None:
    asker = Asker(lenient=True)
    body = {"contents": [{"parts": [{"text": json.dumps(more)}]}]}
    path = "/v1beta/models/gemini-2.5-flash:generateContent"
    asker.send("POST", path, json.dumps(body).encode(), headers, query)
    asker.send(
        "POST", f"/v1beta/models/{KEY}:generateContent", json.dumps(body).encode(), headers, query
    )
    for place in ("/journal", "/journal/1", "/journal/2", "/counters", "/verdict"):
        shown = send(asker, "GET", place).text
        assert KEY not in shown, place
        assert "ordinary-token-1234567890" not in shown, place


def test_the_journal_is_bounded_by_number_and_by_bytes() -> None:
    asker = Asker()
    asker.world.journal = MemoryJournal(max_entries=10, max_bytes=400_000)
    for number in range(30):
        asker.chat(f"{number} " + "x" * 30_000)
    journal = asker.world.journal
    assert journal.count == 30
    assert len(journal.entries) <= 10
    assert journal.byte_count <= 400_000
    asker.chat("y" * 300_000)
    assert len(journal.entries[-1].wire.body) == KEPT_BODY_BYTES


def test_the_openapi_document_is_valid_and_complete() -> None:
    document = send(Asker(), "GET", "/openapi.json").json
    assert document["openapi"].startswith("3.1")
    described = {
        (method.upper(), path) for path, methods in document["paths"].items() for method in methods
    }
    api = [one for one in ADMIN.endpoints if one not in CONSOLE_ENDPOINTS]
    assert described == {(one.method, "/_mockgem" + one.path) for one in api}
    for methods in document["paths"].values():
        for one in methods.values():
            for parameter in one.get("parameters", []):
                Draft202012Validator.check_schema(parameter["schema"])
            for media in one.get("requestBody", {}).get("content", {}).values():
                Draft202012Validator.check_schema(media["schema"])


def test_with_a_token_few_endpoints_answer_without_it() -> None:
    asker = Asker(admin_token="secret")
    found = set()
    for endpoint in ADMIN.endpoints:
        path = endpoint.path.replace("{name}", "1").replace("{number}", "1")
        if asker.send(endpoint.method, f"/_mockgem{path}", headers={}).status != 401:
            found.add(f"{endpoint.method} {endpoint.path}")
    files = {f"{one.method} {one.path}" for one in CONSOLE_ENDPOINTS}
    assert found == files | {"GET /health", "GET /ready", "GET /media/{name}", "GET /ca.pem"}


def test_an_unknown_path_gets_the_list_of_endpoints() -> None:
    answer = send(Asker(), "GET", "/nothing")
    assert answer.status == 404
    assert "PUT /_mockgem/scenario" in answer.json["error"]


@pytest.mark.parametrize(
    ("method", "path", "body", "message"),
    [
        (
            "PUT",
            "/scenario",
            {"nme": "x"},
            "PUT /scenario: there is no key 'nme'; did you mean name?",
        ),
        (
            "POST",
            "/clock",
            {"advnce": "1h"},
            "POST /clock: there is no key 'advnce'; did you mean advance?",
        ),
        ("POST", "/reset", {"world": "x"}, "POST /reset: there is no key 'world'"),
        ("POST", "/scenario/rules", {"whn": {}, "fail": 429}, "did you mean when?"),
        ("PUT", "/scenario/expect", {"atempts": 1}, "did you mean attempts?"),
    ],
)
def test_misspelled_keys_name_the_nearest_one(
    method: str, path: str, body: Any, message: str
) -> None:
    data, headers = json.dumps(body).encode(), {"content-type": "application/json"}
    answer = Asker().send(method, "/_mockgem" + path, data, headers)
    assert answer.status == 400
    assert message in answer.json["error"]


def test_misspelled_parameters_name_the_nearest_one() -> None:
    answer = Asker().send("GET", "/_mockgem/verdict", query={"scenrio": "x"})
    assert answer.status == 400
    assert "there is no parameter 'scenrio'; did you mean scenario?" in answer.json["error"]
    assert Asker().send("GET", "/_mockgem/health", query={"probe": "1"}).status == 200


LONG = "x" * 250


@pytest.mark.parametrize(
    ("method", "path", "body", "query", "message"),
    [
        ("GET", "/journal", None, {"status": LONG},
         f"status {LONG[:40]!r} is not valid: use 429, or a pattern like 4xx"),
        ("GET", "/journal", None, {"after": LONG},
         f"after {LONG[:40]!r} is not valid: use a number from 0 to 999999999"),
        ("GET", "/journal", None, {"limit": "0"},
         "limit '0' is not valid: use a number from 1 to 1000"),
        ("GET", "/journal", None, {"limit": "1001"},
         "limit '1001' is not valid: use a number from 1 to 1000"),
        ("GET", "/journal", None, {"count": "0"},
         "count '0' is not valid: use a number from 1 to 1000"),
        ("GET", "/journal", None, {"bodies": LONG},
         f"bodies {LONG[:40]!r} is not valid: use true or false"),
        ("POST", "/clock", {"advance": LONG, "set": 1}, {},
         'expected {"advance": "48h"} or {"set": "2026-12-01T00:00:00Z"}, got '
         + f'{{"advance":"{LONG}'[:200]),
        ("PUT", "/scenario", {"name": 5}, {},
         'expected {"name": "overloaded"}, or {"name": "mine", "scenario": {"rules": […]}}'),
        ("PUT", "/scenario", {"time_scale": 1}, {},
         'expected {"name": "overloaded"}, or {"name": "mine", "scenario": {"rules": […]}}'),
        *[("PUT", "/scenario", {"name": "overloaded", "time_scale": scale}, {},
           f"time_scale {scale!r:.100} is not valid: use a number above 0 and up to 100, like 0.01")
          for scale in (0, -0.5, 100.1, True, LONG)],
        *[("POST", "/resources", {"kind": "file", **more}, {},
           'expected {"kind": "file", "name": "abc-123", "action": "complete"}')
          for more in ({}, {"name": 1, "action": "fail"}, {"name": "a"})],
        ("POST", "/resources", {"kind": "file", "name": "a", "action": "fly"}, {},
         "'fly' is not an action of a file: use complete, fail, expire"),
        *[("POST", "/cassettes/drift", body, {},
           'expected {"path": "calls.yaml"}: GET /_mockgem/cassettes has the paths')
          for body in ({}, {"path": ""}, {"path": 1})],
        *[("POST", "/cassettes/drift", {"path": "a", "after": value}, {},
           f"after {value!r} is not valid: use 0, or `next` of the last answer")
          for value in (-1, True, "0")],
        ("GET", "/journal", None, {"before": "3"},
         "before is for the newest entries first: add order=desc, or use after"),
        ("GET", "/journal/none", None, {},
         "number 'none' is not valid: use a number from 0 to 999999999"),
        ("GET", "/journal/events", None, {"txt": "1"},
         "GET /journal/events: there is no parameter 'txt'; did you mean text?"),
        ("DELETE", "/worlds/none", None, {},
         "there is no world 'none'; GET /_mockgem/worlds lists the worlds"),
        ("POST", "/clock", [], {}, "expected a JSON object in the request body"),
    ],
)  # fmt: skip
def test_a_request_that_is_not_valid_is_refused(
    method: str, path: str, body: Any, query: dict[str, str], message: str
) -> None:
    answer = send(Asker(), method, path, body, **query)
    assert answer.status == (404 if path == "/worlds/none" else 400)
    assert answer.json == {"error": message}


@pytest.mark.parametrize("scale", [0.001, 1, 100])
def test_a_scenario_may_run_at_another_speed(scale: float) -> None:
    asker = Asker()
    body = {
        "name": "mine",
        "time_scale": scale,
        "scenario": {"title": "x", "rules": [{"say": {"text": "hi"}}]},
    }
    assert send(asker, "PUT", "/scenario", body).json["scenario"] == "mine"
    assert asker.world.scenario_runs["mine"].time_scale == scale


def test_another_content_type_is_named() -> None:
    headers = {"content-type": "text/" + "x" * 50}
    answer = Asker().send("POST", "/_mockgem/clock", b"{}", headers)
    assert answer.json == {
        "error": f"Content-Type {'text/' + 'x' * 35!r} is not supported: send JSON with "
        "Content-Type: application/json"
    }


def test_a_world_shows_what_it_stores() -> None:
    asker = Asker()
    headers = {"x-goog-api-key": "k", "content-type": "image/png", "x-goog-upload-protocol": "raw"}
    before = send(asker, "GET", "/worlds").json["worlds"][0]
    asker.send("POST", "/upload/v1beta/files", b"x" * 1000, headers)
    after = send(asker, "GET", "/worlds").json["worlds"][0]
    assert before["bytes"] == 0
    assert (after["name"], after["scenario"], after["requests"]) == ("", None, 1)
    stored = asyncio.run(asker.world.blobs.count_bytes())
    noted = asyncio.run(asker.world.store.count_bytes())
    assert stored == 1000
    assert after["bytes"] == stored + noted > 1000


def test_the_number_of_waiting_requests_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_handlers, "MAX_WAITERS", 0)
    answer = send(Asker(), "GET", "/journal", wait="1s")
    assert answer.status == 429
    assert answer.json == {"error": "0 requests wait for this journal already, which is the limit"}


@pytest.mark.parametrize(
    ("value", "is_true"), [("true", True), ("1", True), ("false", False), ("0", False)]
)
def test_a_flag_is_a_word_or_a_number(value: str, is_true: bool) -> None:
    asker = Asker()
    asker.chat("Hi")
    (entry,) = send(asker, "GET", "/journal", bodies=value, preview=value).json["entries"]
    assert ("request" in entry) is is_true
    assert ("preview" in entry) is is_true


def test_a_request_waits_for_entries_up_to_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    asker, waits = Asker(), []

    async def note(condition: Any, seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(asker.world.journal, "wait", note)
    for wait in ("0", "2s", "60", "61s", "99h"):
        assert send(asker, "GET", "/journal", wait=wait).status == 200
    assert waits == [2.0, 60.0, 60.0, 60.0]


def test_a_clock_that_can_not_be_kept_does_not_move(monkeypatch: pytest.MonkeyPatch) -> None:
    asker = Asker()
    before = asker.world.clock()

    async def fail(*_: object) -> None:
        raise quota_exceeded_error("No space left on device")

    monkeypatch.setattr(asker.world.store, "put", fail)
    answer = send(asker, "POST", "/clock", {"advance": "1h"})
    assert answer.status == 429
    assert asker.world.clock() == before
    for body in ({"advance": "-9999999h"}, {"set": "1999-01-01T00:00:00Z"}, {"set": "soon"}):
        answer = send(asker, "POST", "/clock", body)
        assert answer.status == 400
        assert answer.json["error"].endswith("; the clock has not moved")
        assert asker.world.clock() == before
