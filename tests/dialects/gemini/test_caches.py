"""Context caches: their lives, their refusals, and questions on top of them."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from mockgem.core.errors import ApiError
from mockgem.dialects.gemini.caches import check_timestamp, is_duration
from mockgem.operations.generators.picture import render_picture
from mockgem.operations.generators.seeded_random import SeededRandom
from tests.asking import GEMINI, Answer, Asker
from tests.dialects.gemini.test_files import put

KEY = {"x-goog-api-key": "k"}
LONG = "This paragraph about request routing and deterministic replay is here to be long. " * 80


def call(asker: Asker, method: str, path: str, body: Any = None, **query: str) -> Answer:
    data = b"" if body is None else json.dumps(body).encode()
    return asker.send(method, "/v1beta/" + path, data, KEY, query)


def create(asker: Asker, text: str = LONG, **more: Any) -> Answer:
    body = {
        "model": "models/gemini-2.5-flash",
        "contents": [{"role": "user", "parts": [{"text": text}]}],
        **more,
    }
    return call(asker, "POST", "cachedContents", body)


def test_a_cache_as_recorded() -> None:
    asker = Asker()
    cache = create(asker).json
    assert set(cache) == {
        "name",
        "model",
        "createTime",
        "updateTime",
        "expireTime",
        "displayName",
        "usageMetadata",
    }
    assert cache["name"].startswith("cachedContents/")
    assert len(cache["name"]) == len("cachedContents/") + 40
    assert (cache["displayName"], cache["expireTime"]) == ("", "2026-11-01T01:00:00.734812000Z")
    assert cache["usageMetadata"]["totalTokenCount"] > 1024
    assert call(asker, "GET", cache["name"]).json == cache


@pytest.mark.parametrize("key", ["systemInstruction", "system_instruction"])
def test_a_system_instruction_counts(key: str) -> None:
    answer = create(Asker(), "x", **{key: {"parts": [{"text": LONG}]}})
    assert answer.json["usageMetadata"]["totalTokenCount"] > 1024


def test_a_small_cache_is_refused() -> None:
    answer = create(Asker(), "x" * 388)
    assert answer.status == 400
    words = "Cached content is too small. total_token_count=97, min_total_token_count=1024"
    assert answer.error == {"code": 400, "message": words, "status": "INVALID_ARGUMENT"}
    assert create(Asker(), model="models/gemini-2.5-pro").status == 400
    assert create(Asker(lenient=True), "x").status == 200


def test_a_cache_expires_as_requested_and_can_be_prolonged() -> None:
    asker = Asker()
    name = create(asker, ttl="300s").json["name"]
    asker.world.clock.advance(299)
    changed = call(asker, "PATCH", name, {"ttl": "600.000000000s"}, updateMask="ttl").json
    assert (changed["expireTime"], changed["updateTime"]) == (
        "2026-11-01T00:14:59.734812000Z",
        "2026-11-01T00:04:59.734812Z",
    )
    assert (
        call(asker, "PATCH", name, {"expireTime": "2026-11-01T00:10:00Z"}).json["expireTime"]
        == "2026-11-01T00:10:00Z"
    )
    asker.world.clock.advance(301)
    for answer in (
        call(asker, "GET", name),
        call(asker, "DELETE", name),
        call(asker, "PATCH", name, {"ttl": "9s"}),
    ):
        assert answer.status == 403
        assert answer.error["message"] == "CachedContent not found (or permission denied)"


def test_a_cache_with_an_expiry_in_the_past_is_created_and_not_found() -> None:
    asker = Asker()
    made = create(asker, expireTime="2020-01-01T00:00:00Z")
    assert (made.status, made.json["expireTime"]) == (200, "2020-01-01T00:00:00Z")
    assert call(asker, "GET", made.json["name"]).status == 403
    assert call(asker, "GET", "cachedContents").json == {}


def test_caches_are_listed_newest_first() -> None:
    asker = Asker()
    names = [create(asker, displayName=f"page-{number}").json["name"] for number in range(3)]
    first = call(asker, "GET", "cachedContents", pageSize="2").json
    second = call(
        asker, "GET", "cachedContents", pageSize="2", pageToken=first["nextPageToken"]
    ).json
    assert [one["name"] for one in first["cachedContents"] + second["cachedContents"]] == names[
        ::-1
    ]
    assert call(asker, "DELETE", names[0]).json == {}
    assert len(call(asker, "GET", "cachedContents").json["cachedContents"]) == 2


REFUSED: list[tuple[Any, str]] = [
    (
        {"ttl": "soon"},
        "Invalid value at 'cached_content.ttl' (type.googleapis.com/google.protobuf.Duration), "
        '"soon"',
    ),
    ({"ttl": 5}, "Invalid value at 'ttl' (TYPE_STRING), 5"),
    (
        {"expireTime": "tomorrow"},
        "Invalid value at 'cached_content.expire_time' "
        '(type.googleapis.com/google.protobuf.Timestamp), "tomorrow"',
    ),
    (
        {"colour": "red"},
        'Invalid JSON payload received. Unknown name "colour": Cannot find field.',
    ),
]


@pytest.mark.parametrize(("more", "message"), REFUSED)
def test_bad_requests_are_refused(more: Any, message: str) -> None:
    answer = create(Asker(), **more)
    assert (answer.status, answer.error["message"]) == (400, message)


def test_a_model_without_caches_is_refused() -> None:
    answer = create(Asker(), model="models/gemini-embedding-001")
    assert answer.status == 404
    assert (
        "is not found for API version v1beta, or is not supported for createCachedContent"
        in answer.error["message"]
    )


def chat(asker: Asker, name: str, **more: Any) -> Answer:
    return asker.chat("Summarize it", extra_body={"google": {"cached_content": name}}, **more)


def test_a_chat_with_a_cache_reports_cached_tokens() -> None:
    asker = Asker()
    cache = create(asker).json
    usage = chat(asker, cache["name"]).json["usage"]
    tokens = cache["usageMetadata"]["totalTokenCount"]
    assert usage["prompt_tokens_details"] == {"cached_tokens": tokens}
    assert usage["prompt_tokens"] == tokens + 3
    plain = asker.chat("Summarize it").json
    assert "prompt_tokens_details" not in plain["usage"]
    last = chat(asker, cache["name"], stream=True, stream_options={"include_usage": True}).events[
        -1
    ]
    assert last["usage"]["prompt_tokens_details"] == {"cached_tokens": tokens}


def test_google_s_own_api_reports_cached_tokens_too() -> None:
    asker = Asker()
    cache = create(asker).json
    body = {"contents": [{"parts": [{"text": "Summarize it"}]}], "cachedContent": cache["name"]}
    usage = call(asker, "POST", "models/gemini-2.5-flash:generateContent", body).json[
        "usageMetadata"
    ]
    tokens = cache["usageMetadata"]["totalTokenCount"]
    assert usage["cachedContentTokenCount"] == tokens
    assert usage["cacheTokensDetails"] == [{"modality": "TEXT", "tokenCount": tokens}]
    assert usage["promptTokenCount"] == tokens + 3


def test_tools_in_a_cache_are_called() -> None:
    asker = Asker()
    tool = {
        "name": "get_weather",
        "parameters": {"type": "OBJECT", "properties": {"city": {"type": "STRING"}}},
    }
    name = create(asker, tools=[{"functionDeclarations": [tool]}]).json["name"]
    answer = asker.chat(
        "What's the weather in Chicago?", extra_body={"google": {"cached_content": name}}
    )
    assert answer.message["tool_calls"][0]["function"]["name"] == "get_weather"


def test_a_request_with_a_cache_may_not_set_what_the_cache_sets() -> None:
    asker = Asker()
    name = create(asker).json["name"]
    other = chat(asker, name, model="gemini-2.5-pro")
    assert other.status == 400
    assert "has to be the same" in other.error["message"]
    tools = [{"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}]
    assert "CachedContent can not be used with" in chat(asker, name, tools=tools).error["message"]
    assert chat(asker, "cachedContents/none").status == 403
    asker.world.clock.advance(3600)
    gone = chat(asker, name)
    assert (gone.status, gone.error["status"]) == (403, "PERMISSION_DENIED")


def test_the_reply_cache_does_not_hide_that_a_cache_expired() -> None:
    asker = Asker()
    name = create(asker).json["name"]
    for _ in range(3):
        assert chat(asker, name).status == 200
    asker.world.clock.advance(3600)
    assert chat(asker, name).status == 403


def test_the_surface_is_the_same_under_its_versions() -> None:
    asker = Asker()
    name = create(asker).json["name"]
    for version in ("v1", "v1alpha"):
        assert asker.send("GET", f"/{version}/{name}", headers=KEY).status == 200
    assert asker.send("GET", GEMINI + "/cachedContents", headers=KEY).status == 404


def test_the_tokens_of_a_file_in_a_cache_count() -> None:
    asker = Asker()
    file = put(asker, LONG.encode() * 2, mime_type="text/plain")
    part = {"fileData": {"fileUri": file["uri"], "mimeType": "text/plain"}}
    body = {"model": "models/gemini-2.5-flash", "contents": [{"role": "user", "parts": [part]}]}
    assert (
        call(asker, "POST", "cachedContents", body).json["usageMetadata"]["totalTokenCount"] > 1024
    )
    asker.send("DELETE", "/v1beta/" + file["name"], headers=KEY)
    assert call(asker, "POST", "cachedContents", body).status == 403


def test_the_limit_of_the_storage_holds_for_caches() -> None:
    asker = Asker(max_state=30_000)
    statuses = [create(asker).status for _ in range(10)]
    assert statuses[0] == 200
    assert statuses[-1] == 429
    asker.world.clock.advance(3600)
    assert create(asker).status == 200


PICTURE = {
    "inlineData": {
        "mimeType": "image/png",
        "data": base64.b64encode(render_picture(SeededRandom(1), 64, 64)).decode(),
    }
}
FLASH = "models/gemini-2.5-flash"


def ask(asker: Asker, name: str, parts: list[Any], **more: Any) -> Answer:
    body = {"contents": [{"role": "user", "parts": parts}], "cachedContent": name, **more}
    return call(asker, "POST", f"{FLASH}:generateContent", body)


def test_media_in_a_cache_and_in_the_request_add_up() -> None:
    asker = Asker()
    body = {"model": FLASH, "contents": [{"role": "user", "parts": [PICTURE] * 8}]}
    cache = call(asker, "POST", "cachedContents", body).json
    held = cache["usageMetadata"]["totalTokenCount"]
    usage = ask(asker, cache["name"], [{"text": "What is the difference?"}, PICTURE]).json[
        "usageMetadata"
    ]
    assert usage["cachedContentTokenCount"] == held
    assert usage["promptTokenCount"] == sum(
        one["tokenCount"] for one in usage["promptTokensDetails"]
    )
    assert usage["promptTokenCount"] > held + held // 8
    assert usage["cacheTokensDetails"] == [{"modality": "IMAGE", "tokenCount": held}]


def test_a_cache_keeps_its_tools_and_their_tool_choice() -> None:
    asker = Asker()
    name = create(asker, tools=[{"codeExecution": {}}]).json["name"]
    assert "executableCode" in str(ask(asker, name, [{"text": "What is 12*3?"}]).json["candidates"])
    weather = {
        "functionDeclarations": [{"name": "get_weather", "description": "The weather in a city"}]
    }
    for mode, called in (("ANY", True), ("NONE", False)):
        config = {"functionCallingConfig": {"mode": mode}}
        name = create(asker, tools=[weather], toolConfig=config).json["name"]
        question = "Hello" if called else "The weather in Rome?"
        assert (
            "functionCall" in str(ask(asker, name, [{"text": question}]).json["candidates"])
        ) is called


@pytest.mark.parametrize(
    "more",
    [
        {"tools": [{"googleSearch": {}}]},
        {"toolConfig": {"functionCallingConfig": {"mode": "ANY"}}},
        {"systemInstruction": {"parts": [{"text": "x"}]}},
    ],
)
def test_settings_that_belong_into_the_cache_are_refused(more: dict[str, Any]) -> None:
    asker = Asker()
    answer = ask(asker, create(asker).json["name"], [{"text": "hi"}], **more)
    assert "CachedContent can not be used with GenerateContent request" in answer.error["message"]


def test_a_request_needs_contents_besides_its_cache() -> None:
    asker = Asker()
    name = create(asker).json["name"]
    answer = call(asker, "POST", f"{FLASH}:generateContent", {"cachedContent": name})
    assert "contents is not specified" in answer.error["message"]


@pytest.mark.parametrize(
    ("fields", "second"),
    [
        ({"ttl": "60s", "expireTime": "2026-12-01T00:00:00Z"}, "expireTime"),
        ({"expire_time": "2026-12-01T00:00:00Z", "ttl": "60s"}, "ttl"),
    ],
)
def test_a_time_to_live_and_an_end_together_are_refused(fields: Any, second: str) -> None:
    asker = Asker()
    name = create(asker).json["name"]
    for answer in (create(asker, **fields), call(asker, "PATCH", name, fields)):
        assert answer.status == 400
        assert answer.error["message"] == (
            "Invalid value at 'cached_content' (oneof), oneof field 'expiration' is already set. "
            f"Cannot set '{second}'"
        )


@pytest.mark.parametrize("ttl", ["0s", "-5s"])
def test_a_time_to_live_that_is_over_creates_a_cache_that_is_gone(ttl: str) -> None:
    """As an expiry in the past does, which is recorded."""
    asker = Asker()
    created = create(asker, ttl=ttl)
    assert created.status == 200
    assert call(asker, "GET", created.json["name"]).status == 403
    assert call(asker, "GET", "cachedContents").json == {}
    assert chat(asker, created.json["name"]).status == 403


@pytest.mark.parametrize("ttl", ["3.5s", "3.500000000s", "-0.5s", "3153600000s"])
def test_fractions_and_long_times_to_live_are_valid(ttl: str) -> None:
    assert create(Asker(), ttl=ttl).status == 200


@pytest.mark.parametrize("ttl", ["", "s", "5", "5m", " 5s", "1e3s", "٣s", "999999999999s"])
def test_other_times_to_live_are_refused_in_protobuf_s_words(ttl: str) -> None:
    answer = create(Asker(), ttl=ttl)
    assert answer.status == 400
    assert answer.error["message"] == (
        "Invalid value at 'cached_content.ttl' (type.googleapis.com/google.protobuf.Duration), "
        f'"{ttl}"'
    )


VERTEX = "/v1/projects/p/locations/us-central1"
TREE = {
    "type": "OBJECT",
    "properties": {"child": {"ref": "#/defs/leaf"}},
    "additionalProperties": {"type": "STRING"},
    "defs": {"leaf": {"type": "STRING"}},
}


def test_tools_of_vertex_caches_know_maps_and_references() -> None:
    asker = Asker()
    body = {
        "model": f"{VERTEX.removeprefix('/v1/')}/publishers/google/models/gemini-2.5-flash",
        "contents": [{"role": "user", "parts": [{"text": LONG}]}],
        "tools": [{"functionDeclarations": [{"name": "plant", "parameters": TREE}]}],
    }
    bearer = {"authorization": "Bearer ya29.token"}
    data = json.dumps(body).encode()
    assert asker.send("POST", f"{VERTEX}/cachedContents", data, bearer).status == 200
    refused = create(asker, tools=body["tools"])
    assert refused.status == 400
    assert 'Unknown name "additionalProperties"' in refused.json["error"]["message"]


def test_expired_caches_leave_the_store_when_another_one_comes() -> None:
    asker = Asker()
    names = [create(asker, LONG + str(number)).json["name"] for number in range(3)]
    call(asker, "PATCH", names[1], {"ttl": "60s"})
    asker.world.clock.advance(61)
    create(asker, LONG + "again")
    kept = asker.world.store.collections["caches"]  # type: ignore[attr-defined]
    assert len(kept) == 3
    asker.world.clock.advance(3600)
    create(asker, LONG + "once more")
    assert len(kept) == 1


@pytest.mark.parametrize(
    "text", ["0s", "300s", "-300s", "1.5s", "1.123456789s", "315576000000s", "-315576000000s"]
)
def test_a_duration_is_seconds_with_an_s(text: str) -> None:
    assert is_duration(text)


@pytest.mark.parametrize(
    "text",
    ["", "300", "s", "1.s", "1.1234567891s", "+1s", "1e3s", "315576000001s", "-315576000001s",
     "1s ", "٣s"],
)  # fmt: skip
def test_another_text_is_no_duration(text: str) -> None:
    assert not is_duration(text)


@pytest.mark.parametrize(
    ("moment", "is_valid"),
    [
        (-62_135_596_800, True),
        (-62_135_596_801, False),
        (253_402_300_799, True),
        (253_402_300_800, False),
    ],
)
def test_a_time_is_in_the_years_1_to_9999(moment: int, is_valid: bool) -> None:
    if is_valid:
        assert check_timestamp(moment) == moment
        return
    with pytest.raises(ApiError) as error:
        check_timestamp(moment)
    assert error.value.failure.message == "Request contains an invalid argument."
