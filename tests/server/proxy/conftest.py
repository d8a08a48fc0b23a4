"""The fake internet of a test."""

from __future__ import annotations

import pytest

from tests.server.proxy.internet import Internet, connect_internet


@pytest.fixture
def internet(monkeypatch: pytest.MonkeyPatch) -> Internet:
    return connect_internet(monkeypatch)
