"""The command `mockgem cassette`: inspect, check, redact, compare and convert cassettes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from mockgem.cli.cassette_import import command as import_command
from mockgem.cli.cassette_report import command as report_command
from mockgem.cli.cassette_rerecord import command as rerecord_command
from mockgem.cli.groups import SuggestingGroup
from mockgem.cli.options import RepeatableType
from mockgem.config.options import OptionTable
from mockgem.recording import formats
from mockgem.recording.cassette_reader import (
    SUFFIXES,
    BadCassette,
    Cassette,
    find_cassettes,
    read_cassette,
)
from mockgem.recording.cassette_writer import save_cassette
from mockgem.recording.diff import (
    compare,
    describe_interaction,
    find_problems,
    format_interaction,
    summarize_interaction,
)
from mockgem.recording.interaction import Interaction
from mockgem.recording.matching import RequestMatcher
from mockgem.recording.redaction import Redactor
from mockgem.recording.unknown_keys import listed, refusal, unknown_keys

MAX_DIFF_LINES = 12
FILE_TYPE = click.Path(path_type=Path, dir_okay=False)
PATHS_ARGUMENT = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
REDACT_OPTION = click.option(
    OptionTable.redact.flag,
    type=RepeatableType(OptionTable.redact),
    metavar=OptionTable.redact.metavar,
    multiple=True,
    help="Redact text that matches this regular expression too (repeatable).",
)


class UnreadableCassette(click.ClickException):
    """A cassette that mockgem can't use."""

    exit_code = 2


@click.group("cassette", cls=SuggestingGroup)
def command() -> None:
    """Inspect, check, redact, compare and convert cassettes."""


command.add_command(import_command)
command.add_command(report_command)
command.add_command(rerecord_command)


@command.command()
@click.argument("file", type=FILE_TYPE)
@click.argument("number", required=False, type=click.IntRange(min=1))
def show(file: Path, number: int | None) -> None:
    """List the interactions of a cassette, or show one completely by its number."""
    interactions = load_recording(file).interactions
    if number is None:
        for position, interaction in enumerate(interactions, 1):
            click.echo(f"{position:4}. {summarize_interaction(interaction)}")
        return
    if number > len(interactions):
        raise click.UsageError(
            f"{number} is not valid: {file} has interactions 1 to {len(interactions)}."
        )
    click.echo(format_interaction(interactions[number - 1]))


@command.command()
@PATHS_ARGUMENT
@REDACT_OPTION
@click.pass_context
def check(context: click.Context, paths: tuple[Path, ...], redact: tuple[str, ...]) -> None:
    """Check cassettes for secrets, incomplete files and broken answers.

    The exit code is 1 if there is a problem.
    """
    redactor, problem_count = build_redactor(redact), 0
    for path in list_files(paths):
        recording = load_recording(path)
        remedy = "scrub" if recording.form == formats.VCR else "convert"
        problems = list(find_problems(recording.to_cassette(), redactor, remedy))
        if recording.left_out:
            problems.append(f"{recording.left_out} of its records are not requests with an answer")
        if recording.form == formats.VCR and (unknown := unknown_keys(path)):
            problems.append(
                f"{listed(unknown)} is not known to mockgem: its content is not replayed or checked"
            )
        problem_count += len(problems)
        for line in problems or ["good"]:
            click.echo(f"{path}: {line}")
    context.exit(1 if problem_count else 0)


@command.command()
@PATHS_ARGUMENT
@REDACT_OPTION
@click.pass_context
def scrub(context: click.Context, paths: tuple[Path, ...], redact: tuple[str, ...]) -> None:
    """Remove secrets from cassettes.

    mockgem replaces each file completely or not at all. It does not change a file with keys that it
    does not know; the exit code is then 2.
    """
    redactor, is_refused = build_redactor(redact), False
    for path in list_files(paths):
        before = load_cassette(path).interactions
        after = [redactor.redact(interaction) for interaction in before]
        changed = sum(old != new for old, new in zip(before, after, strict=True))
        unknown = unknown_keys(path)
        if changed and unknown:
            is_refused = True
            click.echo(str(refusal(path, unknown)), err=True)
            continue
        if changed:
            write_cassette(path, after)
        click.echo(f"{path}: {changed} of {len(before)} interactions changed")
        if unknown:
            click.echo(f"{path}: {listed(unknown)} is not known to mockgem and was not checked")
    context.exit(2 if is_refused else 0)


