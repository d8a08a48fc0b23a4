"""The credentials of a request: by the names of headers and parameters, and in its body."""

from __future__ import annotations

import pytest

from mockgem.redaction.credentials import find_credentials, find_credentials_of_url
from mockgem.redaction.finder import DEFAULT_FINDER
from mockgem.redaction.names import is_dropped_parameter, is_secret_header
from mockgem.redaction.urls import redact_url


@pytest.mark.parametrize(
    "name",
    [
        *("Authorization", "x-goog-api-key", "api-key", "X-API-Key", "Proxy-Authorization"),
        *("ocp-apim-subscription-key", "x-auth-token", "x-portkey-api-key", "x-litellm-api-key"),
        *("Cookie", "Set-Cookie", "X-Amz-Security-Token", "x-portkey-virtual-key", "X-CSRF-Token"),
        *("x-goog-iam-authorization-token", "X-Upload-Id", "x-client-secret"),
    ],
)
def test_headers_with_secrets(name: str) -> None:
    assert is_secret_header(name)


@pytest.mark.parametrize(
    "name",
    [
        *("Content-Type", "x-ratelimit-remaining-tokens", "x-ratelimit-limit-tokens", "User-Agent"),
        *("WWW-Authenticate", "Idempotency-Key", "Sec-WebSocket-Key", "x-goog-api-client"),
        *("Host", "X-Author", "X-Goog-AuthUser", "Access-Control-Allow-Credentials", "keep-alive"),
    ],
)
def test_headers_without_secrets(name: str) -> None:
    assert not is_secret_header(name)


def test_each_place_of_a_request() -> None:
    headers = [
        ("Authorization", "Basic dXNlcjpodW50ZXIyMg=="),
        ("x-api-key", "Bearer ab1"),
        ("Cookie", "theme=dark; sid=a8Kd03hfLq29"),
        ("Accept", "text/plain"),
    ]
    body = b'{"password": "pa55word", "token": " the", "code": 400}'
    url = "https://me:p%40ss-w0rd@example.com/x?key=k-1&pageToken=a8Kd03hfLq29XmZp47Rt&sas=s1g"
    assert find_credentials_of_url(headers, url, body) == [
        *("k-1", "s1g", "dXNlcjpodW50ZXIyMg==", "user:hunter22", "hunter22", "ab1"),
        *("theme=dark; sid=a8Kd03hfLq29", "a8Kd03hfLq29", "pa55word", "p@ss-w0rd"),
    ]
    assert find_credentials([], [("code", "python"), ("after", "x1y2z3a4b5")]) == []


def test_an_ambiguous_parameter_is_a_credential_if_it_is_random() -> None:
    url = "https://x/y?code=a8Kd0-3h&token=a8Kd0-3&key=k&keys=a8Kd0-3h#?key=no-1"
    assert find_credentials_of_url([], url) == ["a8Kd0-3h"]
    assert find_credentials_of_url([], url.replace("key=k", "key=k-1")) == ["a8Kd0-3h", "k-1"]


def test_values_in_cookies_and_in_basic_credentials() -> None:
    cookie = ("Cookie", "a=a8Kd0-3h; b=a8Kd0-3;c=a8Kd0-3i")
    assert find_credentials([cookie]) == [cookie[1], "a8Kd0-3h", "a8Kd0-3i"]
    for value in ("Basic ???", "Basic /w==", "Basicx dXNlcjpodW50ZXIyMg=="):
        assert find_credentials([("authorization", value)]) == [value.removeprefix("Basic ")]
    assert find_credentials([("authorization", "bAsIc dTpwMQ==")]) == ["dTpwMQ==", "u:p1", "p1"]


def test_forms_are_decoded_and_words_are_left_out() -> None:
    assert find_credentials([], body=b"a=1&password=p%40ss+w0rd-1") == ["p@ss w0rd-1"]
    assert find_credentials([], body=b'{"password": "p%40ss-1"}') == ["p%40ss-1"]
    assert find_credentials([("x-api-key", "FILTERED")], [("key", "abc")]) == []


def test_there_is_a_limit_of_credentials_and_of_what_is_searched() -> None:
    body = "&".join([f"password=hunter-{number}" for number in range(60)]).encode()
    assert find_credentials([], body=body) == [f"hunter-{number}" for number in range(50)]
    late = b'{"x": "%b", "password": "hunter-%b"}'
    rest = len(late % (b"", b"")) - 2
    for size, found in ((2**20 - 1, ["hunter-1"]), (2**20, ["hunter-"])):
        assert find_credentials([], body=late % (b"x" * (size - rest), b"1")) == found


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://x/y?key=abc-123&alt=sse", "https://x/y?alt=sse"),
        ("https://x/y?alt=sse&access_token=t0ken-1", "https://x/y?alt=sse"),
        ("https://x/y?key=abc-123", "https://x/y"),
        ("https://x/y?key=TOKEN&a=%2f%20b+c&empty=", "https://x/y?key=TOKEN&a=%2f%20b+c&empty="),
        ("https://x/y?code=4/0AX4XfWhT3qL9z&x=1", "https://x/y?code=REDACTED&x=1"),
        (
            "https://x/y?code=python&pageToken=a8Kd03hf",
            "https://x/y?code=python&pageToken=a8Kd03hf",
        ),
        ("https://u:pa55w0rd@x/y?a", "https://REDACTED@x/y?a"),
        ("https://x/y?db_password=pa55w0rd", "https://x/y?db_password=REDACTED"),
    ],
)
def test_the_url_of_a_request(url: str, expected: str) -> None:
    assert redact_url(url, DEFAULT_FINDER) == expected
    assert redact_url(expected, DEFAULT_FINDER) == expected


def test_page_tokens_are_compared() -> None:
    assert not any(map(is_dropped_parameter, ("pageToken", "page_token", "pageSize", "after")))
    assert all(map(is_dropped_parameter, ("key", "API_KEY", "x-goog-signature", "upload_id")))
