"""Find keys in a cassette that mockgem does not know and would lose if it wrote the file again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mockgem.recording.cassette_reader import (
    BadCassette,
    parse_json_tree,
    parse_own_records,
    parse_yaml_tree,
    read_bytes,
    strip_torn_end,
)
from mockgem.recording.interaction import EXTENSION_KEY

FILE = frozenset(("interactions", "version"))
INTERACTION = frozenset(("request", "response"))
REQUEST = frozenset(("method", "uri", "headers", "body", "parsed_body"))
RESPONSE = frozenset(
    (
        "status",
        "status_code",
        "http_version",
        "headers",
        "body",
        "parsed_body",
        "content",
        EXTENSION_KEY,
    )
)
STATUS = frozenset(("code", "message"))
BODY = frozenset(("string",))
OWN = frozenset(("chunks", "broken", "recorded", "messages"))
MESSAGE = frozenset(("from", "ms", "text", "binary", "close", "reason"))


def refuse_unknown(path: Path) -> None:
    """Raise BadCassette for a file that can't be written again without a loss."""
    if names := unknown_keys(path):
        raise refusal(path, names)


def refusal(path: Path, names: list[str]) -> BadCassette:
    """Return the error for a file with unknown keys."""
    return BadCassette(
        f"{path} can't be written again: {listed(names)} is not known to mockgem and would be "
        "lost. The file did not change; remove the unknown keys, or use another file"
    )


def listed(names: list[str]) -> str:
    """Return the first names, and how many more there are."""
    shown = ", ".join(f"`{name}`" for name in names[:3])
    return f"{shown} and {len(names) - 3} more" if len(names) > 3 else shown


def unknown_keys(path: Path) -> list[str]:
    """Return the places of unknown keys, like `interactions[2].response.trailers`.

    Raises BadCassette.
    """
    data = strip_torn_end(read_bytes(path), path)
    if not data.strip():
        return []
    return list(find_unknown(parse_tree(data, path)))


def parse_tree(data: bytes, path: Path) -> Any:
    """Return a cassette as a value. Raises BadCassette."""
    try:
        if path.suffix == ".json":
            return parse_json_tree(data, path)
        own = parse_own_records(data, path)
        return {"interactions": own} if own is not None else parse_yaml_tree(data, path)
    except BadCassette:
        raise
    except ValueError as error:
        raise BadCassette(f"{path}: {error}") from None


def find_unknown(tree: Any) -> Iterator[str]:
    """Yield the places of unknown keys."""
    yield from find_others(tree, FILE, "")
    for number, record in enumerate(part(tree, "interactions") or ()):
        place = f"interactions[{number}]."
        request, response = part(record, "request"), part(record, "response")
        yield from find_others(record, INTERACTION, place)
        yield from find_others(request, REQUEST, f"{place}request.")
        yield from find_others(response, RESPONSE, f"{place}response.")
        yield from find_others(part(response, "status"), STATUS, f"{place}response.status.")
        yield from find_others(part(response, "body"), BODY, f"{place}response.body.")
        own, own_place = part(response, EXTENSION_KEY), f"{place}response.{EXTENSION_KEY}."
        yield from find_others(own, OWN, own_place)
        for index, message in enumerate(part(own, "messages") or ()):
            yield from find_others(message, MESSAGE, f"{own_place}messages[{index}].")
        for name, one in (("request", request), ("response", response)):
            if part(one, "parsed_body") is not None and part(one, "body"):
                yield f"{place}{name}.body"  # mockgem reads parsed_body instead


def part(item: Any, name: str) -> Any:
    """Return a value in a mapping; None for another value or a missing key."""
    return item.get(name) if isinstance(item, Mapping) else None


def find_others(item: Any, known: frozenset[str], place: str) -> Iterator[str]:
    """Yield the places of keys with a value that are not known."""
    if isinstance(item, Mapping):
        yield from [
            f"{place}{name}"
            for name, inner in item.items()
            if name not in known and inner is not None
        ]
