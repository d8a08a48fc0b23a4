"""File search stores for tests: create them, put documents in, ask questions about them."""

from __future__ import annotations

import json
from typing import Any

from tests.asking import Answer, Asker

KEY = {"x-goog-api-key": "k", "host": "127.0.0.1:8090"}
STORES = "/v1beta/fileSearchStores"
PARIS = "Paris is the capital of France. The Eiffel Tower is a famous landmark in Paris."
TEA = "Green tea is steeped at 80 degrees. Black tea needs boiling water."


class Library:
    """One server with stores. `world` begins the paths, such as /w/other."""

    def __init__(self, asker: Asker | None = None, world: str = "", **settings: Any) -> None:
        self.asker = asker or Asker(**settings)
        self.world = world

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        headers: dict[str, str] | None = None,
        query: dict[str, str] | None = None,
    ) -> Answer:
        data = (
            body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        )
        return self.asker.send(method, self.world + path, data, KEY | (headers or {}), query or {})

    def create_store(self, name: str = "Test Store", **fields: Any) -> str:
        """Create a store and return its name."""
        answer = self.send("POST", STORES, {"displayName": name, **fields} if name else fields)
        assert answer.status == 200, answer.text
        return str(answer.json["name"])

    def start(self, store: str, size: int, mime_type: str = "text/plain", **fields: Any) -> Answer:
        headers = {
            "x-goog-upload-protocol": "resumable",
            "x-goog-upload-command": "start",
            "x-goog-upload-header-content-length": str(size),
            "x-goog-upload-header-content-type": mime_type,
        }
        path = f"/upload/v1beta/{store}:uploadToFileSearchStore"
        return self.send("POST", path, fields, headers)

    def send_bytes(self, store: str, upload_id: str, data: bytes, **headers: str) -> Answer:
        path = f"/upload/v1beta/{store}:uploadToFileSearchStore"
        sent = {"x-goog-upload-command": "upload, finalize", "x-goog-upload-offset": "0"} | headers
        return self.send("POST", path, data, sent, {"upload_id": upload_id})

    def upload(
        self, store: str, data: bytes | str, mime_type: str = "text/plain", **fields: Any
    ) -> Any:
        """Upload a document and return the operation."""
        content = data.encode() if isinstance(data, str) else data
        started = self.start(store, len(content), mime_type, **fields)
        assert started.status == 200, started.text
        finished = self.send_bytes(store, started.header("X-GUploader-UploadID")[0], content)
        assert finished.status == 200, finished.text
        return finished.json

    def put(self, store: str, data: bytes | str, name: str = "", **fields: Any) -> str:
        """Upload a document and return its name."""
        named = {"displayName": name} if name else {}
        return str(self.upload(store, data, **named, **fields)["response"]["documentName"])

    def ask(
        self, question: str, *stores: str, model: str = "gemini-2.5-flash", **settings: Any
    ) -> Answer:
        """Ask a question about some stores. `settings` are those of the file search."""
        body = {
            "contents": [{"parts": [{"text": question}]}],
            "tools": [{"fileSearch": {"fileSearchStoreNames": list(stores), **settings}}],
        }
        return self.send("POST", f"/v1beta/models/{model}:generateContent", body)

    def find_titles(self, question: str, *stores: str, **settings: Any) -> list[str]:
        """Return the titles of the documents that an answer cites, in order."""
        answer = self.ask(question, *stores, **settings)
        assert answer.status == 200, answer.text
        return [source["title"] for source in sources_of(answer)]


def sources_of(answer: Answer) -> list[Any]:
    chunks = grounding_of(answer).get("groundingChunks", [])
    return [chunk["retrievedContext"] for chunk in chunks]


def grounding_of(answer: Answer) -> Any:
    return answer.json["candidates"][0].get("groundingMetadata", {})


def text_of(answer: Answer) -> str:
    return "".join(
        part.get("text", "") for part in answer.json["candidates"][0]["content"]["parts"]
    )
