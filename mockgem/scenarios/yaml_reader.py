"""Read YAML safely (no tags, aliases or duplicate keys), with a line for each value."""

from __future__ import annotations

from typing import Any

import yaml

from mockgem.core.surrogates import join_surrogates
from mockgem.scenarios.bad_scenario import BadScenario, LineNumbers

MAX_DEPTH = 24
MAX_NODES = 20_000
YAML_HINTS = {
    "mapping values are not allowed": " (put a text that contains a colon and a space in quotes)",
    "expected <block end>": " (does this line have the same indentation as its neighbours?)",
    "found character '\\t'": " (indent with spaces)",
    "while scanning a simple key": " (is a colon missing?)",
}
"""What the error messages of PyYAML mostly mean."""


def load_yaml(text: str, source: str) -> tuple[Any, LineNumbers]:
    """Return the values of a YAML text and their lines. Raises BadScenario."""
    lines: LineNumbers = {}
    try:
        node = yaml.compose(text, Loader=AliasFreeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f":{mark.line + 1}" if mark else ""
        problem = str(getattr(error, "problem", None) or error)
        hint = next((hint for words, hint in YAML_HINTS.items() if words in problem), "")
        raise BadScenario([f"{source}{where}: {problem}{hint}"]) from None
    except RecursionError:
        raise BadScenario([f"{source}: is nested too deeply"]) from None
    if node is None:
        return None, lines
    return YamlValueReader(source, lines).read_value(node, (), 0), lines


class AliasFreeLoader(yaml.SafeLoader):
    """Parses YAML without aliases into nodes."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            message = "aliases (*name) are not allowed"
            raise yaml.composer.ComposerError(None, None, message, mark)
        return super().compose_node(parent, index)


ALLOWED_TAGS = {
    f"tag:yaml.org,2002:{name}"
    for name in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp")
}


class YamlValueReader:
    """Converts nodes of YAML to values, and records their lines."""

    def __init__(self, source: str, lines: LineNumbers) -> None:
        self.source = source
        self.lines = lines
        self.node_count = 0
        self.scalar_constructor = yaml.constructor.SafeConstructor()

    def read_value(self, node: Any, location: tuple[Any, ...], depth: int) -> Any:
        line = node.start_mark.line + 1
        self.lines.setdefault(location, line)
        self.node_count += 1
        if depth > MAX_DEPTH or self.node_count > MAX_NODES:
            limits = f"at most {MAX_DEPTH} levels and {MAX_NODES} values"
            raise BadScenario([f"{self.source}:{line}: nested too deeply or too large: {limits}"])
        if node.tag not in ALLOWED_TAGS:
            raise BadScenario([f"{self.source}:{line}: tags ({node.tag}) are not allowed"])
        if isinstance(node, yaml.MappingNode):
            return self.read_mapping(node, location, depth)
        if isinstance(node, yaml.SequenceNode):
            return [
                self.read_value(child, (*location, index), depth + 1)
                for index, child in enumerate(node.value)
            ]
        return self.read_scalar(node)

    def read_mapping(self, node: Any, location: tuple[Any, ...], depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, child in node.value:
            line = key.start_mark.line + 1
            name = self.read_key(key)
            if name in values:
                raise BadScenario([f"{self.source}:{line}: the key {name!r} occurs twice"])
            self.lines[(*location, name)] = line
            values[name] = self.read_value(child, (*location, name), depth + 1)
        return values

    def read_key(self, key: Any) -> str:
        if not isinstance(key, yaml.ScalarNode):
            line = key.start_mark.line + 1
            raise BadScenario([f"{self.source}:{line}: a key has to be a text"])
        value = self.read_scalar(key)
        return value if isinstance(value, str) else str(key.value)

    def read_scalar(self, node: Any) -> Any:
        """Convert a scalar. Texts that look like dates or sexagesimal numbers remain texts."""
        kind = node.tag.rpartition(":")[2]
        if kind == "timestamp" or (kind == "int" and ":" in node.value):
            return node.value
        try:
            if kind == "str":
                return join_surrogates(node.value)
            return self.scalar_constructor.construct_object(node)
        except (ValueError, OverflowError, yaml.YAMLError):
            line = node.start_mark.line + 1
            message = f"{node.value[:60]!r} is not a valid {kind}"
            raise BadScenario([f"{self.source}:{line}: {message}"]) from None
