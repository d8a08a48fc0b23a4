"""Encode failures like Google's own API and Vertex AI: an object, or an array in streams."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mockgem.core.errors import Code, Failure
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects.common import vertex_errors
from mockgem.dialects.common.google_frontend import encode_google_error
from mockgem.dialects.gemini.responses import PACKAGE

SERVICE = "generativelanguage.googleapis.com"
NO_KEY_MESSAGE = (
    "Method doesn't allow unregistered callers (callers without established identity). "
    "Please use API Key or other form of API consumer identity to call this API."
)
MAIN_PACKAGE = PACKAGE.rstrip(".")


@frozen
class ApiVariant:
    """The differences between Google's own API and Vertex AI."""

    vertex: bool = False

    def encode_failure(self, failure: Failure, wire: WireRequest) -> WireResponse:
        return (encode_vertex_error if self.vertex else encode_gemini_error)(failure, wire)

    def encode_stream_failure(self, failure: Failure, wire: WireRequest) -> WireResponse:
        """Encode a failure as an array if the reply is an array, otherwise as an object.

        Both are recorded. The object has the type of a stream of events.

        Evidence: native-077-streamGenerateContent-200, native-130-streamGenerateContent-400.
        """
        for_events = wants_events(wire)
        reworded = (
            reword_for_vertex(failure, wire) if self.vertex else reword_for_gemini(failure, wire)
        )
        return encode_google_error(reworded, array=not for_events, for_events=for_events)


def wants_events(wire: WireRequest) -> bool:
    """Return whether a request for a stream wants events, not an array."""
    return "sse" in wire.query.get("alt", wire.query.get("$alt", "")).split(";")


def refuse_query(wire: WireRequest) -> Failure | None:
    """Return the failure for a format of answers that Google does not know, such as
    `?alt=sse?key=…`.

    Evidence: report-alt-values.
    """
    for name in ("alt", "$alt"):
        form = wire.query.get(name, "")
        if form.partition(";")[0].lower() not in KNOWN_FORMATS:
            message = f"Invalid value \"{form[:200]}\" for query parameter 'alt'"
            return Failure(Code.INVALID_ARGUMENT, message, reason="alt")
    return None


KNOWN_FORMATS = frozenset(("", "json", "media", "proto", "sse"))
"""Formats of answers. mockgem answers as JSON also where the service would send protobuf."""


GEMINI = ApiVariant()
VERTEX = ApiVariant(vertex=True)


def encode_gemini_error(failure: Failure, wire: WireRequest) -> WireResponse:
    return encode_google_error(reword_for_gemini(failure, wire))


def encode_vertex_error(failure: Failure, wire: WireRequest) -> WireResponse:
    return encode_google_error(reword_for_vertex(failure, wire))


def api_version_of(wire: WireRequest) -> str:
    """Return the API version in a path, also in paths for uploads."""
    return wire.path.removeprefix("/upload").lstrip("/").partition("/")[0]


def reword_for_gemini(failure: Failure, wire: WireRequest) -> Failure:
    """Put the API version into messages about unknown models (recorded) and into type names.

    Evidence: native-106-generateContent-404, native-104-countTokens-404, failure-model-not-found.
    """
    version = api_version_of(wire)
    if failure.reason == "model_not_found":
        return replace(failure, message=failure.message.replace("v1main", version))
    if failure.reason == "payload":
        return rename_package(failure, f"google.ai.generativelanguage.{version}")
    return failure


def reword_for_vertex(failure: Failure, wire: WireRequest) -> Failure:
    if failure.reason == "payload":
        return rename_package(failure, f"google.cloud.aiplatform.{api_version_of(wire)}")
    return vertex_errors.reword_failure(failure, wire)


def rename_package(failure: Failure, package: str) -> Failure:
    """Replace the package in type names in the message and the details."""
    return replace(
        failure,
        message=failure.message.replace(MAIN_PACKAGE, package),
        details=tuple([replace_text(detail, MAIN_PACKAGE, package) for detail in failure.details]),
    )


def replace_text(value: Any, old: str, new: str) -> Any:
    match value:
        case str():
            return value.replace(old, new)
        case list():
            return [replace_text(item, old, new) for item in value]
        case dict():
            return {name: replace_text(item, old, new) for name, item in value.items()}
    return value


def refuse_gemini_credential(which: str) -> Failure:
    """Return the failure for a credential.

    No key: 403. A wrong key: 400 with details.

    Evidence: report-no-key-native, native-034-generateContent-400.
    """
    if which == "missing":
        return Failure(Code.PERMISSION_DENIED, NO_KEY_MESSAGE, reason="credential_missing")
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
    words = {
        "@type": "type.googleapis.com/google.rpc.LocalizedMessage",
        "locale": "en-US",
        "message": message,
    }
    return Failure(Code.INVALID_ARGUMENT, message, (info, words), "credential_wrong")


def refuse_vertex_credential(which: str) -> Failure:
    return vertex_errors.refuse_credential(which, "GenerateContent")
