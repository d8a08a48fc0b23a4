"""What a server keeps with `--state` is there after a restart, and answers as before."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from tests.asking import Asker
from tests.library import PARIS, Library, sources_of, text_of
from tests.world_state import get_record

KEYS = {"x-goog-api-key": "k", "authorization": "Bearer k", "host": "127.0.0.1:8090"}
KINDS = [
    ("/v1beta/interactions", "previous_interaction_id", "interactions"),
    ("/v1/responses", "previous_response_id", "responses"),
]


def send(asker: Asker, method: str, path: str, **body: Any) -> Any:
    key = "authorization" if path.startswith("/v1/") else "x-goog-api-key"
    headers = {"host": KEYS["host"], key: KEYS[key]}
    answer = asker.send(method, path, json.dumps(body).encode() if body else b"", headers)
    assert answer.status == 200, answer.text
    return answer.json


def ask(asker: Asker, path: str, text: str, **more: Any) -> Any:
    return send(asker, "POST", path, model="gemini-2.5-flash", input=text, **more)


def list_texts(reply: Any) -> list[str]:
    """Return the words of a reply, without the ids and times around them."""
    items = reply.get("steps") or reply["output"]
    texts = [content.get("text", "") for item in items for content in item.get("content", ())]
    assert any(texts)
    return texts


@pytest.mark.parametrize(("path", "previous", "collection"), KINDS)
def test_kept_replies_continue_after_a_restart(
    path: str, previous: str, collection: str, tmp_path: Path
) -> None:
    first = ask(Asker(state=str(tmp_path)), path, "I like green tea.")
    restarted, other = Asker(state=str(tmp_path)), Asker()
    assert send(restarted, "GET", f"{path}/{first['id']}") == first
    assert get_record(restarted.world, collection, first["id"])["size"] > 0
    same = ask(other, path, "I like green tea.")["id"]
    more = ask(restarted, path, "What do I like?", **{previous: first["id"]})
    expected = ask(other, path, "What do I like?", **{previous: same})
    assert list_texts(more) == list_texts(expected)


@pytest.mark.parametrize(("path", "previous", "collection"), KINDS)
def test_kept_replies_of_an_older_version_can_be_continued(
    path: str, previous: str, collection: str, tmp_path: Path
) -> None:
    asker = Asker(state=str(tmp_path))
    first = ask(asker, path, "I like green tea.")["id"]
    record = get_record(asker.world, collection, first)
    del record["size"]
    asyncio.run(asker.world.store.put(collection, first, record))
    restarted = Asker(state=str(tmp_path))
    assert list_texts(ask(restarted, path, "What do I like?", **{previous: first}))


def test_a_conversation_goes_on_after_a_restart(tmp_path: Path) -> None:
    before = Asker(state=str(tmp_path))
    name = send(before, "POST", "/v1/conversations")["id"]
    ask(before, "/v1/responses", "I like green tea.", conversation=name)
    items = f"/v1/conversations/{name}/items"
    kept = send(before, "GET", items)["data"]
    restarted = Asker(state=str(tmp_path))
    assert send(restarted, "GET", items)["data"] == kept
    ask(restarted, "/v1/responses", "What do I like?", conversation=name)
    ids = [item["id"] for item in send(restarted, "GET", items)["data"]]
    assert len(ids) > len(kept)
    assert len(set(ids)) == len(ids)


def test_documents_are_found_after_a_restart(tmp_path: Path) -> None:
    library = Library(state=str(tmp_path))
    store = library.create_store("Atlas")
    library.put(store, PARIS, "Paris")
    answer = library.ask("Which landmark is in Paris?", store)
    assert "Eiffel" in text_of(answer)
    again = Library(state=str(tmp_path)).ask("Which landmark is in Paris?", store)
    assert text_of(again) == text_of(answer)
    assert sources_of(again) == sources_of(answer)
    assert sources_of(again)[0]["title"] == "Paris"


def test_webhooks_are_there_after_a_restart(tmp_path: Path) -> None:
    hook = {"name": "a", "uri": "http://127.0.0.1:9/", "subscribed_events": ["batch.succeeded"]}
    made = send(Asker(state=str(tmp_path)), "POST", "/v1beta/webhooks", **hook)
    found = send(Asker(state=str(tmp_path)), "GET", f"/v1beta/webhooks/{made['id']}")
    assert found["uri"] == hook["uri"]
    assert "new_signing_secret" not in found
