"""`mockgem run`."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from dataclasses import asdict
from typing import Any

import click

from mockgem.cli.options import with_options
from mockgem.cli.serve import Unusable, settings_from


@click.command("run", context_settings={"ignore_unknown_options": False, "allow_interspersed_args": False})
@with_options
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
@click.pass_context
def command(context: click.Context, /, command: tuple[str, ...], **options: Any) -> None:
    """Run a command with a server beside it: mockgem run --scenario overloaded -- npm test

    The server is on a free port; the command finds it in OPENAI_BASE_URL, GOOGLE_GEMINI_BASE_URL and MOCKGEM_URL, with a
    key in OPENAI_API_KEY and GEMINI_API_KEY. Ends with the command's exit code, after the verdict if a scenario was played.
    """
    from mockgem.local import LocalServer
    from mockgem.testing import Mockgem

    settings = asdict(settings_from(context, options)) | {"host": "127.0.0.1", "port": 0, "admin_token": ""}
    try:
        with LocalServer(**settings) as server:
            world = Mockgem(server.url)
            try:
                code = subprocess.run(command, env=os.environ | world.env, check=False).returncode
            except OSError as error:
                raise Unusable(f"{command[0]} can't be run: {error.strerror or error}") from None
            report(world)
    except ValueError as error:
        raise Unusable(str(error)) from None
    sys.exit(code if code >= 0 else 128 - code)


def report(world: Any) -> None:
    """What went on, on stderr: the verdict, and what no cassette had."""
    from mockgem.scenarios.judging import as_text

    with contextlib.suppress(ValueError):  # nothing was played
        click.echo(as_text(world.verdict()), err=True)
    misses = [entry for entry in world.journal() if entry.get("missed")]
    for entry in misses:
        click.echo(f"not in the cassette: {entry['method']} {entry['path']}", err=True)
    calls = len(world.journal())
    click.echo(f"mockgem answered {calls} request{'' if calls == 1 else 's'}", err=True)
