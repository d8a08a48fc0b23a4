"""What `mockgem say` and `mockgem fail` share: which calls a rule is for, and how it is added."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from glob import escape
from typing import Any

import click

from mockgem.cli.admin_client import WorldClient
from mockgem.cli.completion import complete_model
from mockgem.cli.rule_text import describe_rule

GENERATING = ["generate", "interactions", "live"]
"""The endpoints whose calls get a reply of a model."""


def rule_options(function: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say which calls a rule is for.

    The command gets them as `when`, the conditions of a rule.
    """

    @wraps(function)
    def run(
        client: WorldClient, *, times: int, always: bool, model: str, prompt: str, **more: Any
    ) -> None:
        function(client, when=build_when(None if always else times, model, prompt), **more)

    for option in RULE_OPTIONS:
        option(run)
    return run


RULE_OPTIONS = (
    click.option(
        "--prompt", metavar="TEXT", default="", help="Only for prompts that contain this text."
    ),
    click.option(
        "--model",
        metavar="NAME",
        default="",
        shell_complete=complete_model,
        help="Only for this model.",
    ),
    click.option("--always", is_flag=True, help="For all calls from now on."),
    click.option(
        "--times",
        type=click.IntRange(1, 100_000),
        default=1,
        show_default=True,
        help="For this many calls.",
    ),
)


def build_when(times: int | None, model: str, prompt: str) -> dict[str, Any]:
    """Return the conditions of a rule; `times` None means all calls."""
    when: dict[str, Any] = {"endpoint": GENERATING}
    if times is not None:
        when["times"] = times
    if model:
        when["model"] = model
    if prompt:
        when["text"] = f"*{escape(prompt)}*"
    return when


def add_rule(client: WorldClient, rule: dict[str, Any]) -> None:
    """Add a rule to a world, and say what happens next. Raises ClickException."""
    rules = client.send("POST", "/rules", {"rule": rule})["rules"]
    newest = max(rules, key=lambda one: int(one["id"]))
    click.echo(f"Rule {newest['id']}: {describe_rule(newest['rule'])}")
