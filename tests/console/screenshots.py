"""Takes the pictures of the console for README and docs: `make screenshots`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect

from tests.conftest import ServerProcess
from tests.console.browser import CHAT, PICTURE, chat, generate, open_browser, send

FOLDER = Path(__file__).parents[2] / "docs" / "images"
WIDTH, HEIGHT, CONVERSATION_HEIGHT = 1280, 800, 1000
WEATHER: dict[str, Any] = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
    },
}


def main() -> None:
    server = ServerProcess("--quiet")
    try:
        make_requests(server.url)
        FOLDER.mkdir(exist_ok=True)
        with open_browser() as browser:
            for file, scheme in (("console-request", "light"), ("console-request-dark", "dark")):
                take(browser, server.url, "requests/5", file, scheme, CONVERSATION_HEIGHT)
            take(browser, server.url, "next", "console-next", "light")
            take(browser, server.url, "scenarios", "console-scenarios", "light")
            take(browser, server.url, "world", "console-world", "light")
    finally:
        server.stop()


def make_requests(url: str) -> None:
    """Send the requests of a small agent, some of which fail."""
    chat(url, "Write a haiku about tests.", stream=True)
    generate(
        url, {"text": "Describe it."}, {"inlineData": {"mimeType": "image/png", "data": PICTURE}}
    )
    rules = ({"fail": 429, "when": {"times": 1}}, {"fail": "overloaded", "when": {"times": 1}})
    for rule in rules:
        send(url, "POST", "/_mockgem/rules", {"rule": rule})
    for _ in range(2):
        chat(url, "What is the weather in Paris?", tools=[WEATHER])
    call = {"name": "get_weather", "arguments": '{"city": "Paris"}'}
    messages = [
        {"role": "system", "content": "You are a helpful assistant."},
        {"role": "user", "content": "What is the weather in Paris?"},
        {
            "role": "assistant",
            "tool_calls": [{"id": "call_1", "type": "function", "function": call}],
        },
        {"role": "tool", "tool_call_id": "call_1", "content": '{"temperature": 21}'},
    ]
    send(url, "POST", CHAT, {"model": "gemini-2.5-flash", "messages": messages, "tools": [WEATHER]})
    body = {"model": "gemini-2.5-flash", "input": "Plan a day in Paris.", "background": True}
    send(url, "POST", "/v1beta/interactions", body)
    path = "/v1beta/models/veo-3.1-generate-preview:predictLongRunning"
    send(url, "POST", path, {"instances": [{"prompt": "A walk along the Seine"}]})
    chat(f"{url}/w/checkout", "Hello")
    say = {"text": "It will rain tomorrow."}
    send(
        url, "POST", "/_mockgem/rules", {"rule": {"name": "rain", "say": say, "when": {"times": 2}}}
    )


def take(
    browser: Browser, url: str, page_name: str, file: str, scheme: str, height: int = HEIGHT
) -> None:
    viewport = {"width": WIDTH, "height": height}
    context = browser.new_context(viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{url}/_mockgem/console/#{page_name}")
    expect(page.get_by_text("Connected", exact=True)).to_be_visible()
    page.wait_for_timeout(500)
    page.screenshot(path=FOLDER / f"{file}.png")
    context.close()


if __name__ == "__main__":
    main()
