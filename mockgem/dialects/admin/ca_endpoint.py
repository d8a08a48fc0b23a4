"""Serve the certificate that clients of https and wss have to trust."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.scheduling import run_aside
from mockgem.dialects.admin.json_endpoint import Json, encode_failure


class CertificateSource(Protocol):
    """What has the certificate."""

    @property
    def ca_pem(self) -> bytes:
        """The certificate as PEM. Raises OSError and ValueError."""
        ...


def build_ca_endpoint(certificates: CertificateSource | None) -> Endpoint[Json, bytes]:
    """Return the endpoint. Without certificates it answers 404."""

    async def read_ca(body: Json, context: OperationContext) -> bytes:
        if certificates is None:
            message = "TLS is off: start mockgem without --no-tls"
            raise ApiError(Failure(Code.NOT_FOUND, message))
        try:
            pem: bytes = await run_aside(getattr, certificates, "ca_pem")
        except (OSError, ValueError) as error:
            raise ApiError(Failure(Code.INTERNAL, str(error))) from None
        return pem

    return Endpoint(
        "GET",
        "/ca.pem",
        "Download the certificate that clients of https and wss have to trust",
        decode_nothing,
        read_ca,
        encode_pem,
        encode_failure,
        pure=False,
        may_wait=True,
    )


def decode_nothing(wire: WireRequest, params: Mapping[str, str]) -> Json:
    return {}


def encode_pem(request: Any, pem: bytes) -> WireResponse:
    return WireResponse(200, (("Content-Type", "application/x-pem-file"),), pem)
