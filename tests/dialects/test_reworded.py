"""What Vertex AI and the front end say in other words, and ids of calls."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from mockgem.core.content import Candidate, Text
from mockgem.core.errors import Code, Failure
from mockgem.core.http import WireRequest
from mockgem.dialects.common.ids import make_vertex_call_id
from mockgem.dialects.common.vertex_errors import reword_failure
from mockgem.dialects.gemini.logprobs import MAX_ENTRIES, make_logprobs
from tests.asking import Asker

PROJECT = "/v1/projects/p/locations/global/publishers/google/models/x:y"
MODEL = {"model": "x"}
UNKNOWN = (
    "Publisher Model `{}publishers/google/models/x` was not found or your project does not have "
    "access to it. Please ensure you are using a valid model version. For more information, see: "
    "https://cloud.google.com/vertex-ai/generative-ai/docs/learn/model-versions"
)
COUNT = (
    "Unable to submit request because candidateCount must be 1 but the entered value was 3. Update "
    "the candidateCount value and try again."
)


@pytest.mark.parametrize(
    ("reason", "facts", "path", "message"),
    [
        ("model_not_found", MODEL, PROJECT, UNKNOWN.format("projects/p/locations/global/")),
        ("model_retired", MODEL, "/v1/publishers/x", UNKNOWN.format("")),
        ("n_one", {"n": 3}, PROJECT, COUNT),
        ("n_range", {"n": 3}, PROJECT, COUNT),
        ("logprobs", {}, PROJECT,
         "Unable to submit request because Logprobs is not supported for this model."),
        ("thinking_level", {"level": "low"}, PROJECT,
         "Thinking level is unsupported: THINKING_LEVEL_LOW"),
        ("thinking_level", {}, PROJECT, "as it is"),
        ("another", MODEL, PROJECT, "as it is"),
        ("signature", {"name": "f", "position": 2}, PROJECT,
         "Unable to submit request because function call `default_api:f` in the 2. content block "
         "is missing a `thought_signature`. Learn more: "
         "https://docs.cloud.google.com/vertex-ai/generative-ai/docs/thought-signatures"),
    ],
)  # fmt: skip
def test_vertex_ai_has_its_own_messages(
    reason: str, facts: dict[str, Any], path: str, message: str
) -> None:
    failure = Failure(Code.INVALID_ARGUMENT, "as it is", reason=reason, context=facts)
    wire = WireRequest("POST", path, {}, {}, b"")
    assert reword_failure(failure, wire).message == message


def test_ids_of_calls_on_vertex_ai_look_like_random_uuids() -> None:
    name = make_vertex_call_id(bytes(range(64)), "2.5")
    assert name == "function-call-00010203-0405-4607-a809-0a0b0c0d0e0f"
    assert re.fullmatch(r"function-call-\w{8}-\w{4}-4\w{3}-a\w{3}-\w{12}", name)


@pytest.mark.parametrize("alternatives", [0, 1, 5, 20])
def test_a_long_reply_has_probabilities_at_its_beginning(alternatives: int) -> None:
    candidate = Candidate((Text("a, " * 20_000),))
    found = make_logprobs(candidate, alternatives)["logprobsResult"]
    count = MAX_ENTRIES // (alternatives + 1)
    assert len(found["chosenCandidates"]) == count
    rows = [row["candidates"] for row in found.get("topCandidates", ())]
    assert [len(row) for row in rows] == [alternatives] * (count if alternatives else 0)
    for row, first in zip(rows, found["chosenCandidates"], strict=False):
        assert row[0] == first
        values = [entry["logProbability"] for entry in row]
        assert values == sorted(values, reverse=True)
        assert len({entry["token"] for entry in row}) == alternatives


def ask(text: str, **more: Any) -> Any:
    body = {"contents": [{"parts": [{"text": text}]}], **more}
    path = "/v1beta/models/gemini-2.5-flash:generateContent"
    return Asker().send("POST", path, json.dumps(body).encode(), {"x-goog-api-key": "k"})


@pytest.mark.parametrize("text", ["hi", "Explain how AI works", "Write a long story about a fox"])
def test_the_time_of_a_reply_grows_with_its_tokens(text: str) -> None:
    """180 ms and 6 ms for each token, up to 9.9 s; the front end writes tenths of a second."""
    answer = ask(text, generationConfig={"thinkingConfig": {"thinkingBudget": 0}})
    tokens = answer.json["usageMetadata"]["candidatesTokenCount"]
    size = len("application/json; charset=UTF-8")
    tenths = min(180 + 6 * tokens, 9900) // 100
    assert answer.header("server-timing") == [f"gfet4t7; dur={tenths}{size}"]


def test_a_tool_s_result_keeps_its_characters() -> None:
    call = {"functionCall": {"name": "f", "args": {}}}
    result = {"functionResponse": {"name": "f", "response": {"größe": "5 €", "b": 1}}}
    contents = [
        {"role": "user", "parts": [{"text": "hi"}]},
        {"role": "model", "parts": [call]},
        {"role": "user", "parts": [result]},
    ]
    path = "/v1beta/models/gemini-2.5-flash:generateContent"
    tools = [{"functionDeclarations": [{"name": "f"}]}]
    body = json.dumps({"contents": contents, "tools": tools}).encode()
    answer = Asker().send("POST", path, body, {"x-goog-api-key": "k"})
    text = answer.json["candidates"][0]["content"]["parts"][0]["text"]
    assert "größe" in text
    assert "5 €" in text


GEMINI = "/v1beta/models"
VERTEX = "/v1/projects/p/locations/global/publishers/google/models"


@pytest.mark.parametrize(
    ("path", "method", "name", "value", "range_"),
    [
        (GEMINI, "imagen-4.0-generate-001:predict", "sampleCount", 9, "1 and 4"),
        (VERTEX, "imagen-4.0-generate-001:predict", "sampleCount", 9, "1 and 4"),
        (GEMINI, "veo-3.1-generate-preview:predictLongRunning", "durationSeconds", 99, "4 and 8"),
    ],
)
def test_numbers_out_of_bound_have_the_same_message_everywhere(
    path: str, method: str, name: str, value: int, range_: str
) -> None:
    body = json.dumps({"instances": [{"prompt": "a"}], "parameters": {name: value}}).encode()
    key = {"x-goog-api-key": "k"} if path == GEMINI else {"authorization": "Bearer ya29.x"}
    answer = Asker().send("POST", f"{path}/{method}", body, key)
    assert (answer.status, answer.error["message"]) == (
        400,
        f"The number value for `{name}` is out of bound. Please provide a value between {range_}, "
        "inclusive.",
    )


def test_the_two_services_name_operations_differently() -> None:
    body = json.dumps({"instances": [{"prompt": "a"}]}).encode()
    for path, headers, start in (
        (GEMINI, {"x-goog-api-key": "k"}, ""),
        (VERTEX, {"authorization": "Bearer ya29.x"}, VERTEX.removeprefix("/v1/")[:-6]),
    ):
        target = f"{path}/veo-3.1-generate-preview:predictLongRunning"
        name = Asker().send("POST", target, body, headers).json["name"]
        assert re.fullmatch(rf"{start}models/veo-3.1-generate-preview/operations/\w+", name)


def test_vertex_ai_reads_cloud_storage() -> None:
    link = {"fileData": {"mimeType": "image/png", "fileUri": "gs://b/c.png"}}
    body = json.dumps({"contents": [{"role": "user", "parts": [link]}]}).encode()
    target = f"{VERTEX}/gemini-2.5-flash:generateContent"
    answer = Asker().send("POST", target, body, {"authorization": "Bearer ya29.x"})
    assert answer.status == 200
    assert "I received a PNG image." in answer.text


@pytest.mark.parametrize(
    ("path", "kind", "has_front_end"),
    [
        ("/v1/models", "application/json; charset=utf-8", False),
        ("/v1beta/openai/models", "application/json; charset=UTF-8", True),
    ],
)
def test_lists_of_models_have_the_headers_of_their_service(
    path: str, kind: str, has_front_end: bool
) -> None:
    answer = Asker().send("GET", path, b"", {"authorization": "Bearer k"})
    assert answer.header("content-type") == [kind]
    assert bool(answer.header("server-timing")) is has_front_end


def test_probabilities_fall_with_the_rank_and_have_seven_digits() -> None:
    found = make_logprobs(Candidate((Text("Hello you"),)), 3)
    rows = found["logprobsResult"]["topCandidates"]
    assert [row["candidates"][0]["token"] for row in rows] == ["Hello", " you"]
    for row in rows:
        first, second, third = [one["logProbability"] for one in row["candidates"]]
        assert -0.3005 < first < 0
        assert -3.8005 < second <= -3.5005
        assert -6.3005 < third <= -6.0005
        assert [round(value, 7) for value in (first, second, third)] == [first, second, third]
    values = [entry["logProbability"] for entry in found["logprobsResult"]["chosenCandidates"]]
    assert found["avgLogprobs"] == sum(values) / 2
    assert values == [-0.03221, -0.29618]
    assert make_logprobs(Candidate(()), 3) == {}
