"""Scenarios in worlds: what they leave alone, what they count, and what hostile ones cannot do."""

from __future__ import annotations

import asyncio
import io
import json
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest

from mockgem.core.http import iter_frames
from mockgem.recording.cassette_writer import save_cassette
from mockgem.storage.memory_journal import MemoryJournal
from tests.asking import GATEWAY, GEMINI, VERTEX, Answer, Asker
from tests.recording.interactions import chat as recorded
from tests.recording.test_recorder import mockgem
from tests.scenarios.playing import SCHEMA, Player, request, rules, served
from tests.server.test_http import running

KEY = {"x-goog-api-key": "k"}
TEXT = {"content-type": "text/plain", **KEY}


def put(asker: Asker, world: str, body: Any) -> Answer:
    prefix = f"/w/{world}" if world else ""
    head = {"content-type": "application/json"}
    return asker.send("PUT", prefix + "/_mockgem/scenario", json.dumps(body).encode(), head)


def ask(asker: Asker, prefix: str = "", **headers: str) -> Answer:
    body = json.dumps(
        {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]}
    ).encode()
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return asker.send(
        "POST", f"{prefix}{GEMINI}/chat/completions", body, {"authorization": "Bearer k", **named}
    )


def upload(asker: Asker, prefix: str = "", **headers: str) -> str:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    found = asker.send(
        "POST", f"{prefix}/upload/v1beta/files", b"hello", TEXT | named, {"uploadType": "media"}
    ).json
    return str(found["file"]["state"])


def saying(text: str) -> Any:
    return {"scenario": {"title": "t", "rules": [{"name": f"{text}-says", "say": text}]}}


def test_a_scenario_that_a_world_defines_is_for_this_world_alone() -> None:
    asker = Asker()
    put(asker, "a", saying("a"))
    put(asker, "b", saying("b"))
    assert ask(asker, "/w/a").message["content"] == "a"
    put(asker, "b", {"name": "overloaded", **saying("shadowed")})
    assert ask(asker, "/w/b").message["content"] == "shadowed"
    assert ask(asker, "/~overloaded").status == 503
    assert ask(asker, "/w/c~inline").status == 400
    asker.send("DELETE", "/_mockgem/worlds/a")
    assert ask(asker, "/w/a").message["content"] != "a"


def test_a_scenario_can_be_read_and_defined_again() -> None:
    asker = Asker()
    for name in (
        "rate-limited-then-ok",
        "stream-cut-mid-answer",
        "brownout-and-recovery",
        "batch-partial-failure",
        "hangs",
    ):
        shown = asker.send("GET", f"/_mockgem/scenarios/{name}").json
        assert put(asker, "a", {"name": "again", "scenario": shown}).status == 200, name
        assert asker.send("GET", "/w/a/_mockgem/scenarios/again").json == shown


def test_defined_scenarios_work_while_files_are_watched() -> None:
    asker = Asker(watch=True)
    assert put(asker, "", saying("hello")).status == 200
    assert ask(asker).message["content"] == "hello"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            {"scenario": {"title": "t", "rules": [{"fail": "overlaoded"}]}},
            "did you mean overloaded",
        ),
        ({"name": "Not A Name/../x", **saying("a")}, "is not a valid name"),
        ({"name": "x" * 1000, **saying("a")}, "is not a valid name"),
        (
            {"scenario": {"title": "t", "rules": [{"say": {"raw": {"body": [[1, 2]] * 300_000}}}]}},
            "at most",
        ),
        (
            {
                "scenario": {
                    "title": "t",
                    "rules": [{"when": {"text": ["x" * 490] * 3000}, "say": "a"}],
                }
            },
            "at most",
        ),
        (
            {"scenario": {"title": "t", "rules": [{"when": {"text": ["*a"] * 300}, "say": "a"}]}},
            "are not valid",
        ),
        ({"name": ""}, "expected"),
    ],
)
def test_definitions_that_are_not_valid_are_refused(body: Any, words: str) -> None:
    asker = Asker()
    answer = put(asker, "", body)
    assert answer.status == 400
    assert words in answer.json["error"]
    assert ask(asker).status == 200


