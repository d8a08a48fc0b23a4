"""Read a settings file again when it changes, for `--watch`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from mockgem.cli.options import CONFIG
from mockgem.config.options import list_options
from mockgem.config.settings import Settings
from mockgem.config.settings_file import BadSettings, load
from mockgem.core.changed_files import FileStamp

log = logging.getLogger("mockgem")
LOOK_SECONDS = 0.3
KEPT = ("host", "port", "workers", "admin_token", "quiet", "log_format", "watch")
"""Options that a running server keeps."""


class SettingsWatch:
    """Waits until a settings file has changed, and builds the settings of the command line again.

    `build` makes settings from the values of options, as the command does.
    """

    def __init__(
        self, context: click.Context, path: Path, build: Callable[[Mapping[str, Any]], Settings]
    ) -> None:
        self.context = context
        self.path = path
        self.build = build
        self.stamp = FileStamp(path)

    async def wait(self, current: Settings) -> Settings:
        """Return the settings after a change that makes a difference and can be used."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if self.stamp.has_changed() and (changed := self.read_changed(current)) is not None:
                return changed

    def read_changed(self, current: Settings) -> Settings | None:
        """Return the settings of the file if they make a difference and can be used."""
        try:
            changed = self.read().replace(**{name: getattr(current, name) for name in KEPT})
        except (BadSettings, click.ClickException) as error:
            text = error.message if isinstance(error, click.ClickException) else error
            log.warning("%s has changed and cannot be used: %s", self.path, text)
            log.warning("The server keeps the earlier settings.")
            return None
        names = list_differences(current, changed)
        if not names:
            return None
        log.warning("%s has changed: %s", self.path, ", ".join(names))
        return changed

    def read(self) -> Settings:
        """Return the settings of the command line, the environment and the file as it is now.

        Raises BadSettings, and ClickException for values that do not fit together.
        """
        in_file = load(self.path)
        self.context.default_map = in_file
        given = (ParameterSource.COMMANDLINE, ParameterSource.ENVIRONMENT)
        defaults = getattr(self.context.command, "defaults", {})
        values = {}
        for name, row in list_options().items():
            if self.context.get_parameter_source(name) in given:
                values[name] = self.context.params[name]
            elif name in self.context.params:
                values[name] = in_file.get(name, defaults.get(name, row.default))
        return self.build(values)


def watch_settings(
    context: click.Context, settings: Settings, build: Callable[[Mapping[str, Any]], Settings]
) -> SettingsWatch | None:
    """Return what watches a command's settings file, or None if nothing is to be watched.

    A server that records keeps its settings: its cassette has one writer.
    """
    path = context.meta.get(CONFIG)
    records = settings.record_mode != "none" or settings.on_miss == "record"
    return SettingsWatch(context, path, build) if settings.watch and path and not records else None


def follow_settings(
    context: click.Context, settings: Settings, build: Callable[[Mapping[str, Any]], Settings]
) -> SettingsWatch | None:
    """Return what reads a command's settings file again, or None without such a file.

    A server with several workers reads it when it gets SIGHUP, also without --watch.
    """
    path = context.meta.get(CONFIG)
    return SettingsWatch(context, path, build) if path else None


def list_differences(old: Settings, new: Settings) -> list[str]:
    """Return the names of the options with other values."""
    return [name for name in list_options() if getattr(old, name) != getattr(new, name)]
