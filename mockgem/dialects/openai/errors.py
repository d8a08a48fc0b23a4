"""Encode failures as each OpenAI-compatible surface writes them.

The chat of Gemini and Vertex AI wraps the error in an array, because the method streams. Their
other methods send the object. Gateways use one-api's form.

Evidence: openai-err-no-key-old, report-gateway-errors.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any

from mockgem.core.errors import Code, Failure, RouteNotFound
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects.common import vertex_errors
from mockgem.dialects.common.google_frontend import FRONTEND_HEADERS, encode_google_error
from mockgem.dialects.common.ids import ALPHANUMERIC, encode_in_alphabet
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.common.unsupported import encode_not_found

ErrorEncoder = Callable[[Failure, WireRequest], WireResponse]
GATEWAY_HEADERS = (("Content-Type", "application/json; charset=utf-8"),)
ERROR_INFO = "type.googleapis.com/google.rpc.ErrorInfo"


def encode_gemini_error_array(failure: Failure, wire: WireRequest) -> WireResponse:
    return encode_google_error(failure, array=True)


def encode_gemini_error(failure: Failure, wire: WireRequest) -> WireResponse:
    return encode_google_error(failure)


def encode_vertex_error_array(failure: Failure, wire: WireRequest) -> WireResponse:
    return encode_google_error(vertex_errors.reword_failure(failure, wire), array=True)


def encode_vertex_error(failure: Failure, wire: WireRequest) -> WireResponse:
    return encode_google_error(vertex_errors.reword_failure(failure, wire))


def encode_gateway_error(failure: Failure, wire: WireRequest) -> WireResponse:
    """Return an error in one-api's form: the gateway's own errors name it as their type.

    What Gemini refuses has empty texts and the status as a number.

    Evidence: report-gateway-errors, source-one-api.
    """
    message = f"{failure.message.strip()} (request id: {build_request_id(wire.body)})"
    if failure.reason.startswith("credential"):
        return write_gateway_error(401, {"message": message, "type": GATEWAY_ERROR_TYPE})
    status = failure.status
    error = {"message": message, "type": "", "param": "", "code": status}
    return write_gateway_error(status, error)


GATEWAY_ERROR_TYPE = "one_api_error"


def write_gateway_error(status: int, error: dict[str, Any]) -> WireResponse:
    return WireResponse(status, GATEWAY_HEADERS, dump_compact({"error": error}))


def build_request_id(content: bytes) -> str:
    """Return an id as one-api makes them: 14 digits of a time, 9 of a fraction, 8 characters.

    It depends on the content alone, as a request's body, so that the same request gets the same
    bytes.
    """
    digest = hashlib.blake2b(content, digest_size=12).digest()
    fraction = int.from_bytes(digest[:4], "big") % 10**9
    return f"20261101000000{fraction:09}{encode_in_alphabet(digest[4:], ALPHANUMERIC, 8)}"


def refuse_gemini_credential(which: str) -> Failure:
    """Return the failure for a credential: 400, not 401 (recorded).

    Three projects report the error for two credentials at once.

    Evidence: openai-err-no-key-new, openai-err-bad-key, failure-two-credentials.
    """
    words = {
        "missing": "Missing or invalid Authorization header.",
        "wrong": "Please pass a valid API key",
        "several": "Multiple authentication credentials received. Please pass only one.",
    }
    return Failure(Code.INVALID_ARGUMENT, words[which], reason=f"credential_{which}")


def refuse_vertex_credential(which: str) -> Failure:
    return vertex_errors.refuse_credential(which, "ChatCompletions")


def refuse_gateway_credential(which: str) -> Failure:
    if which == "missing":
        words = (
            "You didn't provide an API key. Send it as a Bearer token in the Authorization header."
        )
    else:
        words = "Incorrect API key provided."
    return Failure(Code.UNAUTHENTICATED, words, reason=f"credential_{which}")


def encode_gateway_not_found(unrouted: RouteNotFound) -> WireResponse:
    """Return a 501 for what one-api knows and does not offer, or a 404 for other paths.

    Evidence: source-one-api-routes.
    """
    if NOT_OFFERED.match(f"{unrouted.method} {unrouted.path}"):
        error = {
            "message": "API not implemented",
            "type": GATEWAY_ERROR_TYPE,
            "param": "",
            "code": "api_not_implemented",
        }
        return write_gateway_error(501, error)
    from mockgem.redaction.finder import hide_secrets

    message = f"Invalid URL ({unrouted.method} {hide_secrets(unrouted.path)})"
    error = {"message": message, "type": "invalid_request_error", "param": "", "code": ""}
    return write_gateway_error(404, error)


NOT_OFFERED = re.compile(
    r"(\w+ /v1/(fine_tuning/jobs|assistants|threads)|DELETE /v1/models/.+)(/|\Z)", re.DOTALL
)


def encode_gemini_not_found(unrouted: RouteNotFound) -> WireResponse:
    """Return a 404 without a body, as Gemini's surface answers unknown paths such as /responses.

    Paths that belong to no surface get the front end's page.

    Evidence: report-empty-404.
    """
    is_here = OPENAI_PATH.match(unrouted.path) is not None
    return WireResponse(404, FRONTEND_HEADERS) if is_here else encode_not_found(unrouted)


OPENAI_PATH = re.compile(r"/v1(beta|alpha)?/openai(/|\Z)")
