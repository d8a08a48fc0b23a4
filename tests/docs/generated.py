"""The parts of the documents that are made from the code. `python -m tests.docs.generated` writes them anew."""

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
"""Where a part of a scenario stands, and its model."""


def keys() -> str:
    return "\n\n".join(
        [f"## {place}\n\n{model.__doc__}\n\n{keys_of(model)}" for place, model in KEYS.items()]
    )


def keys_of(model: type[schema.ScenarioModel]) -> str:
    schema = model.model_json_schema(by_alias=True)
    found = (
        schema["properties"]
        if "properties" in schema
        else schema["$defs"][model.__name__]["properties"]
    )
    rows = [f"| `{name}` | {kind_of(one)} | {told_of(one)} |" for name, one in found.items()]
    return "\n".join(["| key | takes | |", "|---|---|---|", *rows])


def kind_of(schema: dict[str, Any]) -> str:
    """What a key takes, in a word or two."""
    if "$ref" in schema:
        return f"[{schema['$ref'].rpartition('/')[2]}](#{ANCHORS.get(schema['$ref'].rpartition('/')[2], '')})"
    if "enum" in schema:
        return (
            ", ".join(f"`{one}`" for one in schema["enum"][:40])
            if len(schema["enum"]) <= 40
            else "a name"
        )
    if "const" in schema:
        return f"`{schema['const']}`"
    if "anyOf" in schema:
        kinds = [kind_of(one) for one in schema["anyOf"] if one.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    if isinstance(schema.get("type"), list):
        return " or ".join([KINDS[one] for one in schema["type"]])
    if schema.get("type") == "array":
        return f"a list: {kind_of(schema.get('items', {}))}"
    return KINDS.get(str(schema.get("type")), "any value")


ANCHORS = {
    model.__name__: re.sub(r"[^a-z0-9_]+", "-", place.lower()).strip("-")
    for place, model in KEYS.items()
}
KINDS = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "names and values",
}


def told_of(schema: dict[str, Any]) -> str:
    words = str(schema.get("description", ""))
    examples = [f"`{one}`" for one in found_in(schema, "examples")]
    return words + (f" ({', '.join(dict.fromkeys(examples))})" if examples and not words else "")


def found_in(schema: dict[str, Any], name: str) -> Iterator[Any]:
    yield from schema.get(name, ())
    for one in schema.get("anyOf", ()):
        yield from found_in(one, name)


def errors() -> str:
    rows = [
        f"| `{name}` | {one.get('status', '')} | {', '.join(one.get('surfaces', ()))} | {one['why']} |"
        for name, one in error_catalog.load_errors().items()
        if "usual" not in one
    ]
    return "\n".join(["| name | status | seen on | what it is |", "|---|---|---|---|", *rows])


def admin() -> str:
    (found,) = [one for one in build_surfaces() if one.name == "admin"]
    rows = [
        f"| {one.method} | `{found.prefixes[0]}{one.path}` | {one.summary} |"
        for one in found.dialect.endpoints
    ]
    return "\n".join(["| method | path | |", "|---|---|---|", *rows])


def commands() -> str:
    shared = {one.name for one in served()}
    return "\n\n".join(
        [described(command, path, shared) for path, command in every(main, "mockgem")]
    )


def served() -> list[click.Parameter]:
    def nothing() -> None: ...

    return list(options.with_options(nothing).__click_params__)  # type: ignore[attr-defined]


def every(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            one = command.get_command(context, name)
            assert one is not None
            yield from every(one, f"{path} {name}")


def described(command: click.Command, path: str, shared: set[str | None]) -> str:
    own = [
        one for one in command.params if isinstance(one, click.Option) and one.name not in shared
    ]
    words = " ".join(
        one.make_metavar(click.Context(command))
        for one in command.params
        if isinstance(one, click.Argument)
    )
    rows = [f"| `{'`, `'.join(one.opts)}` | {one.help or ''} |" for one in own]
    table = "\n".join(["", "", "| option | |", "|---|---|", *rows]) if rows else ""
    return f"## {path}\n\n`{f'{path} {words}'.strip()}`: {' '.join((command.help or '').split())}{table}"


PARTS = {
    "endpoints": endpoints.render_markdown,
    "options": options.render_markdown,
    "faults": scenario.render_faults_markdown,
    "scenarios": scenario.render_scenarios_markdown,
    "keys": keys,
    "errors": errors,
    "admin": admin,
    "commands": commands,
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
