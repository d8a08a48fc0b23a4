"""Webhooks with Google's SDK, as the documentation shows them."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from base64 import b64decode, b64encode
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from google import genai

MODEL = "gemini-2.5-flash"


class Handler(BaseHTTPRequestHandler):
    """Keeps one request and answers 200."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.arrived = (dict(self.headers.items()), body)  # type: ignore[attr-defined]
        self.send_response(200)
        self.end_headers()

    def log_message(self, *words: object) -> None:
        pass


def receive_one(start: Any) -> tuple[dict[str, str], bytes]:
    """Return the first request that arrives after `start(address)`."""
    server: Any = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    start(f"http://127.0.0.1:{server.server_address[1]}/gemini-callback")
    thread.join(60)
    server.server_close()
    headers, body = server.arrived
    return {name.lower(): text for name, text in headers.items()}, body


def test_a_batch_without_polling(client: genai.Client) -> None:
    secrets, batches = [], []

    def start(address: str) -> None:
        webhook = client.webhooks.create(
            name="MyBatchWebhook", subscribed_events=["batch.succeeded"], uri=address
        )
        secrets.append(webhook.new_signing_secret)
        request = {"contents": [{"parts": [{"text": "Tell me a joke."}]}]}
        batches.append(client.batches.create(model=MODEL, src=[request]))

    headers, body = receive_one(start)
    event = json.loads(body)
    assert (event["type"], event["data"]["id"]) == ("batch.succeeded", batches[0].name)
    key = b64decode(secrets[0].removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{digest}"
    assert client.batches.get(name=batches[0].name).done


def test_manage_webhooks(client: genai.Client) -> None:
    created = client.webhooks.create(
        subscribed_events=["batch.succeeded", "batch.failed"], uri="http://127.0.0.1:9/hook"
    )
    webhook = client.webhooks.get(id=created.id)
    assert webhook.state == "enabled"
    assert webhook.new_signing_secret is None
    assert [one.id for one in client.webhooks.list().webhooks] == [created.id]
    changed = client.webhooks.update(id=created.id, subscribed_events=["video.generated"])
    assert changed.subscribed_events == ["video.generated"]
    rotated = client.webhooks.rotate_signing_secret(
        id=created.id, revocation_behavior="revoke_previous_secrets_immediately"
    )
    assert rotated.secret.startswith("whsec_")
    client.webhooks.ping(id=created.id)
    client.webhooks.delete(id=created.id)
    with pytest.raises(Exception, match="not found"):
        client.webhooks.get(id=created.id)


REFUSED = """agents.list voices.list triggers.list environments.list credentials.list""".split()


@pytest.mark.parametrize("method", REFUSED)
def test_what_is_not_offered_is_refused_without_repeats(client: genai.Client, method: str) -> None:
    resource, _, name = method.partition(".")
    if not hasattr(client, resource):
        pytest.skip(f"this version of the SDK has no {resource}")
    with pytest.raises(Exception, match=f"does not support {resource}"):
        getattr(getattr(client, resource), name)()
