"""A client of the server that MOCKGEM_URL names. Each test has a world of its own."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator

import httpx
import pytest


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    base = f"{os.environ['MOCKGEM_URL']}/w/{uuid.uuid4().hex}"
    headers = {"x-goog-api-key": "any-key"}
    with httpx.Client(base_url=base, headers=headers, timeout=60, trust_env=False) as client:
        yield client


VERTEX_HEADERS = {"authorization": "Bearer ya29.any-token", "x-goog-api-key": ""}
