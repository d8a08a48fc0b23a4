"""The OpenAPI document of the admin API, built from its routes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from mockgem.core.call import Endpoint
from mockgem.dialects.admin.json_endpoint import AdminRoute

Json = dict[str, Any]
ERROR_SCHEMA = {
    "type": "object",
    "required": ["error"],
    "properties": {"error": {"type": "string"}},
}
JSON_CONTENT = "application/json"
ERROR_RESPONSE = {
    "description": "What is wrong, in one sentence",
    "content": {JSON_CONTENT: {"schema": {"$ref": "#/components/schemas/Error"}}},
}


def build_document(
    routes: Iterable[AdminRoute], downloads: Iterable[Endpoint[Any, Any]], version: str
) -> Json:
    """Build the document from routes of JSON and endpoints that return bytes."""
    paths: dict[str, Json] = {}
    for route in routes:
        paths.setdefault("/_mockgem" + route.path, {})[route.method.lower()] = render_route(route)
    for endpoint in downloads:
        operation = render_operation(endpoint.path, endpoint.summary, "*/*", {})
        paths.setdefault("/_mockgem" + endpoint.path, {})[endpoint.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": "mockgem's admin API", "version": version},
        "paths": paths,
        "components": {
            "schemas": {"Error": ERROR_SCHEMA},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def render_route(route: AdminRoute) -> Json:
    operation = render_operation(route.path, route.summary, JSON_CONTENT, {"type": "object"})
    query = [
        {"name": name, "in": "query", "schema": schema}
        for name, schema in route.query_schemas.items()
    ]
    if query:
        operation["parameters"] = [*operation.get("parameters", ()), *query]
    if route.request_schema is not None:
        operation["requestBody"] = {
            "content": {JSON_CONTENT: {"schema": route.request_schema}},
            "required": True,
        }
    return operation


def render_operation(path: str, summary: str, content_type: str, schema: Json) -> Json:
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"\{(\w+)\}", path)
    ]
    content = {content_type: {"schema": schema}}
    operation: Json = {
        "summary": summary,
        "responses": {
            "200": {"description": summary, "content": content},
            "default": ERROR_RESPONSE,
        },
    }
    return operation | ({"parameters": parameters} if parameters else {})
