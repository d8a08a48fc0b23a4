"""Groups of commands: loaded on demand, with a suggestion for a misspelled name."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

ENDED_BY_SIGTERM = 128 + signal.SIGTERM


class SuggestingGroup(click.Group):
    """A group that names the command that a misspelled one probably means."""

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if self.get_command(context, name) is None and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, self.list_commands(context), 1, 0.5)
            hint = (
                f"did you mean {near[0]}?" if near else f"{context.command_path} --help lists them."
            )
            context.fail(f"There is no command {name!r}: {hint}")
        return super().resolve_command(context, args)


class LazyGroup(SuggestingGroup):
    """A group that imports the file of a command only when that command is called.

    Its list of commands comes with a summary of each, so that `--help` imports none.
    """

    def __init__(self, *args: Any, summaries: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.summaries = summaries

    def main(self, *args: Any, **more: Any) -> Any:
        allow_early_end()
        return super().main(*args, **more)

    def list_commands(self, context: click.Context) -> list[str]:
        return list(self.summaries)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in self.summaries:
            return None
        command: click.Command = import_module(f"mockgem.cli.{name}").command
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(self.summaries.items()))


def allow_early_end() -> None:
    """Let SIGTERM end the first process of a container while it still imports its modules.

    The kernel ignores signals to a first process that does not handle them, so the container would
    be killed some seconds later. A command that serves replaces the handler.
    """
    if os.getpid() == 1:
        signal.signal(signal.SIGTERM, lambda *_: os._exit(ENDED_BY_SIGTERM))
