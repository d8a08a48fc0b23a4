"""Context caches: create, get, list, patch and delete cachedContents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from mockgem.core import clock
from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.scheduling import run_aside_if
from mockgem.core.store import Page
from mockgem.core.world import World
from mockgem.dialects.common.json_parser import bad_request_error
from mockgem.dialects.common.proto_fields import (
    FieldReader,
    anything,
    message,
    repeated,
    string,
    to_camel_case,
)
from mockgem.dialects.gemini.contents import CONTENT, CONTENTS
from mockgem.dialects.gemini.errors import ApiVariant
from mockgem.dialects.gemini.generate_fields import TOOL, TOOL_CONFIG, VERTEX_TOOL
from mockgem.dialects.gemini.generate_request import build_question
from mockgem.dialects.gemini.responses import (
    PACKAGE,
    Json,
    encode_json,
    encode_page,
    read_body,
    read_paging,
)
from mockgem.operations import caches
from mockgem.operations.caches import Cache
from mockgem.operations.generate_request import GenerateRequest
from mockgem.operations.validation import find_model


def build_cache_reader(tool: FieldReader) -> FieldReader:
    """Return the reader of a cache with this type of tool."""
    return message(
        PACKAGE + "CachedContent",
        {
            "name": string,
            "model": string,
            "contents": CONTENTS,
            "system_instruction": CONTENT,
            "tools": repeated(tool),
            "tool_config": TOOL_CONFIG,
            "display_name": string,
            "ttl": string,
            "expire_time": string,
            "usage_metadata": anything,
            "create_time": string,
            "update_time": string,
            "kms_key_name": string,
            "encryption_spec": anything,
        },
    )


CACHE = build_cache_reader(TOOL)
VERTEX_CACHE = build_cache_reader(VERTEX_TOOL)
"""Vertex AI's schemas know maps and references, in caches as in questions.

