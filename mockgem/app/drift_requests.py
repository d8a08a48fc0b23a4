"""Build the requests of `mockgem drift`: recorded ones, with what a recording does not have."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from mockgem.app.router import Router
from mockgem.core.call import Surface
from mockgem.core.http import WireRequest
from mockgem.recording.index import strip_path_prefix
from mockgem.recording.interaction import Interaction
from mockgem.recording.matching import request_of

CREDENTIAL_HEADERS = ("authorization", "x-goog-api-key", "api-key", "x-api-key")
CREDENTIAL_PARAMETERS = ("key", "access_token")
OTHER_HEADERS = frozenset(
    """host origin referer cookie connection content-encoding content-length transfer-encoding
    expect accept-encoding proxy-authorization""".split()
)
"""Headers of the recorded connection, not of the request. Recorded bodies are unpacked."""
PLACE = re.compile(r"projects/([^/\"]+)/locations/([^/\"]+)")
NAME = re.compile(r"[a-z0-9][a-z0-9.:-]*")
"""The form of the name of a project or of a location; a recorder's placeholder has another."""
PLACEHOLDER = re.compile(r"[<{\[]+([\w .-]+)[>}\]]+")
NO_KEY = re.compile(rb"unregistered callers|missing required authentication|API key not found")
TWO_KEYS = re.compile(rb"Multiple authentication credentials")


def build_request(one: Interaction, router: Router, key: str = "any-key") -> WireRequest:
    """Return a recorded request as a server gets it, with as many credentials as it had.

    Recorded credentials are redacted, so `key` replaces them: in the one header in which the
    surface of the path has its key. The answer says if the request had no credential, or two.
    """
    parts = urlsplit(one.uri)
    path = fill_placeholders(unquote(strip_path_prefix(request_of(one)).path))
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    query = {name: text for name, text in query.items() if name not in CREDENTIAL_PARAMETERS}
    headers = describe_body(build_headers(one), one.request_body, path)
    if not NO_KEY.search(one.body):
        surface = find_surface(one, router, path, query)
        name, value = surface.build_key_header(key)
        headers[name.lower()] = value
    if TWO_KEYS.search(one.body):
        headers |= {"authorization": f"Bearer {key}", "x-goog-api-key": key}
    return WireRequest(one.method, path, query, headers, fill_place(one.request_body))


def build_headers(one: Interaction) -> dict[str, str]:
    """Return the recorded headers, without credentials and those of the connection."""
    dropped = OTHER_HEADERS.union(CREDENTIAL_HEADERS)
    return {
        name.lower(): text
        for name, text in one.request_headers
        if name.lower() not in dropped and not name.lower().startswith("x-mockgem-")
    }


def find_surface(one: Interaction, router: Router, path: str, query: dict[str, str]) -> Surface:
    """Return the surface for a path. Under /v1, a Google key means the native API: where Google's
    host answered, or where a request with such a key called a method (`:generateContent`)."""
    is_google = "googleapis.com" in (urlsplit(one.uri).hostname or "")
    has_google_key = any(name.lower() == "x-goog-api-key" for name, _ in one.request_headers)
    is_method = has_google_key and ":" in path.rpartition("/")[2]
    is_native = (is_google or is_method) and "/openai/" not in path
    headers = {"x-goog-api-key": "any-key"} if is_native else {"authorization": "Bearer any-key"}
    wire = WireRequest(one.method, path, query, headers)
    route, _ = router.find_route(wire)
    return route.surface if route is not None else router.find_nearest_surface(wire)


def fill_placeholders(path: str) -> str:
    """Return a path with names instead of a recorder's placeholders, such as `<PROJECT>`."""
    path = PLACE.sub(fill_project, path)
    return PLACEHOLDER.sub(lambda match: match[1].lower().replace("_", "-"), path)


def fill_project(match: re.Match[str]) -> str:
    """Return the names of a project and a location for two that may be placeholders."""
    project, location = match[1], match[2]
    project = project if NAME.fullmatch(project) else "project"
    location = location if NAME.fullmatch(location) else "us-central1"
    return f"projects/{project}/locations/{location}"


def fill_place(body: bytes) -> bytes:
    """Return a body in which resources are in the same project as in the path."""
    if b"projects/" not in body:
        return body
    text = body.decode("utf-8", "surrogateescape")
    return PLACE.sub(fill_project, text).encode("utf-8", "surrogateescape")


def describe_body(headers: dict[str, str], body: bytes, path: str) -> dict[str, str]:
    """Return headers with the content type of a body, which some recorders leave out.

    The boundary of a multipart body is the one in the body: the recorded one may be redacted.
    """
    content_type = headers.get("content-type", "")
    if body[:2] == b"--" and (not content_type or content_type.lower().startswith("multipart/")):
        boundary = body.splitlines()[0][2:].decode("latin-1")
        kind = content_type.partition(";")[0] or (
            "multipart/related" if path.startswith("/upload/") else "multipart/form-data"
        )
        return headers | {"content-type": f'{kind}; boundary="{boundary}"'}
    if not content_type and body[:1] in (b"{", b"["):
        return headers | {"content-type": "application/json"}
    return headers
