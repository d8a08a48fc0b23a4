"""List the models and look one up."""

from __future__ import annotations

from mockgem.core.call import OperationContext
from mockgem.core.frozen import frozen
from mockgem.core.models import Model
from mockgem.operations.validation import model_not_found_error


@frozen
class ListModelsRequest:
    """All models there are."""


@frozen
class RetrieveModelRequest:
    """One model, by name, prefixed or not."""

    name: str


async def list_models(request: ListModelsRequest, context: OperationContext) -> list[Model]:
    return context.world.catalogue.list_models(context.world.clock())


async def retrieve_model(request: RetrieveModelRequest, context: OperationContext) -> Model:
    """Raises ApiError (404) if there is none of that name."""
    model = context.world.catalogue.find(request.name, context.world.clock())
    if model is None:
        raise model_not_found_error(request.name, "generateContent")
    return model
