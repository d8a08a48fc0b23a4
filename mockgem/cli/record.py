"""`mockgem record`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from mockgem.cli.options import with_options
from mockgem.cli.serve import StartupError, build_settings, run_server
from mockgem.recording.modes import MODES


@click.command("record")
@click.option(
    "--mode",
    "record_mode",
    envvar="MOCKGEM_RECORD_MODE",
    type=click.Choice(MODES),
    default="once",
    show_default=True,
    help="once: only a new cassette; new_episodes: what is not in it yet; all: everything; none: only play.",
)
@with_options
@click.pass_context
def command(context: click.Context, /, record_mode: str, **options: Any) -> None:
    """Stand between clients and the real API, and record what passes to a cassette."""
    settings = build_settings(context, options)
    if not settings.cassette:
        raise StartupError("say which file to record to: mockgem record --cassette FILE")
    run_server(replace(settings, record_mode=record_mode, on_miss="fail"))
