"""The parts of the documents that come from the code.

`python -m tests.docs.generated` writes them again.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from mockgem.app.surfaces import build_surfaces
from mockgem.cli import coverage, endpoints, main, scenario
from mockgem.cli.options import ServerCommand
from mockgem.config.model_catalog import load_packaged_models
from mockgem.config.option import Option
from mockgem.config.options import GROUPS, list_options
from mockgem.core.models import Model
from mockgem.operations.asking import ask
from mockgem.operations.costs.prices import (
    INPUT_PRICES,
    LONG_PROMPT,
    OUTPUT_PRICES,
    Price,
    load_prices,
)
from mockgem.operations.forms.constraints.reading import CONSTRAINTS
from mockgem.operations.forms.registry import Form, list_forms
from mockgem.redaction.names import AMBIGUOUS_FIELDS, PARAMETERS, SECRET_FIELDS
from mockgem.redaction.patterns import KINDS
from mockgem.scenarios import errors as error_catalog
from mockgem.scenarios import schema
from tests.docs.error_text_page import count_texts, render_error_texts

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
README = ROOT / "README.md"
PAGES = (
    DOCS / "endpoints.md",
    DOCS / "answers.md",
    DOCS / "reference" / "sdk-methods.md",
    DOCS / "recording.md",
    DOCS / "monitoring.md",
    *[
        DOCS / "reference" / f"{name}.md"
        for name in (
            "options",
            "commands",
            "scenario-keys",
            "faults",
            "errors",
            "error-texts",
            "admin",
        )
    ],
)
KEYS = {
    "A file": schema.Scenario,
    "rules": schema.Rule,
    "when": schema.When,
    "say": schema.Say,
    "tool_calls": schema.ScriptedToolCall,
    "raw": schema.RawResponse,
    "fail": schema.Fail,
    "faults": schema.FaultSpec,
    "latency": schema.Latency,
    "A drawn time": schema.Distribution,
    "quota": schema.Quota,
    "budget": schema.Budget,
    "resources": schema.Resources,
    "A state of resources": schema.ResourceState,
    "expect": schema.Expect,
}
"""The parts of a scenario and their models."""


def render_scenario_keys() -> str:
    return "\n\n".join(
        [
            f"## {place}\n\n{model.__doc__}\n\n{render_keys_of(model)}"
            for place, model in KEYS.items()
        ]
    )


def render_keys_of(model: type[schema.ScenarioModel]) -> str:
    content = model.model_json_schema(by_alias=True)
    properties = (
        content["properties"]
        if "properties" in content
        else content["$defs"][model.__name__]["properties"]
    )
    rows = [
        f"| `{name}` | {describe_type(key)} | {describe_key(key)} |"
        for name, key in properties.items()
    ]
    return "\n".join(["| key | takes | |", "|---|---|---|", *rows])


def describe_type(key: dict[str, Any]) -> str:
    """Return what a key takes, in a few words."""
    if "$ref" in key:
        model = key["$ref"].rpartition("/")[2]
        return f"[{model}](#{ANCHORS.get(model, '')})"
    if "enum" in key:
        words = [f"`{word}`" for word in key["enum"]]
        return ", ".join(words) if len(words) <= MAX_LISTED_WORDS else "a name"
    if "const" in key:
        return f"`{key['const']}`"
    if "anyOf" in key:
        types = [describe_type(choice) for choice in key["anyOf"] if choice.get("type") != "null"]
        return " or ".join(dict.fromkeys(types))
    if isinstance(key.get("type"), list):
        return " or ".join([TYPES[name] for name in key["type"]])
    if key.get("type") == "array":
        return f"a list: {describe_type(key.get('items', {}))}"
    return TYPES.get(str(key.get("type")), "any value")


ANCHORS = {
    model.__name__: re.sub(r"[^a-z0-9_]+", "-", place.lower()).strip("-")
    for place, model in KEYS.items()
}
TYPES = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "names and values",
}
MAX_LISTED_WORDS = 40


def describe_key(key: dict[str, Any]) -> str:
    text = str(key.get("description", ""))
    examples = [f"`{example}`" for example in find_values(key, "examples")]
    return text or (f" ({', '.join(dict.fromkeys(examples))})" if examples else "")


def find_values(key: dict[str, Any], name: str) -> Iterator[Any]:
    yield from key.get(name, ())
    for choice in key.get("anyOf", ()):
        yield from find_values(choice, name)


def render_errors() -> str:
    rows = [
        f"| `{name}` | {entry.get('status', '')} | {', '.join(entry.get('surfaces', ()))} "
        f"| {entry['why']} |"
        for name, entry in error_catalog.load_errors().items()
        if "usual" not in entry
    ]
    return "\n".join(["| name | status | seen on | what it is |", "|---|---|---|---|", *rows])


def render_admin_api() -> str:
    (surface,) = [surface for surface in build_surfaces() if surface.name == "admin"]
    rows = [
        f"| {endpoint.method} | `{surface.prefixes[0]}{endpoint.path}` | {endpoint.summary} |"
        for endpoint in surface.dialect.endpoints
    ]
    return "\n".join(["| method | path | |", "|---|---|---|", *rows])


def render_option_groups() -> str:
    """Return a section for each group of options."""
    sections = [
        "\n".join(
            [
                f"## {group}",
                "",
                "| option | environment | what it does | default |",
                "|---|---|---|---|",
                *[render_option(row) for row in rows],
            ]
        )
        for group, rows in group_options().items()
    ]
    return "\n\n".join(sections)


def group_options() -> dict[str, list[Option[Any]]]:
    groups: dict[str, list[Option[Any]]] = {group: [] for group in GROUPS}
    for row in list_options().values():
        groups.setdefault(row.group, []).append(row)
    return groups


def render_option(row: Option[Any]) -> str:
    text = row.help.replace("|", "\\|")
    if not row.commands:
        return f"| `{row.name}` (settings file) | | {text} | |"
    only = f" ({', '.join(row.commands)})" if "serve" not in row.commands else ""
    return f"| `{row.flag}`{only} | `{row.env_var}` | {text} | {row.shown_default} |"


def render_commands() -> str:
    return "\n\n".join(
        [render_command(command, path) for path, command in list_commands(main, "mockgem")]
    )


def list_commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """Yield all commands with their full names."""
    if not isinstance(command, click.Group):
        yield path, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        subcommand = command.get_command(context, name)
        assert subcommand is not None
        yield from list_commands(subcommand, f"{path} {name}")


def render_command(command: click.Command, path: str) -> str:
    """Return a section with the command's own options."""
    arguments = " ".join(
        param.make_metavar(click.Context(command))
        for param in command.params
        if isinstance(param, click.Argument)
    )
    rows = [
        f"| `{'`, `'.join(param.opts)}` | {param.help or ''} |"
        for param in command.params
        if isinstance(param, click.Option)
    ]
    usage = (
        f"{path} [OPTIONS] {arguments}"
        if isinstance(command, ServerCommand)
        else f"{path} {arguments}"
    )
    text = inspect.cleandoc(command.help or "")
    table = "\n".join(["", "", "| option | |", "|---|---|", *rows]) if rows else ""
    note = (
        "\n\nIt takes the [options](options.md) of a server."
        if isinstance(command, ServerCommand)
        else ""
    )
    return f"## {path}\n\n```text\n{usage.strip()}\n```\n\n{text}{note}{table}"


