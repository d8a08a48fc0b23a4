"""An OTLP collector for tests: an HTTP server on this machine that keeps the spans it gets."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span

WAIT = 60.0


def read_value(value: AnyValue) -> Any:
    kind = value.WhichOneof("value")
    if kind == "array_value":
        return [read_value(one) for one in value.array_value.values]
    return getattr(value, str(kind))


def read_attributes(attributes: Any) -> dict[str, Any]:
    pairs: list[KeyValue] = list(attributes)
    return {pair.key: read_value(pair.value) for pair in pairs}


class Collector:
    """What the server got: requests as OTLP defines them."""

    def __init__(self) -> None:
        self.requests: list[ExportTraceServiceRequest] = []
        self.paths: list[str] = []
        self.has_more = threading.Condition()
        self.url = ""

    def add(self, path: str, request: ExportTraceServiceRequest) -> None:
        with self.has_more:
            self.paths.append(path)
            self.requests.append(request)
            self.has_more.notify_all()

    @property
    def resources(self) -> list[dict[str, Any]]:
        return [
            read_attributes(part.resource.attributes)
            for request in self.requests
            for part in request.resource_spans
        ]

    @property
    def spans(self) -> list[Span]:
        found = [
            span
            for request in self.requests
            for part in request.resource_spans
            for scope in part.scope_spans
            for span in scope.spans
        ]
        return sorted(found, key=lambda span: span.start_time_unix_nano)

    def wait_for(self, count: int) -> list[Span]:
        """Return the spans when there are so many."""
        end = time.monotonic() + WAIT
        with self.has_more:
            while len(self.spans) < count and time.monotonic() < end:
                self.has_more.wait(0.5)
        assert len(self.spans) == count, [span.name for span in self.spans]
        return self.spans


@contextmanager
def collecting() -> Iterator[Collector]:
    """Run a collector on a free port."""
    collector = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            assert self.headers["Content-Type"] == "application/x-protobuf"
            request = ExportTraceServiceRequest()
            request.ParseFromString(body)
            collector.add(self.path, request)
            answer = ExportTraceServiceResponse().SerializeToString()
            self.send_response(200)
            self.send_header("Content-Type", "application/x-protobuf")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    collector.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield collector
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
