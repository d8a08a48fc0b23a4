"""The command `mockgem scenario`: list, show and check scenarios, and describe their format."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from mockgem.cli.completion import complete_scenario
from mockgem.cli.groups import SuggestingGroup
from mockgem.config.model_catalog import load_catalogue
from mockgem.config.options import OptionTable
from mockgem.config.settings import Settings
from mockgem.faults.registry import all_faults
from mockgem.scenarios import errors as error_catalog
from mockgem.scenarios.audio_files import find_bad_audio
from mockgem.scenarios.injections import find_injection, load_injections
from mockgem.scenarios.library import ScenarioLibrary, UnknownScenario
from mockgem.scenarios.loader import (
    BadScenario,
    format_location,
    read_scenario,
    read_scenario_with_lines,
)
from mockgem.scenarios.schema import Scenario
from mockgem.scenarios.types import match_globs
from mockgem.scenarios.validation import find_mistakes

FOLDERS_OPTION = click.option(
    OptionTable.scenarios.flag,
    metavar=OptionTable.scenarios.metavar,
    envvar=OptionTable.scenarios.env_var,
    multiple=True,
    help=OptionTable.scenarios.help,
)


SCHEMA_COMMENT = re.compile(r"\A# yaml-language-server: .*\n")
"""A relative path to the schema, which exists beside the built-in scenarios only."""


@click.group("scenario", cls=SuggestingGroup)
def command() -> None:
    """List, show and check scenarios."""


@command.command("list")
@FOLDERS_OPTION
@click.option("--tag", metavar="TAG", help="List only scenarios with this tag.")
def list_scenarios(scenarios: tuple[str, ...], tag: str | None) -> None:
    """List the names, titles and tags of scenarios."""
    rows = list(find_titles(open_library(scenarios), tag))
    if not rows:
        raise click.ClickException(f"no scenario has the tag {tag!r}.")
    width = max(len(name) for name, _ in rows)
    for name, title in rows:
        click.echo(f"{name:<{width}}  {title}")


def find_titles(library: ScenarioLibrary, tag: str | None) -> Iterator[tuple[str, str]]:
    """Yield each name with a title, or with the first problem of a file that is not valid."""
    for name in library.list_files():
        try:
            scenario = library.find(name)
        except BadScenario as error:
            yield name, f"! {error.problems[0]}"
            continue
        if tag is None or tag in scenario.tags:
            yield name, f"{scenario.title} ({', '.join(scenario.tags)})"


@command.command()
@click.argument("name", shell_complete=complete_scenario)
@FOLDERS_OPTION
def show(name: str, scenarios: tuple[str, ...]) -> None:
    """Show the file of a scenario, to copy and change it."""
    try:
        text = open_library(scenarios).find_file(name).read_text("utf-8")
        click.echo(SCHEMA_COMMENT.sub("", text).rstrip())
    except UnknownScenario as error:
        raise click.UsageError(str(error)) from None


@command.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.pass_context
def check(context: click.Context, files: tuple[Path, ...]) -> None:
    """Check scenario files, or all in folders, and report mistakes with their lines.

    The exit code is 1 if there is a mistake.
    """
    bad_files = 0
    for path in list_files(files):
        problems = find_problems(path)
        bad_files += bool(problems)
        for line in problems or [f"{path}: good", *find_notes(path)]:
            click.echo(line)
    context.exit(1 if bad_files else 0)


def list_files(paths: tuple[Path, ...]) -> list[Path]:
    return sorted(
        file for path in paths for file in (path.glob("*.y*ml") if path.is_dir() else [path])
    )


def find_problems(path: Path) -> list[str]:
    try:
        scenario, lines = read_scenario_with_lines(path)
        return [
            f"{format_location(str(path), place, lines)}: {message}"
            for place, message in [
                *find_mistakes(scenario),
                *find_bad_audio(scenario, path.parent),
            ]
        ]
    except BadScenario as error:
        return error.problems


def find_notes(path: Path) -> list[str]:
    """Return notes on what is valid but probably a mistake."""
    known = list(load_catalogue(Settings()).models)
    return [
        f"{path}: note: rule {number} is for {pattern!r}, and mockgem knows no such model"
        for number, rule in enumerate(read_scenario(path).rules, 1)
        for pattern in rule.when.model or ()
        if not any(match_globs((pattern,), name) for name in known)
    ]


@command.command()
def schema() -> None:
    """Write the JSON Schema of scenario files, for editors."""
    click.echo(json.dumps(build_schema(), indent=2))


def build_schema() -> dict[str, Any]:
    content = Scenario.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **content}


@command.command()
@click.argument("name", required=False)
def errors(name: str | None) -> None:
    """List the errors that `fail` knows, or show one completely."""
    catalogue = error_catalog.load_errors()
    if name is None:
        width = max(map(len, catalogue))
        for known, entry in catalogue.items():
            status = entry.get("status", "-")
            click.echo(f"{known:<{width}}  {status:>3}  {entry['why']}{describe_use(entry)}")
        return
    try:
        known = error_catalog.resolve_error_name(name)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    click.echo(json.dumps({"name": known, **catalogue[known]}, indent=2, ensure_ascii=False))


@command.command("injections")
@click.argument("name", required=False)
def list_injections(name: str | None) -> None:
    """List texts that try to take over an application, or print one as a tool could return it.

    Replies are for `say: {injection: NAME}`; the others are for the results of your tools.
    """
    if name is None:
        for known, one in load_injections().items():
            click.echo(f"{known:<34} {one.kind:<12} {one.tests}")
        return
    try:
        click.echo(find_injection(name).text)
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def describe_use(entry: dict[str, Any]) -> str:
    if "usual" in entry:
        return " (not for rules)"
    return f" (see: mockgem scenario show {entry['scenario']})" if "scenario" in entry else ""


@command.command("faults")
def list_faults() -> None:
    """List the faults, their keys and what they do."""
    known = all_faults()
    width = max(map(len, known))
    for name, fault in known.items():
        click.echo(f"{name:<{width}}  {', '.join(fault.keys) or '-':<20}  {fault.help}")


def open_library(folders: tuple[str, ...]) -> ScenarioLibrary:
    try:
        return ScenarioLibrary(tuple(map(Path, folders)))
    except BadScenario as error:
        raise click.UsageError(str(error)) from None


def render_faults_markdown() -> str:
    """Return the table of the documents."""
    lines = ["| fault | takes | applies to | what it does |", "|---|---|---|---|"]
    for name, fault in all_faults().items():
        keys = ", ".join([f"`{key}`" for key in fault.keys])
        lines.append(f"| `{name}` | {keys} | {fault.applies_to} | {fault.help} |")
    return "\n".join(lines)


def render_scenarios_markdown() -> str:
    """Return the table of the documents."""
    library = ScenarioLibrary()
    rows = [
        f"| `{name}` | {scenario.title} | {', '.join(scenario.tags)} |"
        for name in library.list_files()
        for scenario in [library.find(name)]
    ]
    return "\n".join(["| scenario | what happens | tags |", "|---|---|---|", *rows])
