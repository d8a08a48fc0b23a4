"""The admin API's own OpenAPI document, made from its endpoints."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from mockgem.core.call import Endpoint

Json = dict[str, Any]
REQUEST_BODIES: dict[tuple[str, str], Json] = {
    ("POST", "/clock"): {
        "oneOf": [
            {
                "type": "object",
                "required": ["advance"],
                "properties": {"advance": {"type": ["string", "number"], "examples": ["48h"]}},
            },
            {
                "type": "object",
                "required": ["set"],
                "properties": {
                    "set": {"type": ["string", "number"], "examples": ["2026-12-01T00:00:00Z"]}
                },
            },
        ]
    },
    ("PUT", "/scenario"): {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "name": {"type": "string", "examples": ["overloaded"]},
            "scenario": {
                "type": "object",
                "description": "A whole scenario; mockgem scenario schema tells its form",
            },
        },
    },
    ("POST", "/scenario/rules"): {
        "type": "object",
        "description": "A rule as in a scenario's list; mockgem scenario schema tells its form",
        "examples": [{"when": {"times": 1}, "fail": "overloaded"}],
    },
}
QUERY_PARAMETERS: dict[tuple[str, str], dict[str, Json]] = {
    ("GET", "/journal"): {
        **{
            name: {"type": "string"}
            for name in (
                "path",
                "model",
                "method",
                "surface",
                "source",
                "scenario",
                "rule",
                "status",
                "outcome",
                "text",
            )
        },
        **{name: {"type": "integer", "minimum": 0} for name in ("after", "limit", "count")},
        "wait": {"type": "string", "examples": ["5s"]},
        "bodies": {"type": "string", "enum": ["true", "false"]},
    },
    ("GET", "/verdict"): {"scenario": {"type": "string"}},
}


def build_document(endpoints: Iterable[Endpoint[Any, Any]], version: str) -> Json:
    paths: dict[str, Json] = {}
    for one in endpoints:
        paths.setdefault("/_mockgem" + one.path, {})[one.method.lower()] = render_operation(one)
    return {
        "openapi": "3.1.0",
        "info": {"title": "mockgem's admin API", "version": version},
        "paths": paths,
        "components": {
            "schemas": {"Error": ERROR_SCHEMA},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


ERROR_SCHEMA = {
    "type": "object",
    "required": ["error"],
    "properties": {"error": {"type": "string"}},
}


def render_operation(one: Endpoint[Any, Any]) -> Json:
    place = one.method, one.path
    names = re.findall(r"\{(\w+)\}", one.path)
    path = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in names
    ]
    query = [
        {"name": name, "in": "query", "schema": schema}
        for name, schema in QUERY_PARAMETERS.get(place, {}).items()
    ]
    found: Json = {
        "summary": one.summary,
        "responses": {"200": render_response(one), "default": render_error_response()},
    }
    if path or query:
        found["parameters"] = [*path, *query]
    if place in REQUEST_BODIES:
        found["requestBody"] = {
            "content": {"application/json": {"schema": REQUEST_BODIES[place]}},
            "required": True,
        }
    return found


def render_response(one: Endpoint[Any, Any]) -> Json:
    kind = "*/*" if one.path.startswith("/media/") else "application/json"
    return {
        "description": one.summary,
        "content": {kind: {"schema": {} if kind == "*/*" else {"type": "object"}}},
    }


def render_error_response() -> Json:
    return {
        "description": "What is wrong, in one sentence",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
    }
