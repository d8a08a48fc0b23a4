"""Hosts and ports, and the patterns in which users name them."""

from __future__ import annotations

import pytest

from mockgem.core.authority import (
    Authority,
    HostPatterns,
    parse_authority,
    parse_pattern,
    parse_patterns,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Example.COM:443", Authority("example.com", 443)),
        ("example.com.", Authority("example.com", 80)),
        ("[::1]:8443", Authority("::1", 8443)),
        ("127.0.0.1", Authority("127.0.0.1", 80)),
        ("example.com:70000", None),
        ("user@example.com", None),
        ("[1:2:3]", None),
        ("a b", None),
    ],
)
def test_an_authority_has_a_host_and_a_port(text: str, expected: Authority | None) -> None:
    assert parse_authority(text, 80) == expected


@pytest.mark.parametrize("text", ["example.com:443", "[::1]:443", "[::1]", "example.com"])
def test_an_authority_is_written_as_in_urls(text: str) -> None:
    assert str(parse_authority(text)) == text


def test_loopback_is_a_name_or_an_address() -> None:
    assert all(
        Authority(one).is_loopback for one in ("localhost", "a.localhost", "127.9.9.9", "::1")
    )
    assert not any(Authority(one).is_loopback for one in ("localhost.com", "10.0.0.1", "::2", ""))


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        ("a.com", ["a.com:80", "a.com:443"], ["a.com:8443", "b.a.com:443"]),
        ("*.a.com", ["b.a.com:443", "c.b.a.com:80"], ["a.com:443", "xa.com:80"]),
        ("Example.com:8443", ["example.com:8443"], ["example.com:443"]),
        ("*", ["a.com:443", "10.0.0.1:80"], ["a.com:22", "localhost:443", "[::1]:443"]),
        ("*:22", ["example.com:22"], ["example.com:443", "localhost:22"]),
        ("localhost:4000", ["localhost:4000"], ["localhost:80", "127.0.0.1:4000"]),
        ("[::1]", ["[::1]:443"], ["[::2]:443"]),
        ("a?.com", [], ["ab.com:443"]),
    ],
)  # fmt: skip
def test_a_pattern_has_some_hosts_and_ports(pattern: str, good: list[str], bad: list[str]) -> None:
    one = parse_pattern(pattern)
    patterns = HostPatterns((one,) if one is not None else ())
    named = {text: parse_authority(text) for text in (*good, *bad)}
    assert [text for text, one in named.items() if one and patterns.match(one)] == good


NOT_PATTERNS = ["", "a b", "host:", "host:0", "host:70000", "::1", "a/b", ":443", "a[b]"]


@pytest.mark.parametrize("text", NOT_PATTERNS)
def test_what_is_not_a_pattern(text: str) -> None:
    assert parse_pattern(text) is None
    with pytest.raises(ValueError) as caught:
        parse_patterns(("good.example", text))
    assert caught.value.args == (text,)


def test_only_hosts_without_a_star_are_named() -> None:
    patterns = parse_patterns(("a.example", "*.example", "b.example:8443"))
    assert patterns.names == ("a.example", "b.example")
