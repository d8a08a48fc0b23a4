"""The command `mockgem open`."""

from __future__ import annotations

import click

from mockgem.cli.admin_client import WorldClient, server_options
from mockgem.cli.console_link import build_console_url, open_browser


@click.command("open")
@server_options
def command(client: WorldClient) -> None:
    """Open the console of a running server in a browser."""
    client.send("GET", "/health")
    address = build_console_url(client.url, client.world)
    click.echo(address)
    if not open_browser(address):
        click.echo("There is no browser here: open this address in yours.", err=True)
