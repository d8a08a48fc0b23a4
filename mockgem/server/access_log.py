"""The access log: a line for each request when its answer has ended, and hints about the client.

A thread writes the lines a few times a second.
"""

from __future__ import annotations

import asyncio
import json
import os
import queue
import re
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import TextIO

from mockgem.core.journal import JournalEntry
from mockgem.core.world import World
from mockgem.dialects.admin.hints import find_hint, find_waiting_replies

FLUSH_INTERVAL = 0.05
OPEN_SECONDS = 2.0
"""Seconds after which an answer that has not ended gets a line that says so."""
MAX_OPEN = 1000
"""Open answers whose end the log waits for."""
MAX_HINTS = 50
"""Different hints in one run."""
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
    fields = [entry.method, path, model, str(entry.status), describe_source(entry)]
    line = f"{' '.join(filter(None, fields))} {get_seconds(entry) * 1000:.1f} ms"
    line += OUTCOMES.get(entry.outcome, "")
    if message := find_error_message(entry):
        line += f": {message}"
    return line if line.isprintable() else replace_unprintable(line)


OUTCOMES = {
    "open": ", still open",
    "cut": ", cut off by a fault",
    "left": ", the client left early",
}
"""What a line says of answers that did not end well."""


def get_seconds(entry: JournalEntry) -> float:
    """Return the seconds until the last byte of the answer, or until now."""
    return max(entry.seconds, entry.ended_at - entry.started_at)


def describe_source(entry: JournalEntry) -> str:
    """Return what answered, with the rule or the scenario."""
    details = entry.scenario_details or {}
    if rule := details.get("rule"):
        scenario = details.get("scenario", ADDED)
        return f"rule {rule}" if scenario == ADDED else f"rule {rule} of {scenario}"
    return entry.source


ADDED = "added"
"""The scenario that begins with a rule that a user added."""


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
            **({"rule": rule} if (rule := (entry.scenario_details or {}).get("rule")) else {}),
            "outcome": entry.outcome,
            "ms": round(get_seconds(entry) * 1000, 3),
            **({"error": words} if (words := find_error_message(entry)) else {}),
        }
    )


FORMATS: dict[str, Callable[[JournalEntry], str]] = {"text": format_text, "json": format_json}
RED, YELLOW, GREEN, CYAN, PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[32m", "\x1b[36m", "\x1b[0m"


def choose_color(entry: JournalEntry) -> str:
    if entry.status >= 500 or entry.outcome in ("cut", "left"):
        return RED
    return YELLOW if entry.status >= 400 else GREEN


def has_colors(out: TextIO) -> bool:
    """Return whether a terminal shows the log, and no variable forbids colours."""
    return (
        not out.closed
        and out.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
    )


class AccessLog:
    """Collects journal entries and passes them to a thread that writes.

    Only the thread waits for a reader that does not read; the server does not. An entry is written
    when its answer has ended; before, too, if that takes more than OPEN_SECONDS. `list_worlds` are
    those whose replies may wait for a client that sends its requests elsewhere.
    """

    def __init__(self, out: TextIO, form: str) -> None:
        self.out = out
        self.format = FORMATS[form]
        self.is_text = form == "text"
        self.is_colored = self.is_text and has_colors(out)
        self.hints: set[str] = set()
        self.list_worlds: Callable[[], Sequence[World]] = list
        self.pending: list[JournalEntry] = []
        self.open: dict[int, tuple[JournalEntry, float]] = {}
        self.is_scheduled = False
        self.batches: queue.Queue[list[str | JournalEntry] | None] = queue.Queue(MAX_BATCHES)
        self.writer = threading.Thread(target=self.write, name="access log", daemon=True)
        self.writer.start()

    def __call__(self, entry: JournalEntry) -> None:
        self.pending.append(entry)
        if not self.is_scheduled:
            self.schedule()

    def schedule(self) -> None:
        self.is_scheduled = True
        asyncio.get_running_loop().call_later(FLUSH_INTERVAL, self.flush_again)

    def flush_again(self) -> None:
        """Write what there is, and come back as long as answers are open."""
        self.is_scheduled = False
        self.flush()
        if self.open:
            self.schedule()

    def flush(self) -> None:
        entries, self.pending = self.pending, []
        lines: list[str | JournalEntry] = [*self.take_ended(), *entries]
        if any(entry.outcome == "open" for entry in entries):
            lines = [one for one in lines if isinstance(one, str) or not self.keep_open(one)]
        if entries and (waiting := self.find_waiting(entries)):
            lines.append(waiting)
        if lines and not self.batches.full():
            self.batches.put_nowait(lines)

    def keep_open(self, entry: JournalEntry) -> bool:
        """Return whether the line of an entry has to wait for the end of the answer."""
        if entry.outcome != "open" or len(self.open) >= MAX_OPEN:
            return False
        self.open.setdefault(id(entry), (entry, time.monotonic() + OPEN_SECONDS))
        return True

    def take_ended(self) -> list[str | JournalEntry]:
        """Return the entries that were open and have ended, and a line for those that go on."""
        lines: list[str | JournalEntry] = []
        now = time.monotonic()
        for key, (entry, due) in list(self.open.items()):
            if entry.outcome != "open":
                del self.open[key]
                lines.append(entry)
            elif now > due and self.is_text:
                self.open[key] = entry, float("inf")
                lines.append(format_text(entry))
        return lines

    def find_waiting(self, entries: list[JournalEntry]) -> str:
        """Return a hint if replies wait in one world, and requests come to another one."""
        worlds = self.list_worlds() if self.is_text else ()
        hint = find_waiting_replies(entries, worlds) if len(worlds) > 1 else ""
        return self.take_hint(hint)

    def take_hint(self, hint: str) -> str:
        """Return the line of a hint that the log has not shown yet, or nothing."""
        if not hint or hint in self.hints or len(self.hints) >= MAX_HINTS:
            return ""
        self.hints.add(hint)
        return f"{CYAN}Hint: {hint}{PLAIN}" if self.is_colored else f"Hint: {hint}"

    def close(self) -> bool:
        """Write the rest, for up to a second. Return whether everything was written."""
        self.flush()
        lines: list[str | JournalEntry] = [entry for entry, _ in self.open.values()]
        for last in (lines, None):
            if last != [] and not self.batches.full():
                self.batches.put_nowait(last)
        self.writer.join(1.0)
        return not self.writer.is_alive()

    def write(self) -> None:
        while (entries := self.batches.get()) is not None:
            text = "".join([f"{line}\n" for entry in entries for line in self.list_lines(entry)])
            try:
                self.out.write(to_encodable(text, self.out.encoding))
                self.out.flush()
            except (OSError, ValueError):
                return

    def list_lines(self, entry: str | JournalEntry) -> list[str]:
        """Return the line of an entry, and a hint about its client."""
        if isinstance(entry, str):
            return [entry]
        line = self.format(entry)
        if self.is_colored:
            line = f"{choose_color(entry)}{line}{PLAIN}"
        hint = self.take_hint(redact_hint(entry)) if self.is_text else ""
        return [line, hint] if hint else [line]


def redact_hint(entry: JournalEntry) -> str:
    """Return the hint about an entry's client, without keys and with visible characters only."""
    if not (hint := find_hint(entry)):
        return ""
    return replace_unprintable(redact_path_and_model(hint, "", *get_credentials(entry))[0])


def to_encodable(text: str, encoding: str) -> str:
    """Replace the characters that an encoding does not have."""
    return text.encode(encoding or "utf-8", "replace").decode(encoding or "utf-8")
