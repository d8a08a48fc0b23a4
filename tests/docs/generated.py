<<<<<<< HEAD
"""Write the parts of the pages that come from the code: `python -m tests.docs.generated`."""
=======
"""The parts of the documents that come from the code.

`python -m tests.docs.generated` writes them again.
"""
>>>>>>> wt-config

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from mockgem.app.surfaces import build_surfaces
from mockgem.cli import endpoints, main, scenario
from mockgem.cli.options import ServerCommand
from mockgem.config.option import Option
from mockgem.config.options import GROUPS, list_options
from mockgem.scenarios import errors as error_catalog
from mockgem.scenarios import schema

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
README = ROOT / "README.md"
PAGES = (
    README,
    DOCS / "endpoints.md",
    *[
        DOCS / "reference" / f"{name}.md"
        for name in ("options", "commands", "scenario-keys", "faults", "errors", "admin")
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
    "resources": schema.Resources,
    "A state of resources": schema.ResourceState,
    "expect": schema.Expect,
}
<<<<<<< HEAD
"""The parts of a scenario by their headings, and the model of each."""


def render_keys() -> str:
    return "\n\n".join(
        [
            f"## {heading}\n\n{model.__doc__}\n\n{render_model(model)}"
            for heading, model in KEYS.items()
=======
"""The parts of a scenario and their models."""


def render_scenario_keys() -> str:
    return "\n\n".join(
        [
            f"## {place}\n\n{model.__doc__}\n\n{render_keys_of(model)}"
            for place, model in KEYS.items()
>>>>>>> wt-config
        ]
    )


<<<<<<< HEAD
def render_model(model: type[schema.ScenarioModel]) -> str:
    json_schema = model.model_json_schema(by_alias=True)
    if "properties" not in json_schema:
        json_schema = json_schema["$defs"][model.__name__]
    rows = [
        f"| `{name}` | {render_type(key)} | {render_description(key)} |"
        for name, key in json_schema["properties"].items()
    ]
    return "\n".join(["| key | takes | meaning |", "|---|---|---|", *rows])


def render_type(schema: dict[str, Any]) -> str:
    """Return what a key takes, in a word or two."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{ANCHORS.get(name, '')})"
    if "enum" in schema:
        values = schema["enum"]
        return ", ".join([f"`{value}`" for value in values]) if len(values) <= 40 else "a name"
    if "const" in schema:
        return f"`{schema['const']}`"
    if "anyOf" in schema:
        types = [render_type(part) for part in schema["anyOf"] if part.get("type") != "null"]
        return " or ".join(dict.fromkeys(types))
    if isinstance(schema.get("type"), list):
        return " or ".join([TYPES[name] for name in schema["type"]])
    if schema.get("type") == "array":
        return f"a list: {render_type(schema.get('items', {}))}"
    return TYPES.get(str(schema.get("type")), "any value")
=======
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
>>>>>>> wt-config


ANCHORS = {
    model.__name__: re.sub(r"[^a-z0-9_]+", "-", heading.lower()).strip("-")
    for heading, model in KEYS.items()
}
TYPES = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "names and values",
}
MAX_LISTED_WORDS = 40


<<<<<<< HEAD
def render_description(schema: dict[str, Any]) -> str:
    description = str(schema.get("description", ""))
    examples = [f"`{example}`" for example in find_examples(schema)]
    return description or (f" ({', '.join(dict.fromkeys(examples))})" if examples else "")


def find_examples(schema: dict[str, Any]) -> Iterator[Any]:
    yield from schema.get("examples", ())
    for part in schema.get("anyOf", ()):
        yield from find_examples(part)
=======
def describe_key(key: dict[str, Any]) -> str:
    text = str(key.get("description", ""))
    examples = [f"`{example}`" for example in find_values(key, "examples")]
    return text or (f" ({', '.join(dict.fromkeys(examples))})" if examples else "")


def find_values(key: dict[str, Any], name: str) -> Iterator[Any]:
    yield from key.get(name, ())
    for choice in key.get("anyOf", ()):
        yield from find_values(choice, name)
>>>>>>> wt-config


def render_errors() -> str:
    rows = [
<<<<<<< HEAD
        f"| `{name}` | {error.get('status', '')} | {', '.join(error.get('surfaces', ()))} "
        f"| {error['why']} |"
        for name, error in error_catalog.load_errors().items()
        if "usual" not in error
=======
        f"| `{name}` | {entry.get('status', '')} | {', '.join(entry.get('surfaces', ()))} "
        f"| {entry['why']} |"
        for name, entry in error_catalog.load_errors().items()
        if "usual" not in entry
>>>>>>> wt-config
    ]
    return "\n".join(["| name | status | surfaces | meaning |", "|---|---|---|---|", *rows])


<<<<<<< HEAD
def render_admin() -> str:
=======
def render_admin_api() -> str:
>>>>>>> wt-config
    (surface,) = [surface for surface in build_surfaces() if surface.name == "admin"]
    rows = [
        f"| {endpoint.method} | `{surface.prefixes[0]}{endpoint.path}` | {endpoint.summary} |"
        for endpoint in surface.dialect.endpoints
    ]
    return "\n".join(["| method | path | effect |", "|---|---|---|", *rows])


<<<<<<< HEAD
def render_commands() -> str:
    shared = {option.name for option in list_server_options()}
    return "\n\n".join(
        [render_command(command, path, shared) for path, command in walk_commands(main, "mockgem")]
    )


def list_server_options() -> list[click.Parameter]:
    def command() -> None: ...

    return list(options.with_options(command).__click_params__)  # type: ignore[attr-defined]


def walk_commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            subcommand = command.get_command(context, name)
            assert subcommand is not None
            yield from walk_commands(subcommand, f"{path} {name}")


def render_command(command: click.Command, path: str, shared: set[str | None]) -> str:
    rows = [
        f"| `{'`, `'.join(option.opts)}` | {option.help or ''} |"
        for option in command.params
        if isinstance(option, click.Option) and option.name not in shared
    ]
    arguments = [
        parameter.make_metavar(click.Context(command))
        for parameter in command.params
        if isinstance(parameter, click.Argument)
    ]
    usage = " ".join([path, *arguments])
    text = " ".join((command.help or "").split())
    table = "\n".join(["", "", "| option | effect |", "|---|---|", *rows]) if rows else ""
    return f"## {path}\n\n`{usage}`: {text}{table}"
=======
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


def render_option_table() -> str:
    """Return one table of all options, with a row for the name of each group."""
    lines = ["| option | environment | what it does | default |", "|---|---|---|---|"]
    for group, rows in group_options().items():
        lines += [f"| **{group}** | | | |", *[render_option(row) for row in rows]]
    return "\n".join(lines)


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
>>>>>>> wt-config


PARTS = {
    "endpoints": endpoints.render_markdown,
    "options": render_option_table,
    "option-groups": render_option_groups,
    "faults": scenario.render_faults_markdown,
    "scenarios": scenario.render_scenarios_markdown,
<<<<<<< HEAD
    "keys": render_keys,
    "errors": render_errors,
    "admin": render_admin,
=======
    "keys": render_scenario_keys,
    "errors": render_errors,
    "admin": render_admin_api,
>>>>>>> wt-config
    "commands": render_commands,
}


def with_parts(text: str) -> str:
    """Return a page with its generated parts as the code has them."""
    for name, render in PARTS.items():
        start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        if start in text:
            before, rest = text.split(start, 1)
            text = f"{before}{start}\n{render()}\n{end}{rest.split(end, 1)[1]}"
    return text


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(with_parts(page.read_text(encoding="utf-8")), encoding="utf-8")
