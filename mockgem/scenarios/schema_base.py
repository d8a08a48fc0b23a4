"""What all models of scenario files share: names, texts, errors by name, and short forms."""

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
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


ERROR_SCHEMA = {
    "anyOf": [
        {"maxLength": 100, "type": "string"},
        {"maximum": 599, "minimum": 100, "type": "integer"},
    ]
}


def parse_error_name(found: Any) -> Any:
    """An error's name, or a status. Raises ValueError."""
    status = type(found) is int and 100 <= found <= 599
    if status or (isinstance(found, str) and len(found) <= 100):
        return found
    raise ValueError(
        f"{found!r:.100} is no error; write a name of `mockgem scenario errors`, or a status like 429"
    )


ErrorName = Annotated[Any, BeforeValidator(parse_error_name), WithJsonSchema(ERROR_SCHEMA)]


class ShorthandSchema:
    """Tells the exported form of the short ways to write something, which are made whole before they are looked at."""

    def __init__(self, *ways: dict[str, Any]) -> None:
        self.shorthands = ways

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:
        return {"anyOf": [*self.shorthands, handler(core_schema)]}


def check_headers(headers: dict[str, str]) -> None:
    """Raises ValueError for what is no header, or is the server's own business."""
    for name, text in headers.items():
        if not re.fullmatch(r"[\w!#$%&'*+.^`|~-]+", name, re.A) or not text.isprintable():
            raise ValueError(f"{name!r}: {text!r} is no header")
        if name.lower() in ("content-length", "transfer-encoding", "connection"):
            raise ValueError(
                f"{name} is what the server sees to; use the faults short_body and no_keepalive"
            )
