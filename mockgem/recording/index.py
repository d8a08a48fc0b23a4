"""The interactions that can be played, found by a hash of what is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from mockgem.core.frozen import value
from mockgem.recording.interaction import Interaction
from mockgem.recording.matching import Asked, Matching, asked_in, differences
from mockgem.recording.redacted_requests import RedactedRequests
from mockgem.recording.redaction import Redaction

VERSIONED = ("/v1", "/v1beta", "/v1alpha", "/v1beta1", "/upload/", "/download/")


@value
class Nearest:
    """The interaction that is most like a request, and what tells them apart."""

    interaction: Interaction
    differences: tuple[str, ...]


class Library:
    """Equal requests get what was recorded for them in order; `repeats`: the last one again and again after that.

    Each world plays from the beginning. Recorded requests are held without secrets, as a recorder writes them: so is a
    request that is looked for (`RedactedRequests`).
    """

    def __init__(
        self,
        interactions: Iterable[Interaction],
        matching: Matching,
        *,
        repeats: bool = False,
        redaction: Redaction | None = None,
    ) -> None:
        self.matching = matching
        self.repeats = repeats
        self.redaction = redaction or Redaction()
        self.requests = RedactedRequests(self.redaction)
        self.index: dict[bytes, list[Interaction]] = {}
        self.played: Counter[tuple[str, bytes]] = Counter()
        for one in interactions:
            self.add(one)

    def add(self, one: Interaction) -> None:
        if self.redaction.may_change(one):
            one = self.redaction.clean_request(one)
        self.index.setdefault(self.matching.key(at_version(asked_in(one))), []).append(one)

    def play(self, asked: Asked, world: str) -> Interaction | None:
        """The next one for a request, if there is one left."""
        key = self.matching.key(at_version(asked))
        recorded = self.index.get(key)
        if recorded is None:
            return None
        place = self.played[world, key]
        if place >= len(recorded) and not self.repeats:
            return None
        self.played[world, key] += 1
        return recorded[min(place, len(recorded) - 1)]

    def played_out(self, asked: Asked) -> int:
        """How often a request was recorded: 0 for one that never was."""
        return len(self.index.get(self.matching.key(at_version(asked)), ()))

    def key_of(self, one: Interaction) -> bytes:
        """What requests for an interaction have in common, without secrets."""
        if self.redaction.may_change(one):
            one = self.redaction.clean_request(one)
        return self.matching.key(at_version(asked_in(one)))

    def all(self) -> list[Interaction]:
        return [one for some in self.index.values() for one in some]

    def nearest(self, asked: Asked) -> Nearest | None:
        """Of those for the same path if there are some; among the first thousand, because a miss should not take long."""
        asked = at_version(asked)
        recorded = [(at_version(asked_in(one)), one) for one in self.all()[:1000]]
        alike = [pair for pair in recorded if pair[0].path == asked.path] or recorded
        told = [(differences(other, asked, self.matching), one) for other, one in alike]
        if not told:
            return None
        lines, best = min(told, key=lambda pair: (len(pair[0]), sum(map(len, pair[0]))))
        return Nearest(best, tuple(lines))


def at_version(asked: Asked) -> Asked:
    """With the path from the API's version on: what a gateway or a proxy puts before it is not asked by clients here."""
    places = [place for mark in VERSIONED if (place := found(asked.path, mark)) >= 0]
    start = min(places, default=0)
    return replace(asked, path=asked.path[start:]) if start else asked


def found(path: str, mark: str) -> int:
    return path.find(mark if mark.endswith("/") else mark + "/")
