"""The beginning of a prompt and the number of tokens, which lists of journal entries show."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from mockgem.core import clock
from mockgem.core.http import WireRequest
from mockgem.core.journal import JournalEntry
from mockgem.dialects.admin import journal_preview
from mockgem.dialects.admin.journal_preview import build_preview


def make_entry(body: bytes = b"", answer: bytes = b"") -> JournalEntry:
    wire = WireRequest("POST", "/x", {}, {}, body)
    return JournalEntry(1.5, "POST", "/x", "gemini", "m", 200, "engine", 0.1, wire, body=answer)


def preview(value: Any) -> Any:
    return build_preview(make_entry(json.dumps(value).encode())).get("preview")


@pytest.mark.parametrize(
    "request_body",
    [
        {"messages": [{"role": "user", "content": "first"}, {"role": "user", "content": "last"}]},
        {"messages": [{"content": [{"type": "text", "text": "last"}, {"type": "image_url"}]}]},
        {"contents": [{"parts": [{"text": "first"}, {"text": "last"}]}]},
        {"contents": "last"},
        {"input": "last"},
        {"input": [{"content": [{"type": "input_text", "text": "last"}]}]},
        {"input": [{"type": "function_call_output", "output": "last"}]},
        {"input": ["first", "last"]},
        {"prompt": "last", "size": "large"},
        {"content": {"parts": [{"text": "last"}]}},
        {"instances": [{"prompt": "last"}]},
        {"requests": [{"content": {"parts": [{"text": "first"}]}},
                      {"content": {"parts": [{"text": "last"}]}}]},
        {"model": "other", "messages": [{"content": "last"}], "input": "other"},
    ],
)  # fmt: skip
def test_the_preview_is_the_last_text_of_each_format(request_body: Any) -> None:
    assert preview(request_body) == "last"


@pytest.mark.parametrize(
    "request_body", [{}, {"model": "m"}, {"messages": []}, {"messages": [{"content": None}]}, [], 1]
)
def test_a_request_without_a_text_has_no_preview(request_body: Any) -> None:
    assert build_preview(make_entry(json.dumps(request_body).encode())) == {}


@pytest.mark.parametrize("body", [b"", b"no JSON", b"{broken", b'--x\r\n{"prompt": "a"}'])
def test_what_is_not_json_has_no_preview(body: bytes) -> None:
    assert build_preview(make_entry(body)) == {}


def test_white_space_is_one_space_and_a_long_text_is_cut() -> None:
    assert preview({"prompt": " a\n\n  b\t"}) == "a b"
    assert preview({"prompt": "x" * 500}) == "x" * 140
    assert preview({"prompt": " " * 999 + "xy"}) == "x", "of a text, 1,000 characters are read"


def test_a_key_in_a_prompt_is_hidden() -> None:
    key = "AIzaSyA1234567890abcdefghijklmnopqrstuv"
    assert key not in preview({"prompt": f"my key is {key}"})


def test_a_request_over_64_kib_has_no_preview() -> None:
    def make_body(size: int) -> bytes:
        start = b'{"prompt": "hello", "padding": "'
        return start + b"x" * (size - len(start) - 2) + b'"}'

    assert build_preview(make_entry(make_body(64 * 1024))) == {"preview": "hello"}
    assert build_preview(make_entry(make_body(64 * 1024 + 1))) == {}


def test_a_text_is_found_six_levels_deep_and_among_the_last_20_items() -> None:
    inner: Any = "deep"
    text: Any = "deep"
    for _ in range(6):
        text = [text]
    assert preview({"messages": text}) == "deep"
    assert preview({"messages": [text]}) is None
    for _ in range(5):
        inner = {"content": inner}
    assert preview({"messages": [inner]}) == "deep"
    assert preview({"messages": [{"content": inner}]}) is None
    assert preview({"messages": ["early", *[{}] * 19]}) == "early"
    assert preview({"messages": ["early", *[{}] * 20]}) is None


@pytest.mark.parametrize(
    ("answer", "tokens"),
    [
        (b'{"usage": {"total_tokens": 12}}', 12),
        (b'{"usageMetadata": {"totalTokenCount" : 7}}', 7),
        (b'{"total_tokens":1}\n{"total_tokens":2}', 2),
        (b'{"total_tokens":5}' + b" " * 4079, 5),
        (b'{"total_tokens":5}' + b" " * 4080, None),
        (b'{"prompt_tokens":5}', None),
    ],
)
def test_tokens_are_the_last_total_near_the_end_of_an_answer(
    answer: bytes, tokens: int | None
) -> None:
    assert build_preview(make_entry(answer=answer)).get("tokens") == tokens


def test_an_entry_of_another_start_of_the_machine_has_no_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(journal_preview, "time", Clock())
    entry = make_entry()
    assert build_preview(replace(entry, started_at=40.0)) == {"received": clock.format_time(940)}
    assert build_preview(replace(entry, started_at=100.0)) == {"received": clock.format_time(1000)}
    assert build_preview(replace(entry, started_at=100.5)) == {}
    assert build_preview(replace(entry, started_at=0.0)) == {}


class Clock:
    """A machine that started 100 seconds ago, 1,000 seconds after 1970."""

    def perf_counter(self) -> float:
        return 100.0

    def time(self) -> float:
        return 1000.0
