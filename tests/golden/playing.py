"""Play a sequence against a server and show what it answered."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import mockgem
from tests.golden.client import Response, exchange
from tests.golden.corpus import Sequence, Step, read_media
from tests.golden.rendering import render_answer

HOST = "localhost:8090"
"""The Host header of all requests: answers hold links with it, so it must not depend on the
port."""
PLACE = re.compile(r"\$\{([^}]+)}")


class Servers:
    """Servers in threads, one for each kind of settings, started when they are needed."""

    def __init__(self, stack: ExitStack) -> None:
        self.stack = stack
        self.addresses: dict[str, tuple[str, int]] = {}
        self.played: set[tuple[str, str]] = set()

    def address_for(self, sequence: Sequence) -> tuple[str, int]:
        """Return host and port of a server that has not played this sequence yet."""
        settings = repr(sorted(sequence.settings.items())) + (
            "" if sequence.world else sequence.group
        )
        played = (settings, sequence.world or sequence.name)
        if settings not in self.addresses or played in self.played:
            self.addresses[settings] = self.start(sequence.settings)
            self.played = {one for one in self.played if one[0] != settings}
        self.played.add(played)
        return self.addresses[settings]

    def start(self, settings: Mapping[str, Any]) -> tuple[str, int]:
        server = self.stack.enter_context(mockgem.serve(**{"worlds": 4096, **settings}))
        return address_of(server.url)


def address_of(url: str) -> tuple[str, int]:
    found = urlsplit(url)
    assert found.hostname
    assert found.port
    return found.hostname, found.port


@contextmanager
def open_servers() -> Iterator[Servers]:
    with ExitStack() as stack:
        yield Servers(stack)


def play(sequence: Sequence, address: tuple[str, int]) -> str:
    """Send the requests of a sequence one after the other. Return the answers as text."""
    answers: dict[str, Response] = {}
    texts = []
    for step in sequence.steps:
        filled = fill_step(step, answers)
        target = target_of(filled.path, sequence.world)
        request = filled.wire.encode("latin-1") if filled.wire else build_request(filled, target)
        response = exchange(*address, request, method=filled.method, to_end=filled.to_end)
        answers[step.name] = response
        texts.append(
            render_answer(step, f"{filled.method} {target}" if not filled.wire else "", response)
        )
    return "\n".join(texts)


def fill_step(step: Step, answers: Mapping[str, Response]) -> Step:
    """Return a step with the values of former answers in its places: `${NAME.file.uri}`,
    `${media:dot.png}`."""
    return replace(
        step,
        path=fill(step.path, answers),
        headers=fill(step.headers, answers),
        json=fill(step.json, answers),
        body=fill_bytes(step.body, answers),
        wire=fill(step.wire, answers),
    )


def fill(value: Any, answers: Mapping[str, Response]) -> Any:
    match value:
        case str():
            return PLACE.sub(lambda found: look_up(found[1], answers), value)
        case Mapping():
            return {key: fill(one, answers) for key, one in value.items()}
        case list():
            return [fill(one, answers) for one in value]
        case _:
            return value


def fill_bytes(body: bytes | None, answers: Mapping[str, Response]) -> bytes | None:
    if body is None or b"${" not in body:
        return body
    return str(fill(body.decode(), answers)).encode()


def look_up(place: str, answers: Mapping[str, Response]) -> str:
    kind, _, rest = place.partition(":")
    if kind == "media":
        return base64.b64encode(read_media(rest)).decode()
    if kind == "many":
        times, _, word = rest.partition(" ")
        return word * int(times)
    name, _, path = place.partition(".")
    if path.startswith("header."):
        return answers[name].header(path.removeprefix("header."))
    try:
        found: Any = json.loads(answers[name].body)
        for key in path.split("."):
            found = found[int(key)] if isinstance(found, list) else found[key]
    except (ValueError, LookupError):
        return f"nothing-at-{place}"  # the diff of that answer says more than an exception here
    return str(found)


def target_of(path: str, world: str) -> str:
    """Return the path to ask for: in the sequence's world, unless it is a link or names a world
    itself."""
    if path.startswith("http"):
        found = urlsplit(path)
        return found.path + (f"?{found.query}" if found.query else "")
    if not world or path.startswith(("/w/", "*")):
        return path
    return f"/w/{world}{path}"


def build_request(step: Step, target: str) -> bytes:
    body = (
        json.dumps(step.json, ensure_ascii=False).encode() if step.json is not None else step.body
    )
    headers = {"Host": HOST} | dict(step.headers)
    if body is not None and step.gzip:
        body = gzip.compress(body, mtime=0)
        headers["Content-Encoding"] = "gzip"
    if step.json is not None and not any(name.lower() == "content-type" for name in headers):
        headers["Content-Type"] = "application/json"
    if body is not None and "Transfer-Encoding" not in headers:
        headers["Content-Length"] = str(len(body))
    lines = [
        f"{step.method} {target} HTTP/1.1",
        *(f"{name}: {value}" for name, value in headers.items() if value != "none"),
    ]
    return "\r\n".join([*lines, "", ""]).encode() + (body or b"")
