"""Read a settings file: TOML, YAML or JSON, with the names of the options as keys."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mockgem.config.option import InvalidOption, spell_key_in
from mockgem.config.options import list_options, suggest_option
from mockgem.core.regular_files import read_regular_file


class BadSettings(Exception):
    """A settings file that mockgem can't use.

    The message says where and why, a line for each mistake.
    """


def load(path: Path) -> dict[str, Any]:
    """Return the values that a settings file sets, by the names of the options.

    Raises BadSettings.
    """
    try:
        content = parse_file(path)
    except OSError as error:
        raise BadSettings(f"{path}: {error.strerror}") from None
    if not isinstance(content, Mapping):
        raise BadSettings(
            f"{path} is not a settings file: write the name of an option and its value"
        )
    return read_keys(content, path)


def read_keys(content: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """Return the values as the server uses them. Raises BadSettings with all mistakes."""
    options, spelling = list_options(), spell_key_in(path)
    values, mistakes = {}, []
    for name, value in content.items():
        if name not in options:
            mistakes.append(describe_unknown_key(str(name), path))
        elif value is not None:  # YAML: a key without a value
            try:
                values[name] = options[name].read(value, spelling)
            except InvalidOption as error:
                mistakes.append(str(error))
    if mistakes:
        raise BadSettings("\n".join(mistakes))
    return values


def describe_unknown_key(name: str, path: Path) -> str:
    near = suggest_option(name)
    advice = f"did you mean {near}?" if near else f"use one of {', '.join(sorted(list_options()))}."
    return f"{name} in {path} is not a setting: {advice}"


def parse_file(path: Path) -> Any:
    try:
        text = read_regular_file(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadSettings(f"{path}: is not UTF-8 (at byte {error.start})") from None
    if path.suffix in (".yaml", ".yml", ".json"):
        return parse_yaml(text, path)
    import tomllib

    try:
        return tomllib.loads(text)
    except ValueError as error:
        raise BadSettings(f"{path}: {error}") from None


def parse_yaml(text: str, path: Path) -> Any:
    import yaml

    try:
        if path.suffix == ".json" and text.strip():
            return json.loads(text)
        return yaml.safe_load(text) or {}
    except (yaml.YAMLError, ValueError) as error:
        raise BadSettings(f"{path}: {error}") from None
