"""`mockgem verdict`: what a client did while a scenario was played, and what it should have done."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import click


@click.command("verdict")
@click.option(
    "--url",
    default="http://127.0.0.1:8090",
    envvar="MOCKGEM_URL",
    show_default=True,
    help="The server.",
)
@click.option("--world", default="", help="Its world; without it the default one.")
@click.option("--scenario", default="", help="The scenario; without it the one that is played.")
@click.option(
    "--admin-token",
    default="",
    envvar="MOCKGEM_ADMIN_TOKEN",
    help="The server's token, if it asks for one.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def command(
    context: click.Context, url: str, world: str, scenario: str, admin_token: str, *, as_json: bool
) -> None:
    """Ask a running server for the verdict on its client. Ends with 1 if an expectation was not met."""
    from mockgem.scenarios.verdict import format_verdict

    base = url.rstrip("/") + (f"/w/{world}" if world else "")
    status, found = asyncio.run(fetch_verdict(f"{base}/_mockgem/verdict", scenario, admin_token))
    if status != 200:
        raise click.ClickException(found.get("error", f"the server answers {status}"))
    click.echo(json.dumps(found, indent=2) if as_json else format_verdict(found))
    context.exit(0 if found["pass"] else 1)


async def fetch_verdict(url: str, scenario: str, token: str) -> tuple[int, dict[str, Any]]:
    """Raises ClickException where there is no server."""
    import aiohttp

    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        async with (
            aiohttp.ClientSession() as session,
            session.get(
                url, params={"scenario": scenario} if scenario else {}, headers=headers
            ) as response,
        ):
            return response.status, await response.json(content_type=None)
    except (aiohttp.ClientError, ValueError) as error:
        raise click.ClickException(f"no mockgem at {url}: {error}") from None
