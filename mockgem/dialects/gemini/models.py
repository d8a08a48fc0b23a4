"""GET models and models/{model}, and what is left of tunedModels."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from mockgem.core.call import Endpoint, Occasion
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import value
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.models import Model
from mockgem.core.store import Page
from mockgem.dialects.gemini.errors import Tongue, version_in
from mockgem.dialects.gemini.responses import Json, answer, listing, paging
from mockgem.operations.models import ListModels, RetrieveModel, list_models, retrieve_model
from mockgem.operations.validation import unknown_model

LATEST = ("gemini-flash-latest", "gemini-flash-lite-latest", "gemini-pro-latest")
"""Names that only v1beta and v1alpha know (the SDK's own documentation, 3.4)."""
USUAL, MOST = 50, 1000


@value
class Listing:
    """A page of models, for one version of the API."""

    size: int
    token: str
    version: str


def asked_model(wire: WireRequest, params: Mapping[str, str], method: str) -> str:
    """The model a path names. Raises ApiError for one that this version of the API does not know."""
    name = params["model"]
    if name in LATEST and wire.path.startswith("/v1/models/"):
        raise unknown_model(name, method)
    return name


async def list_page(request: Listing, occasion: Occasion) -> Page[Model]:
    models = [one for one in await list_models(ListModels(), occasion) if request.version != "v1" or one.id not in LATEST]
    names = [f"models/{model.id}" for model in models]
    start = place_behind(request.token, names)
    page = models[start : start + request.size]
    more = start + request.size < len(models)
    return Page(page, token_for(names[start + len(page) - 1]) if more and page else "")


def token_for(name: str) -> str:
    """The page's last name in a protobuf message of one field, as recorded."""
    data = name.encode()
    return base64.b64encode(b"\x0a" + bytes([len(data)]) + data).decode()


def place_behind(token: str, names: list[str]) -> int:
    if not token:
        return 0
    try:
        data = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_" if "-" in token or "_" in token else None)
        return names.index(data[2:].decode()) + 1
    except (binascii.Error, ValueError):
        raise invalid("Request contains an invalid argument.", "page_token") from None


def model_json(model: Model) -> Json:
    """Key order as recorded (074); what a model does not have is absent."""
    sampling = model.sampling
    found: Json = {
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
    return {name: item for name, item in found.items() if item is not None}


def encode_list(request: Listing, page: Page[Model]) -> WireResponse:
    return listing("models", [model_json(one) for one in page.items], page.token)


def encode_one(request: RetrieveModel, model: Model) -> WireResponse:
    return answer(model_json(model))


def decode_list(wire: WireRequest, params: Mapping[str, str]) -> Listing:
    return Listing(*paging(wire.query, USUAL, MOST), version_in(wire))


def decode_one(wire: WireRequest, params: Mapping[str, str]) -> RetrieveModel:
    return RetrieveModel(asked_model(wire, params, "generateContent"))


def name_of(request: RetrieveModel) -> str:
    return request.name


def endpoints(tongue: Tongue) -> tuple[Endpoint[Any, Any], ...]:
    refuse = tongue.failure
    # A page is named in the query, which a remembered reading would not see.
    return (
        Endpoint("GET", "/models", "List the models", decode_list, list_page, encode_list, refuse, pure=False),
        Endpoint("GET", "/models/{model}", "Look at a model", decode_one, retrieve_model, encode_one, refuse, name_of),
        *tuned(refuse),
    )


# Tuning ended with Gemini 1.5: there are no tuned models, and none can be made.


async def no_tuned(request: Listing, occasion: Occasion) -> Page[Model]:
    return Page([])


async def no_such_tuned(name: str, occasion: Occasion) -> Model:
    message = f"You do not have permission to access tuned model tunedModels/{name} or it may not exist."
    raise ApiError(Failure(Code.PERMISSION_DENIED, message, reason="tuned_model_gone"))


async def no_tuning(name: str, occasion: Occasion) -> Model:
    raise unknown_model(name, "createTunedModel")


def decode_tuned(wire: WireRequest, params: Mapping[str, str]) -> str:
    return params.get("tuned", "").partition(":")[0]


def decode_base(wire: WireRequest, params: Mapping[str, str]) -> str:
    from mockgem.dialects.common.json_parser import parse

    body = parse(wire.body)
    named = body.get("baseModel", body.get("base_model", "")) if isinstance(body, dict) else ""
    return str(named).removeprefix("models/")


def encode_tuned(request: object, found: Any) -> WireResponse:
    return answer({})


def tuned(refuse: Any) -> tuple[Endpoint[Any, Any], ...]:
    def one(method: str, path: str, summary: str) -> Endpoint[Any, Any]:
        return Endpoint(method, path, summary, decode_tuned, no_such_tuned, encode_tuned, refuse)

    return (
        Endpoint(
            "GET", "/tunedModels", "List the tuned models: none", decode_list, no_tuned, encode_tuned, refuse, pure=False
        ),
        Endpoint("POST", "/tunedModels", "Tuning, which has ended", decode_base, no_tuning, encode_tuned, refuse),
        one("GET", "/tunedModels/{tuned}", "A tuned model, which is not there"),
        one("PATCH", "/tunedModels/{tuned}", "A tuned model, which is not there"),
        one("DELETE", "/tunedModels/{tuned}", "A tuned model, which is not there"),
        one("POST", "/tunedModels/{tuned}", "A tuned model, which is not there"),
    )
