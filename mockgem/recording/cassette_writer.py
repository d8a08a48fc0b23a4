"""A cassette that is being recorded: an interaction is on disk before `append` returns."""

from __future__ import annotations

import asyncio
import logging
import os
import stat
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from mockgem.core.frozen import frozen
from mockgem.recording.cassette_encoder import encode_cassette, encode_interaction, join_items
from mockgem.recording.cassette_reader import BadCassette, Cassette, find_torn_end, read_cassette
from mockgem.recording.interaction import Interaction
from mockgem.recording.torn_end import JSON_TAIL, can_append, close_json, close_yaml
from mockgem.recording.unknown_keys import refuse_unknown
from mockgem.redaction.body import redact_body
from mockgem.redaction.finder import DEFAULT_FINDER

log = logging.getLogger("mockgem")


@frozen
class PendingWrite:
    """An encoded interaction that waits to be written, or to replace an earlier one."""

    data: bytes
    replaces: bytes
    future: asyncio.Future[None]


class CassetteWriter:
    """One file, locked by one recorder.

    Interactions that arrive while others are being written go to the disk together.
    """

    def __init__(self, path: Path) -> None:
        """Open and lock the file.

        Raises BadCassette if another recorder holds it, or if it can't be read or written.
        """
        self.path = path
        self.is_json = path.suffix == ".json"
        self.pending: list[PendingWrite] = []
        self.enqueued: asyncio.Future[None] | None = None
        """Done when the last interaction that came is in `pending`."""
        self.write_task: asyncio.Task[None] | None = None
        self.end_offset = -1
        """Where the file ends; -1 until it has been prepared for the first interaction."""
        self.file = open_locked(path)
        self.opened_size = os.fstat(self.file).st_size
        try:
            self.cassette = read_cassette(path)
        except BaseException:
            self.close()
            raise

    async def append(self, interaction: Interaction, replaces: Interaction | None = None) -> None:
        """Write an interaction; return when it is on disk. Those that came before stand before it.

        With `replaces` it takes the place of an earlier one. Raises OSError if it can't be written;
        then the file is as it was.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        before, self.enqueued = self.enqueued, loop.create_future()
        enqueued = self.enqueued
        try:
            data = await asyncio.to_thread(encode_interaction, interaction, as_json=self.is_json)
            old = b""
            if replaces is not None:
                old = await asyncio.to_thread(encode_interaction, replaces, as_json=self.is_json)
            if before is not None and not before.done():  # one of another event loop is done
                await asyncio.wait([before])
            self.pending.append(PendingWrite(data, old, future))
        finally:
            enqueued.set_result(None)
        if self.write_task is None or self.write_task.done():
            self.write_task = asyncio.create_task(self.write_pending())
        await future

    async def write_pending(self) -> None:
        """Write what is waiting, in a thread, until nothing is."""
        while self.pending:
            batch, self.pending = self.pending, []
            new = [one for one in batch if not one.replaces]
            for group in [new, *[[one] for one in batch if one.replaces]]:
                if group:
                    await self.write_group(group)

    async def write_group(self, group: Sequence[PendingWrite]) -> None:
        """Write some interactions together and tell those who wait."""
        failure = None
        try:
            await asyncio.to_thread(self.write, group)
        except Exception as error:  # any error must reach those who wait
            failure = error
        for future in [one.future for one in group if not one.future.done()]:
            if failure is None:
                future.set_result(None)
            else:
                future.set_exception(failure)

    def write(self, group: Sequence[PendingWrite]) -> None:
        """Write interactions to the file as it is on disk now."""
        if self.has_changed():
            self.reload()
        if self.end_offset < 0:
            self.prepare()
        if not (group[0].replaces and self.replace_item(group[0])):
            self.add([one.data for one in group])

    def add(self, items: Sequence[bytes]) -> None:
        """Write items to the end of the file; after an error the file is as it was."""
        data = join_items(items, first=not self.end_offset, as_json=self.is_json)
        is_json_list = self.is_json and self.end_offset
        start = self.end_offset - len(JSON_TAIL) if is_json_list else self.end_offset
        try:
            write_at(self.file, data, start)
            os.fsync(self.file)
        except OSError:
            if is_json_list:  # the old end goes first: it needs no more space than the file had
                write_at(self.file, JSON_TAIL, start)
            os.ftruncate(self.file, self.end_offset)
            raise
        self.end_offset = start + len(data)

    def replace_item(self, item: PendingWrite) -> bool:
        """Overwrite an earlier item with another one; return False if the file does not have it."""
        data = self.path.read_bytes()
        start = data.rfind(item.replaces)
        if start < 0:
            return False
        self.replace(data[:start] + item.data + data[start + len(item.replaces) :])
        return True

    def has_changed(self) -> bool:
        """Whether another program deleted, replaced or resized the file since the last write."""
        try:
            current = os.stat(self.path, follow_symlinks=False)
        except OSError:
            return True
        held = os.fstat(self.file)
        size = self.end_offset if self.end_offset >= 0 else self.opened_size
        return (current.st_dev, current.st_ino, current.st_size) != (held.st_dev, held.st_ino, size)

    def reload(self) -> None:
        """Open the file as another program left it; a deleted one is created again.

        Raises BadCassette if it can't be used.
        """
        log.warning(
            "%s: another program deleted or changed this file while mockgem recorded to it; "
            "mockgem adds new interactions to the file as it is now",
            self.path,
        )
        held = os.fstat(self.file)
        current = os.stat(self.path, follow_symlinks=False) if self.path.exists() else None
        if current is None or not os.path.samestat(current, held):
            file = open_locked(self.path)
            os.close(self.file)
            self.file = file
        self.cassette = read_cassette(self.path)
        self.opened_size, self.end_offset = os.fstat(self.file).st_size, -1

    def prepare(self) -> None:
        """Bring the file into a form to which interactions can be added.

        Nothing is lost: an incomplete interaction at the end moves to FILE.torn, and complete ones
        stay.
        """
        data = self.path.read_bytes()
        complete = data[: len(data) - self.cassette.torn_bytes]
        is_own = can_append(close_json(complete), as_json=self.is_json)
        if not is_own:  # before anything changes
            refuse_unknown(self.path)
        if self.cassette.torn_bytes:
            data = self.cut_torn_end(complete, data[len(complete) :])
        if data and not is_own:
            self.rewrite(self.cassette.interactions)
        else:
            self.complete_end(data)

    def cut_torn_end(self, data: bytes, torn: bytes) -> bytes:
        """Move an incomplete interaction out of the file; return what the file then has."""
        if torn.strip(b"]},\n"):
            move_torn_end(self.path, torn)
        if not self.cassette.interactions:
            data = b""
        os.ftruncate(self.file, len(data))
        return data

    def complete_end(self, data: bytes) -> None:
        """Write what the file's end lacks: the end mark, or a line end that an editor removed."""
        whole = close_json(data) if self.is_json else close_yaml(data)
        start = min(len(data.rstrip()), len(whole))
        if whole != data:
            write_at(self.file, whole[start:], start)
            os.ftruncate(self.file, len(whole))
        self.end_offset = len(whole)

    def rewrite(self, interactions: Sequence[Interaction]) -> None:
        """Write a file with these interactions of it: all of it or nothing.

        Raises BadCassette if something else in the file would be lost.
        """
        refuse_unknown(self.path)
        self.replace(encode_cassette(interactions, as_json=self.is_json))

    def replace(self, data: bytes) -> None:
        """Write the whole file again: all of it or nothing."""
        file = replace_file(self.path, data)
        os.close(self.file)
        self.file, self.end_offset = file, len(data)

    def drop(self, interactions: Sequence[Interaction]) -> None:
        """Remove the first occurrence of each of these interactions. Raises BadCassette."""
        if not interactions:
            return
        if self.has_changed():
            self.reload()
        if self.end_offset < 0:
            self.prepare()
        dropped, kept = Counter(interactions), []
        for interaction in read_cassette(self.path).interactions:
            if dropped[interaction]:
                dropped[interaction] -= 1
            else:
                kept.append(interaction)
        self.rewrite(kept)

    def close(self) -> None:
        """Close the file, which unlocks it."""
        try:
            if self.end_offset >= 0 and self.has_changed():
                log.warning(
                    "%s: another program deleted or changed this file after mockgem recorded to "
                    "it; recordings of this run may be missing",
                    self.path,
                )
        finally:
            os.close(self.file)


