"""Metrics of several workers together, read with Prometheus' own parser."""

from __future__ import annotations

import pytest

from mockgem.telemetry.metrics import Metrics
from mockgem.telemetry.metrics_merge import merge_metrics
from tests.telemetry.scraping import Scrape


def render_worker(name: str, faults: int) -> str:
    metrics = Metrics(name)
    for _ in range(faults):
        metrics.find(metrics.faults, 'a "quoted\\" name').inc()
    metrics.note_store("records", "get", 0.002)
    metrics.find(metrics.open_streams).inc()
    return metrics.render()[1].decode()


@pytest.mark.parametrize("is_summed", [False, True])
def test_workers_are_side_by_side_or_summed(is_summed: bool) -> None:
    texts = [render_worker("0", 2), render_worker("1", 5)]
    found = Scrape(merge_metrics(texts, is_summed=is_summed).decode())
    assert found.sum("mockgem_faults_total") == 7
    assert found.sum("mockgem_open_streams") == 2
    assert found.sum("mockgem_store_duration_seconds_count") == 2
    assert found.sum("mockgem_store_duration_seconds_bucket", le="0.005") == 2
    assert found.families["mockgem_store_duration_seconds"].type == "histogram"
    assert found.families["mockgem_faults"].documentation == "Faults of answers."
    assert found.values_of("fault") == {'a "quoted\\" name'}
    if is_summed:
        assert found.values_of("worker") == set()
        assert len([one for one in found.samples if one.name == "mockgem_faults_total"]) == 1
    else:
        assert found.sum("mockgem_faults_total", worker="0") == 2
        assert found.sum("mockgem_faults_total", worker="1") == 5
