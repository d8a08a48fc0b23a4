"""The command `mockgem replay`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mockgem.cli.options import ServerCommand
from mockgem.cli.serve import StartupError, build_settings, run_server


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
    if not Path(cassette).exists():
        raise StartupError(
            f"There is no cassette {cassette}. Check the path, or record one: "
            f"mockgem record --cassette {cassette}"
        )
    run_server(build_settings(context, options))
