"""Compare two cassettes, find problems in one, and show what is in it."""

from __future__ import annotations

import json
import re
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
from mockgem.recording.redaction import Redactor, SecretLeak, build_finder, find_credentials
from mockgem.recording.socket_drift import find_exact_changes
from mockgem.recording.socket_messages import SIDES, RecordedMessage, find_close, parse_message
from mockgem.redaction.finder import hide_secrets
from mockgem.redaction.names import is_secret_header
from mockgem.redaction.values import REDACTED

LONG_BASE64 = re.compile(r'"([A-Za-z0-9+/_-]{64})[A-Za-z0-9+/_=-]{192,}"')
"""Audio and pictures: the beginning is enough to recognize them."""


@frozen
class Difference:
    """An interaction that only one cassette has, or whose response differs, and where.

    `kind` is "only in the first", "only in the second" or "other answer".
    """

    kind: str
    interaction: Interaction
    lines: tuple[str, ...] = ()


def describe_interaction(interaction: Interaction) -> str:
    """Return an interaction in one line."""
    path = hide_secrets(urlsplit(interaction.uri).path)
    return f"{interaction.method} {path} → {interaction.status}"


def compare(
    first: Sequence[Interaction], second: Sequence[Interaction], matching: RequestMatcher
) -> Iterator[Difference]:
    """Yield the differences between two cassettes, without secrets.

    Requests are paired as a replay would find them; equal ones in their order.
    """
    first, second = (
        [Redactor().redact(one) for one in interactions] for interactions in (first, second)
    )
    unpaired = group_by_key(second, matching)
    for interaction in first:
        others = unpaired.get(key_of(interaction, matching))
        if not others:
            yield Difference("only in the first", interaction)
        elif lines := tuple(compare_answers(interaction, others.pop(0))):
            yield Difference("other answer", interaction, lines)
    for others in unpaired.values():
        yield from [Difference("only in the second", one) for one in others]


def group_by_key(
    interactions: Sequence[Interaction], matching: RequestMatcher
) -> dict[bytes, list[Interaction]]:
    """Return interactions by the key of their request."""
    groups: dict[bytes, list[Interaction]] = {}
    for interaction in interactions:
        groups.setdefault(key_of(interaction, matching), []).append(interaction)
    return groups


def key_of(interaction: Interaction, matching: RequestMatcher) -> bytes:
    """Return the key of an interaction's request."""
    return matching.compute_key(strip_path_prefix(request_of(interaction)))


def compare_answers(first: Interaction, second: Interaction) -> Iterator[str]:
    """Yield a line for each difference between two responses, also for ids and times."""
    if first.status != second.status:
        yield f"status: {first.status}, then {second.status}"
    bodies = [normalize_body(one.body, one.get_header("content-type")) for one in (first, second)]
    for difference in compare_values(bodies[0], bodies[1], "body"):
        yield difference.describe("{}, then {}")
    yield from find_exact_changes(first.messages, second.messages, "{}, then {}")


def find_problems(cassette: Cassette, redaction: Redactor, remedy: str = "scrub") -> Iterator[str]:
    """Yield what a reader should know before a cassette is trusted or committed.

    `remedy` is the command that removes secrets.
    """
    if cassette.torn_bytes:
        yield (
            f"its last {cassette.torn_bytes} bytes are an incomplete interaction; "
            "the others are complete"
        )
    if not cassette.interactions:
        yield "it has no interactions"
    for number, interaction in enumerate(cassette.interactions, 1):
        name = f"{number}. {describe_interaction(interaction)}"
        if interaction.broken:
            yield f"{name}: the response broke off ({interaction.broken})"
        sizes = [size for _, size in interaction.chunks]
        if sizes and sum(sizes) != len(interaction.body):
            yield f"{name}: its chunks do not add up to its body, so it is played at once"
        if interaction.status > 599:
            yield f"{name}: {interaction.status} is not a status code of HTTP"
        try:
            redaction.check(interaction, find_credentials(interaction))
        except SecretLeak as leak:
            yield f"{number}. {leak}; mockgem cassette {remedy} removes it"


