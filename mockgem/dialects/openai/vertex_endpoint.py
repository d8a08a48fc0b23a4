"""GET on the base URL of Vertex AI's OpenAI-compatible API: a description of the endpoint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects.common.google_frontend import encode_google_error

METHOD = "EndpointService.GetEndpoint"


def build_endpoint() -> Endpoint[str, None]:
    """Return an endpoint that refuses all requests: first those without credentials.

    People open the base URL in a browser to see whether it is right (reported).
    """
    return Endpoint(
        "GET",
        "",
        "Describe the endpoint: refused without credentials, otherwise not found",
        decode,
        refuse,
        encode,
        encode_failure,
        scenario="endpoint",
        wire_name="endpoints.get",
    )


def decode(wire: WireRequest, params: Mapping[str, str]) -> str:
    return wire.path.partition("/projects/")[2]


async def refuse(name: str, context: OperationContext) -> None:
    raise ApiError(Failure(Code.NOT_FOUND, f"Endpoint `projects/{name}` not found."))


def encode(name: str, nothing: None) -> WireResponse:
    return WireResponse(404, ())


def encode_failure(failure: Failure, wire: WireRequest) -> WireResponse:
    """Encode a failure as an object whose details name this method.

    Evidence: openai-err-vertex-401-get.
    """
    version = wire.path.split("/")[1]
    method = f"google.cloud.aiplatform.{version}.{METHOD}"
    details = [
        detail | {"metadata": detail["metadata"] | {"method": method}}
        if "metadata" in detail
        else detail
        for detail in failure.details
    ]
    return encode_google_error(replace(failure, details=tuple(details)))
