"""A call and the roles around it: surface, dialect, endpoint, source, answer, fault."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import field, fields
from typing import Any, Generic, Protocol, TypeVar

from mockgem.core.content import ScriptedReply
from mockgem.core.errors import Code, Failure, RouteNotFound
from mockgem.core.frozen import frozen
from mockgem.core.http import EMPTY, Frames, WireRequest, WireResponse
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
    """One operation in one dialect: decode a request, run the operation, encode the result.

    Attributes:
        scenario: The word by which rules address the endpoint (`when: {endpoint: embed}`). Without
            a word, scenarios leave the endpoint alone.
        scenario_of: For an endpoint with several operations: the word that fits a request.
        wire_name: The service's own name of the method (`embedContent`), another word for rules.
        uses_quota: Whether the quotas of a scenario count calls that name a model.
        pure: Whether the decoded request depends on path and body alone, so that it can be cached.
        may_wait: Whether the operation can wait.
        streams_body: Whether the operation reads the body itself, while it arrives.
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
    scenario: str = ""
    scenario_of: Callable[[Any], str] | None = None
    wire_name: str = ""
    uses_quota: bool = False

    def scenario_words(self, request: Any) -> tuple[str, str]:
        """Return the words by which rules address a request: operation, and method of the API."""
        word = self.scenario if self.scenario_of is None else self.scenario_of(request)
        return word, self.wire_name or self.scenario


@frozen
class OperationContext:
    """What an operation knows besides its request.

    Attributes:
        world: The world of the request.
        key: The key of the request; ids are derived from it.
        repeat_count: How often the same request came before.
        scripted_reply: What a scenario says the reply is.
        overrides: What a scenario changes about files, caches, batches and videos.
        is_large: The request is so large that long work on it should run aside.
    """

    world: World
    key: bytes = b""
    repeat_count: int = 0
    scripted_reply: ScriptedReply | None = None
    overrides: ResourceOverrides = NO_OVERRIDES
    is_large: bool = False

    def get_lifecycle(self, name: str) -> Lifecycle:
        """Return the lifecycle of a kind of resource: the scenario's, else the world's."""
        return self.overrides.lifecycles.get(name) or self.world.lifecycles[name]


@frozen
class Dialect:
    """The wire format of an API: its endpoints and its errors for credentials and paths.

    Attributes:
        name: The API. Rules address all its surfaces by this name (`when: {surface: openai}`).
        refuse_credential: Builds the failure for a "missing", "several" or "wrong" credential.
        not_found: Builds the response for a path without an endpoint.
        error_framing: How an error inside a stream looks: "sse" for an event, "raw" for bare JSON.
        refuse_query: Builds the failure for query parameters that the front end refuses.
    """

    name: str
    endpoints: tuple[Endpoint[Any, Any], ...]
    refuse_credential: Callable[[str], Failure]
    not_found: Callable[[RouteNotFound], WireResponse]
    error_framing: str = "sse"
    refuse_query: Callable[[WireRequest], Failure | None] | None = None


class LazyDialect(Dialect):
    """A dialect whose modules are imported when something needs more of it than its name.

    Its other fields are set from what `load` returns, when the first of them is read.
    """

    __slots__ = ("load",)

    load: Callable[[], Dialect]

    def __init__(self, name: str, load: Callable[[], Dialect]) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "load", load)

    def __getattr__(self, name: str) -> Any:
        """Return a field that is not set yet. Python calls this for no other field."""
        names = [field.name for field in fields(Dialect)]
        if name not in names:
            raise AttributeError(name)
        dialect = self.load()
        for one in names:
            object.__setattr__(self, one, getattr(dialect, one))
        return getattr(self, name)


@frozen
class ErrorStyle:
    """Which errors of the catalogue a service sends where a scenario does not name one exactly.

    Attributes:
        replacements: Errors by the name of the error that a bare status stands for elsewhere.
        quota_exceeded: The error for an exceeded quota; "" computes it from the quota's limits.
        expired_token: The error for a token that is too old; "" if tokens do not expire.
    """

    replacements: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    quota_exceeded: str = ""
    expired_token: str = ""


def claim_all(wire: WireRequest) -> bool:
    return True


@frozen
class Surface:
    """A place clients connect to: path prefixes, a credential, a dialect and the real service.

    Attributes:
        prefixes: Paths before the endpoints' paths, with `{names}` for single segments.
        path_starts: How the endpoints' paths begin, if other surfaces have the same prefixes. The
            dialect is imported when such a path comes, or one that no other surface has.
        credentials: Returns all credentials of a request; exactly one is allowed.
        base: The path of the base URL that clients are configured with.
        upstream: The URL of the real service, for recordings.
        claims: Whether a request to one of the prefixes is for this surface; `claim_all` if it
            always is.
        keyless: Whether a request needs no credential.
        is_admin: Whether this is mockgem's own API, which has its own source and stays out of the
            journal.
        family: The error catalogue's word for surfaces that send the same errors.
        key_header: The header that carries a key to the real service. In `Authorization` the key
            is a bearer token.
        error_style: The service's own errors for statuses, quotas and tokens.
    """

    name: str
    title: str
    prefixes: tuple[str, ...]
    dialect: Dialect
    credentials: Callable[[WireRequest], tuple[str, ...]]
    base: str = ""
    upstream: str = ""
    claims: Callable[[WireRequest], bool] = claim_all
    is_admin: bool = False
    keyless: Callable[[WireRequest], bool] | None = None
    family: str = ""
    key_header: str = "Authorization"
    error_style: ErrorStyle = ErrorStyle()
    path_starts: tuple[str, ...] = ("",)

    def build_key_header(self, key: str) -> tuple[str, str]:
        """Return the header that carries a key to the real service."""
        bearer = self.key_header == "Authorization"
        return self.key_header, f"Bearer {key}" if bearer else key


@frozen
class Call:
    """One request that is being handled.

    Attributes:
        endpoint: None if no endpoint has the path.
        request: The decoded request, `InvalidRequest` or `RouteNotFound`.
        key: The same for equal requests, and different for others.
        scripted_reply: What a scenario says the reply is.
        overrides: What a scenario changes about files, caches, batches and videos.
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

    Attributes:
        content: A result for the endpoint's encoder, a `Failure`, a `VerbatimResponse` or a
            `RouteNotFound`.
        source: The name of what answered, for the journal.
        faults: Faults of the delivery.
        changes: Faults that change the body, which come first.
        headers: Headers to add to the response.
        details: What a scenario did, for the journal.
        request: The request that was answered, if it is not the call's own.
        client_faults: Faults of what the client sends on the socket that the answer opens.
    """

    content: Any
    source: str
    faults: tuple[Fault, ...] = field(default=())
    changes: tuple[Fault, ...] = field(default=())
    headers: tuple[tuple[str, str], ...] = field(default=())
    details: Mapping[str, Any] | None = field(default=None)
    request: Any = field(default=None)
    client_faults: tuple[Any, ...] = field(default=())


class Source(Protocol):
    """Something that may answer a call. None means that the next source decides."""

    async def answer(self, call: Call) -> Answer | None: ...


def failure_of_unreadable(wire: WireRequest) -> Failure:
    """Return the failure of a request whose body could not be read."""
    code = Code.UNAVAILABLE if wire.is_overloaded else Code.INVALID_ARGUMENT
    return Failure(code, wire.error)
