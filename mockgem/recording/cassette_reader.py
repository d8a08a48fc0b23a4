"""Reads cassettes, also those nobody should trust: nothing in them is run, and all of it is bounded."""

from __future__ import annotations

import gzip
import json
import logging
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from mockgem.core.frozen import frozen
from mockgem.recording.interaction import Interaction, from_vcr_record

MAX_CASSETTE_SIZE = 512 * 2**20
"""Bytes of one cassette."""
MAX_DEPTH = 100
"""Levels of YAML. A schema inside a `parsed_body` takes three for each of its own."""
MAX_NODES = 4_000_000
MAX_BODY_SIZE = 256 * 2**20
SUFFIXES = (".yaml", ".yml", ".json")
FILE_HEADER = b"version: 1\ninteractions:\n"
END_MARKER = b"# end\n"
"""A line after every item that mockgem wrote. Content is indented, so it never contains this line."""


log = logging.getLogger("mockgem")


class BadCassette(ValueError):
    """A cassette that can't be used; the message says where and why."""


@frozen
class Cassette:
    """What a file holds, and how many bytes at its end are of an interaction that was never finished."""

    path: Path
    interactions: tuple[Interaction, ...]
    torn_bytes: int = 0


def read_cassette(path: Path) -> Cassette:
    """Read a cassette. Raises BadCassette for a file that is too large or does not hold a cassette."""
    data = read_bytes(path)
    whole = strip_torn_end(data, path)
    if torn := len(data) - len(whole):
        log.warning(
            "%s: its last %d bytes are an incomplete interaction and are ignored", path, torn
        )
    return Cassette(path, parse_interactions(whole, path), torn)


def parse_interactions(data: bytes, path: Path) -> tuple[Interaction, ...]:
    """Parse the bytes of a cassette. Raises BadCassette."""
    try:
        return tuple(
            [decode_interaction(from_vcr_record(record)) for record in parse_records(data, path)]
        )
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise BadCassette(f"{path}: {error}") from None


def read_bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_CASSETTE_SIZE:
            raise BadCassette(
                f"{path} is larger than the {MAX_CASSETTE_SIZE} bytes a cassette may have"
            )
        return path.read_bytes()
    except OSError as error:
        raise BadCassette(f"{path}: {error.strerror or error}") from None


def strip_torn_end(data: bytes, path: Path) -> bytes:
    """Leave out an interaction whose writing was interrupted: what follows the last end mark and is not complete.

    Only mockgem's own YAML files have end marks. An editor may have removed the last line end, and a user may have pasted
    complete interactions after the last mark: those are kept.
    """
    last = data.rfind(b"\n" + END_MARKER)
    if path.suffix == ".json" or last < 0 or not data.startswith(FILE_HEADER):
        return data
    marked, rest = data[: last + 1 + len(END_MARKER)], data[last + 1 + len(END_MARKER) :]
    if not rest.strip() or rest.strip() == END_MARKER.strip() or is_complete(data, path):
        return data
    return marked


def is_complete(data: bytes, path: Path) -> bool:
    """Whether a file can be read to its end and its last interaction has an answer with status and reason."""
    try:
        records = parse_records(data, path)
        interactions = [from_vcr_record(record) for record in records]
        status = records[-1]["response"]["status"]
        return 100 <= interactions[-1].status < 1000 and "message" in status
    except (ValueError, TypeError, AttributeError, KeyError, IndexError):
        return False


def parse_records(data: bytes, path: Path) -> list[Any]:
    if not data.strip():
        return []
    if path.suffix != ".json" and (own := parse_own_records(data, path)) is not None:
        return own
    tree = parse_json_tree(data, path) if path.suffix == ".json" else parse_yaml_tree(data, path)
    if not isinstance(tree, dict) or "interactions" not in tree:
        raise BadCassette(f"{path} is no cassette: it has no `interactions`")
    records = tree["interactions"] or []
    if not isinstance(records, list):
        raise BadCassette(f"{path} is no cassette: its `interactions` are no list")
    return records


def parse_json_tree(data: bytes, path: Path) -> Any:
    if data.count(b"{") + data.count(b"[") > MAX_NODES:
        raise BadCassette(f"{path} holds too much")
    try:
        return json.loads(data)
    except RecursionError:
        raise BadCassette(f"{path} is nested too deep") from None


