"""The command `mockgem say`."""

from __future__ import annotations

import json
from typing import Any

import click

from mockgem.cli.admin_client import WorldClient, server_options
from mockgem.cli.rule_options import add_rule, rule_options


@click.command("say")
@click.argument("text", required=False)
@click.option("--json", "json_text", metavar="JSON", help="Reply with these values as JSON.")
@click.option("--tool", metavar="NAME", help="Reply with a call of this function.")
@click.option(
    "--args", metavar="JSON", default="{}", show_default=True, help="The arguments of --tool."
)
@click.option("--finish", metavar="REASON", help="The finish reason, like MAX_TOKENS.")
@server_options
@rule_options
def command(client: WorldClient, *, when: dict[str, Any], **reply: str | None) -> None:
    """Set the next reply of a running server.

    mockgem say "Hello" answers the next call with Hello. Rules with a number of calls act in the
    order in which they were added, before all others.
    """
    add_rule(client, {"say": build_say(reply), "when": when})


def build_say(reply: dict[str, str | None]) -> dict[str, Any]:
    """Return the reply. Raises UsageError without a reply, and for text that is not JSON."""
    say: dict[str, Any] = {}
    if (text := reply["text"]) is not None:
        say["text"] = text
    if (values := reply["json_text"]) is not None:
        say["json"] = read_json(values, "--json")
    if tool := reply["tool"]:
        say["tool_calls"] = [{"name": tool, "args": read_json(reply["args"] or "{}", "--args")}]
    if finish := reply["finish"]:
        say["finish"] = finish
    if not say:
        raise click.UsageError('Give a reply: mockgem say "Hello", or use --json or --tool.')
    return say


def read_json(text: str, option: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise click.BadParameter(f"{text[:60]!r} is not JSON: {error}", param_hint=option) from None
