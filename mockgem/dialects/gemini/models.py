"""GET models and models/{model}, and the remains of tunedModels."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.models import Model
from mockgem.core.store import Page
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.gemini.errors import ApiVariant, api_version_of
from mockgem.dialects.gemini.responses import Json, encode_json, encode_page, read_paging
from mockgem.operations.models import (
    ListModelsRequest,
    RetrieveModelRequest,
    list_models,
    retrieve_model,
)
from mockgem.operations.validation import model_not_found_error

BETA_ONLY_MODELS = ("gemini-flash-latest", "gemini-flash-lite-latest", "gemini-pro-latest")
"""Models that only v1beta and v1alpha know (the SDK's documentation, 3.4).

Evidence: sdk-google-genai.
"""
DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE = 50, 1000


@frozen
class ModelListRequest:
    """A page of models, for one version of the API."""

    size: int
    token: str
    version: str


def resolve_model_name(wire: WireRequest, params: Mapping[str, str], method: str) -> str:
    """Return the model in a path. Raises ApiError if the API version does not know it."""
    name = params["model"]
    if name in BETA_ONLY_MODELS and wire.path.startswith("/v1/models/"):
        raise model_not_found_error(name, method)
    return name


async def list_page(request: ModelListRequest, context: OperationContext) -> Page[Model]:
    models = [
        model
        for model in await list_models(ListModelsRequest(), context)
        if request.version != "v1" or model.id not in BETA_ONLY_MODELS
    ]
    names = [f"models/{model.id}" for model in models]
    start = decode_page_token(request.token, names)
    page = models[start : start + request.size]
    more = start + request.size < len(models)
    return Page(page, encode_page_token(names[start + len(page) - 1]) if more and page else "")


def encode_page_token(name: str) -> str:
    """Return the last name of a page in a protobuf message with one field (recorded).

    Evidence: native-074-models-200.
    """
    data = name.encode()
    return base64.b64encode(b"\x0a" + bytes([len(data)]) + data).decode()


def decode_page_token(token: str, names: list[str]) -> int:
    if not token:
        return 0
    try:
        data = base64.b64decode(token + "=" * (-len(token) % 4))
        return names.index(data[2:].decode()) + 1
    except (binascii.Error, ValueError):
        raise invalid("Request contains an invalid argument.", "page_token") from None


def render_model(model: Model) -> Json:
    """Render a model with keys in the recorded order, without absent values.

    Evidence: native-074-models-200.
    """
    sampling = model.sampling
    rendered: Json = {
        "name": f"models/{model.id}",
        "version": model.version,
        "displayName": model.name,
        "description": model.description or None,
        "inputTokenLimit": model.input_limit,
        "outputTokenLimit": model.output_limit,
        "supportedGenerationMethods": list(model.methods),
        "temperature": sampling.get("temperature"),
        "topP": sampling.get("top_p"),
        "topK": sampling.get("top_k"),
        "maxTemperature": sampling.get("max_temperature"),
        "thinking": True if model.thinking else None,
    }
    return {name: item for name, item in rendered.items() if item is not None}


def encode_list(request: ModelListRequest, page: Page[Model]) -> WireResponse:
    return encode_page("models", [render_model(model) for model in page.items], page.token)


def encode_model(request: RetrieveModelRequest, model: Model) -> WireResponse:
    return encode_json(render_model(model))


def decode_list(wire: WireRequest, params: Mapping[str, str]) -> ModelListRequest:
    return ModelListRequest(
        *read_paging(wire.query, DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE), api_version_of(wire)
    )


def decode_model(wire: WireRequest, params: Mapping[str, str]) -> RetrieveModelRequest:
    return RetrieveModelRequest(resolve_model_name(wire, params, "generateContent"))


def model_of(request: RetrieveModelRequest) -> str:
    return request.name


def build_endpoints(variant: ApiVariant) -> tuple[Endpoint[Any, Any], ...]:
    refuse = variant.encode_failure
    # Not pure: the query names the page, and the cache of decoded requests ignores the query.
    return (
        Endpoint(
            "GET",
            "/models",
            "List the models",
            decode_list,
            list_page,
            encode_list,
            refuse,
            pure=False,
            scenario="models",
        ),
        Endpoint(
            "GET",
            "/models/{model}",
            "Get a model",
            decode_model,
            retrieve_model,
            encode_model,
            refuse,
            model_of,
            scenario="models",
        ),
        *build_tuned_endpoints(refuse),
    )


# Tuning ended with Gemini 1.5: the list is always empty, and clients can't create a tuned model.


async def list_tuned_models(request: ModelListRequest, context: OperationContext) -> Page[Model]:
    return Page([])


async def refuse_tuned_model(name: str, context: OperationContext) -> Model:
    message = (
        f"You do not have permission to access tuned model tunedModels/{name} or it may not exist."
    )
    raise ApiError(Failure(Code.PERMISSION_DENIED, message, reason="tuned_model_gone"))


async def refuse_tuning(name: str, context: OperationContext) -> Model:
    raise model_not_found_error(name, "createTunedModel")


def decode_tuned_name(wire: WireRequest, params: Mapping[str, str]) -> str:
    return params.get("tuned", "").partition(":")[0]


def decode_base_model(wire: WireRequest, params: Mapping[str, str]) -> str:
    body = parse_json(wire.body)
    named = body.get("baseModel", body.get("base_model", "")) if isinstance(body, dict) else ""
    return str(named).removeprefix("models/")


def encode_empty(request: object, result: Any) -> WireResponse:
    return encode_json({})


def build_tuned_endpoints(refuse: Any) -> tuple[Endpoint[Any, Any], ...]:
    def build(
        method: str, path: str, summary: str, decode: Any, operation: Any, *, pure: bool = True
    ) -> Endpoint[Any, Any]:
        return Endpoint(
            method,
            path,
            summary,
            decode,
            operation,
            encode_empty,
            refuse,
            pure=pure,
            scenario="models",
            wire_name="tunedModels",
        )

    path, summary = "/tunedModels/{tuned}", "A tuned model (always refused)"
    return (
        build(
            "GET",
            "/tunedModels",
            "List the tuned models (always empty)",
            decode_list,
            list_tuned_models,
            pure=False,
        ),
        build(
            "POST",
            "/tunedModels",
            "Create a tuned model (always refused)",
            decode_base_model,
            refuse_tuning,
        ),
        *[
            build(method, path, summary, decode_tuned_name, refuse_tuned_model)
            for method in ("GET", "PATCH", "DELETE", "POST")
        ],
    )
