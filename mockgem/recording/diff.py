"""What tells two cassettes apart, and what is wrong with one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from mockgem.core.frozen import frozen
from mockgem.recording.cassette_reader import Cassette
from mockgem.recording.index import strip_path_prefix
from mockgem.recording.interaction import HeaderList, Interaction
from mockgem.recording.matching import (
    RequestMatcher,
    compare_values,
    normalize_body,
    request_of,
    shorten_json,
)
from mockgem.recording.redaction import (
    CREDENTIAL_HEADERS,
    PATTERNS,
    REDACTED,
    Redactor,
    SecretLeak,
    compile_secrets,
    find_credentials,
    hide_keys,
    redact_text,
)


@frozen
class Difference:
    """`what` is "only in the first", "only in the second" or "other answer"; the lines tell where the answers differ."""

    kind: str
    interaction: Interaction
    lines: tuple[str, ...] = ()


def describe_interaction(one: Interaction) -> str:
    """An interaction in one line."""
    return f"{one.method} {hide_keys(urlsplit(one.uri).path)} → {one.status}"


def compare(
    first: Sequence[Interaction], second: Sequence[Interaction], matching: RequestMatcher
) -> Iterator[Difference]:
    """Requests are paired as they would be found, and answers compared, without secrets; equal ones in their order."""
    first, second = (
        [Redactor().redact(one, find_credentials(one)) for one in each] for each in (first, second)
    )
    left = group_by_key(second, matching)
    for one in first:
        others = left.get(key_of(one, matching))
        if not others:
            yield Difference("only in the first", one)
        elif lines := tuple(compare_answers(one, others.pop(0))):
            yield Difference("other answer", one, lines)
    for others in left.values():
        yield from [Difference("only in the second", one) for one in others]


def group_by_key(
    interactions: Sequence[Interaction], matching: RequestMatcher
) -> dict[bytes, list[Interaction]]:
    found: dict[bytes, list[Interaction]] = {}
    for one in interactions:
        found.setdefault(key_of(one, matching), []).append(one)
    return found


def key_of(one: Interaction, matching: RequestMatcher) -> bytes:
    return matching.compute_key(strip_path_prefix(request_of(one)))


def compare_answers(one: Interaction, other: Interaction) -> Iterator[str]:
    """Where two answers to a request differ; what changes with each answer by itself (ids, times) too."""
    if one.status != other.status:
        yield f"status: {one.status}, then {other.status}"
    mine, yours = (
        normalize_body(each.body, each.get_header("content-type")) for each in (one, other)
    )
    for line in compare_values(mine, yours, "body"):
        yield line.replace(": recorded ", ": ").replace(", asked ", ", then ")


def find_problems(cassette: Cassette, redaction: Redactor) -> Iterator[str]:
    """What a reader should know before a cassette is trusted or committed."""
    if cassette.torn_bytes:
        yield f"{cassette.torn_bytes} bytes at its end are of an interaction that was never finished; the others are whole"
    if not cassette.interactions:
        yield "it holds no interactions"
    for number, one in enumerate(cassette.interactions, 1):
        if one.broken:
            yield f"{number}. {describe_interaction(one)}: the answer broke off ({one.broken})"
        if one.chunks and sum(size for _, size in one.chunks) != len(one.body):
            yield f"{number}. {describe_interaction(one)}: its pieces do not make up its body; it is played at once"
        if not 100 <= one.status <= 599:
            yield f"{number}. {describe_interaction(one)}: this is no status"
        try:
            redaction.check(one, ())
        except SecretLeak as leak:
            yield f"{number}. {leak}; mockgem cassette scrub takes it out"


def summarize_interaction(one: Interaction) -> str:
    """What was asked and answered, in a line of a table."""
    kind = f"{len(one.chunks)} pieces" if len(one.chunks) > 1 else "whole"
    asked = normalize_body(Redactor().clean_request(one, find_credentials(one)).request_body, "")
    end = ", broken off" if one.broken else ""
    return f"{describe_interaction(one)}  {len(one.body)} bytes, {kind}{end}  {find_question(asked)}".rstrip()


def find_question(body: object) -> str:
    """The last words of a user, in the forms that have some."""
    if not isinstance(body, dict):
        return ""
    for name in ("messages", "contents"):
        turns = body.get(name)
        if isinstance(turns, list) and turns and isinstance(turns[-1], dict):
            last = turns[-1].get("content", turns[-1].get("parts"))
            return shorten_json(last if isinstance(last, str) else join_text(last))
    return shorten_json(body["input"]) if "input" in body else ""


def join_text(parts: object) -> str:
    if not isinstance(parts, list):
        return ""
    return " ".join(
        str(part["text"]) for part in parts if isinstance(part, dict) and "text" in part
    )


def format_interaction(one: Interaction) -> str:
    """An interaction as it stands, for reading, without what looks like a secret."""
    lines = [f"{one.method} {one.uri}", *header_lines(one.request_headers), ""]
    lines += [
        format_body(one.request_body),
        "",
        f"{one.status} {one.reason}",
        *header_lines(one.headers),
    ]
    if len(one.chunks) > 1:
        lines.append(
            f"({len(one.chunks)} pieces, the first after {one.chunks[0][0]} ms, the last after {one.chunks[-1][0]})"
        )
    return redact_text(
        "\n".join([*lines, "", format_body(one.body)]),
        (*compile_secrets(find_credentials(one)), *PATTERNS),
    )


def header_lines(headers: HeaderList) -> list[str]:
    hidden = (*CREDENTIAL_HEADERS, "cookie", "set-cookie")
    return [f"{name}: {REDACTED if name.lower() in hidden else text}" for name, text in headers]


def format_body(body: bytes) -> str:
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return body.decode("utf-8", "replace")
