"""Batches on the OpenAI-compatible surface: their lives, their lines, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.asking import GEMINI, VERTEX, Answer, Asker
from tests.dialects.gemini.test_files import put
from tests.world_state import generate_file, read_file

CHAT = {
    "model": "gemini-2.5-flash",
    "messages": [{"role": "user", "content": "Explain to me how AI works"}],
}
TOOLS = [
    {
        "type": "function",
        "function": {
            "name": "get_weather",
            "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
        },
    }
]


def line(
    number: int, body: Any = CHAT, url: str = "/v1/chat/completions", **more: Any
) -> dict[str, Any]:
    return {"custom_id": f"request-{number}", "method": "POST", "url": url, "body": body, **more}


def upload_lines(asker: Asker, *lines: Any, world: str = "") -> str:
    data = b"\n".join(one if isinstance(one, bytes) else json.dumps(one).encode() for one in lines)
    return str(put(asker, data, world, mime_type="jsonl")["name"])


def post(asker: Asker, path: str, body: Any = None, world: str = "") -> Answer:
    return asker.send("POST", world + GEMINI + path, json.dumps(body or {}).encode())


def create_batch(
    asker: Asker, *lines: Any, url: str = "/v1/chat/completions", world: str = ""
) -> Any:
    name = upload_lines(asker, *lines, world=world)
    answer = post(
        asker,
        "/batches",
        {"input_file_id": name, "endpoint": url, "completion_window": "24h"},
        world,
    )
    assert answer.status == 200, answer.text
    return answer.json


def poll_batch(asker: Asker, batch: Any, world: str = "") -> Any:
    return asker.send("GET", f"{world}{GEMINI}/batches/{batch['id']}").json


def finish_batch(asker: Asker, batch: Any, world: str = "") -> Any:
    for _ in range(9):
        batch = poll_batch(asker, batch, world)
        if batch["status"] in ("completed", "failed", "cancelled", "expired"):
            return batch
    raise AssertionError(batch)


def lines_in(asker: Asker, name: str, world: str = "") -> list[Any]:
    owner = asker.worlds.named[world.removeprefix("/w/")] if world else asker.world
    return [json.loads(line) for line in read_file(owner, name).splitlines()]


def test_a_batch_advances_by_polls() -> None:
    asker = Asker()
    batch = create_batch(asker, line(1), line(2))
    assert batch["id"].startswith("batches/")
    assert len(batch["id"]) == len("batches/") + 36
    assert batch["status"] == "validating"
    seen = [poll_batch(asker, batch) for _ in range(4)]
    assert [one["status"] for one in seen] == [
        "in_progress",
        "finalizing",
        "completed",
        "completed",
    ]
    assert [one["request_counts"]["completed"] for one in seen] == [0, 2, 2, 2]
    assert ["output_file_id" in one for one in seen] == [False, False, True, True]
    assert seen[2] == seen[3]


def test_a_batch_advances_by_the_clock() -> None:
    asker = Asker()
    batch = create_batch(asker, line(1))
    asker.world.clock.advance(24 * 3600)
    assert poll_batch(asker, batch)["status"] == "completed"


def test_an_answer_in_a_batch_equals_the_direct_answer_in_the_recorded_form() -> None:
    asker = Asker()
    done = finish_batch(asker, create_batch(asker, line(1)))
    (row,) = lines_in(asker, done["output_file_id"])
    direct = Asker().chat("Explain to me how AI works").json
    assert row["custom_id"] == "request-1"
    body = row["response"]["body"]
    assert list(body) == ["id", "usage", "object", "choices", "created", "model"]
    assert body["choices"] == [{"message": direct["choices"][0]["message"], "finishReason": "stop"}]
    assert body["created"] == str(direct["created"])
    assert body["usage"] == {
        "completionTokens": direct["usage"]["completion_tokens"],
        "promptTokens": direct["usage"]["prompt_tokens"],
        "totalTokens": direct["usage"]["total_tokens"],
    }


def test_tools_and_streams_in_a_batch() -> None:
    asker = Asker()
    ask = {
        **CHAT,
        "messages": [{"role": "user", "content": "What's the weather like in Chicago?"}],
        "tools": TOOLS,
    }
    done = finish_batch(asker, create_batch(asker, line(1, ask), line(2, {**CHAT, "stream": True})))
    first, second = lines_in(asker, done["output_file_id"])
    call = first["response"]["body"]["choices"][0]["message"]["toolCalls"][0]
    assert json.loads(call["function"]["arguments"]) == {"city": "Chicago"}
    assert second["response"]["body"]["object"] == "chat.completion"


def test_embeddings_in_a_batch() -> None:
    asker = Asker()
    body = {"model": "gemini-embedding-001", "input": "hello", "dimensions": 8}
    done = finish_batch(
        asker, create_batch(asker, line(1, body, "/v1/embeddings"), url="/v1/embeddings")
    )
    (row,) = lines_in(asker, done["output_file_id"])
    assert len(row["response"]["body"]["data"][0]["embedding"]) == 8


def test_lines_that_are_refused_go_into_a_file_of_errors() -> None:
    asker = Asker()
    done = finish_batch(
        asker, create_batch(asker, line(1), line(2, {"model": "nope", "messages": []}), line(3, {}))
    )
    assert done["status"] == "completed"
    assert done["request_counts"] == {"total": 3, "completed": 1, "failed": 2}
    errors = lines_in(asker, done["error_file_id"])
    assert [(row["custom_id"], row["response"]["status_code"]) for row in errors] == [
        ("request-2", 404),
        ("request-3", 400),
    ]
    assert errors[0]["response"]["body"]["error"]["status"] == "NOT_FOUND"


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        ((b"",), ["empty_file"]),
        ((b"{", line(1)), ["invalid_json_line"]),
        ((line(1), line(1)), ["duplicate_custom_id"]),
        ((line(1, url="/v1/embeddings"),), ["mismatched_url"]),
        (({"url": "/v1/chat/completions", "body": CHAT},), ["missing_required_parameter"]),
        ((line(1, "text"),), ["invalid_request"]),
        ((line(1, method="GET"),), ["invalid_method"]),
        (
            (b"[1]", b"null", b'"x"', b"[" * 100_000),
            ["invalid_request"] * 3 + ["invalid_json_line"],
        ),
        ((b"{",) * 50, ["invalid_json_line"] * 20),
    ],
)
def test_bad_lines_fail_the_batch(lines: Any, codes: list[str]) -> None:
    asker = Asker()
    failed = poll_batch(asker, create_batch(asker, *lines))
    assert failed["status"] == "failed"
    assert [problem["code"] for problem in failed["errors"]["data"]] == codes
    assert "output_file_id" not in failed
    assert poll_batch(asker, failed) == failed


def test_a_batch_can_be_cancelled() -> None:
    asker = Asker()
    batch = create_batch(asker, line(1))
    poll_batch(asker, batch)
    assert post(asker, f"/batches/{batch['id']}/cancel").json["status"] == "cancelling"
    asker.world.clock.advance(90)
    cancelled = poll_batch(asker, batch)
    assert cancelled["status"] == "cancelled"
    assert cancelled["cancelling_at"] == batch["created_at"]
    assert cancelled["cancelled_at"] == batch["created_at"] + 90
    assert {"completed_at", "failed_at", "expired_at", "output_file_id"}.isdisjoint(cancelled)
    asker.world.clock.advance(90)
    assert poll_batch(asker, batch) == cancelled
    done = finish_batch(asker, create_batch(asker, line(2)))
    late = post(asker, f"/batches/{done['id']}/cancel")
    assert (late.status, late.error["status"]) == (400, "FAILED_PRECONDITION")


def test_a_lifecycle_can_let_a_batch_expire_or_fail() -> None:
    asker = Asker(
        lifecycles={
            "batch": ({"state": "validating"}, {"state": "in_progress"}, {"state": "expired"})
        }
    )
    assert finish_batch(asker, create_batch(asker, line(1)))["status"] == "expired"


def test_batches_are_listed_newest_first() -> None:
    asker = Asker()
    ids = [create_batch(asker, line(number))["id"] for number in range(5)]
    page = asker.send("GET", GEMINI + "/batches", query={"limit": "2"}).json
    assert [one["id"] for one in page["data"]] == ids[:2:-1]
    assert (page["has_more"], page["last_id"]) == (True, ids[3])
    rest = asker.send("GET", GEMINI + "/batches", query={"after": page["last_id"]}).json
    assert [one["id"] for one in rest["data"]] == ids[2::-1]
    assert rest["has_more"] is False
    last = asker.send("GET", GEMINI + "/batches", query={"after": ids[0]}).json
    assert last == {"object": "list", "data": [], "has_more": False}


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"endpoint": "/v1/responses"}, 400, "Invalid value for endpoint"),
        ({"endpoint": "/v1/embeddings", "input_file_id": "files/none"}, 403, "may not exist"),
        (
            {
                "endpoint": "/v1/embeddings",
                "input_file_id": "files/none",
                "completion_window": "1h",
            },
            400,
            "completion_window",
        ),
        ([], 400, "Root element must be a message"),
    ],
)
def test_bad_requests_are_refused(body: Any, status: int, words: str) -> None:
    answer = Asker().send("POST", GEMINI + "/batches", json.dumps(body).encode())
    assert answer.status == status
    assert words in answer.error["message"]


def test_an_expired_file_is_refused_as_input() -> None:
    asker = Asker()
    name = upload_lines(asker, line(1))
    asker.world.clock.advance(48 * 3600)
    answer = post(asker, "/batches", {"input_file_id": name, "endpoint": "/v1/chat/completions"})
    assert (answer.status, answer.error["message"]) == (
        403,
        f"You do not have permission to access the File {name.removeprefix('files/')} or it may "
        "not exist.",
    )


def test_unknown_batches_are_not_found() -> None:
    for answer in (
        Asker().send("GET", GEMINI + "/batches/batches/none"),
        post(Asker(), "/batches/batches/none/cancel"),
        Asker().send("GET", GEMINI + "/batches", query={"after": "none"}),
    ):
        expected = 404, "Requested entity was not found."
        assert (answer.status, answer.error["message"]) == expected
    assert Asker().send("GET", VERTEX + "/batches").status == 404


def test_fifty_worlds_share_nothing() -> None:
    asker = Asker()
    worlds = [f"/w/world-{number}" for number in range(50)]
    batches = [
        create_batch(asker, line(number), world=world) for number, world in enumerate(worlds)
    ]
    done = [finish_batch(asker, batch, world) for batch, world in zip(batches, worlds, strict=True)]
    for number, (one, world) in enumerate(zip(done, worlds, strict=True)):
        assert [row["custom_id"] for row in lines_in(asker, one["output_file_id"], world)] == [
            f"request-{number}"
        ]
        assert len(asker.send("GET", world + GEMINI + "/batches").json["data"]) == 1
    assert asker.send("GET", GEMINI + "/batches").json["data"] == []


def test_batches_need_a_key_too() -> None:
    asker = Asker(api_key=("secret",))
    key = {"authorization": "Bearer secret"}
    generate_file(asker.world, "abc", json.dumps(line(1)).encode(), "jsonl")
    body = json.dumps({"input_file_id": "files/abc", "endpoint": "/v1/chat/completions"}).encode()
    for wrong in ({}, {"authorization": "Bearer guessed"}):
        assert asker.send("POST", GEMINI + "/batches", body, wrong).status == 400
    batch = asker.send("POST", GEMINI + "/batches", body, key).json
    for wrong in ({}, {"authorization": "Bearer guessed"}):
        assert asker.send("GET", f"{GEMINI}/batches/{batch['id']}", headers=wrong).status == 400
    for _ in range(3):
        batch = asker.send("GET", f"{GEMINI}/batches/{batch['id']}", headers=key).json
    assert batch["request_counts"] == {"total": 1, "completed": 1, "failed": 0}


def test_a_batch_can_not_be_cancelled_after_its_end_even_if_nobody_looked() -> None:
    asker = Asker()
    batch = create_batch(asker, line(1))
    asker.world.clock.advance(batch["expires_at"] - batch["created_at"] + 1)
    refused = post(asker, f"/{batch['id']}/cancel")
    assert refused.status == 400
    assert "it has ended" in refused.error["message"]
    assert poll_batch(asker, batch)["status"] == "completed"


def test_a_cancellation_that_is_complete_is_an_end_even_if_nobody_looked() -> None:
    asker = Asker()
    batch = create_batch(asker, line(1))
    assert post(asker, f"/{batch['id']}/cancel").status == 200
    assert post(asker, f"/{batch['id']}/cancel").status == 200  # it is still being cancelled
    asker.world.clock.advance(3600)
    refused = post(asker, f"/{batch['id']}/cancel")
    assert refused.status == 400
    assert "it has ended" in refused.error["message"]
    assert poll_batch(asker, batch)["status"] == "cancelled"


def test_a_batch_expires_at_its_expires_at() -> None:
    lifecycle = [{"state": "in_progress", "polls": 99, "seconds": 1e6}, {"state": "completed"}]
    asker = Asker(lifecycles={"batch": tuple(lifecycle)})
    batch = create_batch(asker, line(1))
    asker.world.clock.advance(24 * 3600 - 1)
    assert poll_batch(asker, batch)["status"] == "in_progress"
    asker.world.clock.advance(1)
    assert post(asker, f"/{batch['id']}/cancel").status == 400
    expired = poll_batch(asker, batch)
    assert expired["status"] == "expired"
    assert expired["expired_at"] == batch["expires_at"]


def test_a_batch_that_has_ended_stays_so_when_the_clock_is_set_back() -> None:
    asker = Asker()
    batch = create_batch(asker, line(1))
    asker.world.clock.advance(3600)
    done = poll_batch(asker, batch)
    assert done["status"] == "completed"
    asker.world.clock.advance(-7200)
    assert poll_batch(asker, batch) == done
    assert post(asker, f"/{batch['id']}/cancel").status == 400


def test_an_output_over_256_kib_is_whole() -> None:
    asker = Asker()
    lines = [
        line(
            number,
            {
                "model": "gemini-2.5-flash",
                "messages": [{"role": "user", "content": f"Write story {number} in detail"}],
            },
        )
        for number in range(700)
    ]
    done = finish_batch(asker, create_batch(asker, *lines))
    assert done["request_counts"] == {"total": 700, "completed": 700, "failed": 0}
    path = f"/download/v1beta/{done['output_file_id']}:download"
    data = asker.send("GET", path, b"", {"x-goog-api-key": "k"}, {"alt": "media"}).body
    assert len(data) > 256 * 1024
    answers = [json.loads(row) for row in data.splitlines()]
    assert [answer["custom_id"] for answer in answers] == [
        f"request-{number}" for number in range(700)
    ]
    assert {answer["response"]["status_code"] for answer in answers} == {200}


def test_a_batch_without_a_file_says_what_is_missing() -> None:
    body = {"endpoint": "/v1/chat/completions", "completion_window": "24h"}
    answer = Asker().send("POST", GEMINI + "/batches", json.dumps(body).encode())
    assert answer.status == 400
    assert "input_file_id" in answer.error["message"]
