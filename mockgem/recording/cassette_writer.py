"""A cassette that is being recorded: what is added to it is on the disk before anybody is told so."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from mockgem.recording.cassette_reader import (
    END_MARKER,
    FILE_HEADER,
    BadCassette,
    Cassette,
    read_cassette,
)
from mockgem.recording.interaction import Interaction, to_vcr_record
from mockgem.recording.unknown_keys import refuse_unknown

log = logging.getLogger("mockgem")
JSON_HEAD, JSON_TAIL = b'{"version": 1, "interactions": [\n', b"\n]}\n"


class CassetteWriter:
    """One file, held by one recorder. Interactions that come while others are written go to the disk together."""

    def __init__(self, path: Path) -> None:
        """Raises BadCassette where another recorder has it, or it can't be written."""
        self.path = path
        self.is_json = path.suffix == ".json"
        self.pending: list[tuple[bytes, asyncio.Future[None]]] = []
        self.write_task: asyncio.Task[None] | None = None
        self.end_offset = -1
        """Where the next interaction is written; -1 until the file has been prepared for the first one."""
        self.file = open_locked(path)
        try:
            self.cassette = read_cassette(path)
        except BaseException:
            self.close()
            raise

    def prepare(self) -> None:
        """Bring the file into the form that interactions can be added to, before the first one is written.

        Nothing is lost: an incomplete interaction at the end goes to a file beside this one, and complete ones stay.
        """
        data = self.path.read_bytes()
        if not data.startswith(JSON_HEAD if self.is_json else FILE_HEADER):
            refuse_unknown(self.path)
        if self.cassette.torn_bytes:
            data = self.set_aside(data)
        head, tail = (JSON_HEAD, JSON_TAIL) if self.is_json else (FILE_HEADER, END_MARKER)
        if not data or (data.startswith(head) and data.endswith(tail)):
            self.end_offset = len(data)
        elif not self.is_json and data.startswith(FILE_HEADER) and b"\n" + END_MARKER in data:
            self.end_offset = len(data)
            self.mark_end(data)
        else:
            self.replace(encode_cassette(self.cassette.interactions, as_json=self.is_json))

    def set_aside(self, data: bytes) -> bytes:
        """Move an incomplete interaction at the end of the file to FILE.torn; return what is left."""
        start = len(data) - self.cassette.torn_bytes
        beside = self.path.with_name(self.path.name + ".torn")
        with beside.open("ab") as file:
            file.write(data[start:])
        os.ftruncate(self.file, start)
        log.warning(
            "%s: moved an incomplete interaction (%d bytes) to %s",
            self.path,
            self.cassette.torn_bytes,
            beside,
        )
        return data[:start]

    def mark_end(self, data: bytes) -> None:
        """Add the end mark after an interaction that a user pasted, or the line end that an editor removed."""
        mark = (
            b"\n"
            if data.endswith(END_MARKER.rstrip())
            else (b"" if data.endswith(b"\n") else b"\n") + END_MARKER
        )
        write_at(self.file, mark, self.end_offset)
        self.end_offset += len(mark)

    def replace(self, data: bytes) -> None:
        """Write the whole file again, all of it or nothing."""
        replaced = replace_file(self.path, data)
        os.close(self.file)
        self.file, self.end_offset = replaced, len(data)

    def drop(self, indexes: Collection[int]) -> None:
        """Remove some of the interactions that were in the file when it was opened. Raises BadCassette."""
        if indexes:
            interactions = read_cassette(self.path).interactions
            kept = [one for index, one in enumerate(interactions) if index not in indexes]
            self.replace(encode_cassette(kept, as_json=self.is_json))

    async def append(self, one: Interaction) -> None:
        """Done when it is on the disk. Raises OSError where it can't be; then the file is as it was."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        data = await asyncio.to_thread(
            encode_interaction, one, as_json=self.is_json
        )  # what was passed on leaves meanwhile
        self.pending.append((data, future))
        if self.write_task is None or self.write_task.done():
            self.write_task = asyncio.create_task(self.write_pending())
        await future

    async def write_pending(self) -> None:
        while self.pending:
            some, self.pending = self.pending, []
            try:
                await asyncio.to_thread(self.write, [data for data, _ in some])
            except Exception as error:  # who waits must hear of any mistake
                for _, future in some:
                    if not future.done():
                        future.set_exception(error)
                continue
            for _, future in some:
                if not future.done():
                    future.set_result(None)

    def write(self, items: Sequence[bytes]) -> None:
        if self.end_offset < 0:
            self.prepare()
        data = join_items(items, first=not self.end_offset, as_json=self.is_json)
        start = (
            self.end_offset - len(JSON_TAIL)
            if self.is_json and self.end_offset
            else self.end_offset
        )
        try:
            write_at(self.file, data, start)
            os.fsync(self.file)
        except OSError:
            self.undo(start)
            raise
        self.end_offset = start + len(data)

    def undo(self, start: int) -> None:
        os.ftruncate(self.file, start)
        if self.is_json and self.end_offset:
            write_at(self.file, JSON_TAIL, start)

    def close(self) -> None:
        os.close(self.file)


def open_locked(path: Path) -> int:
    """The file, made if it is not there, locked against other recorders. Links are not followed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
    except OSError as error:
        raise BadCassette(f"{path} can't be written: {error.strerror or error}") from None
    lock(file, path)
    return file


