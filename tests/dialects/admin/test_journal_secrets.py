"""The journal shows requests and responses without secrets, and everything else as it was."""

from __future__ import annotations

import json
from typing import Any

from mockgem.app.factory import create_handler
from mockgem.config.settings import Settings
from mockgem.core.http import ChunkedBody, WireRequest

OWN = "a-credential-of-no-known-kind-42"


async def read(handler: Any, path: str, query: dict[str, str]) -> Any:
    response = await handler(WireRequest("GET", path, query, {"host": "localhost"}, b""))
    body = response.body
    return json.loads(body.join_chunks() if isinstance(body, ChunkedBody) else body)


async def test_what_an_entry_shows() -> None:
    handler, _, _ = create_handler(Settings())
    query = {"key": OWN, "pageToken": "Chdtb2RlbHMvZ2VtaW5pLTIuNS", "code": "python"}
    headers = {
        "x-auth-token": "gateway-42",
        "cookie": "sid=a8Kd03hfLq29",
        "idempotency-key": "retry-0f8fad5b",
        "x-trace": f"key={OWN}",
    }
    body = {"password": "hunter22", "max_tokens": 5, "note": f"{OWN[:3]}...{OWN[-3:]}", "code": 400}
    path = f"/v1beta/models/{OWN}:generateContent"
    await handler(WireRequest("POST", path, query, headers, json.dumps(body).encode()))
    entry = (await read(handler, "/_mockgem/journal", {}))["entries"][0]
    assert entry["path"] == "/v1beta/models/REDACTED:generateContent"
    assert entry["query"] == {**query, "key": "…"}
    assert entry["request"]["headers"] == {
        "x-auth-token": "…",
        "cookie": "…",
        "idempotency-key": "retry-0f8fad5b",
        "x-trace": "key=REDACTED",
    }
    assert json.loads(entry["request"]["body"]) == {
        **body,
        "password": "REDACTED",
        "note": "REDACTED",
    }
