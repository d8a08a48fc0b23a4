"""The access log: a line for each request. A thread writes the lines a few times a second."""

from __future__ import annotations

import asyncio
import json
import queue
import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import TextIO

from mockgem.core.journal import JournalEntry

FLUSH_INTERVAL = 0.05
MESSAGE = re.compile(rb'"(?:message|error)"\s*:\s*"((?:[^"\\]|\\.){1,2000})"')
MAX_MESSAGE = 300
"""Characters of an error's message."""
MAX_BATCHES = 200
"""Batches that wait for a reader that does not read; later ones are dropped."""


@lru_cache(maxsize=4096)
def redact_path_and_model(path: str, model: str, authorization: str, key: str) -> tuple[str, str]:
    """Return path and model without keys: some clients put them there, and people share logs."""
    from mockgem.redaction.credentials import find_credentials
    from mockgem.redaction.finder import SecretFinder

    headers = {"authorization": authorization, "x-goog-api-key": key}
    finder = SecretFinder(find_credentials(headers.items()))
    return finder.redact(path), finder.redact(model)


def redact_entry(entry: JournalEntry) -> tuple[str, str]:
    return redact_path_and_model(entry.path, entry.model, *get_credentials(entry))


def get_credentials(entry: JournalEntry) -> tuple[str, str]:
    """Return the Authorization header and the key."""
    headers = entry.wire.headers
    key = headers.get("x-goog-api-key", "") or entry.wire.query.get("key", "")
    return headers.get("authorization", ""), key


def format_text(entry: JournalEntry) -> str:
    path, model = redact_entry(entry)
    fields = [entry.method, path, model, str(entry.status), entry.source]
    line = " ".join([*filter(None, fields), f"{entry.seconds * 1000:.1f} ms"])
    if message := find_error_message(entry):
        line += f": {message}"
    return line if line.isprintable() else replace_unprintable(line)


def replace_unprintable(line: str) -> str:
    return "".join(char if char.isprintable() else "\ufffd" for char in line)


def find_error_message(entry: JournalEntry) -> str:
    """Return the message of an error, without secrets, or nothing. Some SDKs do not show it."""
    if entry.status < 400 or not (found := MESSAGE.search(entry.body)):
        return ""
    from mockgem.redaction.credentials import find_credentials
    from mockgem.redaction.finder import SecretFinder

    wire = entry.wire
    finder = SecretFinder(find_credentials(wire.headers.items(), wire.query.items(), wire.body))
    return " ".join(finder.redact(decode_json_text(found[1])).split())[:MAX_MESSAGE]


def decode_json_text(text: bytes) -> str:
    """Decode a JSON string without its quotes. Text that is not JSON stays as it is."""
    try:
        return str(json.loads(b'"' + text + b'"'))
    except ValueError:
        return text.decode("utf-8", "replace")


def format_json(entry: JournalEntry) -> str:
    path, model = redact_entry(entry)
    return json.dumps(
        {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "method": entry.method,
            "path": path,
            "surface": entry.surface,
            "model": model,
            "status": entry.status,
            "source": entry.source,
            "ms": round(entry.seconds * 1000, 3),
            **({"error": words} if (words := find_error_message(entry)) else {}),
        }
    )


def needs_index_hint(entry: JournalEntry) -> bool:
    """Return whether a client of OpenAI's or Vercel's got a streamed call without an index.

    Parts of these clients fail on that, with the real service too.
    """
    return (
        entry.surface.startswith("gemini-openai")
        and CHUNK_MARK in entry.body
        and CALL_WITHOUT_INDEX.search(entry.body) is not None
        and INDEX_CLIENTS.search(entry.wire.headers.get("user-agent", "")) is not None
    )


CHUNK_MARK = b'"object":"chat.completion.chunk"'
CALL_WITHOUT_INDEX = re.compile(rb'"id":"[^"]{0,100}","type":"function"')
INDEX_CLIENTS = re.compile(r"\bopenai/|\bai-sdk/", re.I)
INDEX_HINT = (
    "Hint: like the real service, this stream has tool calls without an index. The OpenAI SDKs' "
    "stream helpers and @ai-sdk/openai need one: start mockgem with --tool-call-index to add it."
)


FORMATS: dict[str, Callable[[JournalEntry], str]] = {"text": format_text, "json": format_json}


class AccessLog:
    """Collects journal entries and passes them to a thread that writes.

    Only the thread waits for a reader that does not read; the server does not.
    """

    def __init__(self, out: TextIO, form: str) -> None:
        self.out = out
        self.format = FORMATS[form]
        self.has_hinted = form != "text"
        self.pending: list[JournalEntry] = []
        self.batches: queue.Queue[list[JournalEntry] | None] = queue.Queue(MAX_BATCHES)
        self.writer = threading.Thread(target=self.write, name="access log", daemon=True)
        self.writer.start()

    def __call__(self, entry: JournalEntry) -> None:
        self.pending.append(entry)
        if len(self.pending) == 1:
            asyncio.get_running_loop().call_later(FLUSH_INTERVAL, self.flush)

    def flush(self) -> None:
        entries, self.pending = self.pending, []
        if entries and not self.batches.full():
            self.batches.put_nowait(entries)

    def close(self) -> bool:
        """Write the rest, for up to a second. Return whether everything was written."""
        self.flush()
        if not self.batches.full():
            self.batches.put_nowait(None)
        self.writer.join(1.0)
        return not self.writer.is_alive()

    def write(self) -> None:
        while (entries := self.batches.get()) is not None:
            lines = "\n".join(map(self.format, entries)) + "\n" + self.write_hint(entries)
            try:
                self.out.write(to_encodable(lines, self.out.encoding))
                self.out.flush()
            except (OSError, ValueError):
                return

    def write_hint(self, entries: list[JournalEntry]) -> str:
        """Return the hint about tool calls without an index, at most once per run."""
        if self.has_hinted or not any(map(needs_index_hint, entries)):
            return ""
        self.has_hinted = True
        return INDEX_HINT + "\n"


def to_encodable(text: str, encoding: str) -> str:
    """Replace the characters that an encoding does not have."""
    return text.encode(encoding or "utf-8", "replace").decode(encoding or "utf-8")
