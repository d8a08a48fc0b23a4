"""Scenarios as google-genai lives through them, as was measured: it tries nothing again unless it
is told to.

`ok 2` is a full answer after two requests, `err 1` an exception after one, `silent 1` no exception
and no full answer.

Evidence: sdk-google-genai.
"""

from __future__ import annotations

import json
import os
import urllib.request
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from google import genai
from google.genai import errors, types

MODEL = "gemini-2.5-flash"
Outcome = str


TIMEOUTS = {"hangs": 3_000}
"""Milliseconds after which the client gives up, where that is the point; otherwise a minute."""
LONG_WAIT = {
    "title": "The client is told to wait for longer than any test takes",
    "rules": [{"when": {"calls": "1..2"}, "fail": {"error": 429, "retry_delay": "100000s"}}],
    "expect": {"attempts": 3, "waits": "told", "final": "success"},
}


class Trial:
    """A world that plays a built-in scenario or one of its own, and a client in it."""

    def __init__(self, name: str = "", **options: Any) -> None:
        url, world = os.environ["MOCKGEM_URL"], uuid.uuid4().hex
        self.admin = f"{url}/w/{world}/_mockgem"
        self.journal = f"{self.admin}/journal?path=*ontent&bodies=false"
        self.verdict = f"{self.admin}/verdict" + (f"?scenario={name}" if name else "")
        self.client = genai.Client(
            api_key="k",
            http_options={
                "base_url": f"{url}/w/{world}" + (f"~{name}" if name else ""),
                "timeout": TIMEOUTS.get(name, 60_000),
                **options,
            },
        )

    def play(self, scenario: dict[str, Any]) -> None:
        """Let the world play a scenario of its own."""
        head = {"Content-Type": "application/json"}
        body = json.dumps({"scenario": scenario}).encode()
        request = urllib.request.Request(f"{self.admin}/scenario", body, head, method="PUT")
        urllib.request.urlopen(request, timeout=60).close()

    def get(self, url: str) -> Any:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return json.loads(answer.read())

    @property
    def requests(self) -> int:
        return len(self.get(self.journal)["entries"])


def content(trial: Trial) -> str:
    found = trial.client.models.generate_content(model=MODEL, contents="Explain to me how AI works")
    return "ok" if found.candidates and found.text else "silent"


def stream(trial: Trial) -> str:
    said, finish = "", None
    for chunk in trial.client.models.generate_content_stream(
        model=MODEL, contents="Explain to me how AI works"
    ):
        for candidate in chunk.candidates or ():
            finish = candidate.finish_reason or finish
        said += chunk.text or ""
    return "ok" if said and finish else "silent"


def content_of_known_price(trial: Trial) -> str:
    """Ask for a long text, and cut it: each reply has 120 tokens, whatever words it has."""
    config = types.GenerateContentConfig(
        max_output_tokens=120, thinking_config=types.ThinkingConfig(thinking_budget=0)
    )
    found = trial.client.models.generate_content(
        model=MODEL, contents="Write an essay of 500 words about tea", config=config
    )
    tokens = found.usage_metadata.candidates_token_count if found.usage_metadata else 0
    return "ok" if found.text and tokens == 120 else "silent"


def with_tools(trial: Trial) -> str:
    tool = types.Tool(function_declarations=[types.FunctionDeclaration(name="get_weather")])
    config = types.GenerateContentConfig(tools=[tool])
    found = trial.client.models.generate_content(
        model=MODEL, contents="the weather in Oslo", config=config
    )
    return "ok" if found.function_calls else "silent"


def outcome(ask: Callable[[Trial], str], trial: Trial) -> Outcome:
    try:
        found = ask(trial)
    except Exception:
        found = "err"
    return f"{found} {trial.requests}"


CASES: dict[str, tuple[Callable[[Trial], str], list[Outcome]]] = {
    "overloaded": (content, ["err 1"]),
    "overloaded-then-ok": (content, ["err 1", "err 2", "ok 3"]),
    "rate-limited-then-ok": (content, ["err 1", "err 2", "ok 3"]),
    "daily-quota-exhausted": (content, ["err 1"]),
    "internal-error-once": (content, ["err 1", "ok 2"]),
    "deadline-exceeded": (content, ["err 1"]),
    "html-502-from-the-front-end": (content, ["err 1", "err 2", "ok 3"]),
    "api-key-invalid": (content, ["err 1"]),
    "location-unsupported": (content, ["err 1"]),
    "model-retired": (content, ["err 1"]),
    "connection-reset-then-ok": (content, ["err 1", "ok 2"]),
    "server-disconnected-then-ok": (content, ["err 1", "ok 2"]),
    "garbage-on-the-line": (content, ["err 1", "ok 2"]),
    "body-shorter-than-told": (content, ["err 1", "ok 2"]),
    "hangs": (content, ["err 1", "ok 2"]),
    "error-under-200": (content, ["silent 1"]),
    "html-under-200": (content, ["err 1"]),
    "no-candidates": (content, ["silent 1"]),
    "empty-answer": (content, ["ok 1", "ok 2", "silent 3"]),
    "safety-blocked": (content, ["silent 1"]),
    "answer-stopped-for-safety": (content, ["silent 1"]),
    "thinking-ate-the-budget": (content, ["silent 1", "ok 2"]),
    "malformed-function-call": (with_tools, ["silent 1", "ok 2"]),
    "spending-cap-reached": (content_of_known_price, ["ok 1", "ok 2", "err 3"]),
    "stream-cut-mid-answer": (stream, ["err 1", "ok 2"]),
    "stream-ends-without-finish": (stream, ["silent 1", "ok 2"]),
    "stream-error-in-band": (stream, ["err 1"]),
    "stream-truncated-json": (stream, ["err 1"]),
    "stream-awkward-chunks": (stream, ["ok 1"]),
    "stream-with-comments": (stream, ["err 1"]),
    "stream-without-space": (stream, ["err 1"]),
    "stream-all-at-once": (stream, ["ok 1"]),
    "slow-network": (stream, ["ok 1"]),
    "slow-page": (stream, ["ok 1"]),
}


