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

from mockgem.core.frozen import value
from mockgem.recording.interaction import Interaction, from_record

LARGEST = 512 * 2**20
"""Bytes of one cassette."""
DEEPEST = 100
"""Levels of YAML. A schema inside a `parsed_body` takes three for each of its own."""
MOST_NODES = 4_000_000
LARGEST_BODY = 256 * 2**20
SUFFIXES = (".yaml", ".yml", ".json")
HEAD = b"version: 1\ninteractions:\n"
END = b"# end\n"
"""A line after every item that mockgem wrote. Content is indented, so it never contains this line."""


log = logging.getLogger("mockgem")


class BadCassette(ValueError):
    """A cassette that can't be used; the message says where and why."""


@value
class Cassette:
    """What a file holds, and how many bytes at its end are of an interaction that was never finished."""

    path: Path
    interactions: tuple[Interaction, ...]
    torn: int = 0


def read(path: Path) -> Cassette:
    """Read a cassette. Raises BadCassette for a file that is too large or does not hold a cassette."""
    data = bytes_in(path)
    whole = without_torn_end(data, path)
    if torn := len(data) - len(whole):
        log.warning("%s: its last %d bytes are an incomplete interaction and are ignored", path, torn)
    return Cassette(path, interactions_in(whole, path), torn)


def interactions_in(data: bytes, path: Path) -> tuple[Interaction, ...]:
    """Parse the bytes of a cassette. Raises BadCassette."""
    try:
        return tuple([decoded(from_record(record)) for record in records_in(data, path)])
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise BadCassette(f"{path}: {error}") from None


def bytes_in(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise BadCassette(f"{path} is larger than the {LARGEST} bytes a cassette may have")
        return path.read_bytes()
    except OSError as error:
        raise BadCassette(f"{path}: {error.strerror or error}") from None


def without_torn_end(data: bytes, path: Path) -> bytes:
    """Leave out an interaction whose writing was interrupted: what follows the last end mark and is not complete.

    Only mockgem's own YAML files have end marks. An editor may have removed the last line end, and a user may have pasted
    complete interactions after the last mark: those are kept.
    """
    last = data.rfind(b"\n" + END)
    if path.suffix == ".json" or last < 0 or not data.startswith(HEAD):
        return data
    marked, rest = data[: last + 1 + len(END)], data[last + 1 + len(END) :]
    if not rest.strip() or rest.strip() == END.strip() or is_complete(data, path):
        return data
    return marked


def is_complete(data: bytes, path: Path) -> bool:
    """Whether a file can be read to its end and its last interaction has an answer with status and reason."""
    try:
        records = records_in(data, path)
        interactions = [from_record(record) for record in records]
        status = records[-1]["response"]["status"]
        return 100 <= interactions[-1].status < 1000 and "message" in status
    except (ValueError, TypeError, AttributeError, KeyError, IndexError):
        return False


def records_in(data: bytes, path: Path) -> list[Any]:
    if not data.strip():
        return []
    if path.suffix != ".json" and (own := own_records(data, path)) is not None:
        return own
    tree = json_tree(data, path) if path.suffix == ".json" else yaml_tree(data, path)
    if not isinstance(tree, dict) or "interactions" not in tree:
        raise BadCassette(f"{path} is no cassette: it has no `interactions`")
    records = tree["interactions"] or []
    if not isinstance(records, list):
        raise BadCassette(f"{path} is no cassette: its `interactions` are no list")
    return records


def json_tree(data: bytes, path: Path) -> Any:
    if data.count(b"{") + data.count(b"[") > MOST_NODES:
        raise BadCassette(f"{path} holds too much")
    try:
        return json.loads(data)
    except RecursionError:
        raise BadCassette(f"{path} is nested too deep") from None


def own_records(data: bytes, path: Path) -> list[Any] | None:
    """The items of a file that mockgem wrote, without going through YAML for each. None for a file of another form."""
    if not (data.startswith(HEAD) and data.endswith(END)):
        return None
    if data.count(b"\n") > MOST_NODES:
        raise BadCassette(f"{path} holds too much")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    end = END.decode()
    items = text[len(HEAD) :].removesuffix(end).split("\n" + end)
    if not all(one.startswith("- request:\n") for one in items):
        return None
    return [record for one in items for record in records_of(one.removesuffix("\n") + "\n", path)]


def records_of(item: str, path: Path) -> list[Any]:
    """One item, swiftly where it is written as mockgem writes."""
    from mockgem.recording.fast_yaml import Unusual, record_in

    try:
        return [record_in(item)]
    except Unusual:
        found = yaml_tree(b"interactions:\n" + item.encode(), path)
        return list(found["interactions"])


def yaml_tree(data: bytes, path: Path) -> Any:
    """With vcrpy's own loader, which runs nothing; aliases and deep nesting are refused before anything is built."""
    import yaml
    from vcr.serializers import yamlserializer

    try:
        loader = yamlserializer._CassetteLoader(data)
        try:
            node = loader.get_single_node()
            check(node, path)
            return None if node is None else loader.construct_document(node)
        finally:
            loader.dispose()
    except (yaml.YAMLError, RecursionError) as error:
        raise BadCassette(f"{path}: {' '.join(str(error).split())[:300]}") from None


def check(root: Any, path: Path) -> None:
    """Raises BadCassette for aliases, duplicate keys, and more or deeper nodes than a cassette has."""
    seen: set[int] = set()
    level, depth = [root] if root is not None else [], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise BadCassette(f"{path} is nested too deep")
        below = []
        for node in level:
            if id(node) in seen:
                raise BadCassette(f"{path}: line {node.start_mark.line + 1}: aliases have no place in a cassette")
            seen.add(id(node))
            below += children(node, path)
        if len(seen) > MOST_NODES:
            raise BadCassette(f"{path} holds too much")
        level = below


def children(node: Any, path: Path) -> list[Any]:
    match node.id:
        case "mapping":
            names = [key.value for key, _ in node.value if key.id == "scalar"]
            if len(set(names)) < len(names):
                raise BadCassette(f"{path}: line {node.start_mark.line + 1}: a key stands there twice")
            return [one for pair in node.value for one in pair]
        case "sequence":
            return list(node.value)
    return []


def decoded(one: Interaction) -> Interaction:
    """With its body as it reads: some of vcrpy's recorders keep a coded body, others a decoded one with the header left."""
    coding = one.header("content-encoding").lower()
    if coding not in ("gzip", "deflate", "x-gzip") or not one.body:
        return one
    kept = tuple([pair for pair in one.headers if pair[0].lower() not in ("content-encoding", "content-length")])
    return replace(one, headers=kept, body=unpacked(one.body))


def unpacked(body: bytes) -> bytes:
    """Raises ValueError for a body that would fill the memory."""
    if body[:2] != b"\x1f\x8b" and body[:1] != b"\x78":
        return body
    unzip = zlib.decompressobj(47)
    try:
        data = unzip.decompress(body, LARGEST_BODY)
    except (zlib.error, gzip.BadGzipFile):
        return body
    if unzip.unconsumed_tail:
        raise ValueError(f"a body is larger than {LARGEST_BODY} bytes when it is unpacked")
    return data


def cassettes_in(place: Path) -> Iterator[Path]:
    """The file, or all cassettes in a folder and below, by name; links that lead out of it are left out."""
    if place.is_file():
        yield place
        return
    root = place.resolve()
    for path in sorted(place.rglob("*")):
        if path.suffix in SUFFIXES and path.is_file() and path.resolve().is_relative_to(root):
            yield path
