"""Make images of a prompt's words, with the type and size that the model has."""

from __future__ import annotations

import re

from mockgem.core.call import OperationContext
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.core.models import Model
from mockgem.core.world import World
from mockgem.operations.generate_request import GenerateRequest
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.validation import model_not_found_error

MAX_IMAGES, MAX_IMAGEN_IMAGES = 8, 4
"""The most images of one request: 4 of Imagen (documented).

Evidence: doc-imagen.
"""
Sizes = dict[str, tuple[int, int]]
GEMINI_SIZES: Sizes = {
    "1:1": (1024, 1024),
    "2:3": (832, 1248),
    "3:2": (1248, 832),
    "3:4": (864, 1184),
    "4:3": (1184, 864),
    "4:5": (896, 1152),
    "5:4": (1152, 896),
    "9:16": (768, 1344),
    "16:9": (1344, 768),
    "21:9": (1536, 672),
}
"""As documented for gemini-2.5-flash-image, which returns PNGs (recorded).

Evidence: doc-image-generation, native-survey.
"""
OTHER_SIZES: Sizes = GEMINI_SIZES | {
    "3:4": (896, 1280),
    "4:3": (1280, 896),
    "9:16": (768, 1408),
    "16:9": (1408, 768),
}
"""As documented for Imagen. Gemini 3 returns JPEGs of 1408 x 768 by default (recorded).

Evidence: doc-imagen, native-064-generateContent-200.
"""


@frozen
class MakeImagesRequest:
    """A prompt, the number of images, and their shape.

    `shape` is an aspect ratio such as 16:9 or a size such as 1024x1024. `mime_type` is image/png
    or image/jpeg; if it is empty, the model's default applies.
    """

    model: str
    prompt: str
    count: int = 1
    shape: str = ""
    mime_type: str = ""


@frozen
class Image:
    """An encoded image."""

    mime_type: str
    data: bytes


def make(request: MakeImagesRequest, context: OperationContext) -> tuple[Image, ...]:
    """Return the images of a request.

    Raises:
        ApiError: The model makes no images, or does not accept the request.
    """
    world = context.world
    model = check(request, world)
    if context.scripted_reply is not None and (given := context.scripted_reply.image) is not None:
        return (Image(given.mime_type, given.data),) * request.count
    known: tuple[Image, ...] | None = None
    if context.repeat_count:
        known = world.reply_cache.get(context.key)
    images = known or tuple([draw_one(request, model, world, n) for n in range(request.count)])
    if context.repeat_count and known is None:
        world.reply_cache.put(context.key, images, sum([len(image.data) for image in images]))
    return images


def draw_one(request: MakeImagesRequest, model: Model, world: World, number: int) -> Image:
    """Draw the image with a number of a request."""
    random = SeededRandom(world.seed, model.id, request.prompt, str(number))
    return draw(random, request.prompt, model, request.shape, request.mime_type)


def check(request: MakeImagesRequest, world: World) -> Model:
    """Return the model of a request.

    Raises:
        ApiError: The model makes no images, or does not accept the request.
    """
    model = world.catalogue.find(request.model, world.clock(), "predict")
    if model is None or "image" not in model.outputs:
        raise model_not_found_error(request.model, "predict", world)
    if not request.prompt.strip():
        raise invalid("Request contains an invalid argument.", "prompt")
    most = MAX_IMAGEN_IMAGES if model.id.startswith("imagen") else MAX_IMAGES
    if not 1 <= request.count <= most:
        raise invalid(
            f"Invalid value of n: should be between 1 and {most}, got {request.count}",
            "n_range",
            most=most,
        )
    check_mime_type(request.mime_type)
    return model


def check_mime_type(mime_type: str) -> None:
    if mime_type not in ("", "image/png", "image/jpeg"):
        message = f"Invalid mime type {mime_type[:40]!r}: expected image/png or image/jpeg."
        raise invalid(message, "mime_type")


def draw(
    random: SeededRandom,
    prompt: str,
    model: Model,
    shape: str = "",
    mime_type: str = "",
    size: str = "",
) -> Image:
    """Draw one image, which shows the prompt's words and the model's name."""
    from mockgem.operations.generators.picture import render_picture

    check_mime_type(mime_type)
    form = mime_type.removeprefix("image/") or ("png" if returns_png(model) else "jpeg")
    width, height = resolve_size(model, shape)
    scale = scale_for(size, model)
    width, height = scale * width, scale * height
    return Image(f"image/{form}", render_picture(random, width, height, prompt, model.id, form))


def check_image_options(request: GenerateRequest, model: Model) -> None:
    """Check the size of the image that a request would get, without drawing it.

    Raises:
        ApiError: An image model does not make images of that aspect ratio or size.
    """
    options = request.gemini_options
    if "image" in model.outputs and (not options.modalities or "IMAGE" in options.modalities):
        resolve_size(model, options.aspect_ratio)
        scale_for(options.image_size, model)
        check_mime_type(options.image_type)


def scale_for(size: str, model: Model) -> int:
    """Return how many times longer a side is than at 1K.

    Raises:
        ApiError: The model does not make images of that size.
    """
    known = {"": 1, "1K": 1, "2K": 2, "4K": 4} if model.generation > 2 else {"": 1, "1K": 1}
    if size.upper() not in known:
        raise invalid("Request contains an invalid argument.", "image_size")
    return known[size.upper()]


def returns_png(model: Model) -> bool:
    return model.kind == "image" and model.generation < 3


def resolve_size(model: Model, shape: str) -> tuple[int, int]:
    """Return the width and height nearest to a shape.

    Raises:
        ApiError: The shape is neither a known aspect ratio nor a size.
    """
    sizes = GEMINI_SIZES if returns_png(model) else OTHER_SIZES
    if not shape or shape == "auto":
        return sizes["16:9" if model.generation > 2 else "1:1"]
    if shape in sizes:
        return sizes[shape]
    match = re.fullmatch(r"(\d{1,5})\s*[xX×]\s*(\d{1,5})", shape)
    if match is None or not int(match[1]) or not int(match[2]):
        known = ", ".join(sizes)
        more = "" if ":" in shape else ", or a size like 1024x1024"
        raise invalid(
            f"Invalid aspect ratio {shape[:40]!r}: expected one of {known}{more}.", "shape"
        )
    ratio = int(match[1]) / int(match[2])
    return min(sizes.values(), key=lambda size: abs(size[0] / size[1] - ratio))
