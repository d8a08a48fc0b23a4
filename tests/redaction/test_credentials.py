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
