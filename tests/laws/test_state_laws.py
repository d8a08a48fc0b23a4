"""A law: all operations agree on which resources exist, however the clock moves.

A file, an upload, a cache or a batch that one operation sees is there for all others, and the name
of a file is free exactly when nothing has it. Machines create, delete, move the clock in both
directions, reset and restart in any order, and look at everything after each step.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)

from tests.asking import Answer, Asker
from tests.dialects.gemini.test_files import KEY, chunk, id_of, start

NAMES = ("one", "two")
SECONDS = [3600, 172_800, 600_000]
"""An hour, the lifetime of a file, and more than that."""
FINAL = {"completed", "succeeded", "failed", "cancelled", "expired"}
TTLS = ["3600s", "200000s", "0s", "-5s"]
GENERATE = "/v1beta/models/gemini-2.5-flash:generateContent"
JSON_TYPE = {"content-type": "application/json"}
FAST_DISK = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
CACHED_TEXT = "Please remember all of this. " * 300


class WorldMachine(RuleBasedStateMachine):
    """The clock and the restarts of one world."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = ""

    @initialize(on_disk=st.booleans())
    def begin(self, on_disk: bool) -> None:
        self.folder = tempfile.mkdtemp(dir=FAST_DISK) if on_disk else ""
        self.asker = Asker(state=self.folder)

    def teardown(self) -> None:
        if self.folder:
            self.close()
            shutil.rmtree(self.folder)

    def close(self) -> None:
        factory: Any = self.asker.worlds.factory
        factory.storage.close()

    def call(self, method: str, path: str, body: Any = None) -> Answer:
        data = b"" if body is None else json.dumps(body).encode()
        key = {"authorization": "Bearer k"} if "/openai/" in path else KEY
        return self.asker.send(method, path, data, key | JSON_TYPE)

    def can_use(self, parts: list[Any], **more: Any) -> bool:
        contents = [{"role": "user", "parts": [{"text": "Look:"}, *parts]}]
        answer = self.call("POST", GENERATE, {"contents": contents, **more})
        assert answer.status in (200, 403)
        return answer.status == 200

    @rule(seconds=st.sampled_from(SECONDS))
    def move_forwards(self, seconds: int) -> None:
        assert self.call("POST", "/_mockgem/clock", {"advance": seconds}).status == 200

    @rule(seconds=st.sampled_from(SECONDS))
    def move_back(self, seconds: int) -> None:
        assert self.call("POST", "/_mockgem/clock", {"advance": -seconds}).status == 200

    @precondition(lambda self: self.folder)
    @rule()
    def restart(self) -> None:
        self.close()
        self.asker = Asker(state=self.folder)


class FileMachine(WorldMachine):
    """Files and uploads, which share their names."""

    uploads: Bundle[str] = Bundle("uploads")

    def __init__(self) -> None:
        super().__init__()
        self.holders: dict[str, str] = {}
        """The name that each upload was started for."""

    @rule(target=uploads, name=st.sampled_from(NAMES))
    def start_upload(self, name: str) -> Any:
        """The name is free exactly when no file and no upload has it."""
        exists = self.call("GET", f"/v1beta/files/{name}").status == 200
        is_held = any(self.is_open(one) for one, held in self.holders.items() if held == name)
        answer = start(self.asker, 5, name=f"files/{name}")
        assert answer.status == (409 if exists or is_held else 200)
        if answer.status != 200:
            return multiple()
        upload_id = id_of(answer)
        self.holders[upload_id] = name
        return upload_id

    @rule(upload_id=consumes(uploads))
    def finish_upload(self, upload_id: str) -> None:
        was_open = self.is_open(upload_id)
        answer = chunk(self.asker, upload_id, b"hello", 0)
        assert answer.status == (200 if was_open else 404)
        self.holders.pop(upload_id, None)  # after a reset, another upload has the same id

    def is_open(self, upload_id: str) -> bool:
        return chunk(self.asker, upload_id, b"", 0, "query").status == 200

    @rule(name=st.sampled_from(NAMES))
    def delete_file(self, name: str) -> None:
        expected = self.call("GET", f"/v1beta/files/{name}").status
        assert self.call("DELETE", f"/v1beta/files/{name}").status == expected

    @rule()
    def reset(self) -> None:
        assert self.call("POST", "/_mockgem/reset", {}).status == 200
        assert [self.call("GET", f"/v1beta/files/{name}").status for name in NAMES] == [403, 403]

    @invariant()
    def operations_agree(self) -> None:
        listed = {file["name"] for file in self.call("GET", "/v1beta/files").json.get("files", [])}
        for name in NAMES:
            exists = self.call("GET", f"/v1beta/files/{name}").status == 200
            link = {"fileData": {"fileUri": f"files/{name}", "mimeType": "text/plain"}}
            assert (f"files/{name}" in listed) == exists
            assert self.can_use([link]) == exists


