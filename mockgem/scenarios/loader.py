"""Reads scenario files: safely, and with the line of everything that is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from mockgem.scenarios import schema
from mockgem.scenarios.schema import Scenario

MAX_SIZE = 256 * 1024
MAX_DEPTH = 24
MAX_NODES = 20_000
LineNumbers = dict[tuple[Any, ...], int]


class BadScenario(ValueError):
    """A scenario that can't be used. `problems` are lines of "FILE:LINE: what is wrong"."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_scenario(path: Path) -> Scenario:
    """Raises BadScenario, also where there is no such file."""
    return read_scenario_with_lines(path)[0]


def read_scenario_with_lines(path: Path) -> tuple[Scenario, LineNumbers]:
    """And the line of everything in it. Raises BadScenario."""
    try:
        if path.stat().st_size > MAX_SIZE:
            raise BadScenario(
                [f"{path}: {path.stat().st_size} bytes; a scenario has at most {MAX_SIZE}"]
            )
        text = path.read_text("utf-8")
    except OSError as error:
        raise BadScenario([f"{path}: can't be read: {error.strerror or error}"]) from None
    except UnicodeDecodeError as error:
        raise BadScenario([f"{path}: is no UTF-8 (byte {error.start})"]) from None
    return parse_with_lines(text, str(path))


def parse_scenario(text: str, named: str = "the scenario") -> Scenario:
    """A scenario from YAML (or JSON, which is YAML). Raises BadScenario."""
    return parse_with_lines(text, named)[0]


def parse_with_lines(text: str, named: str) -> tuple[Scenario, LineNumbers]:
    if len(text) > MAX_SIZE:
        raise BadScenario([f"{named}: more than {MAX_SIZE} letters"])
    found, lines = load_yaml(text, named)
    return validate_scenario(found, named, lines), lines


def find_line(place: tuple[Any, ...], lines: LineNumbers) -> int:
    """The line of a place, or of what it is in; 0 where that is not known."""
    return next(
        (lines[place[:end]] for end in range(len(place), -1, -1) if place[:end] in lines), 0
    )


def format_location(named: str, place: tuple[Any, ...], lines: LineNumbers) -> str:
    line = find_line(place, lines)
    return f"{named}:{line}" if line else named


def validate_scenario(found: Any, named: str, lines: LineNumbers | None = None) -> Scenario:
    """A scenario from values. Raises BadScenario."""
    if not isinstance(found, dict):
        raise BadScenario(
            [
                f"{named}: a scenario is a mapping with title and rules; this is {describe_type(found)}"
            ]
        )
    try:
        return Scenario.model_validate(found)
    except ValidationError as error:
        problems = [format_problem(one, named, lines or {}) for one in error.errors()]
        raise BadScenario(list(dict.fromkeys(problems))[:20]) from None


def format_problem(error: Any, named: str, lines: LineNumbers) -> str:
    """One complaint of pydantic's, where it is and in plain words."""
    place = tuple(part for part in error["loc"] if part not in UNION_TAGS)
    dotted = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place).lstrip(
        "."
    )
    return f"{format_location(named, place, lines)}: {dotted + ': ' if dotted else ''}{describe_error(error, place)}"


UNION_TAGS = ("seconds-or-text", "distribution")
"""What stands in places of the form, and not in those of a file."""


def describe_error(error: Any, place: tuple[Any, ...]) -> str:
    message: str = error["msg"].removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        return f"there is no key {place[-1]!r} here{suggest_key(place)}"
    if error["type"] == "missing":
        return "is missing"
    if error["type"] in ("tuple_type", "list_type"):
        return f"is a list: put - before each entry, or write [one, another] (it is {format_input(error['input'])})"
    if error["type"] in ("model_type", "model_attributes_type", "dict_type"):
        return f"takes {KEY_EXAMPLES.get(last_key_of(place), 'keys and values')} (it is {format_input(error['input'])})"
    if error["type"] == "literal_error":
        return f"{format_input(error['input'])} is not known{suggest_value(error)}"
    return (
        f"{message} (it is {format_input(error['input'])})"
        if "input" in error and error["type"] != "value_error"
        else message
    )


KEY_EXAMPLES = {
    "rules": "{when: {calls: 1}, fail: 429}",
    "when": "{calls: 1, model: '*-pro'}",
    "fail": "a name, a status, or {error: 429, retry_delay: 3s}",
    "say": "a text, or {text: …}, {tool_calls: […]}, {turns: […]}",
    "faults": "a name, or {fault: stall, at: 3, for: 70s}",
    "latency": "{first: 5s, tokens_per_second: 50}",
    "quota": "{tier: free} or {rpm: 10}",
    "resources": "{file: […], batch: […], token_expires_after: 1h}",
    "expect": "{attempts: 3, final: success}",
    "headers": "{name: value}",
    "header": "{name: pattern}",
}


