"""Find the model of a request, or refuse it with the service's 404."""

from __future__ import annotations

from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.models import Model
from mockgem.core.world import World


def find_model(name: str, method: str, world: World) -> Model:
    """Return the model of that name.

    Raises:
        ApiError: The name is empty or contains a space (400, recorded), or no such model supports
            the method (404).

    Evidence: recorded-model-name-format.
    """
    if not name or " " in name:
        raise invalid(
            "* GenerateContentRequest.model: unexpected model name format\n", "model_missing"
        )
    model = world.catalogue.find(name, world.clock(), method)
    if model is None or not supports_method(model, method):
        raise model_not_found_error(name, method, world)
    return model


def name_model(model: Model) -> str:
    """Return what a refusal calls a model: "models/…", or "this model" (reported).

    The text models of the generations up to 2.5, and Gemma 3, are named; image and speech models,
    Gemini 3 and Gemma 4 are not.

    Evidence: report-named-models.
    """
    is_named = model.kind == "chat" and model.family in ("1.5", "2.0", "2.5")
    return f"models/{model.id}" if is_named or model.id.startswith("gemma-3") else "this model"


def supports_method(model: Model, method: str) -> bool:
    return model.can_generate if method == "generateContent" else method in model.methods


def successor_of(name: str) -> str:
    """Return what the service suggests instead of a retired model (2026-09).

    Evidence: report-retired-successors.
    """
    if not name.startswith("gemini-") or "image" in name or "embedding" in name:
        return "a newer model"
    for word, successor in SUCCESSORS.items():
        if word in name:
            return f"models/{successor}"
    return "a newer model"


SUCCESSORS = {
    "flash-lite": "gemini-3.5-flash-lite",
    "flash": "gemini-3.8-flash",
    "pro": "gemini-3.1-pro-preview",
}


def model_retired_error(name: str) -> ApiError:
    """Return the 404 for a model that was shut down.

    Evidence: report-retired-successors.
    """
    message = (
        f"This model models/{name} is no longer available. Please update your code to use "
        f"{successor_of(name)} for the latest features and improvements. We recommend you to use "
        "the Interactions API (https://ai.google.dev/gemini-api/docs/get-started)."
    )
    return ApiError(
        Failure(Code.NOT_FOUND, message, reason="model_retired", context={"model": name})
    )


def has_successor(name: str, world: World) -> bool:
    """Return whether a model is retired and not so old that it is not found at all."""
    known = world.catalogue.models.get(name)
    is_known = known is not None and known.family != "1.5"
    return is_known and known is not None and world.catalogue.is_retired(known, world.clock())


def model_not_found_error(name: str, method: str, world: World | None = None) -> ApiError:
    """Return the 404 for a model that does not exist or does not support a method.

    Models of the generation 1.5 are not found. Later ones that are retired name a successor.
    """
    plain = name.removeprefix("models/").removeprefix("google/")
    if world is not None and has_successor(plain, world):
        return model_retired_error(plain)
    message = (
        f"models/{plain} is not found for API version v1main, or is not supported for {method}. "
        "Call ModelService.ListModels to see the list of available models and their supported "
        "methods."
    )
    return ApiError(
        Failure(Code.NOT_FOUND, message, reason="model_not_found", context={"model": plain})
    )