def test_a_request_selects_a_scenario_for_itself_alone() -> None:
    asker = Asker()
    assert upload(asker) == "ACTIVE"
    assert upload(asker, x_mockgem_scenario="file-stuck-processing") == "PROCESSING"
    assert upload(asker) == "ACTIVE"
    ask(asker, x_mockgem_scenario="free-tier-limits")
    assert not asker.world.clock.real
    put(asker, "", {"name": "brownout-and-recovery"})
    ask(asker)
    assert not asker.world.clock.real


def test_reading_a_verdict_starts_no_run() -> None:
    asker = Asker()
    for name in ("file-stuck-processing", "free-tier-limits"):
        assert asker.send("GET", "/_mockgem/verdict", b"", None, {"scenario": name}).status == 404
    assert upload(asker) == "ACTIVE"
    assert asker.world.scenario_runs == {}


def test_a_real_clock_adds_to_the_clock_of_the_world(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("mockgem.scenarios.run.time", SimpleNamespace(monotonic=lambda: now))
    player = Player(rules("{quota: {rpm: 1}}", clock="real"))
    assert player.statuses(2) == [200, 429]
    player.world.clock.advance(50)
    assert player.statuses(1) == [429]
    now += 9
    assert player.statuses(1) == [429]
    now += 2
    assert player.statuses(1) == [200]


def test_the_name_none_switches_scenarios_off() -> None:
    asker = Asker(scenario="overloaded")
    assert ask(asker).status == 503
    assert ask(asker, x_mockgem_scenario="none").status == 200
    assert ask(asker, "/w/a~none").status == 200


def test_a_header_selects_the_world() -> None:
    asker = Asker()
    chosen = {"x_mockgem_scenario": "internal-error-once"}
    assert [ask(asker, x_mockgem_world=world, **chosen).status for world in "aabb"] == [
        500,
        200,
        500,
        200,
    ]
    assert ask(asker, x_mockgem_world="../x").status == 200


def test_many_scenarios_do_not_drop_the_run_of_the_world() -> None:
    asker = Asker()
    put(asker, "", {"name": "rate-limited-then-ok"})
    assert [ask(asker).status for _ in range(3)] == [429, 429, 200]
    for number in range(80):
        asker.world.own_scenarios[f"s{number}"] = asker.world.scenario_runs[
            "rate-limited-then-ok"
        ].scenario
        ask(asker, x_mockgem_scenario=f"s{number}")
    assert len(asker.world.scenario_runs) <= 65
    assert ask(asker).status == 200


def test_quotas_are_charged_after_a_call_has_passed_all_of_them() -> None:
    player = Player(
        rules("{quota: {rpm: 2, by_model: false}}", "{when: {model: '*pro'}, quota: {rpm: 0}}")
    )
    assert player.statuses(2, model="gemini-2.5-pro") == [429, 429]
    assert player.statuses(3) == [200, 200, 429]
    failing = Player(rules("{quota: {concurrent: 2}}", "{when: {calls: 1..3}, fail: 503}"))
    assert failing.statuses(5) == [503, 503, 503, 200, 200]


def test_vertex_has_a_quota_error_of_its_own() -> None:
    player = Player(rules("{quota: {rpm: 0}}"))
    assert "aiplatform.googleapis.com" in player.chat("hi", surface=VERTEX).error["message"]


def test_head_requests_do_not_stay_open() -> None:
    async def run() -> Any:
        text = rules("{when: {concurrent_over: 1}, fail: 429}", "{latency: {first: 0.01}}")
        async with served(text) as server, aiohttp.ClientSession(headers=KEY) as session:
            for _ in range(3):
                async with session.head(server.url + "/v1beta/models") as answer:
                    assert answer.status == 200
            async with session.get(server.url + "/_mockgem/scenario") as answer:
                return (await answer.json())["plays"]["played"]

    play = asyncio.run(run())
    assert (play["calls"], play["running"]) == (3, 0)


FAULTS = [
    "no_usage",
    "zero_usage",
    "no_content",
    "null_content",
    "no_message",
    "no_candidates",
    "empty",
    "json_prose",
    "repeat",
]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("surface", [GATEWAY, GEMINI])
def test_changed_bodies_have_the_right_content_length(fault: str, surface: str) -> None:
    """Or a client sees a broken connection where an odd answer was meant."""

    async def run() -> Any:
        body = {
            "model": "gemini-2.5-flash",
            "messages": [{"role": "user", "content": "hi"}],
            "response_format": SCHEMA,
        }
        async with served(rules(f"{{faults: [{fault}]}}")) as server:
            async with aiohttp.ClientSession(headers={"Authorization": "Bearer k"}) as session:
                async with session.post(
                    f"{server.url}{surface}/chat/completions", json=body
                ) as answer:
                    return await answer.json()

    assert "choices" in asyncio.run(run())


def test_vectors_in_base64_are_shortened_too() -> None:
    body = {"model": "gemini-embedding-001", "input": ["a", "b"], "encoding_format": "base64"}
    found = Player(rules("{faults: [{fault: embeddings_short, size: 4}]}")).send(
        "POST", GEMINI + "/embeddings", json.dumps(body).encode()
    )
    assert [len(row["embedding"]) for row in found.json["data"]] == [24, 24], "16 bytes"
    predict = VERTEX.replace(
        "endpoints/openapi", "publishers/google/models/gemini-embedding-001:predict"
    )
    asked = json.dumps({"instances": [{"content": "a"}, {"content": "b"}]}).encode()
    assert (
        len(
            Player(rules("{faults: [embeddings_collapse]}"))
            .send("POST", predict, asked)
            .json["predictions"]
        )
        == 1
    )


def test_streams_of_json_arrays_stay_arrays() -> None:
    body = {"contents": [{"parts": [{"text": "tell me a long story"}]}]}

    def rows(fault: Any) -> Answer:
        return Player(rules(json.dumps({"faults": [fault]}))).native("streamGenerateContent", body)

    assert rows({"fault": "error", "at": 3}).json[2]["error"]["code"] == 503
    with pytest.raises(ValueError, match=r"\w"):
        rows("truncate").json  # noqa: B018
    assert isinstance(rows({"fault": "drop", "at": 2}).json, list)


def test_errors_inside_a_stream_have_the_form_of_the_gateway() -> None:
    events = (
        Player(rules("{faults: [{fault: error, at: 2}]}"))
        .chat("hi", stream=True, surface=GATEWAY)
        .text
    )
    error = json.loads(events.split("\n\n")[1].removeprefix("data: "))["error"]
    assert error["type"] == "server_error"


def test_faults_reach_short_replies_too() -> None:
    """What everybody tries first is a short question."""
    for fault in (
        "end",
        {"fault": "cut", "at": "99%"},
        {"fault": "reset", "at": 7},
        {"fault": "error", "at": 3},
    ):

        async def run(fault: Any = fault) -> bytes:
            async with served(rules(json.dumps({"faults": [fault]}))) as server:
                reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
                body = {"stream": True, "messages": [{"role": "user", "content": "Hi"}]}
                writer.write(request(body, "Connection: close"))
                data = b""
                try:
                    while piece := await reader.read(65536):
                        data += piece
                except ConnectionError:
                    pass
                writer.close()
                return data

        assert b"finish_reason" not in asyncio.run(run()), fault


def test_scripted_replies_come_before_recordings(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    save_cassette(
        path,
        [
            recorded(
                "hi",
                b'{"choices": [{"message": {"content": "recorded"}, "index": 0, '
                b'"finish_reason": "stop"}]}',
            )
        ],
    )
    body = json.dumps(
        {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]}
    ).encode()

    async def run(scenario: Any) -> Any:
        async with mockgem(cassette=str(path), on_miss="fail", allow_playback_repeats=True) as url:
            async with aiohttp.ClientSession(headers={"Authorization": "Bearer k"}) as session:
                if scenario:
                    async with session.put(
                        url + "/_mockgem/scenario", json={"scenario": scenario}
                    ) as answer:
                        assert answer.status == 200
                async with session.post(url + GEMINI + "/chat/completions", data=body) as answer:
                    return (await answer.json())["choices"][0]["message"]

    assert asyncio.run(run(None))["content"] == "recorded"
    assert asyncio.run(run({"title": "t", "rules": [{"say": "said"}]}))["content"] == "said"
    assert "content" not in asyncio.run(run({"title": "t", "rules": [{"faults": ["empty"]}]}))
    slow = {"title": "t", "rules": [{"latency": {"first": 0.01}}]}
    assert asyncio.run(run(slow))["content"] == "recorded"


def test_lines_fail_in_every_batch() -> None:
    player = Player("title: t\nresources: {batch_failures: 2}\n")

    def batch() -> list[bool]:
        lines = [
            {"request": {"contents": [{"parts": [{"text": f"line {number}"}]}]}}
            for number in range(3)
        ]
        made = player.native(
            "batchGenerateContent", {"batch": {"inputConfig": {"requests": {"requests": lines}}}}
        ).json
        for _ in range(4):
            found = player.send("GET", f"/v1beta/{made['name']}", b"", KEY).json
        return ["error" in row for row in found["response"]["inlinedResponses"]["inlinedResponses"]]

    assert [batch(), batch()] == [[False, True, False]] * 2


def test_the_journal_survives_streams_that_outlive_their_entries() -> None:
    async def run() -> tuple[int, int, int]:
        async with served(rules("{when: {stream: true}, latency: {first: 0.3}}")) as server:
            async with aiohttp.ClientSession(headers={"Authorization": "Bearer k"}) as session:
                url = server.url + GEMINI + "/chat/completions"
                long = "tell me a long story " * 40
                body = {
                    "model": "gemini-2.5-flash",
                    "stream": True,
                    "messages": [{"role": "user", "content": long}],
                }

                async def ask(one: Any) -> None:
                    async with session.post(url, json=one) as answer:
                        await answer.read()

                streams = [asyncio.create_task(ask(body)) for _ in range(40)]
                await asyncio.sleep(0.1)
                async with session.delete(server.url + "/_mockgem/journal") as answer:
                    assert answer.status == 200
                await asyncio.gather(*streams)
                await ask(body | {"stream": False})
                async with session.get(server.url + "/_mockgem/counters") as answer:
                    found = await answer.json()
                return answer.status, found["kept"], found["bytes"]

    status, kept, size = asyncio.run(run())
    assert (status, kept) == (200, 1)
    assert size < 10_000
    journal = MemoryJournal(max_entries=2, max_bytes=1000)
    player = Player(rules("{fail: 503}"))
    player.world.journal = journal
    player.statuses(3)
    assert journal.count == 3


async def test_many_waiting_journal_requests_do_not_slow_others() -> None:
    async for server in running():
        async with aiohttp.ClientSession() as session:
            urls = [
                f"{server.url}/_mockgem/journal?wait=1s&count=1000&path=*a*e*i*:nothing"
                for _ in range(60)
            ]

            async def look(url: str, session: aiohttp.ClientSession = session) -> int:
                async with session.get(url) as answer:
                    return answer.status

            found = await asyncio.gather(*[look(url) for url in urls])
        assert found.count(200) == 50
        assert found.count(429) == 10


@pytest.mark.parametrize(
    ("name", "text", "limits"),
    [
        ("limit", "0", "1 to 1000"),
        ("limit", "\u00b2", "1 to 1000"),
        ("count", "5000", "1 to 1000"),
        ("after", "\u0663", "0 to 999999999"),
    ],
)
def test_numbers_that_are_not_valid_are_refused(name: str, text: str, limits: str) -> None:
    answer = Asker().send("GET", "/_mockgem/journal", b"", None, {name: text})
    assert answer.status == 400
    assert answer.json == {"error": f"{name} {text!r} is not valid: use a number from {limits}"}


def test_a_referer_that_cannot_be_parsed_counts_as_foreign() -> None:
    for referer in ("http://[x", "http:/evil.com/"):
        answer = Asker().send("GET", "/_mockgem/journal", b"", {"referer": referer})
        assert answer.status == 403
        assert answer.json == {"error": "web pages of another origin may not use the admin API"}


def test_pages_of_other_origins_cannot_select_a_scenario() -> None:
    asker = Asker()
    assert ask(asker, x_mockgem_scenario="overloaded", origin="https://evil.example").status == 200
    assert ask(asker, "/~overloaded", sec_fetch_site="cross-site").status == 404
    assert ask(asker, x_mockgem_scenario="overloaded", origin="http://localhost:5173").status == 503


def test_keys_that_contain_a_tilde_stay_whole() -> None:
    asker = Asker(api_key=("AQ.prefix~verysecrettail", "k"))
    assert ask(asker, authorization="Bearer AQ.prefix~verysecrettail").status == 200
    assert ask(asker, authorization="Bearer k~overloaded").status == 503


def test_the_model_of_the_body_is_found_after_other_models() -> None:
    body = {
        "metadata": {"model": "a~b"},
        "model": "gemini-2.5-flash~overloaded",
        "messages": [{"role": "user", "content": "x"}],
    }
    answer = Asker().send("POST", GATEWAY + "/chat/completions", json.dumps(body).encode())
    assert answer.status == 503


async def test_hostile_sizes_do_not_block_other_requests() -> None:
    """Splitting and searching are linear, and a stream of many pieces lets others in between."""
    scenario = {
        "title": "t",
        "rules": [{"say": {"raw": {"body": "data:" + "\n\n" * 50_000}}, "faults": ["drop"]}],
    }
    async for server in running():
        async with aiohttp.ClientSession(headers=KEY) as session:
            async with session.put(
                server.url + "/_mockgem/scenario", json={"scenario": scenario}
            ) as answer:
                assert answer.status == 200
            url = server.url + "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse"
            began = time.monotonic()
            async with session.post(url, json={"contents": [{"parts": [{"text": "x"}]}]}) as answer:
                await answer.read()
            assert time.monotonic() - began < 60


@pytest.mark.parametrize("scale", [0, 1e-300])
def test_a_tiny_time_scale_removes_waits(scale: float) -> None:
    for name in ("slow-network", "production-weather", "slow-first-token", "stream-stalls"):
        asker = Asker(scenario=name, time_scale=scale)
        assert asyncio.run(add_waits(asker.chat("hi", stream=True))) < 1e-6
    assert asyncio.run(add_waits(Asker(scenario="slow-network").chat("hi", stream=True))) > 0.1


async def add_waits(answer: Answer) -> float:
    """Return the seconds that the frames of an answer wait."""
    assert answer.status == 200
    return sum([frame.delay async for frame in iter_frames(answer.response.body)])


def test_faults_add_no_body_to_responses_without_one() -> None:
    async def run() -> bytes:
        async with served(
            rules("{say: {raw: {status: 204, body: 'HTTP/1.1 299 Evil'}}}")
        ) as server:
            return await server.raw(request(None, "Connection: close"))

    got = asyncio.run(run())
    assert got.startswith(b"HTTP/1.1 204")
    assert got.endswith(b"\r\n\r\n")
    assert b"Evil" not in got


def test_an_upload_has_the_size_that_its_header_announces() -> None:
    async def run() -> list[int]:
        found = []
        async with served(rules("{when: {body_over: 1MiB}, fail: 503}")) as server:
            async with aiohttp.ClientSession(headers=TEXT) as session:
                for size in (100, 2 * 2**20):
                    url = server.url + "/upload/v1beta/files?uploadType=media"
                    async with session.post(url, data=io.BytesIO(b"x" * size)) as answer:
                        found.append(answer.status)
        return found

    assert asyncio.run(run()) == [200, 503]


def test_worlds_can_share_one_run(tmp_path: Path) -> None:
    (tmp_path / "together.yaml").write_text(
        rules("{when: {calls: 1..2}, fail: 503}", count_by="all")
    )
    asker = Asker(scenarios=(str(tmp_path),))
    assert [ask(asker, f"/w/{world}~together").status for world in "abca"] == [503, 503, 200, 200]
