"""Encode cassettes as YAML or JSON, in vcrpy's format."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from mockgem.recording.interaction import Interaction, to_vcr_record
from mockgem.recording.torn_end import END_MARKER, FILE_HEADER, JSON_HEAD, JSON_TAIL


def encode_cassette(interactions: Sequence[Interaction], *, as_json: bool) -> bytes:
    """Return a whole cassette; nothing for no interactions, because vcrpy can't load that."""
    if not interactions:
        return b""
    items = [encode_interaction(one, as_json=as_json) for one in interactions]
    return join_items(items, first=True, as_json=as_json)


def join_items(items: Sequence[bytes], *, first: bool, as_json: bool) -> bytes:
    """Return the bytes that add items to a file; `first`: the file is still empty."""
    if as_json:
        return (JSON_HEAD if first else b",\n") + b",\n".join(items) + JSON_TAIL
    return (FILE_HEADER if first else b"") + b"".join(items)


def encode_interaction(interaction: Interaction, *, as_json: bool) -> bytes:
    """Return one interaction as an item of a cassette. Raises ValueError for bytes in JSON."""
    record = to_vcr_record(interaction)
    if as_json:
        text = json.dumps(check_text(record), ensure_ascii=False)
        return text.encode("utf-8", "surrogateescape")
    import yaml

    text = yaml.dump(
        [record], Dumper=load_dumper(), allow_unicode=True, sort_keys=False, width=10**9
    )
    return LONG_STRING.sub(split_quoted_lines, text.removesuffix("...\n")).encode() + END_MARKER


LONG_STRING = re.compile(r'^( +)(string|body): "((?:[^"\\\n]|\\.)*\\r\\n(?:[^"\\\n]|\\.)*)"$', re.M)


def split_quoted_lines(match: re.Match[str]) -> str:
    """Return a quoted text with CR LF line ends on one line each.

    YAML skips an escaped line end and the white space after it.
    """
    indent, name, text = match.groups()
    lines = [""]
    for token in re.findall(r"\\.|[^\\]+", text):
        lines[-1] += token
        if token == "\\n":
            lines.append("")
    kept = [("\\" if line.startswith(" ") else "") + line for line in lines if line]
    return f'{indent}{name}: "' + f"\\\n{indent}  ".join(kept) + '"'


def check_text(record: Any) -> Any:
    """Return a record for JSON. Raises ValueError for bytes, which JSON does not have."""
    match record:
        case bytes():
            raise ValueError("a body is not text, and JSON has no bytes: record to a .yaml file")
        case dict():
            return {name: check_text(part) for name, part in record.items()}
        case list():
            return [check_text(part) for part in record]
    return record


@cache
def load_dumper() -> Any:
    """Return vcrpy's YAML dumper, changed to write multi-line texts line by line."""
    from vcr.serializers import yamlserializer

    class ReadableDumper(yamlserializer._CassetteDumper):  # type: ignore[misc]
        def ignore_aliases(self, data: Any) -> bool:
            return True

    ReadableDumper.add_representer(str, represent_text)
    return ReadableDumper


def represent_text(dumper: Any, text: str) -> Any:
    """Write a text as a block if it has several lines and YAML would not change them."""
    is_block = "\n" in text and "\r" not in text and not text.startswith((" ", "\n"))
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if is_block else None)
