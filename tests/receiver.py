"""A receiver of webhooks for tests: keeps what arrives, and answers with chosen statuses."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from base64 import b64decode, b64encode
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TIMEOUT = 60.0
"""Seconds to wait for an event: much more than a busy machine needs."""


@dataclass
class Event:
    """One delivery as it arrived. Names of headers are in lower case."""

    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    def is_signed_with(self, secret: str) -> bool:
        """Return whether one of the signatures is that of a secret."""
        message_id, moment = self.headers["webhook-id"], self.headers["webhook-timestamp"]
        key = b64decode(secret.removeprefix("whsec_"))
        signed = f"{message_id}.{moment}.".encode() + self.body
        expected = b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        return f"v1,{expected}" in self.headers["webhook-signature"].split(" ")


class Receiver:
    """A server on a free port of this machine.

    `statuses` are those of the next answers; after them every answer is a 200.
    """

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.events: list[Event] = []
        self.arrived = threading.Condition()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                status = receiver.keep({k.lower(): v for k, v in self.headers.items()}, body)
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *words: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/hook"

    def keep(self, headers: dict[str, str], body: bytes) -> int:
        with self.arrived:
            self.events.append(Event(headers, body))
            self.arrived.notify_all()
            return self.statuses.pop(0) if self.statuses else 200

    def wait(self, count: int = 1) -> list[Event]:
        """Return the events when there are so many."""
        with self.arrived:
            enough = self.arrived.wait_for(lambda: len(self.events) >= count, TIMEOUT)
            assert enough, f"only {len(self.events)} of {count} events arrived"
            return list(self.events)

    def __enter__(self) -> Receiver:
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
