"""Requests in the form in which a recorder writes them, which is how they are found again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from mockgem.core.cache import BoundedCache
from mockgem.core.frozen import frozen
from mockgem.recording.interaction import Interaction
from mockgem.recording.matching import (
    MAX_RECORDED_BODY,
    UPLOAD_HEADERS,
    MatchableRequest,
    normalize_request,
)
from mockgem.recording.redaction import Redactor, find_credentials

Key = tuple[str, str, bytes, tuple[str, ...], tuple[str | None, ...]]
MATCHED_HEADERS = ("content-type", *UPLOAD_HEADERS)
"""Headers that matching looks at."""
MAX_CACHED_BYTES = 16 * 2**20
"""Bytes of the requests that are remembered with their forms."""


@frozen
class Redacted:
    """A request without secrets, in the forms that a recorder may have written.

    The first form lacks what looks like a secret. The last one also lacks the credentials of this
    request, which may look like anything; `secrets` are those credentials. Between them are the
    forms that earlier versions wrote.
    """

    forms: tuple[MatchableRequest, ...]
    secrets: tuple[str, ...]


class RedactedRequests:
    """Removes secrets from requests, and caches results because clients repeat requests."""

    def __init__(self, redaction: Redactor) -> None:
        self.redaction = redaction
        self.cache: BoundedCache[Key, Redacted] = BoundedCache(256, MAX_CACHED_BYTES)

    def read(self, method: str, uri: str, body: bytes, headers: Mapping[str, str]) -> Redacted:
        """Return the forms of a request. The names of the headers must be in lower case."""
        request = Interaction(method, uri, tuple(headers.items()), body, 0, "", (), b"")
        secrets = tuple(find_credentials(request))
        key = method, uri, body, secrets, tuple([headers.get(name) for name in MATCHED_HEADERS])
        redacted = self.cache.get(key)
        if redacted is None:
            redacted = Redacted(tuple(self.forms(request, secrets, headers)), secrets)
            self.cache.put(key, redacted, 4 * len(body))
        return redacted

    def forms(
        self, request: Interaction, secrets: tuple[str, ...], headers: Mapping[str, str]
    ) -> Iterator[MatchableRequest]:
        """Yield the forms of a request, the one with the fewest changes first."""
        method, body = request.method, request.request_body
        if len(body) > MAX_RECORDED_BODY:  # a recorder keeps only its size
            clean = self.redaction.clean_request(replace(request, request_body=b""), secrets)
            yield normalize_request(method, clean.uri, body, headers)
            return
        for clean in self.clean_requests(request, secrets):
            yield normalize_request(method, clean.uri, clean.request_body, headers)

    def clean_requests(
        self, request: Interaction, secrets: tuple[str, ...]
    ) -> Iterator[Interaction]:
        """Yield a request without secrets: also as earlier versions wrote it."""
        redaction = self.redaction
        yield redaction.clean_request(request)
        yield redaction.clean_legacy_request(request)
        if secrets:
            yield redaction.clean_legacy_request(request, secrets)
            yield redaction.clean_request(request, secrets)
