"""A page of another site in a real browser: what it sends to /_mockgem, and that it is refused."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Response, Route

from tests.console.browser import send

FOREIGN = "http://evil.example/"
FORM = """<!doctype html><meta name="referrer" content="{policy}">
<form method="post" enctype="{kind}" action="{url}/_mockgem/clock">
<input name='{{"advance": "1h", "x": "' value='"}}'></form>"""
"""A form of text/plain joins name and value with =, which makes a JSON object here."""
SEND = """async ([url, how]) => {
    const body = '{"advance": "1h"}';
    if (how === 'beacon') return navigator.sendBeacon(url, body);
    try { await fetch(url, {method: 'POST', mode: 'no-cors', body}) } catch { return false }
    return true
}"""


def open_foreign_page(browser: Browser, content: str) -> Page:
    page = browser.new_context().new_page()

    def answer(route: Route) -> None:
        route.fulfill(content_type="text/html", body=content)

    page.route(FOREIGN, answer)
    page.goto(FOREIGN)
    assert page.evaluate("location.origin") == FOREIGN.rstrip("/")
    return page


def read_clock(url: str) -> Any:
    return send(url, "GET", "/_mockgem/clock")[1]["seconds"]


def is_post(response: Response) -> bool:
    return response.request.method == "POST"


@pytest.mark.parametrize("policy", ["unsafe-url", "no-referrer"])
@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_a_form_of_another_site_is_refused(
    browser: Browser, url: str, kind: str, policy: str
) -> None:
    before = read_clock(url)
    page = open_foreign_page(browser, FORM.format(policy=policy, kind=kind, url=url))
    with page.expect_response(is_post) as found:
        page.evaluate("document.forms[0].submit()")
    headers = found.value.request.all_headers()
    assert headers["origin"] == ("null" if policy == "no-referrer" else FOREIGN.rstrip("/"))
    assert headers["content-type"].startswith(kind)
    assert found.value.status == 403
    assert read_clock(url) == before
    page.context.close()


@pytest.mark.parametrize("how", ["fetch", "beacon"])
def test_a_script_of_another_site_is_refused(browser: Browser, url: str, how: str) -> None:
    before = read_clock(url)
    page = open_foreign_page(browser, "<!doctype html>")
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.evaluate(SEND, [f"{url}/_mockgem/clock", how])
    assert sent.value.all_headers()["origin"] == FOREIGN.rstrip("/")
    page.wait_for_timeout(500)
    assert read_clock(url) == before
    page.context.close()
