"""Check response schemas."""

from __future__ import annotations

from typing import Any

from mockgem.core.errors import invalid
from mockgem.core.models import Model
from mockgem.operations.generate_request import GenerateRequest


def check_schema(request: GenerateRequest, model: Model) -> None:
    """Refuse a union of types in a response schema, as models before Gemini 2.5 do.

    Evidence: recording err-schema-union.

    Evidence: openai-err-schema-union.
    """
    if model.family in ("1.5", "2.0") and has_plain_union(request.schema):
        raise invalid("Request contains an invalid argument.", "schema")


def has_plain_union(schema: Any) -> bool:
    """Return whether an `anyOf` in a schema names two types besides null."""
    if isinstance(schema, list):
        return any(has_plain_union(item) for item in schema)
    if not isinstance(schema, dict):
        return False
    options = schema.get("anyOf")
    kinds = (
        {str(option.get("type")) for option in options if isinstance(option, dict)}
        if isinstance(options, list)
        else set()
    )
    return len(kinds - {"null", "NULL", "None"}) > 1 or any(
        has_plain_union(value) for value in schema.values()
    )
