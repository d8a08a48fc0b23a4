"""The command `mockgem endpoints`."""

from __future__ import annotations

import click

from mockgem.app.surfaces import build_surfaces

Row = tuple[str, str, str, str]


@click.command("endpoints")
@click.option("--markdown", is_flag=True, help="Write a table in Markdown.")
def command(markdown: bool) -> None:
    """List the endpoints of each surface."""
    click.echo(render_markdown() if markdown else render_text())


def list_endpoints() -> list[Row]:
    """Return surface, method, path and summary of each endpoint, at its surface's first prefix."""
    return [
        (
            surface.name,
            endpoint.method,
            surface.prefixes[0] + endpoint.path.replace("*}", "}"),
            endpoint.summary,
        )
        for surface in build_surfaces()
        for endpoint in surface.dialect.endpoints
    ]


def render_markdown() -> str:
    """Return the table of the documents."""
    rows = [
        f"| {surface} | {method} | `{path}` | {summary} |"
        for surface, method, path, summary in list_endpoints()
    ]
    return "\n".join(["| surface | method | path | |", "|---|---|---|---|", *rows])


def render_text() -> str:
    table = list_endpoints()
    widths = [max(len(row[column]) for row in table) for column in range(3)]
    return "\n".join(
        f"{surface:<{widths[0]}}  {method:<{widths[1]}}  {path:<{widths[2]}}  {summary}"
        for surface, method, path, summary in table
    )
