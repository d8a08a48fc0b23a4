"""Batches in the native form: inline and by file, generated and embedded."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockgem.dialects.gemini.batches import rpc_status_of
from tests.asking import GEMINI, Answer, Asker
from tests.dialects.gemini.test_files import put
from tests.world_state import read_file

KEY = {"x-goog-api-key": "k", "host": "127.0.0.1:8090"}
MODEL = "models/gemini-2.5-flash"


def content(text: str) -> dict[str, Any]:
    return {"contents": [{"role": "user", "parts": [{"text": text}]}]}


def call(asker: Asker, method: str, path: str, body: Any = None, **query: str) -> Answer:
    data = b"" if body is None else json.dumps(body).encode()
    return asker.send(method, "/v1beta/" + path, data, KEY, query)


def inline(
    asker: Asker,
    *requests: Any,
    method: str = "batchGenerateContent",
    model: str = MODEL,
    **more: Any,
) -> Answer:
    rows = [
        {"request": one, "metadata": {"key": f"k{number}"}} for number, one in enumerate(requests)
    ]
    batch = {"displayName": "bb", "inputConfig": {"requests": {"requests": rows}}, **more}
    return call(asker, "POST", f"{model}:{method}", {"batch": batch})


def finish(asker: Asker, operation: Any) -> Any:
    for _ in range(9):
        operation = call(asker, "GET", operation["name"]).json
        if operation.get("done"):
            return operation
    raise AssertionError(operation)


def test_an_operation_as_recorded() -> None:
    asker = Asker()
    operation = inline(asker, content("Hello there, you two"), content("What is AI?")).json
    metadata = operation["metadata"]
    assert list(operation) == ["name", "metadata"]
    assert list(metadata) == [
        "@type",
        "model",
        "displayName",
        "createTime",
        "updateTime",
        "batchStats",
        "state",
        "name",
    ]
    assert metadata["batchStats"] == {"requestCount": "2", "pendingRequestCount": "2"}
    assert metadata["state"] == "BATCH_STATE_PENDING"
    assert (
        metadata["@type"]
        == "type.googleapis.com/google.ai.generativelanguage.v1main.GenerateContentBatch"
    )
    states = []
    while not operation.get("done"):
        operation = call(asker, "GET", operation["name"]).json
        states.append(operation["metadata"]["state"])
    assert states == ["BATCH_STATE_RUNNING", "BATCH_STATE_RUNNING", "BATCH_STATE_SUCCEEDED"]
    metadata = operation["metadata"]
    assert list(operation) == ["name", "metadata", "done", "response"]
    assert list(metadata) == [
        *(
            "@type",
            "model",
            "displayName",
            "output",
            "createTime",
            "endTime",
            "updateTime",
            "batchStats",
            "state",
            "name",
        )
    ]
    assert metadata["batchStats"] == {"requestCount": "2", "successfulRequestCount": "2"}
    answers = metadata["output"]["inlinedResponses"]["inlinedResponses"]
    assert operation["response"]["inlinedResponses"]["inlinedResponses"] == answers
    assert [list(one) for one in answers] == [["response", "metadata"]] * 2
    assert [one["metadata"]["key"] for one in answers] == ["k0", "k1"]


def test_an_answer_in_a_batch_equals_the_direct_answer_on_every_surface() -> None:
    asker = Asker()
    answers = finish(asker, inline(asker, content("Explain to me how AI works")).json)["metadata"][
        "output"
    ]
    text = answers["inlinedResponses"]["inlinedResponses"][0]["response"]["candidates"][0][
        "content"
    ]["parts"][0]["text"]
    direct = call(
        Asker(), "POST", MODEL + ":generateContent", content("Explain to me how AI works")
    ).json
    assert direct["candidates"][0]["content"]["parts"][0]["text"] == text
    assert Asker().chat("Explain to me how AI works").message["content"] == text


def test_a_batch_of_a_file_writes_its_answers_to_a_file() -> None:
    asker = Asker()
    rows = [
        {"key": "a", "request": content("What is AI?")},
        {"key": "b", "request": {"contents": []}},
    ]
    name = put(asker, b"\n".join(json.dumps(row).encode() for row in rows), mime_type="jsonl")[
        "name"
    ]
    for key in ("fileName", "file_name"):
        operation = call(
            asker, "POST", MODEL + ":batchGenerateContent", {"batch": {"inputConfig": {key: name}}}
        ).json
        output = finish(asker, operation)["metadata"]["output"]["responsesFile"]
        assert output == "files/batch-" + operation["name"].removeprefix("batches/")
        lines = [json.loads(line) for line in read_file(asker.world, output).splitlines()]
        assert [list(line) for line in lines] == [["key", "response"], ["key", "error"]]
        assert lines[1]["error"]["code"] == 3
        assert "cannot be more than 40 characters" in call(asker, "GET", output).error["message"]
        listed = {file["name"]: file for file in call(asker, "GET", "files").json["files"]}
        assert listed[output]["source"] == "GENERATED"


def test_a_batch_of_embeddings() -> None:
    asker = Asker()
    request = {"content": {"parts": [{"text": "a"}]}, "outputDimensionality": 8}
    operation = inline(
        asker, request, method="asyncBatchEmbedContent", model="models/gemini-embedding-001"
    ).json
    output = finish(asker, operation)["metadata"]["output"]["inlinedEmbedContentResponses"][
        "inlinedResponses"
    ]
    assert len(output[0]["response"]["embedding"]["values"]) == 8


def test_batches_are_listed_cancelled_and_deleted() -> None:
    asker = Asker()
    names = [inline(asker, content(str(number))).json["name"] for number in range(3)]
    first = call(asker, "GET", "batches", pageSize="2").json
    assert [one["name"] for one in first["operations"]] == names[:0:-1]
    rest = call(asker, "GET", "batches", pageSize="2", pageToken=first["nextPageToken"]).json
    assert [one["name"] for one in rest["operations"]] == names[:1]
    assert call(asker, "POST", names[0] + ":cancel").json == {}
    cancelled = call(asker, "GET", names[0]).json
    assert (cancelled["metadata"]["state"], cancelled["error"]["code"]) == (
        "BATCH_STATE_CANCELLED",
        1,
    )
    assert call(asker, "DELETE", names[0]).json == {}
    assert call(asker, "GET", names[0]).status == 404
    assert call(Asker(), "GET", "batches").json == {}


NO_REQUESTS = "* BatchGenerateContentRequest.batch.input_config: requests is not specified\n"


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ({}, 400, NO_REQUESTS),
        ({"batch": {"inputConfig": {"requests": {"requests": []}}}}, 400, NO_REQUESTS),
        (
            {"batch": {"inputConfig": {"fileName": "files/none"}}},
            403,
            "You do not have permission to access the File none or it may not exist.",
        ),
        (
            {"batch": {"colour": 1}},
            400,
            "Invalid JSON payload received. Unknown name \"colour\" at 'batch': Cannot find field.",
        ),
    ],
)
def test_bad_requests_are_refused(body: Any, status: int, message: str) -> None:
    answer = call(Asker(), "POST", MODEL + ":batchGenerateContent", body)
    assert (answer.status, answer.error["message"]) == (status, message)


def not_found(model: str, method: str) -> tuple[int, str]:
    return 404, (
        f"models/{model} is not found for API version v1beta, or is not supported for {method}. "
        "Call ModelService.ListModels to see the list of available models and their supported "
        "methods."
    )


def test_a_model_without_batches_is_not_found() -> None:
    answer = inline(Asker(), content("x"), model="models/gemini-embedding-001")
    expected = not_found("gemini-embedding-001", "generateContent")
    assert (answer.status, answer.error["message"]) == expected
    answer = inline(Asker(), {}, method="asyncBatchEmbedContent")
    expected = not_found("gemini-2.5-flash", "embedContent")
    assert (answer.status, answer.error["message"]) == expected


def test_a_bad_file_fails_the_batch() -> None:
    asker = Asker()
    name = put(asker, b'{"key": "a", "request": "x"}\n{', mime_type="jsonl")["name"]
    operation = call(
        asker,
        "POST",
        MODEL + ":batchGenerateContent",
        {"batch": {"inputConfig": {"fileName": name}}},
    ).json
    failed = finish(asker, operation)
    assert failed["metadata"]["state"] == "BATCH_STATE_FAILED"
    assert "line 1" in failed["error"]["message"]


def test_batches_of_one_api_are_not_found_in_the_other() -> None:
    asker = Asker()
    name = inline(asker, content("x")).json["name"]
    assert asker.send("GET", f"{GEMINI}/batches/{name}").status == 404
    assert asker.send("GET", f"{GEMINI}/batches").json["data"] == []


def test_errors_of_lines_have_the_numbers_of_google_s_codes() -> None:
    """Those of google.rpc.Code; what the dialect does not name is an internal error."""
    numbers = {
        "CANCELLED": 1,
        "INVALID_ARGUMENT": 3,
        "DEADLINE_EXCEEDED": 4,
        "NOT_FOUND": 5,
        "ALREADY_EXISTS": 6,
        "PERMISSION_DENIED": 7,
        "RESOURCE_EXHAUSTED": 8,
        "FAILED_PRECONDITION": 9,
        "UNIMPLEMENTED": 12,
        "INTERNAL": 13,
        "UNAVAILABLE": 14,
        "UNAUTHENTICATED": 16,
        "POEM": 13,
    }
    for status, number in numbers.items():
        body = {"error": {"code": 400, "status": status, "message": "m"}}
        assert rpc_status_of(body) == {"code": number, "message": "m"}
