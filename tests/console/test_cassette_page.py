"""The page Cassettes: what redaction removed, and how mockgem's own answers differ."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from mockgem.recording.cassette_writer import save_cassette
from tests.conftest import ServerProcess
from tests.console.browser import MARKUP, chat, find_violations
from tests.console.conftest import OpenPage
from tests.recording.interactions import KEY
from tests.recording.interactions import chat as build_chat


def open_row(page: Page, text: str) -> Locator:
    row = page.get_by_role("listitem").filter(has=page.locator("summary", has_text=text))
    row.locator("summary").click()
    return row


def test_removed_secrets_and_drift_are_shown(url: str, tmp_path: Path, open_page: OpenPage) -> None:
    answer = json.dumps(chat(url, "same")[1])
    other = json.dumps({**json.loads(answer), "object": 3, MARKUP: "x"})
    file = tmp_path / "calls.yaml"
    interactions = [
        build_chat("same", answer.encode()),
        build_chat("another answer", other.encode()),
        build_chat(f"my key is {KEY}", answer.encode()),
    ]
    save_cassette(file, interactions)
    server = ServerProcess("--quiet", "--cassette", str(file), "--on-miss", "fail")
    try:
        page = open_page(server.url, "cassettes")
        cassette = page.get_by_role("region", name=str(file))
        expect(cassette).to_contain_text("1 secret replaced")
        row = open_row(page, "my key is")
        expect(row).to_contain_text("a secret in the request body at messages[0].content")
        page.get_by_role("button", name="Compare with mockgem").click()
        expect(page.get_by_role("status").filter(has_text="own answers")).to_contain_text(
            "2 same0 information0 warning1 error0 not comparable"
        )
        expect(row.get_by_text("Removed by redaction")).to_be_visible()
        page.get_by_label("Show", exact=True).select_option("With another answer of mockgem")
        expect(cassette.locator("summary")).to_have_count(1)
        row = open_row(page, "another answer")
        expect(row).to_contain_text("object: recorded a number, ours a string")
        expect(row).to_contain_text(f"{MARKUP}: the recording has it, and ours has not")
        page.get_by_label("Show", exact=True).select_option("With removed secrets")
        expect(cassette.locator("summary")).to_contain_text(["my key is"])
        assert page.evaluate("window.hacked") is None
        assert find_violations(page) == []
    finally:
        server.stop()


def test_a_long_cassette_is_compared_until_its_end(tmp_path: Path, open_page: OpenPage) -> None:
    file = tmp_path / "calls.yaml"
    save_cassette(file, [build_chat(f"question {number}") for number in range(60)])
    server = ServerProcess("--quiet", "--cassette", str(file), "--on-miss", "fail")
    try:
        page = open_page(server.url, "cassettes")
        page.get_by_role("button", name="Compare with mockgem").click()
        status = page.get_by_role("status").filter(has_text="own answers")
        expect(status).to_contain_text("60 warning")
        expect(page.get_by_role("button", name="Compare with mockgem")).to_be_enabled()
    finally:
        server.stop()
