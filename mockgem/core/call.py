"""One call and the roles around it: surface, dialect, endpoint, source, answer, fault."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import field
from typing import Any, Generic, Protocol, TypeVar

from mockgem.core.content import ScriptedReply
from mockgem.core.errors import Failure, RouteNotFound
from mockgem.core.frozen import frozen
from mockgem.core.http import Frames, WireRequest, WireResponse
from mockgem.core.world import World


@frozen
class InvalidRequest:
    """A request nobody could read; the engine answers it with the reason."""

    failure: Failure


@frozen
class VerbatimResponse:
    """A response taken from elsewhere, byte for byte."""

    response: WireResponse


Req = TypeVar("Req")
Res = TypeVar("Res")


@frozen
class Endpoint(Generic[Req, Res]):
    """How one dialect spells one operation: read the request, perform it, write the result.

    `pure`: what is read depends on path and body alone, so it may be remembered. `waits`: the operation may wait.
    `streamed`: the body is not read beforehand.
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
    """Where and when an operation is performed: its world, the request's key, how often that was heard before, and what
    is to be said if that is settled."""

    world: World
    key: bytes = b""
    repeat_count: int = 0
    scripted_reply: ScriptedReply | None = None


@frozen
class Dialect:
    """One spelling of the API: its endpoints, and its words for a credential it cannot take."""

    name: str
    endpoints: tuple[Endpoint[Any, Any], ...]
    refuse_credential: Callable[[str], Failure]
    not_found: Callable[[RouteNotFound], WireResponse]


@frozen
class Surface:
    """A place clients connect to: path prefixes, a credential, a dialect, and the real thing behind it.

    A prefix holds `{names}` for single path segments. `credentials` gives all that the client identified itself with, of
    which there has to be one, and `keyless` says which requests need none; `claims` tells whether a request that came to
    this prefix is meant for this surface. `sources` answer its calls instead of the server's sources, if there are any.
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
    sources: tuple[Source, ...] = ()


@frozen
class Call:
    """One request being handled. `key` tells this request from every other; equal requests have equal keys. `said` is
    what is to be answered, if a scenario says so."""

    wire: WireRequest
    surface: Surface
    endpoint: Endpoint[Any, Any] | None
    request: Any
    world: World
    key: bytes = b""
    model: str = ""
    scripted_reply: ScriptedReply | None = None


Fault = Callable[[Frames], Frames]


@frozen
class Answer:
    """What to say, who said it, and what goes wrong on the way: `changes` make another body of it, `faults` deliver it;
    more headers, and what the journal is told of it. `request` is the one that was answered, if it is not the call's own.
    """

    content: Any
    source: str
    faults: tuple[Fault, ...] = field(default=())
    changes: tuple[Fault, ...] = field(default=())
    headers: tuple[tuple[str, str], ...] = field(default=())
    details: Mapping[str, Any] | None = field(default=None)
    request: Any = field(default=None)


class Source(Protocol):
    """Someone who may answer a call. None means: not mine."""

    async def answer(self, call: Call) -> Answer | None: ...