def last_key_of(place: tuple[Any, ...]) -> str:
    return next((part for part in reversed(place) if isinstance(part, str)), "")


def suggest_key(place: tuple[Any, ...]) -> str:
    from mockgem.scenarios.suggestions import suggest_names

    parents = [part for part in place[:-1] if isinstance(part, str)]
    near = suggest_names(str(place[-1]), list_keys(parents[-1] if parents else ""))
    return f"; did you mean {near[0]}?" if near else ""


def list_keys(parent: str) -> list[str]:
    """The keys that a mapping takes."""
    model = MODEL_BY_KEY.get(parent, schema.Scenario)
    return [field.alias or name for name, field in model.model_fields.items()]


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
    "resources": schema.Resources,
    "expect": schema.Expect,
}


def suggest_value(error: Any) -> str:
    from mockgem.scenarios.suggestions import suggest_names

    expected = [
        word.strip("' ")
        for word in str(error.get("ctx", {}).get("expected", "")).replace(" or ", ",").split(",")
    ]
    near = suggest_names(str(error["input"]), expected)
    return f"; did you mean {near[0]}?" if near else f"; known are {', '.join(expected[:20])}"


def format_input(found: Any) -> str:
    text = json.dumps(found, default=str)
    return text if len(text) <= 60 else text[:57] + "…"


def describe_type(found: Any) -> str:
    return {list: "a list", str: "a text", type(None): "empty"}.get(
        type(found), f"a {type(found).__name__}"
    )


def load_yaml(text: str, named: str) -> tuple[Any, LineNumbers]:
    """Values and their lines. No tags, no aliases, no key twice, not too deep."""
    lines: LineNumbers = {}
    try:
        node = yaml.compose(text, Loader=AliasFreeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f":{mark.line + 1}" if mark else ""
        told = str(getattr(error, "problem", None) or error)
        raise BadScenario(
            [
                f"{named}{where}: {told}{next((hint for words, hint in YAML_HINTS.items() if words in told), '')}"
            ]
        ) from None
    except RecursionError:
        raise BadScenario([f"{named}: is nested too deep"]) from None
    if node is None:
        return None, lines
    return YamlValueReader(named, lines).read_value(node, (), 0), lines


YAML_HINTS = {
    "mapping values are not allowed": " (a text with a colon and a space in it has to stand in quotes)",
    "expected <block end>": " (is this line as far in as its neighbours?)",
    "found character '\\t'": " (indent with spaces)",
    "while scanning a simple key": " (is a colon missing?)",
}
"""What YAML's complaints mostly mean."""


class AliasFreeLoader(yaml.SafeLoader):
    """YAML without aliases; its values are made by Reader."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "aliases (*name) are not taken", mark)
        return super().compose_node(parent, index)


ALLOWED_TAGS = {
    f"tag:yaml.org,2002:{name}"
    for name in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp")
}
MAP, SEQUENCE = "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"


class YamlValueReader:
    """Makes values of YAML's nodes, and notes the line of each."""

    def __init__(self, named: str, lines: LineNumbers) -> None:
        self.source_name = named
        self.lines = lines
        self.node_count = 0
        self.scalar_constructor = yaml.constructor.SafeConstructor()

    def read_value(self, node: Any, place: tuple[Any, ...], depth: int) -> Any:
        line = node.start_mark.line + 1
        self.lines.setdefault(place, line)
        self.node_count += 1
        if depth > MAX_DEPTH or self.node_count > MAX_NODES:
            raise BadScenario([f"{self.source_name}:{line}: nested too deep or too large"])
        if node.tag not in ALLOWED_TAGS:
            raise BadScenario([f"{self.source_name}:{line}: tags ({node.tag}) are not taken"])
        if isinstance(node, yaml.MappingNode):
            return self.read_mapping(node, place, depth)
        if isinstance(node, yaml.SequenceNode):
            return [
                self.read_value(one, (*place, number), depth + 1)
                for number, one in enumerate(node.value)
            ]
        return self.read_scalar(node)

    def read_mapping(self, node: Any, place: tuple[Any, ...], depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, one in node.value:
            name = str(key.value)
            line = key.start_mark.line + 1
            if name in found:
                raise BadScenario([f"{self.source_name}:{line}: the key {name!r} is there twice"])
            self.lines[(*place, name)] = line
            found[name] = self.read_value(one, (*place, name), depth + 1)
        return found

    def read_scalar(self, node: Any) -> Any:
        """Texts that look like dates, or numbers with colons, stay texts."""
        kind = node.tag.rpartition(":")[2]
        if kind == "timestamp" or (kind == "int" and ":" in node.value):
            return node.value
        try:
            return self.scalar_constructor.construct_object(node)
        except (ValueError, OverflowError, yaml.YAMLError):
            raise BadScenario(
                [f"{self.source_name}:{node.start_mark.line + 1}: {node.value[:60]!r} is no {kind}"]
            ) from None
