"""The interactions that can be played, found by a hash of what is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from mockgem.core.frozen import frozen
from mockgem.recording.interaction import Interaction
from mockgem.recording.matching import (
    MatchableRequest,
    RequestMatcher,
    find_differences,
    request_of,
)
from mockgem.recording.redacted_requests import RedactedRequests
from mockgem.recording.redaction import Redactor

VERSION_MARKERS = ("/v1", "/v1beta", "/v1alpha", "/v1beta1", "/upload/", "/download/")


@frozen
class NearestMatch:
    """The interaction that is most like a request, and what tells them apart."""

    interaction: Interaction
    differences: tuple[str, ...]


class InteractionIndex:
    """Equal requests get what was recorded for them in order; `repeats`: the last one again and again after that.

    Each world plays from the beginning. Recorded requests are held without secrets, as a recorder writes them: so is a
    request that is looked for (`RedactedRequests`).
    """

    def __init__(
        self,
        interactions: Iterable[Interaction],
        matching: RequestMatcher,
        *,
        repeat_last: bool = False,
        redaction: Redactor | None = None,
    ) -> None:
        self.matcher = matching
        self.repeat_last = repeat_last
        self.redaction = redaction or Redactor()
        self.requests = RedactedRequests(self.redaction)
        self.index: dict[bytes, list[Interaction]] = {}
        self.play_counts: Counter[tuple[str, bytes]] = Counter()
        for one in interactions:
            self.add(one)

    def add(self, one: Interaction) -> None:
        if self.redaction.may_change(one):
            one = self.redaction.clean_request(one)
        self.index.setdefault(
            self.matcher.compute_key(strip_path_prefix(request_of(one))), []
        ).append(one)

    def take_next(self, asked: MatchableRequest, world: str) -> Interaction | None:
        """The next one for a request, if there is one left."""
        key = self.matcher.compute_key(strip_path_prefix(asked))
        recorded = self.index.get(key)
        if recorded is None:
            return None
        place = self.play_counts[world, key]
        if place >= len(recorded) and not self.repeat_last:
            return None
        self.play_counts[world, key] += 1
        return recorded[min(place, len(recorded) - 1)]

    def count_recordings(self, asked: MatchableRequest) -> int:
        """How often a request was recorded: 0 for one that never was."""
        return len(self.index.get(self.matcher.compute_key(strip_path_prefix(asked)), ()))

    def key_of(self, one: Interaction) -> bytes:
        """What requests for an interaction have in common, without secrets."""
        if self.redaction.may_change(one):
            one = self.redaction.clean_request(one)
        return self.matcher.compute_key(strip_path_prefix(request_of(one)))

    def list_interactions(self) -> list[Interaction]:
        return [one for some in self.index.values() for one in some]

    def find_nearest(self, asked: MatchableRequest) -> NearestMatch | None:
        """Of those for the same path if there are some; among the first thousand, because a miss should not take long."""
        asked = strip_path_prefix(asked)
        recorded = [
            (strip_path_prefix(request_of(one)), one) for one in self.list_interactions()[:1000]
        ]
        alike = [pair for pair in recorded if pair[0].path == asked.path] or recorded
        told = [(find_differences(other, asked, self.matcher), one) for other, one in alike]
        if not told:
            return None
        lines, best = min(told, key=lambda pair: (len(pair[0]), sum(map(len, pair[0]))))
        return NearestMatch(best, tuple(lines))


def strip_path_prefix(asked: MatchableRequest) -> MatchableRequest:
    """With the path from the API's version on: what a gateway or a proxy puts before it is not asked by clients here."""
    places = [place for mark in VERSION_MARKERS if (place := find_marker(asked.path, mark)) >= 0]
    start = min(places, default=0)
    return replace(asked, path=asked.path[start:]) if start else asked


def find_marker(path: str, mark: str) -> int:
    return path.find(mark if mark.endswith("/") else mark + "/")
