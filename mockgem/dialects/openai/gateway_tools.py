"""Check the tools of a request to a gateway, which passes them on to Google's own API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockgem.dialects.common.json_parser import bad_request_error
from mockgem.dialects.common.openapi_schema import SCHEMA, check_schema
from mockgem.dialects.common.proto_fields import UNKNOWN_FIELD, Violations


def check_gateway_body(body: Mapping[str, Any]) -> None:
    """Refuse parameters of tools that Google's own API refuses.

    The gateway removes keywords that this API does not know, and leaves the rest as it is.

    Raises:
        ApiError: With the text of Google's own API.

    Evidence: report-gateway-schemas.
    """
    for place, tool in enumerate(body.get("tools", ())):
        parameters = tool.get("function", {}).get("parameters")
        if parameters:
            check_parameters(parameters, f"tools[0].function_declarations[{place}].parameters")


def check_parameters(parameters: Mapping[str, Any], path: str) -> None:
    violations: Violations = []
    schema = SCHEMA(parameters, path, violations)
    known = [one for one in violations if not one[1].endswith(UNKNOWN_FIELD)]
    if known:
        raise bad_request_error(known)
    check_schema(schema, path)
