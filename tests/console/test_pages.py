"""Each page of the console does what it says."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import ServerProcess
from tests.console.browser import CHAT, PICTURE, chat, generate, send
from tests.console.conftest import OpenPage
from tests.live_client import CASCADED, TEXT, connecting, make_setup


def open_request(page: Page, number: int) -> None:
    page.get_by_role("table", name="Requests").get_by_role(
        "button", name=f"Request {number}:"
    ).click()
    expect(page.get_by_role("heading", name=f"Request {number}")).to_be_visible()


# Requests


def test_a_browser_that_opens_the_server_sees_the_console(url: str, open_page: OpenPage) -> None:
    page = open_page(url)
    page.goto(url)
    expect(page.get_by_role("link", name="Requests")).to_be_visible()
    for name in ("Next", "Scenarios", "World", "Cassettes", "Live", "Connect"):
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("link", name=name, exact=True)).to_have_attribute(
            "aria-current", "page"
        )


def test_requests_appear_as_they_come_newest_first(url: str, open_page: OpenPage) -> None:
    page = open_page(url)
    expect(page.get_by_text("No requests yet.")).to_be_visible()
    expect(page.get_by_text("Connected", exact=True)).to_be_visible()
    for text in ("the first question", "the second question"):
        chat(url, text)
        expect(page.get_by_role("button", name=text)).to_be_visible()
    buttons = page.get_by_role("table", name="Requests").get_by_role("button")
    expect(buttons).to_have_text(["the second question", "the first question"])


def test_a_conversation_with_tools_and_a_picture_is_shown(url: str, open_page: OpenPage) -> None:
    calls = [
        {
            "id": "call_1",
            "type": "function",
            "function": {"name": "get_weather", "arguments": '{"city": "Paris"}'},
        }
    ]
    messages = [
        {"role": "system", "content": "Be short."},
        {"role": "user", "content": "How is the weather?"},
        {"role": "assistant", "tool_calls": calls},
        {"role": "tool", "tool_call_id": "call_1", "content": '{"sky": "clear"}'},
    ]
    _, answer = send(url, "POST", CHAT, {"model": "gemini-2.5-flash", "messages": messages})
    generate(url, {"text": "See:"}, {"inlineData": {"mimeType": "image/png", "data": PICTURE}})
    page = open_page(url)
    open_request(page, 1)
    for role in ("System", "User", "Model", "Tool"):
        expect(page.get_by_role("article", name=f"{role} message").first).to_be_visible()
    expect(page.get_by_text("get_weather").first).to_be_visible()
    reply = answer["choices"][0]["message"]["content"]
    expect(page.get_by_role("article", name="Model message").last).to_contain_text(reply[:30])
    open_request(page, 2)
    picture = page.get_by_role("img", name="Image in the message")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") == 5


@pytest.mark.parametrize("is_native", [False, True])
def test_a_stream_is_a_timeline_and_a_whole_reply(
    url: str, open_page: OpenPage, is_native: bool
) -> None:
    send(url, "POST", "/_mockgem/rules", {"rule": {"say": {"chunks": ["one ", "two ", "three"]}}})
    if is_native:
        path = "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse"
        send(url, "POST", path, {"contents": [{"parts": [{"text": "Count"}]}]})
    else:
        chat(url, "Count", stream=True)
    page = open_page(url, "requests/1")
    expect(page.get_by_role("article", name="Model message")).to_contain_text("one two three")
    page.get_by_role("tab", name="Stream").click()
    timeline = page.get_by_role("tabpanel").locator("summary")
    expect(timeline.filter(has_text="two")).to_have_count(1)


def test_an_interaction_is_a_conversation(url: str, open_page: OpenPage) -> None:
    for stream in (False, True):
        body = {"model": "gemini-2.5-flash", "input": "Why is the sky blue?", "stream": stream}
        send(url, "POST", "/v1beta/interactions", body)
    page = open_page(url)
    for number in (1, 2):
        open_request(page, number)
        expect(page.get_by_role("article", name="User message")).to_contain_text("sky blue")
        expect(page.get_by_role("article", name="Model message")).to_be_visible()


def test_a_response_of_the_gateway_is_a_conversation(url: str, open_page: OpenPage) -> None:
    tools = [{"type": "function", "name": "get_weather", "parameters": {"type": "object"}}]
    items: list[Any] = [
        {"role": "user", "content": [{"type": "input_text", "text": "How is the weather?"}]},
        {"type": "function_call", "call_id": "c1", "name": "get_weather", "arguments": "{}"},
        {"type": "function_call_output", "call_id": "c1", "output": "clear"},
    ]
    for stream in (False, True):
        body = {"model": "gemini-2.5-flash", "input": items, "tools": tools, "stream": stream}
        send(url, "POST", "/v1/responses", {**body, "instructions": "Be short."})
    page = open_page(url)
    for number in (1, 2):
        open_request(page, number)
        for role in ("System", "User", "Tool"):
            expect(page.get_by_role("article", name=f"{role} message").first).to_be_visible()
        expect(page.get_by_text("get_weather").first).to_be_visible()
        expect(page.get_by_role("article", name="Model message").last).to_contain_text("clear")


def test_a_request_is_explained_and_copied_as_code(url: str, open_page: OpenPage) -> None:
    generate(url, {"text": "Hello"}, model="gemini-2.5-flsh")
    page = open_page(url, "requests/1")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("tab", name="Why").click()
    expect(page.get_by_role("tabpanel")).to_contain_text("did you mean gemini-2.5-flash?")
    page.get_by_role("button", name="Copy as curl").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert "curl -X POST" in page.evaluate("navigator.clipboard.readText()")


def test_a_hint_is_seen_without_a_search(url: str, open_page: OpenPage) -> None:
    generate(url, {"text": "Hello"}, model="gemini-2.5-flsh")
    page = open_page(url)
    row = page.get_by_role("table", name="Requests").get_by_role("row").nth(1)
    expect(row).to_contain_text("did you mean gemini-2.5-flash?")
    expect(row).to_contain_text("refused")
    open_request(page, 1)
    expect(page.get_by_role("note")).to_contain_text("did you mean gemini-2.5-flash?")
    page.get_by_role("tab", name="Why").click()
    expect(page.get_by_role("tabpanel")).to_contain_text("mockgem refused this request")


def test_the_list_shows_the_time_of_this_machine(url: str, open_page: OpenPage) -> None:
    """The world's clock stands still, so its time says nothing about the order of requests."""
    chat(url, "Hello")
    page = open_page(url)
    cell = page.get_by_role("table", name="Requests").get_by_role("cell").first
    text = cell.inner_text().split("#")[0].strip()
    now = page.evaluate("() => new Date().getHours() * 60 + new Date().getMinutes()")
    hours, minutes, _ = text.split(":")
    assert (now - int(hours) * 60 - int(minutes)) % (24 * 60) <= 5
    assert cell.get_attribute("title") == "World's time: 2026-11-01 00:00:00"