def open_locked(path: Path) -> int:
    """Open a file, create it if needed, and lock it. Links are not followed. Raises BadCassette."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except OSError as error:
        raise BadCassette(f"{path} can't be written: {error.strerror or error}") from None
    lock(file, path)
    return file


def lock(file: int, path: Path) -> None:
    """Lock a file. The lock ends with the process, however that ends.

    Raises BadCassette if another process holds it.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        raise BadCassette(
            f"another process is recording to {path}; give each recorder its own file"
        ) from None


def write_at(file: int, data: bytes, offset: int) -> None:
    """Write all of some bytes at an offset."""
    view = memoryview(data)
    while view:
        size = os.pwrite(file, view, offset)
        view, offset = view[size:], offset + size


def replace_file(path: Path, data: bytes) -> int:
    """Write a whole file or nothing; return the new file, open and locked. Raises BadCassette."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    file = -1
    try:
        file = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        copy_mode(path, file)
        lock(file, temporary)
        if path.exists():
            os.chmod(temporary, stat.S_IMODE(path.stat().st_mode))
        write_at(file, data, 0)
        os.fsync(file)
        os.replace(temporary, path)
        sync_folder(path.parent)
    except OSError as error:
        if file >= 0:
            os.close(file)
        temporary.unlink(missing_ok=True)
        raise BadCassette(f"{path} can't be written: {error.strerror or error}") from None
    return file


def copy_mode(path: Path, file: int) -> None:
    """Give a file the mode of the one that it replaces; a new one is for its owner alone."""
    if hasattr(os, "fchmod"):
        mode = path.stat().st_mode if path.exists() else 0o600
        os.fchmod(file, stat.S_IMODE(mode))


def sync_folder(folder: Path) -> None:
    """Bring a renamed file's name to the disk."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def save_cassette(path: Path, cassette: Cassette | Sequence[Interaction]) -> None:
    """Write a whole cassette or nothing. Raises BadCassette."""
    interactions = cassette.interactions if isinstance(cassette, Cassette) else cassette
    save_file(path, encode_cassette(interactions, as_json=path.suffix == ".json"))


def save_file(path: Path, data: bytes) -> None:
    """Write a whole file or nothing. Raises BadCassette.

    If the file is a cassette with an incomplete interaction at its end, that moves to FILE.torn.
    No reader of the file has seen it, so keys of known kinds are removed from it here.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if torn := find_torn_end(path):
        move_torn_end(path, redact_body(torn, (), DEFAULT_FINDER)[0])
    os.close(replace_file(path, data))


def open_private(path: str, flags: int) -> int:
    """Open a file; if it is new, for its owner alone."""
    return os.open(path, flags, 0o600)


def move_torn_end(path: Path, torn: bytes) -> None:
    """Add an incomplete interaction to FILE.torn, before it disappears from the file itself."""
    beside = path.with_name(path.name + ".torn")
    with open(beside, "ab", opener=open_private) as file:
        file.write(torn)
        file.flush()
        os.fsync(file.fileno())
    log.warning("%s: moved an incomplete interaction (%d bytes) to %s", path, len(torn), beside)