class CacheMachine(WorldMachine):
    """Caches with all kinds of ends."""

    caches: Bundle[str] = Bundle("caches")

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    @rule(target=caches, ttl=st.sampled_from(TTLS))
    def create(self, ttl: str) -> Any:
        contents = [{"role": "user", "parts": [{"text": CACHED_TEXT}]}]
        body = {"model": "models/gemini-2.5-flash", "contents": contents, "ttl": ttl}
        answer = self.call("POST", "/v1beta/cachedContents", body)
        assert answer.status == 200
        self.names.append(answer.json["name"])
        return answer.json["name"]

    @rule(name=caches, ttl=st.sampled_from(TTLS))
    def change(self, name: str, ttl: str) -> None:
        expected = self.call("GET", f"/v1beta/{name}").status
        assert self.call("PATCH", f"/v1beta/{name}", {"ttl": ttl}).status == expected

    @rule(name=consumes(caches))
    def delete(self, name: str) -> None:
        expected = self.call("GET", f"/v1beta/{name}").status
        assert self.call("DELETE", f"/v1beta/{name}").status == expected

    @invariant()
    def operations_agree(self) -> None:
        rows = self.call("GET", "/v1beta/cachedContents").json.get("cachedContents", [])
        listed = {row["name"] for row in rows}
        for name in self.names:
            exists = self.call("GET", f"/v1beta/{name}").status == 200
            assert (name in listed) == exists
            assert self.can_use([], cachedContent=name) == exists


class BatchMachine(WorldMachine):
    """Batches of both dialects, which nothing ends twice and which stay as they ended."""

    batches: Bundle[str] = Bundle("batches")

    def __init__(self) -> None:
        super().__init__()
        self.ended: dict[str, Any] = {}
        """Each batch as it was when a poll first showed its end."""

    @rule(target=batches)
    def create_openai(self) -> Any:
        line = {"custom_id": "1", "method": "POST", "url": "/v1/embeddings"}
        line["body"] = {"model": "gemini-embedding-001", "input": "Hello"}  # type: ignore[assignment]
        upload_id = id_of(start(self.asker, len(json.dumps(line))))
        file = chunk(self.asker, upload_id, json.dumps(line).encode(), 0).json["file"]
        body = {"input_file_id": file["name"], "endpoint": "/v1/embeddings"}
        return "openai/" + self.call("POST", "/v1beta/openai/batches", body).json["id"]

    @rule(target=batches)
    def create_native(self) -> Any:
        requests = [{"request": {"contents": [{"parts": [{"text": "Hello"}]}]}}]
        body = {"batch": {"inputConfig": {"requests": {"requests": requests}}}}
        path = "/v1beta/models/gemini-2.5-flash:batchGenerateContent"
        return self.call("POST", path, body).json["name"]

    @rule(batch=batches)
    def poll(self, batch: str) -> None:
        answer = self.call("GET", f"/v1beta/{batch}")
        assert answer.status == 200
        state = get_state(answer.json)
        if batch in self.ended:
            assert answer.json == self.ended[batch]
        elif state in FINAL:
            self.ended[batch] = answer.json

    @rule(batch=batches)
    def cancel(self, batch: str) -> None:
        action = "/cancel" if batch.startswith("openai/") else ":cancel"
        has_ended = get_state(self.find_listed(batch)) in FINAL
        answer = self.call("POST", f"/v1beta/{batch}{action}", {})
        assert answer.status == (400 if has_ended else 200)

    def find_listed(self, batch: str) -> Any:
        place, key = ("openai/batches", "data") if "openai" in batch else ("batches", "operations")
        rows = self.call("GET", f"/v1beta/{place}").json[key]
        wanted = batch.removeprefix("openai/")
        return next(row for row in rows if wanted in (row.get("id"), row.get("name")))

    @invariant()
    def an_end_is_an_end(self) -> None:
        for batch, shown in self.ended.items():
            assert get_state(self.find_listed(batch)) == get_state(shown)


def get_state(batch: Any) -> str:
    state: str = batch["status"] if "status" in batch else batch["metadata"]["state"]
    return state.removeprefix("BATCH_STATE_").lower()


for machine in (FileMachine, CacheMachine, BatchMachine):
    machine.TestCase.settings = settings(
        deadline=None, stateful_step_count=10, suppress_health_check=list(HealthCheck)
    )
TestFiles = FileMachine.TestCase
TestCaches = CacheMachine.TestCase
TestBatches = BatchMachine.TestCase
