"""The command `mockgem verdict`."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import click


@click.command("verdict")
@click.option(
    "--url",
    metavar="URL",
    default="http://127.0.0.1:8090",
    envvar="MOCKGEM_URL",
    show_default=True,
    help="The URL of the server.",
)
@click.option(
    "--world", metavar="NAME", default="", help="The world; without it the default world."
)
@click.option(
    "--scenario",
    metavar="NAME",
    default="",
    help="A scenario that ran; without it the current one.",
)
@click.option(
    "--admin-token",
    metavar="TOKEN",
    default="",
    envvar="MOCKGEM_ADMIN_TOKEN",
    help="The server's admin token, if it requires one.",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.pass_context
def command(
    context: click.Context, url: str, world: str, scenario: str, admin_token: str, *, as_json: bool
) -> None:
    """Show how a running server judges its client.

    The verdict compares the client's requests with what the scenario expects. The exit code is 1
    for an unmet expectation.
    """
    from mockgem.scenarios.verdict import format_verdict

    base = url.rstrip("/") + (f"/w/{world}" if world else "")
    status, body = asyncio.run(fetch_verdict(f"{base}/_mockgem/verdict", scenario, admin_token))
    if status != 200:
        raise click.ClickException(body.get("error", f"the server answered with status {status}"))
    click.echo(json.dumps(body, indent=2) if as_json else format_verdict(body))
    context.exit(0 if body["pass"] else 1)


async def fetch_verdict(url: str, scenario: str, token: str) -> tuple[int, dict[str, Any]]:
    """Return the status and the JSON of the verdict.

    Raises ClickException without a server.
    """
    import aiohttp

    headers = {"Authorization": f"Bearer {token}"} if token else {}
    query = {"scenario": scenario} if scenario else {}
    try:
        async with (
            aiohttp.ClientSession() as session,
            session.get(url, params=query, headers=headers) as response,
        ):
            return response.status, await response.json(content_type=None)
    except (aiohttp.ClientError, ValueError) as error:
        raise click.ClickException(f"There is no mockgem server at {url}: {error}") from None
