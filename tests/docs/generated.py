"""Write the parts of the pages that come from the code: `python -m tests.docs.generated`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from mockgem.app.surfaces import build_surfaces
from mockgem.cli import endpoints, main, options, scenario
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
"""The parts of a scenario by their headings, and the model of each."""


def render_keys() -> str:
    return "\n\n".join(
        [
            f"## {heading}\n\n{model.__doc__}\n\n{render_model(model)}"
            for heading, model in KEYS.items()
        ]
    )


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


def render_description(schema: dict[str, Any]) -> str:
    description = str(schema.get("description", ""))
    examples = [f"`{example}`" for example in find_examples(schema)]
    return description or (f" ({', '.join(dict.fromkeys(examples))})" if examples else "")


def find_examples(schema: dict[str, Any]) -> Iterator[Any]:
    yield from schema.get("examples", ())
    for part in schema.get("anyOf", ()):
        yield from find_examples(part)


def render_errors() -> str:
    rows = [
        f"| `{name}` | {error.get('status', '')} | {', '.join(error.get('surfaces', ()))} "
        f"| {error['why']} |"
        for name, error in error_catalog.load_errors().items()
        if "usual" not in error
    ]
    return "\n".join(["| name | status | surfaces | meaning |", "|---|---|---|---|", *rows])


def render_admin() -> str:
    (surface,) = [surface for surface in build_surfaces() if surface.name == "admin"]
    rows = [
        f"| {endpoint.method} | `{surface.prefixes[0]}{endpoint.path}` | {endpoint.summary} |"
        for endpoint in surface.dialect.endpoints
    ]
    return "\n".join(["| method | path | effect |", "|---|---|---|", *rows])


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


PARTS = {
    "endpoints": endpoints.render_markdown,
    "options": options.render_markdown,
    "faults": scenario.render_faults_markdown,
    "scenarios": scenario.render_scenarios_markdown,
    "keys": render_keys,
    "errors": render_errors,
    "admin": render_admin,
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
