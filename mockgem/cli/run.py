"""The command `mockgem run`."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mockgem.cli.junit import Outcome, list_checks, write_junit
from mockgem.cli.options import ServerCommand
from mockgem.cli.running import StartupError
from mockgem.cli.serve import build_settings, report_differences
from mockgem.testing.report import (
    describe_entry,
    find_unused_server_rules,
    find_waiting_worlds,
    is_unanswered,
    list_hints,
    response_text,
)

if TYPE_CHECKING:
    from mockgem.testing.embedded_server import LocalServer
    from mockgem.testing.world import Mockgem

MAX_REPORTED = 10
"""Different failures that the report shows."""
NO_ANSWER = "no endpoint and no recording answers this request"


@click.command(
    "run",
    cls=ServerCommand,
    context_settings={"ignore_unknown_options": False, "allow_interspersed_args": False},
)
@click.option(
    "--strict",
    is_flag=True,
    help="Exit with 1 for an unmet expectation, an unused rule, or a request without an answer.",
)
@click.option(
    "--junit",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a summary as JUnit XML: the command, the verdicts, and the problems of --strict.",
)
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
@click.pass_context
def command(
    context: click.Context,
    /,
    command: tuple[str, ...],
    *,
    strict: bool,
    junit: Path | None,
    **options: Any,
) -> None:
    """Run a command with a server: mockgem run -- npm test

    The server listens on a free port while the command runs. The command finds its URL in
    OPENAI_BASE_URL, GOOGLE_GEMINI_BASE_URL, MOCKGEM_URL and what frameworks read, and a key in
    OPENAI_API_KEY and GEMINI_API_KEY. With --proxy it finds the server in HTTPS_PROXY instead, and
    keeps its own URLs; if the server records, it keeps its own keys too. Afterwards mockgem reports
    on stderr what went wrong, with the verdict of a scenario, and exits with the command's exit
    code.
    """
    from mockgem.testing.embedded_server import LocalServer

    settings, begin = build_settings(context, options).replace(admin_token=""), time.monotonic()
    try:
        with LocalServer(**settings.list_arguments()) as server:
            world = server.world()
            code = run_command(command, world.proxy_env if settings.proxy else world.env)
            outcomes = report([server.world(name) for name in list_used_worlds(server)])
            differences = server.world().differences()
    except ValueError as error:
        raise StartupError(str(error)) from None
    if differences:
        report_differences(differences)
    if junit is not None:
        save_junit(junit, command, code, [*outcomes, *map(name_difference, differences)], begin)
    is_good = not any(outcome.problem for outcome in outcomes)
    sys.exit(code or int(bool(differences) or (strict and not is_good)))


def save_junit(
    path: Path, command: Sequence[str], code: int, outcomes: Sequence[Outcome], begin: float
) -> None:
    """Write the summary of a run; `begin` is the monotonic time of its start.

    Raises StartupError.
    """
    ended = f"the command ended with exit code {code}" if code else ""
    every = [Outcome("mockgem.command", " ".join(command), ended), *outcomes]
    log = "\n".join([one.problem for one in every if one.problem])
    try:
        write_junit(path, every, time.monotonic() - begin, log)
    except OSError as error:
        raise StartupError(f"mockgem can't write {path}: {error.strerror or error}") from None


def name_difference(text: str) -> Outcome:
    return Outcome("mockgem.verify", text.partition("\n")[0], text)


def run_command(command: tuple[str, ...], variables: Mapping[str, str]) -> int:
    """Return the exit code as a shell counts it: 128 and the number of a signal.

    Raises StartupError.
    """
    try:
        code = subprocess.run(command, env=os.environ | variables, check=False).returncode
    except OSError as error:
        reason = error.strerror or error
        raise StartupError(f"mockgem can't run {command[0]}: {reason}") from None
    return code if code >= 0 else 128 - code


def list_used_worlds(server: LocalServer) -> list[str]:
    """Return the worlds that got requests or added rules, the default world first; without
    any, only that one."""
    from mockgem.scenarios.manager import ADDED_SCENARIO

    worlds = server.world()._call_admin("GET", "/worlds")["worlds"]
    return [
        world["name"]
        for world in worlds
        if world["requests"] or world["scenario"] == ADDED_SCENARIO
    ] or [""]


def report(worlds: list[Mockgem]) -> list[Outcome]:
    """Write a report to stderr. Return what it checked.

    The report has the verdicts, rules that were added and not used, refused requests, and requests
    that no cassette has, and hints about the client.
    """
    calls = [entry for world in worlds for entry in world.journal()]
    outcomes = [outcome for world in worlds for outcome in report_world(world)]
    refused = Counter(
        [f"{describe_entry(entry)}: {response_text(entry)}" for entry in calls if is_refused(entry)]
    )
    for line, times in refused.most_common(MAX_REPORTED):
        click.echo(line + (f" ({times} times)" if times > 1 else ""), err=True)
    for entry in calls:
        if entry.get("missed"):
            click.echo(f"not in the cassette: {entry['method']} {entry['path']}", err=True)
    for hint in [*list_hints(calls), *find_waiting_worlds(worlds[0])][:MAX_REPORTED]:
        click.echo(f"Hint: {hint}", err=True)
    click.echo(f"mockgem answered {len(calls)} request{'' if len(calls) == 1 else 's'}", err=True)
    unanswered = [describe_entry(entry) for entry in calls if is_unanswered(entry)]
    return [*outcomes, *[Outcome("mockgem.requests", one, NO_ANSWER) for one in unanswered]]


def report_world(world: Mockgem) -> list[Outcome]:
    """Write the verdict and the unused rules of a world, and return them."""
    from mockgem.scenarios.manager import ADDED_SCENARIO
    from mockgem.scenarios.verdict import format_verdict

    outcomes: list[Outcome] = []
    with contextlib.suppress(ValueError):  # the world ran no scenario
        verdict = world.verdict()
        if verdict["scenario"] != ADDED_SCENARIO or verdict["checks"]:
            outcomes = list_checks(world.world, verdict)
            click.echo(format_verdict(verdict), err=True)
    for line in find_unused_server_rules(world):
        text = f"/w/{world.world} {line}" if world.world else line
        click.echo(text, err=True)
        outcomes.append(Outcome("mockgem.rules", text, text))
    return outcomes


def is_refused(entry: Mapping[str, Any]) -> bool:
    """Return whether the real service would refuse the request too."""
    is_own_answer = entry["source"] not in ("scenario", "cassette", "upstream")
    return (entry["status"] or 0) >= 400 and is_own_answer
