"""The catalogue of the real service's failures, by name: what each says, and how a rule changes it."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from mockgem.core.call import ErrorStyle
from mockgem.core.errors import Code, Failure
from mockgem.core.frozen import frozen
from mockgem.core.http import WireResponse
from mockgem.scenarios.name_kinds import suggest_usage
from mockgem.scenarios.schema import Fail
from mockgem.scenarios.suggestions import UnknownName, suggest_names

Json = dict[str, Any]
RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo"
DEFAULT_RETRY_DELAY = 38.962214405
"""Seconds, where a rule names none (seen in a report)."""

ERROR_BY_STATUS = {
    "400": "invalid-argument-bare",
    "401": "vertex-token-expired",
    "403": "caller-no-permission",
    "404": "model-not-found",
    "413": "proxy-413",
    "429": "rate-limit-rpm-free",
    "499": "cancelled",
    "500": "internal-error",
    "502": "front-end-502",
    "503": "overloaded",
    "504": "deadline-exceeded",
}
"""What a bare status means."""
GEMINI_STYLE = ErrorStyle()
"""The style of services that send Gemini's errors."""


@frozen
class ErrorResponse:
    """A failure as it is told: in the dialect's own form, or a response as it is. `delay` is what it says to wait."""

    failure: Failure | None = None
    response: WireResponse | None = None
    headers: tuple[tuple[str, str], ...] = ()
    delay: float | None = None


@cache
def load_errors() -> Mapping[str, Json]:
    text = files("mockgem").joinpath("data/failures.json").read_text("utf-8")
    found: Mapping[str, Json] = json.loads(text)["failures"]
    return found


def resolve_error_name(error: str | int, style: ErrorStyle = GEMINI_STYLE) -> str:
    """The catalogue's name for an error. Raises UnknownName for one that is not in it."""
    text = str(error)
    if text in ERROR_BY_STATUS:
        name = ERROR_BY_STATUS[text]
        return style.replacements.get(name, name)
    if text in load_errors():
        return text
    if text.isdigit():
        known = ", ".join(ERROR_BY_STATUS)
        raise UnknownName(
            f"{text} is no status that means an error by itself; {known} are. Any other: say: {{raw: {{status: {text}}}}}"
        )
    if other := suggest_usage(text, "error"):
        raise UnknownName(other)
    near = suggest_names(text, load_errors()) or list(ERROR_BY_STATUS)
    raise UnknownName(
        f"there is no error {text!r}; did you mean {' or '.join(near)}? `mockgem scenario errors` lists them"
    )


def surfaces_of_error(name: str) -> tuple[str, ...]:
    """Return the names of the surfaces that send an error."""
    from mockgem.dialects.surfaces import build_api_surfaces

    families = load_errors()[name]["surfaces"]
    return tuple([one.name for one in build_api_surfaces() if one.family in families])


def render_error(fail: Fail, style: ErrorStyle, model: str) -> ErrorResponse:
    """What a rule's failure says on a surface. Raises UnknownName for an error that is not in the catalogue, or is none."""
    entry = load_errors()[resolve_error_name(fail.error, style)]
    delay = fail.retry_delay
    if "status" not in entry:
        raise UnknownName(f"{fail.error} is no error that a response could tell")
    headers = (*fail.headers.items(), *build_retry_headers(fail))
    if "message" not in entry:
        return ErrorResponse(
            None,
            create_response(
                fail.status or entry["status"], entry.get("headers", {}), entry["body"]
            ),
            headers,
        )
    entry = fill_placeholders(entry, model.removeprefix("models/") or "gemini-2.5-flash", delay)
    message = entry["message"] if fail.message is None else fail.message
    if delay is not None and fail.message is None and "Please retry in" not in message:
        message = (
            f"{message}\nPlease retry in {format_seconds(delay)}s."
            if entry["status"] == 429
            else message
        )
    code = code_for_status(fail.status) if fail.status else Code[entry["code"]]
    failure = Failure(
        code,
        message,
        tuple(add_retry_info(entry.get("details", ()), delay)),
        http_status=fail.status or 0,
    )
    said = find_retry_delay(failure)
    if said is None and fail.retry_after:
        said = DEFAULT_RETRY_DELAY if delay is None else delay
    if fail.shape == "auto":
        return ErrorResponse(failure, None, headers, said)
    return ErrorResponse(
        None, render_error_as(failure, fail.status or code.status, fail.shape), headers, said
    )


def fill_placeholders(entry: Json, model: str, delay: float | None) -> Json:
    """With the model and the delay in their places."""
    text = json.dumps(entry)
    seconds = format_seconds(DEFAULT_RETRY_DELAY if delay is None else delay)
    found: Json = json.loads(
        text.replace("{model}", json.dumps(model)[1:-1]).replace("{delay}", seconds)
    )
    return found


def format_seconds(seconds: float) -> str:
    return f"{seconds:.9f}".rstrip("0").rstrip(".")


def add_retry_info(details: Any, delay: float | None) -> list[Json]:
    """Details whose RetryInfo tells this delay; where there is none, one is put behind them."""
    if delay is None:
        return list(details)
    info = {"@type": RETRY_INFO, "retryDelay": f"{format_seconds(delay)}s"}
    return [*[one for one in details if one["@type"] != RETRY_INFO], info]


def find_retry_delay(failure: Failure) -> float | None:
    """The seconds that a failure tells to wait."""
    for detail in failure.details:
        if detail["@type"] == RETRY_INFO:
            return float(detail["retryDelay"].rstrip("s"))
    match = re.search(r"Please retry in (\d{1,9}(?:\.\d+)?)s", failure.message)
    return float(match[1]) if match else None


def build_retry_headers(fail: Fail) -> list[tuple[str, str]]:
    """The header that gateways send, and Google does not."""
    from email.utils import formatdate
    from math import ceil

    delay = DEFAULT_RETRY_DELAY if fail.retry_delay is None else fail.retry_delay
    match fail.retry_after:
        case "seconds":
            return [("Retry-After", str(ceil(delay)))]
        case "ms":
            return [("retry-after-ms", str(ceil(delay * 1000)))]
        case "date":  # of the real time, which clients compare it with
            return [("Retry-After", formatdate(time.time() + ceil(delay), usegmt=True))]
    return []


def code_for_status(status: int) -> Code:
    """Google's code that travels under a status, or the one nearest to it."""
    exact = [code for code in Code if code.status == status]
    return exact[0] if exact else Code.INVALID_ARGUMENT if status < 500 else Code.INTERNAL


def create_response(status: int, headers: Mapping[str, str], body: Any) -> WireResponse:
    """A response as it is; what is no text is JSON."""
    text = body if isinstance(body, str) else json.dumps(body, indent=2, ensure_ascii=False)
    data = text.encode("utf-8", "replace")
    kind = (
        "text/plain; charset=utf-8" if isinstance(body, str) else "application/json; charset=UTF-8"
    )
    given = {name.lower() for name in headers}
    head = () if "content-type" in given else (("Content-Type", kind),)
    return WireResponse(status, (*head, *headers.items()), data)


def render_error_as(failure: Failure, status: int, shape: str) -> WireResponse:
    """A failure in a form that is not the surface's own."""
    error: Json = {"code": status, "message": failure.message, "status": failure.code.name}
    if failure.details:
        error["details"] = list(failure.details)
    match shape:
        case "array":
            return create_response(status, {}, [{"error": error}])
        case "openai":
            told = {
                "message": failure.message,
                "type": "server_error" if status >= 500 else "invalid_request_error",
            }
            return create_response(status, {}, {"error": {**told, "param": None, "code": None}})
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
