"""The table of options on the command line: a command that takes them, in groups."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from mockgem.config.option import (
    InvalidOption,
    Option,
    Spelling,
    spell_flag,
    spell_key_in,
    spell_variable,
)
from mockgem.config.option_kinds import Flag
from mockgem.config.options import GROUPS, list_options

CONFIG = "mockgem.config"
"""The key of a click context under which a command keeps the path of its settings file."""
OTHER_VARIABLES = ("MOCKGEM_CONFIG", "MOCKGEM_URL")
"""Variables that mockgem reads or sets besides those of the options."""


if TYPE_CHECKING:
    ParamType = click.ParamType[Any]
else:  # click 8.1 and 8.2 have no type parameter
    ParamType = click.ParamType


class OptionType(ParamType):
    """Checks a value with its row of the table."""

    def __init__(self, row: Option[Any]) -> None:
        self.row = row
        self.name = row.metavar.lower()

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> Any:
        return read_value(self.row, value, context)

    def shell_complete(
        self, context: click.Context, param: click.Parameter, incomplete: str
    ) -> list[click.shell_completion.CompletionItem]:
        from mockgem.cli.completion import find_completion

        if complete := find_completion(self.row.name, self.row.metavar):
            return complete(context, param, incomplete)
        return [
            click.shell_completion.CompletionItem(choice)
            for choice in self.row.choices
            if choice.startswith(incomplete)
        ]


class RepeatableType(OptionType):
    """Checks each value of an option that can be given again."""

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> Any:
        (text,) = read_value(self.row, value, context)
        return text


class FlagType(click.types.BoolParamType):
    """Checks the value of a flag, which an environment or a settings file may give as text."""

    def __init__(self, row: Option[Any]) -> None:
        self.row = row

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> Any:
        return read_value(self.row, value, context)


def read_value(row: Option[Any], value: Any, context: click.Context | None) -> Any:
    """Return a value as the server uses it. Raises UsageError with the spelling of its source."""
    try:
        return row.read(value, get_spelling(row, context))
    except InvalidOption as error:
        raise click.UsageError(str(error)) from None


def get_spelling(row: Option[Any], context: click.Context | None) -> Spelling:
    source = context.get_parameter_source(row.name) if context is not None else None
    if source is ParameterSource.ENVIRONMENT:
        return spell_variable
    if source is ParameterSource.DEFAULT_MAP:
        return spell_key_in("the settings file")
    return spell_flag


def build_click_option(row: Option[Any], default: Any, command: str = "") -> click.Option:
    """Return the option of a command for a row of the table.

    A default is given as help shows it (100MiB); the type converts it.
    """
    is_flag = isinstance(row, Flag)
    flag = f"{row.flag}/--no-{row.flag[2:]}" if is_flag and row.default else row.flag
    kind = FlagType(row) if is_flag else (RepeatableType if row.is_repeatable else OptionType)(row)
    is_shown = default not in ("", (), 0, False)
    short_flags = [row.short_flags[command]] if command in row.short_flags else []
    return click.Option(
        [*short_flags, flag, row.name],
        type=kind,
        is_flag=is_flag,
        multiple=row.is_repeatable,
        metavar=None if is_flag else row.metavar,
        envvar=row.env_var,
        default=row.shown_default
        if is_shown and not is_flag and default == row.default
        else default,
        show_default=is_shown,
        help=row.help,
    )


def read_config(context: click.Context, param: click.Parameter, value: Path | None) -> None:
    """Use the values of a settings file where the command line and the environment give none."""
    if value is None:
        return
    from mockgem.config.settings_file import BadSettings, load

    try:
        context.default_map = load(value)
    except BadSettings as error:
        raise click.UsageError(str(error)) from None
    context.meta[CONFIG] = value


def build_config_option() -> click.Option:
    return click.Option(
        ["--config"],
        type=click.Path(dir_okay=False, path_type=Path),
        envvar="MOCKGEM_CONFIG",
        is_eager=True,
        expose_value=False,
        callback=read_config,
        help="Read this settings file, TOML or YAML, with the names of these options as keys.",
    )


class ServerCommand(click.Command):
    """A command that starts a server: it takes the options of the table, shown in groups."""

    def __init__(self, *args: Any, defaults: Mapping[str, Any] | None = None, **more: Any) -> None:
        """`defaults` are those of this command where they differ from the table."""
        super().__init__(*args, **more)
        self.defaults = defaults or {}

    def list_rows(self) -> dict[str, Option[Any]]:
        return {name: row for name, row in list_options().items() if self.name in row.commands}

    def get_params(self, context: click.Context) -> list[click.Parameter]:
        options = [
            build_click_option(row, self.defaults.get(name, row.default), str(self.name))
            for name, row in self.list_rows().items()
        ]
        return [build_config_option(), *options, *super().get_params(context)]

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command's own options, then those of the table by group."""
        rows = self.list_rows()
        records: dict[str, list[tuple[str, str]]] = {"Options": []}
        records |= {group: [] for group in GROUPS}
        for param in self.get_params(context):
            record = param.get_help_record(context)
            row = rows.get(str(param.name))
            heading = row.group if row else "Options"
            if record is not None:
                records.setdefault(heading, []).append(record)
        for heading, definitions in records.items():
            if definitions:
                with formatter.section(heading):
                    formatter.write_dl(definitions)


def warn_about_misspelled_variables(environment: Mapping[str, str] = os.environ) -> None:
    """Report variables that look like an option's and are not read."""
    from difflib import get_close_matches

    known = [*[row.env_var for row in list_options().values()], *OTHER_VARIABLES]
    short = [name.removeprefix("MOCKGEM_") for name in known]
    for name in environment:
        if not name.startswith("MOCKGEM_") or name in known:
            continue
        near = get_close_matches(name.removeprefix("MOCKGEM_"), short, 1, 0.7)
        if near:
            click.echo(
                f"Warning: mockgem does not read {name}; did you mean MOCKGEM_{near[0]}?", err=True
            )
