"""Put the metrics of several workers together: side by side, or summed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

Key = tuple[str, tuple[tuple[str, str], ...]]
"""The name of a sample and its labels."""


@dataclass
class Family:
    """One metric with the values of all workers, by name and labels."""

    kind: str
    text: str
    values: dict[Key, float] = field(default_factory=dict)


def merge_metrics(texts: Sequence[str], *, is_summed: bool = False) -> bytes:
    """Return one text with the metrics of several workers, each as `Metrics.render` returns it.

    Samples with the same labels are added. Without the label `worker` (`is_summed`) those are the
    samples of all workers.
    """
    from prometheus_client.parser import text_string_to_metric_families

    families: dict[str, Family] = {}
    for text in texts:
        for parsed in text_string_to_metric_families(text):
            family = families.setdefault(parsed.name, Family(parsed.type, parsed.documentation))
            add_samples(family, parsed.samples, is_summed=is_summed)
    return "".join(render_family(name, one) for name, one in families.items()).encode()


def add_samples(family: Family, samples: Iterable[Any], *, is_summed: bool) -> None:
    for sample in samples:
        pairs = [one for one in sample.labels.items() if not (is_summed and one[0] == "worker")]
        key = sample.name, tuple(pairs)
        if sample.name.endswith("_created"):  # a time: the first worker's counts
            family.values[key] = min(sample.value, family.values.get(key, sample.value))
        else:
            family.values[key] = family.values.get(key, 0.0) + sample.value


def render_family(name: str, family: Family) -> str:
    """Return a metric in Prometheus' text format."""
    shown = f"{name}_total" if family.kind == "counter" else name
    lines = [f"# HELP {shown} {escape_text(family.text)}", f"# TYPE {shown} {family.kind}"]
    for (sample, labels), value in family.values.items():
        pairs = ",".join(f'{label}="{escape_value(text)}"' for label, text in labels)
        lines.append(f"{sample}{{{pairs}}} {value!r}" if pairs else f"{sample} {value!r}")
    return "\n".join(lines) + "\n"


def escape_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def escape_value(text: str) -> str:
    return escape_text(text).replace('"', '\\"')
