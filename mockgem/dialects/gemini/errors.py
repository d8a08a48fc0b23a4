"""Failures as Google's own API writes them, and Vertex AI's: an object, pretty-printed; an array where a stream is one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mockgem.core.errors import Code, Failure
from mockgem.core.frozen import value
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects.common import vertex_errors
from mockgem.dialects.common.google_frontend import google_error
from mockgem.dialects.gemini.responses import PACKAGE

SERVICE = "generativelanguage.googleapis.com"
NO_KEY = (
    "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of "
    "API consumer identity to call this API."
)
MAIN = PACKAGE.rstrip(".")


@value
class Tongue:
    """What tells Google's own API and Vertex AI's apart where they write the same things."""

    vertex: bool = False

    def failure(self, failure: Failure, wire: WireRequest) -> WireResponse:
        return (vertex_error if self.vertex else native_error)(failure, wire)

    def stream_failure(self, failure: Failure, wire: WireRequest) -> WireResponse:
        """An array where the answer would be one (recorded: 077); a plain object where events would come (130)."""
        array = wire.query.get("alt", wire.query.get("$alt", "")) != "sse"
        told = reworded_for_vertex(failure, wire) if self.vertex else reworded(failure, wire)
        return google_error(told, array=array)


GEMINI = Tongue()
VERTEX = Tongue(vertex=True)


def native_error(failure: Failure, wire: WireRequest) -> WireResponse:
    return google_error(reworded(failure, wire))


def vertex_error(failure: Failure, wire: WireRequest) -> WireResponse:
    return google_error(reworded_for_vertex(failure, wire))


def version_in(wire: WireRequest) -> str:
    """The version of the API that was asked, also where uploads go."""
    return wire.path.removeprefix("/upload").lstrip("/").partition("/")[0]


def reworded(failure: Failure, wire: WireRequest) -> Failure:
    """With the version of the API that was asked: in the words about a model that is not there (recorded), and in the
    names of types."""
    version = version_in(wire)
    if failure.reason == "model_not_found":
        return replace(failure, message=failure.message.replace("v1main", version))
    if failure.reason == "payload":
        return in_package(failure, f"google.ai.generativelanguage.{version}")
    return failure


def reworded_for_vertex(failure: Failure, wire: WireRequest) -> Failure:
    if failure.reason == "payload":
        return in_package(failure, f"google.cloud.aiplatform.{version_in(wire)}")
    return vertex_errors.reworded(failure, wire)


def in_package(failure: Failure, package: str) -> Failure:
    """With the types' names as they are in that package, in the message and in the details."""
    return replace(
        failure,
        message=failure.message.replace(MAIN, package),
        details=tuple([replaced(detail, MAIN, package) for detail in failure.details]),
    )


def replaced(found: Any, old: str, new: str) -> Any:
    match found:
        case str():
            return found.replace(old, new)
        case list():
            return [replaced(one, old, new) for one in found]
        case dict():
            return {name: replaced(one, old, new) for name, one in found.items()}
    return found


def native_credential(which: str) -> Failure:
    """No key: 403. A bad one: 400 with details (wire facts of the native API, section 3)."""
    if which == "missing":
        return Failure(Code.PERMISSION_DENIED, NO_KEY, reason="credential_missing")
    if which == "several":
        message = "Multiple authentication credentials received. Please pass only one."
        return Failure(Code.INVALID_ARGUMENT, message, reason="credential_several")
    message = "API key not valid. Please pass a valid API key."
    info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "API_KEY_INVALID",
        "domain": "googleapis.com",
        "metadata": {"service": SERVICE},
    }
    words = {"@type": "type.googleapis.com/google.rpc.LocalizedMessage", "locale": "en-US", "message": message}
    return Failure(Code.INVALID_ARGUMENT, message, (info, words), "credential_wrong")


def vertex_credential(which: str) -> Failure:
    return vertex_errors.credential(which, "GenerateContent")
