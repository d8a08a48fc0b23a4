"""The command `mockgem rules`."""

from __future__ import annotations

import json
from typing import Any

import click

from mockgem.cli.admin_client import WorldClient, server_options
from mockgem.cli.rule_text import describe_rule


@click.command("rules")
@click.option("--delete", metavar="ID", type=int, help="Delete a rule.")
@click.option("--disable", metavar="ID", type=int, help="Disable a rule.")
@click.option("--enable", metavar="ID", type=int, help="Enable a rule again.")
@click.option("--delete-used", is_flag=True, help="Delete the rules that are used up.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@server_options
def command(
    client: WorldClient,
    delete: int | None,
    disable: int | None,
    enable: int | None,
    *,
    delete_used: bool,
    as_json: bool,
) -> None:
    """List the rules of a running server, in the order in which they act."""
    if delete is not None:
        client.send("DELETE", f"/rules/{delete}")
    for number, is_enabled in ((disable, False), (enable, True)):
        if number is not None:
            client.send("PUT", f"/rules/{number}", {"enabled": is_enabled})
    if delete_used:
        client.send("DELETE", "/rules")
    found = client.send("GET", "/rules")
    if as_json:
        click.echo(json.dumps(found, indent=2))
    elif not found["rules"]:
        click.echo("There are no rules: mockgem generates all replies.")
    else:
        click.echo("\n".join([format_rule(rule) for rule in found["rules"]]))


def format_rule(rule: dict[str, Any]) -> str:
    """Return a line: the id, the name, how often it acted, and what it does."""
    state = "disabled" if not rule["enabled"] else "used up" if rule["is_used_up"] else ""
    counts = state or f"acted {rule['acted']}"
    return f"{rule['id']:>3}  {rule['name']:<20} {counts:<10} {describe_rule(rule['rule'])}"
