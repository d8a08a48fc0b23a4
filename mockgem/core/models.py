"""The models that the server knows: their inputs, outputs, limits and dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import UTC, datetime
from typing import Any

from mockgem.core.frozen import frozen


@frozen
class Thinking:
    """How a model thinks: by a token budget (2.5) or by levels (3 and later, Gemma 4).

    `always_shown`: Replies contain the thoughts, whether the request includes them or not.
    """

    default: str
    budget: tuple[int, int] | None = None
    levels: tuple[str, ...] = ()
    can_turn_off: bool = False
    always_shown: bool = False


@frozen
class Model:
    """One entry of the catalogue. Limits are in tokens; dates are days in ISO format.

    `released` is empty for most models; it may be a month.

    Evidence: doc-gemini-4-neon, doc-transcribe.
    """

    id: str
    name: str
    kind: str = "chat"
    family: str = ""
    resolves_to: str = ""
    routed_to: str = ""
    version: str = "001"
    description: str = ""
    input_limit: int = 1_048_576
    output_limit: int = 65_536
    methods: tuple[str, ...] = ("generateContent", "countTokens")
    sampling: Mapping[str, float] = field(default_factory=dict)
    thinking: Thinking | None = None
    inputs: tuple[str, ...] = ("text",)
    outputs: tuple[str, ...] = ("text",)
    tools: bool = True
    json: bool = True
    dimensions: int = 0
    released: str = ""
    retired: str = ""
    listed: bool = False
    generation: int = field(default=2, init=False)
    """3 for every Gemini 3.x, 4 for Gemini 4; 2 for all earlier models and Gemma."""
    has_named_calls: bool = field(default=False, init=False)
    """Whether calls have ids of eight characters and signatures, each in a separate chunk, and a
    chunk without content ends a stream: Gemini 3 and later, and Gemma 4.

    Evidence: openai-harness-01-g3-tool-stream, report-gemma-4-thoughts.
    """

    def __post_init__(self) -> None:
        if self.family.isdigit():
            self.generation = max(2, int(self.family))  # type: ignore[misc]
        self.has_named_calls = (  # type: ignore[misc]
            self.generation > 2 or self.family == "gemma"
        )

    @property
    def shows_thoughts(self) -> bool:
        """Whether replies always contain the model's thoughts, as those of Gemma 4 do.

        Evidence: report-gemma-4-thoughts.
        """
        return self.thinking is not None and self.thinking.always_shown

    @property
    def can_generate(self) -> bool:
        return "generateContent" in self.methods and self.kind not in ("aqa", "agent", "music")


@frozen
class Catalogue:
    """All models by id, in the order of the real list."""

    models: Mapping[str, Model]
    aliases: Mapping[str, str] = field(default_factory=dict)
    fallback: str = ""
    enforce_retirements: bool = False

    def find(self, name: str, now: float, method: str = "") -> Model | None:
        """Return the model with this name, with or without a prefix; None if unknown or retired.

        `method` is what the model is for: where unknown models are accepted, it selects the known
        one that they are like.
        """
        name = name.removeprefix("models/").removeprefix("google/")
        model = self.models.get(self.aliases.get(name, name))
        if model is None:
            return self.find_fallback(name, method)
        return None if self.is_retired(model, now) else model

    def find_fallback(self, name: str, method: str = "") -> Model | None:
        """Return a copy of the fallback model, if there is one, under the requested name."""
        if not self.fallback or not name:
            return None
        fallback = self.models[FALLBACKS.get(method, self.fallback)]
        return replace(fallback, id=name, name=name, listed=False)

    def is_retired(self, model: Model, now: float) -> bool:
        """Return whether a model was shut down by now, if the settings enforce that."""
        if not self.enforce_retirements or not model.retired:
            return False
        return model.retired <= datetime.fromtimestamp(now, UTC).date().isoformat()

    def list_models(self, now: float) -> list[Model]:
        return [
            model
            for model in self.models.values()
            if model.listed and not self.is_retired(model, now)
        ]


FALLBACKS = {
    "embedContent": "gemini-embedding-001",
    "predict": "imagen-4.0-generate-001",
    "predictLongRunning": "veo-3.1-generate-preview",
}
"""The models that unknown models are like, for methods that the usual one does not have."""


def parse_models(entries: Iterable[Mapping[str, Any]]) -> dict[str, Model]:
    return {entry["id"]: parse_model(entry) for entry in entries}


def parse_model(entry: Mapping[str, Any]) -> Model:
    """Return an entry of the catalogue file as a model, without keys that only the file needs."""
    known: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in entry.items()
        if key in FIELDS
    }
    if thinking := entry.get("thinking"):
        known["thinking"] = Thinking(
            default=thinking["default"],
            budget=tuple(thinking["budget"]) if "budget" in thinking else None,
            levels=tuple(thinking.get("levels", ())),
            can_turn_off=thinking.get("off", False),
            always_shown=thinking.get("shown", False),
        )
    return Model(**known)


FIELDS = frozenset(Model.__annotations__) - {"generation", "has_named_calls"}
