"""The command `mockgem clock`."""

from __future__ import annotations

import re

import click

from mockgem.cli.admin_client import WorldClient, server_options


@click.command("clock")
@click.argument("change", required=False)
@server_options
def command(client: WorldClient, change: str | None) -> None:
    """Show or move the clock of a running server.

    CHANGE is a time to add, like +48h, or a time to set, like 2026-12-01T00:00:00Z.
    """
    if change is None:
        found = client.send("GET", "/clock")
    elif re.match(r"\d{4}-\d\d", change):
        found = client.send("POST", "/clock", {"set": change})
    else:
        found = client.send("POST", "/clock", {"advance": change.removeprefix("+")})
    click.echo(f"{found['now']} ({found['clock']})")
