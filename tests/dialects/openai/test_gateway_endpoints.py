"""What gateways offer beside chat and responses: what they refuse, and never with a 5xx."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.asking import GATEWAY, GEMINI, MODEL, VERTEX, Asker
from tests.dialects.openai.responses.talking import post
from tests.laws import calm

BASES = (GEMINI, VERTEX, GATEWAY)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
FIELDS = {
    "/completions": ("model", "prompt", "stream", "stop", "n", "max_tokens", "echo"),
    "/moderations": ("model", "input"),
    "/uploads": ("filename", "purpose", "bytes", "mime_type"),
    "/batches": ("input_file_id", "endpoint", "completion_window", "metadata"),
    "/images/edits": ("model", "prompt", "n", "size"),
    "/audio/translations": ("model", "file", "response_format"),
    "/videos": ("model", "prompt", "seconds", "size"),
    "/files": ("file", "purpose"),
}


@calm(100)
@given(st.data())
def test_no_body_is_a_500(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(FIELDS)))
    body = data.draw(st.dictionaries(st.sampled_from(FIELDS[path]), VALUES, max_size=3))
    assert post(Asker(), path, **body).status < 500


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("/completions", {"model": "gemini-2.5-flash", "prompt": ["a", "b"]}, 400, "one text"),
        ("/completions", {"model": "nope", "prompt": "a"}, 404, "models/nope"),
        ("/moderations", {}, 400, "'input'"),
        ("/files", {"purpose": "batch"}, 400, "'file'"),
        ("/uploads", {"filename": "a"}, 400, "'purpose'"),
        (
            "/uploads",
            {"filename": "a", "purpose": "batch", "mime_type": "a/b", "bytes": -1},
            400,
            "expected 0 or more",
        ),
        (
            "/uploads",
            {"filename": "a", "purpose": "fun", "mime_type": "a/b", "bytes": 1},
            400,
            "assistants, batch, fine-tune, vision, user_data, evals",
        ),
        ("/audio/speech", {"input": ["a"]}, 400, "'input'"),
        ("/audio/speech", {"input": "a", "response_format": 3}, 400, "'response_format'"),
        ("/videos", {"model": "veo-3.1-generate-preview", "prompt": {"a": 1}}, 400, "'prompt'"),
        ("/videos", {"model": [1], "prompt": "a"}, 400, "'model'"),
        ("/responses", {"input": "a", "conversation": {"name": "a"}}, 400, "'conversation.id'"),
        ("/uploads/upload_x/complete", {"part_ids": []}, 404, "No such Upload"),
        ("/batches", {"endpoint": "/v1/nothing"}, 400, "/v1/responses"),
        ("/batches", {"endpoint": "/v1/responses"}, 400, "input_file_id"),
        ("/images/edits", {"model": "gemini-2.5-flash-image", "prompt": "a"}, 400, "'image'"),
    ],
)
def test_refusals_have_the_gateways_envelope(
    path: str, body: dict[str, Any], status: int, words: str
) -> None:
    refused = post(Asker(), path, **body)
    assert refused.status == status
    assert words in refused.error["message"]
    assert refused.error["code"] == status


def test_batches_of_other_surfaces_are_not_listed() -> None:
    asker = Asker()
    head = {"authorization": "Bearer k", "content-type": "multipart/form-data; boundary=edge"}
    line = json.dumps({"custom_id": "a", "url": "/v1/responses", "body": {"input": "Hi"}})
    form = (
        '--edge\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nbatch\r\n'
        '--edge\r\nContent-Disposition: form-data; name="file"; filename="a.jsonl"\r\n\r\n'
        f"{line}\r\n--edge--\r\n"
    )
    file = asker.send("POST", "/v1/files", form.encode(), head).json
    made = post(asker, "/batches", input_file_id=file["id"], endpoint="/v1/responses").json
    listed = asker.send("GET", "/v1/batches").json
    assert [one["id"] for one in listed["data"]] == [made["id"]]
    assert asker.send("GET", "/v1beta/openai/batches").json["data"] == []


def test_a_page_of_files_has_up_to_ten_thousand() -> None:
    listed = Asker().send("GET", "/v1/files", query={"limit": "10000"})
    assert listed.json == {
        "object": "list", "data": [], "first_id": None, "last_id": None, "has_more": False,
    }  # fmt: skip
    refused = Asker().send("GET", "/v1/files", query={"limit": "10001"})
    assert "expected 1 to 10000" in refused.error["message"]


def test_many_texts_have_the_scores_of_few() -> None:
    texts = [f"text {number}" for number in range(300)]
    many = post(Asker(), "/moderations", input=texts).json["results"]
    assert many[:2] == post(Asker(), "/moderations", input=texts[:2]).json["results"]
    assert len(many) == 300


def test_an_upload_expires() -> None:
    asker = Asker()
    about = {"filename": "a.txt", "purpose": "user_data", "bytes": 3, "mime_type": "text/plain"}
    made = post(asker, "/uploads", **about).json
    assert made["status"] == "pending"
    asker.world.clock.advance(3601)
    refused = post(asker, f"/uploads/{made['id']}/complete", part_ids=[])
    assert refused.status == 400
    assert "expired" in refused.error["message"]


VIDEO = {"model": "veo-3.1-generate-preview", "prompt": "A fox"}
UPLOAD = {"filename": "a", "purpose": "user_data", "bytes": 3, "mime_type": "text/plain"}
HELLO = {"model": "gemini-2.5-flash", "input": "Hello"}
RESOURCES: list[tuple[str, dict[str, Any], list[str]]] = [
    ("/responses", HELLO, ["GET ", "DELETE ", "POST /cancel", "GET /input_items"]),
    ("/conversations", {}, ["GET ", "DELETE ", "POST ", "GET /items", "POST /items"]),
    ("/uploads", UPLOAD, ["POST /parts", "POST /complete", "POST /cancel"]),
    ("/videos", VIDEO, ["GET ", "DELETE ", "GET /content", "POST /remix"]),
]


@pytest.mark.parametrize(("path", "body", "methods"), RESOURCES)
def test_resources_belong_to_one_world(path: str, body: Any, methods: list[str]) -> None:
    asker = Asker()
    made = asker.send("POST", f"/w/one/v1{path}", json.dumps(body).encode()).json
    for row in methods:
        method, _, rest = row.partition(" ")
        content = b'{"items": [], "metadata": {}, "part_ids": [], "prompt": "a"}'
        headers = {"authorization": "Bearer k"}
        if rest == "/parts":
            content = b'--b\r\nContent-Disposition: form-data; name="data"; filename="a"\r\n\r\na'
            headers["content-type"] = "multipart/form-data; boundary=b"
        there = asker.send(method, f"/w/two/v1{path}/{made['id']}{rest}", content, headers)
        assert there.status == 404, row
        assert made["id"] in there.error["message"]


def test_a_chain_does_not_lead_to_another_world() -> None:
    asker = Asker()
    made = asker.send("POST", "/w/one/v1/responses", json.dumps(HELLO).encode()).json
    more = {**HELLO, "previous_response_id": made["id"]}
    assert asker.send("POST", "/w/two/v1/responses", json.dumps(more).encode()).status == 400
    assert asker.send("POST", "/w/one/v1/responses", json.dumps(more).encode()).status == 200


def test_what_has_ended_stays_as_it_is() -> None:
    asker = Asker()
    upload = post(asker, "/uploads", **UPLOAD).json["id"]
    short = post(asker, f"/uploads/{upload}/complete", part_ids=[])
    assert (short.status, short.error["code"]) == (400, 400)
    assert post(asker, f"/uploads/{upload}/cancel").json["status"] == "cancelled"
    for rest in ("cancel", "complete"):
        assert post(asker, f"/uploads/{upload}/{rest}", part_ids=[]).status == 400
    response = post(asker, "/responses", **HELLO).json["id"]
    refused = post(asker, f"/responses/{response}/cancel")
    assert refused.status == 400
    assert refused.error["message"].startswith("Cannot cancel a synchronous response. (")


def test_a_gateway_has_its_own_names_of_models() -> None:
    chat = {"messages": [{"role": "user", "content": "Hi"}]}
    for path, body in (
        ("/chat/completions", chat),
        ("/responses", {"input": "Hi"}),
        ("/completions", {"prompt": "Hi"}),
    ):
        answer = post(Asker(), path, model="gemini-2.5-flash-thinking", **body)
        assert answer.status == 200
        assert answer.json["model"] == "gemini-2.5-flash-thinking"


@pytest.mark.parametrize("stream", [False, True])
def test_a_completion_repeats_its_prompt_if_that_is_asked_for(stream: bool) -> None:
    def complete(**more: Any) -> str:
        body = {"model": "gemini-2.5-flash", "prompt": ["Say hello"], "stream": stream, **more}
        answer = post(Asker(), "/completions", **body)
        if not stream:
            return str(answer.json["choices"][0]["text"])
        return "".join([event["choices"][0]["text"] for event in answer.events])

    plain = complete()
    assert plain
    assert complete(echo=True) == "Say hello" + plain
    assert complete(echo=False, prompt="Say hello") == plain


def test_a_completion_shows_its_usage() -> None:
    body = {"model": "gemini-2.5-flash", "prompt": "Say hello"}
    usage = post(Asker(), "/completions", **body).json["usage"]
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"] > 0
    options = {"include_usage": True}
    streamed = post(Asker(), "/completions", **body, stream=True, stream_options=options).events
    assert (streamed[-1]["choices"], streamed[-1]["usage"]) == ([], usage)


CONTRADICTION = {"type": "object", "properties": {"a": {"type": "array"}}}
FLAW = "* GenerateContentRequest.tools[0].function_declarations[1].parameters.properties[a].items: "


@pytest.mark.parametrize("lenient", [False, True])
def test_a_gateway_refuses_schemas_that_contradict_themselves(lenient: bool) -> None:
    functions = [{"name": "f"}, {"name": "g", "parameters": CONTRADICTION}]
    chat = {
        "messages": [{"role": "user", "content": "Hi"}],
        "tools": [{"type": "function", "function": function} for function in functions],
    }
    body = {"model": "gemini-2.5-flash", **chat}
    answer = post(Asker(lenient=lenient), "/chat/completions", **body)
    if lenient:
        assert answer.status == 200
    else:
        assert answer.error["message"].startswith(f"{FLAW}missing field. (")
    wrong = {"name": "g", "parameters": {"type": "object", "required": 1}}
    body["tools"] = [{"type": "function", "function": wrong}]
    refused = post(Asker(), "/chat/completions", **body)
    assert refused.error["message"].startswith(
        "Invalid value at 'tools[0].function_declarations[0].parameters.required' (TYPE_STRING), 1"
    )
    keyword = {"name": "g", "parameters": {"type": "object", "additionalProperties": False}}
    body["tools"] = [{"type": "function", "function": keyword}]
    assert post(Asker(), "/chat/completions", **body).status == 200, "it removes such keywords"


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    "path", [*[f"{base}/chat/completions" for base in BASES], "/v1/completions"]
)
def test_a_repeated_answer_is_whole_and_has_another_id(path: str, stream: bool) -> None:
    """A repeated answer is made from a template, with an id of the same length."""
    asker = Asker()
    model = f"google/{MODEL}" if path.startswith(VERTEX) else MODEL
    tools = [{"type": "function", "function": {"name": "f", "parameters": {}}}]
    chat = {"messages": [{"role": "user", "content": "Say hello"}], "tools": tools}
    asked = {"prompt": "Say hello"} if path == "/v1/completions" else chat
    body = json.dumps({"model": model, "stream": stream, **asked}).encode()

    def ask() -> list[Any]:
        answer = asker.send("POST", path, body)
        assert answer.status == 200
        return answer.events if stream else [answer.json]

    answers = [ask() for _ in range(4)]
    ids = [{event["id"] for event in events} for events in answers]
    assert [len(found) for found in ids] == [1] * 4
    names = [name for found in ids for name in found]
    assert len({len(name) for name in names}) == 1
    texts = [
        json.dumps(events).replace(name, "ID") for events, name in zip(answers, names, strict=True)
    ]
    assert len(set(texts)) == 1
