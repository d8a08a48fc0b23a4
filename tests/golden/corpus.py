"""Read the request files: groups of sequences of requests, each group with its server's
settings."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
STEP_KEYS = set(
    "as send headers json text base64 media gzip wire to_end mask status_only repeat".split()
)
GROUP_KEYS = {"about", "settings", "headers", "world", "shapes", "sequences"}


@dataclass(frozen=True)
class Step:
    """One request.

    `wire` is a whole request as bytes; otherwise `method` and `path` with one kind of body.
    `to_end` reads until the server closes the connection; `mask` names JSON fields whose values
    differ from run to run; `status_only` keeps nothing but the status line.
    """

    name: str
    method: str
    path: str
    headers: Mapping[str, str]
    json: Any = None
    body: bytes | None = None
    gzip: bool = False
    wire: str = ""
    to_end: bool = False
    mask: tuple[str, ...] = ()
    status_only: bool = False


@dataclass(frozen=True)
class Sequence:
    """Requests that one world gets one after the other. `world` is empty for the default world."""

    group: str
    name: str
    world: str
    settings: Mapping[str, Any]
    steps: tuple[Step, ...]

    @property
    def answers(self) -> Path:
        return FOLDER / "answers" / self.group / f"{self.name}.txt"


def read_corpus() -> list[Sequence]:
    """Return all sequences of all request files."""
    return [
        found for path in sorted((FOLDER / "requests").glob("*.yaml")) for found in read_file(path)
    ]


def read_file(path: Path) -> Iterator[Sequence]:
    """Yield the sequences of one file. Raise ValueError for keys that do not exist."""
    group = yaml.safe_load(path.read_text("utf-8"))
    check_keys(path.stem, group, GROUP_KEYS)
    settings = {key: place(value) for key, value in group.get("settings", {}).items()}
    for name, found in group["sequences"].items():
        world = f"{path.stem}-{name}" if group.get("world", True) else ""
        rows = found if isinstance(found, list) else [found]
        steps = [
            step for number, row in enumerate(rows, 1) for step in read_steps(number, row, group)
        ]
        yield Sequence(path.stem, name, world, settings, tuple(steps))


def read_steps(number: int, row: Mapping[str, Any], group: Mapping[str, Any]) -> Iterator[Step]:
    """Yield the step of a row, as often as it says."""
    check_keys(str(row.get("send", "a step")), row, STEP_KEYS)
    method, _, path = row.get("send", "").partition(" ")
    headers = group.get("headers", {}) | row.get("headers", {})
    for _ in range(row.get("repeat", 1)):
        yield Step(
            name=str(row.get("as", number)),
            method=method,
            path=path,
            headers={name: value for name, value in headers.items() if value is not None},
            json=row.get("json"),
            body=body_of(row),
            gzip=row.get("gzip", False),
            wire=row.get("wire", ""),
            to_end=row.get("to_end", False),
            mask=tuple(row.get("mask", ())),
            status_only=row.get("status_only", False),
        )


def body_of(row: Mapping[str, Any]) -> bytes | None:
    if "text" in row:
        return str(row["text"]).encode()
    if "base64" in row:
        return base64.b64decode(row["base64"])
    return read_media(row["media"]) if "media" in row else None


def read_media(name: str) -> bytes:
    return (FOLDER / "media" / name).read_bytes()


def place(value: Any) -> Any:
    """Put the folder of this corpus into a setting that names a file in it."""
    if isinstance(value, list):
        return tuple(place(one) for one in value)
    return value.replace("${folder}", str(FOLDER)) if isinstance(value, str) else value


def check_keys(where: str, row: Mapping[str, Any], known: set[str]) -> None:
    if unknown := set(row) - known:
        raise ValueError(
            f"{where}: {', '.join(sorted(unknown))} is not a key; the keys are "
            f"{', '.join(sorted(known))}"
        )
