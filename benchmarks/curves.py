"""Measure how the work for a request grows: with rules, the journal, a cassette, messages, fields."""

from __future__ import annotations

import json
import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import load
from processes import Process, start_command, start_mockgem
from workloads import CHAT, MODEL, make_chat

ROUNDS, TOTAL = 3, 1500
QUESTION = "Explain to me how the tides work"
Body = dict[str, Any]


@dataclass(frozen=True)
class Curve:
    """What grows, and microseconds of processor time for a request at each size."""

    title: str
    points: Sequence[tuple[int, float]]


def measure_curves() -> Iterator[Curve]:
    yield Curve("rules of a scenario that never match", list(measure_rules()))
    yield Curve("entries that the journal returns", list(measure_journal()))
    yield Curve("interactions of a cassette that is replayed", list(measure_cassettes()))
    yield Curve("messages of a new conversation", list(measure_new(build_conversation, 1, 10, 100)))
    yield Curve(
        "fields of a schema, new question", list(measure_new(build_schema_chat, 5, 50, 200))
    )


def measure(server: Process, make: Callable[[], bytes], total: int = TOTAL) -> float:
    """Return microseconds of processor time, the median of some rounds."""
    load.drive(server.port, make, 16, max(total // 10, 16))
    times = []
    for _ in range(ROUNDS):
        before = server.cpu()
        load.drive(server.port, make, 16, total)
        times.append((server.cpu() - before) / total * 1e6)
    return statistics.median(times)


def build_request(path: str, body: Body) -> bytes:
    return load.build_request(path, json.dumps(body).encode())


def measure_rules() -> Iterator[tuple[int, float]]:
    sent = build_request(CHAT, make_chat(QUESTION))
    for number in (0, 1, 50, 200):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "rules.yaml"
            rules = [f"- {{when: {{text: 'question {at}'}}, say: Never}}" for at in range(number)]
            path.write_text("\n".join(["title: Rules", "rules:", *rules]))
            server = start_mockgem(*(["--scenario", str(path)] if number else []))
            yield number, measure(server, lambda: sent)
            server.stop()


def measure_journal() -> Iterator[tuple[int, float]]:
    server = start_mockgem()
    numbers = count()
    load.drive(server.port, lambda: build_request(CHAT, make_chat(f"{next(numbers)}")), 16, 1000)
    for limit in (10, 100, 1000):
        path = f"/_mockgem/journal?limit={limit}"
        sent = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
        yield limit, measure(server, lambda sent=sent: sent, 48)  # type: ignore[misc]
    server.stop()


def measure_cassettes() -> Iterator[tuple[int, float]]:
    for number in (70, 700, 7000):
        with tempfile.TemporaryDirectory() as folder:
            cassette = ("--cassette", str(Path(folder) / "chats.yaml"))
            record(cassette, number)
            server = start_command("replay", *cassette, "--allow-playback-repeats")
            asked = count()
            yield number, measure(server, lambda: ask(next(asked) % number))  # noqa: B023
            server.stop()


def ask(number: int) -> bytes:
    return build_request(CHAT, make_chat(f"{QUESTION}, number {number}"))


def record(cassette: tuple[str, str], number: int) -> None:
    upstream = start_mockgem()
    base = f"http://127.0.0.1:{upstream.port}"
    recorder = start_command("record", *cassette, "--upstream", base)
    asked = count()
    load.drive(recorder.port, lambda: ask(next(asked)), 16, number)
    recorder.stop()
    upstream.stop()


def measure_new(build: Callable[[int, int], Body], *sizes: int) -> Iterator[tuple[int, float]]:
    server = start_mockgem()
    asked = count()
    for size in sizes:
        make = lambda size=size: build_request(CHAT, build(size, next(asked)))  # noqa: E731
        yield size, measure(server, make, TOTAL // 3)  # type: ignore[arg-type]
    server.stop()


def build_conversation(size: int, number: int) -> Body:
    messages = [
        {"role": "assistant" if at % 2 else "user", "content": f"Message {at} about the sea."}
        for at in range(size - 1 - (size - 1) % 2)
    ]
    last = {"role": "user", "content": f"{QUESTION}, number {number}"}
    return {"model": MODEL, "messages": [*messages, last]}


def build_schema_chat(size: int, number: int) -> Body:
    kinds = ("string", "integer", "boolean", "number")
    fields = {f"field_{at}": {"type": kinds[at % 4]} for at in range(size)}
    schema = {"type": "object", "properties": fields, "required": list(fields)}
    shape = {"type": "json_schema", "json_schema": {"name": "wide", "schema": schema}}
    return make_chat(f"Invent a record, number {number}.", response_format=shape)


def format_curve(curve: Curve) -> str:
    points = "; ".join(f"{size:,}: {time:,.0f} µs" for size, time in curve.points)
    return f"| {curve.title} | {points} |"


def format_table(curves: Sequence[Curve]) -> str:
    return "\n".join(
        ["| what grows | processor time of a request |", "|---|---|", *map(format_curve, curves)]
    )
