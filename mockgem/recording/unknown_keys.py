"""What a cassette holds that mockgem does not know, and would lose if it wrote the file anew."""

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
STATUS, BODY, OWN = (
    frozenset(("code", "message")),
    frozenset(("string",)),
    frozenset(("chunks", "broken", "recorded")),
)


def refuse_unknown(path: Path) -> None:
    """Raises BadCassette for a file that can't be written anew without a loss. Nothing is changed by then."""
    if names := unknown_keys(path):
        raise refusal(path, names)


def refusal(path: Path, names: list[str]) -> BadCassette:
    return BadCassette(
        f"{path} can't be written anew: {listed(names)} is not known to mockgem and would be lost. The file is as it was; "
        "take what is not known out of it, or use another file"
    )


def listed(names: list[str]) -> str:
    """Return the first names and how many more there are."""
    shown = ", ".join(f"`{name}`" for name in names[:3])
    return f"{shown} and {len(names) - 3} more" if len(names) > 3 else shown


def unknown_keys(path: Path) -> list[str]:
    """Return the places of unknown keys, like `interactions[2].response.trailers`. Raises BadCassette."""
    data = strip_torn_end(read_bytes(path), path)
    if not data.strip():
        return []
    own = parse_own_records(data, path) if path.suffix != ".json" else None
    if own is not None:
        tree: Any = {"interactions": own}
    else:
        try:
            tree = (
                parse_json_tree(data, path)
                if path.suffix == ".json"
                else parse_yaml_tree(data, path)
            )
        except ValueError as error:
            raise BadCassette(f"{path}: {error}") from None
    return list(unknown_in(tree))


def unknown_in(tree: Any) -> Iterator[str]:
    yield from others(tree, FILE, "")
    for number, record in enumerate(part(tree, "interactions") or ()):
        place = f"interactions[{number}]."
        request, response = part(record, "request"), part(record, "response")
        yield from others(record, INTERACTION, place)
        yield from others(request, REQUEST, f"{place}request.")
        yield from others(response, RESPONSE, f"{place}response.")
        yield from others(part(response, "status"), STATUS, f"{place}response.status.")
        yield from others(part(response, "body"), BODY, f"{place}response.body.")
        yield from others(part(response, EXTENSION_KEY), OWN, f"{place}response.{EXTENSION_KEY}.")
        for name, one in (("request", request), ("response", response)):
            if part(one, "parsed_body") is not None and part(one, "body"):
                yield f"{place}{name}.body"  # beside parsed_body, which is what counts


def part(item: Any, name: str) -> Any:
    return item.get(name) if isinstance(item, Mapping) else None


def others(item: Any, known: frozenset[str], place: str) -> Iterator[str]:
    if isinstance(item, Mapping):
        yield from [
            f"{place}{name}"
            for name, inner in item.items()
            if name not in known and inner is not None
        ]
