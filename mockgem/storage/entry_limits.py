"""The limits of journals in the database of a run: which entries make room for others."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from mockgem.core.journal import (
    FORGOTTEN_BODY_BYTES,
    MAX_FORGOTTEN,
    TOTAL_BYTES,
    JournalEntry,
    is_worth_remembering,
    shorten_bodies,
)
from mockgem.storage.entry_codec import pack_entry, unpack_entry

OLDEST = "SELECT id, number, size FROM entries WHERE world = ?"


def make_room(connection: sqlite3.Connection, world: str, max_entries: int, max_bytes: int) -> None:
    """Forget the oldest entries of a world, and of the largest one, until all fit."""
    entries, size = read_totals(connection, world)
    while entries > max_entries or size > max_bytes:
        drop_oldest(connection, world, max(entries - max_entries, 1))
        entries, size = read_totals(connection, world)
    while True:
        total, largest, most = connection.execute(
            "SELECT SUM(bytes), name, MAX(bytes) FROM worlds"
        ).fetchone()
        if total <= TOTAL_BYTES or not most:
            return
        drop_oldest(connection, largest, 10)


def read_totals(connection: sqlite3.Connection, world: str) -> tuple[int, int]:
    """Return the number and the bytes of the entries of a world."""
    row = connection.execute("SELECT entries, bytes FROM worlds WHERE name = ?", (world,))
    entries, size = row.fetchone()
    return int(entries), int(size)


def drop_oldest(connection: sqlite3.Connection, world: str, count: int) -> None:
    """Forget the oldest entries of a world. Those without a number count as numbered."""
    rows = connection.execute(
        f"{OLDEST} AND number IS NOT NULL ORDER BY number LIMIT ?", (world, count)
    ).fetchall()
    rows += connection.execute(
        f"{OLDEST} AND number IS NULL ORDER BY moment, id LIMIT ?", (world, count - len(rows))
    ).fetchall()
    keep_dropped(connection, world, [row[0] for row in rows[:MAX_FORGOTTEN]])
    connection.executemany("DELETE FROM entries WHERE id = ?", [(row[0],) for row in rows])
    unnumbered = sum([row[1] is None for row in rows])
    connection.execute(
        "UPDATE worlds SET entries = entries - ?, bytes = MAX(bytes - ?, 0), "
        "last_number = last_number + ? WHERE name = ?",
        (len(rows), sum([row[2] for row in rows]), unnumbered, world),
    )
    if not rows:
        connection.execute("UPDATE worlds SET entries = 0, bytes = 0 WHERE name = ?", (world,))


def keep_dropped(connection: sqlite3.Connection, world: str, places: list[int]) -> None:
    """Keep entries that make room, as far as strict tests want to know of them."""
    if (
        count_forgotten(connection, world, is_generated=True)
        >= MAX_FORGOTTEN
        <= (count_forgotten(connection, world, is_generated=False))
    ):
        return
    for place in places:
        (data,) = connection.execute("SELECT entry FROM entries WHERE id = ?", (place,)).fetchone()
        keep_forgotten(connection, world, [unpack_entry(data)])


def count_forgotten(connection: sqlite3.Connection, world: str, *, is_generated: bool) -> int:
    (count,) = connection.execute(
        "SELECT COUNT(*) FROM forgotten WHERE world = ? AND is_generated = ?",
        (world, is_generated),
    ).fetchone()
    return int(count)


def keep_forgotten(
    connection: sqlite3.Connection, world: str, entries: Iterable[JournalEntry]
) -> None:
    """Keep the first entries of each kind that strict tests want to know of."""
    for entry in entries:
        is_generated = entry.status == 200
        is_wanted = is_worth_remembering(entry)
        if (
            is_wanted
            and count_forgotten(connection, world, is_generated=is_generated) < MAX_FORGOTTEN
        ):
            short = shorten_bodies(entry, FORGOTTEN_BODY_BYTES)
            connection.execute(
                "INSERT INTO forgotten VALUES (?, ?, ?)",
                (world, is_generated, pack_entry(short, short.body)),
            )
