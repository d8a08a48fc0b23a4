"""The dialects of the Interactions API: its methods, and the socket of live interactions."""

from __future__ import annotations

from mockgem.core.call import Dialect, Endpoint
from mockgem.dialects.common.unsupported import encode_not_found
from mockgem.dialects.interactions.endpoints import build_endpoints
from mockgem.dialects.interactions.errors import refuse_credential
from mockgem.dialects.interactions.live.endpoints import build_socket_endpoint


def build_interactions_dialect(*, has_tokens: bool) -> Dialect:
    return build_dialect(*build_endpoints(has_tokens=has_tokens))


def build_live_interactions_dialect() -> Dialect:
    return build_dialect(build_socket_endpoint())


def build_dialect(*endpoints: Endpoint) -> Dialect:  # type: ignore[type-arg]
    return Dialect(
        "interactions", endpoints, refuse_credential, encode_not_found, error_framing="named"
    )