@pytest.mark.parametrize("name", CASES)
def test_what_the_client_makes_of_it(name: str) -> None:
    ask, expected = CASES[name]
    trial = Trial(name)
    assert [outcome(ask, trial) for _ in expected] == expected


def retrying(name: str = "") -> Trial:
    options = types.HttpRetryOptions(attempts=3, initial_delay=0.01, max_delay=0.02)
    return Trial(name, retry_options=options)


@pytest.mark.skipif(
    not hasattr(types, "HttpRetryOptions"), reason="this major can't be told to try again"
)
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("overloaded-then-ok", "ok 3"),
        ("rate-limited-then-ok", "ok 3"),
        ("connection-reset-then-ok", "err 1"),
    ],
)
def test_with_retries_it_comes_through_errors_and_not_through_resets(
    name: str, expected: Outcome
) -> None:
    assert outcome(content, retrying(name)) == expected


@pytest.mark.skipif(
    not hasattr(types, "HttpRetryOptions"), reason="this major can't be told to try again"
)
def test_it_does_not_wait_as_long_as_it_is_told() -> None:
    """It waits for its own time, however long it was told to wait (measured).

    Evidence: sdk-google-genai.
    """
    trial = retrying()
    trial.play(LONG_WAIT)
    assert outcome(content, trial) == "ok 3"
    checks = {check["check"]: check["ok"] for check in trial.get(trial.verdict)["checks"]}
    assert checks == {"attempts": True, "waits": False, "final": True}


def moved(trial: Trial, duration: str) -> None:
    """The world's clock, moved on."""
    url = trial.verdict.partition("/_mockgem")[0] + "/_mockgem/clock"
    head = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, json.dumps({"advance": duration}).encode(), head)
    urllib.request.urlopen(request, timeout=60).close()


def uploaded(trial: Trial, tmp_path: Any) -> Any:
    path = tmp_path / "note.txt"
    path.write_text("hello")
    return trial.client.files.upload(file=str(path))


def test_a_file_that_gets_stuck_and_one_that_goes_early(tmp_path: Any) -> None:
    stuck = Trial("file-stuck-processing")
    name = uploaded(stuck, tmp_path).name
    states = [stuck.client.files.get(name=name).state.name for _ in range(10)]
    assert states == ["PROCESSING"] * 9 + ["FAILED"]
    early = Trial("file-expires-early")
    file = uploaded(early, tmp_path)
    assert early.client.models.generate_content(model=MODEL, contents=["What is this?", file]).text
    moved(early, "61m")
    with pytest.raises(errors.ClientError) as caught:
        early.client.models.generate_content(model=MODEL, contents=["What is this?", file])
    assert caught.value.code == 403


def test_a_cache_that_goes_early() -> None:
    trial = Trial("cache-expires-early")
    config = types.CreateCachedContentConfig(contents="long text " * 2000, ttl="3600s")
    cache = trial.client.caches.create(model=MODEL, config=config)
    asking = types.GenerateContentConfig(cached_content=cache.name)
    assert trial.client.models.generate_content(
        model=MODEL, contents="What is it about?", config=asking
    ).text
    moved(trial, "61s")
    with pytest.raises(errors.ClientError, match="CachedContent not found"):
        trial.client.models.generate_content(
            model=MODEL, contents="What is it about?", config=asking
        )


def batch_of(trial: Trial, lines: int = 4) -> str:
    requests = [
        {"contents": [{"parts": [{"text": f"line {number}"}], "role": "user"}]}
        for number in range(lines)
    ]
    return str(trial.client.batches.create(model=MODEL, src=requests).name)


def looks(trial: Trial, name: str, times: int) -> list[Any]:
    return [trial.client.batches.get(name=name) for _ in range(times)]


def test_a_batch_of_which_some_lines_fail() -> None:
    trial = Trial("batch-partial-failure")
    found = looks(trial, batch_of(trial), 4)[-1]
    assert found.state.name == "JOB_STATE_SUCCEEDED"
    assert [one.error is not None for one in found.dest.inlined_responses] == [
        False,
        True,
        True,
        False,
    ]


def test_batches_that_are_late_stuck_or_without_output() -> None:
    late = Trial("batch-late")
    states = [found.state.name for found in looks(late, batch_of(late), 21)]
    assert (
        states
        == ["JOB_STATE_PENDING"] * 9 + ["JOB_STATE_RUNNING"] * 10 + ["JOB_STATE_SUCCEEDED"] * 2
    )
    stuck = Trial("batch-stuck-pending")
    name = batch_of(stuck)
    assert {found.state.name for found in looks(stuck, name, 30)} == {"JOB_STATE_PENDING"}
    moved(stuck, "48h")
    assert looks(stuck, name, 1)[0].state.name == "JOB_STATE_EXPIRED"
    empty = Trial("batch-output-late")
    done = [
        found
        for found in looks(empty, batch_of(empty), 6)
        if found.state.name == "JOB_STATE_SUCCEEDED"
    ]
    assert [bool(found.dest and found.dest.inlined_responses) for found in done][:3] == [
        False,
        False,
        True,
    ]
