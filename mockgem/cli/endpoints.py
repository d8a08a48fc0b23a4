"""`mockgem endpoints`."""

from __future__ import annotations

import click

from mockgem.app.surfaces import surfaces

Row = tuple[str, str, str, str]


def rows() -> list[Row]:
    """Surface, method, path, what for: one row for each endpoint at its surface's first prefix."""
    found = []
    for surface in surfaces():
        for endpoint in surface.dialect.endpoints:
            path = surface.prefixes[0] + endpoint.path.replace("*}", "}")
            found.append((surface.name, endpoint.method, path, endpoint.summary))
    return found


def as_markdown() -> str:
    """The table of the README."""
    lines = ["| surface | method | path | |", "|---|---|---|---|"]
    return "\n".join(lines + [f"| {name} | {method} | `{path}` | {what} |" for name, method, path, what in rows()])


def as_text() -> str:
    table = rows()
    widths = [max(len(row[column]) for row in table) for column in range(3)]
    return "\n".join(
        f"{name:<{widths[0]}}  {method:<{widths[1]}}  {path:<{widths[2]}}  {what}" for name, method, path, what in table
    )


@click.command("endpoints")
@click.option("--markdown", is_flag=True, help="As the table of the README.")
def command(markdown: bool) -> None:
    """List what is served on which surface."""
    click.echo(as_markdown() if markdown else as_text())
