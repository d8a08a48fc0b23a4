"""`mockgem replay`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from mockgem.cli.options import with_options
from mockgem.cli.serve import StartupError, build_settings, run_server


@click.command("replay")
@with_options
@click.pass_context
def command(context: click.Context, /, **options: Any) -> None:
    """Answer from a cassette, without key or network. What is not in it is refused, or made up with --on-miss engine."""
    settings = build_settings(context, options)
    if not settings.cassette or not Path(settings.cassette).exists():
        raise StartupError(
            f"there is no cassette at {settings.cassette or 'nowhere'}: mockgem replay --cassette FILE|FOLDER"
        )
    told = context.get_parameter_source("on_miss")
    usual = told is None or told.name == "DEFAULT"
    run_server(replace(settings, on_miss="fail" if usual else settings.on_miss))
