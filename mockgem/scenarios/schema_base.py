"""What all models of scenario files share: names, texts, errors by name, and short notations."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    WithJsonSchema,
)

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
ShortText = Annotated[str, StringConstraints(min_length=1, max_length=500)]
LongText = Annotated[str, StringConstraints(max_length=200_000)]


class ScenarioModel(BaseModel):
    """A mapping of a scenario file: no unknown keys, and no changes after validation."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


ERROR_SCHEMA = {
    "anyOf": [
        {"maxLength": 100, "type": "string"},
        {"maximum": 599, "minimum": 100, "type": "integer"},
    ]
}


def parse_error_name(value: Any) -> Any:
    """Return an error's name or status unchanged. Raises ValueError for other values."""
    is_status = type(value) is int and 100 <= value <= 599
    if is_status or (isinstance(value, str) and len(value) <= 100):
        return value
    raise ValueError(
        f"{value!r:.100} is not an error: write a name from `mockgem scenario errors`, or a status "
        "like 429"
    )


ErrorName = Annotated[Any, BeforeValidator(parse_error_name), WithJsonSchema(ERROR_SCHEMA)]


class ShorthandSchema:
    """Adds short notations to the exported JSON Schema, which validators expand beforehand."""

    def __init__(self, *shorthands: dict[str, Any]) -> None:
        self.shorthands = shorthands

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:
        return {"anyOf": [*self.shorthands, handler(core_schema)]}


def check_headers(headers: dict[str, str]) -> None:
    """Raises ValueError for text that is not a header, and for headers that the server sets."""
    for name, text in headers.items():
        if not re.fullmatch(r"[\w!#$%&'*+.^`|~-]+", name, re.A) or not text.isprintable():
            raise ValueError(f"{name!r}: {text!r} is not a valid header")
        if name.lower() in ("content-length", "transfer-encoding", "connection"):
            raise ValueError(
                f"the server sets {name} itself; to break it, use the fault short_body or the "
                "fault no_keepalive"
            )
