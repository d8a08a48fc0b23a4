"""What clients send stays text; the console is accessible, and survives restarts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.conftest import ServerProcess
from tests.console.browser import MARKUP, PAGES, chat, find_violations, generate, send
from tests.console.conftest import OpenPage


def fill(url: str) -> None:
    """Send requests with markup in each place that the console shows."""
    rule = {"name": "markup", "say": MARKUP, "when": {"times": 1}}
    send(url, "POST", "/_mockgem/rules", {"rule": rule})
    tools = [{"type": "function", "function": {"name": "run", "parameters": {}}}]
    chat(url, MARKUP, tools=tools, user=MARKUP)
    broken = {"inlineData": {"mimeType": "image/png", "data": "bm90IGEgcGljdHVyZQ=="}}
    drawing = {"inlineData": {"mimeType": "image/svg+xml", "data": "PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+"}}
    generate(url, {"text": f"# {MARKUP}\n[link](javascript:alert(1))"}, broken, drawing)
    generate(url, {"text": MARKUP}, model="no<script>model")
    path = "/v1beta/models/veo-3.1-generate-preview:predictLongRunning"
    send(url, "POST", path, {"instances": [{"prompt": MARKUP}]})
    send(url, "POST", f"/v1beta/{MARKUP.replace(' ', '%20')}", {})


def test_markup_of_clients_stays_text(url: str, open_page: OpenPage) -> None:
    fill(url)
    page = open_page(url)
    for number in range(1, 6):
        page.goto(f"{url}/_mockgem/console/#requests/{number}")
        expect(page.get_by_role("heading", name=f"Request {number}")).to_be_visible()
        for tab in ("Conversation", "Stream", "Headers", "Raw", "Why"):
            page.get_by_role("tab", name=tab).click()
            expect(page.get_by_role("tabpanel")).to_be_visible()
            assert page.locator("main script, main img[src='x'], main svg").count() == 0
    for name in PAGES:
        page.goto(f"{url}/_mockgem/console/#{name}")
        expect(page.locator(f".page-{name}")).to_be_visible()
    assert page.evaluate("window.hacked") is None
    page.goto(f"{url}/_mockgem/console/#requests/1")
    expect(page.get_by_role("article", name="User message")).to_contain_text("<script>")


def test_the_policy_refuses_markup(url: str, open_page: OpenPage, page_errors: list[str]) -> None:
    page = open_page(url)
    expect(page.get_by_text("Connected", exact=True)).to_be_visible()
    refused = page.evaluate(
        "() => { try { document.body.innerHTML = '<b>x</b>'; return false } catch { return true } }"
    )
    assert refused is True
    page_errors.clear()  # the browser reports what it refused


def test_a_large_body_and_a_broken_picture_are_shown_bounded(url: str, open_page: OpenPage) -> None:
    chat(url, "long " * 400_000)
    page = open_page(url, "requests/1")
    page.get_by_role("tab", name="Raw").click()
    expect(page.get_by_role("tabpanel")).to_contain_text("more characters")
    assert len(page.locator("main").inner_text()) < 300_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 360])
def test_axe_finds_nothing(url: str, open_page: OpenPage, scheme: str, width: int) -> None:
    fill(url)
    chat(url, "Hello", stream=True)
    page = open_page(url)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 800})
    page.reload()
    for name in (*PAGES, "requests/1", "requests/2", "requests/3"):
        page.goto(f"{url}/_mockgem/console/#{name}")
        expect(page.locator(f".page-{name.partition('/')[0]} > *").first).to_be_attached()
        page.wait_for_timeout(300)
        assert find_violations(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


def test_the_keyboard_is_enough(url: str, open_page: OpenPage) -> None:
    for text in ("one", "two", "three"):
        chat(url, text)
    page = open_page(url)
    expect(page.get_by_role("button", name="Request 3:")).to_be_visible()
    page.keyboard.press("j")
    expect(page.get_by_role("heading", name="Request 3")).to_be_visible()
    page.keyboard.press("j")
    expect(page.get_by_role("heading", name="Request 2")).to_be_visible()
    page.keyboard.press("k")
    expect(page.get_by_role("heading", name="Request 3")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Request 3")).to_have_count(0)
    page.keyboard.press("/")
    expect(page.get_by_label("Search")).to_be_focused()
    page.keyboard.type("jn/")
    expect(page.get_by_label("Search")).to_have_value("jn/")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.get_by_label("Reply", exact=True)).to_be_visible()
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="Failures")).to_be_focused()
    page.keyboard.type("503")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(
        page.get_by_role("listbox", name="Failures").locator("[aria-selected=true]")
    ).to_have_count(1)


def test_two_tabs_see_two_worlds(url: str, open_page: OpenPage) -> None:
    first, second = open_page(url, world="a"), open_page(url, world="b")
    for page in (first, second):
        expect(page.get_by_text("Connected", exact=True)).to_be_visible()
    chat(f"{url}/w/a", "for a")
    chat(f"{url}/w/b", "for b")
    expect(first.get_by_role("button", name="Request 1: for a")).to_be_visible()
    expect(second.get_by_role("button", name="Request 1: for b")).to_be_visible()
    for page, other in ((first, "for b"), (second, "for a")):
        expect(page.get_by_text(other)).to_have_count(0)


def test_the_console_connects_again_after_a_restart(open_page: OpenPage) -> None:
    server = ServerProcess("--quiet")
    url = server.url
    chat(url, "before the restart")
    page = open_page(url)
    expect(page.get_by_role("button", name="before the restart")).to_be_visible()
    expect(page.get_by_text("Connected", exact=True)).to_be_visible()
    server.stop()
    expect(page.get_by_text("Reconnecting")).to_be_visible()
    server = ServerProcess("--quiet", "--port", url.rpartition(":")[2])
    try:
        chat(url, "after the restart")
        expect(page.get_by_text("Connected", exact=True)).to_be_visible()
        expect(page.get_by_role("button", name="after the restart")).to_be_visible()
        expect(page.get_by_text("before the restart")).to_have_count(0)
    finally:
        server.stop()


def test_a_token_is_asked_for_and_kept(open_page: OpenPage) -> None:
    server = ServerProcess("--quiet", "--admin-token", "secret")
    try:
        chat(server.url, "hi")
        page = open_page(server.url)
        page.get_by_label("Token").fill("wrong")
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_text("This token is wrong.")).to_be_visible()
        page.get_by_label("Token").fill("secret")
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("button", name="Request 1: hi")).to_be_visible()
        page.reload()
        expect(page.get_by_role("button", name="Request 1: hi")).to_be_visible()
        assert "secret" not in page.url
    finally:
        server.stop()
