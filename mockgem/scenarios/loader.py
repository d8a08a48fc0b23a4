"""Read and validate scenario files, and report each mistake with its line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mockgem.core.regular_files import check_regular_file
from mockgem.scenarios import schema
from mockgem.scenarios.bad_scenario import BadScenario, LineNumbers
from mockgem.scenarios.schema import Scenario
from mockgem.scenarios.schema_delivery import Distribution

MAX_SIZE = 256 * 1024
MAX_PROBLEMS = 20
Location = tuple[Any, ...]
"""Where something is in a scenario: keys and indexes, from the top."""


def read_scenario(path: Path) -> Scenario:
    """Read a file. Raises BadScenario, also for a file that cannot be read."""
    return read_scenario_with_lines(path)[0]


def read_scenario_with_lines(path: Path) -> tuple[Scenario, LineNumbers]:
    """Read a file, and return the line of everything in it too. Raises BadScenario."""
    try:
        check_regular_file(path)
        if (size := path.stat().st_size) > MAX_SIZE:
            raise BadScenario([f"{path}: {size} bytes are too many: use at most {MAX_SIZE}"])
        text = path.read_text("utf-8")
    except OSError as error:
        raise BadScenario([f"{path}: cannot be read: {error.strerror or error}"]) from None
    except UnicodeDecodeError as error:
        raise BadScenario([f"{path}: is not UTF-8 (at byte {error.start})"]) from None
    return parse_with_lines(text, str(path))


def parse_scenario(text: str, source: str = "the scenario") -> Scenario:
    """Parse a scenario from YAML or JSON. Raises BadScenario, whose messages name the source."""
    return parse_with_lines(text, source)[0]


def parse_with_lines(text: str, source: str) -> tuple[Scenario, LineNumbers]:
    if len(text) > MAX_SIZE:
        raise BadScenario(
            [f"{source}: {len(text)} characters are too many: use at most {MAX_SIZE}"]
        )
    from mockgem.scenarios.yaml_reader import load_yaml

    values, lines = load_yaml(text, source)
    return validate_scenario(values, source, lines), lines


def find_line(location: Location, lines: LineNumbers) -> int:
    """Return the line of a location, or of the nearest one around it. 0 if it is unknown."""
    prefixes = (location[:end] for end in range(len(location), -1, -1))
    return next((lines[prefix] for prefix in prefixes if prefix in lines), 0)


def format_location(source: str, location: Location, lines: LineNumbers) -> str:
    line = find_line(location, lines)
    return f"{source}:{line}" if line else source


def validate_scenario(values: Any, source: str, lines: LineNumbers | None = None) -> Scenario:
    """Build a scenario from values. Raises BadScenario, whose messages name the source."""
    if not isinstance(values, dict):
        raise BadScenario(
            [
                f"{source}: a scenario is a mapping with title and rules; "
                f"this is {describe_type(values)}"
            ]
        )
    try:
        return Scenario.model_validate(values)
    except ValidationError as error:
        problems = [format_problem(one, source, lines or {}) for one in error.errors()]
        raise BadScenario(list(dict.fromkeys(problems))[:MAX_PROBLEMS]) from None


UNION_TAGS = ("seconds-or-text", "distribution")
"""Parts of pydantic's locations that a file does not have."""


def format_problem(error: Any, source: str, lines: LineNumbers) -> str:
    """Return an error of pydantic with its line, its location and a plain description."""
    location = tuple(part for part in error["loc"] if part not in UNION_TAGS)
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in location]
    dotted = "".join(parts).lstrip(".")
    where = format_location(source, location, lines)
    return f"{where}: {dotted + ': ' if dotted else ''}{describe_error(error, location)}"


