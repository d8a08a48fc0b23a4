"""Compare replies with recordings of Google's own API: keys, types, framing and errors.

The tests keep only the shapes of the recordings: a word for each type, and the API's own words. A
list of equal shapes is kept as one. Requests have other texts where their words don't matter.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.asking import Answer, Asker

ROWS = json.loads((Path(__file__).parent / "recorded" / "native.json").read_text(encoding="utf-8"))
OWN = {
    "role",
    "finishReason",
    "finishMessage",
    "modality",
    "language",
    "outcome",
    "serviceTier",
    "mimeType",
}
"""Keys whose values are words of the API."""


def ask(row: dict[str, Any]) -> Answer:
    wrong = row["name"].startswith("bad-key")
    asker = Asker(api_key=("good",) if wrong else ())
    body = json.dumps(row["request"]).encode()
    return asker.send("POST", row["path"], body, {"x-goog-api-key": "wrong"}, row["query"])


def shape(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return in_order(
            [(name, shape(item, name)) for name, item in value.items() if name != "startIndex"], key
        )
    if isinstance(value, list):
        return once([shape(item, key) for item in value])
    if isinstance(value, str):
        return value if key in OWN else "str"
    return value if isinstance(value, bool) else type(value).__name__


def recorded(value: Any, key: str = "") -> Any:
    """Return the shape of a recording."""
    if isinstance(value, dict):
        return in_order(
            [(name, recorded(item, name)) for name, item in value.items() if name != "startIndex"],
            key,
        )
    return once([recorded(item) for item in value]) if isinstance(value, list) else value


def in_order(pairs: list[Any], key: str) -> list[Any]:
    """Sort the arguments of calls, which have no fixed order."""
    return sorted(pairs) if key == "args" else pairs


def once(found: list[Any]) -> list[Any]:
    return [item for number, item in enumerate(found) if number == 0 or item != found[number - 1]]


def of_kind(*kinds: str) -> Any:
    rows = [row for row in ROWS if row["kind"] in kinds]
    return pytest.mark.parametrize("row", rows, ids=[row["name"] for row in rows])


@of_kind("whole")
def test_a_whole_answer_has_the_recorded_shape(row: dict[str, Any]) -> None:
    answer = ask(row)
    assert answer.status == row["status"], answer.text
    assert shape(answer.json) == recorded(row["answer"])
    assert (
        answer.text
        == json.dumps(answer.json, indent=2, ensure_ascii=False)
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        + "\n"
    )


@of_kind("events")
def test_events_have_the_recorded_shape_and_framing(row: dict[str, Any]) -> None:
    answer = ask(row)
    assert answer.header("content-type") == ["text/event-stream"]
    assert answer.header("content-disposition") == ["attachment"]
    *events, rest = answer.text.split("\r\n\r\n")
    assert rest == ""
    assert all(re.fullmatch(r"data: \{.*\}", event) for event in events)
    assert all(
        json.dumps(json.loads(event[6:]), separators=(",", ": ")) == event[6:] for event in events
    )
    assert shape([json.loads(event[6:]) for event in events]) == recorded(row["answer"])


@of_kind("array")
def test_an_array_has_the_recorded_shape_and_layout(row: dict[str, Any]) -> None:
    answer = ask(row)
    assert answer.header("content-type") == ["application/json; charset=UTF-8"]
    assert shape(answer.json) == recorded(row["answer"])
    laid_out = [json.dumps(one, indent=2, ensure_ascii=False) for one in answer.json]
    assert answer.text == "[" + "\n,\r\n".join(laid_out) + "\n]"


@of_kind("error")
def test_an_error_is_the_recorded_one(row: dict[str, Any]) -> None:
    answer = ask(row)
    assert answer.status == row["status"]
    assert answer.text == json.dumps(row["answer"], indent=2) + "\n"


def test_an_array_carries_its_errors_in_an_array() -> None:
    row = next(row for row in ROWS if row["name"] == "unknown-model")
    path = row["path"].replace(":generate", ":streamGenerate")
    answer = Asker().send(
        "POST", path, json.dumps(row["request"]).encode(), {"x-goog-api-key": "k"}
    )
    assert answer.text == "[" + json.dumps(row["answer"], indent=2) + "\n]"
