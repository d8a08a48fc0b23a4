"""`mockgem run`."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from mockgem.cli.options import with_options
from mockgem.cli.serve import Unusable, settings_from
from mockgem.testing.report import line_of, never_used, unanswered, words_of

if TYPE_CHECKING:
    from mockgem.testing.embedded_server import LocalServer
    from mockgem.testing.world import Mockgem

MOST_TOLD = 10
"""Failures that are told one by one."""


@click.command("run", context_settings={"ignore_unknown_options": False, "allow_interspersed_args": False})
@with_options
@click.option(
    "--strict", is_flag=True, help="End with 1 for an unmet verdict, or a call that no cassette had or nothing answers."
)
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
@click.pass_context
def command(context: click.Context, /, command: tuple[str, ...], *, strict: bool, **options: Any) -> None:
    """Run a command with a server beside it: mockgem run --scenario overloaded -- npm test

    The server is on a free port; the command finds it in OPENAI_BASE_URL, GOOGLE_GEMINI_BASE_URL and MOCKGEM_URL, with a
    key in OPENAI_API_KEY and GEMINI_API_KEY. Ends with the command's exit code, after the verdict if a scenario was played.
    """
    from mockgem.testing.embedded_server import LocalServer

    settings = asdict(settings_from(context, options)) | {"host": "127.0.0.1", "port": 0, "admin_token": ""}
    try:
        with LocalServer(**settings) as server:
            try:
                code = subprocess.run(command, env=os.environ | server.world().env, check=False).returncode
            except OSError as error:
                raise Unusable(f"{command[0]} can't be run: {error.strerror or error}") from None
            well = report([server.world(name) for name in asked_worlds(server)])
    except ValueError as error:
        raise Unusable(str(error)) from None
    code = code if code >= 0 else 128 - code
    sys.exit(code or int(strict and not well))


def asked_worlds(server: LocalServer) -> list[str]:
    """The worlds that requests came to, the default one before the others; it alone where none came."""
    found = server.world().asked("GET", "/worlds")["worlds"]
    return [one["name"] for one in found if one["requests"]] or [""]


def report(worlds: list[Mockgem]) -> bool:
    """What went on, on stderr: the verdicts, rules that were added and never used, what was refused, and what no cassette
    had. Gives whether all was well."""
    from mockgem.scenarios.manager import ADDED
    from mockgem.scenarios.verdict import as_text

    well, calls = True, []
    for world in worlds:
        calls += world.journal()
        with contextlib.suppress(ValueError):  # nothing was played
            found = world.verdict()
            well = well and found["pass"]
            if found["scenario"] != ADDED or found["checks"]:
                click.echo(as_text(found), err=True)
        left = never_used(world)
        well = well and not left
        for line in left:
            click.echo(f"/w/{world.world} {line}" if world.world else line, err=True)
    refused = Counter([line_of(one) + ": " + words_of(one) for one in calls if is_refused(one)])
    for line, times in refused.most_common(MOST_TOLD):
        click.echo(line + (f" ({times} times)" if times > 1 else ""), err=True)
    misses = [one for one in calls if one.get("missed")]
    for one in misses:
        click.echo(f"not in the cassette: {one['method']} {one['path']}", err=True)
    click.echo(f"mockgem answered {len(calls)} request{'' if len(calls) == 1 else 's'}", err=True)
    return well and not any(unanswered(one) for one in calls)


def is_refused(entry: Mapping[str, Any]) -> bool:
    """What the real service would refuse as well: no scenario wanted it."""
    return (entry["status"] or 0) >= 400 and entry["source"] not in ("scenario", "cassette", "upstream")
