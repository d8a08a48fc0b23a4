"""The model of a rule's `faults`. The names and keys come from the registry of faults."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticKnownError

from mockgem.faults.registry import FaultType, all_faults, find_fault, get_fault
from mockgem.scenarios.schema_base import ErrorName, LongText, ScenarioModel
from mockgem.scenarios.types import Duration, PositionField, Size

MAX_FAULT_TEXT = 2 * 2**20


class FaultNameSchema:
    """Lists the names of all faults in the exported schema, at the time of the export."""

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:
        return {"enum": list(all_faults()), "type": "string"}


def check_fault_name(value: Any) -> Any:
    """Return the name of a declared fault. Raises the same error as a Literal of the names."""
    if isinstance(value, str) and find_fault(value) is not None:
        return value
    names = [repr(name) for name in all_faults()]
    expected = f"{', '.join(names[:-1])} or {names[-1]}"
    raise PydanticKnownError("literal_error", {"expected": expected})


FaultName = Annotated[str, BeforeValidator(check_fault_name), FaultNameSchema()]


class FaultSpec(ScenarioModel):
    """Something that goes wrong with a reply, or while it is sent."""

    fault: FaultName = Field(description="The fault's name")
    at: PositionField | None = Field(None, description="Where in the reply it happens")
    for_: Duration | None = Field(None, alias="for", description="How long it lasts")
    size: Size | None = Field(None, ge=1, le=64 * 2**20, description="The size of a part")
    times: int | None = Field(None, ge=1, le=10_000, description="How often it happens")
    text: LongText | None = Field(None, description="The text that it uses")
    code: int | None = Field(None, ge=1000, le=4999, description="The code of a close")
    error: ErrorName | None = Field(None, description="The error that it puts into the stream")
    framing: Literal["raw", "sse", "array", "event"] | None = Field(
        None, description="How the stream contains the error"
    )

    @model_validator(mode="after")
    def check_fault_keys(self) -> FaultSpec:
        declared = get_fault(self.fault)
        given = [
            ("for" if name == "for_" else name)
            for name in sorted(self.model_fields_set)
            if name != "fault"
        ]
        if wrong := [name for name in given if name not in declared.keys]:
            known = " and ".join(declared.keys) or "nothing"
            raise ValueError(f"{self.fault} does not take {wrong[0]}; it takes {known}")
        self.check_limits(declared)
        self.check_position(declared)
        return self

    def check_position(self, declared: FaultType) -> None:
        """Refuse positions that need the end of a client's messages: no server knows it."""
        is_numbered = self.at is None or self.at.unit == "event"
        if declared.applies_to == "client messages" and not is_numbered:
            raise ValueError(
                f"{self.fault}: at is not valid: use the number of a message of the client, "
                "counted from 1, which is the setup"
            )

    def check_limits(self, declared: FaultType) -> None:
        if len(self.text or "") * (self.times or 1) > MAX_FAULT_TEXT:
            raise ValueError(
                f"{self.fault}: the text is too large: length times `times` is at most "
                f"{MAX_FAULT_TEXT} characters"
            )
        if (self.size or 0) > declared.max_size:
            limit = declared.max_size // 2**20
            raise ValueError(f"{self.fault}: size is too large: use at most {limit} MiB")
        if declared.max_seconds is not None and (self.for_ or 0) > declared.max_seconds:
            longest = f"{declared.max_seconds:g}"
            raise ValueError(f"{self.fault}: for is too long: use at most {longest} seconds")


class FaultOrNameSchema:
    """Adds the names of the faults to the exported schema, as a short notation."""

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:
        return {"anyOf": [{"enum": list(all_faults())}, handler(core_schema)]}


def expand_fault(value: Any) -> Any:
    return {"fault": value} if isinstance(value, str) else value


FaultOrName = Annotated[FaultSpec, BeforeValidator(expand_fault), FaultOrNameSchema()]