def render_secrets() -> str:
    """Return the kinds of secrets, and the names that give others away."""
    rows = [f"| {kind.name} | any text |" for kind in KINDS]
    for title, listed, place in (
        ("any value but a placeholder", SECRET_FIELDS, "JSON, forms, multipart bodies, queries"),
        ("any value but a placeholder", PARAMETERS, "forms, multipart bodies, queries"),
        ("a value that looks random", AMBIGUOUS_FIELDS, "JSON, forms, multipart bodies, queries"),
    ):
        words = ", ".join([f"`{name}`" for name in sorted(listed)])
        rows.append(f"| {title} under {words} | {place} |")
    return "\n".join(["| what | where |", "|---|---|", *rows])


def render_forms() -> str:
    """Return the recognisers in order, each with a prompt and its reply."""
    model = load_packaged_models()["gemini-2.5-flash"]
    return "\n\n".join([render_form(row, model) for row in list_forms()])


def render_constraints() -> str:
    """Return the constraints that hold for any form, each with a prompt."""
    rows = [f"| {row.name} | {' '.join(row.example.split())} |" for row in CONSTRAINTS]
    return "\n".join(["| constraint | prompt |", "|---|---|", *rows])


def render_form(row: Form, model: Model) -> str:
    title = f"### {row.name[:1].upper()}{row.name[1:]}\n\n{row.about[:1].upper()}{row.about[1:]}."
    if not row.examples:
        return title
    reply = ask(row.examples[0], model).text
    prompt = textwrap.indent(row.examples[0], "    > ", lambda line: True)
    return f"{title}\n\n{prompt}\n\n{textwrap.indent(reply, '    ')}"


