"""A request in the form in which a recorder would have written it: the form in which it is found again."""

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
LOOKED_AT = ("content-type", *UPLOAD_HEADERS)
"""Headers that matching looks at."""
LARGEST_REMEMBERED = 16 * 2**20
"""Bytes of bodies that are remembered with their forms."""


@frozen
class Redacted:
    """What a request asks without secrets, in the forms a recorder may have written, and its own credentials.

    The first form is without what looks like a secret; the last one, if there are two, is without the credentials of this
    request too, which may look like anything.
    """

    forms: tuple[MatchableRequest, ...]
    secrets: tuple[str, ...]


class RedactedRequests:
    """Takes secrets out of requests, and remembers some of the results: clients repeat themselves."""

    def __init__(self, redaction: Redactor) -> None:
        self.redaction = redaction
        self.known: BoundedCache[Key, Redacted] = BoundedCache(256, LARGEST_REMEMBERED)

    def read(self, method: str, uri: str, body: bytes, headers: Mapping[str, str]) -> Redacted:
        """Return the forms of a request. `headers` have names in lower case."""
        one = Interaction(method, uri, tuple(headers.items()), body, 0, "", (), b"")
        secrets = tuple(find_credentials(one))
        key = method, uri, body, secrets, tuple([headers.get(name) for name in LOOKED_AT])
        found = self.known.get(key)
        if found is None:
            found = Redacted(tuple(self.forms(one, secrets, headers)), secrets)
            self.known.put(key, found, 4 * len(body))
        return found

    def forms(
        self, one: Interaction, secrets: tuple[str, ...], headers: Mapping[str, str]
    ) -> Iterator[MatchableRequest]:
        if len(one.request_body) > MAX_RECORDED_BODY:  # a recorder keeps its size alone
            clean = self.redaction.clean_request(replace(one, request_body=b""), secrets)
            yield normalize_request(one.method, clean.uri, one.request_body, headers)
            return
        for taken in ((), secrets) if secrets else ((),):
            clean = self.redaction.clean_request(one, taken)
            yield normalize_request(one.method, clean.uri, clean.request_body, headers)
