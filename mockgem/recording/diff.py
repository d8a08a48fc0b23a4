"""What tells two cassettes apart, and what is wrong with one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from mockgem.core.frozen import value
from mockgem.recording.cassette_reader import Cassette
from mockgem.recording.index import at_version
from mockgem.recording.interaction import Interaction, Pairs
from mockgem.recording.matching import Matching, asked_in, body_of, compared, shown
from mockgem.recording.redaction import (
    CREDENTIALS,
    PATTERNS,
    STAND_IN,
    Leak,
    Redaction,
    credentials_in,
    hide_keys,
    literals,
    substituted,
)


@value
class Difference:
    """`what` is "only in the first", "only in the second" or "other answer"; the lines tell where the answers differ."""

    what: str
    interaction: Interaction
    lines: tuple[str, ...] = ()


def told(one: Interaction) -> str:
    """An interaction in one line."""
    return f"{one.method} {hide_keys(urlsplit(one.uri).path)} → {one.status}"


def compare(first: Sequence[Interaction], second: Sequence[Interaction], matching: Matching) -> Iterator[Difference]:
    """Requests are paired as they would be found, and answers compared, without secrets; equal ones in their order."""
    first, second = ([Redaction().cleaned(one, credentials_in(one)) for one in each] for each in (first, second))
    left = by_key(second, matching)
    for one in first:
        others = left.get(key_of(one, matching))
        if not others:
            yield Difference("only in the first", one)
        elif lines := tuple(differing(one, others.pop(0))):
            yield Difference("other answer", one, lines)
    for others in left.values():
        yield from [Difference("only in the second", one) for one in others]


def by_key(interactions: Sequence[Interaction], matching: Matching) -> dict[bytes, list[Interaction]]:
    found: dict[bytes, list[Interaction]] = {}
    for one in interactions:
        found.setdefault(key_of(one, matching), []).append(one)
    return found


def key_of(one: Interaction, matching: Matching) -> bytes:
    return matching.key(at_version(asked_in(one)))


def differing(one: Interaction, other: Interaction) -> Iterator[str]:
    """Where two answers to a request differ; what changes with each answer by itself (ids, times) too."""
    if one.status != other.status:
        yield f"status: {one.status}, then {other.status}"
    mine, yours = (body_of(each.body, each.header("content-type")) for each in (one, other))
    for line in compared(mine, yours, "body"):
        yield line.replace(": recorded ", ": ").replace(", asked ", ", then ")


def problems(cassette: Cassette, redaction: Redaction) -> Iterator[str]:
    """What a reader should know before a cassette is trusted or committed."""
    if cassette.torn:
        yield f"{cassette.torn} bytes at its end are of an interaction that was never finished; the others are whole"
    if not cassette.interactions:
        yield "it holds no interactions"
    for number, one in enumerate(cassette.interactions, 1):
        if one.broken:
            yield f"{number}. {told(one)}: the answer broke off ({one.broken})"
        if one.chunks and sum(size for _, size in one.chunks) != len(one.body):
            yield f"{number}. {told(one)}: its pieces do not make up its body; it is played at once"
        if not 100 <= one.status <= 599:
            yield f"{number}. {told(one)}: this is no status"
        try:
            redaction.check(one, ())
        except Leak as leak:
            yield f"{number}. {leak}; mockgem cassette scrub takes it out"


def summary(one: Interaction) -> str:
    """What was asked and answered, in a line of a table."""
    kind = f"{len(one.chunks)} pieces" if len(one.chunks) > 1 else "whole"
    asked = body_of(Redaction().clean_request(one, credentials_in(one)).request_body, "")
    return (
        f"{told(one)}  {len(one.body)} bytes, {kind}{', broken off' if one.broken else ''}  {question_in(asked)}".rstrip()
    )


def question_in(body: object) -> str:
    """The last words of a user, in the forms that have some."""
    if not isinstance(body, dict):
        return ""
    for name in ("messages", "contents"):
        turns = body.get(name)
        if isinstance(turns, list) and turns and isinstance(turns[-1], dict):
            last = turns[-1].get("content", turns[-1].get("parts"))
            return shown(last if isinstance(last, str) else text_in(last))
    return shown(body["input"]) if "input" in body else ""


def text_in(parts: object) -> str:
    if not isinstance(parts, list):
        return ""
    return " ".join(str(part["text"]) for part in parts if isinstance(part, dict) and "text" in part)


def in_full(one: Interaction) -> str:
    """An interaction as it stands, for reading, without what looks like a secret."""
    lines = [f"{one.method} {one.uri}", *header_lines(one.request_headers), ""]
    lines += [
        pretty(one.request_body),
        "",
        f"{one.status} {one.reason}",
        *header_lines(one.headers),
    ]
    if len(one.chunks) > 1:
        lines.append(
            f"({len(one.chunks)} pieces, the first after {one.chunks[0][0]} ms, the last after {one.chunks[-1][0]})"
        )
    return substituted("\n".join([*lines, "", pretty(one.body)]), (*literals(credentials_in(one)), *PATTERNS))


def header_lines(headers: Pairs) -> list[str]:
    hidden = (*CREDENTIALS, "cookie", "set-cookie")
    return [f"{name}: {STAND_IN if name.lower() in hidden else text}" for name, text in headers]


def pretty(body: bytes) -> str:
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return body.decode("utf-8", "replace")
