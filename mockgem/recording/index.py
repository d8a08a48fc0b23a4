"""The interactions that can be played, found by a hash of the request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from weakref import ReferenceType, ref

from mockgem.core.frozen import frozen
from mockgem.core.world import World
from mockgem.recording.interaction import Interaction
from mockgem.recording.matching import (
    MatchableRequest,
    RequestMatcher,
    find_differences,
    remove_upload_headers,
    request_of,
)
from mockgem.recording.redacted_requests import RedactedRequests
from mockgem.recording.redaction import Redactor

PATH_STARTS = ("/ws/", "/v1/", "/v1beta/", "/v1alpha/", "/v1beta1/", "/upload/", "/download/")
"""What the path of an API request begins with, after the prefix of a gateway."""
MAX_COMPARED = 1000
"""Interactions that are compared with a request that was not recorded: a miss should be quick."""


PlayCounts = tuple[ReferenceType[World], Counter[bytes]]
"""A world, and how often each request was played in it."""


@frozen
class NearestMatch:
    """The interaction most like a request, and the differences between them."""

    interaction: Interaction
    differences: tuple[str, ...]


class InteractionIndex:
    """Interactions by request; equal requests get theirs in the recorded order.

    With `repeat_last` the last one is repeated after that. Each world plays from the beginning, and
    so does the world that takes its place after a reset: a count lives as long as its world.
    Interactions are held without secrets, as a recorder writes them; a request that is looked up is
    redacted in the same way (`RedactedRequests`).
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
        self.sockets: dict[bytes, list[Interaction]] = {}
        self.refusals: dict[int, int] = {}
        self.play_counts: dict[int, PlayCounts] = {}
        for interaction in interactions:
            self.add(interaction)

    def add(self, interaction: Interaction) -> None:
        """Add an interaction after the others with an equal request."""
        interaction = self.clean(interaction)
        key = self.compute_key(request_of(interaction))
        group = self.sockets if interaction.is_socket else self.index
        group.setdefault(key, []).append(interaction)
        if interaction.is_handshake and not interaction.is_socket:
            self.refusals[id(interaction)] = len(self.list_sessions(request_of(interaction).path))

    def take_next(self, request: MatchableRequest, world: World) -> Interaction | None:
        """Return the next interaction for a request, if there is one left in this world."""
        key = self.find_key(request)
        interactions = self.index.get(key)
        if interactions is None:
            return None
        counts = self.counts_of(world)
        position = counts[key]
        if position >= len(interactions) and not self.repeat_last:
            return None
        counts[key] += 1
        return interactions[min(position, len(interactions) - 1)]

    def list_sockets(self, request: MatchableRequest) -> list[Interaction]:
        """Return the sessions that were recorded for a handshake with a setup."""
        return self.sockets.get(self.compute_key(request), [])

    def has_sockets(self, path: str) -> bool:
        """Return whether sessions were recorded at a path."""
        return bool(self.list_sessions(path))

    def list_sessions(self, path: str) -> list[Interaction]:
        """Return the sessions that were recorded at a path."""
        path = path[prefix_length(path) :]
        return [
            one
            for interactions in self.sockets.values()
            if strip_path_prefix(request_of(interactions[0])).path == path
            for one in interactions
        ]

    def take_refusal(self, request: MatchableRequest, world: World) -> Interaction | None:
        """Return the next refusal of a handshake; None before the sessions that came before it.

        With `repeat_last` the last one is repeated, but only if no session was recorded.
        """
        found = [one for one in self.index.get(self.compute_key(request), ()) if one.is_handshake]
        if not found:
            return None
        counts, sessions = self.counts_of(world), self.list_sessions(request.path)
        position = counts[self.compute_key(request)]
        if position >= len(found):
            return found[-1] if self.repeat_last and not sessions else None
        played = sum(counts[socket_key(one)] > 0 for one in sessions)
        if played < self.refusals[id(found[position])]:
            return None
        counts[self.compute_key(request)] += 1
        return found[position]

    def list_unplayed(self, world_name: str) -> list[Interaction]:
        """Return the interactions that were not played in a world; all if it played none."""
        return [one for one, is_played in self.list_with_plays(world_name) if not is_played]

    def list_with_plays(self, world_name: str) -> list[tuple[Interaction, bool]]:
        """Return all interactions, and whether each was played in a world."""
        counts: Counter[bytes] = Counter()
        for reference, played in list(self.play_counts.values()):
            world = reference()
            if world is not None and world.name == world_name:
                counts = played  # after a reset there may be two; the new one comes last
        return [
            (interaction, place < counts[key])
            for key, interactions in list(self.index.items())
            for place, interaction in enumerate(interactions)
        ] + [
            (interaction, counts[socket_key(interaction)] > 0)
            for interactions in list(self.sockets.values())
            for interaction in interactions
        ]

    def counts_of(self, world: World) -> Counter[bytes]:
        """Return how often each request was played in a world.

        Worlds compare by value, so the key is the world's id; the entry goes when the world does.
        """
        number = id(world)
        if number not in self.play_counts:

            def forget(_: object) -> None:
                self.play_counts.pop(number, None)

            self.play_counts[number] = ref(world, forget), Counter()
        return self.play_counts[number][1]

    def count_recordings(self, request: MatchableRequest) -> int:
        """Return how often a request was recorded."""
        return len(self.index.get(self.find_key(request), ()))

    def find_key(self, request: MatchableRequest) -> bytes:
        """Return the key of a request; of an upload without its headers, if that was recorded.

        Other tools leave the headers of uploads out of their recordings.
        """
        key = self.compute_key(request)
        if key in self.index or (plain := remove_upload_headers(request)) is request:
            return key
        return self.compute_key(plain)

    def key_of(self, interaction: Interaction) -> bytes:
        """Return the key that all requests for an interaction share."""
        return self.compute_key(request_of(self.clean(interaction)))

    def compute_key(self, request: MatchableRequest) -> bytes:
        """Return the key of a request, whatever prefix a gateway gave its path."""
        return self.matcher.compute_key(strip_path_prefix(request))

    def clean(self, interaction: Interaction) -> Interaction:
        """Return an interaction without secrets in its request, and in the messages of a socket."""
        if interaction.is_socket:
            return self.redaction.clean_session(interaction)
        if not self.redaction.may_change(interaction):
            return interaction
        return self.redaction.clean_request(interaction)

    def list_interactions(self) -> list[Interaction]:
        """Return all interactions."""
        groups = (*self.index.values(), *self.sockets.values())
        return [one for interactions in groups for one in interactions]

    def find_nearest(
        self, request: MatchableRequest, *, sockets: bool = False
    ) -> NearestMatch | None:
        """Return the interaction with the fewest differences, of those for the same path if any.

        With `sockets` it is a session on a socket.
        """
        request = strip_path_prefix(request)
        others = [one for one in self.list_interactions() if one.is_socket or not sockets]
        recorded = [(strip_path_prefix(request_of(one)), one) for one in others[:MAX_COMPARED]]
        alike = [pair for pair in recorded if pair[0].path == request.path] or recorded
        compared = [(find_differences(other, request, self.matcher), one) for other, one in alike]
        if not compared:
            return None
        lines, best = min(compared, key=lambda pair: (len(pair[0]), sum(map(len, pair[0]))))
        return NearestMatch(best, tuple(lines))


def socket_key(interaction: Interaction) -> bytes:
    """Return the key under which the plays of a session are counted: each session has its own."""
    return b"socket %d" % id(interaction)


def strip_path_prefix(request: MatchableRequest) -> MatchableRequest:
    """Return a request whose path starts with the API's version.

    Clients of mockgem do not send what a gateway has in front of it.
    """
    length = prefix_length(request.path)
    return replace(request, path=request.path[length:]) if length else request


def prefix_length(path: str) -> int:
    """Return the number of characters of a path in front of the API's own part."""
    places = [place for start in PATH_STARTS if (place := path.find(start)) >= 0]
    return min(places, default=0)
