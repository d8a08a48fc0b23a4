"""GET /models and GET /models/{id}."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mockgem.core.call import Endpoint
from mockgem.core.http import Body, Pieces, WireRequest, WireResponse, chunked
from mockgem.core.models import Model
from mockgem.dialects.common.google_frontend import headers
from mockgem.dialects.common.json_writer import compact
from mockgem.dialects.openai.errors import PLAIN_HEADERS, Encode
from mockgem.operations.models import ListModels, RetrieveModel, list_models, retrieve_model

Json = dict[str, Any]
Spell = Callable[[Model], Json]
CREATED = 1_687_882_411


def google_model(model: Model) -> Json:
    """Key order as recorded (ogx-01-models); there is no `created`."""
    return {"id": f"models/{model.id}", "object": "model", "owned_by": "google", "display_name": model.name}


def vertex_model(model: Model) -> Json:
    return {"id": f"google/{model.id}", "object": "model", "owned_by": "google", "display_name": model.name}


def plain_model(model: Model) -> Json:
    return {"id": model.id, "object": "model", "created": CREATED, "owned_by": "google"}


def endpoints(spell: Spell, refuse: Encode, *, plain: bool = False) -> tuple[Endpoint[Any, Any], ...]:
    head = PLAIN_HEADERS if plain else headers("application/json; charset=UTF-8")

    def body(value: Json) -> Body:
        return compact(value) if plain else Pieces(chunked([compact(value)]))

    def listed(request: ListModels, models: list[Model]) -> WireResponse:
        return WireResponse(200, head, body({"object": "list", "data": [spell(model) for model in models]}))

    def one(request: RetrieveModel, model: Model) -> WireResponse:
        return WireResponse(200, head, body(spell(model)))

    return (
        Endpoint("GET", "/models", "List the models", decode_list, list_models, listed, refuse),
        Endpoint("GET", "/models/{model*}", "Retrieve a model", decode_one, retrieve_model, one, refuse, name_of),
    )


def decode_list(wire: WireRequest, params: Mapping[str, str]) -> ListModels:
    return ListModels()


def decode_one(wire: WireRequest, params: Mapping[str, str]) -> RetrieveModel:
    return RetrieveModel(params["model"])


def name_of(request: RetrieveModel) -> str:
    return request.name
