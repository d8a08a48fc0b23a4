"""Texts that a message gives as JSON: {"passage": …, "question": …}, or documents with ids."""

from __future__ import annotations

import json
from typing import Any

TEXT_KEYS = frozenset(
    "text passage context content document body article page_content paragraph snippet chunk review"
    " message transcript".split()
)
QUESTION_KEYS = frozenset("question query q user_question frage pregunta".split())
TASKS = frozenset("task instruction instructions prompt command action goal".split())
NAME_KEYS = ("id", "doc_id", "source", "title", "name", "file", "url")
MIN_WORDS = 4
MAX_OBJECTS = 40


def read_given_objects(message: str) -> tuple[str, str] | None:
    """Return the instruction and the texts of the objects in a message; None without a text."""
    found = find_objects(message) if "{" in message else []
    rows = [row for value, _, _ in found for row in (value if isinstance(value, list) else [value])]
    texts = [(row, key) for row in rows if isinstance(row, dict) and (key := find_text_key(row))]
    if not texts or len(texts) < len(rows):
        return None
    rest = message
    for _, start, end in reversed(found):
        rest = rest[:start] + rest[end:]
    asked = [str(row[key]) for row, _ in texts for key in row if key.lower() in QUESTION_KEYS]
    question = f"\n\nQuestion: {asked[0]}" if asked else ""
    if not rest.strip():
        rest = " ".join(
            f"{value}." if key in TASKS else f"{key}: {value}." for key, value in list_wishes(texts)
        )
    return rest + question, "\n".join(write_text(row, key, len(texts)) for row, key in texts)


def list_wishes(texts: list[tuple[dict[str, Any], str]]) -> list[tuple[str, str]]:
    """Return what an object with a text says besides it: the task and the form of the reply."""
    row, text_key = texts[0]
    return [
        (key, value.replace("_", " ") if " " not in value else value)
        for key, value in row.items()
        if isinstance(value, str) and key != text_key and key.lower() not in QUESTION_KEYS
    ]


def find_objects(message: str) -> list[tuple[Any, int, int]]:
    """Return the JSON values in a message with their places."""
    found: list[tuple[Any, int, int]] = []
    at, decoder = 0, json.JSONDecoder()
    while len(found) < MAX_OBJECTS and '"' in message[at:]:
        starts = [place for mark in ('{"', '[{"', "{\n") if (place := message.find(mark, at)) >= 0]
        if not starts:
            break
        start = min(starts)
        try:
            value, end = decoder.raw_decode(message, start)
        except (ValueError, RecursionError):
            at = start + 1
            continue
        found.append((value, start, end))
        at = end
    return found


def find_text_key(row: dict[str, Any]) -> str:
    """Return the key of a text with several words."""
    for key, value in row.items():
        is_text = key.lower() in TEXT_KEYS and isinstance(value, str)
        if is_text and len(value.split()) >= MIN_WORDS and "..." not in value:
            return key
    return ""


def write_text(row: dict[str, Any], key: str, count: int) -> str:
    """Return the text of a row, with its id as the mark of a source if there are several."""
    name = next((row[one] for one in NAME_KEYS if one in row), None)
    return f"[{name}] {row[key]}" if name is not None and count > 1 else str(row[key])
