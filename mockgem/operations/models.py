"""List the models, and look one up."""

from __future__ import annotations

from mockgem.core.call import OperationContext
from mockgem.core.frozen import frozen
from mockgem.core.models import Model
from mockgem.operations.validation import model_not_found_error


@frozen
class ListModelsRequest:
    """A request for all models."""


@frozen
class RetrieveModelRequest:
    """A request for the model of a name, with or without the prefix "models/"."""

    name: str


async def list_models(request: ListModelsRequest, context: OperationContext) -> list[Model]:
    """Return the models that exist at the world's time."""
    return context.world.catalogue.list_models(context.world.clock())


async def retrieve_model(request: RetrieveModelRequest, context: OperationContext) -> Model:
    """Return a model.

    Raises:
        ApiError: No model has that name (404).
    """
    model = context.world.catalogue.find(request.name, context.world.clock())
    if model is None:
        raise model_not_found_error(request.name, "generateContent")
    return model
