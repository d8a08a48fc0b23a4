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

from mockgem.app.factory import front_door
from mockgem.config.settings import Settings
from mockgem.core.http import Pieces, WireRequest, frames_of
from mockgem.recording.cassette_reader import BadCassette, cassettes_in, read
from mockgem.recording.diff import told
from mockgem.recording.drift import TIERS, Finding, Heard, findings
from mockgem.recording.index import at_version
from mockgem.recording.interaction import Interaction
from mockgem.recording.matching import asked_in
from mockgem.recording.redaction import hide_keys
from mockgem.recording.upstream import Upstream

Ask = Callable[[Interaction], Awaitable[Heard]]


@click.command("drift")
@click.argument("places", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--against", default="", help="A live API to compare with, by URL; without it mockgem's own answers.")
@click.option("--key-env", default="GEMINI_API_KEY", show_default=True, help="The variable with the key for a live API.")
@click.option(
    "--fail-on", type=click.Choice(TIERS), default="error", show_default=True, help="From which tier on the exit code is 1."
)
@click.option("--summary", is_flag=True, help="Only the counts.")
@click.pass_context
def command(
    context: click.Context, places: tuple[Path, ...], against: str, key_env: str, fail_on: str, summary: bool
) -> None:
    """Compare recordings with what mockgem, or a live API, answers today: status, keys and their order, types, framing."""
    try:
        interactions = [one for place in places for path in cassettes_in(place) for one in read(path).interactions]
    except BadCassette as error:
        raise click.ClickException(str(error)) from None
    if against and not os.environ.get(key_env):
        raise click.UsageError(
            f"{against} wants a key: put one into the variable {key_env}, or name another with --key-env"
        )
    rows = asyncio.run(drifted(interactions, against, os.environ.get(key_env, "")))
    counts = Counter(worst(found) for _, found in rows)
    if not summary:
        for one, found in rows:
            report(one, found)
    click.echo(f"{len(rows)} recordings: " + ", ".join(f"{counts[name]} {name}" for name in ("same", *reversed(TIERS))))
    limit = TIERS.index(fail_on)
    context.exit(1 if any(counts[name] for name in TIERS[: limit + 1]) else 0)


def worst(found: list[Finding]) -> str:
    return found[0].tier if found else "same"


def report(one: Interaction, found: Iterable[Finding]) -> None:
    lines = [f"  {each.tier:<7} {each.place}: {each.words}" for each in found]
    click.echo(f"{told(one)}{'' if lines else '  same'}")
    for line in lines:
        click.echo(hide_keys(line))


async def drifted(interactions: list[Interaction], against: str, key: str) -> list[tuple[Interaction, list[Finding]]]:
    upstream = Upstream(against)
    try:
        rows = []
        for one in interactions:
            answer = await (asked_live(one, upstream, against, key) if against else asked_here(one))
            rows.append((one, findings(one, answer)))
        return rows
    finally:
        await upstream.close()


async def asked_here(one: Interaction) -> Heard:
    """By a server of its own for each, so that none depends on another."""
    asked, parts = at_version(asked_in(one)), urlsplit(one.uri)
    wrong = one.status in (400, 401) and b"API key not valid" in one.body
    door, _, _ = front_door(Settings(api_key=("another",) if wrong else ()))
    headers = {name.lower(): text for name, text in one.request_headers} | credentials(one, "any-key")
    query = {name: text for name, text in parse_qsl(parts.query, keep_blank_values=True) if name != "key"}
    response = await door(WireRequest(one.method, unquote(asked.path), query, headers, one.request_body))
    body = response.body
    if isinstance(body, Pieces):
        body = body.joined()
    elif not isinstance(body, bytes):
        body = b"".join([frame.data async for frame in frames_of(body)])
    content_type = next((text for name, text in response.headers if name.lower() == "content-type"), "")
    return Heard(response.status, content_type, body)


def credentials(one: Interaction, key: str) -> dict[str, str]:
    """In the place where this surface has them."""
    openai = re.search(r"/openai/|/chat/completions|/endpoints/openapi|aiplatform|/projects/", one.uri)
    return {"authorization": f"Bearer {key}"} if openai else {"x-goog-api-key": key}


async def asked_live(one: Interaction, upstream: Upstream, against: str, key: str) -> Heard:
    parts = urlsplit(one.uri)
    url = against.rstrip("/") + at_version(asked_in(one)).path + (f"?{parts.query}" if parts.query else "")
    headers = [("Content-Type", "application/json"), *credentials(one, key).items()]
    try:
        arrived = await upstream.send(one.method, url, headers, one.request_body)
        body = b"".join([piece async for piece in arrived.pieces])
    except ConnectionError as error:
        raise click.ClickException(str(error)) from None
    return Heard(arrived.status, next((text for name, text in arrived.headers if name.lower() == "content-type"), ""), body)