def test_a_rule_and_a_verdict_are_in_words(url: str, open_page: OpenPage) -> None:
    page = open_page(url, "next")
    page.get_by_label("Reply").last.fill("Hello")
    page.get_by_role("button", name="Use for the next call").click()
    expect(page.get_by_text("says “Hello” (times 1)")).to_be_visible()
    chat(url, "Hi")
    page.get_by_role("link", name="Scenarios").click()
    expect(page.get_by_text("Nothing is expected of the client")).to_be_visible()
    page.get_by_role("link", name="1", exact=True).click()
    expect(page.get_by_role("heading", name="Request 1")).to_be_visible()


def test_the_commands_of_the_page_cassettes_exist(url: str, open_page: OpenPage) -> None:
    page = open_page(url, "cassettes")
    expect(page.get_by_text("mockgem replay --cassette calls.yaml")).to_be_visible()


def test_a_request_is_saved_as_a_cassette(url: str, open_page: OpenPage, tmp_path: Path) -> None:
    _, answer = chat(url, "Keep this")
    page = open_page(url, "requests/1")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a cassette").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == "request-1.yaml"
    server = ServerProcess("--quiet", "--cassette", str(file), serve="replay")
    assert chat(server.url, "Keep this")[1]["choices"] == answer["choices"]
    chat(server.url, "Something else")
    played = open_page(server.url, "cassettes")
    expect(played.get_by_role("region", name="Misses")).to_contain_text("Something else")
    expect(played.get_by_role("region", name=str(file))).to_contain_text("Keep this")
    server.stop()


