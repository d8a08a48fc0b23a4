"""List the models and look one up."""

from __future__ import annotations

from mockgem.core.call import Occasion
from mockgem.core.frozen import value
from mockgem.core.models import Model
from mockgem.operations.validation import unknown_model


@value
class ListModels:
    """All models there are."""


@value
class RetrieveModel:
    """One model, by name, prefixed or not."""

    name: str


async def list_models(request: ListModels, occasion: Occasion) -> list[Model]:
    return occasion.world.catalogue.listed(occasion.world.clock())


async def retrieve_model(request: RetrieveModel, occasion: Occasion) -> Model:
    """Raises ApiError (404) if there is none of that name."""
    model = occasion.world.catalogue.find(request.name, occasion.world.clock())
    if model is None:
        raise unknown_model(request.name, "generateContent")
    return model
