"""The command `mockgem fail`."""

from __future__ import annotations

import re
from typing import Any

import click

from mockgem.cli.admin_client import WorldClient, server_options
from mockgem.cli.completion import complete_failure
from mockgem.cli.rule_options import add_rule, rule_options


@click.command("fail")
@click.argument("failure", shell_complete=complete_failure)
@server_options
@rule_options
def command(client: WorldClient, failure: str, *, when: dict[str, Any]) -> None:
    """Let the next call to a running server fail.

    FAILURE is a status like 429, an error of `mockgem scenario errors` like overloaded, or a fault
    of `mockgem scenario faults` like stall.
    """
    add_rule(client, {**choose_effect(failure, client), "when": when})


def choose_effect(failure: str, client: WorldClient) -> dict[str, Any]:
    """Return the keys of a rule for an error or a fault.

    Raises ClickException for a failure that does not exist, with the nearest names.
    """
    if re.fullmatch(r"[3-5]\d\d", failure):
        return {"fail": int(failure)}
    found = client.send("GET", "/failures")
    errors = [one["name"] for one in found["errors"]]
    faults = [one["name"] for one in found["faults"]]
    if failure in errors:
        return {"fail": failure}
    if failure in faults:
        return {"faults": [failure]}
    from mockgem.core.suggestions import suggest_names

    near = suggest_names(failure, [*errors, *faults])
    hint = f"did you mean {' or '.join(near)}?" if near else "mockgem scenario errors lists errors."
    raise click.ClickException(f"There is no failure {failure!r}: {hint}")
