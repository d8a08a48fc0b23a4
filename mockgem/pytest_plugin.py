"""The pytest plugin: the fixture `mockgem`, a world for each test on a server for the session.

It is loaded wherever mockgem is installed, so it imports nothing of it before the fixture is asked for.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from mockgem.testing import LocalServer, Mockgem

MARKER = "mockgem(scenario=None): the scenario that the test's world plays, by name or as a mapping"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", MARKER)


@pytest.fixture(scope="session")
def mockgem_server() -> Iterator[LocalServer]:
    """One server in a thread, started when the first test wants it."""
    from mockgem.testing import LocalServer

    with LocalServer() as server:
        yield server


@pytest.fixture
def mockgem(mockgem_server: LocalServer, request: pytest.FixtureRequest) -> Iterator[Mockgem]:
    """A world of the test's own: `mockgem.openai_url`, `.gemini_url`, `.scenario(…)`, `.verdict()`, `.journal()`.

    `@pytest.mark.mockgem(scenario="overloaded")` chooses a scenario for it.
    """
    world = mockgem_server.world(uuid.uuid4().hex)
    marker = request.node.get_closest_marker("mockgem")
    told: Any = marker.kwargs.get("scenario") if marker is not None else None
    if told is not None:
        world.scenario(told)
    yield world
    world.forget()
