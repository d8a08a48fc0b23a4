"""A file search store with two documents, for the tests of frameworks."""

from __future__ import annotations

import json
import os
import urllib.request
import uuid
from typing import Any

import pytest

DOCUMENTS = {
    "paris.txt": "Paris is the capital of France. The Eiffel Tower is a famous landmark in Paris.",
    "tea.txt": "Green tea is steeped at 80 degrees. Black tea needs boiling water.",
}


class Store:
    """A store in a world of its own. `url` is the base URL of the world."""

    def __init__(self) -> None:
        self.url = f"{os.environ['MOCKGEM_URL']}/w/{uuid.uuid4().hex}"
        self.name = str(self.post("/v1beta/fileSearchStores", b"{}")["name"])
        for title, text in DOCUMENTS.items():
            self.upload(title, text)

    def upload(self, title: str, text: str) -> None:
        path = f"/upload/v1beta/{self.name}:uploadToFileSearchStore"
        start = {
            "X-Goog-Upload-Protocol": "resumable",
            "X-Goog-Upload-Command": "start",
            "X-Goog-Upload-Header-Content-Type": "text/plain",
        }
        answer = self.open(path, json.dumps({"displayName": title}).encode(), start)
        place = f"{path}?upload_id={answer.headers['X-GUploader-UploadID']}"
        rest = {"X-Goog-Upload-Command": "upload, finalize", "X-Goog-Upload-Offset": "0"}
        self.open(place, text.encode(), rest)

    def post(self, path: str, body: bytes) -> Any:
        return json.loads(self.open(path, body, {}).read())

    def open(self, path: str, body: bytes, headers: dict[str, str]) -> Any:
        request = urllib.request.Request(self.url + path, body, {"x-goog-api-key": "k", **headers})
        return urllib.request.urlopen(request, timeout=60)


@pytest.fixture
def store() -> Store:
    return Store()
