"""The command `mockgem drift`."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlencode

import click

from mockgem.app.drift_answers import compare_with_mock, find_content_type
from mockgem.app.drift_requests import CREDENTIAL_HEADERS, build_request
from mockgem.app.factory import create_handler
from mockgem.app.router import Router
from mockgem.config.settings import Settings
from mockgem.recording import formats
from mockgem.recording.cassette_reader import BadCassette, find_cassettes
from mockgem.recording.diff import describe_interaction
from mockgem.recording.drift import (
    NOT_COMPARABLE,
    TIERS,
    AnswerSnapshot,
    Finding,
    find_drift,
    worst_tier_of,
)
from mockgem.recording.interaction import Interaction
from mockgem.recording.upstream import Upstream
from mockgem.redaction.finder import hide_secrets

PATH_CHARACTERS = "/:@!$&'()*+,;="
"""Characters that a path may have as they are (RFC 3986 3.3)."""
Row = tuple[Interaction, list[Finding]]


@click.command("drift")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--against",
    metavar="URL",
    default="",
    help="Compare with this live API; without it with mockgem's answers.",
)
@click.option(
    "--key-env",
    metavar="VARIABLE",
    default="GEMINI_API_KEY",
    show_default=True,
    help="The variable with the key of the live API.",
)
@click.option(
    "--fail-on",
    type=click.Choice(TIERS),
    default="error",
    show_default=True,
    help="Exit with 1 for a difference of this tier or a worse one.",
)
@click.option("--summary", is_flag=True, help="Show only the counts.")
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[Path, ...],
    against: str,
    key_env: str,
    fail_on: str,
    summary: bool,
) -> None:
    """Compare recordings with the answers of mockgem or of a live API.

    mockgem sends each recorded request again and compares the status, the keys and their order,
    types and framing of the answers. A recording that depends on earlier requests, on the account
    or on the moment, or that is incomplete, counts as not comparable and is not a
    failure.
    """
    key = os.environ.get(key_env, "")
    if against and not key:
        raise click.UsageError(
            f"{against} needs a key: put it in the variable {key_env}, or name another one with "
            "--key-env."
        )
    rows = asyncio.run(compare_recordings(load_interactions(paths), against, key))
    counts = Counter(worst_tier_of(findings) for _, findings in rows)
    if not summary:
        for interaction, findings in rows:
            print_findings(interaction, findings)
    names = ("same", *reversed(TIERS), NOT_COMPARABLE)
    tiers = ", ".join([f"{counts[name]} {name}" for name in names])
    click.echo(f"{len(rows)} recordings: {tiers}")
    failing = TIERS[: TIERS.index(fail_on) + 1]
    context.exit(1 if any(counts[name] for name in failing) else 0)


def load_interactions(paths: Sequence[Path]) -> list[Interaction]:
    """Return the interactions of files and folders. Raises ClickException."""
    try:
        return [
            interaction
            for path in paths
            for file in find_cassettes(path)
            for interaction in formats.read_recording(file).interactions
        ]
    except BadCassette as error:
        raise click.ClickException(str(error)) from None


def print_findings(interaction: Interaction, findings: Iterable[Finding]) -> None:
    lines = [
        f"  {finding.tier:<7} {finding.path}: {finding.message}"
        if finding.tier != NOT_COMPARABLE
        else f"  {finding.tier}: {finding.message}"
        for finding in findings
    ]
    click.echo(f"{describe_interaction(interaction)}{'' if lines else '  same'}")
    for line in lines:
        click.echo(hide_secrets(line))


async def compare_recordings(interactions: list[Interaction], against: str, key: str) -> list[Row]:
    """Return each interaction with the differences of its new answer."""
    upstream = Upstream(against)
    try:
        rows = []
        for interaction in interactions:
            if against:
                findings = await compare_with_live(interaction, upstream, against, key)
            else:
                findings = await compare_with_mock(interaction)
            rows.append((interaction, findings))
        return rows
    finally:
        await upstream.close()


async def compare_with_live(
    interaction: Interaction, upstream: Upstream, against: str, key: str
) -> list[Finding]:
    """Return how a live API's answer differs. Raises ClickException if it can't be reached."""
    if not interaction.is_handshake:
        return find_drift(interaction, await ask_live(interaction, upstream, against, key))
    from mockgem.cli.drift_sockets import compare_session

    return await compare_session(interaction, upstream, against, key)


async def ask_live(
    interaction: Interaction, upstream: Upstream, against: str, key: str
) -> AnswerSnapshot:
    """Return the answer of a live API. Raises ClickException if it can't be reached."""
    request = build_request(interaction, load_router(), key)
    query = f"?{urlencode(request.query)}" if request.query else ""
    url = against.rstrip("/") + quote(request.path, safe=PATH_CHARACTERS) + query
    names = ("content-type", *CREDENTIAL_HEADERS)
    headers = [(name, text) for name, text in request.headers.items() if name in names]
    try:
        response = await upstream.send(request.method, url, headers, request.body)
        body = b"".join([chunk async for chunk in response.chunks])
    except ConnectionError as error:
        raise click.ClickException(str(error)) from None
    return AnswerSnapshot(response.status, find_content_type(response.headers), body)


@cache
def load_router() -> Router:
    """Return the router that knows in which header each API has its key."""
    return create_handler(Settings())[2]
