"""The catalogue of the real service's errors by name, and the responses that rules make of them."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from typing import Any

from mockgem.core.call import ErrorStyle
from mockgem.core.errors import Code, Failure
from mockgem.core.frozen import frozen
from mockgem.core.http import WireResponse
from mockgem.dialects.openai.errors import build_request_id
from mockgem.operations.validation.models import successor_of
from mockgem.scenarios.name_kinds import suggest_usage
from mockgem.scenarios.schema import Fail
from mockgem.scenarios.suggestions import UnknownName, suggest_names

Json = dict[str, Any]
JSON_TYPE = "application/json; charset=utf-8"
RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo"
DEFAULT_RETRY_DELAY = 38.962214405
"""The seconds of an error whose rule names no delay (seen in a report).

Evidence: failure-rate-limit-rpm-free.
"""

ERROR_BY_STATUS = {
    "400": "invalid-argument-bare",
    "401": "vertex-token-expired",
    "403": "caller-no-permission",
    "404": "model-not-found",
    "408": "request-timeout",
    "409": "aborted",
    "413": "proxy-413",
    "429": "rate-limit-rpm-free",
    "499": "cancelled",
    "500": "internal-error",
    "502": "front-end-502",
    "503": "overloaded",
    "504": "deadline-exceeded",
}
"""The errors that a bare status means."""
GEMINI_STYLE = ErrorStyle()
"""The style of services that send Gemini's errors."""


@frozen
class ErrorResponse:
    """An error: a failure that the surface's dialect encodes, or a complete response.

    `delay` is the number of seconds that it asks the client to wait.
    """

    failure: Failure | None = None
    response: WireResponse | None = None
    headers: tuple[tuple[str, str], ...] = ()
    delay: float | None = None


@cache
def load_errors() -> Mapping[str, Json]:
    text = files("mockgem").joinpath("data/failures.json").read_text("utf-8")
    catalogue: Mapping[str, Json] = json.loads(text)["failures"]
    return catalogue


def resolve_error_name(error: str | int, style: ErrorStyle = GEMINI_STYLE) -> str:
    """Return the catalogue's name of an error. Raises UnknownName for an unknown error."""
    text = str(error)
    if text in ERROR_BY_STATUS:
        name = ERROR_BY_STATUS[text]
        return style.replacements.get(name, name)
    if text in load_errors():
        return text
    if text.isdigit():
        raise UnknownName(f"status {text} is not the status of an error: use 300 to 599")
    if other := suggest_usage(text, "error"):
        raise UnknownName(other)
    near = suggest_names(text, load_errors()) or list(ERROR_BY_STATUS)
    raise UnknownName(
        f"there is no error {text!r}; did you mean {' or '.join(near)}? "
        "`mockgem scenario errors` lists them"
    )


def find_entry(error: str | int, style: ErrorStyle = GEMINI_STYLE) -> Json:
    """Return the catalogue's entry of an error, or a plain one for another status from 300 to 599.

    Raises UnknownName for an unknown error.
    """
    text = str(error)
    if text.isdigit() and text not in ERROR_BY_STATUS and 300 <= int(text) <= 599:
        return build_status_entry(int(text))
    return load_errors()[resolve_error_name(error, style)]


def build_status_entry(status: int) -> Json:
    """Return an entry for a status that the catalogue does not have, with HTTP's own phrase."""
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else f"HTTP status {status}"
    return {
        "status": status,
        "code": code_for_status(status).name,
        "message": f"{phrase}.",
        "surfaces": ["*"],
    }


def surfaces_of_error(name: str) -> tuple[str, ...]:
    """Return the names of the surfaces that send an error."""
    from mockgem.dialects.surfaces import build_api_surfaces

    families = load_errors()[name]["surfaces"]
    return tuple([surface.name for surface in build_api_surfaces() if surface.family in families])


def render_error(fail: Fail, style: ErrorStyle, model: str) -> ErrorResponse:
    """Build the error response of a rule in the style of a service.

    Raises UnknownName for an error that is not in the catalogue, or is not a response.
    """
    entry = find_entry(fail.error, style)
    if "status" not in entry:
        raise UnknownName(f"{fail.error} is not an error response, so it cannot be sent as one")
    headers = (*fail.headers.items(), *build_retry_headers(fail))
    if "message" not in entry:
        status = fail.status or entry["status"]
        if fail.message is None and fail.shape in ("auto", "html"):
            response = create_response(status, entry.get("headers", {}), entry["body"])
            return ErrorResponse(None, response, headers)
        entry = build_status_entry(status)
    failure = build_failure(fail, entry, plain_name_of(model))
    delay = find_retry_delay(failure)
    if delay is None and fail.retry_after:
        delay = DEFAULT_RETRY_DELAY if fail.retry_delay is None else fail.retry_delay
    if fail.shape == "auto":
        return ErrorResponse(failure, None, headers, delay)
    status = failure.http_status or failure.code.status
    response = render_error_as(failure, status, fail.shape)
    return ErrorResponse(None, response, headers, delay)


