"""The command `mockgem cassette report`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from mockgem.app.recorded_costs import ModelCost, estimate_costs, merge_costs
from mockgem.cli.cassette_costs import costs_to_json, format_costs
from mockgem.recording.interaction import Interaction
from mockgem.recording.usage_report import CassetteReport, build_report

Costs = list[ModelCost]
"""The costs of one cassette, a row for each model."""


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
    """Show the age, the models, the tokens and the costs of cassettes.

    Costs are estimates by the dated prices that mockgem knows: what the recordings cost when they
    were made, and what it would cost today to make them again. The exit code is 1 if a cassette has
    a model that Google has shut down.
    """
    from mockgem.cli.cassette import list_files, load_recording

    shutdowns, now, estimate = load_shutdowns(), datetime.now(UTC), make_estimate()
    reports, costs = [], []
    for path in list_files(paths):
        interactions = load_recording(path).interactions
        reports.append(build_report(path, interactions, shutdowns, now))
        costs.append(estimate(interactions, now.timestamp()))
    unplayed = list_unplayed(url, world) if url else {}
    if as_json:
        click.echo(json.dumps(to_json(reports, costs) | {"unplayed": unplayed}, indent=2))
    else:
        for line in format_reports(reports, costs, unplayed):
            click.echo(line)
    context.exit(1 if any(report.retired for report in reports) else 0)


def make_estimate() -> Callable[[Iterable[Interaction], float], list[ModelCost]]:
    """Return a function from recordings and the time to their costs, a row for each model."""
    from mockgem.app.router import Router
    from mockgem.config.model_catalog import load_catalogue
    from mockgem.config.settings import Settings
    from mockgem.dialects.surfaces import build_api_surfaces

    catalogue, router = load_catalogue(Settings()), Router(build_api_surfaces())
    return lambda interactions, now: estimate_costs(interactions, catalogue, router, now)


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


def to_json(reports: Sequence[CassetteReport], costs: Sequence[Costs]) -> dict[str, Any]:
    """Return the reports with their costs, and the costs of all together."""
    rows = [
        {**asdict(report), "path": str(report.path), "cost": costs_to_json(cost)}
        for report, cost in zip(reports, costs, strict=True)
    ]
    return {"cassettes": rows, "cost": costs_to_json(merge_costs(chain(*costs)))}


def format_reports(
    reports: Sequence[CassetteReport], costs: Sequence[Costs], unplayed: dict[str, list[str]]
) -> Iterable[str]:
    """Yield the lines for each cassette, for the recordings that were not played, and a sum."""
    for report, cost in zip(reports, costs, strict=True):
        yield from format_report(report)
        yield from [f"  {line}" for line in format_costs(cost)]
    for path, calls in unplayed.items():
        yield from [f"{path}: not played: {call}" for call in calls]
    if len(reports) > 1:
        count = sum(report.interactions for report in reports)
        yield f"{len(reports)} cassettes: {count} interactions, {format_tokens(reports)}"
        yield from [f"  {line}" for line in format_costs(merge_costs(chain(*costs)))]


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
