"""What a shell offers when a user presses Tab: names of scenarios, failures and models."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click
from click.shell_completion import CompletionItem

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def select(names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def complete_scenario(
    context: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer scenarios, also those of --scenarios; files for what begins like a path."""
    from pathlib import Path

    from mockgem.scenarios.library import ScenarioLibrary
    from mockgem.scenarios.loader import BadScenario

    try:
        library = ScenarioLibrary(tuple(map(Path, context.params.get("scenarios") or ())))
    except BadScenario:
        library = ScenarioLibrary()
    return select(library.list_files(), incomplete) or complete_file(context, param, incomplete)


def complete_failure(
    context: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from mockgem.faults.registry import all_faults
    from mockgem.scenarios.errors import load_errors

    return select([*load_errors(), *all_faults()], incomplete)


def complete_model(
    context: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from mockgem.config.model_catalog import load_catalogue
    from mockgem.config.settings import Settings

    return select(load_catalogue(Settings()).models, incomplete)


def complete_latency(
    context: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from mockgem.scenarios.latency import load_profiles

    return select(["usual", *load_profiles()], incomplete)


def complete_file(
    context: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    return [CompletionItem(incomplete, type="file")]


def complete_folder(
    context: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    return [CompletionItem(incomplete, type="dir")]


OF_OPTIONS: dict[str, Complete] = {"scenario": complete_scenario, "latency": complete_latency}
"""The options of servers whose values are names."""
OF_METAVARS: dict[str, Complete] = {
    "FILE": complete_file,
    "FILE|FOLDER": complete_file,
    "FOLDER": complete_folder,
}


def find_completion(name: str, metavar: str) -> Complete | None:
    """Return what completes the values of an option of servers, if it is not a list of choices."""
    return OF_OPTIONS.get(name) or OF_METAVARS.get(metavar)