def test_a_failed_check_has_advice(url: str, open_page: OpenPage) -> None:
    page = open_page(url, "scenarios")
    page.get_by_role("button", name="Play overloaded-then-ok").click()
    expect(page.get_by_text("No scenario is playing")).to_be_hidden()
    chat(url, "Hi")
    expect(page.get_by_text("attempts: expected 3, found 1")).to_be_visible()
    expect(page.get_by_text("Let it retry")).to_be_visible()


def test_filters_and_pause(url: str, open_page: OpenPage) -> None:
    chat(url, "apples")
    generate(url, {"text": "pears"}, model="no-model")
    page = open_page(url)
    buttons = page.get_by_role("table", name="Requests").get_by_role("button")
    page.get_by_label("Status").select_option("4xx")
    expect(buttons).to_have_text(["pears"])
    page.get_by_label("Status").select_option("")
    page.get_by_label("Search").fill("apples")
    expect(buttons).to_have_text(["apples"])
    page.get_by_label("Search").fill("")
    expect(buttons).to_have_count(2)
    pause = page.get_by_role("switch", name="Pause")
    pause.click()
    expect(pause).to_be_checked()
    chat(url, "plums")
    expect(page.get_by_text("1 new")).to_be_visible()
    expect(buttons).to_have_count(2)
    pause.click()
    expect(buttons.first).to_have_text("plums")


def test_a_long_list_has_few_rows_in_the_page(url: str, open_page: OpenPage) -> None:
    for number in range(150):
        chat(url, f"question {number}")
    page = open_page(url)
    table = page.get_by_role("table", name="Requests")
    expect(table).to_have_attribute("aria-rowcount", "151")
    assert table.get_by_role("row").count() < 80
    page.locator(".scroller").evaluate("one => one.scrollTo(0, one.scrollHeight)")
    expect(page.get_by_role("button", name="Request 1:")).to_be_visible()


# Next


def test_the_next_reply_is_written_and_used(url: str, open_page: OpenPage) -> None:
    page = open_page(url, "next")
    page.get_by_label("Reply", exact=True).fill("Hello from the console")
    page.get_by_label("Times").fill("2")
    page.get_by_role("button", name="Use for the next call").click()
    expect(page.get_by_text("The next 2 matching calls get this reply.")).to_be_visible()
    replies = [chat(url, "hi")[1]["choices"][0]["message"]["content"] for _ in range(3)]
    assert replies[:2] == ["Hello from the console"] * 2
    assert replies[2] != replies[0]
    expect(page.get_by_text("used up")).to_be_visible()


def test_the_next_failure_is_found_and_used(url: str, open_page: OpenPage) -> None:
    page = open_page(url, "next")
    page.get_by_role("combobox", name="Failures").fill("overloaded")
    page.get_by_role("listbox", name="Failures").get_by_role("option").first.click()
    page.get_by_role("button", name="Use for the next call").click()
    expect(page.get_by_text("The next matching call gets")).to_be_visible()
    assert [chat(url, "hi")[0] for _ in range(2)] == [503, 200]


def test_a_tool_call_in_json_is_the_next_reply(url: str, open_page: OpenPage) -> None:
    page = open_page(url, "next")
    page.get_by_label("Kind").select_option("tool")
    page.get_by_label("Function").fill("get_weather")
    page.get_by_label("Reply", exact=True).fill("{no json")
    page.get_by_role("button", name="Use for the next call").click()
    expect(page.get_by_role("alert")).to_contain_text("This is not JSON")
    page.get_by_label("Reply", exact=True).fill('{"city": "Rome"}')
    page.get_by_role("button", name="Use for the next call").click()
    expect(page.get_by_text("The next matching call gets")).to_be_visible()
    tools = [{"type": "function", "function": {"name": "get_weather", "parameters": {}}}]
    message = chat(url, "hi", tools=tools)[1]["choices"][0]["message"]
    assert message["tool_calls"][0]["function"]["arguments"] == '{"city":"Rome"}'


