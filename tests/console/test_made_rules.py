"""The button "Make a rule" on a request's page."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.console.browser import CHAT, chat, generate, send
from tests.console.conftest import OpenPage

TOOL = {"type": "function", "function": {"name": "get_weather", "parameters": {}}}


def make_rule(page: Page, number: int) -> None:
    page.get_by_role("button", name="Make a rule", exact=True).click()
    rules = page.get_by_role("region", name="Rules")
    expect(rules.get_by_label(f"Rule request-{number} as JSON")).to_be_visible()


def reply_of(answer: tuple[int, Any]) -> str:
    text: str = answer[1]["choices"][0]["message"]["content"]
    return text


def test_a_request_becomes_a_rule_that_can_be_edited(url: str, open_page: OpenPage) -> None:
    first = reply_of(chat(url, "What is a gem?\nPlease [be] short."))
    other = reply_of(chat(url, "Something else"))
    page = open_page(url, "requests/1")
    make_rule(page, 1)
    area = page.get_by_label("Rule request-1 as JSON")
    area.fill(area.input_value().replace(first.split("\n")[0][:20], "A STONE: "))
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("region", name="Rules")).to_contain_text("A STONE: ")
    for _ in range(2):
        assert reply_of(chat(url, "What is a gem?")).startswith("A STONE: ")
    assert reply_of(chat(url, "Something else")) == other


def test_a_failure_becomes_a_rule(url: str, open_page: OpenPage) -> None:
    send(url, "POST", "/_mockgem/rules", {"rule": {"fail": 429, "when": {"times": 1}}})
    assert chat(url, "hi")[0] == 429
    page = open_page(url, "requests/1")
    make_rule(page, 1)
    assert [chat(url, "hi")[0] for _ in range(2)] == [429, 429]
    assert chat(url, "hello")[0] == 200


def test_a_tool_call_and_the_answer_after_it_become_two_rules(
    url: str, open_page: OpenPage
) -> None:
    rules = (
        {"say": {"tool_calls": [{"name": "get_weather", "args": {"city": "Rome"}}]}},
        {"say": "It is sunny in Rome."},
    )
    for rule in rules:
        send(url, "POST", "/_mockgem/rules", {"rule": {**rule, "when": {"times": 1}}})
    messages: list[Any] = [{"role": "user", "content": "How is the weather?"}]
    call = ask(url, messages)
    later = [*messages, call, make_result(call)]
    assert ask(url, later)["content"] == "It is sunny in Rome."
    page = open_page(url, "requests/1")
    make_rule(page, 1)
    page.goto(f"{url}/_mockgem/console/#requests/2")
    make_rule(page, 2)
    for _ in range(2):
        again = ask(url, messages)
        assert again["tool_calls"][0]["function"]["arguments"] == '{"city":"Rome"}'
        assert ask(url, [*messages, again, make_result(again)])["content"] == "It is sunny in Rome."


def ask(url: str, messages: list[Any]) -> Any:
    body = {"model": "gemini-2.5-flash", "messages": messages, "tools": [TOOL]}
    return send(url, "POST", CHAT, body)[1]["choices"][0]["message"]


def make_result(call: Any) -> dict[str, str]:
    return {"role": "tool", "tool_call_id": call["tool_calls"][0]["id"], "content": '{"sky": 1}'}


def test_the_native_api_and_interactions_become_rules(url: str, open_page: OpenPage) -> None:
    _, native = generate(url, {"text": "Name a stone."})
    body = {"model": "gemini-2.5-flash", "input": "Name a river."}
    send(url, "POST", "/v1beta/interactions", body)
    page = open_page(url)
    for number in (1, 2):
        page.goto(f"{url}/_mockgem/console/#requests/{number}")
        expect(page.get_by_role("heading", name=f"Request {number}")).to_be_visible()
        make_rule(page, number)
    assert (
        generate(url, {"text": "Name a stone."})[1]["candidates"][0]["content"]
        == (native["candidates"][0]["content"])
    )
    send(url, "POST", "/v1beta/interactions", body)
    journal = send(url, "GET", "/_mockgem/journal")[1]["entries"]
    assert [one.get("rule") for one in journal] == [None, None, "request-1", "request-2"]


def test_a_request_that_is_no_conversation_says_why(url: str, open_page: OpenPage) -> None:
    send(url, "GET", "/v1beta/models")
    page = open_page(url, "requests/1")
    page.get_by_role("button", name="Make a rule", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("this request is not one")


def test_a_request_shows_when_it_came(url: str, open_page: OpenPage) -> None:
    chat(url, "hi")
    page = open_page(url, "requests/1")
    detail = page.get_by_role("region", name="Request", exact=True)
    received = detail.locator("dl.facts div").filter(has_text="Received").locator("dd")
    now = page.evaluate("() => new Date().getHours() * 60 + new Date().getMinutes()")
    hours, minutes, _ = received.inner_text().split(":")
    assert (now - int(hours) * 60 - int(minutes)) % (24 * 60) <= 5
