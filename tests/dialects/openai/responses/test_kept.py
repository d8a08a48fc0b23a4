"""Responses that the gateway keeps: chains, conversations, the background, lists of items."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from mockgem.operations import oldest_records
from tests.asking import Asker
from tests.dialects.openai.responses.talking import (
    G3,
    MODEL,
    create,
    get,
    join_events,
    post,
    read_events,
    text_of,
)


def test_a_response_can_be_read_again() -> None:
    asker = Asker()
    made = create(asker, tools=[{"type": "web_search"}], reasoning={"summary": "auto"}).json
    assert get(asker, made["id"]).json == made
    streamed = read_events(get(asker, made["id"], stream="true").text)
    assert join_events(streamed) == made
    later = read_events(get(asker, made["id"], stream="true", starting_after="3").text)
    assert later == streamed[4:]


def test_a_response_that_is_not_stored_cannot_be_read() -> None:
    asker = Asker()
    made = create(asker, store=False).json
    assert made["store"] is False if "store" in made else True
    missing = get(asker, made["id"])
    assert missing.status == 404
    assert made["id"] in missing.error["message"]


def test_a_chain_is_one_conversation_without_instructions() -> None:
    asker = Asker()
    first = create(asker, "My name is Ada.", instructions="Speak like a pirate.").json
    second = create(asker, "What is my name?", previous_response_id=first["id"]).json
    assert second["previous_response_id"] == first["id"]
    messages = [
        {"role": "user", "content": "My name is Ada."},
        {"role": "assistant", "content": text_of(first)},
        {"role": "user", "content": "What is my name?"},
    ]
    assert text_of(second) == asker.chat(messages, surface="/v1").message["content"]


def test_a_chain_inherits_the_instructions_in_its_input() -> None:
    asker = Asker()
    items = [{"role": "developer", "content": "Be brief."}, {"role": "user", "content": "Hi"}]
    first = create(asker, items).json
    second = create(asker, "And you?", previous_response_id=first["id"]).json
    messages = [
        *items,
        {"role": "assistant", "content": text_of(first)},
        {"role": "user", "content": "And you?"},
    ]
    assert text_of(second) == asker.chat(messages, surface="/v1").message["content"]


def test_an_unknown_previous_response_is_a_400() -> None:
    refused = create(Asker(), previous_response_id="resp_0")
    assert refused.status == 400
    assert "Previous response with id 'resp_0' not found." in refused.error["message"]


def test_a_deleted_response_is_gone() -> None:
    asker = Asker()
    made = create(asker).json
    deleted = asker.send("DELETE", f"/v1/responses/{made['id']}").json
    assert deleted == {"id": made["id"], "object": "response", "deleted": True}
    assert get(asker, made["id"]).status == 404
    assert asker.send("DELETE", f"/v1/responses/{made['id']}").status == 404


def test_the_background_follows_polls() -> None:
    asker = Asker()
    made = create(asker, background=True).json
    assert (made["status"], made["output"], made["usage"]) == ("queued", [], None)
    assert get(asker, made["id"]).json["status"] == "in_progress"
    done = get(asker, made["id"]).json
    assert done["status"] == "completed"
    assert text_of(done) == text_of(create(asker).json)


def test_the_background_follows_the_clock() -> None:
    asker = Asker()
    made = create(asker, background=True).json
    asker.world.clock.advance(6)
    assert get(asker, made["id"]).json["status"] == "completed"


def test_a_stream_watches_the_background_to_its_end() -> None:
    asker = Asker()
    made = create(asker, background=True).json
    events = read_events(get(asker, made["id"], stream="true").text)
    assert events[-1]["type"] == "response.completed"
    assert get(asker, made["id"]).json["status"] == "completed"


def test_only_a_response_in_the_background_can_be_cancelled() -> None:
    asker = Asker()
    made = create(asker, background=True).json
    cancelled = asker.send("POST", f"/v1/responses/{made['id']}/cancel").json
    assert (cancelled["status"], cancelled["output"]) == ("cancelled", [])
    assert get(asker, made["id"]).json == cancelled
    assert asker.send("POST", f"/v1/responses/{made['id']}/cancel").status == 400
    other = create(asker).json
    refused = asker.send("POST", f"/v1/responses/{other['id']}/cancel")
    assert "Cannot cancel a synchronous response." in refused.error["message"]


def test_a_running_response_cannot_be_continued() -> None:
    asker = Asker()
    made = create(asker, background=True).json
    assert create(asker, previous_response_id=made["id"]).status == 400


def test_input_items_come_in_pages_newest_first() -> None:
    asker = Asker()
    items = [{"role": "user", "content": str(number)} for number in range(5)]
    made = create(asker, items).json
    path = f"/v1/responses/{made['id']}/input_items"
    page = asker.send("GET", path, query={"limit": "2"}).json
    assert [item["content"][0]["text"] for item in page["data"]] == ["4", "3"]
    assert page["has_more"]
    rest = asker.send("GET", path, query={"limit": "9", "after": page["last_id"]}).json
    assert [item["content"][0]["text"] for item in rest["data"]] == ["2", "1", "0"]
    assert not rest["has_more"]
    ascending = asker.send("GET", path, query={"order": "asc"}).json["data"]
    assert ascending == [*page["data"], *rest["data"]][::-1]
    assert asker.send("GET", path, query={"limit": "0"}).status == 400
    assert asker.send("GET", path, query={"order": "up"}).status == 400


def test_the_oldest_responses_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oldest_records, "MAX_RECORDS", 4)
    monkeypatch.setattr(oldest_records, "TRIM_INTERVAL", 1)
    asker = Asker()
    names = [create(asker, str(number)).json["id"] for number in range(8)]
    assert get(asker, names[0]).status == 404
    assert get(asker, names[-1]).status == 200


@pytest.mark.parametrize("others", [0, 1, 2, 3])
def test_old_responses_are_forgotten_between_records_of_other_kinds(
    others: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oldest_records, "MAX_RECORDS", 8)
    monkeypatch.setattr(oldest_records, "TRIM_INTERVAL", 4)
    asker = Asker()
    for number in range(80):
        create(asker, str(number))
        for _ in range(others):
            post(asker, "/conversations")
    store = asker.world.store
    for collection in ("responses", "conversations"):
        assert len(asyncio.run(store.list_records(collection, 0, 1000))) < 40


# Conversations


def list_texts(asker: Asker, name: str) -> list[Any]:
    path = f"/v1/conversations/{name}/items"
    rows = asker.send("GET", path, query={"order": "asc", "limit": "100"}).json["data"]
    return [item["content"][0]["text"] for item in rows if item["type"] == "message"]


def test_a_conversation_grows_with_its_responses() -> None:
    asker = Asker()
    said = {"role": "user", "content": "My name is Ada."}
    made = post(asker, "/conversations", items=[said], metadata={"team": "a"}).json
    first = create(asker, "Hi", conversation=made["id"]).json
    assert first["conversation"] == {"id": made["id"]}
    second = create(asker, "What is my name?", conversation={"id": made["id"]}).json
    assert list_texts(asker, made["id"]) == [
        *("My name is Ada.", "Hi", text_of(first)),
        *("What is my name?", text_of(second)),
    ]
    messages = [
        said,
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": text_of(first)},
        {"role": "user", "content": "What is my name?"},
    ]
    assert text_of(second) == asker.chat(messages, surface="/v1").message["content"]


def test_items_are_added_read_and_deleted() -> None:
    asker = Asker()
    made = post(asker, "/conversations").json
    path = f"/conversations/{made['id']}"
    said = {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "Hi"}]}
    added = post(asker, f"{path}/items", items=[said, said]).json
    first, second = [item["id"] for item in added["data"]]
    assert first != second
    read = asker.send("GET", f"/v1{path}/items/{first}").json
    assert read == added["data"][0]
    assert asker.send("DELETE", f"/v1{path}/items/{first}").json["id"] == made["id"]
    assert asker.send("GET", f"/v1{path}/items/{first}").status == 404
    third = post(asker, f"{path}/items", items=[said]).json["data"][0]["id"]
    assert third not in (first, second)


def test_a_conversation_is_changed_and_deleted() -> None:
    asker = Asker()
    made = post(asker, "/conversations", metadata={"a": "b"}).json
    changed = post(asker, f"/conversations/{made['id']}", metadata={"c": "d"}).json
    assert changed == {**made, "metadata": {"c": "d"}}
    assert asker.send("GET", f"/v1/conversations/{made['id']}").json == changed
    deleted = asker.send("DELETE", f"/v1/conversations/{made['id']}").json
    assert deleted == {"id": made["id"], "object": "conversation.deleted", "deleted": True}
    for answer in (
        asker.send("GET", f"/v1/conversations/{made['id']}"),
        post(asker, f"/conversations/{made['id']}", metadata={}),
        post(asker, f"/conversations/{made['id']}/items", items=[]),
        create(asker, conversation=made["id"]),
    ):
        assert answer.status == 404
        assert made["id"] in answer.error["message"]


# Counts and compaction


def test_input_tokens_are_those_of_the_response() -> None:
    asker = Asker()
    counted = post(asker, "/responses/input_tokens", model=MODEL, input="Why is the sky blue?")
    usage = create(asker).json["usage"]
    tokens = {"object": "response.input_tokens", "input_tokens": usage["input_tokens"]}
    assert counted.json == tokens


def test_a_compaction_keeps_what_the_user_said() -> None:
    asker = Asker()
    items = [
        {"role": "user", "content": "My name is Ada."},
        {"role": "assistant", "content": "Hello Ada."},
        {"role": "user", "content": "I like tea."},
    ]
    made = post(asker, "/responses/compact", model=MODEL, input=items).json
    assert made["object"] == "response.compaction"
    kept = [item["content"][0]["text"] for item in made["output"][:-1]]
    assert kept == ["My name is Ada.", "I like tea."]
    assert made["output"][-1]["type"] == "compaction"
    more = [*made["output"], {"role": "user", "content": "What do I like?"}]
    assert create(asker, more).status == 200


def test_an_item_of_a_conversation_can_be_referenced() -> None:
    asker = Asker()
    items = [{"role": "user", "content": "The capital of France is Paris."}]
    source = post(asker, "/conversations", items=items).json["id"]
    item = asker.send("GET", f"/v1/conversations/{source}/items").json["data"][0]["id"]
    reference = {"type": "item_reference", "id": item}
    assert create(asker, [reference]).status == 200
    copied = post(asker, "/conversations", items=[reference]).json["id"]
    assert list_texts(asker, copied) == [items[0]["content"]]


def test_a_referenced_instruction_counts_like_the_instruction_itself() -> None:
    asker = Asker()
    instruction = {"role": "developer", "content": "Answer as a pirate of the seven seas would."}
    source = post(asker, "/conversations", items=[instruction]).json["id"]
    item = asker.send("GET", f"/v1/conversations/{source}/items").json["data"][0]["id"]
    asked = {"role": "user", "content": "Hello"}
    referring = create(asker, [{"type": "item_reference", "id": item}, asked]).json
    whole = create(asker, [instruction, asked]).json
    assert referring["usage"]["input_tokens"] == whole["usage"]["input_tokens"]
    assert referring["usage"]["input_tokens"] > create(asker, [asked]).json["usage"]["input_tokens"]


@pytest.mark.parametrize("path", ["/conversations", "/responses", "CONVERSATION/items"])
def test_references_to_nothing_are_not_found(path: str) -> None:
    asker = Asker()
    name = post(asker, "/conversations").json["id"]
    path = path.replace("CONVERSATION", f"/conversations/{name}")
    items = [{"type": "item_reference", "id": "msg_nothing"}]
    assert post(asker, path, items=items, input=items, model="gemini-2.5-flash").status == 404
    assert asker.send("GET", f"/v1/conversations/{name}/items").json["data"] == []


def test_every_item_of_a_long_input_can_be_referenced() -> None:
    asker = Asker()
    texts = [{"role": "user", "content": f"Text {number}"} for number in range(2100)]
    name = create(asker, texts).json["id"]
    last = get_items(asker, name, limit="1")[0]
    assert last["content"][0]["text"] == "Text 2099"
    assert create(asker, [{"type": "item_reference", "id": last["id"]}]).status == 200


def get_items(asker: Asker, name: str, **query: str) -> list[Any]:
    rows: list[Any] = asker.send("GET", f"/v1/responses/{name}/input_items", query=query).json[
        "data"
    ]
    return rows


def test_an_expired_response_lends_no_items() -> None:
    asker = Asker()
    name = create(asker).json["id"]
    item = get_items(asker, name)[0]["id"]
    asker.world.clock.advance(31 * 86_400)
    assert create(asker, [{"type": "item_reference", "id": item}]).status == 404


@pytest.mark.parametrize("count", [0, 1, 21])
def test_added_items_come_back_in_their_order(count: int) -> None:
    asker = Asker()
    conversation = post(asker, "/conversations").json["id"]
    items = [{"role": "user", "content": f"{number}"} for number in range(count)]
    added = post(asker, f"/conversations/{conversation}/items", items=items).json
    texts = [item["content"][0]["text"] for item in added["data"]]
    assert texts == [f"{number}" for number in range(count)]
    assert added["has_more"] is False
    assert added["first_id"] == (added["data"][0]["id"] if count else None)
    assert added["last_id"] == (added["data"][-1]["id"] if count else None)


@pytest.mark.parametrize(
    ("after", "is_valid"),
    [("-1", True), ("0", True), ("123456789", True), ("1234567890", False), ("", False),
     ("1.5", False), ("--1", False)],
)  # fmt: skip
def test_a_stream_is_read_again_after_a_number(after: str, is_valid: bool) -> None:
    asker = Asker()
    name = create(asker).json["id"]
    answer = get(asker, name, stream="true", starting_after=after)
    assert answer.status == (200 if is_valid else 400)
    if not is_valid:
        message = f"Invalid value for starting_after: {after!r}. ("
        assert answer.error["message"].startswith(message)


def test_of_several_items_the_last_message_is_incomplete() -> None:
    options = {"reasoning": {"effort": "low", "summary": "auto"}, "max_output_tokens": 400}
    made = create(Asker(), "Write a very long story of 2000 words", model=G3, **options).json
    assert made["status"] == "incomplete"
    assert [(item["type"], item.get("status")) for item in made["output"]] == [
        ("reasoning", None),
        ("message", "incomplete"),
    ]
