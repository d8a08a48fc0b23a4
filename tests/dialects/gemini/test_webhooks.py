"""Webhooks on the wire, and deliveries of a running server."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import mockgem
from tests.asking import Answer, Asker
from tests.receiver import Receiver

KEY = {"x-goog-api-key": "k", "host": "127.0.0.1:8090"}
PATH = "/v1/webhooks"
HOOK = {
    "name": "MyBatchWebhook",
    "uri": "http://127.0.0.1:9/hook",
    "subscribed_events": ["batch.succeeded", "batch.failed"],
}


class Hooks:
    """Webhooks of one server."""

    def __init__(self, asker: Asker | None = None, world: str = "") -> None:
        self.asker = asker or Asker()
        self.world = world

    def send(
        self, method: str, path: str = PATH, body: Any = None, query: dict[str, str] | None = None
    ) -> Answer:
        data = b"" if body is None else json.dumps(body).encode()
        return self.asker.send(method, self.world + path, data, KEY, query or {})

    def create(self, **fields: Any) -> Any:
        answer = self.send("POST", body=HOOK | fields)
        assert answer.status == 200, answer.text
        return answer.json


@pytest.fixture
def hooks() -> Hooks:
    return Hooks()


def test_a_new_webhook_shows_its_secret_once(hooks: Hooks) -> None:
    created = hooks.create()
    secret = created.pop("new_signing_secret")
    assert secret.startswith("whsec_")
    assert created == {
        "id": created["id"],
        **HOOK,
        "state": "enabled",
        "create_time": "2026-11-01T00:00:00Z",
        "update_time": "2026-11-01T00:00:00Z",
        "signing_secrets": [{"truncated_secret": f"{secret[:9]}...{secret[-4:]}"}],
    }
    answer = hooks.send("GET", f"{PATH}/{created['id']}")
    assert answer.json == created
    assert answer.header("content-type") == ["application/json"]
    assert hooks.send("GET").json == {"webhooks": [created]}


def test_webhooks_have_pages(hooks: Hooks) -> None:
    names = [hooks.create(name=f"hook {n}")["name"] for n in range(3)]
    first = hooks.send("GET", query={"page_size": "2"}).json
    rest = hooks.send("GET", query={"page_token": first["next_page_token"]}).json
    found = [one["name"] for one in first["webhooks"] + rest["webhooks"]]
    assert found == names[::-1]


def test_a_change_leaves_other_fields(hooks: Hooks) -> None:
    webhook = hooks.create()
    path = f"{PATH}/{webhook['id']}"
    hooks.asker.world.clock.advance(60)
    changed = hooks.send("PATCH", path, {"subscribed_events": ["video.generated"]}).json
    assert changed["subscribed_events"] == ["video.generated"]
    assert (changed["name"], changed["uri"]) == (HOOK["name"], HOOK["uri"])
    assert changed["update_time"] == "2026-11-01T00:01:00Z"
    body = {"name": "new", "state": "disabled"}
    masked = hooks.send("PATCH", path, body, {"update_mask": "state"}).json
    assert (masked["name"], masked["state"]) == (HOOK["name"], "disabled")


def test_a_deleted_webhook_is_not_found(hooks: Hooks) -> None:
    path = f"{PATH}/{hooks.create()['id']}"
    assert hooks.send("DELETE", path).json == {}
    for method, suffix in (
        *(("GET", ""), ("DELETE", ""), ("PATCH", "")),
        *(("POST", ":ping"), ("POST", ":rotateSigningSecret")),
    ):
        answer = hooks.send(method, path + suffix, {} if method != "GET" else None)
        assert (answer.status, answer.error["code"]) == (404, "not_found")


def test_a_rotated_secret_replaces_the_earlier_one(hooks: Hooks) -> None:
    webhook = hooks.create()
    path = f"{PATH}/{webhook['id']}"
    # The documentation writes the behaviour in capitals, the SDK in small letters.
    body = {"revocation_behavior": "REVOKE_PREVIOUS_SECRETS_AFTER_H24"}
    secret = hooks.send("POST", f"{path}:rotateSigningSecret", body).json["secret"]
    assert secret.startswith("whsec_")
    assert secret != webhook["new_signing_secret"]
    shown = hooks.send("GET", path).json
    assert "new_signing_secret" not in shown
    assert [one.get("expire_time") for one in shown["signing_secrets"]] == [
        "2026-11-02T00:00:00Z",
        None,
    ]
    body = {"revocation_behavior": "revoke_previous_secrets_immediately"}
    hooks.send("POST", f"{path}:rotateSigningSecret", body)
    assert len(hooks.send("GET", path).json["signing_secrets"]) == 1


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "'uri' is required"),
        ({"uri": HOOK["uri"]}, "'subscribed_events' is required"),
        (HOOK | {"subscribed_events": []}, "'subscribed_events' is required"),
        (HOOK | {"subscribed_events": ["batch.started"]}, "'batch.started' is not supported"),
        (HOOK | {"subscribed_events": [5]}, "wrong type"),
        (HOOK | {"subscribed_events": "batch.succeeded"}, "wrong type"),
        (HOOK | {"uri": "https://example.org/hook"}, "--webhook-host example.org"),
        (HOOK | {"uri": "hook"}, "not an http or https URL"),
        (HOOK | {"uri": 5}, "wrong type"),
        (HOOK | {"name": "x" * 513}, "more than 512"),
        (HOOK | {"state": "asleep"}, "'asleep' is not supported"),
        (HOOK | {"colour": "red"}, "Unknown parameter 'colour'"),
        ([], "not an object"),
    ],
)
def test_webhooks_that_are_refused(hooks: Hooks, body: Any, words: str) -> None:
    answer = hooks.send("POST", body=body)
    assert (answer.status, answer.error["code"]) == (400, "invalid_request")
    assert words in answer.error["message"]
    assert hooks.send("GET").json == {"webhooks": []}


def test_changes_that_are_refused(hooks: Hooks) -> None:
    path = f"{PATH}/{hooks.create()['id']}"
    for body, query in (
        ({"uri": "http://example.org/"}, {}),
        ({"subscribed_events": []}, {}),
        ({"state": "x"}, {}),
        ({}, {"update_mask": "id"}),
    ):
        assert hooks.send("PATCH", path, body, query).status == 400
    behaviour = {"revocation_behavior": "never"}
    assert hooks.send("POST", f"{path}:rotateSigningSecret", behaviour).status == 400


def test_a_webhook_can_not_ping(hooks: Hooks) -> None:
    path = f"{PATH}/{hooks.create()['id']}:ping"
    headers = KEY | {"webhook-signature": "v1,x"}
    assert hooks.asker.send("POST", path, b"{}", headers).status == 400


def test_a_missing_key_is_a_401(hooks: Hooks) -> None:
    answer = hooks.asker.send("GET", "/v1beta/webhooks", b"", {"host": KEY["host"]})
    assert (answer.status, answer.error["code"]) == (401, "authentication")


def test_worlds_do_not_share_webhooks(hooks: Hooks) -> None:
    webhook = hooks.create()
    other = Hooks(hooks.asker, "/w/other")
    assert other.send("GET", f"{PATH}/{webhook['id']}").status == 404
    assert other.send("GET").json == {"webhooks": []}


def test_webhooks_stay_in_a_state_folder(tmp_path: Path) -> None:
    state = str(tmp_path / "state")
    created = Hooks(Asker(state=state)).create()
    created.pop("new_signing_secret")
    assert Hooks(Asker(state=state)).send("GET").json == {"webhooks": [created]}


# Deliveries of a running server


class Server:
    """A running server, with a receiver that its webhooks lead to."""

    def __init__(self, url: str, receiver: Receiver) -> None:
        self.url = url
        self.receiver = receiver

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        data = (
            None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        )
        sent = {"x-goog-api-key": "k", "content-type": "application/json"} | headers
        request = urllib.request.Request(self.url + path, data, sent, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())

    def subscribe(self, *events: str) -> Any:
        body = {"uri": self.receiver.url, "subscribed_events": list(events)}
        return self.call("POST", PATH, body)

    def create_batch(self) -> str:
        requests = [{"request": {"contents": [{"parts": [{"text": "Hi"}]}]}}]
        batch = {"displayName": "b", "inputConfig": {"requests": {"requests": requests}}}
        path = "/v1beta/models/gemini-2.5-flash:batchGenerateContent"
        return str(self.call("POST", path, {"batch": batch})["name"])


@pytest.fixture
def server() -> Iterator[Server]:
    with Receiver() as receiver, mockgem.serve() as running:
        yield Server(running.url, receiver)


def test_a_batch_ends_without_polls_and_tells_so(server: Server) -> None:
    webhook = server.subscribe("batch.succeeded")
    name = server.create_batch()
    [event] = server.receiver.wait()
    assert event.json == {
        "type": "batch.succeeded",
        "version": "v1",
        "timestamp": "2026-11-01T00:00:00Z",
        "data": {"id": name},
    }
    assert event.is_signed_with(webhook["new_signing_secret"])
    assert event.headers["webhook-id"].startswith("msg_")
    assert event.headers["content-type"] == "application/json"
    assert server.call("GET", f"/v1beta/{name}")["done"] is True
    assert len(server.receiver.events) == 1


def test_a_poll_that_ends_a_batch_announces_it_once(server: Server) -> None:
    name = server.create_batch()
    server.subscribe("batch.succeeded")
    while "done" not in server.call("GET", f"/v1beta/{name}"):
        pass
    server.call("GET", f"/v1beta/{name}")
    server.create_batch()
    first, second = server.receiver.wait(2)
    assert first.json["data"]["id"] == name
    assert second.json["data"]["id"] != name


def test_a_batch_of_a_file_names_its_output(server: Server) -> None:
    server.subscribe("batch.succeeded", "batch.failed")
    line = {"key": "1", "request": {"contents": [{"parts": [{"text": "Hi"}]}]}}
    for content in (json.dumps(line), "not JSON"):
        file = server.call(
            "POST",
            "/upload/v1beta/files",
            content.encode(),
            **{"x-goog-upload-protocol": "raw", "content-type": "text/plain"},
        )
        batch = {"displayName": "b", "inputConfig": {"fileName": file["file"]["name"]}}
        path = "/v1beta/models/gemini-2.5-flash:batchGenerateContent"
        server.call("POST", path, {"batch": batch})
    events = {event.json["type"]: event.json["data"] for event in server.receiver.wait(2)}
    output = events["batch.succeeded"]["output_file_uri"]
    assert output.startswith("https://generativelanguage.googleapis.com/v1beta/files/")
    assert set(events["batch.failed"]) == {"id", "error_code", "error_message"}
    assert "line 1" in events["batch.failed"]["error_message"]


def test_a_cancelled_batch_tells_so() -> None:
    states = [{"state": "validating", "polls": 1000, "seconds": 3600}, {"state": "completed"}]
    with Receiver() as receiver, mockgem.serve(lifecycles={"batch": states}) as running:
        server = Server(running.url, receiver)
        server.subscribe("batch.cancelled", "batch.succeeded")
        name = server.create_batch()
        server.call("POST", f"/v1beta/{name}:cancel", {})
        [event] = receiver.wait()
    assert (event.json["type"], event.json["data"]) == ("batch.cancelled", {"id": name})


def test_a_video_tells_where_it_is(server: Server) -> None:
    server.subscribe("video.generated")
    path = "/v1beta/models/veo-3.1-generate-preview:predictLongRunning"
    name = server.call("POST", path, {"instances": [{"prompt": "The sea"}]})["name"]
    [event] = server.receiver.wait()
    data = event.json["data"]
    assert data["id"] == name
    assert data["output_file_uri"].endswith(f"/v1beta/{data['file_name']}")
    assert server.call("GET", f"/v1beta/{data['file_name']}")["mimeType"] == "video/mp4"


def test_a_ping_arrives_signed_by_both_secrets(server: Server) -> None:
    webhook = server.subscribe("batch.succeeded")
    path = f"{PATH}/{webhook['id']}"
    secret = server.call("POST", f"{path}:rotateSigningSecret", {})["secret"]
    assert server.call("POST", f"{path}:ping", {}) == {}
    [event] = server.receiver.wait()
    assert event.json["type"] == "ping"
    assert event.is_signed_with(secret)
    assert event.is_signed_with(webhook["new_signing_secret"])


def test_a_receiver_that_fails_gets_the_event_again_when_the_clock_moves() -> None:
    with Receiver(503) as receiver, mockgem.serve() as running:
        server = Server(running.url, receiver)
        server.subscribe("batch.succeeded")
        server.create_batch()
        receiver.wait()
        while len(receiver.events) < 2:
            # The first answer may arrive after the clock was moved, so it is moved until it helped.
            server.call("POST", "/_mockgem/clock", {"advance": "10s"})
        first, second = receiver.wait(2)[:2]
        assert first.headers["webhook-id"] == second.headers["webhook-id"]
        assert first.body == second.body


def test_events_stay_in_their_world(server: Server) -> None:
    server.subscribe("batch.succeeded")
    other = Server(server.url + "/w/other", server.receiver)
    name = other.create_batch()
    while "done" not in other.call("GET", f"/v1beta/{name}"):
        pass
    mine = server.create_batch()
    [event] = server.receiver.wait()
    assert event.json["data"]["id"] == mine


def test_the_secret_is_not_in_the_journal(server: Server) -> None:
    secret = server.subscribe("batch.succeeded")["new_signing_secret"]
    webhook = server.call("GET", PATH)["webhooks"][0]["id"]
    rotated = server.call("POST", f"{PATH}/{webhook}:rotateSigningSecret", {})["secret"]
    journal = json.dumps(server.call("GET", "/_mockgem/journal"))
    assert secret not in journal
    assert rotated not in journal


def test_interactions_tell_when_they_have_ended(server: Server) -> None:
    server.subscribe("interaction.completed", "interaction.cancelled")
    request = {"model": "gemini-2.5-flash", "input": "Hi", "background": True}
    first = server.call("POST", "/v1beta/interactions", request)["id"]
    assert server.receiver.wait()[0].json["data"] == {"id": first}
    streamed = {"model": "gemini-2.5-flash", "input": "Hi"}
    server.call("POST", "/v1beta/interactions", streamed)
    lasting = {"agent": "deep-research-preview-04-2026", "input": "Hi", "background": True}
    second = server.call("POST", "/v1beta/interactions", lasting)["id"]
    third = server.receiver.wait(2)[1].json
    assert third["data"] == {"id": second}
    assert third["type"] == "interaction.completed"
