"""The metrics of one worker, in Prometheus' format. They need the package prometheus-client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockgem.core.errors import Failure
from mockgem.telemetry.observation import Observation

if TYPE_CHECKING:
    from prometheus_client import Counter, Gauge, Histogram

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)
"""The limits of the buckets for requests."""
STORE_SECONDS = (0.00001, 0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5)
"""The limits of the buckets for operations of the store."""
MAX_COMBINATIONS = 5000
"""Combinations of labels of one metric. A server with this number counts the others as `other`."""
OTHER = "other"
CALL_LABELS = ("surface", "endpoint", "model")
MISSING_PACKAGE = (
    "--metrics needs the package prometheus-client. Install it: pip install 'mockgem[metrics]'"
)


class Metrics:
    """All metrics of one worker, in a registry of their own.

    Every metric has the label `worker`, so that the values of several workers can be put together
    (`metrics_merge.py`) and summed.

    Raises ValueError if prometheus-client is not installed.
    """

    def __init__(self, worker: str = "0") -> None:
        try:
            from prometheus_client import CollectorRegistry
        except ImportError:
            raise ValueError(MISSING_PACKAGE) from None
        self.worker = worker
        self.registry = CollectorRegistry()
        self.children: dict[tuple[Any, ...], Any] = {}
        self.build_request_metrics()
        self.build_state_metrics()

    def build_request_metrics(self) -> None:
        self.requests = self.count(
            "mockgem_requests",
            "Requests whose answer has ended.",
            *CALL_LABELS, "status", "source",
        )  # fmt: skip
        self.duration = self.measure(
            "mockgem_request_duration_seconds",
            "From the request to the last byte of its answer.",
            *CALL_LABELS,
        )
        self.first_byte = self.measure(
            "mockgem_time_to_first_byte_seconds",
            "From the request to the first piece of its answer.",
            *CALL_LABELS,
        )
        self.tokens = self.count(
            "mockgem_tokens", "Tokens by type: input, cached, output, thoughts.",
            "surface", "model", "type",
        )  # fmt: skip
        self.cost = self.count(
            "mockgem_cost_usd", "What requests would have cost, with --costs.", "surface", "model"
        )
        self.unfinished = self.count(
            "mockgem_unfinished_answers",
            "Answers that a fault cut off (cut), and that a client did not wait for (left).",
            "outcome",
        )
        self.turns = self.count("mockgem_socket_turns", "Answers on sockets.", "surface", "model")

    def build_state_metrics(self) -> None:
        self.faults = self.count("mockgem_faults", "Faults of answers.", "fault")
        self.misses = self.count(
            "mockgem_misses",
            "Requests for which nothing fits: no recording (cassette), no reply that a test set "
            "(reply), no endpoint (endpoint).",
            "kind",
        )
        self.open_streams = self.gauge("mockgem_open_streams", "Streams that are being sent.")
        self.open_sockets = self.gauge("mockgem_open_sockets", "Sockets that are open.")
        self.journal_drops = self.count(
            "mockgem_journal_dropped_entries", "Journal entries that made room for others."
        )
        self.store = self.measure(
            "mockgem_store_duration_seconds",
            "Operations of the store: records, blobs and counters.",
            "store", "operation",
            buckets=STORE_SECONDS,
        )  # fmt: skip

    def count(self, name: str, text: str, *labels: str) -> Counter:
        from prometheus_client import Counter

        return Counter(name, text, ("worker", *labels), registry=self.registry)

    def gauge(self, name: str, text: str) -> Gauge:
        from prometheus_client import Gauge

        return Gauge(name, text, ("worker",), registry=self.registry)

    def measure(
        self, name: str, text: str, *labels: str, buckets: tuple[float, ...] = SECONDS
    ) -> Histogram:
        from prometheus_client import Histogram

        return Histogram(name, text, ("worker", *labels), registry=self.registry, buckets=buckets)

    def find(self, metric: Any, *values: str) -> Any:
        """Return the part of a metric that has these values of its labels."""
        key = (metric, *values)
        child = self.children.get(key)
        if child is None:
            if len(self.children) >= MAX_COMBINATIONS:
                values = (OTHER,) * len(values)
            child = metric.labels(self.worker, *values)
            if len(self.children) < MAX_COMBINATIONS:
                self.children[key] = child
        return child

    def note_start(self, observation: Observation) -> None:
        self.find(self.gauge_of(observation)).inc()

    def gauge_of(self, observation: Observation) -> Gauge:
        return self.open_sockets if observation.is_socket else self.open_streams

    def note_end(self, observation: Observation) -> None:
        entry = observation.entry
        labels = (entry.surface, observation.endpoint, observation.model)
        self.find(self.requests, *labels, str(entry.status), entry.source).inc()
        self.find(self.duration, *labels).observe(observation.seconds)
        self.find(self.first_byte, *labels).observe(observation.first_byte_seconds)
        self.note_content(observation)
        self.note_problems(observation)
        if observation.was_open:
            self.find(self.gauge_of(observation)).dec()

    def note_content(self, observation: Observation) -> None:
        """Count tokens, cost and turns."""
        labels = (observation.entry.surface, observation.model)
        usage = observation.usage
        if usage is not None:
            cached = min(usage.cached, usage.prompt)
            counts = {
                "input": usage.prompt + usage.tool_use_prompt - cached,
                "cached": cached,
                "output": usage.output,
                "thoughts": usage.thoughts,
            }
            for kind, count in counts.items():
                if count:
                    self.find(self.tokens, *labels, kind).inc(count)
        if observation.cost:
            self.find(self.cost, *labels).inc(observation.cost)
        if observation.turns:
            self.find(self.turns, *labels).inc(observation.turns)

    def note_problems(self, observation: Observation) -> None:
        """Count faults, misses and answers that did not reach the client whole."""
        entry = observation.entry
        details = entry.scenario_details or {}
        for fault in details.get("faults", ()):
            self.find(self.faults, str(fault)).inc()
        if entry.outcome in ("cut", "left"):
            self.find(self.unfinished, entry.outcome).inc()
        if "missed" in details:
            self.find(self.misses, "cassette").inc()
        if details.get("unscripted"):
            self.find(self.misses, "reply").inc()
        if entry.source == "nobody" and not isinstance(observation.answer.content, Failure):
            self.find(self.misses, "endpoint").inc()

    def note_journal_drop(self) -> None:
        self.find(self.journal_drops).inc()

    def note_store(self, store: str, operation: str, seconds: float) -> None:
        self.find(self.store, store, operation).observe(seconds)

    def render(self, accept: str = "") -> tuple[str, bytes]:
        """Return the content type and the text, as Prometheus' text or as OpenMetrics."""
        from prometheus_client.exposition import choose_encoder

        encode, content_type = choose_encoder(accept)
        return content_type, encode(self.registry)