@command.command()
@click.argument("first", type=FILE_TYPE)
@click.argument("second", type=FILE_TYPE)
@click.option(
    "--ignore",
    metavar="JSONPATH",
    multiple=True,
    help="Ignore this part of request bodies (repeatable): $.user",
)
@click.pass_context
def diff(context: click.Context, first: Path, second: Path, ignore: tuple[str, ...]) -> None:
    """Compare two cassettes: requests that only one has, and answers that differ.

    The exit code is 1 if there is a difference.
    """
    differences = list(
        compare(
            load_recording(first).interactions,
            load_recording(second).interactions,
            RequestMatcher(ignore=ignore),
        )
    )
    for difference in differences:
        click.echo(f"{difference.kind}: {describe_interaction(difference.interaction)}")
        for line in difference.lines[:MAX_DIFF_LINES]:
            click.echo(f"  {line}")
        if len(difference.lines) > MAX_DIFF_LINES:
            click.echo(f"  and {len(difference.lines) - MAX_DIFF_LINES} more")
    context.exit(1 if differences else 0)


@command.command()
@click.argument("source", type=FILE_TYPE)
@click.argument("target", required=False, type=FILE_TYPE)
@click.option(
    "--from",
    "form",
    metavar="FORMAT",
    default="",
    help="The format of SOURCE; without it mockgem recognizes the format.",
)
@click.option(
    "--to",
    "into",
    metavar="FORMAT",
    default="",
    help="The format of TARGET: vcr (the default), genai, test-server or aimock.",
)
def convert(source: Path, target: Path | None, form: str, into: str) -> None:
    """Convert recordings to another format.

    mockgem reads cassettes of vcrpy, and recordings of Ruby VCR, R vcr, go-vcr, httprr, Polly.js,
    HAR, mitmproxy, google-genai, test-server and aimock. Without TARGET it writes
    NAME.mockgem.yaml beside SOURCE. It never changes SOURCE.
    """
    target = target or default_target(source, into)
    try:
        recording = formats.read_recording(source, form)
        unknown = unknown_keys(source) if recording.form == formats.VCR else []
        check_target(source, target, recording, unknown)
        interactions = formats.clean(recording)
        unwritten = formats.store(target, interactions, into)
    except ValueError as error:
        raise UnreadableCassette(str(error)) from None
    click.echo(f"{target}: {len(interactions) - unwritten} interactions")
    if unknown:
        click.echo(f"{source}: {listed(unknown)} is not known to mockgem and was left out")
    if recording.left_out or unwritten:
        click.echo(
            f"{recording.left_out} could not be read and {unwritten} could not be written in this "
            "format: mockgem left them out"
        )


def default_target(source: Path, into: str) -> Path:
    """Return the file beside another one in which its conversion goes."""
    name = source.name.removesuffix(".gz")
    for suffix in SUFFIXES:
        name = name.removesuffix(suffix)
    return source.with_name(f"{name}.mockgem.{'yaml' if into in ('', formats.VCR) else 'json'}")


def check_target(
    source: Path, target: Path, recording: formats.Recording, unknown: list[str]
) -> None:
    """Raise ValueError if a conversion would replace a file that it can't replace completely."""
    if not (target.exists() and target.samefile(source)):
        return
    if recording.form != formats.VCR:
        raise BadCassette(
            f"{target} is the source: a conversion does not change it. Name another file"
        )
    if unknown:
        raise refusal(source, unknown)


def list_files(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the cassettes of files and folders.

    Raises UnreadableCassette for a path that does not exist.
    """
    for path in paths:
        if not path.exists():
            raise UnreadableCassette(f"There is no file or folder {path}.")
        yield from find_cassettes(path)


def load_recording(path: Path) -> formats.Recording:
    """Read a cassette or a recording of another tool. Raises UnreadableCassette."""
    try:
        return formats.read_recording(path)
    except BadCassette as error:
        raise UnreadableCassette(str(error)) from None


def load_cassette(path: Path) -> Cassette:
    """Read a cassette that will be changed. Raises UnreadableCassette for other recordings."""
    try:
        return read_cassette(path)
    except BadCassette as error:
        raise UnreadableCassette(str(error)) from None


def write_cassette(path: Path, interactions: list[Interaction]) -> None:
    try:
        save_cassette(path, interactions)
    except ValueError as error:
        raise UnreadableCassette(str(error)) from None


def build_redactor(patterns: tuple[str, ...]) -> Redactor:
    return Redactor(tuple(map(re.compile, patterns)))