def describe_error(error: Any, location: Location) -> str:
    message: str = error["msg"].removeprefix("Value error, ")
    given = f"(it is {format_input(error['input'])})" if "input" in error else ""
    match error["type"]:
        case "extra_forbidden":
            return f"there is no key {location[-1]!r} here{suggest_key(location)}"
        case "missing":
            return "is missing"
        case "tuple_type" | "list_type":
            return f"must be a list: put - before each entry, or write [first, second] {given}"
        case "model_type" | "model_attributes_type" | "dict_type":
            example = KEY_EXAMPLES.get(last_key_of(location), "keys and values")
            return f"must be {example} {given}"
        case "literal_error":
            return f"{format_input(error['input'])} is not known{suggest_value(error)}"
        case "value_error":
            return message
    return f"{message} {given}".rstrip()


KEY_EXAMPLES = {
    "rules": "{when: {calls: 1}, fail: 429}",
    "when": "{calls: 1, model: '*-pro'}",
    "fail": "a name, a status or {error: 429, retry_delay: 3s}",
    "say": "a text, {text: …}, {tool_calls: […]}, {turns: […]}",
    "faults": "a name or {fault: stall, at: 3, for: 70s}",
    "latency": "{first: 5s, tokens_per_second: 50}",
    "quota": "{tier: free} or {rpm: 10}",
    "budget": "an amount or {usd: 0.5, per: key}",
    "resources": "{file: […], batch: […], token_expires_after: 1h}",
    "expect": "{attempts: 3, final: success}",
    "headers": "{name: value}",
    "header": "{name: pattern}",
}


def last_key_of(location: Location) -> str:
    return next((part for part in reversed(location) if isinstance(part, str)), "")


def suggest_key(location: Location) -> str:
    """Return the key that was probably meant, or an example of what stands there."""
    from mockgem.scenarios.suggestions import suggest_names

    parents = [part for part in location[:-1] if isinstance(part, str)]
    parent = parents[-1] if parents else ""
    near = suggest_names(str(location[-1]), list_keys(parent))
    if near:
        return f"; did you mean {near[0]}?"
    return f"; write {KEY_EXAMPLES[parent]}" if parent in KEY_EXAMPLES else ""


def list_keys(parent: str) -> list[str]:
    """Return the keys of the mapping that stands under a key."""
    model = MODEL_BY_KEY.get(parent) if parent else schema.Scenario
    if model is None:
        return []
    return [field.alias or name for name, field in model.model_fields.items()]


LATENCY_PARTS = [
    name
    for name, field in schema.Latency.model_fields.items()
    if "Distribution" in str(field.annotation)
]
MODEL_BY_KEY: dict[str, type[schema.ScenarioModel]] = {
    "rules": schema.Rule,
    "when": schema.When,
    "say": schema.Say,
    "turns": schema.Say,
    "tool_calls": schema.ScriptedToolCall,
    "raw": schema.RawResponse,
    "fail": schema.Fail,
    "faults": schema.FaultSpec,
    "latency": schema.Latency,
    "quota": schema.Quota,
    "budget": schema.Budget,
    "resources": schema.Resources,
    **dict.fromkeys(("file", "batch", "video", "document"), schema.ResourceState),
    **dict.fromkeys(LATENCY_PARTS, Distribution),
    "expect": schema.Expect,
}


def suggest_value(error: Any) -> str:
    from mockgem.scenarios.suggestions import suggest_names

    expected = str(error.get("ctx", {}).get("expected", "")).replace(" or ", ",").split(",")
    known = [word.strip("' ") for word in expected]
    near = suggest_names(str(error["input"]), known)
    return f"; did you mean {near[0]}?" if near else f"; known values: {', '.join(known[:20])}"


def format_input(value: Any) -> str:
    text = json.dumps(value, default=str)
    return text if len(text) <= 60 else text[:57] + "…"


def describe_type(value: Any) -> str:
    kinds = {list: "a list", str: "a text", type(None): "empty"}
    return kinds.get(type(value), f"a {type(value).__name__}")


__all__ = ["BadScenario", "parse_scenario", "read_scenario", "validate_scenario"]
