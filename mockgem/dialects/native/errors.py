"""Failures as the native API writes them: an object, pretty-printed."""

from __future__ import annotations

from dataclasses import replace

from mockgem.core.errors import Code, Failure
from mockgem.core.wire import WireRequest, WireResponse
from mockgem.dialects.frontend import google_error

SERVICE = "generativelanguage.googleapis.com"
NO_KEY = (
    "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of "
    "API consumer identity to call this API."
)


def native_error(failure: Failure, wire: WireRequest) -> WireResponse:
    """A model that is not there is told with the version of the API that was asked (recorded)."""
    if failure.reason == "model_not_found":
        version = wire.path.lstrip("/").partition("/")[0]
        failure = replace(failure, message=failure.message.replace("v1main", version))
    return google_error(failure)


def native_credential(which: str) -> Failure:
    """No key: 403. A bad one: 400 with details (wire facts of the native API, section 3)."""
    if which == "missing":
        return Failure(Code.PERMISSION_DENIED, NO_KEY, reason="credential_missing")
    message = "API key not valid. Please pass a valid API key."
    info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "API_KEY_INVALID",
        "domain": "googleapis.com",
        "metadata": {"service": SERVICE},
    }
    words = {"@type": "type.googleapis.com/google.rpc.LocalizedMessage", "locale": "en-US", "message": message}
    return Failure(Code.INVALID_ARGUMENT, message, (info, words), "credential_wrong")
