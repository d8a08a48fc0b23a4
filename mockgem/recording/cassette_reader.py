"""Read cassettes, also from sources that can't be trusted.

Nothing in a cassette is executed, and every size is limited.
"""

from __future__ import annotations

import gzip
import json
import logging
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from mockgem.core.content_coding import SUPPORTED, normalize_coding
from mockgem.core.frozen import frozen
from mockgem.core.regular_files import check_regular_file
from mockgem.recording.interaction import EXTENSION_KEY, Interaction, body_of, from_vcr_record
from mockgem.recording.torn_end import (
    END_MARKER,
    FILE_HEADER,
    close_json,
    find_torn_json,
    find_torn_yaml,
)

MAX_CASSETTE_SIZE = 512 * 2**20
"""Bytes of one cassette."""
MAX_DEPTH = 100
"""Levels of YAML. A schema inside a `parsed_body` takes three for each level."""
MAX_NODES = 4_000_000
MAX_BODY_SIZE = 256 * 2**20
"""Bytes of a body after it is unpacked."""
SUFFIXES = (".yaml", ".yml", ".json", ".har", ".httprr", ".httprr.gz", ".flow", ".flows")
"""The ends of the names of recordings, by which they are found in a folder."""
log = logging.getLogger("mockgem")


class BadCassette(ValueError):
    """A cassette that can't be used; the message says where and why."""


class EditedCassette(BadCassette):
    """A cassette with YAML that is refused and that no interrupted write leaves behind."""


@frozen
class Cassette:
    """The interactions in a file, and the bytes of an incomplete one at its end."""

    path: Path
    interactions: tuple[Interaction, ...]
    torn_bytes: int = 0


def read_cassette(path: Path) -> Cassette:
    """Read a cassette. Raises BadCassette for a file that is too large or not a cassette."""
    data = read_bytes(path)
    complete = strip_torn_end(data, path)
    if torn := len(data) - len(complete):
        log.warning("%s: ignored its last %d bytes, an incomplete interaction", path, torn)
    return Cassette(path, parse_interactions(complete, path), torn)


def find_torn_end(path: Path) -> bytes:
    """Return the incomplete interaction at the end of a file; no bytes if all are complete."""
    if not path.is_file():
        return b""
    data = read_bytes(path)
    return data[len(strip_torn_end(data, path)) :]


def parse_interactions(data: bytes, path: Path) -> tuple[Interaction, ...]:
    """Parse the bytes of a cassette. Raises BadCassette."""
    try:
        records = parse_records(data, path)
    except BadCassette:
        raise
    except (ValueError, TypeError) as error:
        raise BadCassette(f"{path}: {error}") from None
    return decode_records(records, path)


def decode_records(records: list[Any], path: Path) -> tuple[Interaction, ...]:
    """Return the interactions of a cassette. Raises BadCassette, with the number of a bad one."""
    interactions: list[Interaction] = []
    try:
        for record in records:
            interactions.append(decode_interaction(from_vcr_record(record)))
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise BadCassette(f"{path}: interaction {len(interactions) + 1}: {error}") from None
    return tuple(interactions)


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file. Raises BadCassette if it can't be read or is too large."""
    try:
        check_regular_file(path)
        if path.stat().st_size > MAX_CASSETTE_SIZE:
            raise BadCassette(
                f"{path} is too large: a cassette has up to {MAX_CASSETTE_SIZE} bytes"
            )
        return path.read_bytes()
    except OSError as error:
        raise BadCassette(f"{path}: {error.strerror or error}") from None


def strip_torn_end(data: bytes, path: Path) -> bytes:
    """Return a file without an interaction whose writing was interrupted."""

    def is_readable(part: bytes) -> bool:
        return can_read(part, path)

    find = find_torn_json if path.suffix == ".json" else find_torn_yaml
    return data[: find(data, is_readable)]


def can_read(data: bytes, path: Path) -> bool:
    """Whether bytes are a cassette whose interactions are all complete.

    An edited one counts as complete, so that reading it is an error and nothing of it is cut off.
    """
    try:
        records = parse_records(data, path)
        for record in records:
            from_vcr_record(record)
        is_marked = path.suffix == ".json" or data.endswith(END_MARKER)
        return not records or is_marked or is_whole(records[-1]["response"])
    except EditedCassette:
        return True
    except (ValueError, TypeError, AttributeError, KeyError):
        return False


def is_whole(response: Any) -> bool:
    """Whether the end of a response was written: its status, then mockgem's own data."""
    if "message" not in response.get("status", {"message": ""}):
        return False
    own = response.get(EXTENSION_KEY, {})
    if "recorded" in own:
        return True
    if "chunks" not in own:
        return "messages" not in own
    sizes = [int(size) for _, size in own["chunks"]]
    return sum(sizes) == len(body_of(response, "string"))


def parse_records(data: bytes, path: Path) -> list[Any]:
    """Return the interactions of a cassette as values. Raises BadCassette."""
    if not data.strip():
        return []
    if path.suffix != ".json" and (own := parse_own_records(data, path)) is not None:
        return own
    from mockgem.recording.formats.detection import refuse_others

    refuse_others(data, path)
    tree = parse_json_tree(data, path) if path.suffix == ".json" else parse_yaml_tree(data, path)
    refuse_others(tree, path)
    return records_of(tree, path)


