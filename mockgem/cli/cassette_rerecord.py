"""The command `mockgem cassette rerecord`."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import click

from mockgem.recording import formats
from mockgem.recording.changes import Change, find_changes
from mockgem.recording.diff import describe_interaction
from mockgem.recording.drift import NOT_COMPARABLE
from mockgem.recording.interaction import Interaction
from mockgem.recording.matching import RequestMatcher
from mockgem.redaction.finder import hide_secrets

LEGEND = "(recorded: the old recording; ours: the new one)"
Suite = dict[Path, tuple[Interaction, ...]]
"""The interactions of each cassette."""


@click.command("rerecord", context_settings={"allow_interspersed_args": False})
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
@click.pass_context
def command(context: click.Context, /, folder: Path, command: tuple[str, ...]) -> None:
    """Record all cassettes of a suite again, and show what changed in meaning.

    mockgem runs the command with the record mode rewrite, in pytest and in mockgem run, and with
    your keys: mockgem cassette rerecord cassettes -- pytest. It compares the cassettes in FOLDER
    before and after: status, keys, types, words of the API and framing, not texts and numbers. If
    the command fails, the old cassettes come back.
    """
    from mockgem.cli.run import run_command

    before = read_suite(folder)
    with tempfile.TemporaryDirectory() as copy:
        back_up(before, Path(copy))
        if code := run_command(drop_separator(command), build_env()):
            restore(before, Path(copy))
            click.echo("The command failed: mockgem put the old cassettes back.", err=True)
            context.exit(code)
    after = read_suite(folder)
    report(before, after)
    if before == after and after:
        click.echo(NOTHING_RECORDED, err=True)
        context.exit(1)


NOTHING_RECORDED = (
    "The command recorded nothing. mockgem can record in pytest (mockgem cassette rerecord FOLDER "
    "-- pytest) and in mockgem's own commands (-- mockgem run --cassette FILE -- COMMAND)."
)


def drop_separator(command: tuple[str, ...]) -> tuple[str, ...]:
    """Return a command without the -- that separates it from the folder."""
    return command[1:] if command[0] == "--" and command[1:] else command


def build_env() -> dict[str, str]:
    """Return the variables that set the record mode of pytest and of mockgem's commands."""
    options = [os.environ.get("PYTEST_ADDOPTS", ""), "--mockgem-record-mode=rewrite"]
    return {
        "PYTEST_ADDOPTS": " ".join(filter(None, options)),
        "MOCKGEM_RECORD_MODE": "rewrite",
    }


def read_suite(folder: Path) -> Suite:
    """Return the cassettes of a folder, without recordings of other tools.

    Raises ClickException.
    """
    from mockgem.cli.cassette import list_files, load_recording

    recordings = [load_recording(path) for path in list_files([folder])]
    return {one.path: one.interactions for one in recordings if one.form == formats.VCR}


def back_up(suite: Suite, folder: Path) -> None:
    for number, path in enumerate(suite):
        shutil.copy2(path, folder / str(number))


def restore(suite: Suite, folder: Path) -> None:
    for number, path in enumerate(suite):
        shutil.copy2(folder / str(number), path)


def report(before: Suite, after: Suite) -> None:
    """Write the changes of each cassette, and a sum."""
    count = 0
    for path in sorted({*before, *after}):
        old, new = before.get(path, ()), after.get(path, ())
        if old == new and old:
            click.echo(f"{path}: not recorded again")
            continue
        changes = list(find_changes(old, new, RequestMatcher()))
        count += len(changes)
        click.echo(f"{path}: {len(changes) or 'no'} change{'' if len(changes) == 1 else 's'}")
        for change in changes:
            write_change(change)
    click.echo(
        f"{len(after)} cassettes, {count} changes in meaning {LEGEND if count else ''}".rstrip()
    )


def write_change(change: Change) -> None:
    click.echo(f"  {change.kind}: {describe_interaction(change.interaction)}")
    for finding in change.findings:
        place = "" if finding.tier == NOT_COMPARABLE else f" {finding.path}"
        click.echo(hide_secrets(f"    {finding.tier}{place}: {finding.message}"))
