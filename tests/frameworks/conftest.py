"""Each framework is tested in an environment of its own, against the server that MOCKGEM_URL
names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

HERE = Path(__file__).parent
BASES = {"gateway": "/v1", "gemini": "/v1beta/openai/"}


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """These tests only run with the pytest.ini beside them, not with the rest of the tests."""
    return None if config.inipath is not None and config.inipath.parent == HERE else True


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if items and not os.environ.get("MOCKGEM_URL"):
        raise pytest.UsageError(
            "MOCKGEM_URL is not set: it names a running server, such as http://127.0.0.1:8080"
        )


@pytest.fixture(params=list(BASES))
def base_url(request: pytest.FixtureRequest) -> str:
    """The base URL of the gateway, then of Gemini's own surface."""
    return os.environ["MOCKGEM_URL"] + BASES[request.param]