def parse_own_records(data: bytes, path: Path) -> list[Any] | None:
    """The items of a file that mockgem wrote, without going through YAML for each. None for a file of another form."""
    if not (data.startswith(FILE_HEADER) and data.endswith(END_MARKER)):
        return None
    if data.count(b"\n") > MAX_NODES:
        raise BadCassette(f"{path} holds too much")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    end = END_MARKER.decode()
    items = text[len(FILE_HEADER) :].removesuffix(end).split("\n" + end)
    if not all(one.startswith("- request:\n") for one in items):
        return None
    return [record for one in items for record in parse_item(one.removesuffix("\n") + "\n", path)]


def parse_item(item: str, path: Path) -> list[Any]:
    """One item, swiftly where it is written as mockgem writes."""
    from mockgem.recording.fast_yaml import UnsupportedYaml, parse_record

    try:
        return [parse_record(item)]
    except UnsupportedYaml:
        found = parse_yaml_tree(b"interactions:\n" + item.encode(), path)
        return list(found["interactions"])


def parse_yaml_tree(data: bytes, path: Path) -> Any:
    """With vcrpy's own loader, which runs nothing; aliases and deep nesting are refused before anything is built."""
    import yaml
    from vcr.serializers import yamlserializer

    try:
        loader = yamlserializer._CassetteLoader(data)
        try:
            node = loader.get_single_node()
            check_nodes(node, path)
            return None if node is None else loader.construct_document(node)
        finally:
            loader.dispose()
    except (yaml.YAMLError, RecursionError) as error:
        raise BadCassette(f"{path}: {' '.join(str(error).split())[:300]}") from None


def check_nodes(root: Any, path: Path) -> None:
    """Raises BadCassette for aliases, duplicate keys, and more or deeper nodes than a cassette has."""
    seen: set[int] = set()
    level, depth = [root] if root is not None else [], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise BadCassette(f"{path} is nested too deep")
        below = []
        for node in level:
            if id(node) in seen:
                raise BadCassette(
                    f"{path}: line {node.start_mark.line + 1}: aliases have no place in a cassette"
                )
            seen.add(id(node))
            below += list_children(node, path)
        if len(seen) > MAX_NODES:
            raise BadCassette(f"{path} holds too much")
        level = below


def list_children(node: Any, path: Path) -> list[Any]:
    match node.id:
        case "mapping":
            names = [key.value for key, _ in node.value if key.id == "scalar"]
            if len(set(names)) < len(names):
                raise BadCassette(
                    f"{path}: line {node.start_mark.line + 1}: a key stands there twice"
                )
            return [one for pair in node.value for one in pair]
        case "sequence":
            return list(node.value)
    return []


def decode_interaction(one: Interaction) -> Interaction:
    """With its body as it reads: some of vcrpy's recorders keep a coded body, others a decoded one with the header left."""
    coding = one.get_header("content-encoding").lower()
    if coding not in ("gzip", "deflate", "x-gzip") or not one.body:
        return one
    kept = tuple(
        [
            pair
            for pair in one.headers
            if pair[0].lower() not in ("content-encoding", "content-length")
        ]
    )
    return replace(one, headers=kept, body=decompress_body(one.body))


def decompress_body(body: bytes) -> bytes:
    """Raises ValueError for a body that would fill the memory."""
    if body[:2] != b"\x1f\x8b" and body[:1] != b"\x78":
        return body
    unzip = zlib.decompressobj(47)
    try:
        data = unzip.decompress(body, MAX_BODY_SIZE)
    except (zlib.error, gzip.BadGzipFile):
        return body
    if unzip.unconsumed_tail:
        raise ValueError(f"a body is larger than {MAX_BODY_SIZE} bytes when it is unpacked")
    return data


def find_cassettes(place: Path) -> Iterator[Path]:
    """The file, or all cassettes in a folder and below, by name; links that lead out of it are left out."""
    if place.is_file():
        yield place
        return
    root = place.resolve()
    for path in sorted(place.rglob("*")):
        if path.suffix in SUFFIXES and path.is_file() and path.resolve().is_relative_to(root):
            yield path
