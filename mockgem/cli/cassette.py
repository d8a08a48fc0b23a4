"""`mockgem cassette`: look at cassettes, check and clean them, compare them, bring them into other forms."""

from __future__ import annotations

import re
from pathlib import Path

import click

from mockgem.recording.cassette_reader import BadCassette, Cassette, find_cassettes, read_cassette
from mockgem.recording.cassette_writer import save_cassette
from mockgem.recording.diff import (
    compare,
    describe_interaction,
    find_problems,
    format_interaction,
    summarize_interaction,
)
from mockgem.recording.matching import RequestMatcher
from mockgem.recording.redaction import PATTERNS, Redactor
from mockgem.recording.unknown_keys import listed, refusal, unknown_keys

FILE_TYPE = click.Path(path_type=Path, dir_okay=False)
PATHS_ARGUMENT = click.argument("places", nargs=-1, required=True, type=click.Path(path_type=Path))
REDACT_OPTION = click.option(
    "--redact", multiple=True, help="A regular expression for more that is a secret (repeatable)."
)


class UnreadableCassette(click.ClickException):
    """A cassette can't be used."""

    exit_code = 2


@click.group("cassette")
def command() -> None:
    """Look at cassettes, check and clean them, compare them, bring them into other forms."""


def load_cassette(path: Path) -> Cassette:
    try:
        return read_cassette(path)
    except BadCassette as error:
        raise UnreadableCassette(str(error)) from None


def build_redactor(patterns: tuple[str, ...]) -> Redactor:
    try:
        return Redactor((*PATTERNS, *map(re.compile, patterns)))
    except re.error as error:
        raise click.UsageError(f"--redact is no regular expression: {error}") from None


@command.command()
@click.argument("file", type=FILE_TYPE)
@click.argument("number", required=False, type=click.IntRange(min=1))
def show(file: Path, number: int | None) -> None:
    """List what a cassette holds, or one interaction in full by its number."""
    interactions = load_cassette(file).interactions
    if number is None:
        for place, one in enumerate(interactions, 1):
            click.echo(f"{place:4}. {summarize_interaction(one)}")
        return
    if number > len(interactions):
        raise click.UsageError(
            f"{file} holds {len(interactions)} interactions; there is no number {number}"
        )
    click.echo(format_interaction(interactions[number - 1]))


@command.command()
@PATHS_ARGUMENT
@REDACT_OPTION
@click.pass_context
def check(context: click.Context, places: tuple[Path, ...], redact: tuple[str, ...]) -> None:
    """Read cassettes, and tell what is wrong with them: secrets, torn ends, broken answers. Exit code 1 if anything is."""
    clean, wrong = build_redactor(redact), 0
    for place in places:
        if not place.exists():
            raise UnreadableCassette(f"{place} is not there")
        for path in find_cassettes(place):
            found = list(find_problems(load_cassette(path), clean))
            if unknown := unknown_keys(path):
                found.append(
                    f"{listed(unknown)} is not known to mockgem: nothing in it is played or checked"
                )
            wrong += len(found)
            for line in found:
                click.echo(f"{path}: {line}")
            if not found:
                click.echo(f"{path}: good")
    context.exit(1 if wrong else 0)


@command.command()
@PATHS_ARGUMENT
@REDACT_OPTION
@click.pass_context
def scrub(context: click.Context, places: tuple[Path, ...], redact: tuple[str, ...]) -> None:
    """Take secrets out of cassettes, in place; each file is written anew, whole or not at all. A file with keys that
    mockgem does not know is left as it is."""
    clean, refused = build_redactor(redact), False
    for place in places:
        if not place.exists():
            raise UnreadableCassette(f"{place} is not there")
        for path in find_cassettes(place):
            before = load_cassette(path).interactions
            after = [clean.redact(one, ()) for one in before]
            changed = sum(one != other for one, other in zip(before, after, strict=True))
            unknown = unknown_keys(path)
            if changed and unknown:
                refused = True
                click.echo(str(refusal(path, unknown)), err=True)
                continue
            if changed:
                write_cassette(path, after)
            click.echo(f"{path}: {changed} of {len(before)} interactions changed")
            if unknown:
                click.echo(
                    f"{path}: {listed(unknown)} is not known to mockgem and was not looked at"
                )
    context.exit(2 if refused else 0)


@command.command()
@click.argument("first", type=FILE_TYPE)
@click.argument("second", type=FILE_TYPE)
@click.option(
    "--ignore", multiple=True, help="A place of requests that is passed over (repeatable): $.user"
)
@click.pass_context
def diff(context: click.Context, first: Path, second: Path, ignore: tuple[str, ...]) -> None:
    """Tell which requests one of two cassettes lacks, and where answers differ. Exit code 1 if there is a difference."""
    found = list(
        compare(
            load_cassette(first).interactions,
            load_cassette(second).interactions,
            RequestMatcher(ignore=ignore),
        )
    )
    for one in found:
        click.echo(f"{one.kind}: {describe_interaction(one.interaction)}")
        for line in one.lines[:12]:
            click.echo(f"  {line}")
        if len(one.lines) > 12:
            click.echo(f"  and {len(one.lines) - 12} more")
    context.exit(1 if found else 0)


@command.command()
@click.argument("source", type=FILE_TYPE)
@click.argument("target", type=FILE_TYPE)
@click.option(
    "--from", "form", default="", help="The form of SOURCE; found out by its looks if not given."
)
@click.option(
    "--to",
    "into",
    default="",
    help="The form of TARGET: vcr, genai, test-server or aimock; vcr if not given.",
)
def convert(source: Path, target: Path, form: str, into: str) -> None:
    """Bring recordings into another form: cassettes, google-genai replays, test-server recordings, aimock fixtures;
    HAR can be read."""
    from mockgem.recording import formats

    try:
        interactions, unread = formats.load(source, form)
        unknown = unknown_keys(source) if formats.is_own(source, form) else []
        if unknown and target.exists() and target.samefile(source):
            raise refusal(source, unknown)
        unwritten = formats.store(target, interactions, into)
    except ValueError as error:
        raise UnreadableCassette(str(error)) from None
    click.echo(f"{target}: {len(interactions) - unwritten} interactions")
    if unknown:
        click.echo(f"{source}: {listed(unknown)} is not known to mockgem and was left out")
    if unread or unwritten:
        click.echo(
            f"{unread} could not be read and {unwritten} could not be told in that form; they were left out"
        )


def write_cassette(path: Path, interactions: object) -> None:
    try:
        save_cassette(path, interactions)  # type: ignore[arg-type]
    except ValueError as error:
        raise UnreadableCassette(str(error)) from None
