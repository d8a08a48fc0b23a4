"""The options for operators: rows of the table in `options.py`.

All are off by default, and cost nothing then.
"""

from __future__ import annotations

from mockgem.config.option_kinds import Flag, Number


class MonitoringOptions:
    """What a server shows of its requests to those who run it."""

    metrics = Flag(
        False,
        group="Monitoring",
        help="Serve metrics for Prometheus at /_mockgem/metrics (needs mockgem[metrics]).",
    )
    traces = Flag(
        False,
        group="Monitoring",
        help="Send a span for each request to the collector that the variables OTEL_… name (needs "
        "mockgem[otel]).",
    )
    request_ids = Flag(
        False,
        group="Monitoring",
        help="Send X-Request-Id with each answer: the client's own, or a new one.",
    )
    costs = Flag(
        False,
        group="Monitoring",
        help="Estimate what each request would have cost, by the prices that mockgem knows.",
    )
    budget = Number(
        0.0,
        minimum=0,
        unit="US dollars",
        group="Monitoring",
        help="Answer 429 (spending cap) when the requests of a world would have cost this much; "
        "0: no limit.",
    )
    stop_delay = Number(
        0.0,
        minimum=0,
        maximum=3600,
        unit="seconds",
        group="Monitoring",
        commands=("serve", "record", "replay"),
        not_in_python="it ends when the program ends it",
        help="After a stop signal, continue for this long, with 503 at /_mockgem/ready: load "
        "balancers then stop sending requests.",
    )


def is_monitored(options: MonitoringOptions) -> bool:
    """Return whether an option asks for something that watches requests."""
    return bool(
        options.metrics or options.traces or options.request_ids or options.costs or options.budget
    )
