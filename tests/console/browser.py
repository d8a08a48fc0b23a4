"""A browser for tests, requests that fill the console, and the checks of axe-core."""

from __future__ import annotations

import json
import os
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
CHAT = "/v1beta/openai/chat/completions"
PAGES = ("requests", "next", "scenarios", "world", "cassettes", "live", "connect")
MARKUP = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
PICTURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL"
    "0Y4OHwAAAABJRU5ErkJggg=="
)


def find_chromium() -> str | None:
    """Return the system's Chromium, or None for the one that playwright has installed."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = (shutil.which(name) for name in names)
    return os.environ.get("MOCKGEM_CHROMIUM") or next((path for path in found if path), None)


@contextmanager
def open_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        try:
            yield browser
        finally:
            browser.close()


def send(url: str, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    """Send a request as a client; return the status and the JSON, or the text."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    is_native = path.startswith("/v1beta/") and "/openai/" not in path
    if is_native:
        headers["x-goog-api-key"] = "any-key"
    else:
        headers["Authorization"] = "Bearer any-key"
    request = urllib.request.Request(url + path, data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            status, text = response.status, response.read()
    except urllib.error.HTTPError as error:
        with error:
            status, text = error.code, error.read()
    try:
        return status, json.loads(text)
    except ValueError:
        return status, text.decode()


def chat(url: str, text: str, **more: Any) -> tuple[int, Any]:
    messages = [{"role": "user", "content": text}]
    return send(url, "POST", CHAT, {"model": "gemini-2.5-flash", "messages": messages, **more})


def generate(url: str, *parts: Any, model: str = "gemini-2.5-flash") -> tuple[int, Any]:
    contents = [{"role": "user", "parts": list(parts)}]
    return send(url, "POST", f"/v1beta/models/{model}:generateContent", {"contents": contents})


def find_violations(page: Page) -> list[str]:
    """Return what axe-core finds wrong with a page. Its script passes by the page's policy."""
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
    run = (
        "axe.run().then(found => JSON.stringify(found.violations.map("
        "one => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`)))"
    )
    result = session.send("Runtime.evaluate", {"expression": run, "awaitPromise": True})
    found: list[str] = json.loads(result["result"]["value"])
    return found