Evidence: doc-vertex-schema.
"""
MAX_DURATION = 315_576_000_000
"""Seconds of the longest protobuf duration."""


@frozen
class CacheRequest:
    """A request about one cache or all, and the reader of its body."""

    wire: WireRequest
    name: str = ""
    reader: FieldReader = CACHE


async def create(request: CacheRequest, context: OperationContext) -> Cache:
    """Create a cache. A large body is read beside the event loop."""
    is_large, world = context.is_large, context.world
    body, content = await run_aside_if(is_large, read_content, request, world)
    return await caches.create(
        content, body.get("display_name", ""), parse_expiry(body, world), context
    )


def read_content(request: CacheRequest, world: World) -> tuple[Json, GenerateRequest]:
    """Return the body of a request, and its content as a question. Raises ApiError."""
    body = read_body(request.wire, request.reader)
    vertex = "/projects/" in request.wire.path
    model = find_model_name(body.get("model", ""), vertex)
    find_model(model, "createCachedContent", world)
    if vertex:
        check_files(body)
    return body, build_question(body, model, vertex=vertex)


def find_model_name(name: str, vertex: bool) -> str:
    """Return a model's name without its place. The Developer API knows no publishers (reported).

    Evidence: sdk-google-genai-tests.
    """
    return name.rpartition("/")[2] if vertex else name.removeprefix("models/")


def check_files(body: Mapping[str, Any]) -> None:
    """Refuse files of the Developer API, which Vertex AI cannot read (reported).

    Evidence: sdk-google-genai-tests.
    """
    for content in body.get("contents", ()):
        for part in content.get("parts", ()):
            if DEVELOPER_FILES in part.get("file_data", {}).get("file_uri", ""):
                failure = Failure(Code.INTERNAL, "Internal error encountered.", reason="file_uri")
                raise ApiError(failure)


DEVELOPER_FILES = "generativelanguage.googleapis.com/"


async def get(request: CacheRequest, context: OperationContext) -> Cache:
    return await caches.find(request.name, context.world)


async def patch(request: CacheRequest, context: OperationContext) -> Cache:
    expires = parse_expiry(read_body(request.wire, request.reader), context.world)
    return await caches.update_expiry(request.name, expires, context)


async def list_caches(request: CacheRequest, context: OperationContext) -> Page[Cache]:
    return await caches.list_caches(*read_paging(request.wire.query, 50, 1000), context.world)


async def delete(request: CacheRequest, context: OperationContext) -> None:
    await caches.delete(request.name, context.world)


def parse_expiry(body: Mapping[str, Any], world: World) -> float | None:
    """Return when a cache expires: at a time, or after a duration ("300s"); None without either.

    A time in the past is valid (recorded), and so is a duration that leads there. Both fields
    together are not: they are a oneof. Raises ApiError (recorded) for anything else.

    Evidence: native-014-cachedContents-403, native-119-cachedContents-200,
    source-protobuf-parser.
    """
    given = [name for name in body if name in ("ttl", "expire_time")]
    if len(given) > 1:
        place, second = "cached_content", to_camel_case(given[1])
        message = f"Invalid value at '{place}' (oneof), oneof field 'expiration' is already set."
        raise bad_request_error([(place, f"{message} Cannot set '{second}'")])
    if "expire_time" in body:
        try:
            return check_timestamp(clock.parse_time(str(body["expire_time"])))
        except (ValueError, OverflowError):
            place = "cached_content.expire_time"
            raise invalid_value_error(place, "Timestamp", str(body["expire_time"])) from None
    ttl = body.get("ttl")
    if ttl is None:
        return None
    if not is_duration(ttl):
        place = "cached_content.ttl"
        raise invalid_value_error(place, "Duration", ttl[:40])
    return check_timestamp(world.clock() + float(ttl[:-1]))


def is_duration(text: str) -> bool:
    """Return whether a text is a protobuf duration: seconds of up to 10,000 years, and an s."""
    is_written_so = re.fullmatch(r"-?\d{1,12}(\.\d{1,9})?s", text, re.ASCII)
    return bool(is_written_so) and abs(float(text[:-1])) <= MAX_DURATION


def invalid_value_error(place: str, kind: str, value: str) -> ApiError:
    message = f"Invalid value at '{place}' (type.googleapis.com/google.protobuf.{kind})"
    return invalid(f'{message}, "{value}"', "payload")


def check_timestamp(moment: float) -> float:
    """Return a time that a protobuf timestamp can hold: the years 1 to 9999."""
    if not -62_135_596_800 <= moment < 253_402_300_800:
        raise invalid("Request contains an invalid argument.", "expire_time")
    return moment


def render_cache(cache: Cache, wire: WireRequest) -> Json:
    """Return a cache as JSON: never its contents, but the display name even if empty (recorded).

    On Vertex AI, names are below the project, and an empty display name is absent (recorded).

    Evidence: native-013-cachedContents-200, recorded-vertex-cache.
    """
    match = re.search(r"/(projects/[^/]+/locations/[^/]+)/", wire.path)
    place = f"{match[1]}/" if match else ""
    title = {"displayName": cache.display_name} if cache.display_name or not place else {}
    return {
        "name": f"{place}cachedContents/{cache.name}",
        "model": f"{place}publishers/google/models/{cache.model}"
        if place
        else f"models/{cache.model}",
        "createTime": clock.format_time(cache.created),
        "updateTime": clock.format_time(cache.updated),
        "expireTime": clock.format_time(cache.expires, 9),
        **title,
        "usageMetadata": {"totalTokenCount": cache.tokens},
    }


def encode_cache(request: CacheRequest, cache: Cache) -> WireResponse:
    return encode_json(render_cache(cache, request.wire))


def encode_list(request: CacheRequest, page: Page[Cache]) -> WireResponse:
    return encode_page(
        "cachedContents", [render_cache(cache, request.wire) for cache in page.items], page.token
    )


def encode_empty(request: CacheRequest, result: None) -> WireResponse:
    return encode_json({})


def decode(wire: WireRequest, params: Mapping[str, str], *, vertex: bool) -> CacheRequest:
    return CacheRequest(wire, params.get("cache", ""), VERTEX_CACHE if vertex else CACHE)


def build_endpoints(variant: ApiVariant) -> tuple[Endpoint[Any, Any], ...]:
    read = partial(decode, vertex=variant.vertex)

    def build_endpoint(
        method: str, path: str, summary: str, perform: Any, encode: Any
    ) -> Endpoint[Any, Any]:
        return Endpoint(
            method,
            path,
            summary,
            read,
            perform,
            encode,
            variant.encode_failure,
            pure=False,
            scenario="caches",
            wire_name="cachedContents",
        )

    return (
        build_endpoint("POST", "/cachedContents", "Create a context cache", create, encode_cache),
        build_endpoint("GET", "/cachedContents/{cache}", "Look at a cache", get, encode_cache),
        build_endpoint("GET", "/cachedContents", "List the caches", list_caches, encode_list),
        build_endpoint(
            "PATCH", "/cachedContents/{cache}", "Change when a cache ends", patch, encode_cache
        ),
        build_endpoint("DELETE", "/cachedContents/{cache}", "Delete a cache", delete, encode_empty),
    )
