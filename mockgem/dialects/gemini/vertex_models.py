"""Vertex AI's models: those that Google publishes, and the empty registry of a project."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.models import Model
from mockgem.core.store import Page
from mockgem.dialects.gemini.errors import ApiVariant
from mockgem.dialects.gemini.models import (
    MAX_PAGE_SIZE,
    ModelListRequest,
    encode_empty,
    list_page,
    model_of,
)
from mockgem.dialects.gemini.responses import Json, encode_json, encode_page, read_paging
from mockgem.operations.models import RetrieveModelRequest, retrieve_model

DEFAULT_PUBLISHED = 100
REGISTRY_ID = re.compile(r"[a-z0-9_-]{1,128}(@[\w-]+)?")


def render_published(model: Model) -> Json:
    """Render a published model with the keys of a recorded listing, in their order.

    The states of previews and the category of most models are assumed.

    Evidence: recorded-publisher-models.
    """
    is_preview = "preview" in model.id or "exp" in model.id.split("-")
    actions: Json = {"openGenerationAiStudio": {"references": {}}} if model.can_generate else {}
    rendered: Json = {"name": f"publishers/google/models/{model.id}", "versionId": "default"}
    if actions:
        rendered["supportedActions"] = actions
    else:
        rendered["openSourceCategory"] = "PROPRIETARY"
    return rendered | {"launchStage": "PUBLIC_PREVIEW" if is_preview else "GA"}


def decode_published(wire: WireRequest, params: Mapping[str, str]) -> ModelListRequest:
    return ModelListRequest(*read_paging(wire.query, DEFAULT_PUBLISHED, MAX_PAGE_SIZE), "v1beta")


def encode_published(request: ModelListRequest, page: Page[Model]) -> WireResponse:
    return encode_page("publisherModels", [*map(render_published, page.items)], page.token)


def decode_name(wire: WireRequest, params: Mapping[str, str]) -> RetrieveModelRequest:
    return RetrieveModelRequest(params["model"])


def encode_model(request: RetrieveModelRequest, model: Model) -> WireResponse:
    return encode_json(render_published(model))


def build_published_endpoints(variant: ApiVariant) -> tuple[Endpoint[Any, Any], ...]:
    """Return the endpoints that list Google's models; they are not below a project."""
    build = partial(Endpoint, encode_failure=variant.encode_failure, pure=False, scenario="models")
    path = "/publishers/google/models"
    return (
        build(
            *("GET", path, "List the published models"),
            *(decode_published, list_page, encode_published),
        ),
        build(
            *("GET", path + "/{model}", "Get a published model"),
            *(decode_name, retrieve_model, encode_model),
            model_of=model_of,
        ),
    )


# A project's registry has what it tuned and uploaded: nothing, because mockgem offers neither.


async def list_registered(request: ModelListRequest, context: OperationContext) -> Page[Model]:
    return Page([])


async def refuse_registered(request: RetrieveModelRequest, context: OperationContext) -> Model:
    """Raise ApiError: 400 for a name that is not an id (reported), else 404.

    Evidence: sdk-google-genai-tests.
    """
    if not REGISTRY_ID.fullmatch(request.name):
        raise invalid("Request contains an invalid argument.", "model_name")
    failure = Failure(Code.NOT_FOUND, "The Model does not exist.", reason="registered_model")
    raise ApiError(failure)


def build_registry_endpoints(variant: ApiVariant) -> tuple[Endpoint[Any, Any], ...]:
    """Return the endpoints of a project's own models: an empty list, and 404 for each model."""
    build = partial(Endpoint, encode_failure=variant.encode_failure, pure=False, scenario="models")
    one = (decode_name, refuse_registered, encode_empty)
    return (
        build(
            *("GET", "/models", "List the project's models (always empty)"),
            *(decode_published, list_registered, encode_empty),
        ),
        *[
            build(method, "/models/{model}", "A project's model (always refused)", *one)
            for method in ("GET", "PATCH", "DELETE")
        ],
    )
