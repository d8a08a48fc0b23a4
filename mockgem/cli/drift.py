"""The command `mockgem drift`."""

from __future__ import annotations

import asyncio
import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
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
from mockgem.recording.upstream import Upstream
from mockgem.redaction.finder import hide_secrets

OPENAI_PATHS = re.compile(r"/openai/|/chat/completions|/endpoints/openapi|aiplatform|/projects/")
"""Parts of URLs whose surface has its key in `Authorization`."""
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
    types and framing of the answers.
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
    tiers = ", ".join(f"{counts[name]} {name}" for name in ("same", *reversed(TIERS)))
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
            for interaction in read_cassette(file).interactions
        ]
    except BadCassette as error:
        raise click.ClickException(str(error)) from None


def worst_tier_of(findings: list[Finding]) -> str:
    return findings[0].tier if findings else "same"


def print_findings(interaction: Interaction, findings: Iterable[Finding]) -> None:
    lines = [f"  {finding.tier:<7} {finding.path}: {finding.message}" for finding in findings]
    click.echo(f"{describe_interaction(interaction)}{'' if lines else '  same'}")
    for line in lines:
        click.echo(hide_secrets(line))


async def compare_recordings(interactions: list[Interaction], against: str, key: str) -> list[Row]:
    """Return each interaction with the differences of its new answer."""
    upstream = Upstream(against)
    try:
        rows = []
        for interaction in interactions:
            answer = await (
                ask_live(interaction, upstream, against, key) if against else ask_mock(interaction)
            )
            rows.append((interaction, find_drift(interaction, answer)))
        return rows
    finally:
        await upstream.close()


async def ask_mock(interaction: Interaction) -> AnswerSnapshot:
    """Return mockgem's answer. Each request gets a new server, so that none depends on another."""
    request, parts = strip_path_prefix(request_of(interaction)), urlsplit(interaction.uri)
    is_key_refused = interaction.status in (400, 401) and b"API key not valid" in interaction.body
    handle, _, _ = create_handler(Settings(api_key=("another",) if is_key_refused else ()))
    headers = {name.lower(): text for name, text in interaction.request_headers}
    headers |= build_credentials(interaction, "any-key")
    query = {
        name: text for name, text in parse_qsl(parts.query, keep_blank_values=True) if name != "key"
    }
    path = unquote(request.path)
    response = await handle(
        WireRequest(interaction.method, path, query, headers, interaction.request_body)
    )
    body = response.body
    if isinstance(body, ChunkedBody):
        body = body.join_chunks()
    elif not isinstance(body, bytes):
        body = b"".join([frame.data async for frame in iter_frames(body)])
    return AnswerSnapshot(response.status, find_content_type(response.headers), body)


async def ask_live(
    interaction: Interaction, upstream: Upstream, against: str, key: str
) -> AnswerSnapshot:
    """Return the answer of a live API. Raises ClickException if it can't be reached."""
    query = urlsplit(interaction.uri).query
    path = strip_path_prefix(request_of(interaction)).path
    url = against.rstrip("/") + path + (f"?{query}" if query else "")
    headers = [
        ("Content-Type", "application/json"),
        *build_credentials(interaction, key).items(),
    ]
    try:
        response = await upstream.send(interaction.method, url, headers, interaction.request_body)
        body = b"".join([chunk async for chunk in response.chunks])
    except ConnectionError as error:
        raise click.ClickException(str(error)) from None
    return AnswerSnapshot(response.status, find_content_type(response.headers), body)


def build_credentials(interaction: Interaction, key: str) -> dict[str, str]:
    """Return the header in which the surface of a request has its key."""
    if OPENAI_PATHS.search(interaction.uri):
        return {"authorization": f"Bearer {key}"}
    return {"x-goog-api-key": key}


def find_content_type(headers: Iterable[tuple[str, str]]) -> str:
    return next((text for name, text in headers if name.lower() == "content-type"), "")
