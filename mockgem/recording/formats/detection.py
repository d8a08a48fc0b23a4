"""Find out what a file is from its content; its name does not count."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from mockgem.recording.cassette_reader import (
    BadCassette,
    check_nodes,
    decompress_body,
    parse_json_tree,
)
from mockgem.recording.formats.httprr import is_httprr
from mockgem.recording.formats.mitmproxy import is_mitmproxy
from mockgem.recording.formats.table import FORMATS, VCR


def identify(value: Any) -> str:
    """Return the name of a value's format: `vcr` for a cassette, no text for an unknown one."""
    for name, one in FORMATS.items():
        if one.is_format(value):
            return name
    return VCR if isinstance(value, dict) and "interactions" in value else ""


def refuse_others(value: Any, path: Path) -> None:
    """Raise BadCassette for everything that is not a cassette.

    `value` is the content of a file. Its bytes pass, unless they already say what it is.
    """
    if isinstance(value, bytes) and not is_bytes_format(value := decompress_body(value)):
        return
    name = identify(value)
    if name == VCR:
        return
    if not name:
        raise BadCassette(describe_unknown(value, path))
    raise BadCassette(
        f"{path} is a recording of {FORMATS[name].title}, which mockgem replays but never changes. "
        f"Convert it first: mockgem cassette convert {path} NEW.yaml"
    )


def is_bytes_format(data: bytes) -> bool:
    """Whether a file is in a format that is neither JSON nor YAML."""
    return is_httprr(data) or is_mitmproxy(data)


def describe_unknown(value: Any, path: Path) -> str:
    """Return a message that says what was found, and what mockgem can read."""
    titles = ", ".join([one.title for one in FORMATS.values()])
    return (
        f"{path} is not a cassette: it has {describe_content(value)}. mockgem reads cassettes of "
        f"vcrpy and mockgem, and recordings of {titles}"
    )


def describe_content(value: Any) -> str:
    """Return in words what a file contains."""
    match value:
        case dict() if value:
            names = [f"`{name}`" for name in list(value)[:5]]
            more = f" and {len(value) - 5} more" if len(value) > 5 else ""
            return f"the keys {', '.join(names)}{more}" if names[1:] else f"the key {names[0]}"
        case dict():
            return "no keys"
        case list():
            return "a list"
        case bytes():
            return "binary data"
        case None:
            return "no content"
        case int() | float():
            return "a number"
    return "text"


def parse_documents(data: bytes, path: Path) -> list[Any]:
    """Return the values in a file: one, or for YAML one for each document. Raises BadCassette.

    The file may be packed with gzip or zlib. A trace of httprr and flows of mitmproxy are its
    bytes.
    """
    data = decompress_body(data)
    if is_bytes_format(data):
        return [data]
    if b"\0" in data[:4096]:
        raise BadCassette(describe_unknown(data, path))
    if path.suffix == ".json" or data.lstrip()[:1] == b"{":
        try:
            return [parse_json_tree(data, path)]
        except BadCassette:
            raise
        except ValueError as error:
            if path.suffix == ".json":
                raise BadCassette(f"{path}: {error}") from None
    return parse_yaml_documents(data, path)


def parse_yaml_documents(data: bytes, path: Path) -> list[Any]:
    """Return the documents of YAML, with the same limits as a cassette. Raises BadCassette."""
    import yaml

    values: list[Any] = []
    try:
        loader = load_loader()(data)
        try:
            while loader.check_node():
                node = loader.get_node()
                check_nodes(node, path)
                values.append(loader.construct_document(node))
        finally:
            loader.dispose()
    except (yaml.YAMLError, RecursionError) as error:
        raise BadCassette(f"{path}: {' '.join(str(error).split())[:300]}") from None
    except ValueError as error:
        raise BadCassette(f"{path}: {error}") from None
    return values or [None]


@cache
def load_loader() -> Any:
    """Return vcrpy's YAML loader, which executes nothing, with the bytes of Ruby: `!binary`."""
    from vcr.serializers import yamlserializer

    class RecordingLoader(yamlserializer._CassetteLoader):  # type: ignore[misc]
        """Reads what Ruby and Go write."""

    RecordingLoader.add_constructor("!binary", RecordingLoader.construct_yaml_binary)
    return RecordingLoader