def test_a_request_is_answered_differently(url: str, open_page: OpenPage) -> None:
    chat(url, "What is a gem?")
    page = open_page(url, "requests/1")
    page.get_by_role("button", name="Answer this differently").click()
    expect(page.get_by_label("Only for model")).to_have_value("gemini-2.5-flash")
    expect(page.get_by_label("Only if the prompt has")).to_have_value("What is a gem?")
    page.get_by_label("Reply", exact=True).fill("A stone.")
    page.get_by_role("button", name="Use for the next call").click()
    expect(page.get_by_text("The next matching call gets")).to_be_visible()
    assert chat(url, "Something else")[1]["choices"][0]["message"]["content"] != "A stone."
    assert chat(url, "What is a gem?")[1]["choices"][0]["message"]["content"] == "A stone."


# Scenarios, world, cassettes, live, connect


def test_a_scenario_is_played_and_its_rule_disabled(url: str, open_page: OpenPage) -> None:
    page = open_page(url, "scenarios")
    page.get_by_label("Find a scenario").fill("internal-error-once")
    page.get_by_role("button", name="Play internal-error-once").click()
    rules = page.get_by_role("region", name="Rules")
    expect(rules).to_contain_text("one-500")
    rules.get_by_role("switch", name="On").click()
    expect(rules.get_by_role("switch", name="On")).not_to_be_checked()
    assert chat(url, "hi")[0] == 200
    rules.get_by_role("switch", name="On").click()
    expect(rules.get_by_role("switch", name="On")).to_be_checked()
    assert chat(url, "hi")[0] == 500
    expect(rules).to_contain_text("acted 1")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("No scenario is playing")).to_be_visible()


def test_a_rule_is_edited_moved_and_deleted(url: str, open_page: OpenPage) -> None:
    for name in ("first", "second"):
        send(
            url,
            "POST",
            "/_mockgem/rules",
            {"rule": {"name": name, "say": name}, "position": "last"},
        )
    page = open_page(url, "scenarios")
    page.get_by_role("button", name="Move down first").click()
    expect(page.get_by_role("region", name="Rules").get_by_role("listitem").first).to_contain_text(
        "second"
    )
    assert chat(url, "hi")[1]["choices"][0]["message"]["content"] == "second"
    page.get_by_role("button", name="Edit second").click()
    page.get_by_label("Rule second as JSON").fill('{"name": "second", "say": "edited"}')
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("region", name="Rules")).to_contain_text("“edited”")
    assert chat(url, "hi")[1]["choices"][0]["message"]["content"] == "edited"
    page.get_by_role("button", name="Delete second").click()
    expect(page.get_by_role("button", name="Delete second")).to_have_count(0)
    assert chat(url, "hi")[1]["choices"][0]["message"]["content"] == "first"


def test_the_clock_moves_and_a_video_is_completed(url: str, open_page: OpenPage) -> None:
    path = "/v1beta/models/veo-3.1-generate-preview:predictLongRunning"
    _, operation = send(url, "POST", path, {"instances": [{"prompt": "A gem"}]})
    page = open_page(url, "world")
    page.get_by_role("button", name="Complete").click()
    expect(page.get_by_role("region", name="Resources")).to_contain_text("completed")
    assert send(url, "GET", f"/v1beta/{operation['name']}")[1]["done"] is True
    page.get_by_role("button", name="Move the clock by 48h").click()
    expect(page.get_by_role("region", name="Clock")).to_contain_text("2026-11-03")


