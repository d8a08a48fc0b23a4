"""Verdicts on twelve clients in twenty scenarios, compared with a table of the right ones."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp

from mockgem.app.factory import create_app
from mockgem.config.settings import Settings
from mockgem.scenarios.loader import parse_scenario
from mockgem.server.http import Server
from mockgem.server.limits import ServerLimits
from tests.scenarios.playing import rules
from tests.scenarios.scripted_clients import CLIENTS, Link

SCENARIOS = {
    "two-429": "{when: {calls: 1..2}, fail: {error: 429, retry_delay: 5s}}"
    " expect: {attempts: 3, waits: told, final: success}",
    "one-503": "{when: {calls: 1}, fail: 503} expect: {attempts: 2.., final: success}",
    "same-request": "{when: {calls: 1}, fail: 503} expect: {same_request: true}",
    "day-is-over": "{fail: rate-limit-rpd-free} expect: {no_retry: true, final: error}",
    "invalid": "{fail: 400} expect: {no_retry: true, final: error}",
    "forbidden": "{fail: 403} expect: {no_retry: true, final: error}",
    "always-503": "{fail: 503} expect: {attempts: 1..5, final: error}",
    "reset": "{when: {calls: 1}, faults: [reset]} expect: {attempts: 2, final: success}",
    "cut": "{when: {calls: 1}, faults: [cut]} expect: {noticed: true, final: success}",
    "clean-end": "{when: {calls: 1}, faults: [end]} expect: {noticed: true, final: success}",
    "stream-error": "{when: {calls: 1}, faults: [error]} expect: {noticed: true, final: success}",
    "extra-done": "{faults: [extra_done], latency: {between: 0.06}}"
    " expect: {attempts: 1, final: success}",
    "comments": "{faults: [{fault: comment, times: 3}], latency: {between: 0.06}}"
    " expect: {attempts: 1, final: success}",
    "big": "{faults: [{fault: big_event, size: 20000}, {fault: split, size: 50}],"
    " latency: {between: 0.06}}"
    " expect: {no_retry: true, final: success}",
    "spelling": "{faults: [crlf, bom, no_space]} expect: {attempts: 1, final: success}",
    "no-done": "{faults: [no_done]} expect: {attempts: 1, final: success}",
    "short-stall": "{faults: [{fault: stall, for: 0.3}]} expect: {no_retry: true, final: success}",
    "half-close": "{faults: [half_close]} expect: {attempts: 1, final: success}",
    "one-at-a-time": "{latency: {first: 0.1}} expect: {concurrent_at_most: 1, final: success}",
    "nothing": "{headers: {x: y}} expect: {attempts: 1, final: success}",
}

# A client that leaves after mockgem has sent everything cannot be told from one that read it all.
RIGHT = """
                once  at-once  forever  polite  ignores  refusals  early  leaves  resumes  hedges  byte  done
two-429         no    no       yes      yes     no       yes       no     no      yes      no      yes   yes
one-503         no    yes      yes      yes     yes      yes       yes    no      yes      yes     yes   yes
same-request    yes   yes      yes      yes     yes      yes       yes    yes     yes      yes     no    yes
day-is-over     yes   no       no       no      no       no        no     yes     no       yes     no    no
invalid         yes   yes      yes      yes     yes      no        yes    yes     yes      yes     no    yes
forbidden       yes   yes      yes      yes     yes      no        yes    yes     yes      yes     no    yes
always-503      yes   yes      no       yes     yes      yes       yes    yes     yes      yes     yes   yes
reset           no    yes      yes      yes     yes      yes       yes    no      yes      yes     yes   yes
cut             no    yes      yes      yes     yes      yes       yes    no      yes      no      yes   yes
clean-end       no    yes      yes      yes     yes      yes       yes    no      yes      no      yes   yes
stream-error    no    yes      yes      yes     yes      yes       yes    no      yes      no      yes   yes
extra-done      yes   yes      yes      yes     yes      yes       yes    no      yes      no      yes   yes
comments        yes   yes      yes      yes     yes      yes       yes    no      yes      no      yes   yes
big             yes   yes      yes      yes     yes      yes       yes    no      yes      yes     yes   yes
spelling        yes   yes      yes      yes     yes      yes       yes    yes     yes      no      yes   yes
no-done         yes   yes      yes      yes     yes      yes       yes    yes     yes      no      yes   yes
short-stall     yes   yes      yes      yes     yes      yes       yes    no      yes      yes     yes   yes
half-close      yes   yes      yes      yes     yes      yes       yes    yes     yes      no      yes   yes
one-at-a-time   yes   yes      yes      yes     yes      yes       yes    yes     yes      no      yes   yes
nothing         yes   yes      yes      yes     yes      yes       yes    yes     yes      no      yes   yes
"""  # noqa: E501


async def judge_all() -> dict[tuple[str, str], Any]:
    """Run every client in every scenario, each pair in its own world, a few at a time."""
    app = create_app(Settings())
    library = app.scenario_manager.get_runner().library
    for name, text in SCENARIOS.items():
        rule, _, expect = text.partition(" expect: ")
        library.add(name, parse_scenario(rules(rule) + f"expect: {expect}\n"))
    server = Server(
        app.handler, limits=ServerLimits(max_connections=1000), clock=app.worlds.default.clock
    )
    port = await server.start("127.0.0.1", 0)
    turns = asyncio.Semaphore(12)
    headers = {"Authorization": "Bearer any-key"}
    found: dict[tuple[str, str], Any] = {}

    async def judge(scenario: str, client: str, number: int) -> None:
        connector = aiohttp.TCPConnector(force_close=True)
        async with turns, aiohttp.ClientSession(headers=headers, connector=connector) as session:
            link = Link(f"http://127.0.0.1:{port}", f"c{number}", scenario, session)
            await CLIENTS[client](link)
            found[scenario, client] = await link.verdict()

    pairs = [(scenario, client) for scenario in SCENARIOS for client in CLIENTS]
    try:
        await asyncio.gather(*[judge(*pair, number) for number, pair in enumerate(pairs)])
    finally:
        await server.stop(0.2)
    return found


def read_table(text: str) -> dict[tuple[str, str], bool]:
    """Return for each scenario and client whether the client passes."""
    head, *lines = [line.split() for line in text.strip().splitlines()]
    clients = [name.replace("-", " ") for name in head]
    return {
        (line[0], client): word == "yes"
        for line in lines
        for client, word in zip(clients, line[1:], strict=True)
    }


def test_twelve_clients_in_twenty_scenarios_get_the_right_verdicts() -> None:
    verdicts = asyncio.run(judge_all())
    expected = read_table(RIGHT)
    assert len(expected) == len(verdicts) == 240
    wrong = {
        " ".join(pair): [
            [check["check"], check["expected"], check["found"]]
            for check in verdict["checks"]
            if not check["ok"]
        ]
        + [[call["status"], call["outcome"]] for call in verdict["calls"]]
        for pair, verdict in verdicts.items()
        if verdict["pass"] is not expected[pair]
    }
    assert not wrong, "\n".join(f"{pair}: {found}" for pair, found in wrong.items())