def lock(file: int, path: Path) -> None:
    """Raises BadCassette where another process holds it. The lock ends with the process, however that ends."""
    try:
        import fcntl
    except ImportError:  # Windows
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        raise BadCassette(
            f"{path} is being recorded by another process; give each recorder a file of its own"
        ) from None


def write_at(file: int, data: bytes, place: int) -> None:
    view = memoryview(data)
    while view:
        done = os.pwrite(file, view, place)
        view, place = view[done:], place + done


def join_items(items: Sequence[bytes], *, first: bool, as_json: bool) -> bytes:
    """What is written for some more items, behind what is there."""
    if as_json:
        return (JSON_HEAD if first else b",\n") + b",\n".join(items) + JSON_TAIL
    return (FILE_HEADER if first else b"") + b"".join(items)


def encode_cassette(interactions: Sequence[Interaction], *, as_json: bool) -> bytes:
    """A whole cassette; nothing for none, because a cassette of none is one that nobody can load."""
    if not interactions:
        return b""
    return join_items(
        [encode_interaction(one, as_json=as_json) for one in interactions],
        first=True,
        as_json=as_json,
    )


def encode_interaction(one: Interaction, *, as_json: bool) -> bytes:
    record = to_vcr_record(one)
    if as_json:
        return json.dumps(to_json_value(record), ensure_ascii=False).encode(
            "utf-8", "surrogateescape"
        )
    import yaml

    text = yaml.dump(
        [record], Dumper=load_dumper(), allow_unicode=True, sort_keys=False, width=10**9
    )
    return LONG_STRING.sub(split_quoted_lines, text.removesuffix("...\n")).encode() + END_MARKER


LONG_STRING = re.compile(r'^( +)(string|body): "((?:[^"\\\n]|\\.)*\\r\\n(?:[^"\\\n]|\\.)*)"$', re.M)


def split_quoted_lines(match: re.Match[str]) -> str:
    """A quoted text whose lines end with CR LF, on as many lines: YAML passes over an escaped end of a line, and over the
    white space behind it."""
    indent, name, text = match.groups()
    tokens = re.findall(r"\\.|[^\\]+", text)
    pieces = [""]
    for token in tokens:
        pieces[-1] += token
        if token == "\\n":
            pieces.append("")
    kept = [("\\" if piece.startswith(" ") else "") + piece for piece in pieces if piece]
    return f'{indent}{name}: "' + f"\\\n{indent}  ".join(kept) + '"'


def to_json_value(record: Any) -> Any:
    """For JSON, which has no bytes: vcrpy's form of them, base64 under `base64_string`."""
    match record:
        case bytes():
            raise ValueError("this body is no text: record it to a YAML cassette")
        case dict():
            return {name: to_json_value(part) for name, part in record.items()}
        case list():
            return [to_json_value(part) for part in record]
    return record


def load_dumper() -> Any:
    """vcrpy's own, with texts of several lines written line by line."""
    global DUMPER
    if DUMPER is None:
        from vcr.serializers import yamlserializer

        class Readable(yamlserializer._CassetteDumper):  # type: ignore[misc]
            def ignore_aliases(self, data: Any) -> bool:
                return True

        Readable.add_representer(str, represent_text)
        DUMPER = Readable
    return DUMPER


DUMPER: Any = None


def represent_text(dumper: Any, text: str) -> Any:
    lines = "\n" in text and "\r" not in text and not text.startswith((" ", "\n"))
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if lines else None)


def replace_file(path: Path, data: bytes) -> int:
    """A file written anew, whole or not at all; the new one is held, locked."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        file = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o644)
        lock(file, beside)
        write_at(file, data, 0)
        os.fsync(file)
        os.replace(beside, path)
        sync_folder(path.parent)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise BadCassette(f"{path} can't be written: {error.strerror or error}") from None
    return file


def sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def save_cassette(path: Path, cassette: Cassette | Sequence[Interaction]) -> None:
    """A whole cassette, atomically. Raises BadCassette."""
    interactions = cassette.interactions if isinstance(cassette, Cassette) else cassette
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(replace_file(path, encode_cassette(interactions, as_json=path.suffix == ".json")))
