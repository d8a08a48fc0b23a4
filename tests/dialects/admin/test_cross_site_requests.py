"""Which senders may change something under /_mockgem: every Content-Type with every header by
which browsers say where a request comes from.

A browser sends Origin with each POST, PUT and DELETE to another site: the page's, or `null` if a
page hides its own. It also sends Sec-Fetch-Site, because a loopback address counts as secure.
A simple form, which a page may post without asking first, therefore never looks like curl.
"""

from __future__ import annotations

from itertools import product

import pytest

from tests.asking import Asker

HOST = "127.0.0.1:8090"
BODY = b'{"advance": "1h"}'
JSON_TYPES = ("application/json", "application/json; charset=utf-8")
FORM_TYPES = (
    "text/plain",
    "text/plain;charset=UTF-8",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/plain; x=application/json",
    "",
)
"""What a form, a beacon and a request without CORS may send (Fetch, "CORS-safelisted"), and no
Content-Type."""
FOREIGN_ORIGINS = (
    "http://evil.example",
    "https://evil.example:8090",
    "null",
    "http://localhost.evil.example",
    "http://127.0.0.1.evil.example:8090",
    "http://evil.example#http://127.0.0.1:8090",
    "file://",
)
LOCAL_ORIGINS = ("http://127.0.0.1:8090", "http://localhost:3000", "https://[::1]:5173")
SITES = ("", "cross-site", "same-site", "same-origin", "none")
REFERERS = ("", "http://evil.example/page", "http://localhost:3000/page", "about:client")
Headers = dict[str, str]


def build_headers(**given: str) -> Headers:
    """Return the headers that are not empty."""
    return {name.replace("_", "-"): text for name, text in given.items() if text}


def move_clock(headers: Headers, **settings: str) -> tuple[int, bool]:
    """Post a new time; return the status, and whether the clock has moved."""
    asker = Asker(**settings)
    before = asker.world.clock()
    answer = asker.send("POST", "/_mockgem/clock", BODY, {"host": HOST, **headers})
    return answer.status, asker.world.clock() != before


@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
def test_a_page_of_another_site_changes_nothing_whatever_it_sends(origin: str) -> None:
    for kind, site, referer in product((*FORM_TYPES, *JSON_TYPES), SITES, REFERERS):
        headers = build_headers(
            content_type=kind, origin=origin, sec_fetch_site=site, referer=referer
        )
        assert move_clock(headers) == (403, False), headers


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_without_an_origin_is_known_by_its_site(site: str) -> None:
    for kind in (*FORM_TYPES, *JSON_TYPES):
        headers = build_headers(content_type=kind, sec_fetch_site=site)
        assert move_clock(headers) == (403, False), headers


def test_an_old_browser_without_origin_and_site_is_known_by_its_referer() -> None:
    for kind in (*FORM_TYPES, *JSON_TYPES):
        foreign = build_headers(content_type=kind, referer="http://evil.example/page")
        assert move_clock(foreign) == (403, False), foreign


@pytest.mark.parametrize("origin", LOCAL_ORIGINS)
def test_a_page_of_this_machine_has_to_send_json(origin: str) -> None:
    """A page on another port is another site to browsers, so JSON makes them ask first (CORS)."""
    for kind, site, referer in product((*FORM_TYPES, *JSON_TYPES), SITES, REFERERS):
        headers = build_headers(
            content_type=kind, origin=origin, sec_fetch_site=site, referer=referer
        )
        expected = (200, True) if kind in JSON_TYPES else (400, False)
        assert move_clock(headers) == expected, headers


@pytest.mark.parametrize("host", ["127.0.0.1:8090", "127.9.9.9", "localhost", "[::1]:8090"])
def test_a_program_on_this_machine_may_send_json_as_any_type(host: str) -> None:
    for kind in (*FORM_TYPES, *JSON_TYPES):
        headers = build_headers(content_type=kind, host=host)
        assert move_clock(headers) == (200, True), headers


@pytest.mark.parametrize("host", ["box", "box:8090", "192.168.0.2:8090", "app.localhost"])
def test_from_elsewhere_only_json_is_accepted(host: str) -> None:
    settings = {"host": "0.0.0.0", "admin_token": "secret"}
    for kind in (*FORM_TYPES, *JSON_TYPES):
        headers = build_headers(content_type=kind, host=host, authorization="Bearer secret")
        expected = (200, True) if kind in JSON_TYPES else (400, False)
        assert move_clock(headers, **settings) == expected, headers


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.com"])
def test_a_name_that_resolves_to_this_machine_is_refused_first(host: str) -> None:
    """DNS rebinding: to the browser the page and the server are then one origin."""
    for kind, site in product((*FORM_TYPES, *JSON_TYPES), ("", "same-origin")):
        for origin in ("", f"http://{host}"):
            headers = build_headers(
                content_type=kind, host=host, origin=origin, sec_fetch_site=site
            )
            assert move_clock(headers) == (421, False), headers
