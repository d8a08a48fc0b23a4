"""Reads a settings file: TOML or YAML, with the options' names as keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class AddedModel(BaseModel):
    """A model of the user's own: like another one (`like`), with what is said differently."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(min_length=1)
    like: str = "gemini-2.5-flash"
    name: str = ""
    input_limit: int | None = Field(default=None, gt=0)
    output_limit: int | None = Field(default=None, gt=0)
    tools: bool | None = None
    retired: str | None = None


class StateSettings(BaseModel):
    """A state of a resource, and what ends it: so many polls, or so many seconds of the world's clock."""

    model_config = ConfigDict(extra="forbid")

    state: str = Field(min_length=1)
    polls: int = Field(default=1, ge=0)
    seconds: float = Field(default=60.0, ge=0)


class SettingsFile(BaseModel):
    """Every option of `mockgem serve`, and models and aliases of the user's own."""

    model_config = ConfigDict(extra="forbid")

    host: str | None = None
    port: int | None = Field(default=None, ge=0, le=65535)
    seed: int | None = None
    clock: str | None = Field(default=None, pattern="^(fixed|real)$")
    api_key: list[str] | None = None
    lenient: bool | None = None
    max_body: str | int | None = None
    enforce_retirements: bool | None = None
    fetch_media: bool | None = None
    chunk_delay: float | None = Field(default=None, ge=0)
    drain: float | None = Field(default=None, ge=0)
    quiet: bool | None = None
    log_format: str | None = Field(default=None, pattern="^(text|json)$")
    state: str | None = None
    worlds: int | None = Field(default=None, ge=1)
    world_idle: float | None = Field(default=None, gt=0)
    max_file: str | int | None = None
    max_state: str | int | None = None
    step_seconds: float | None = Field(default=None, ge=0)
    cassette: str | None = None
    record_mode: str | None = Field(default=None, pattern="^(once|new_episodes|all|none)$")
    on_miss: str | None = Field(default=None, pattern="^(engine|fail|record)$")
    upstream: str | None = None
    upstream_key_env: str | None = None
    match_on: list[str] | None = None
    ignore: list[str] | None = None
    allow_playback_repeats: bool | None = None
    replay_timing: str | None = None
    redact: list[str] | None = None
    scenario: str | None = None
    scenarios: list[str] | None = None
    watch: bool | None = None
    latency: str | None = None
    answers: str | None = None
    time_scale: float | None = Field(default=None, ge=0)
    inline_scenarios: bool | None = None
    mockgem_headers: bool | None = None
    allowed_host: list[str] | None = None
    admin_token: str | None = None
    models: list[AddedModel] = []
    aliases: dict[str, str] = {}
    lifecycles: dict[Literal["file", "batch", "cancel", "video"], list[StateSettings]] = {}


class BadSettings(Exception):
    """A settings file that can't be used; the message says where and why."""


def load(path: Path) -> dict[str, Any]:
    """The values a settings file sets. Raises BadSettings."""
    try:
        raw = parse_file(path)
        settings = SettingsFile.model_validate(raw)
    except OSError as error:
        raise BadSettings(f"{path}: {error.strerror}") from None
    except ValidationError as error:
        raise BadSettings(describe_errors(path, error)) from None
    found = settings.model_dump(exclude_none=True)
    return {key: value for key, value in found.items() if key in settings.model_fields_set}


def parse_file(path: Path) -> Any:
    text = path.read_text(encoding="utf-8")
    try:
        if path.suffix in (".yaml", ".yml", ".json"):
            import yaml

            return yaml.safe_load(text) or {}
        import tomllib

        return tomllib.loads(text)
    except ValueError as error:
        raise BadSettings(f"{path}: {error}") from None
    except Exception as error:
        if type(error).__module__.startswith("yaml"):
            raise BadSettings(f"{path}: {error}") from None
        raise


def describe_errors(path: Path, error: ValidationError) -> str:
    lines = []
    for one in error.errors():
        place = ".".join(str(step) for step in one["loc"]) or "the file"
        if one["type"] == "extra_forbidden":
            fields = (
                AddedModel.model_fields if one["loc"][0] == "models" else SettingsFile.model_fields
            )
            known = ", ".join(sorted(fields))
            lines.append(f"{path}: {place} is not a setting; known are {known}")
        else:
            lines.append(f"{path}: {place}: {one['msg']}, got {one['input']!r}")
    return "\n".join(lines)
