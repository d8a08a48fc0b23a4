"""The command `mockgem replay`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from mockgem.cli.options import ServerCommand
from mockgem.cli.running import StartupError
from mockgem.cli.serve import build_missing_error, build_settings, run_server
from mockgem.config.options import OptionTable


@click.command("replay", cls=ServerCommand, defaults={"on_miss": "fail"})
@click.pass_context
def command(context: click.Context, /, **options: Any) -> None:
    """Answer from a cassette, without a key or a network.

    mockgem refuses requests that are not in the cassette; with --on-miss engine it generates their
    answers.
    """
    cassette = options["cassette"]
    if not cassette:
        raise StartupError("Name the cassette to replay: mockgem replay --cassette FILE")
    warn_about_record_mode(context)
    if not Path(cassette).exists():
        raise build_missing_error(cassette)
    run_server(build_settings(context, options))


def warn_about_record_mode(context: click.Context) -> None:
    """Report a record mode of the environment or a settings file: this command never records."""
    row = OptionTable.record_mode
    in_file = (context.default_map or {}).get(row.name)
    mode = os.environ.get(row.env_var) or in_file or "none"
    if mode != "none":
        click.echo(
            f"Warning: mockgem replay only replays, so the record mode {mode} is not used. To use "
            "it, start mockgem record or mockgem serve.",
            err=True,
        )
