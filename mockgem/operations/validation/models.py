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
    model = world.catalogue.find(name, world.clock())
    if model is None or not supports_method(model, method):
        raise model_not_found_error(name, method)
    return model


def supports_method(model: Model, method: str) -> bool:
    return model.can_generate if method == "generateContent" else method in model.methods


def model_not_found_error(name: str, method: str) -> ApiError:
    """Return the 404 for a model that does not exist or does not support a method."""
    plain = name.removeprefix("models/").removeprefix("google/")
    message = (
        f"models/{plain} is not found for API version v1main, or is not supported for {method}. "
        "Call ModelService.ListModels to see the list of available models and their supported "
        "methods."
    )
    return ApiError(
        Failure(Code.NOT_FOUND, message, reason="model_not_found", context={"model": plain})
    )
