"""Remove secrets from an interaction before it is written.

Only headers on a list stay. In URLs and bodies, what `mockgem.redaction` finds is replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from urllib.parse import urlsplit

from mockgem.core.frozen import frozen
from mockgem.recording.interaction import HeaderList, Interaction
from mockgem.recording.socket_messages import Messages, map_data
from mockgem.redaction.body import find_split_secrets, has_pieces, redact_body
from mockgem.redaction.credentials import find_credentials_of_url
from mockgem.redaction.finder import SecretFinder
from mockgem.redaction.legacy import build_legacy_finder
from mockgem.redaction.names import is_secret_header
from mockgem.redaction.urls import redact_url
from mockgem.redaction.values import is_placeholder, strip_scheme

REQUEST_HEADERS_KEPT = re.compile(
    r"(?:accept|content-type|user-agent|x-goog-api-client|x-server-timeout|openai-beta|"
    r"x-stainless-(?:lang|package-version)|"
    r"x-goog-upload-(?:command|protocol|offset|header-content-(?:length|type)))\Z",
    re.I,
)
RESPONSE_HEADERS_KEPT = re.compile(
    r"(?:content-type|content-disposition|content-language|content-encoding|content-range|"
    r"accept-ranges|allow|etag|last-modified|date|server|server-timing|vary|"
    r"retry-after|cache-control|expires|location|alt-svc|x-xss-protection|x-frame-options|"
    r"x-content-type-options|referrer-policy|x-gemini-service-tier|x-ratelimit-[\w-]+|"
    r"openai-(?:processing-ms|version|model)|x-goog-hash|"
    r"x-goog-upload-(?:status|size-received|chunk-granularity|url|control-url|header-[\w-]+))\Z",
    re.I,
)
HEAD_HEADERS_KEPT = re.compile(rf"(?:content-length\Z|{RESPONSE_HEADERS_KEPT.pattern})", re.I)
"""Headers that are kept of a response to HEAD, whose length is that of a body that is not sent."""


class SecretLeak(Exception):
    """Something that looks like a secret was about to be written; the message says where."""


@lru_cache(maxsize=64)
def build_finder(
    secrets: tuple[str, ...] = (), patterns: tuple[re.Pattern[str], ...] = ()
) -> SecretFinder:
    """Return what finds secrets of known kinds, some credentials, and what the user adds."""
    return SecretFinder(secrets, patterns)


@frozen
class Redactor:
    """Removes secrets from interactions; `patterns` are the user's own regular expressions."""

    patterns: tuple[re.Pattern[str], ...] = ()

    def redact(self, one: Interaction, secrets: Iterable[str] = ()) -> Interaction:
        """Return an interaction without secrets.

        `secrets` are credentials beside those that its request carries.
        """
        finder = build_finder((*find_credentials(one), *secrets), self.patterns)
        body, chunks = redact_body(one.body, one.chunks, finder)
        kept = HEAD_HEADERS_KEPT if one.method == "HEAD" else RESPONSE_HEADERS_KEPT
        return replace(
            clean_request(one, finder),
            request_headers=redact_headers(one.request_headers, REQUEST_HEADERS_KEPT, finder),
            headers=redact_headers(one.headers, kept, finder),
            body=body,
            chunks=chunks,
            reason=finder.redact(one.reason),
            broken=finder.redact(one.broken),
            messages=redact_messages(one.messages, finder),
        )

    def clean_request(self, one: Interaction, secrets: Iterable[str] = ()) -> Interaction:
        """Return an interaction without secrets in the URL and the body of its request.

        An interaction without secrets is returned as the same object.
        """
        return clean_request(one, build_finder(tuple(secrets), self.patterns))

    def clean_session(self, one: Interaction) -> Interaction:
        """Return a recorded socket without secrets in the URL and the messages."""
        finder = build_finder((), self.patterns)
        return replace(clean_request(one, finder), messages=redact_messages(one.messages, finder))

    def clean_legacy_request(self, one: Interaction, secrets: Iterable[str] = ()) -> Interaction:
        """Return an interaction whose request is as in a cassette of an earlier version."""
        legacy = build_legacy_finder(secrets, self.patterns)
        old = clean_request(one, legacy, in_query=False)
        return clean_request(old, build_finder((), self.patterns))

    def may_change(self, one: Interaction) -> bool:
        """Return quickly whether `clean_request` may change something."""
        finder, body = build_finder((), self.patterns), one.request_body.decode("utf-8", "replace")
        return "?" in one.uri or "\\u00" in body or finder.may_find(f"{one.uri} {body}")

    def redact_and_check(self, one: Interaction, secrets: Iterable[str] = ()) -> Interaction:
        """Return an interaction without secrets. Raises SecretLeak if one is left."""
        clean = self.redact(one, secrets)
        self.check(clean, secrets)
        return clean

    def check(self, one: Interaction, secrets: Iterable[str] = ()) -> None:
        """Look once more before an interaction is written. Raises SecretLeak."""
        finder = build_finder(tuple(secrets), self.patterns)
        for place in find_leaks(one, finder):
            path = finder.redact(urlsplit(one.uri).path)
            raise SecretLeak(
                f"{one.method} {path}: something that looks like a secret is left in {place}"
            )


def clean_request(one: Interaction, finder: SecretFinder, *, in_query: bool = True) -> Interaction:
    """Return an interaction without secrets in its request; the same object if it has none."""
    uri = redact_url(one.uri, finder) if in_query else finder.redact(one.uri)
    body, _ = redact_body(one.request_body, (), finder)
    if (uri, body) == (one.uri, one.request_body):
        return one
    return replace(one, uri=uri, request_body=body)


def redact_messages(messages: Messages, finder: SecretFinder) -> Messages:
    """Return the messages of a socket without secrets."""
    return map_data(messages, lambda data: redact_body(data, (), finder)[0])


def find_leaks(one: Interaction, finder: SecretFinder) -> Iterator[str]:
    """Yield the places of an interaction that hold a secret."""
    for name, value in (*one.request_headers, *one.headers):
        if is_secret_header(name) and not is_placeholder(strip_scheme(value)):
            yield f"the header {name}"
    for place, text in iter_texts(one):
        if finder.find(text):
            yield place
    messages = [("message", message.data) for message in one.messages]
    for place, body in (("request", one.request_body), ("response", one.body), *messages):
        if has_pieces(body) and any(True for _ in find_split_secrets(body, finder)):
            yield f"the {place}'s body"


def iter_texts(one: Interaction) -> Iterator[tuple[str, str]]:
    """Yield the texts of an interaction, with the name of each place."""
    yield "the URL", one.uri
    yield "the reason", one.reason
    yield "the error that ended it", one.broken
    for name, text in (*one.request_headers, *one.headers):
        yield f"the header {name}", text
    yield "the request's body", one.request_body.decode("utf-8", "replace")
    yield "the response's body", one.body.decode("utf-8", "replace")
    for number, message in enumerate(one.messages, 1):
        yield f"message {number} of the socket", message.data.decode("utf-8", "replace")


def find_credentials(one: Interaction) -> list[str]:
    """Return the credentials of a request, which an error may repeat elsewhere."""
    return find_credentials_of_url(one.request_headers, one.uri, one.sent_data)


def redact_headers(headers: HeaderList, kept: re.Pattern[str], finder: SecretFinder) -> HeaderList:
    """Return the headers that may be kept, without secrets in them."""
    return tuple([(name, finder.redact(text)) for name, text in headers if kept.match(name)])
