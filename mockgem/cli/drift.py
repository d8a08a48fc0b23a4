"""`mockgem drift`."""

from __future__ import annotations

import asyncio
import os
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import click

from mockgem.app.factory import create_handler
from mockgem.config.settings import Settings
from mockgem.core.http import ChunkedBody, WireRequest, iter_frames
from mockgem.recording.cassette_reader import BadCassette, find_cassettes, read_cassette
from mockgem.recording.diff import describe_interaction
from mockgem.recording.drift import TIERS, AnswerSnapshot, Finding, find_drift
from mockgem.recording.index import strip_path_prefix
from mockgem.recording.interaction import Interaction
from mockgem.recording.matching import request_of
from mockgem.recording.redaction import hide_keys
from mockgem.recording.upstream import Upstream

Ask = Callable[[Interaction], Awaitable[AnswerSnapshot]]


@click.command("drift")
@click.argument("places", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--against",
    default="",
    help="A live API to compare with, by URL; without it mockgem's own answers.",
)
@click.option(
    "--key-env",
    default="GEMINI_API_KEY",
    show_default=True,
    help="The variable with the key for a live API.",
)
@click.option(
    "--fail-on",
    type=click.Choice(TIERS),
    default="error",
    show_default=True,
    help="From which tier on the exit code is 1.",
)
@click.option("--summary", is_flag=True, help="Only the counts.")
@click.pass_context
def command(
    context: click.Context,
    places: tuple[Path, ...],
    against: str,
    key_env: str,
    fail_on: str,
    summary: bool,
) -> None:
    """Compare recordings with what mockgem, or a live API, answers today: status, keys and their order, types, framing."""
    try:
        interactions = [
            one
            for place in places
            for path in find_cassettes(place)
            for one in read_cassette(path).interactions
        ]
    except BadCassette as error:
        raise click.ClickException(str(error)) from None
    if against and not os.environ.get(key_env):
        raise click.UsageError(
            f"{against} wants a key: put one into the variable {key_env}, or name another with --key-env"
        )
    rows = asyncio.run(compare_recordings(interactions, against, os.environ.get(key_env, "")))
    counts = Counter(worst_tier_of(found) for _, found in rows)
    if not summary:
        for one, found in rows:
            print_findings(one, found)
    click.echo(
        f"{len(rows)} recordings: "
        + ", ".join(f"{counts[name]} {name}" for name in ("same", *reversed(TIERS)))
    )
    limit = TIERS.index(fail_on)
    context.exit(1 if any(counts[name] for name in TIERS[: limit + 1]) else 0)


def worst_tier_of(found: list[Finding]) -> str:
    return found[0].tier if found else "same"


def print_findings(one: Interaction, found: Iterable[Finding]) -> None:
    lines = [f"  {each.tier:<7} {each.path}: {each.message}" for each in found]
    click.echo(f"{describe_interaction(one)}{'' if lines else '  same'}")
    for line in lines:
        click.echo(hide_keys(line))


async def compare_recordings(
    interactions: list[Interaction], against: str, key: str
) -> list[tuple[Interaction, list[Finding]]]:
    upstream = Upstream(against)
    try:
        rows = []
        for one in interactions:
            answer = await (ask_live(one, upstream, against, key) if against else ask_mock(one))
            rows.append((one, find_drift(one, answer)))
        return rows
    finally:
        await upstream.close()


async def ask_mock(one: Interaction) -> AnswerSnapshot:
    """By a server of its own for each, so that none depends on another."""
    asked, parts = strip_path_prefix(request_of(one)), urlsplit(one.uri)
    wrong = one.status in (400, 401) and b"API key not valid" in one.body
    door, _, _ = create_handler(Settings(api_key=("another",) if wrong else ()))
    headers = {name.lower(): text for name, text in one.request_headers} | build_credentials(
        one, "any-key"
    )
    query = {
        name: text for name, text in parse_qsl(parts.query, keep_blank_values=True) if name != "key"
    }
    response = await door(
        WireRequest(one.method, unquote(asked.path), query, headers, one.request_body)
    )
    body = response.body
    if isinstance(body, ChunkedBody):
        body = body.join_chunks()
    elif not isinstance(body, bytes):
        body = b"".join([frame.data async for frame in iter_frames(body)])
    content_type = next(
        (text for name, text in response.headers if name.lower() == "content-type"), ""
    )
    return AnswerSnapshot(response.status, content_type, body)


def build_credentials(one: Interaction, key: str) -> dict[str, str]:
    """In the place where this surface has them."""
    openai = re.search(
        r"/openai/|/chat/completions|/endpoints/openapi|aiplatform|/projects/", one.uri
    )
    return {"authorization": f"Bearer {key}"} if openai else {"x-goog-api-key": key}


async def ask_live(one: Interaction, upstream: Upstream, against: str, key: str) -> AnswerSnapshot:
    parts = urlsplit(one.uri)
    url = (
        against.rstrip("/")
        + strip_path_prefix(request_of(one)).path
        + (f"?{parts.query}" if parts.query else "")
    )
    headers = [("Content-Type", "application/json"), *build_credentials(one, key).items()]
    try:
        arrived = await upstream.send(one.method, url, headers, one.request_body)
        body = b"".join([piece async for piece in arrived.chunks])
    except ConnectionError as error:
        raise click.ClickException(str(error)) from None
    return AnswerSnapshot(
        arrived.status,
        next((text for name, text in arrived.headers if name.lower() == "content-type"), ""),
        body,
    )
