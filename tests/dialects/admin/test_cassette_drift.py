"""`POST /_mockgem/cassettes/drift`: the recordings of a cassette against mockgem's own answers."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mockgem.app import cassette_list
from mockgem.core.world import World
from mockgem.dialects.admin.cassette_handlers import CassetteHandlers, find_message
from mockgem.recording.cassette_writer import save_cassette
from mockgem.recording.interaction import Interaction
from tests.asking import GEMINI, Asker
from tests.recording.interactions import KEY, URI, chat

DRIFT = "/_mockgem/cassettes/drift"
JSON = {"content-type": "application/json"}


def record(text: str) -> Interaction:
    """Return what mockgem itself answers, as a recording of the real service."""
    request = chat(text)
    headers = {"authorization": "Bearer any-key"} | JSON
    answer = Asker().send("POST", f"{GEMINI}/chat/completions", request.request_body, headers)
    return replace(
        request, uri=URI, body=answer.text.encode(), headers=(("content-type", "application/json"),)
    )


def change(one: Interaction, **changes: Any) -> Interaction:
    return replace(one, body=json.dumps(json.loads(one.body) | changes).encode())


def make_asker(folder: Path, *interactions: Interaction) -> tuple[Asker, str]:
    path = str(folder / "calls.yaml")
    save_cassette(Path(path), list(interactions))
    return Asker(cassette=path, on_miss="fail"), path


def compare(asker: Asker, body: Any) -> Any:
    return asker.send("POST", DRIFT, json.dumps(body).encode(), JSON)


def test_each_tier_is_reported_with_its_findings(tmp_path: Path) -> None:
    one = record("hi")
    asker, path = make_asker(
        tmp_path,
        one,
        change(record("warning"), extra=1),
        change(record("error"), object=3),
        replace(record("files"), method="GET", uri="https://example.com/other", request_body=b""),
    )
    found = compare(asker, {"path": path}).json
    rows = found["findings"]
    assert [row["tier"] for row in rows] == ["same", "warning", "error", "not comparable"]
    assert rows[0]["findings"] == []
    assert rows[1]["findings"][0]["path"] == "extra"
    assert rows[2]["findings"][0] == {
        "tier": "error",
        "path": "object",
        "message": "recorded a number, ours a string",
    }
    assert (found["total"], found["next"]) == (4, None)


def test_the_order_is_that_of_the_list(tmp_path: Path) -> None:
    asker, path = make_asker(tmp_path, record("one"), change(record("two"), extra=1), record("one"))
    listed = asker.send("GET", "/_mockgem/cassettes").json["cassettes"][0]["interactions"]
    rows = compare(asker, {"path": path}).json["findings"]
    different = [one for one, row in zip(listed, rows, strict=True) if row["tier"] != "same"]
    assert len(different) == 1
    assert "two" in different[0]["request"]


def test_a_long_cassette_is_compared_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cassette_list, "MAX_COMPARED", 2)
    asker, path = make_asker(tmp_path, record("a"), record("b"), change(record("c"), extra=1))
    first = compare(asker, {"path": path}).json
    assert (len(first["findings"]), first["next"], first["total"]) == (2, 2, 3)
    second = compare(asker, {"path": path, "after": first["next"]}).json
    assert ([row["tier"] for row in second["findings"]], second["next"]) == (["warning"], None)
    assert compare(asker, {"path": path, "after": 99}).json["findings"] == []


def test_the_time_of_one_request_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cassette_list, "COMPARE_SECONDS", 0.0)
    asker, path = make_asker(tmp_path, record("a"), record("b"))
    found = compare(asker, {"path": path}).json
    assert (len(found["findings"]), found["next"]) == (1, 1)


def test_an_answer_that_takes_too_long_is_not_comparable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cassette_list, "MAX_SECONDS", 0.0)
    asker, path = make_asker(tmp_path, record("a"))
    (row,) = compare(asker, {"path": path}).json["findings"]
    assert row["tier"] == "not comparable"
    assert "did not answer within" in row["findings"][0]["message"]


def test_nothing_is_played_or_written_by_a_comparison(tmp_path: Path) -> None:
    asker, path = make_asker(tmp_path, record("a"))
    before = Path(path).read_bytes()
    compare(asker, {"path": path})
    assert asker.send("GET", "/_mockgem/cassettes").json["cassettes"][0]["unplayed"] == 1
    assert Path(path).read_bytes() == before


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({}, 400, 'expected {"path"'),
        ({"path": 3}, 400, 'expected {"path"'),
        ({"path": "calls.yaml", "after": -1}, 400, "after -1 is not valid"),
        ({"path": "calls.yaml", "after": True}, 400, "after True is not valid"),
        ({"path": "calls.yaml", "aftr": 1}, 400, "did you mean after?"),
        ({"path": "/etc/passwd"}, 404, "is not in use here; in use: none"),
    ],
)
def test_requests_that_are_not_valid(body: Any, status: int, words: str) -> None:
    answer = compare(Asker(), body)
    assert answer.status == status
    assert words in answer.json["error"]


class SlowControl:
    """Compares until it may end."""

    def __init__(self) -> None:
        self.began, self.may_end = threading.Event(), threading.Event()

    def describe(self, world: World) -> list[dict[str, Any]]:
        return []

    def compare(self, world: World, path: str, after: int) -> dict[str, Any]:
        self.began.set()
        assert self.may_end.wait(30)
        return {}


def test_only_one_comparison_runs() -> None:
    control = SlowControl()
    handlers = CassetteHandlers(control)
    world: Any = None
    thread = threading.Thread(target=handlers.compare_alone, args=(world, "a", 0))
    thread.start()
    assert control.began.wait(30)
    with pytest.raises(Exception, match="another comparison is running"):
        handlers.compare_alone(world, "a", 0)
    control.may_end.set()
    thread.join()
    assert handlers.compare_alone(world, "a", 0) == {}


def test_the_list_says_what_redaction_removed(tmp_path: Path) -> None:
    asker, _ = make_asker(tmp_path, chat(f"my key is {KEY}"), chat("hi"))
    listed = asker.send("GET", "/_mockgem/cassettes").json["cassettes"][0]["interactions"]
    assert listed[0]["removed"] == [
        {"place": "request body", "path": "messages[0].content", "name": "", "count": 1}
    ]
    assert listed[1]["removed"] == []


def test_an_entry_says_when_its_request_came() -> None:
    asker = Asker()
    asker.send("GET", "/v1beta/models", query={"key": "any-key"})
    listed = asker.send("GET", "/_mockgem/journal", query={"preview": "true"}).json["entries"][0]
    assert "received" in listed
    assert asker.send("GET", "/_mockgem/journal/1").json["received"][:13] == listed["received"][:13]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('{"error": {"message": "why", "code": 400}}', "why"),
        ('[[{"error": {"message": "why"}}]]', "why"),
        ('{"error": "why"}', "why"),
        ('{"message": "why"}', "why"),
        ('{"error": {"code": 400}}', "{'code': 400}"),
        ("why", "why"),
        ('"why"', "why"),
        ("[]", "[]"),
        ("5", "5"),
    ],
)
def test_the_message_of_an_error_is_found_in_each_format(body: str, message: str) -> None:
    assert find_message(body) == message
