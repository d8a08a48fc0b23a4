"""A call and the roles around it: surface, dialect, endpoint, source, answer, fault."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import field
from typing import Any, Generic, Protocol, TypeVar

from mockgem.core.content import ScriptedReply
from mockgem.core.errors import Failure, RouteNotFound
from mockgem.core.frozen import frozen
from mockgem.core.http import Frames, WireRequest, WireResponse
from mockgem.core.lifecycle import NO_OVERRIDES, Lifecycle, ResourceOverrides
from mockgem.core.world import World


@frozen
class InvalidRequest:
    """A request that can't be decoded; the engine answers it with the reason."""

    failure: Failure


@frozen
class VerbatimResponse:
    """A response that comes from elsewhere and is sent byte for byte."""

    response: WireResponse


Req = TypeVar("Req")
Res = TypeVar("Res")


@frozen
class Endpoint(Generic[Req, Res]):
    """One operation in one dialect: decode the request, run the operation, encode the result.

    `pure`: the decoded request depends on path and body alone, so it may be cached. `may_wait`: the
    operation may suspend, so it needs an event loop. `streams_body`: the operation reads the body
    itself.
    """

    method: str
    path: str
    summary: str
    decode: Callable[[WireRequest, Mapping[str, str]], Req]
    operation: Callable[[Req, OperationContext], Awaitable[Res]]
    encode: Callable[[Req, Res], WireResponse]
    encode_failure: Callable[[Failure, WireRequest], WireResponse]
    model_of: Callable[[Req], str] = lambda request: ""
    pure: bool = True
    may_wait: bool = False
    streams_body: bool = False


@frozen
class OperationContext:
    """What an operation knows besides its request.

    `key` is the key of the request and `repeat_count` how often the same request came before.
    `scripted_reply` and `overrides` are what a scenario says about the reply and about resources.
    """

    world: World
    key: bytes = b""
    repeat_count: int = 0
    scripted_reply: ScriptedReply | None = None
    overrides: ResourceOverrides = NO_OVERRIDES

    def get_lifecycle(self, name: str) -> Lifecycle:
        """Return the lifecycle of a kind of resource: the scenario's, else the world's."""
        return self.overrides.lifecycles.get(name) or self.world.lifecycles[name]


@frozen
class Dialect:
    """One form of the API: its endpoints, and its errors for a bad credential and a bad path."""

    name: str
    endpoints: tuple[Endpoint[Any, Any], ...]
    refuse_credential: Callable[[str], Failure]
    not_found: Callable[[RouteNotFound], WireResponse]


@frozen
class Surface:
    """A place that clients connect to: path prefixes, credentials, a dialect, and an upstream.

    In a prefix, `{name}` stands for one path segment. `credentials` returns what the client
    identifies itself with; there has to be one, unless `keyless` says that the request needs none.
    `claims` tells whether a request to this prefix is meant for this surface.
    """

    name: str
    title: str
    prefixes: tuple[str, ...]
    dialect: Dialect
    credentials: Callable[[WireRequest], tuple[str, ...]]
    base: str = ""
    upstream: str = ""
    claims: Callable[[WireRequest], bool] = lambda wire: True
    keyless: Callable[[WireRequest], bool] | None = None


@frozen
class Call:
    """One request that is being handled.

    Equal requests have equal keys. `scripted_reply` and `overrides` are what a scenario says about
    the reply and about resources.
    """

    wire: WireRequest
    surface: Surface
    endpoint: Endpoint[Any, Any] | None
    request: Any
    world: World
    key: bytes = b""
    model: str = ""
    scripted_reply: ScriptedReply | None = None
    overrides: ResourceOverrides = NO_OVERRIDES


Fault = Callable[[Frames], Frames]


@frozen
class Answer:
    """The answer to a call, and what goes wrong with it.

    `source` names where it comes from. `changes` are faults that alter the body, `faults` those of
    its delivery. `headers` are added to the response and `details` to the journal entry. `request`
    is the request that was answered, if it is not the call's own.
    """

    content: Any
    source: str
    faults: tuple[Fault, ...] = field(default=())
    changes: tuple[Fault, ...] = field(default=())
    headers: tuple[tuple[str, str], ...] = field(default=())
    details: Mapping[str, Any] | None = field(default=None)
    request: Any = field(default=None)


class Source(Protocol):
    """Something that may answer a call. None means that the next source decides."""

    async def answer(self, call: Call) -> Answer | None: ...
