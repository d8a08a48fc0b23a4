"""GET /models and GET /models/{id}."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mockgem.core.call import Endpoint
from mockgem.core.http import Body, ChunkedBody, WireRequest, WireResponse, encode_chunks
from mockgem.core.models import Model
from mockgem.dialects.common.google_frontend import build_headers
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.openai.errors import GATEWAY_HEADERS, ErrorEncoder
from mockgem.operations.models import (
    ListModelsRequest,
    RetrieveModelRequest,
    list_models,
    retrieve_model,
)

Json = dict[str, Any]
ModelRenderer = Callable[[Model], Json]
CREATED = 1_687_882_411


def render_google_model(model: Model) -> Json:
    """Render a model with keys in the recorded order, without `created`.

    Evidence: openai-ogx-01-models.
    """
    return {
        "id": f"models/{model.id}",
        "object": "model",
        "owned_by": "google",
        "display_name": model.name,
    }


def render_vertex_model(model: Model) -> Json:
    return {
        "id": f"google/{model.id}",
        "object": "model",
        "owned_by": "google",
        "display_name": model.name,
    }


def render_gateway_model(model: Model) -> Json:
    return {"id": model.id, "object": "model", "created": CREATED, "owned_by": "google"}


def build_endpoints(
    render: ModelRenderer, refuse: ErrorEncoder, *, gateway: bool = False
) -> tuple[Endpoint[Any, Any], ...]:
    head = GATEWAY_HEADERS if gateway else build_headers("application/json; charset=UTF-8")

    def encode_body(value: Json) -> Body:
        return dump_compact(value) if gateway else ChunkedBody(encode_chunks([dump_compact(value)]))

    def encode_list(request: ListModelsRequest, models: list[Model]) -> WireResponse:
        return WireResponse(
            200, head, encode_body({"object": "list", "data": [render(model) for model in models]})
        )

    def encode_model(request: RetrieveModelRequest, model: Model) -> WireResponse:
        return WireResponse(200, head, encode_body(render(model)))

    return (
        Endpoint(
            "GET",
            "/models",
            "List the models",
            decode_list,
            list_models,
            encode_list,
            refuse,
            scenario="models",
        ),
        Endpoint(
            "GET",
            "/models/{model*}",
            "Retrieve a model",
            decode_model,
            retrieve_model,
            encode_model,
            refuse,
            model_of,
            scenario="models",
        ),
    )


def decode_list(wire: WireRequest, params: Mapping[str, str]) -> ListModelsRequest:
    return ListModelsRequest()


def decode_model(wire: WireRequest, params: Mapping[str, str]) -> RetrieveModelRequest:
    return RetrieveModelRequest(params["model"])


def model_of(request: RetrieveModelRequest) -> str:
    return request.name
