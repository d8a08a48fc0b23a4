"""Requests of clients that use the server as their proxy: for hosts of the API, and for others.

A tunnel leads to the API under its own Host header; plain HTTP names the host in the target.
"""

from __future__ import annotations

from collections.abc import Awaitable
from functools import lru_cache
from urllib.parse import urlsplit

from multidict import CIMultiDict

from mockgem.core.authority import Authority
from mockgem.core.http import (
    ConnectionDropped,
    Frame,
    Frames,
    Handler,
    UpstreamResponse,
    WireRequest,
    WireResponse,
)
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.recording.capture import select_forwarded
from mockgem.recording.interaction import RESET, drop_mode_of
from mockgem.recording.target import NOT_FORWARDED, to_sendable
from mockgem.recording.upstream import Upstream
from mockgem.server.proxy.rules import ProxyRules, Way, parse_named_host
from mockgem.server.request_reader import parse_target

ADMIN = "/_mockgem"
STAYS_HERE = NOT_FORWARDED - {"accept-encoding", "host"}
"""Headers of a request for another host that do not pass; `Host` is that of the target."""
BAD_TARGET = "the host of the target is not valid: use http://HOST/ or http://HOST:PORT/."
SCHEMES = {"http": False, "https": True}


class ProxiedRequests:
    """Answers requests for the hosts of the rules, and forwards requests for others.

    Args:
        rules: The hosts.
        upstream: Sends what is forwarded.
        near: The URL of --upstream. Clients of its host send its path too.
    """

    def __init__(self, rules: ProxyRules, upstream: Upstream, near: str = "") -> None:
        self.rules = rules
        self.upstream = upstream
        parts = urlsplit(near)
        named = parse_named_host(parts.netloc, is_secure=parts.scheme == "https")
        self.near = named if parts.path.strip("/") else None
        self.near_path = parts.path.rstrip("/")
        self.find_origin = lru_cache(maxsize=1024)(self._find_origin)

    def wrap(self, checked: Handler, unchecked: Handler, *, is_local: bool) -> Handler:
        """Return a handler of all requests.

        `checked` refuses other hosts, `unchecked` does not. Clients of this machine (`is_local`)
        may have requests forwarded.
        """

        def handle(wire: WireRequest) -> Awaitable[WireResponse]:
            if wire.target[:1] not in ("/", "*", ""):
                return self.handle_absolute(wire, checked, unchecked, is_local=is_local)
            host = wire.headers.get("host", "")
            origin = self.find_origin(host, is_secure=wire.is_secure)
            return self.answer(wire, origin, unchecked) if origin else checked(wire)

        return handle

    def _find_origin(self, host: str, *, is_secure: bool) -> str:
        """Return scheme and host of a Host header that a client of the proxy sends, or ""."""
        authority = parse_named_host(host, is_secure=is_secure)
        if authority is None or self.rules.is_own(authority):
            return ""
        scheme = "https" if is_secure else "http"
        return f"{scheme}://{host}" if self.rules.answered.match(authority) else ""

    def handle_absolute(
        self, wire: WireRequest, checked: Handler, unchecked: Handler, *, is_local: bool
    ) -> Awaitable[WireResponse]:
        """Handle a request whose target is a URL."""
        scheme, _, rest = wire.target.partition("://")
        host, slash, path = rest.partition("/")
        is_secure = SCHEMES.get(scheme.lower())
        authority = parse_named_host(host, is_secure=bool(is_secure))
        if is_secure is None:
            return checked(wire)
        if authority is None or not authority.host:
            return refuse(400, BAD_TARGET)
        way = self.rules.find_way(authority, is_local=is_local)
        if way is Way.TUNNEL:
            return self.forward(wire, authority)
        if way is Way.REFUSE:
            return refuse(403, self.rules.explain_refusal(authority))
        make_direct(wire, host, f"/{path}" if slash else "/", is_secure=is_secure)
        if self.rules.is_own(authority):
            return checked(wire)
        return self.answer(wire, f"{scheme.lower()}://{host}", unchecked)

    def answer(self, wire: WireRequest, origin: str, handler: Handler) -> Awaitable[WireResponse]:
        """Answer a request for a host of the API.

        mockgem's own API stays closed: a page of that host must not use it.
        """
        if ADMIN in wire.path:
            return refuse(421, f"{ADMIN} is not on this host: use mockgem's own address.")
        wire.origin = origin
        if self.near is not None:
            self.remove_near_path(wire)
        return handler(wire)

    def remove_near_path(self, wire: WireRequest) -> None:
        """Take the path of --upstream off a request to its host: the recorder adds it again."""
        host, prefix = wire.headers.get("host", ""), self.near_path
        named = parse_named_host(host, is_secure=wire.is_secure)
        starts = wire.path.startswith(prefix + "/") and wire.target.startswith(prefix + "/")
        if named == self.near and starts:
            wire.path, wire.target = wire.path[len(prefix) :], wire.target[len(prefix) :]
            wire.base_path = prefix

    async def forward(self, wire: WireRequest, authority: Authority) -> WireResponse:
        """Send a request to another host, and return its response as it arrives, unread."""
        if "upgrade" in wire.headers.get("connection", "").lower():
            return await refuse(501, f"the proxy opens a socket to {authority} with CONNECT only.")
        if wire.error and not wire.unknown_coding:
            return await refuse(400, wire.error)
        body = wire.stream if wire.stream is not None else wire.sent_body or wire.body
        try:
            response = await self.upstream.send(
                wire.method, wire.target, list_forwarded_headers(wire), body
            )
        except ConnectionError as error:
            return await refuse(502, f"the proxy got no response from {error}")
        headers = select_forwarded(wire.method, response.headers)
        return WireResponse(response.status, headers, iter_frames(response))


def make_direct(wire: WireRequest, host: str, target: str, *, is_secure: bool) -> None:
    """Give a request the form in which the host itself gets it."""
    wire.target, wire.is_secure = target, is_secure
    wire.path, wire.query = parse_target(target)
    if wire.headers.get("host") != host:  # RFC 9112 3.2.2: the target wins
        headers = CIMultiDict(wire.headers)
        headers["Host"] = host
        wire.headers = headers


def list_forwarded_headers(wire: WireRequest) -> list[tuple[str, str]]:
    """Return the headers of a request without those for the proxy."""
    named = [one.strip().lower() for one in wire.headers.get("connection", "").split(",")]
    dropped = STAYS_HERE.union(named, ("host",))
    return [
        (name, to_sendable(value))
        for name, value in wire.headers.items()
        if name.lower() not in dropped
    ]


async def iter_frames(response: UpstreamResponse) -> Frames:
    """Yield a response body as it arrives. Raises ConnectionDropped if it breaks off."""
    try:
        async for chunk in response.chunks:
            yield Frame(chunk)
    except ConnectionResetError:
        raise ConnectionDropped(drop_mode_of(RESET)) from None
    except ConnectionError as error:
        raise ConnectionDropped(drop_mode_of(str(error))) from None
    finally:
        await response.chunks.aclose()


async def refuse(status: int, reason: str) -> WireResponse:
    """Return an error of the proxy itself."""
    return WireResponse(
        status,
        (("Content-Type", "application/json"),),
        dump_compact({"error": f"mockgem: {reason}"}),
    )