def test_a_world_is_opened_and_emptied(url: str, open_page: OpenPage) -> None:
    chat(f"{url}/w/mine", "hi")
    page = open_page(url, "world")
    page.get_by_role("link", name="mine").click()
    expect(page.get_by_text("World mine")).to_be_visible()
    expect(page.get_by_role("button", name="Request 1: hi")).to_be_visible()
    page.get_by_role("link", name="World", exact=True).click()
    page.get_by_role("button", name="Empty this world").click()
    expect(page.get_by_role("region", name="Worlds")).to_contain_text("mine0 requests")


def test_a_cassette_shows_what_was_played(tmp_path: Path, open_page: OpenPage) -> None:
    interaction = (
        "- request:\n    method: POST\n"
        f"    uri: https://generativelanguage.googleapis.com{CHAT}\n"
        '    body: \'{"model": "gemini-2.5-flash", '
        '"messages": [{"role": "user", "content": "%s"}]}\'\n    headers: {}\n'
        "  response:\n    status: {code: 200, message: OK}\n"
        "    headers: {Content-Type: [application/json]}\n    body: {string: '{}'}\n"
    )
    file = tmp_path / "calls.yaml"
    file.write_text(f"version: 1\ninteractions:\n{interaction % 'one'}{interaction % 'two'}")
    server = ServerProcess("--quiet", "--cassette", str(file), "--on-miss", "fail")
    try:
        page = open_page(server.url, "cassettes")
        expect(page.get_by_text("0 interactions played, 2 not played")).to_be_visible()
        chat(server.url, "one")
        expect(page.get_by_text("1 interaction played, 1 not played")).to_be_visible()
        chat(server.url, "three")
        misses = page.get_by_role("region", name="Misses")
        expect(misses).to_contain_text("The nearest is POST")
        page.get_by_label("Show", exact=True).select_option("unplayed")
        expect(page.get_by_text("not played", exact=True)).to_have_count(1)
    finally:
        server.stop()


def test_messages_of_a_live_session_appear_while_it_is_open(url: str, open_page: OpenPage) -> None:
    may_end = threading.Event()

    async def talk() -> None:
        async with connecting(
            url.replace("http", "ws"), make_setup(CASCADED, generationConfig=TEXT)
        ) as client:
            await client.say("Hello, live")
            await client.receive_until("turnComplete")
            while not may_end.is_set():
                await asyncio.sleep(0.05)

    talker = threading.Thread(target=lambda: asyncio.run(talk()))
    talker.start()
    try:
        page = open_page(url, "live")
        messages = page.get_by_role("region", name="Messages")
        expect(messages).to_contain_text("Hello, live")
        expect(messages).to_contain_text("turnComplete")
        expect(messages).to_contain_text("open")
    finally:
        may_end.set()
        talker.join()
    expect(messages).to_contain_text("closed with 1000")


def test_a_message_shows_the_faults_that_acted_on_it(url: str, open_page: OpenPage) -> None:
    rule = {"when": {"endpoint": "live"}, "faults": [{"fault": "client_stall", "for": "1ms"}]}
    send(url, "PUT", "/_mockgem/scenario", {"name": "slow", "scenario": {"rules": [rule]}})

    async def talk() -> None:
        live = url.replace("http", "ws")
        async with connecting(live, make_setup(CASCADED, generationConfig=TEXT)) as client:
            await client.say("Hello, late")
            await client.receive_until("turnComplete")

    talker = threading.Thread(target=lambda: asyncio.run(talk()))
    talker.start()
    talker.join()
    messages = open_page(url, "live").get_by_role("region", name="Messages")
    marked = messages.get_by_role("listitem").filter(has=messages.page.get_by_text("client_stall"))
    expect(marked.filter(has_text="Hello, late")).to_have_count(1)
    expect(messages.locator(".from-server .tag.fault")).to_have_count(0)


def test_code_connects_to_the_world_of_the_page(url: str, open_page: OpenPage) -> None:
    page = open_page(url, "connect", world="mine")
    for name in ("Python, openai", "JavaScript, Vercel AI SDK", "Go, google.golang.org/genai"):
        expect(page.get_by_role("region", name=name)).to_contain_text(f"{url}/w/mine")
    page.get_by_label("Language").select_option("Shell")
    expect(page.get_by_role("region", name="Python, openai")).to_have_count(0)
