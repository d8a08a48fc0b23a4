"""The Valkey server of the tests of fleets, and a fleet for those that leave it as it is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from types import ModuleType

import pytest

from tests.fleet.fleets import FleetServer, serving_fleet
from tests.valkey_server import ValkeyServer, run_valkey


@pytest.fixture(scope="session")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ValkeyServer]:
    with run_valkey(tmp_path_factory.mktemp("valkey")) as server:
        yield server


@pytest.fixture(scope="session")
def fleet(valkey: ValkeyServer) -> Iterator[FleetServer]:
    with serving_fleet(valkey) as started:
        yield started


@pytest.fixture
def serve_fleets(
    request: pytest.FixtureRequest, valkey: ValkeyServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let the tests of a module start a fleet where they start a server with workers."""
    module: ModuleType = request.function.__globals__["__name__"]
    monkeypatch.setattr(f"{module}.serving", partial(serving_fleet, valkey), raising=False)
