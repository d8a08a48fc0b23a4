"""Batches of a gateway: of chats, responses, completions and embeddings."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockgem.dialects.openai.gateway_batches import ENDPOINTS
from tests.asking import Asker
from tests.dialects.openai.responses.talking import post
from tests.dialects.openai.test_gateway_files import create as create_file

BODIES: dict[str, dict[str, Any]] = {
    "/v1/chat/completions": {"messages": [{"role": "user", "content": "Hi"}]},
    "/v1/responses": {"input": "Hi"},
    "/v1/completions": {"prompt": "Hi"},
    "/v1/embeddings": {"input": "Hi"},
}


def make_line(name: str, url: str, **more: Any) -> dict[str, Any]:
    model = "gemini-embedding-001" if "embed" in url else "gemini-2.5-flash"
    body = {"model": model, **BODIES[url], **more}
    return {"custom_id": name, "method": "POST", "url": url, "body": body}


def create(asker: Asker, *lines: Any, url: str = "/v1/chat/completions", **more: Any) -> Any:
    data = "\n".join(json.dumps(line) for line in lines).encode()
    file = create_file(asker, data, "batch")
    made = post(asker, "/batches", input_file_id=file["id"], endpoint=url, **more)
    assert made.status == 200, made.text
    assert made.json["input_file_id"] == file["id"]
    return made.json


def finish(asker: Asker, name: str) -> Any:
    for _ in range(10):
        batch = asker.send("GET", f"/v1/batches/{name}").json
        if batch["status"] not in ("validating", "in_progress", "finalizing", "cancelling"):
            return batch
        asker.world.clock.advance(3600)
    raise AssertionError(batch)


def read_lines(asker: Asker, name: str) -> list[Any]:
    text = asker.send("GET", f"/v1/files/{name}/content").text
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("url", ENDPOINTS)
def test_a_line_has_the_answer_of_its_endpoint(url: str) -> None:
    asker = Asker()
    batch = create(asker, make_line("a", url), make_line("b", url), url=url, metadata={"k": "v"})
    assert batch["id"].startswith("batch_")
    assert (batch["endpoint"], batch["metadata"]) == (url, {"k": "v"})
    done = finish(asker, batch["id"])
    assert (done["id"], done["status"]) == (batch["id"], "completed")
    assert done["request_counts"] == {"total": 2, "completed": 2, "failed": 0}
    rows = read_lines(asker, done["output_file_id"])
    assert done["output_file_id"].startswith("file-")
    direct = post(Asker(), url.removeprefix("/v1"), **make_line("a", url)["body"]).json
    for row, name in zip(rows, "ab", strict=True):
        assert (row["custom_id"], row["error"]) == (name, None)
        assert row["response"]["status_code"] == 200
        assert row["response"]["body"].keys() == direct.keys()
        assert row["id"] == "batch_" + row["response"]["request_id"]
        assert len(row["response"]["request_id"]) == len("req_") + 32
    assert rows[0]["id"] != rows[1]["id"]


def test_lines_that_fail_are_in_a_file_of_their_own() -> None:
    asker = Asker()
    url = "/v1/chat/completions"
    good, bad = make_line("good", url), make_line("bad", url, model="no-such-model")
    done = finish(asker, create(asker, good, bad)["id"])
    assert done["request_counts"] == {"total": 2, "completed": 1, "failed": 1}
    (row,) = read_lines(asker, done["error_file_id"])
    assert (row["custom_id"], row["response"]["status_code"]) == ("bad", 404)
    assert "no-such-model" in row["response"]["body"]["error"]["message"]


def test_a_batch_can_be_cancelled_and_is_listed() -> None:
    asker = Asker()
    batch = create(asker, make_line("a", "/v1/chat/completions"))
    listed = asker.send("GET", "/v1/batches").json
    assert [one["id"] for one in listed["data"]] == [batch["id"]]
    assert listed["first_id"] == listed["last_id"] == batch["id"]
    assert listed["has_more"] is False
    cancelled = post(asker, f"/batches/{batch['id']}/cancel").json
    assert cancelled["status"] in ("cancelling", "cancelled")
    assert finish(asker, batch["id"])["status"] == "cancelled"
    assert asker.send("GET", "/v1/batches", query={"after": batch["id"]}).json["data"] == []


def test_an_unknown_batch_is_not_found() -> None:
    for method, path in (("GET", "/v1/batches/batch_x"), ("POST", "/v1/batches/batch_x/cancel")):
        gone = Asker().send(method, path)
        assert gone.status == 404
        assert gone.error["message"].startswith("No batch found with id 'batch_x'. (")


def test_a_batch_needs_a_file_and_an_endpoint() -> None:
    asker = Asker()
    refused = post(asker, "/batches", endpoint="/v1/poems")
    known = ", ".join(ENDPOINTS)
    assert refused.error["message"].startswith(
        f"Invalid value for endpoint: '/v1/poems', expected one of {known}. ("
    )
    refused = post(asker, "/batches", endpoint=ENDPOINTS[0])
    assert refused.error["message"].startswith(
        "Missing required field: input_file_id, a file such as file-abc. ("
    )
    refused = post(asker, "/batches", endpoint=ENDPOINTS[0], input_file_id="file-x")
    assert (refused.status, refused.error["message"][:25]) == (404, "No such File object: file")
