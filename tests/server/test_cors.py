"""Pages of any origin may use the API, and never the admin API."""

from __future__ import annotations

import asyncio

import pytest

from mockgem.core.http import WireRequest, WireResponse
from mockgem.server.cors import cors_middleware

ORIGIN = "https://page.example"
ASKED = {"access-control-request-method": "POST"}


def ask(method: str, path: str = "/v1/x", answer: tuple[tuple[str, str], ...] = (),
        **headers: str) -> WireResponse:  # fmt: skip
    async def handle(wire: WireRequest) -> WireResponse:
        return WireResponse(418, (("A", "1"), *answer), b"x")

    named = {name.replace("_", "-"): value for name, value in headers.items()}
    wire = WireRequest(method, path, {}, named, b"")

    async def run() -> WireResponse:
        return await cors_middleware(handle)(wire)

    return asyncio.run(run())


ALLOWED = (("Access-Control-Allow-Origin", ORIGIN), ("Access-Control-Expose-Headers", "*"))
VARY = ("Vary", "Origin")


def test_answers_may_be_read_by_the_page_that_asked() -> None:
    for method in ("GET", "POST", "OPTIONS"):
        response = ask(method, origin=ORIGIN)
        assert response == WireResponse(418, (("A", "1"), VARY, *ALLOWED), b"x")
    assert ask("GET", answer=(VARY,), origin=ORIGIN).headers == (("A", "1"), VARY, *ALLOWED)


@pytest.mark.parametrize(
    ("path", "headers"),
    [("/v1/x", {}), ("/_mockgem/world", {"origin": ORIGIN}), ("/v1/x", ASKED)],
)
def test_other_answers_stay_as_they_are(path: str, headers: dict[str, str]) -> None:
    assert ask("OPTIONS", path, **headers) == WireResponse(418, (("A", "1"),), b"x")


def test_a_preflight_is_answered_at_once() -> None:
    first = ("Access-Control-Allow-Origin", ORIGIN)
    methods = ("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE, OPTIONS")
    age = ("Access-Control-Max-Age", "3600")
    response = ask("OPTIONS", origin=ORIGIN, **ASKED)
    assert response == WireResponse(200, (first, methods, age, VARY))
    names = {"access-control-request-headers": "x-goog-api-key, a"}
    response = ask("OPTIONS", origin=ORIGIN, **ASKED, **names)
    allowed = ("Access-Control-Allow-Headers", "x-goog-api-key, a")
    assert response.headers == (first, methods, allowed, age, VARY)
