"""The command line: one file for each command, loaded when it is called."""

from __future__ import annotations

from importlib import import_module

import click

from mockgem import __version__

COMMANDS = (
    "cassette",
    "drift",
    "endpoints",
    "models",
    "record",
    "replay",
    "run",
    "scenario",
    "serve",
    "verdict",
)


class LazyGroup(click.Group):
    """Loads a command's file only when that command is wanted."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"mockgem.cli.{name}").command
        return command


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="mockgem")
def main() -> None:
    """The Gemini API on localhost: deterministic, with no key and no network."""
