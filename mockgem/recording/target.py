"""Where a recorder sends requests, and with which URL and headers."""

from __future__ import annotations

import re

from mockgem.core.call import Surface
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest
from mockgem.redaction.names import CREDENTIAL_HEADERS, CREDENTIAL_PARAMETERS

NOT_FORWARDED = frozenset(
    """connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer
    transfer-encoding upgrade host content-length expect accept-encoding""".split()
)
"""Request headers for one connection only (RFC 9110 7.6.1), or that the recorder writes."""
PLACEHOLDER_KEYS = ("", "any-key", "mockgem")
"""Keys of clients that have no real one."""


@frozen
class Target:
    """The service that receives the requests: one URL for all, or the real service of each surface.

    `key` is the API key for clients that have none.
    """

    url: str = ""
    key: str = ""

    def find_base_url(self, surface: Surface, wire: WireRequest) -> str:
        """Return the URL in front of a request's path.

        Without a URL for all it is the service that the client of a proxy named. Raises
        ConnectionError if mockgem knows no service for the surface.
        """
        base = self.url or wire.origin or surface.upstream
        if not base:
            raise ConnectionError(
                f"mockgem knows no real service for {surface.title}: name one with --upstream URL"
            )
        if "{location}" in base:
            match = re.search(r"/locations/([a-z0-9-]+)/", wire.path)
            region = f"{match[1]}-" if match and match[1] != "global" else ""
            base = base.replace("{location}-", region)
        return base.rstrip("/")

    def build_url(self, base: str, wire: WireRequest) -> str:
        """Return the URL of a request, without a placeholder for a key in its query."""
        target = wire.path_and_query
        return base + (remove_credentials(target) if self.replaces_key(wire) else target)

    def build_headers(self, surface: Surface, wire: WireRequest) -> list[tuple[str, str]]:
        """Return the headers to send, with the recorder's own key if the client has none."""
        dropped = NOT_FORWARDED | {
            name.strip().lower() for name in wire.headers.get("connection", "").split(",")
        }
        headers = [
            (name, to_sendable(value))
            for name, value in wire.headers.items()
            if name.lower() not in dropped and not is_mockgem_header(name)
        ]
        headers.append(("Accept-Encoding", "identity"))
        if not self.replaces_key(wire):
            return headers
        headers = [pair for pair in headers if pair[0].lower() not in CREDENTIAL_HEADERS]
        return [*headers, surface.build_key_header(self.key)]

    def replaces_key(self, wire: WireRequest) -> bool:
        """Whether the recorder's own key replaces the credentials of a request."""
        return bool(self.key) and all(one in PLACEHOLDER_KEYS for one in find_credentials(wire))


def remove_credentials(target: str) -> str:
    """Return a path and query without keys in the query; the rest stays encoded as it is."""
    path, _, query = target.partition("?")
    kept = [
        part
        for part in query.split("&")
        if part and part.partition("=")[0].lower() not in CREDENTIAL_PARAMETERS
    ]
    return f"{path}?{'&'.join(kept)}" if kept else path


def to_sendable(value: str) -> str:
    """Return a header value without surrogates.

    aiohttp reads bytes that are not UTF-8 as surrogates, but can't send them.
    """
    if value.isprintable():
        return value
    return value.encode("utf-8", "surrogateescape").decode("latin-1")


def is_mockgem_header(name: str) -> bool:
    """Whether a header is for mockgem only."""
    return name.lower().startswith("x-mockgem-")


def find_credentials(wire: WireRequest) -> list[str]:
    """Return the credentials of a request."""
    values = [wire.headers.get(name, "") for name in CREDENTIAL_HEADERS]
    values = [value[7:].strip() if value[:7].lower() == "bearer " else value for value in values]
    values += [wire.query.get(name, "") for name in CREDENTIAL_PARAMETERS]
    return [value for value in values if value]
