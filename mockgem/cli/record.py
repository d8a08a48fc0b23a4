"""The command `mockgem record`."""

from __future__ import annotations

from typing import Any

import click

from mockgem.cli.options import ServerCommand
from mockgem.cli.running import StartupError
from mockgem.cli.serve import build_settings, run_server


@click.command("record", cls=ServerCommand, defaults={"record_mode": "once", "on_miss": "fail"})
@click.pass_context
def command(context: click.Context, /, **options: Any) -> None:
    """Record the answers of the real API to a cassette.

    Clients send their requests to mockgem, which passes them on and writes requests and answers to
    the cassette, without keys: mockgem record --cassette chat.yaml

    With --proxy, programs keep their base URLs and find mockgem in HTTPS_PROXY: the lines at the
    start set it.
    """
    if not options["cassette"]:
        raise StartupError("Name the file to record to: mockgem record --cassette FILE")
    run_server(build_settings(context, options))
