"""The command `mockgem cassette report`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from mockgem.recording.usage_report import CassetteReport, build_report


@click.command("report")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--url", metavar="URL", help="Also name what a running server has not played: its address."
)
@click.option("--world", metavar="NAME", default="", help="The world of that server.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.pass_context
def command(
    context: click.Context, paths: tuple[Path, ...], url: str | None, world: str, *, as_json: bool
) -> None:
    """Show the age, the models and the tokens of cassettes.

    The exit code is 1 if a cassette has a model that Google has shut down.
    """
    from mockgem.cli.cassette import list_files, load_recording

    shutdowns, now = load_shutdowns(), datetime.now(UTC)
    reports = [
        build_report(path, load_recording(path).interactions, shutdowns, now)
        for path in list_files(paths)
    ]
    unplayed = list_unplayed(url, world) if url else {}
    if as_json:
        click.echo(json.dumps({"cassettes": to_json(reports), "unplayed": unplayed}, indent=2))
    else:
        for line in format_reports(reports, unplayed):
            click.echo(line)
    context.exit(1 if any(report.retired for report in reports) else 0)


def load_shutdowns() -> dict[str, str]:
    """Return the models of the catalogue with a shutdown date, and the dates."""
    from mockgem.config.model_catalog import load_packaged_models

    return {name: one.retired for name, one in load_packaged_models().items() if one.retired}


def list_unplayed(url: str, world: str) -> dict[str, list[str]]:
    """Return the recordings that a world of a running server has not played, by their files."""
    from mockgem.cli.admin_client import WorldClient

    found = WorldClient(url, world, "").send("GET", "/cassettes")["cassettes"]
    return {
        cassette["path"]: [
            f"{one['method']} {urlsplit(one['uri']).path}"
            for one in cassette["interactions"]
            if not one["played"]
        ]
        for cassette in found
    }


def to_json(reports: Iterable[CassetteReport]) -> list[dict[str, Any]]:
    return [{**asdict(report), "path": str(report.path)} for report in reports]


def format_reports(
    reports: Sequence[CassetteReport], unplayed: dict[str, list[str]]
) -> Iterable[str]:
    """Yield the lines for each cassette, for the recordings that were not played, and a sum."""
    for report in reports:
        yield from format_report(report)
    for path, calls in unplayed.items():
        yield from [f"{path}: not played: {call}" for call in calls]
    if len(reports) > 1:
        count = sum(report.interactions for report in reports)
        yield f"{len(reports)} cassettes: {count} interactions, {format_tokens(reports)}"


def format_report(report: CassetteReport) -> Iterable[str]:
    plural = "" if report.interactions == 1 else "s"
    parts = [f"{report.interactions} interaction{plural}", format_age(report)]
    yield f"{report.path}: {', '.join([*parts, format_tokens([report])])}"
    if report.models:
        models = ", ".join([f"{name} {count}" for name, count in report.models.items()])
        yield f"  models: {models}"
    for name, day in report.retired.items():
        yield f"  {name} was shut down on {day}: record again with a current model"


def format_age(report: CassetteReport) -> str:
    if report.oldest is None:
        return "age unknown"
    days = (
        f"{report.oldest} days old"
        if report.youngest == report.oldest
        else f"{report.youngest} to {report.oldest} days old"
    )
    return f"{days} ({report.undated} without a date)" if report.undated else days


def format_tokens(reports: Iterable[CassetteReport]) -> str:
    read = written = 0
    for report in reports:
        read, written = read + report.input_tokens, written + report.output_tokens
    return f"{read:,} tokens in, {written:,} out"
