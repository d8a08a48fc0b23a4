"""Which hosts a proxy answers for, and to which it opens tunnels, by its settings."""

from __future__ import annotations

from typing import Any

import pytest

from mockgem.app.proxy import build_proxy, find_answered, find_tunneled
from mockgem.config.settings import Settings
from mockgem.core.authority import parse_authority
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects.surfaces import list_service_hosts


def matches(patterns: Any, *texts: str) -> list[bool]:
    found = [parse_authority(text) for text in texts]
    return [one is not None and patterns.match(one) for one in found]


def test_the_hosts_of_the_services_are_those_of_the_surfaces() -> None:
    assert list_service_hosts() == (
        "generativelanguage.googleapis.com",
        "aiplatform.googleapis.com",
        "*-aiplatform.googleapis.com",
        "aiplatform.*.rep.googleapis.com",
    )


def test_a_proxy_answers_for_what_the_user_names() -> None:
    answered = find_answered(
        Settings(upstream="https://gateway.example:8443/llm", proxy_host=("*.llm.example",))
    )
    good = ("generativelanguage.googleapis.com:443", "us-central1-aiplatform.googleapis.com:443")
    good += ("gateway.example:8443", "a.llm.example:80")
    bad = ("gateway.example:443", "llm.example:443", "storage.googleapis.com:443")
    assert matches(answered, *good, *bad) == [True] * 4 + [False] * 3
    assert matches(find_answered(Settings(upstream="http://10.0.0.1")), "10.0.0.1:80") == [True]
    assert matches(find_answered(Settings(upstream="https://[::1]/x")), "[::1]:443") == [True]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, [False, False]),
        ({"record_mode": "once"}, [True, True]),
        ({"record_mode": "verify"}, [True, True]),
        ({"on_miss": "record"}, [True, True]),
        ({"tunnel_host": ("a.example",)}, [True, False]),
        ({"tunnel_host": ("a.example",), "record_mode": "once"}, [True, False]),
    ],
)
def test_a_recorder_opens_tunnels_and_other_servers_do_not(
    settings: dict[str, Any], expected: list[bool]
) -> None:
    tunneled = find_tunneled(Settings(**settings))
    assert matches(tunneled, "a.example:443", "b.example:443") == expected


async def test_only_hosts_that_are_named_exactly_may_be_in_the_own_network() -> None:
    async def answer(wire: WireRequest) -> WireResponse:
        return WireResponse(200, ())

    settings = Settings(tunnel_host=("intern.example", "*.corp.example"))
    _, proxy = build_proxy(settings, answer, answer, lambda: 8090)
    proxy.upstream.lookup = look_up_inside
    assert await proxy.upstream.resolve("intern.example", 443) == ["10.0.0.1"]
    assert proxy.upstream.resolved == {}
    with pytest.raises(OSError, match="not in the public network"):
        await proxy.upstream.resolve("a.corp.example", 443)


async def look_up_inside(host: str, port: int) -> list[str]:
    return ["10.0.0.1"]
