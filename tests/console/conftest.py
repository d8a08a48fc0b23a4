"""A browser, and a page that has to stay without errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.conftest import ServerProcess
from tests.console.browser import open_browser

MAX_WAIT = 30_000
"""Milliseconds that are long enough on a busy machine."""
expect.set_options(timeout=MAX_WAIT)  # contexts have a limit of their own


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        item.add_marker("slow")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture
def url() -> Iterator[str]:
    """The URL of a new server."""
    server = ServerProcess("--quiet")
    yield server.url
    server.stop()


OpenPage = Callable[..., Page]


@pytest.fixture
def page_errors() -> list[str]:
    """What the scripts of the pages reported."""
    return []


@pytest.fixture
def open_page(browser: Browser, page_errors: list[str]) -> Iterator[OpenPage]:
    """Opens a page of a server's console. The test fails for errors of its scripts."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(MAX_WAIT)

    def note(message: ConsoleMessage) -> None:
        is_network = "Failed to load resource" in message.text
        if message.type == "error" and not is_network:
            page_errors.append(message.text)

    def open_one(url: str, name: str = "requests", world: str = "") -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: page_errors.append(str(error)))
        page.on("console", note)
        page.goto(f"{url}{f'/w/{world}' if world else ''}/_mockgem/console/#{name}")
        return page

    yield open_one
    context.close()
    assert page_errors == []
