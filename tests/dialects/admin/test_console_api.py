"""What the console needs from the admin API: its files, resources, cassettes, lists, snippets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import mockgem
from tests.asking import GEMINI, Asker
from tests.dialects.admin.test_admin import send

BROWSER = {"accept": "text/html,application/xhtml+xml", "host": "127.0.0.1:8090"}
CONSOLE = Path(mockgem.__file__).parent / "console"


@pytest.mark.parametrize("world", ["", "/w/mine"])
def test_a_browser_is_led_to_the_console(world: str) -> None:
    asker = Asker()
    for path in (f"{world}/", f"{world}/_mockgem/console"):
        answer = asker.send("GET", path, headers=BROWSER)
        assert answer.status == 302
        assert answer.header("location") == [f"{world}/_mockgem/console/"]
    page = asker.send("GET", f"{world}/_mockgem/console/", headers=BROWSER)
    assert page.status == 200
    assert page.header("content-type") == ["text/html; charset=utf-8"]


def test_an_api_client_gets_the_answer_of_the_service_at_the_root() -> None:
    assert Asker().send("GET", "/").status == 404
    assert Asker().send("GET", "/", headers={"accept": "application/json"}).status == 404
    assert Asker().send("GET", "/unknown", headers=BROWSER).status == 404


def test_each_file_of_the_console_is_served_with_its_type_and_a_strict_policy() -> None:
    asker = Asker()
    for file in CONSOLE.rglob("*.*"):
        name = file.relative_to(CONSOLE).as_posix()
        answer = asker.send("GET", f"/_mockgem/console/{name}")
        assert answer.body == file.read_bytes()
        policy = answer.header("content-security-policy")[0]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.header("x-content-type-options") == ["nosniff"]
        assert answer.header("x-frame-options") == ["DENY"]


@pytest.mark.parametrize(
    "name", ["nothing.js", "../data/models.json", "..%2fdata", "pages", "pages/../../py.typed"]
)
def test_other_files_are_not_served(name: str) -> None:
    assert Asker().send("GET", f"/_mockgem/console/{name}").status == 404


def test_the_console_is_small_and_loads_nothing_from_elsewhere() -> None:
    files = [file for file in CONSOLE.rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) < 250_000
    for file in files:
        text = file.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http://" not in text
        assert "https://" not in text
        assert "innerHTML" not in text


def test_with_a_token_the_console_loads_but_shows_nothing() -> None:
    asker = Asker(admin_token="secret")
    assert asker.send("GET", "/_mockgem/console/").status == 200
    for path in ("journal", "journal/events", "rules", "resources", "cassettes", "snippets"):
        assert asker.send("GET", f"/_mockgem/{path}", headers={}).status == 401, path
    token = {"authorization": "Bearer secret"}
    assert asker.send("GET", "/_mockgem/snippets", headers=token).status == 200


def test_curl_needs_no_content_type_but_a_page_does() -> None:
    asker, body = Asker(), b'{"rule": {"say": "hello"}}'
    form = {"content-type": "application/x-www-form-urlencoded", "host": "localhost:8090"}
    assert asker.send("POST", "/_mockgem/rules", body, form).status == 200
    for page in ({"origin": "http://localhost:3000"}, {"sec-fetch-site": "same-origin"}):
        assert asker.send("POST", "/_mockgem/rules", body, form | page).status == 400
    assert asker.send("POST", "/_mockgem/rules", body, {**form, "host": "box"}).status in (400, 421)


def test_pages_of_this_machine_may_use_the_admin_api_and_others_may_not() -> None:
    asker = Asker()
    asks = {
        "access-control-request-method": "PUT",
        "access-control-request-headers": "content-type",
    }
    local = asker.send(
        "OPTIONS", "/_mockgem/scenario", headers={"origin": "http://localhost:3000", **asks}
    )
    assert local.header("access-control-allow-origin") == ["http://localhost:3000"]
    assert not local.header("access-control-allow-credentials")
    foreign = asker.send(
        "OPTIONS", "/_mockgem/scenario", headers={"origin": "http://evil.example", **asks}
    )
    assert not foreign.header("access-control-allow-origin")
    answer = asker.send("GET", "/_mockgem/journal", headers={"origin": "http://evil.example"})
    assert answer.status == 403


def test_the_page_of_the_server_itself_may_use_the_admin_api_under_its_own_name() -> None:
    asker = Asker(host="0.0.0.0", admin_token="secret")
    headers = {
        "host": "mockgem:8090",
        "origin": "http://mockgem:8090",
        "authorization": "Bearer secret",
        "content-type": "application/json",
    }
    body = b'{"name": "overloaded"}'
    assert asker.send("PUT", "/_mockgem/scenario", body, headers).status == 200
    other = headers | {"origin": "http://other:8090"}
    assert asker.send("PUT", "/_mockgem/scenario", body, other).status == 403


# Journal


def test_the_journal_is_read_newest_first_in_pages() -> None:
    asker = Asker()
    for number in range(5):
        asker.chat(f"question {number}")
    page = send(asker, "GET", "/journal", order="desc", limit="2", bodies="false").json
    assert [entry["number"] for entry in page["entries"]] == [5, 4]
    assert (page["found"], page["next"]) == (5, 4)
    rest = send(asker, "GET", "/journal", order="desc", before="4").json
    assert [entry["number"] for entry in rest["entries"]] == [3, 2, 1]
    assert rest["next"] is None


def test_a_preview_has_the_prompt_and_the_tokens() -> None:
    asker = Asker()
    asker.chat("What is a mock?")
    contents = {"contents": [{"parts": [{"text": "Hello"}, {"text": "World"}]}]}
    path = "/v1beta/models/gemini-2.5-flash:generateContent"
    asker.send("POST", path, json.dumps(contents).encode(), {"x-goog-api-key": "k"})
    asker.send("POST", f"{GEMINI}/chat/completions", b"no json")
    entries = send(asker, "GET", "/journal", preview="true", bodies="false").json["entries"]
    assert [entry.get("preview") for entry in entries] == ["What is a mock?", "World", None]
    assert entries[0]["tokens"] > 0
    assert "preview" not in send(asker, "GET", "/journal").json["entries"][0]


@pytest.mark.parametrize(
    "query", [{"order": "up"}, {"before": "3"}, {"order": "desc", "before": "x"}]
)
def test_an_order_that_is_not_valid_is_refused(query: dict[str, str]) -> None:
    assert send(Asker(), "GET", "/journal", **query).status == 400


# Resources


def make_video(asker: Asker) -> str:
    body = json.dumps({"instances": [{"prompt": "A gem"}]}).encode()
    path = "/v1beta/models/veo-3.1-generate-preview:predictLongRunning"
    answer = asker.send("POST", path, body, {"x-goog-api-key": "k"})
    return str(answer.json["name"])


def read(asker: Asker, path: str) -> Any:
    return asker.send("GET", path, headers={"x-goog-api-key": "k"}).json


def act(asker: Asker, kind: str, name: str, action: str) -> Any:
    answer = send(asker, "POST", "/resources", {"kind": kind, "name": name, "action": action})
    assert answer.status == 200, answer.text
    return answer.json


def find(asker: Asker, kind: str) -> dict[str, Any]:
    found = send(asker, "GET", "/resources").json["resources"]
    return next(one for one in found if one["kind"] == kind)


@pytest.mark.parametrize(("action", "key"), [("complete", "response"), ("fail", "error")])
def test_a_video_is_completed_or_fails_at_the_next_poll(action: str, key: str) -> None:
    asker = Asker()
    operation = make_video(asker)
    video = find(asker, "video")
    assert (video["state"], video["actions"]) == ("processing", ["complete", "fail"])
    assert act(asker, "video", video["name"], action)["actions"] == []
    polled = read(asker, f"/v1beta/{operation}")
    assert polled["done"] is True
    assert key in polled


def test_a_file_fails_becomes_active_and_expires() -> None:
    asker = Asker()
    headers = {"x-goog-api-key": "k", "content-type": "video/mp4", "x-goog-upload-protocol": "raw"}
    uploaded = asker.send("POST", "/upload/v1beta/files", b"\0" * 64, headers).json["file"]
    file = find(asker, "file")
    assert uploaded["name"] == f"files/{file['name']}"
    assert file["state"] == "PROCESSING"
    for action, state in (("fail", "FAILED"), ("complete", "ACTIVE")):
        act(asker, "file", file["name"], action)
        assert read(asker, f"/v1beta/{uploaded['name']}")["state"] == state
    assert act(asker, "file", file["name"], "expire")["state"] == "EXPIRED"
    answer = asker.send("GET", f"/v1beta/{uploaded['name']}", headers={"x-goog-api-key": "k"})
    assert answer.status == 403


def test_an_interaction_in_the_background_is_completed_or_fails() -> None:
    for action, state in (("complete", "completed"), ("fail", "failed")):
        asker = Asker()
        body = {"model": "gemini-2.5-flash", "input": "Hello", "background": True}
        made = asker.send(
            "POST", "/v1beta/interactions", json.dumps(body).encode(), {"x-goog-api-key": "k"}
        ).json
        assert find(asker, "interaction")["actions"] == ["complete", "fail"]
        act(asker, "interaction", made["id"], action)
        assert read(asker, f"/v1beta/interactions/{made['id']}")["status"] == state


def test_a_response_in_the_background_is_completed_or_fails() -> None:
    for action, state in (("complete", "completed"), ("fail", "failed")):
        asker = Asker()
        body = {"model": "gemini-2.5-flash", "input": "Hello", "background": True}
        made = asker.send("POST", "/v1/responses", json.dumps(body).encode()).json
        assert find(asker, "response")["actions"] == ["complete", "fail"]
        act(asker, "response", made["id"], action)
        shown = asker.send("GET", f"/v1/responses/{made['id']}").json
        assert shown["status"] == state
        assert bool(shown["output"])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"kind": "video", "name": "none", "action": "complete"}, 404),
        ({"kind": "planet", "name": "none", "action": "complete"}, 404),
        ({"kind": "video", "name": "none", "action": "expire"}, 400),
        ({"kind": "video", "name": "none"}, 400),
    ],
)
def test_an_action_that_is_not_possible_is_refused(body: dict[str, str], status: int) -> None:
    assert send(Asker(), "POST", "/resources", body).status == status


# Lists


def test_failures_have_errors_faults_and_latencies() -> None:
    found = send(Asker(), "GET", "/failures").json
    assert {"name", "status", "why"} <= found["errors"][0].keys()
    assert "stall" in {fault["name"] for fault in found["faults"]}
    asker = Asker()
    for error in found["errors"][:5]:
        send(asker, "POST", "/rules", {"rule": {"fail": error["name"], "when": {"times": 1}}})
        assert asker.chat("hi").status == error["status"]


def test_snippets_name_the_world_of_the_request() -> None:
    asker = Asker()
    found = asker.send("GET", "/w/mine/_mockgem/snippets", headers={"host": "localhost:9"}).json
    assert found["url"] == "http://localhost:9/w/mine"
    assert all("{url}" not in one["code"] for one in found["snippets"])
    assert "http://localhost:9/w/mine/v1beta/openai/" in [one["url"] for one in found["base_urls"]]


def test_cassettes_show_what_was_played_and_what_has_no_recording(tmp_path: Path) -> None:
    interaction = """- request:
    method: POST
    uri: https://generativelanguage.googleapis.com/v1beta/openai/chat/completions
    body: '{"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "%s"}]}'
    headers: {}
  response:
    status: {code: 200, message: OK}
    headers: {Content-Type: [application/json]}
    body: {string: '{"choices": []}'}
"""
    file = tmp_path / "calls.yaml"
    file.write_text(f"version: 1\ninteractions:\n{interaction % 'one'}{interaction % 'two'}")
    asker = Asker(cassette=str(file), on_miss="fail")
    asker.chat("one")
    asker.chat("three")
    found = send(asker, "GET", "/cassettes").json
    (cassette,) = found["cassettes"]
    assert (cassette["path"], cassette["played"], cassette["unplayed"]) == (str(file), 1, 1)
    assert [one["played"] for one in cassette["interactions"]] == [True, False]
    assert [miss["number"] for miss in found["misses"]] == [2]
    assert "The nearest is POST" in found["misses"][0]["message"]