def render_prices() -> str:
    """Return the prices of each model: of a million tokens, or of one piece."""
    head = ["| model | input | output | cached input | special prices |", "|---|---|---|---|---|"]
    rows = [
        render_price(model, price) for model, prices in load_prices().items() for price in prices
    ]
    return "\n".join([*head, *rows])


def render_price(model: str, price: Price) -> str:
    until = f" (until {price.until})" if price.until else ""
    pieces = list_piece_prices(price)
    if pieces:
        return f"| `{model}`{until} | | | | {', '.join(pieces)} |"
    cached = "as input" if price.cached is None else f"{price.cached:g}"
    numbers = f"{price.input:g} | {price.output:g} | {cached}"
    return f"| `{model}`{until} | {numbers} | {', '.join(list_special_prices(price))} |"


def list_piece_prices(price: Price) -> list[str]:
    pieces = [f"a picture {price.image:g}"] if price.image else []
    pieces += [f"a song {price.song:g}"] if price.song else []
    return [*pieces, *[f"a second in {name} {rate:g}" for name, rate in price.second.items()]]


def list_special_prices(price: Price) -> list[str]:
    special = [
        f"{name.replace('_', ' ')} {getattr(price, name):g}"
        for name in (*INPUT_PRICES.values(), *OUTPUT_PRICES.values())
        if getattr(price, name)
    ]
    if price.cached_audio:
        special.append(f"cached audio {price.cached_audio:g}")
    if price.long_input:
        special.append(
            f"prompts over {LONG_PROMPT:,} tokens: {price.long_input:g} and {price.long_output:g}"
        )
    return special


PARTS = {
    "forms": render_forms,
    "constraints": render_constraints,
    "secrets": render_secrets,
    "endpoints": endpoints.render_markdown,
    "sdk-methods": coverage.render_markdown,
    "option-groups": render_option_groups,
    "faults": scenario.render_faults_markdown,
    "scenarios": scenario.render_scenarios_markdown,
    "keys": render_scenario_keys,
    "errors": render_errors,
    "error-text-counts": count_texts,
    "error-texts": render_error_texts,
    "admin": render_admin_api,
    "commands": render_commands,
    "prices": render_prices,
}


def with_parts(text: str) -> str:
    for name, make in PARTS.items():
        if f"<!-- {name} -->" in text:
            part = f"<!-- {name} -->\n{make()}\n<!-- /{name} -->"
            text = re.sub(
                rf"<!-- {name} -->.*?<!-- /{name} -->",
                lambda _, part=part: part,
                text,
                flags=re.DOTALL,
            )  # type: ignore[misc]
    return text


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(with_parts(page.read_text(encoding="utf-8")), encoding="utf-8")
