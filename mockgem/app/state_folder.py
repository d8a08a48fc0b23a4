"""Open a state folder: check what is in it, and remove what a crash has left there.

The storage knows records only as JSON. Here is what knows their types.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, fields
from pathlib import Path
from typing import Any

from mockgem.core.errors import ApiError
from mockgem.core.storage_errors import BadStateFolder
from mockgem.core.store import Record
from mockgem.operations.batches import Batch
from mockgem.operations.caches import Cache
from mockgem.operations.files import NAMES_COLLECTION, UPLOAD_BLOB_PREFIX, File
from mockgem.operations.uploads import UploadSession
from mockgem.operations.videos import Video
from mockgem.storage.sqlite import DirectoryStorage

log = logging.getLogger("mockgem")
RECORD_TYPES: dict[str, tuple[type, str]] = {
    "files": (File, "name"),
    "media": (File, "name"),
    "uploads": (UploadSession, "id"),
    "caches": (Cache, "name"),
    "batches": (Batch, "id"),
    "videos": (Video, "id"),
}
"""The type of the records of each collection, and the field that holds a record's name."""
JSON_TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (int, float),
    "list": (list,),
    "dict": (dict,),
}
Row = tuple[str, str, Record]
"""The collection, the name and the content of a record."""


def open_state_folder(path: Path, *, is_durable: bool = True) -> DirectoryStorage:
    """Return the storage in a folder. Raises BadStateFolder for one that can't be used."""
    storage = DirectoryStorage(path, is_durable=is_durable)
    try:
        for world, collection, name, record in list_records(storage):
            if problem := find_problem(collection, name, record):
                raise BadStateFolder(
                    f"the state folder {path} has a record that mockgem can't read: {problem} in "
                    f"{collection}/{name} of {describe_world(world)}. Move the folder away, or "
                    "choose another one with --state"
                )
        if storage.is_alone():
            remove_leftovers(storage)
    except BaseException:
        storage.close()
        raise
    return storage


def describe_world(name: str) -> str:
    return f"world {name}" if name else "the default world"


def list_records(storage: DirectoryStorage) -> Iterator[tuple[str, str, str, Any]]:
    """Yield the world, collection, name and content of every record; None if it is not JSON."""
    query = "SELECT world, collection, name, record FROM records ORDER BY place"
    for world, collection, name, text in storage.database.connection.execute(query):
        try:
            yield world, collection, name, json.loads(text)
        except (ValueError, TypeError):
            yield world, collection, name, None


def find_problem(collection: str, name: str, record: Any) -> str:
    """Return what is wrong with a record, or an empty text."""
    if not isinstance(record, dict):
        return "no JSON object"
    if collection == "clock":
        return "" if isinstance(record.get("shift"), (int, float)) else "no number shift"
    if collection not in RECORD_TYPES:
        return ""
    kind, name_field = RECORD_TYPES[collection]
    if record.get(name_field) != name:
        return f"another {name_field}"
    problems = (find_field_problem(field, record) for field in fields(kind))
    return next((problem for problem in problems if problem), "")


def find_field_problem(field: Field[Any], record: Record) -> str:
    if field.name not in record:
        is_optional = field.default is not MISSING or field.default_factory is not MISSING
        return "" if is_optional else f"no {field.name}"
    value = record[field.name]
    wanted = JSON_TYPES[str(field.type).partition("[")[0]]
    return "" if isinstance(value, wanted) and value is not True else f"a wrong {field.name}"


def remove_leftovers(storage: DirectoryStorage) -> None:
    """Remove what an earlier server has left behind when it was killed or its disk was full.

    These are bytes that no record names, files whose bytes are missing, and names that nothing has.
    No other server may use the folder.
    """
    records: dict[str, list[Row]] = {world: [] for world in storage.list_worlds()}
    for world, *row in list_records(storage):
        records[world].append((row[0], row[1], row[2]))
    try:
        for world, rows in records.items():
            remove_leftovers_of(world, rows, storage)
    except (OSError, ApiError) as error:  # a full disk does not keep the server from starting
        log.warning("mockgem could not remove all leftovers in %s: %s", storage.path, error)


def remove_leftovers_of(world: str, rows: list[Row], storage: DirectoryStorage) -> None:
    sizes = storage.blobs_of(world).measure_all()
    used = {blob for row in rows for blob in list_blobs(*row)}
    for blob in sizes.keys() - used:
        storage.blobs_of(world).path_of(blob).unlink(missing_ok=True)
    complete: list[Row] = []
    incomplete: list[Row] = []
    for row in rows:
        (complete if is_complete(*row, sizes) else incomplete).append(row)
    for collection, name, record in incomplete:
        if not record.get("done"):  # the file of an upload is reported itself
            log.warning(
                "mockgem removed %s/%s of %s: its bytes are missing in %s",
                *(collection, name, describe_world(world), storage.path),
            )
    names = {row[2]["name"] for row in complete if row[0] in ("files", "uploads")}
    idle = [row for row in rows if row[0] == NAMES_COLLECTION and row[1] not in names]
    if gone := [(world, row[0], row[1]) for row in (*incomplete, *idle)]:
        storage.database.write(lambda connection: delete_records(connection, gone))


def list_blobs(collection: str, name: str, record: Record) -> list[str]:
    """Return the names of the blobs that belong to a record."""
    if collection == "uploads":
        return [UPLOAD_BLOB_PREFIX + name]
    if collection not in RECORD_TYPES:
        return []
    return [record[field] for field in ("blob", "inlined") if record.get(field)]


def is_complete(collection: str, name: str, record: Record, sizes: Mapping[str, int]) -> bool:
    """Return whether the bytes of a file or an upload are there."""
    match collection:
        case "files" | "media":
            return bool(sizes.get(record["blob"], -1) == record["size"])
        case "uploads":
            return bool(sizes.get(UPLOAD_BLOB_PREFIX + name, 0) >= record.get("received", 0))
    return True


def delete_records(connection: sqlite3.Connection, keys: Sequence[tuple[str, str, str]]) -> None:
    connection.executemany(
        "DELETE FROM records WHERE world = ? AND collection = ? AND name = ?", keys
    )
