"""Ids that lead nowhere: deleted, in a circle, of another world, of another kind, or odd."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from mockgem.core.frozen import frozen
from mockgem.operations import kept_replies
from tests.asking import Answer, Asker

HOST = {"host": "127.0.0.1:8090"}
MODEL = "gemini-2.5-flash"


@frozen
class Api:
    """An API that keeps replies."""

    path: str
    collection: str
    previous: str
    key: str
    missing: int

    def send(
        self, asker: Asker, method: str, path: str = "", world: str = "", **body: Any
    ) -> Answer:
        headers = HOST | {self.key: "Bearer k" if self.key == "authorization" else "k"}
        data = json.dumps(body).encode() if body else b""
        return asker.send(method, world + self.path + path, data, headers)

    def create(self, asker: Asker, previous: str = "", **more: Any) -> Answer:
        chain = {self.previous: previous} if previous else {}
        return self.send(asker, "POST", model=MODEL, input="Hello", **chain, **more)

    def create_id(self, asker: Asker, previous: str = "", **more: Any) -> str:
        answer = self.create(asker, previous, **more)
        assert answer.status == 200, answer.text
        return str(answer.json["id"])


APIS = {
    "interactions": Api(
        "/v1beta/interactions",
        "interactions",
        "previous_interaction_id",
        "x-goog-api-key",
        404,
    ),
    "responses": Api("/v1/responses", "responses", "previous_response_id", "authorization", 400),
}


@pytest.fixture(params=APIS)
def api(request: pytest.FixtureRequest) -> Api:
    return APIS[request.param]


@pytest.fixture
def asker() -> Asker:
    return Asker()


def change_record(asker: Asker, api: Api, name: str, **fields: Any) -> None:
    """Change what the state has about a reply, as another program may that shares the folder."""

    def change(record: dict[str, Any]) -> dict[str, Any]:
        return record | fields

    asyncio.run(asker.world.store.update(api.collection, name, change))


# Chains


def test_a_deleted_parent_can_not_be_continued(api: Api, asker: Asker) -> None:
    parent = api.create_id(asker)
    assert api.send(asker, "DELETE", f"/{parent}").status == 200
    assert api.create(asker, parent).status == api.missing
    assert api.send(asker, "DELETE", f"/{parent}").status == 404


def test_a_chain_with_a_deleted_link_can_not_be_continued(api: Api, asker: Asker) -> None:
    first = api.create_id(asker)
    second = api.create_id(asker, first)
    api.send(asker, "DELETE", f"/{first}")
    assert api.send(asker, "GET", f"/{second}").status == 200
    assert api.create(asker, second).status == api.missing


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_circle_of_parents_is_refused(api: Api, asker: Asker, length: int) -> None:
    names = [api.create_id(asker)]
    for _ in range(length - 1):
        names.append(api.create_id(asker, names[-1]))
    change_record(asker, api, names[0], previous_id=names[-1])
    refused = api.create(asker, names[-1])
    assert refused.status == 400
    assert f"More than {kept_replies.MAX_CHAIN}" in refused.error["message"]


def test_a_chain_has_a_highest_length(
    api: Api, asker: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_replies, "MAX_CHAIN", 3)
    name = ""
    for _ in range(4):
        name = api.create_id(asker, name)
    assert api.create(asker, name).status == 400


def test_what_was_not_stored_can_not_be_continued(api: Api, asker: Asker) -> None:
    made = api.create(asker, store=False).json
    assert api.create(asker, made.get("id") or "nothing").status == api.missing


def test_ids_of_one_api_are_unknown_to_the_other(asker: Asker) -> None:
    interactions, responses = APIS.values()
    assert interactions.create(asker, responses.create_id(asker)).status == 404
    assert responses.create(asker, interactions.create_id(asker)).status == 400


# Worlds


@pytest.mark.parametrize(
    ("method", "ending"),
    [("GET", ""), ("DELETE", ""), ("POST", "/cancel"), ("GET", "/input_items")],
)
def test_another_world_does_not_know_an_id(
    api: Api, asker: Asker, method: str, ending: str
) -> None:
    name = api.create_id(asker, background=True)
    assert api.send(asker, method, f"/{name}{ending}", world="/w/other").status == 404
    assert api.send(asker, "GET", f"/{name}").json["status"] in ("in_progress", "queued")


def test_another_world_can_not_continue_a_reply(api: Api, asker: Asker) -> None:
    body = {"model": MODEL, "input": "Hello", api.previous: api.create_id(asker)}
    assert api.send(asker, "POST", world="/w/other", **body).status == api.missing


def test_another_world_can_not_use_a_conversation_or_its_items(asker: Asker) -> None:
    api = APIS["responses"]
    headers = HOST | {"authorization": "Bearer k"}
    items = json.dumps({"items": [{"role": "user", "content": "Hello"}]}).encode()
    made = asker.send("POST", "/v1/conversations", items, headers).json["id"]
    path = f"/v1/conversations/{made}"
    item = asker.send("GET", path + "/items", headers=headers).json["data"][0]["id"]
    for method, ending in (
        *(("GET", ""), ("DELETE", ""), ("GET", "/items")),
        *(("GET", f"/items/{item}"), ("DELETE", f"/items/{item}")),
    ):
        assert asker.send(method, f"/w/other{path}{ending}", headers=headers).status == 404
    body = {"model": MODEL, "input": "Hello", "conversation": made}
    assert api.send(asker, "POST", world="/w/other", **body).status == 404
    body = {"model": MODEL, "input": [{"type": "item_reference", "id": item}]}
    assert api.send(asker, "POST", world="/w/other", **body).status == 404
    assert asker.send("GET", path, headers=headers).status == 200


# Odd ids

ODD_IDS = ["x", "x" * 3000, "%00", "..", "a/b", "é", "%2e%2e%2f", "resp_", "v1_", "'", "*", "{id}"]
PLACES = [
    *(("GET", "/v1/responses/ID"), ("DELETE", "/v1/responses/ID")),
    *(("POST", "/v1/responses/ID/cancel"), ("GET", "/v1/responses/ID/input_items")),
    *(("GET", "/v1/conversations/ID"), ("DELETE", "/v1/conversations/ID")),
    *(("GET", "/v1/conversations/ID/items"), ("GET", "/v1/conversations/ID/items/ID")),
    *(("GET", "/v1beta/interactions/ID"), ("DELETE", "/v1beta/interactions/ID")),
    ("POST", "/v1beta/interactions/ID/cancel"),
    *(("GET", "/v1beta/fileSearchStores/ID"), ("DELETE", "/v1beta/fileSearchStores/ID")),
    *(("GET", "/v1beta/fileSearchStores/ID/documents/ID"),),
    *(("GET", "/v1beta/fileSearchStores/ID/operations/ID"),),
    *(("POST", "/upload/v1beta/fileSearchStores/ID:uploadToFileSearchStore"),),
    *(("GET", "/v1beta/webhooks/ID"), ("DELETE", "/v1beta/webhooks/ID")),
    *(("POST", "/v1beta/webhooks/ID:ping"), ("POST", "/v1beta/webhooks/ID:rotateSigningSecret")),
]


@pytest.mark.parametrize(("method", "place"), PLACES, ids=[" ".join(one) for one in PLACES])
def test_odd_ids_are_not_found(method: str, place: str, asker: Asker) -> None:
    key = {"authorization": "Bearer k"} if place.startswith("/v1/") else {"x-goog-api-key": "k"}
    for odd in ODD_IDS:
        answer = asker.send(method, place.replace("ID", odd), b"", HOST | key)
        assert 400 <= answer.status < 500, (odd, answer.status)


@pytest.mark.parametrize("odd", ["", 7, None, [], {"id": 7}, "x" * 100_000, "\ud800"])
def test_odd_parents_are_refused_or_ignored(api: Api, asker: Asker, odd: Any) -> None:
    answer = api.send(asker, "POST", model=MODEL, input="Hello", **{api.previous: odd})
    expected = (200,) if odd in ("", None) else (400, 404)
    assert answer.status in expected, answer.text
