"""Costs of requests, and budgets that lead to 429s."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from click.testing import CliRunner

import mockgem
from mockgem.cli import main
from mockgem.config.model_catalog import load_packaged_models
from mockgem.core.content import Usage
from mockgem.dialects.admin.hints import find_waiting_replies
from mockgem.operations.costs.prices import PICODOLLARS, Price, find_price, load_prices
from tests.asking import Asker
from tests.telemetry.scraping import CHAT, GENERATE, HELLO, STREAM, make_chat, post, scrape

MODELS = load_packaged_models()
NOVEMBER, JANUARY = 1_793_500_000, 1_798_800_000
"""Times in November 2026 and in January 2027."""
EMBED = "/v1beta/models/gemini-embedding-001:embedContent"
EMBEDDING = {"content": {"parts": [{"text": "some words to embed"}]}}


async def read_costs(session: aiohttp.ClientSession, url: str, world: str = "") -> Any:
    async with session.get(f"{url}{world}/_mockgem/costs") as response:
        assert response.status == 200, await response.text()
        return await response.json()


def test_every_price_belongs_to_a_model_and_has_evidence() -> None:
    evidence = (Path(__file__).parents[2] / "docs" / "evidence.md").read_text("utf-8")
    for model, prices in load_prices().items():
        assert model in MODELS
        for price in prices:
            assert price.evidence
            assert all(f"`{name}`" in evidence for name in price.evidence)
        assert [price.until for price in prices][-1] == "", "the last price is valid"


def test_a_price_changes_with_the_date() -> None:
    flash = MODELS["gemini-3.8-flash"]
    prices = [find_price(flash, at) for at in (NOVEMBER, JANUARY)]
    assert [price and (price.input, price.output) for price in prices] == [(0.75, 3.75), (1.5, 7.5)]


def test_an_alias_has_the_price_of_its_model_and_others_have_none() -> None:
    assert find_price(MODELS["gemini-pro-latest"], 0) is find_price(
        MODELS["gemini-3.1-pro-preview"], 0
    )
    assert find_price(MODELS["gemini-4-neon"], 0) is None


PRICE = Price(
    2.0, 12.0, audio_input=3.0, long_input=4.0, long_output=18.0, cached=0.5, long_cached=1.0
)
AUDIO = (("TEXT", 400), ("AUDIO", 600))


@pytest.mark.parametrize(
    ("usage", "dollars"),
    [
        (Usage(1000, 500), 1000 * 2.0 + 500 * 12.0),
        (Usage(1000, 500, thoughts=100), 1000 * 2.0 + 600 * 12.0),
        (Usage(1000, 0, cached=400), 600 * 2.0 + 400 * 0.5),
        (Usage(1000, 0, tool_use_prompt=50), 1050 * 2.0),
        (Usage(1000, 0, prompt_modalities=AUDIO), 400 * 2.0 + 600 * 3.0),
        (Usage(200_000, 10), 200_000 * 2.0 + 10 * 12.0),
        (Usage(200_001, 10), 200_001 * 4.0 + 10 * 18.0),
        (Usage(300_000, 0, cached=300_000), 300_000 * 1.0),
    ],
)
def test_a_cost_follows_from_the_kinds_of_tokens(usage: Usage, dollars: float) -> None:
    assert PRICE.compute_cost(usage) == round(dollars * PICODOLLARS / 1e6)
    assert PRICE.compute_cost(usage, 0.5) == round(dollars * PICODOLLARS / 2e6)


async def test_costs_are_in_the_journal_and_added_up_by_model() -> None:
    async with mockgem.aserve(costs=True, metrics=True) as server:
        async with aiohttp.ClientSession() as session:
            _, body, _ = await post(session, server.url + GENERATE, HELLO)
            await post(session, server.url + STREAM + "?alt=sse", HELLO)
            await post(session, server.url + CHAT, make_chat(text="Say hello.", stream=True))
            await post(session, server.url + EMBED, EMBEDDING)
            await post(session, server.url + CHAT, make_chat("gemini-4-neon"))
            await post(session, server.url + CHAT, make_chat("no-such-model"))
            costs = await read_costs(session, server.url)
            metrics = await scrape(session, server.url)
            entries = server.journal()
    usage = json.loads(body)["usageMetadata"]
    output = usage["candidatesTokenCount"] + usage["thoughtsTokenCount"]
    one = (usage["promptTokenCount"] * 0.3 + output * 2.5) / 1e6
    assert [entry.get("cost_usd", "none") for entry in entries] == [
        *[pytest.approx(one)] * 3,
        entries[3]["cost_usd"],
        None,
        "none",
    ]
    flash, embedding = costs["models"]
    assert flash == {
        "model": "gemini-2.5-flash",
        "requests": 3,
        "input_tokens": 3 * usage["promptTokenCount"],
        "cached_tokens": 0,
        "output_tokens": 3 * output,
        "usd": pytest.approx(3 * one),
    }
    assert embedding["model"] == "gemini-embedding-001"
    assert embedding["usd"] == pytest.approx(embedding["input_tokens"] * 0.15 / 1e6)
    assert [(row["model"], row["requests"]) for row in costs["unpriced"]] == [("gemini-4-neon", 1)]
    assert costs["usd"] == pytest.approx(flash["usd"] + embedding["usd"])
    assert (costs["budget"], costs["left"]) == (None, None)
    assert metrics.sum("mockgem_cost_usd_total") == pytest.approx(costs["usd"])


async def test_worlds_pay_for_themselves_and_a_stored_total_stays(tmp_path: Path) -> None:
    for expected in (1, 2):
        async with mockgem.aserve(costs=True, state=str(tmp_path)) as server:
            async with aiohttp.ClientSession() as session:
                await post(session, server.url + "/w/a" + CHAT, make_chat())
                costs = await read_costs(session, server.url, "/w/a")
                assert [row["requests"] for row in costs["models"]] == [expected]
                assert (await read_costs(session, server.url))["models"] == []


async def test_without_the_option_nothing_is_estimated() -> None:
    async with mockgem.aserve() as server, aiohttp.ClientSession() as session:
        await post(session, server.url + CHAT, make_chat())
        async with session.get(f"{server.url}/_mockgem/costs") as response:
            assert response.status == 404
        assert "cost_usd" not in server.journal()[0]


CAP = (
    "Your project has exceeded its monthly spending cap. Please go to AI Studio at "
    "https://ai.studio/spend to manage your project spend cap."
)


async def test_a_budget_turns_further_calls_into_google_s_429() -> None:
    async with mockgem.aserve(budget=0.000_000_1) as server, aiohttp.ClientSession() as session:
        status, _, _ = await post(session, server.url + GENERATE, HELLO)
        assert status == 200, "a request is charged when it has ended"
        status, body, _ = await post(session, server.url + GENERATE, HELLO)
        assert (status, json.loads(body)) == (
            429,
            {"error": {"code": 429, "message": CAP, "status": "RESOURCE_EXHAUSTED"}},
        )
        status, body, _ = await post(session, server.url + CHAT, make_chat())
        assert (status, json.loads(body)) == (
            429,
            [{"error": {"code": 429, "message": CAP, "status": "RESOURCE_EXHAUSTED"}}],
        )
        status, body, _ = await post(session, server.url + "/v1/chat/completions", make_chat())
        assert (status, json.loads(body)["error"]["code"]) == (429, 429)
        assert CAP in json.loads(body)["error"]["message"]
        async with session.get(f"{server.url}/v1beta/files", headers={"x-goog-api-key": "k"}) as r:
            assert r.status == 200, "only models cost something"
        status, _, _ = await post(session, server.url + "/w/other" + GENERATE, HELLO)
        assert status == 200, "another world has its own budget"
        assert [entry["source"] for entry in server.journal()][:4] == ["engine", *["budget"] * 3]
        costs = await read_costs(session, server.url)
        assert (costs["budget"], costs["left"]) == (1e-7, 0.0)
        async with session.delete(f"{server.url}/_mockgem/costs") as response:
            assert response.status == 200
        status, _, _ = await post(session, server.url + GENERATE, HELLO)
        assert status == 200, "the budget is whole again"


async def test_a_wrong_key_is_refused_before_the_budget_is_looked_at() -> None:
    async with mockgem.aserve(budget=0.000_000_1) as server, aiohttp.ClientSession() as session:
        await post(session, server.url + GENERATE, HELLO)
        async with session.post(server.url + CHAT, json=make_chat()) as response:
            assert response.status == 400


async def test_a_budget_counts_replies_of_scenarios_and_of_recordings(tmp_path: Path) -> None:
    cassette = str(tmp_path / "cassette.yaml")
    async with mockgem.aserve() as real, aiohttp.ClientSession() as session:
        recording: dict[str, Any] = {"cassette": cassette, "record_mode": "once"}
        async with mockgem.aserve(**recording, upstream=real.url) as server:
            await post(session, server.url + GENERATE, HELLO)
        async with mockgem.aserve(cassette=cassette, budget=1e-7) as server:
            statuses = [(await post(session, server.url + GENERATE, HELLO))[0] for _ in range(2)]
    assert statuses == [200, 429]


async def test_a_scenario_can_send_the_error_by_name() -> None:
    async with mockgem.aserve() as server, aiohttp.ClientSession() as session:
        server.fail("spending-cap-exceeded")
        _, body, _ = await post(session, server.url + GENERATE, HELLO)
    assert json.loads(body)["error"]["message"] == CAP


def test_the_command_shows_a_table_and_clears_the_costs() -> None:
    with mockgem.serve(budget=5.0) as server:

        def run(*arguments: str) -> str:
            return CliRunner().invoke(main, ["costs", *arguments, "--url", server.url]).output

        assert run().splitlines()[-1] == (
            "Total: 0.000000 US dollars of a budget of 5; 5.000000 are left."
        )
        import urllib.request

        for model in ("gemini-2.5-flash", "gemini-4-neon"):
            request = urllib.request.Request(
                server.url + CHAT,
                json.dumps(make_chat(model)).encode(),
                {"Authorization": "Bearer k", "Content-Type": "application/json"},
            )
            with urllib.request.urlopen(request, timeout=60):
                pass
        heading, flash, neon, _, total = run().splitlines()
        assert heading.split() == ["MODEL", "REQUESTS", "INPUT", "CACHED", "OUTPUT", "USD"]
        assert flash.split()[:2] == ["gemini-2.5-flash", "1"]
        assert (neon.split()[0], neon.split()[-1]) == ("gemini-4-neon", "?")
        assert "are not known" in total
        assert json.loads(run("--json"))["models"][0]["requests"] == 1
        assert run("--clear") == "The costs are forgotten.\n"
        assert json.loads(run("--json"))["models"] == []


def test_costs_do_not_hide_the_hint_about_replies_that_wait_elsewhere() -> None:
    hints = []
    for options in ({}, {"costs": True}):
        asker = Asker(**options)
        rule = json.dumps({"rule": {"say": "Hello"}}).encode()
        kind = {"content-type": "application/json"}
        assert asker.send("POST", "/w/waits/_mockgem/rules", rule, kind).status == 200
        asker.chat("hi")
        entries = asyncio.run(asker.world.journal.list_entries())
        hints.append(find_waiting_replies(entries, asker.worlds.list_all()))
    assert hints[0] == hints[1] != ""


async def test_a_line_of_a_batch_costs_half() -> None:
    async with mockgem.aserve(costs=True) as server, aiohttp.ClientSession() as session:
        await post(session, server.url + GENERATE, HELLO)
        single = (await read_costs(session, server.url))["usd"]
        batch = {"batch": {"inputConfig": {"requests": {"requests": [{"request": HELLO}]}}}}
        path = "/v1beta/models/gemini-2.5-flash:batchGenerateContent"
        status, body, _ = await post(session, server.url + path, batch)
        assert status == 200, body
        name = json.loads(body)["name"]
        for _ in range(20):
            async with session.get(
                f"{server.url}/v1beta/{name}", headers={"x-goog-api-key": "k"}
            ) as response:
                if (await response.json()).get("done"):
                    break
        both = (await read_costs(session, server.url))["usd"]
    assert both == pytest.approx(single * 1.5)
