"""The command `mockgem env`."""

from __future__ import annotations

import shlex

import click

from mockgem.cli.admin_client import WorldClient, server_options


@click.command("env")
@click.option(
    "--export", "exports", is_flag=True, help="Write lines for a shell: export NAME=VALUE."
)
@server_options
def command(client: WorldClient, *, exports: bool) -> None:
    """Show the variables that lead SDKs and frameworks to a running server.

    The lines are NAME=VALUE, for a .env file, for docker run --env-file, or for $GITHUB_ENV. For a
    shell: eval "$(mockgem env --export)"
    """
    from mockgem.testing.server_link import ServerLink

    client.send("GET", "/health")
    for name, text in ServerLink(client.url, client.world).env.items():
        click.echo(f"export {name}={shlex.quote(text)}" if exports else f"{name}={text}")
