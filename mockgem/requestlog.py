"""The request log: one line for each request, written a few times a second rather than one by one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TextIO

from mockgem.core.journal import Entry

WAIT = 0.05


def as_text(entry: Entry) -> str:
    model = f" {entry.model}" if entry.model else ""
    line = f"{entry.method} {entry.path}{model} {entry.status} {entry.source} {entry.seconds * 1000:.1f} ms"
    return line if line.isprintable() else "".join(char if char.isprintable() else "\ufffd" for char in line)


def as_json(entry: Entry) -> str:
    return json.dumps(
        {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "method": entry.method,
            "path": entry.path,
            "surface": entry.surface,
            "model": entry.model,
            "status": entry.status,
            "source": entry.source,
            "ms": round(entry.seconds * 1000, 3),
        }
    )


FORMATS: dict[str, Callable[[Entry], str]] = {"text": as_text, "json": as_json}


class RequestLog:
    """Collects entries and writes them together. A reader that went away is no reason to stop serving."""

    def __init__(self, out: TextIO, form: str) -> None:
        self.out = out
        self.format = FORMATS[form]
        self.waiting: list[Entry] = []

    def __call__(self, entry: Entry) -> None:
        self.waiting.append(entry)
        if len(self.waiting) == 1:
            asyncio.get_running_loop().call_later(WAIT, self.flush)

    def flush(self) -> None:
        entries, self.waiting = self.waiting, []
        if not entries:
            return
        try:
            self.out.write("\n".join(map(self.format, entries)) + "\n")
            self.out.flush()
        except (OSError, ValueError):
            pass