def plain_name_of(model: str) -> str:
    return model.removeprefix("models/").removeprefix("google/") or "gemini-2.5-flash"


def dump_compact(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def build_failure(fail: Fail, entry: Json, model: str) -> Failure:
    """Build a failure from the catalogue, with the changes of a rule."""
    delay = fail.retry_delay
    entry = fill_placeholders(entry, model, delay)
    message = entry["message"] if fail.message is None else fail.message
    has_delay = "Please retry in" in message or fail.message is not None
    if delay is not None and not has_delay and entry["status"] == 429:
        message = f"{message}\nPlease retry in {format_seconds(delay)}s."
    return Failure(
        code_for_status(fail.status) if fail.status else Code[entry["code"]],
        message,
        tuple(add_retry_info(entry.get("details", ()), delay)),
        http_status=fail.status or (entry["status"] if entry.get("surfaces") == ["*"] else 0),
    )


def fill_placeholders(entry: Json, model: str, delay: float | None) -> Json:
    """Return an entry with the model, its successor and the delay filled in."""
    seconds = format_seconds(DEFAULT_RETRY_DELAY if delay is None else delay)
    text = json.dumps(entry).replace("{model}", json.dumps(model)[1:-1])
    text = text.replace("{successor}", successor_of(model))
    filled: Json = json.loads(text.replace("{delay}", seconds))
    return filled


def format_seconds(seconds: float) -> str:
    return f"{seconds:.9f}".rstrip("0").rstrip(".")


def add_retry_info(details: Any, delay: float | None) -> list[Json]:
    """Return details with a RetryInfo of this delay, instead of another one or at the end."""
    if delay is None:
        return list(details)
    info = {"@type": RETRY_INFO, "retryDelay": f"{format_seconds(delay)}s"}
    return [*[detail for detail in details if detail["@type"] != RETRY_INFO], info]


def find_retry_delay(failure: Failure) -> float | None:
    """Return the seconds that a failure asks the client to wait."""
    for detail in failure.details:
        if detail["@type"] == RETRY_INFO:
            return float(detail["retryDelay"].rstrip("s"))
    match = re.search(r"Please retry in (\d{1,9}(?:\.\d+)?)s", failure.message)
    return float(match[1]) if match else None


def build_retry_headers(fail: Fail) -> list[tuple[str, str]]:
    """Return the Retry-After header that gateways send and Google does not."""
    from email.utils import formatdate
    from math import ceil

    delay = DEFAULT_RETRY_DELAY if fail.retry_delay is None else fail.retry_delay
    match fail.retry_after:
        case "seconds":
            return [("Retry-After", str(ceil(delay)))]
        case "ms":
            return [("retry-after-ms", str(ceil(delay * 1000)))]
        case "date":  # in real time, because clients compare it with their clocks
            return [("Retry-After", formatdate(time.time() + ceil(delay), usegmt=True))]
    return []


def code_for_status(status: int) -> Code:
    """Return Google's code of a status, or the nearest one."""
    exact = [code for code in Code if code.status == status]
    return exact[0] if exact else Code.INVALID_ARGUMENT if status < 500 else Code.INTERNAL


def create_response(status: int, headers: Mapping[str, str], body: Any) -> WireResponse:
    """Build a response. A body that is not a text is sent as JSON."""
    text = body if isinstance(body, str) else json.dumps(body, indent=2, ensure_ascii=False)
    data = text.encode("utf-8", "replace")
    kind = (
        "text/plain; charset=utf-8" if isinstance(body, str) else "application/json; charset=UTF-8"
    )
    given = {name.lower() for name in headers}
    head = () if "content-type" in given else (("Content-Type", kind),)
    return WireResponse(status, (*head, *headers.items()), data)


def render_error_as(failure: Failure, status: int, shape: str) -> WireResponse:
    """Write a failure in another form than the surface's own."""
    error: Json = {"code": status, "message": failure.message, "status": failure.code.name}
    if failure.details:
        error["details"] = list(failure.details)
    match shape:
        case "array" | "google-array":
            return create_response(status, {}, [{"error": error}])
        case "openai":
            fields = {
                "message": failure.message,
                "type": "server_error" if status >= 500 else "invalid_request_error",
            }
            text = dump_compact({"error": {**fields, "param": None, "code": None}})
            return create_response(status, {"Content-Type": JSON_TYPE}, text)
        case "one-api":
            message = (
                f"{failure.message} (request id: {build_request_id(failure.message.encode())})"
            )
            envelope: Json = {"message": message, "type": "", "param": "", "code": status}
            text = dump_compact({"error": envelope})
            return create_response(status, {"Content-Type": JSON_TYPE}, text)
        case "text":
            return create_response(status, {}, failure.message)
        case "html":
            page = load_errors()["front-end-502"]
            return create_response(
                status, page["headers"], page["body"].replace("502", str(status))
            )
        case "empty":
            return WireResponse(status, (), b"")
    return create_response(status, {}, {"error": error})
