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


async def list_models(request: ListModelsRequest, occasion: OperationContext) -> list[Model]:
    return occasion.world.catalogue.list_models(occasion.world.clock())


async def retrieve_model(request: RetrieveModelRequest, occasion: OperationContext) -> Model:
    """Raises ApiError (404) if there is none of that name."""
    model = occasion.world.catalogue.find(request.name, occasion.world.clock())
    if model is None:
        raise model_not_found_error(request.name, "generateContent")
    return model
