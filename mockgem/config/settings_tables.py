"""The tables of a settings file: the user's models, aliases and lifecycles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from mockgem.config.option_kinds import TableMistake, TableValue
from mockgem.core.suggestions import describe_unknown

Checked = TypeVar("Checked")


class AddedModel(BaseModel):
    """A model that the user adds: a copy of another one (`like`) with some changes."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(min_length=1)
    like: str = "gemini-2.5-flash"
    name: str = ""
    input_limit: int | None = Field(default=None, gt=0)
    output_limit: int | None = Field(default=None, gt=0)
    tools: bool | None = None
    retired: str | None = None


class StateSettings(BaseModel):
    """A state of a resource, and what ends it: polls, or seconds of the world's clock."""

    model_config = ConfigDict(extra="forbid")

    state: str = Field(min_length=1)
    polls: int = Field(default=1, ge=0)
    seconds: float = Field(default=60.0, ge=0)


LifecycleName = Literal[
    "file", "batch", "cancel", "video", "document", "interaction", "response", "agent"
]
MODELS = TypeAdapter(list[AddedModel])
ALIASES = TypeAdapter(dict[str, str])
LIFECYCLES = TypeAdapter(dict[LifecycleName, list[StateSettings]])


def check_models(value: Any) -> TableValue:
    """Return the user's models. Raises TableMistake."""
    return tuple([model.model_dump() for model in validate(MODELS, value)])


def check_aliases(value: Any) -> Mapping[str, str]:
    """Return the user's names for models. Raises TableMistake."""
    return validate(ALIASES, value)


def check_lifecycles(value: Any) -> Mapping[str, TableValue]:
    """Return the states of each kind of resource. Raises TableMistake."""
    return {
        kind: tuple([state.model_dump() for state in states])
        for kind, states in validate(LIFECYCLES, value).items()
    }


CHECKS: dict[str, Callable[[Any], Any]] = {
    "models": check_models,
    "aliases": check_aliases,
    "lifecycles": check_lifecycles,
}


def validate(adapter: TypeAdapter[Checked], value: Any) -> Checked:
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        mistake = find_unknown_key(error.errors()) or error.errors()[0]
        steps = [step for step in mistake["loc"] if step != "[key]"]
        place = "".join([f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps])
        raise TableMistake(describe_mistake(mistake), place, mistake["input"]) from None


def find_unknown_key(mistakes: list[Any]) -> Any:
    """Return the mistake about a key that does not exist, if there is one: it explains why another
    key is missing."""
    return next((one for one in mistakes if one["type"] == "extra_forbidden"), None)


def describe_mistake(mistake: Any) -> str:
    if mistake["type"] == "extra_forbidden":
        name = str(mistake["loc"][-1])
        model = StateSettings if mistake["loc"][0] in get_args(LifecycleName) else AddedModel
        return describe_unknown("key", name, model.model_fields)
    if mistake["type"] == "literal_error":
        return describe_unknown("lifecycle", str(mistake["input"]), get_args(LifecycleName))
    message = str(mistake["msg"])
    return message[:1].lower() + message[1:]
