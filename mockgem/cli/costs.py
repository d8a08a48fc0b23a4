"""The command `mockgem costs`."""

from __future__ import annotations

import json
from typing import Any

import click

from mockgem.cli.admin_client import WorldClient, server_options

HEADINGS = ("MODEL", "REQUESTS", "INPUT", "CACHED", "OUTPUT", "MEDIA", "USD")
MEDIA = {"images": "images", "seconds": "s"}
"""The amounts of media that a row may have, and their units."""


@click.command("costs")
@click.option("--clear", is_flag=True, help="Forget the costs, so the budget is whole again.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@server_options
def command(client: WorldClient, *, clear: bool, as_json: bool) -> None:
    """Show what the requests of a running server would have cost.

    The server needs --costs or --budget.
    """
    if clear:
        client.send("DELETE", "/costs")
        click.echo("The costs are forgotten.")
        return
    found = client.send("GET", "/costs")
    click.echo(json.dumps(found, indent=2) if as_json else format_costs(found))


def format_costs(found: dict[str, Any]) -> str:
    """Return a table with a row for each model, and the total."""
    rows = [HEADINGS, *[format_row(row) for row in (*found["models"], *found["unpriced"])]]
    if not any(row[-2] for row in rows[1:]):  # most worlds make no media
        rows = [(*row[:-2], row[-1]) for row in rows]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = [
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows
    ]
    total = f"Total: {found['usd']:.6f} US dollars"
    if found["budget"] is not None:
        total += f" of a budget of {found['budget']:g}; {found['left']:.6f} are left"
    if found["unpriced"]:
        total += ". The prices of models with a ? are not known"
    return "\n".join([*lines, "", f"{total}."])


def format_row(row: dict[str, Any]) -> tuple[str, ...]:
    cost = f"{row['usd']:.6f}" if "usd" in row else "?"
    names = ("requests", "input_tokens", "cached_tokens", "output_tokens")
    media = ", ".join([f"{row[name]} {unit}" for name, unit in MEDIA.items() if row.get(name)])
    return (row["model"], *[str(row[name]) for name in names], media, cost)
