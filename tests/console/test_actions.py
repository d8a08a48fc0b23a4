"""What a new user does first: a failure by the keyboard, resources of a world, a Live session."""

from __future__ import annotations

import asyncio
import json
import threading
import urllib.request
from http.client import IncompleteRead
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.console.browser import PAGES, chat, find_violations, send
from tests.console.conftest import OpenPage
from tests.live_client import CASCADED, TEXT, connecting, make_setup

MODEL = "models/gemini-2.5-flash"


def test_a_fault_is_chosen_by_the_keyboard_and_seen_by_the_client(
    url: str, open_page: OpenPage
) -> None:
    page = open_page(url, "next")
    expect(page.get_by_role("combobox", name="Failures")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("rate-limit-rpm-free")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Chosen: rate-limit-rpm-free")).to_be_visible()
    page.get_by_role("button", name="Use for the next call").click()
    expect(page.get_by_text("The next matching call gets rate-limit-rpm-free")).to_be_visible()
    assert [chat(url, "hi")[0] for _ in range(2)] == [429, 200]
    page.get_by_role("combobox", name="Failures").fill("reset")
    page.get_by_role("combobox", name="Failures").press("Enter")
    expect(page.get_by_text("Chosen: reset")).to_be_visible()
    page.get_by_role("button", name="Use for the next call").click()
    expect(page.get_by_text("The next matching call gets reset")).to_be_visible()
    with pytest.raises((OSError, IncompleteRead)):
        chat(url, "hi", stream=True)
    assert chat(url, "hi", stream=True)[0] == 200


def make_file(url: str, mime_type: str = "text/plain") -> str:
    headers = {"x-goog-api-key": "k", "x-goog-upload-protocol": "raw", "content-type": mime_type}
    request = urllib.request.Request(f"{url}/upload/v1beta/files", b"hello", headers)
    with urllib.request.urlopen(request, timeout=60) as response:
        name: str = json.load(response)["file"]["name"]
    return name


def make_cache(url: str) -> str:
    contents = [{"role": "user", "parts": [{"text": "word " * 3000}]}]
    body = {"model": MODEL, "contents": contents, "ttl": "3600s"}
    name: str = send(url, "POST", "/v1beta/cachedContents", body)[1]["name"]
    return name


def make_batch(url: str) -> str:
    requests = [{"request": {"contents": [{"parts": [{"text": "hi"}]}]}}]
    batch = {"displayName": "my batch", "inputConfig": {"requests": {"requests": requests}}}
    path = f"/v1beta/{MODEL}:batchGenerateContent"
    name: str = send(url, "POST", path, {"batch": batch})[1]["name"]
    return name


def act(page: Page, action: str, name: str) -> None:
    short = name.partition("/")[2]
    page.get_by_role("button", name=f"{action} {short}").click()


def test_files_caches_and_batches_change_for_the_client(url: str, open_page: OpenPage) -> None:
    failing, expiring = make_file(url), make_file(url)
    cache, done, broken, old = make_cache(url), *[make_batch(url) for _ in range(3)]
    page = open_page(url, "world")
    act(page, "Fail", failing)
    expect(page.get_by_role("region", name="Files")).to_contain_text("FAILED")
    act(page, "Expire", expiring)
    act(page, "Expire", cache)
    for action, name in (("Complete", done), ("Fail", broken), ("Expire", old)):
        act(page, action, name)
        short = name.partition("/")[2]
        expect(page.get_by_role("button", name=f"{action} {short}")).to_have_count(0)
    assert send(url, "GET", f"/v1beta/{failing}")[1]["state"] == "FAILED"
    assert send(url, "GET", f"/v1beta/{expiring}")[0] in (403, 404)
    assert send(url, "GET", f"/v1beta/{cache}")[0] in (403, 404)
    states = [read_state(url, name) for name in (done, broken, old)]
    assert states == ["BATCH_STATE_SUCCEEDED", "BATCH_STATE_FAILED", "BATCH_STATE_EXPIRED"]


def read_state(url: str, name: str) -> Any:
    return send(url, "GET", f"/v1beta/{name}")[1]["metadata"]["state"]


def test_a_message_of_a_session_stays_open_while_others_come(url: str, open_page: OpenPage) -> None:
    may_speak, may_end = threading.Event(), threading.Event()

    async def talk() -> None:
        setup = make_setup(CASCADED, generationConfig=TEXT)
        async with connecting(url.replace("http", "ws"), setup) as client:
            await client.say("The first turn")
            await client.receive_until("turnComplete")
            await asyncio.to_thread(may_speak.wait, 60)
            await client.say("The second turn")
            await client.receive_until("turnComplete")
            await asyncio.to_thread(may_end.wait, 60)

    talker = threading.Thread(target=lambda: asyncio.run(talk()))
    talker.start()
    try:
        page = open_page(url, "live")
        messages = page.get_by_role("region", name="Messages")
        expect(messages).to_contain_text("The first turn")
        messages.locator("summary").filter(has_text="The first turn").click()
        whole = messages.locator("pre").filter(has_text="The first turn")
        expect(whole).to_be_visible()
        may_speak.set()
        expect(messages).to_contain_text("The second turn")
        expect(whole).to_be_visible()
    finally:
        may_speak.set()
        may_end.set()
        talker.join()
    expect(messages).to_contain_text("close code 1000")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_a_phone(url: str, open_page: OpenPage, scheme: Any) -> None:
    make_file(url)
    make_batch(url)
    chat(url, "What is the weather in Paris?", stream=True)
    page = open_page(url)
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme=scheme)
    for name in (*PAGES, "requests/3"):
        page.goto(f"{url}/_mockgem/console/#{name}")
        expect(page.locator(f"main .page-{name.partition('/')[0]} h1")).to_be_attached()
        expect(page.get_by_role("link", name="Connect", exact=True)).to_be_in_viewport()
        too_wide = "document.getElementById('main').scrollWidth - innerWidth"
        assert page.evaluate(too_wide) <= 0, name
        assert (name, find_violations(page)) == (name, [])
    page.goto(f"{url}/_mockgem/console/#requests")
    cell = page.get_by_role("table", name="Requests").get_by_role("cell").first
    assert cell.evaluate("one => one.scrollWidth - one.clientWidth") == 0
    page.goto(f"{url}/_mockgem/console/#world")
    state = page.get_by_role("region", name="Files").get_by_text("ACTIVE")
    assert state.evaluate("one => one.getClientRects().length") == 1
