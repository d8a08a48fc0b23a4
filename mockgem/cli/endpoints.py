"""The command `mockgem endpoints`."""

from __future__ import annotations

import click

from mockgem.app.surfaces import build_surfaces

Row = tuple[str, str, str, str, str]


@click.command("endpoints")
@click.option("--markdown", is_flag=True, help="Write a table in Markdown.")
@click.option(
    "--coverage", is_flag=True, help="List the methods of official SDKs, and which are served."
)
def command(markdown: bool, coverage: bool) -> None:
    """List the endpoints of each surface, or what becomes of each method of an SDK."""
    if coverage:
        from mockgem.cli import coverage as sdks

        click.echo(sdks.render_markdown() if markdown else sdks.render_text())
        return
    click.echo(render_markdown() if markdown else render_text())


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
    """Return the table of the documents."""
    rows = [
        f"| {surface} | {method} | `{path}` | {words} | {summary} |"
        for surface, method, path, words, summary in list_endpoints()
    ]
    return "\n".join(["| surface | method | path | in rules | |", "|---|---|---|---|---|", *rows])


def render_text() -> str:
    table = list_endpoints()
    widths = [max(len(row[column]) for row in table) for column in range(4)]
    return "\n".join(
        f"{surface:<{widths[0]}}  {method:<{widths[1]}}  {path:<{widths[2]}}  "
        f"{words:<{widths[3]}}  {summary}"
        for surface, method, path, words, summary in table
    )
