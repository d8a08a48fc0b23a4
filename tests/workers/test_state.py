"""State through any worker: what one of them acknowledges, all of them know."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest

from tests.workers.servers import CHAT, Connection, serving

BATCHED = "/v1/chat/completions"
pytestmark = pytest.mark.skipif("sys.platform != 'linux'", reason="the tables of Linux are needed")


def upload(connection: Connection, data: bytes, prefix: str = "", name: str = "") -> str:
    told = {
        "X_Goog_Upload_Protocol": "resumable",
        "X_Goog_Upload_Command": "start",
        "X_Goog_Upload_Header_Content_Length": str(len(data)),
    }
    connection.send(
        "POST", f"{prefix}/upload/v1beta/files", {"file": {"displayName": name}}, **told
    )
    return connection.headers["X-GUploader-UploadID"]


def finish(
    connection: Connection, upload_id: str, data: bytes, offset: int = 0, prefix: str = ""
) -> str:
    told = {"X_Goog_Upload_Command": "upload, finalize", "X_Goog_Upload_Offset": str(offset)}
    path = f"{prefix}/upload/v1beta/files?upload_id={upload_id}"
    status, body = connection.send("POST", path, data, **told)
    assert status == 200, body
    return str(body["file"]["name"])


def test_an_upload_goes_on_in_another_worker(pair: list[Connection]) -> None:
    one, other = pair
    name = finish(other, upload(one, b"some bytes"), b"some bytes")
    for connection in pair:
        assert connection.get(f"/v1beta/{name}")["sizeBytes"] == "10"
    assert one.send("DELETE", f"/v1beta/{name}")[0] == 200
    assert other.send("GET", f"/v1beta/{name}")[0] in (403, 404)


def test_a_batch_is_created_polled_and_read_in_different_workers(pair: list[Connection]) -> None:
    one, other = pair
    body = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "Hi"}]}
    lines = b"".join(
        json.dumps({"custom_id": f"r{n}", "method": "POST", "url": BATCHED, "body": body}).encode()
        + b"\n"
        for n in range(20)
    )
    name = finish(one, upload(other, lines), lines)
    create = {"input_file_id": name, "endpoint": BATCHED, "completion_window": "24h"}
    status, batch = other.send("POST", "/v1beta/openai/batches", create)
    assert status == 200, batch
    for turn in range(10):
        batch = pair[turn % 2].get(f"/v1beta/openai/batches/{batch['id']}")
        if batch["status"] == "completed":
            break
    assert batch["request_counts"]["total"] == 20
    path = f"/v1beta/{batch['output_file_id']}:download?alt=media"
    assert one.send("GET", path)[0] == 302
    location = urlsplit(one.headers["location"])
    texts = [connection.get(f"{location.path}?{location.query}") for connection in pair]
    assert texts[0] == texts[1]
    assert len(texts[0].splitlines()) == 20


def test_a_cached_content_is_known_to_all(pair: list[Connection]) -> None:
    content = {"parts": [{"text": "word " * 5000}], "role": "user"}
    create = {"model": "models/gemini-2.5-flash", "contents": [content], "ttl": "300s"}
    status, cache = pair[0].send("POST", "/v1beta/cachedContents", create)
    assert status == 200, cache
    body = {"contents": [{"parts": [{"text": "Hi"}]}], "cachedContent": cache["name"]}
    path = "/v1beta/models/gemini-2.5-flash:generateContent"
    for connection in pair:
        status, reply = connection.send("POST", path, body)
        assert status == 200, reply
        assert reply["usageMetadata"]["cachedContentTokenCount"] > 4000


def test_a_moved_clock_moves_in_all_workers_before_the_answer(pair: list[Connection]) -> None:
    for turn in range(20):
        mover, reader = pair[turn % 2], pair[1 - turn % 2]
        moved = mover.send("POST", "/_mockgem/clock", {"advance": "1h"})[1]
        assert reader.get("/_mockgem/clock") == moved
        assert reader.ask(f"question {turn}")[1]["created"] == int(moved["seconds"])


def test_a_reset_empties_the_world_in_all_workers(pair: list[Connection]) -> None:
    one, other = pair
    name = finish(one, upload(one, b"x"), b"x")
    other.send("POST", "/_mockgem/clock", {"advance": "1h"})
    other.send("POST", "/_mockgem/rules", {"rule": {"say": "scripted"}})
    for connection in pair:
        assert connection.ask()[1]["choices"][0]["message"]["content"] == "scripted"
    one.send("POST", "/_mockgem/reset")
    for connection in pair:
        assert connection.send("GET", f"/v1beta/{name}")[0] in (403, 404)
        assert connection.ask()[1]["choices"][0]["message"]["content"] != "scripted"
        assert connection.get("/_mockgem/clock")["now"].startswith("2026-11-01T00:00:00")
        assert connection.get("/_mockgem/rules") == {"scenario": None, "rules": []}
    assert other.get("/_mockgem/counters")["total"] == 4


def test_worlds_are_listed_and_deleted_in_all_workers(pair: list[Connection]) -> None:
    one, other = pair
    for number, connection in enumerate(pair):
        connection.ask(path=f"/w/world-{number}{CHAT}")
    names = [world["name"] for world in one.get("/_mockgem/worlds")["worlds"]]
    assert names == ["", "world-0", "world-1"]
    name = finish(one, upload(one, b"x", "/w/world-0"), b"x", prefix="/w/world-0")
    assert other.send("GET", f"/w/world-0/v1beta/{name}")[0] == 200
    assert other.send("DELETE", "/_mockgem/worlds/world-0")[0] == 200
    for connection in pair:
        listed = [world["name"] for world in connection.get("/_mockgem/worlds")["worlds"]]
        assert listed == ["", "world-1"]
    assert one.send("GET", f"/w/world-0/v1beta/{name}")[0] in (403, 404)
    assert other.send("DELETE", "/_mockgem/worlds/world-1")[0] == 200
    assert other.send("DELETE", "/_mockgem/worlds/world-1")[0] == 404


def test_only_so_many_worlds_exist_in_all_workers_together() -> None:
    with serving("--worlds", "3") as server:
        pair = server.connect_to_each()
        answers = [pair[n % 2].ask(path=f"/w/n{n}{CHAT}")[0] for n in range(4)]
        assert answers == [200, 200, 200, 400]
        assert pair[1].send("DELETE", "/_mockgem/worlds/n0")[0] == 200
        assert pair[1].ask(path=f"/w/n3{CHAT}")[0] == 200
