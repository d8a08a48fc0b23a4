"""`mockgem endpoints`."""

from __future__ import annotations

import click

from mockgem.app.surfaces import build_surfaces

Row = tuple[str, str, str, str, str]


def list_endpoints() -> list[Row]:
    """Return surface, method, path, words for rules and summary of each endpoint.

    The path begins with the first prefix of the surface.
    """
    found = []
    for surface in build_surfaces():
        for endpoint in surface.dialect.endpoints:
            path = surface.prefixes[0] + endpoint.path.replace("*}", "}")
            words = " ".join(dict.fromkeys([endpoint.scenario, endpoint.wire_name])).strip()
            found.append((surface.name, endpoint.method, path, words, endpoint.summary))
    return found


def render_markdown() -> str:
    """The table of the README."""
    lines = ["| surface | method | path | in rules | |", "|---|---|---|---|---|"]
    return "\n".join(
        lines
        + [
            f"| {name} | {method} | `{path}` | {words} | {what} |"
            for name, method, path, words, what in list_endpoints()
        ]
    )


def render_text() -> str:
    table = list_endpoints()
    widths = [max(len(row[column]) for row in table) for column in range(4)]
    return "\n".join(
        f"{name:<{widths[0]}}  {method:<{widths[1]}}  {path:<{widths[2]}}  "
        f"{words:<{widths[3]}}  {what}"
        for name, method, path, words, what in table
    )


@click.command("endpoints")
@click.option("--markdown", is_flag=True, help="As the table of the README.")
def command(markdown: bool) -> None:
    """List what is served on which surface."""
    click.echo(render_markdown() if markdown else render_text())
