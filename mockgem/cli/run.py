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
from mockgem.cli.serve import StartupError, build_settings
from mockgem.testing.report import (
    describe_entry,
    find_unused_server_rules,
    is_unanswered,
    response_text,
)

if TYPE_CHECKING:
    from mockgem.testing.embedded_server import LocalServer
    from mockgem.testing.world import Mockgem

MAX_REPORTED = 10
"""Failures that are told one by one."""


@click.command(
    "run", context_settings={"ignore_unknown_options": False, "allow_interspersed_args": False}
)
@with_options
@click.option(
    "--strict",
    is_flag=True,
    help="End with 1 for an unmet verdict, or a call that no cassette had or nothing answers.",
)
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
@click.pass_context
def command(
    context: click.Context, /, command: tuple[str, ...], *, strict: bool, **options: Any
) -> None:
    """Run a command with a server beside it: mockgem run --scenario overloaded -- npm test

    The server is on a free port; the command finds it in OPENAI_BASE_URL, GOOGLE_GEMINI_BASE_URL and MOCKGEM_URL, with a
    key in OPENAI_API_KEY and GEMINI_API_KEY. Ends with the command's exit code, after the verdict if a scenario was played.
    """
    from mockgem.testing.embedded_server import LocalServer

    settings = asdict(build_settings(context, options)) | {
        "host": "127.0.0.1",
        "port": 0,
        "admin_token": "",
    }
    try:
        with LocalServer(**settings) as server:
            try:
                code = subprocess.run(
                    command, env=os.environ | server.world().env, check=False
                ).returncode
            except OSError as error:
                raise StartupError(
                    f"{command[0]} can't be run: {error.strerror or error}"
                ) from None
            well = report([server.world(name) for name in list_used_worlds(server)])
    except ValueError as error:
        raise StartupError(str(error)) from None
    code = code if code >= 0 else 128 - code
    sys.exit(code or int(strict and not well))


def list_used_worlds(server: LocalServer) -> list[str]:
    """The worlds that requests came to, the default one before the others; it alone where none came."""
    found = server.world()._call_admin("GET", "/worlds")["worlds"]
    return [one["name"] for one in found if one["requests"]] or [""]


def report(worlds: list[Mockgem]) -> bool:
    """What went on, on stderr: the verdicts, rules that were added and never used, what was refused, and what no cassette
    had. Gives whether all was well."""
    from mockgem.scenarios.manager import ADDED_SCENARIO
    from mockgem.scenarios.verdict import format_verdict

    well, calls = True, []
    for world in worlds:
        calls += world.journal()
        with contextlib.suppress(ValueError):  # nothing was played
            found = world.verdict()
            well = well and found["pass"]
            if found["scenario"] != ADDED_SCENARIO or found["checks"]:
                click.echo(format_verdict(found), err=True)
        left = find_unused_server_rules(world)
        well = well and not left
        for line in left:
            click.echo(f"/w/{world.world} {line}" if world.world else line, err=True)
    refused = Counter(
        [describe_entry(one) + ": " + response_text(one) for one in calls if is_refused(one)]
    )
    for line, times in refused.most_common(MAX_REPORTED):
        click.echo(line + (f" ({times} times)" if times > 1 else ""), err=True)
    misses = [one for one in calls if one.get("missed")]
    for one in misses:
        click.echo(f"not in the cassette: {one['method']} {one['path']}", err=True)
    click.echo(f"mockgem answered {len(calls)} request{'' if len(calls) == 1 else 's'}", err=True)
    return well and not any(is_unanswered(one) for one in calls)


def is_refused(entry: Mapping[str, Any]) -> bool:
    """What the real service would refuse as well: no scenario wanted it."""
    return (entry["status"] or 0) >= 400 and entry["source"] not in (
        "scenario",
        "cassette",
        "upstream",
    )
