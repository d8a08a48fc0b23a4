"""`mockgem endpoints`."""

from __future__ import annotations

import click

from mockgem.app.surfaces import build_surfaces

Row = tuple[str, str, str, str]


def list_endpoints() -> list[Row]:
    """Surface, method, path, what for: one row for each endpoint at its surface's first prefix."""
    found = []
    for surface in build_surfaces():
        for endpoint in surface.dialect.endpoints:
            path = surface.prefixes[0] + endpoint.path.replace("*}", "}")
            found.append((surface.name, endpoint.method, path, endpoint.summary))
    return found


def render_markdown() -> str:
    """The table of the README."""
    lines = ["| surface | method | path | |", "|---|---|---|---|"]
    return "\n".join(
        lines
        + [
            f"| {name} | {method} | `{path}` | {what} |"
            for name, method, path, what in list_endpoints()
        ]
    )


def render_text() -> str:
    table = list_endpoints()
    widths = [max(len(row[column]) for row in table) for column in range(3)]
    return "\n".join(
        f"{name:<{widths[0]}}  {method:<{widths[1]}}  {path:<{widths[2]}}  {what}"
        for name, method, path, what in table
    )


@click.command("endpoints")
@click.option("--markdown", is_flag=True, help="As the table of the README.")
def command(markdown: bool) -> None:
    """List what is served on which surface."""
    click.echo(render_markdown() if markdown else render_text())
