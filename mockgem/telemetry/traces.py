"""Spans of OpenTelemetry for requests. They need the extra mockgem[otel].

The standard variables say where the spans go (OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME,
OTEL_TRACES_SAMPLER …). A span continues the trace of the client's `traceparent`.
"""

from __future__ import annotations

import asyncio
import os
import time
from typing import TYPE_CHECKING

from mockgem.telemetry.observation import Observation
from mockgem.telemetry.span_attributes import build_attributes, find_error_type, name_span

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.export import SpanExporter
    from opentelemetry.trace import Span

NANOSECONDS = 1_000_000_000
FLUSH_SECONDS = 3.0
"""Seconds that a server waits at its end for a collector."""
MISSING_PACKAGE = (
    "--traces needs the packages of OpenTelemetry. Install them: pip install 'mockgem[otel]'"
)
EXPORTERS = ("otlp", "console", "none")
PROTOCOL = "http/protobuf"


def build_exporter() -> SpanExporter | None:
    """Return the exporter that OTEL_TRACES_EXPORTER names. Raises ValueError for an unknown one."""
    name = os.environ.get("OTEL_TRACES_EXPORTER") or "otlp"
    if name not in EXPORTERS:
        allowed = ", ".join(EXPORTERS)
        raise ValueError(f"OTEL_TRACES_EXPORTER={name[:40]} is not valid: use one of {allowed}")
    if name == "none":
        return None
    if name == "console":
        from opentelemetry.sdk.trace.export import ConsoleSpanExporter

        return ConsoleSpanExporter()
    variables = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")
    protocol = next(filter(None, map(os.environ.get, variables)), PROTOCOL)
    if protocol != PROTOCOL:
        raise ValueError(
            f"OTEL_EXPORTER_OTLP_PROTOCOL={protocol[:40]} is not supported: use {PROTOCOL}"
        )
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

    return OTLPSpanExporter()


class Traces:
    """Makes a span of each request whose answer has ended, and sends it to a collector.

    The thread that sends starts with the first span, so that the supervisor of workers can check
    the settings and fork afterwards.

    Raises ValueError if the packages are missing, and for variables that are not valid.
    """

    def __init__(self) -> None:
        try:
            from opentelemetry.sdk.resources import Resource
            from opentelemetry.sdk.trace import TracerProvider
            from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

            self.exporter = build_exporter()
        except ImportError:
            raise ValueError(MISSING_PACKAGE) from None
        own = {} if os.environ.get("OTEL_SERVICE_NAME") else {"service.name": "mockgem"}
        self.provider = TracerProvider(resource=Resource.create(own), shutdown_on_exit=False)
        self.tracer = self.provider.get_tracer("mockgem")
        self.propagator = TraceContextTextMapPropagator()

    def note_start(self, observation: Observation) -> None:
        """A span is made at the end, when all of it is known."""

    def note_end(self, observation: Observation) -> None:
        from opentelemetry.trace import SpanKind

        if self.exporter is not None:
            self.begin_to_send(self.exporter)
        entry, wire = observation.entry, observation.call.wire
        carrier = {name: wire.headers.get(name, "") for name in self.propagator.fields}
        began = time.time_ns() - int((time.perf_counter() - entry.started_at) * NANOSECONDS)
        span = self.tracer.start_span(
            name_span(observation),
            context=self.propagator.extract({key: one for key, one in carrier.items() if one}),
            kind=SpanKind.SERVER,
            attributes=build_attributes(observation),
            start_time=began,
        )
        if span.is_recording():
            end = began + int(observation.seconds * NANOSECONDS)
            add_events(span, observation, began, end)
            set_status(span, observation)
            span.end(end)

    def begin_to_send(self, exporter: SpanExporter) -> None:
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        self.provider.add_span_processor(BatchSpanProcessor(exporter))
        self.exporter = None

    async def close(self) -> None:
        """Send the spans that are left. A collector that is down delays the end a little."""
        await asyncio.to_thread(self.provider.force_flush, int(FLUSH_SECONDS * 1000))
        await asyncio.to_thread(self.provider.shutdown)


def add_events(span: Span, observation: Observation, began: int, end: int) -> None:
    """Add what happened to an answer on its way: faults, the first piece, the end of a stream."""
    entry = observation.entry
    for fault in (entry.scenario_details or {}).get("faults", ()):
        span.add_event("mockgem.fault", {"mockgem.fault.name": str(fault)}, began)
    if not observation.was_open:
        return
    kind = "socket" if observation.is_socket else "stream"
    if entry.chunks:
        first = began + int(entry.chunks[0][0] * NANOSECONDS)
        span.add_event(f"mockgem.{kind}.first_chunk", {}, first)
    attributes: dict[str, str | int] = {
        "mockgem.outcome": entry.outcome,
        "mockgem.chunks": len(entry.chunks),
        "mockgem.bytes": entry.size,
    }
    span.add_event(f"mockgem.{kind}.end", attributes, end)


def set_status(span: Span, observation: Observation) -> None:
    """Mark an error. As the conventions for servers say, a 4xx is the client's error and leaves the
    status unset; its `error.type` is an attribute."""
    from opentelemetry.trace import Status, StatusCode

    entry = observation.entry
    if entry.status >= 500 or entry.outcome == "cut":
        span.set_status(Status(StatusCode.ERROR, find_error_type(observation)))
