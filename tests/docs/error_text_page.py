"""The page of error texts: its rows are data, and the dates come from the page of evidence."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.docs.source_modules import ROOT

GUESS = "guess"
DATA = ROOT / "tests" / "fidelity" / "reported" / "error_texts.json"
EVIDENCE = ROOT / "docs" / "evidence.md"
ROW = re.compile(r"^\| `([\w.-]+)` \| .*? \| [^|]* \| ([^|]*) \| [^|]* \|$", re.MULTILINE)
SURFACES = {
    "all": "all",
    "G": "Google's own API",
    "V": "Vertex AI",
    "O": "Gemini's OpenAI-compatible API",
    "OV": "Vertex AI's OpenAI-compatible API",
    "W": "gateway",
    "I": "Interactions",
    "L": "Live",
    "H": "webhooks",
}
"""What the letters of the data stand for."""
MAX_SHOWN = 150


def load_groups() -> list[dict[str, Any]]:
    """Return the groups of the page, each with its texts."""
    groups: list[dict[str, Any]] = json.loads(DATA.read_text("utf-8"))
    return groups


def list_rows() -> list[dict[str, Any]]:
    return [row for group in load_groups() for row in group["texts"]]


def read_dates() -> dict[str, str]:
    """Return the date of each source, by its id."""
    return dict(ROW.findall(EVIDENCE.read_text("utf-8")))


def render_error_texts() -> str:
    dates = read_dates()
    return "\n\n".join([render_group(group, dates) for group in load_groups()])


def render_group(group: dict[str, Any], dates: dict[str, str]) -> str:
    head = ["| text | status | surfaces | evidence | newest source |", "|---|---|---|---|---|"]
    rows = [render_row(row, dates) for row in group["texts"]]
    return "\n".join([f"## {group['group']}", "", *head, *rows])


def render_row(row: dict[str, Any], dates: dict[str, str]) -> str:
    surfaces = ", ".join([SURFACES[letter] for letter in row["surfaces"]])
    ids = row["evidence"]
    sources = GUESS if ids == [GUESS] else ", ".join([f"`{one}`" for one in ids])
    newest = "" if ids == [GUESS] else find_newest([dates[one] for one in ids])
    return f"| {show_text(row['text'])} | {row['status']} | {surfaces} | {sources} | {newest} |"


def find_newest(dates: list[str]) -> str:
    """Return the newest date, or the month in which we collected the sources."""
    ends = [date.rpartition(" to ")[2].strip() for date in dates]
    known = [end for end in ends if not end.startswith("collected")]
    return max(known or ends)


def show_text(text: str) -> str:
    """Return a text for a table: one line, not too long."""
    line = " ".join(text.split()).replace("|", "\\|")
    shown = line if len(line) <= MAX_SHOWN else line[: MAX_SHOWN - 2].rstrip() + " …"
    return f"`` {shown} ``" if "`" in shown else f"`{shown}`"


def count_texts() -> str:
    """Return a sentence with the number of texts with evidence and of guesses."""
    rows = list_rows()
    guesses = sum(row["evidence"] == [GUESS] for row in rows)
    return f"{len(rows) - guesses} texts have evidence, {guesses} are guesses."