def records_of(tree: Any, path: Path) -> list[Any]:
    """Return the records of a cassette. Raises BadCassette if they are not a list."""
    records = tree["interactions"] or []
    if not isinstance(records, list):
        raise BadCassette(f"{path} is not a cassette: its `interactions` must be a list")
    return records


def parse_json_tree(data: bytes, path: Path) -> Any:
    """Parse JSON. Raises ValueError for other text, BadCassette for too much of it."""
    if data.count(b"{") + data.count(b"[") > MAX_NODES:
        raise BadCassette(f"{path} has too many values: the limit is {MAX_NODES}")
    try:
        return json.loads(close_json(data))
    except RecursionError:
        raise BadCassette(f"{path} is nested too deeply") from None


def parse_own_records(data: bytes, path: Path) -> list[Any] | None:
    """Parse a file that mockgem wrote, mostly without a YAML parser.

    Returns None for a file in another form.
    """
    if not (data.startswith(FILE_HEADER) and data.endswith(END_MARKER)):
        return None
    if data.count(b"\n") > MAX_NODES:
        raise BadCassette(f"{path} has too many lines: the limit is {MAX_NODES}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    end = END_MARKER.decode()
    items = text[len(FILE_HEADER) :].removesuffix(end).split("\n" + end)
    if not all(item.startswith("- request:\n") for item in items):
        return None
    records: list[Any] = []
    for item in items:
        if (parsed := parse_item(item.removesuffix("\n") + "\n", path)) is None:
            return None
        records += parsed
    return records


def parse_item(item: str, path: Path) -> list[Any] | None:
    """Parse one item; fast if it is written as mockgem writes.

    Returns None if something else follows it, which belongs to the file and not to the item.
    """
    from mockgem.recording.fast_yaml import UnsupportedYaml, parse_record

    try:
        return [parse_record(item)]
    except UnsupportedYaml:
        tree = parse_yaml_tree(b"interactions:\n" + item.encode(), path)
        return list(tree["interactions"]) if tree.keys() == {"interactions"} else None


def parse_yaml_tree(data: bytes, path: Path) -> Any:
    """Parse YAML with vcrpy's own loader, which executes nothing.

    Aliases and deep nesting are refused before any value is built. Raises BadCassette.
    """
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
    """Raise BadCassette for aliases, duplicate keys, and too many or too deeply nested nodes."""
    known: set[int] = set()
    level, depth = [root] if root is not None else [], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise BadCassette(f"{path} is nested too deeply: the limit is {MAX_DEPTH} levels")
        children = []
        for node in level:
            if id(node) in known:
                line = node.start_mark.line + 1
                raise EditedCassette(f"{path}: line {line}: aliases are not allowed in a cassette")
            known.add(id(node))
            children += list_children(node, path)
        if len(known) > MAX_NODES:
            raise BadCassette(f"{path} has too many values: the limit is {MAX_NODES}")
        level = children


def list_children(node: Any, path: Path) -> list[Any]:
    """Return the nodes inside a node. Raises BadCassette for a duplicate key."""
    match node.id:
        case "mapping":
            names = [key.value for key, _ in node.value if key.id == "scalar"]
            if len(set(names)) < len(names):
                line = node.start_mark.line + 1
                raise EditedCassette(f"{path}: line {line}: a key occurs twice")
            return [child for pair in node.value for child in pair]
        case "sequence":
            return list(node.value)
    return []


def decode_interaction(interaction: Interaction) -> Interaction:
    """Return an interaction with its body unpacked.

    Some of vcrpy's recorders keep a compressed body, others unpack it and leave the header. A body
    that mockgem can't unpack keeps its header, so that the client unpacks it.
    """
    coding = normalize_coding(interaction.get_header("content-encoding"))
    can_unpack = coding in SUPPORTED
    if not coding or (interaction.body and not (can_unpack or is_text(interaction.body))):
        return interaction
    dropped = ("content-encoding", "content-length") if interaction.body else ("content-encoding",)
    headers = tuple([pair for pair in interaction.headers if pair[0].lower() not in dropped])
    body = decompress_body(interaction.body) if can_unpack else interaction.body
    return replace(interaction, headers=headers, body=body)


def is_text(body: bytes) -> bool:
    """Whether a body is text, which compressed bytes are not."""
    try:
        return "\0" not in body.decode("utf-8")
    except UnicodeDecodeError:
        return False


def decompress_body(body: bytes) -> bytes:
    """Unpack a body, if it is gzip or zlib. Raises ValueError for one that is too large then."""
    if body[:2] != b"\x1f\x8b" and body[:1] != b"\x78":
        return body
    decoder = zlib.decompressobj(47)
    try:
        data = decoder.decompress(body, MAX_BODY_SIZE)
    except (zlib.error, gzip.BadGzipFile):
        return body
    if decoder.unconsumed_tail:
        raise ValueError(f"an unpacked body is larger than {MAX_BODY_SIZE} bytes")
    return data


def find_cassettes(place: Path) -> Iterator[Path]:
    """Yield a file, or all cassettes in a folder and below it, sorted by name.

    Links that lead out of the folder are skipped.
    """
    if place.exists() and not place.is_dir():  # `read_cassette` refuses what is not a file
        yield place
        return
    root = place.resolve()
    for path in sorted(place.rglob("*")):
        if path.name.endswith(SUFFIXES) and path.is_file() and path.resolve().is_relative_to(root):
            yield path