def summarize_interaction(interaction: Interaction) -> str:
    """Return a request and its response as a row of a table."""
    if interaction.is_socket:
        return summarize_session(interaction)
    count = len(interaction.chunks)
    form = f"{count} chunks" if count > 1 else "whole"
    clean = Redactor().clean_request(interaction, find_credentials(interaction))
    question = find_question(normalize_body(clean.request_body, ""))
    end = ", broken off" if interaction.broken else ""
    size = f"{len(interaction.body)} bytes, {form}{end}"
    return f"{describe_interaction(interaction)}  {size}  {question}".rstrip()


def summarize_session(interaction: Interaction) -> str:
    """Return a session on a socket as a row of a table: its messages, its end, its first words."""
    messages = interaction.messages
    counts = [sum(one.side == side and not one.close for one in messages) for side in SIDES]
    close = find_close(messages)
    end = f"closed by the {close.side} with {close.close}" if close else "without an end"
    what = f"{counts[0]} messages of the client, {counts[1]} of the server, {end}"
    clean = Redactor().redact(interaction, find_credentials(interaction)).messages
    values = [parse_message(one.data) for one in clean if one.side == "client"]
    words = next(filter(None, map(find_words, values)), "")
    return f"{describe_interaction(interaction)}  {what}  {words}".rstrip()


def find_words(message: object) -> str:
    """Return the text in a client's message as JSON; an empty text if it has none."""
    if not isinstance(message, dict):
        return ""
    content = message.get("clientContent")
    turns = content.get("turns") if isinstance(content, dict) else None
    text = find_question({"contents": turns})
    spoken = message.get("realtimeInput")
    said = spoken.get("text") if isinstance(spoken, dict) else None
    return shorten_json(said) if said else text


def find_question(body: object) -> str:
    """Return the last message of a request as JSON; an empty text if it has none."""
    if not isinstance(body, dict):
        return ""
    for name in ("messages", "contents"):
        turns = body.get(name)
        if isinstance(turns, list) and turns and isinstance(turns[-1], dict):
            last = turns[-1].get("content", turns[-1].get("parts"))
            return shorten_json(last if isinstance(last, str) else join_text(last))
    return shorten_json(body["input"]) if "input" in body else ""


def join_text(parts: object) -> str:
    """Return the text of a message's parts."""
    if not isinstance(parts, list):
        return ""
    return " ".join(
        str(part["text"]) for part in parts if isinstance(part, dict) and "text" in part
    )


def format_interaction(interaction: Interaction) -> str:
    """Return a whole interaction for people to read, without what looks like a secret."""
    lines = [
        f"{interaction.method} {interaction.uri}",
        *format_headers(interaction.request_headers),
        "",
        format_body(interaction.request_body),
        "",
        f"{interaction.status} {interaction.reason}",
        *format_headers(interaction.headers),
    ]
    if len(chunks := interaction.chunks) > 1:
        times = f"the first after {chunks[0][0]} ms, the last after {chunks[-1][0]} ms"
        lines.append(f"({len(chunks)} chunks, {times})")
    messages = [format_message(one) for one in interaction.messages]
    text = "\n".join([*lines, "", format_body(interaction.body), *messages])
    return build_finder(tuple(find_credentials(interaction))).redact(text)


def format_message(message: RecordedMessage) -> str:
    """Return a message of a socket with its side and time; media are cut short."""
    head = f"{message.side}, {message.ms} ms"
    if message.close:
        return f"{head}: close {message.close} {message.data.decode('utf-8', 'replace')}".rstrip()
    body = LONG_BASE64.sub(r'"\1…"', format_body(message.data))
    return f"{head}:\n{body}"


def format_headers(headers: HeaderList) -> list[str]:
    """Return a line for each header; credentials and cookies are hidden."""
    return [f"{name}: {REDACTED if is_secret_header(name) else value}" for name, value in headers]


def format_body(body: bytes) -> str:
    """Return a body as indented JSON, or as text."""
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return body.decode("utf-8", "replace")
