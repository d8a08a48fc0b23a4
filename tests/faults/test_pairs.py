"""Every pair of faults, once on each kind of answer: no internal error, no hang, no flood."""

from __future__ import annotations

import asyncio
import itertools
import json
from typing import Any

import pytest

from mockgem.app.factory import create_app
from mockgem.config.settings import Settings
from mockgem.core.http import ConnectionDropped, WireRequest, iter_frames
from mockgem.faults.registry import all_faults, get_fault
from mockgem.scenarios.loader import validate_scenario

NAMES = list(all_faults())
PAIRS = list(itertools.combinations(NAMES, 2))
MAX_FRAMES = 100_000
"""`split` makes up to 10,000 writes of an event."""
SMALL = {"big_event": {"size": 30_000}, "merge": {"times": 2}}
OPENAI = {
    "model": "gemini-2.5-flash",
    "messages": [{"role": "user", "content": "Explain to me how AI works"}],
}
NATIVE = {"contents": [{"role": "user", "parts": [{"text": "Explain to me how AI works"}]}]}
SPEECH = {"model": "gemini-2.5-flash-preview-tts", "input": "hello", "voice": "Kore"}
KINDS: dict[str, tuple[str, Any]] = {
    "whole": ("/v1beta/openai/chat/completions", OPENAI),
    "stream": ("/v1beta/openai/chat/completions", OPENAI | {"stream": True}),
    "array": ("/v1beta/models/gemini-2.5-flash:streamGenerateContent", NATIVE),
    "binary": ("/v1/audio/speech", SPEECH),
}


def scenario_of(names: tuple[str, ...]) -> Any:
    faults = [{"fault": name, **SMALL.get(name, {})} for name in names]
    return validate_scenario(
        {"title": "pair", "rules": [{"faults": faults, "headers": {"x": "y"}}]}, "pair"
    )


async def ask(door: Any, kind: str, scenario: str) -> tuple[int, bytes, str]:
    """Return the status, the bytes without waits, and how the connection ended."""
    path, body = KINDS[kind]
    key = {"x-goog-api-key": "k"} if kind == "array" else {"authorization": "Bearer k"}
    headers = {"x-mockgem-scenario": scenario, "content-type": "application/json", **key}
    response = await door(WireRequest("POST", path, {}, headers, json.dumps(body).encode()))
    pieces, end = [], "whole"
    try:
        async for frame in iter_frames(response.body):
            pieces.append(frame.data)
            assert len(pieces) < MAX_FRAMES, scenario
    except ConnectionDropped as drop:
        end = drop.mode
    return response.status, b"".join(pieces), end


async def run_pairs(kind: str, pairs: list[tuple[str, ...]]) -> dict[tuple[str, ...], Any]:
    app = create_app(Settings())
    library = app.scenario_manager.get_runner().library
    found = {}
    for pair in pairs:
        library.add("pair", scenario_of(pair))
        app.worlds.default.scenario_runs.clear()
        found[pair] = await asyncio.wait_for(ask(app.handler, kind, "pair"), 60)
    return found


def is_harmless(pair: tuple[str, ...]) -> bool:
    return all(get_fault(name).harmless for name in pair)


def check_answers(
    kind: str, found: dict[tuple[str, ...], Any], usual: tuple[int, bytes, str]
) -> None:
    assert usual[0] == 200
    assert {pair: answer[0] for pair, answer in found.items() if answer[0] != 200} == {}
    for pair, (_, body, end) in found.items():
        if is_harmless(pair):
            assert end in ("whole", "half"), pair
        if is_harmless(pair) and kind == "array":
            assert len(json.loads(body)) == len(json.loads(usual[1])), pair
        if is_harmless(pair) and kind == "whole":
            assert json.loads(body).keys() == json.loads(usual[1]).keys(), pair
        if is_harmless(pair) and kind == "binary":
            assert body == usual[1], pair


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
async def test_every_pair_of_faults_on_every_kind_of_answer(kind: str) -> None:
    assert len(PAIRS) == len(NAMES) * (len(NAMES) - 1) // 2 >= 1830
    usual = await run_pairs(kind, [()])
    check_answers(kind, await run_pairs(kind, [*PAIRS]), usual[()])


@pytest.mark.parametrize("kind", KINDS)
async def test_every_fault_beside_two_of_the_delivery(kind: str) -> None:
    beside = ("split", "cut")
    pairs = [pair for pair in PAIRS if {*pair} & {*beside}]
    usual = await run_pairs(kind, [()])
    check_answers(kind, await run_pairs(kind, pairs), usual[()])
