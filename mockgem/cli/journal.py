"""The command `mockgem journal`."""

from __future__ import annotations

import json
import time
from typing import Any

import click

from mockgem.cli.admin_client import WorldClient, server_options
from mockgem.cli.completion import complete_model

RECONNECT_SECONDS = 1.0


@click.command("journal")
@click.argument("number", type=int, required=False)
@click.option("--follow", "-f", is_flag=True, help="Write new requests as they come.")
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=20,
    show_default=True,
    help="Show this many of the newest requests.",
)
@click.option(
    "--model",
    metavar="PATTERN",
    default="",
    shell_complete=complete_model,
    help="Only for this model.",
)
@click.option("--status", metavar="STATUS", default="", help="Only with this status: 429, 4xx.")
@click.option("--text", metavar="TEXT", default="", help="Only with this text in the request.")
@click.option("--request-id", metavar="ID", default="", help="Only with this X-Request-Id.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON, one line for each request.")
@server_options
def command(
    client: WorldClient,
    number: int | None,
    limit: int,
    *,
    follow: bool,
    as_json: bool,
    **given: str,
) -> None:
    """Show the requests that a running server got, the newest last.

    With NUMBER, it shows one request in full.
    """
    if number is not None:
        click.echo(json.dumps(client.send("GET", f"/journal/{number}"), indent=2))
        return
    filters = {name: value for name, value in given.items() if value}
    page = client.send(
        "GET", "/journal", order="desc", limit=str(limit), bodies="false", preview="true", **filters
    )
    for entry in reversed(page["entries"]):
        write_entry(entry, as_json=as_json)
    if follow:
        follow_journal(client, filters, page["total"], as_json=as_json)


def follow_journal(
    client: WorldClient, filters: dict[str, str], total: int, *, as_json: bool
) -> None:
    """Write new entries until Ctrl-C. It connects again if the server was restarted."""
    last_id = f"{total}-"
    while True:
        try:
            for name, event_id, data in client.iter_events("/journal/events", last_id, **filters):
                last_id = event_id or last_id
                if name == "entry":
                    write_entry(data, as_json=as_json)
                elif name == "skipped":
                    click.echo(f"… {data['count']} more", err=True)
        except click.ClickException as error:
            click.echo(error.format_message(), err=True)
        except OSError:
            pass
        time.sleep(RECONNECT_SECONDS)


def write_entry(entry: dict[str, Any], *, as_json: bool) -> None:
    click.echo(json.dumps(entry) if as_json else format_entry(entry))


def format_entry(entry: dict[str, Any]) -> str:
    """Return a line: number, status, what answered, duration, request, and a hint."""
    status = "cut" if entry["status"] is None else str(entry["status"])
    source = entry.get("rule") or entry["source"]
    duration = f"{max(entry['took'], entry['seconds']) * 1000:.1f} ms"
    what = entry.get("preview") or entry["path"]
    head = f"{entry['number']:>4}  {status:<4} {source:<12} {duration:>10}"
    line = f"{head}  {entry['model']:<22} {what}"
    if hint := entry.get("hint"):
        line += f"  [{hint}]"
    return "".join(char if char.isprintable() else "\ufffd" for char in line)
