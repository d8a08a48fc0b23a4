"""Check the parameters and inputs of Veo and Imagen, in the reported words of the service.

The service names a parameter that a model does not have, and a value that it does not accept.
Vertex AI ignores names that it does not know, and accepts a length that it cannot make: then the
video's operation fails.

Evidence: report-veo-parameters, report-veo-duration, report-veo-resolution, report-veo-persons,
report-number-out-of-bound, report-vertex-veo-duration, report-vertex-veo-unknown-names, doc-veo,
doc-imagen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockgem.core.errors import ApiError, invalid
from mockgem.core.frozen import frozen

Json = dict[str, Any]
HELP = "refer to the Gemini API documentation for supported usage."


@frozen
class ParameterRules:
    """What one family of models accepts.

    Attributes:
        instance_fields: The names of an instance's fields.
        values: The accepted values of parameters with a fixed list.
        numbers: The accepted numbers of parameters; the service mentions only the lowest and the
            highest.
        others: Parameters with any value.
        persons: The accepted values of personGeneration, without and with an input image.
    """

    instance_fields: frozenset[str]
    values: Mapping[str, Sequence[str]]
    numbers: Mapping[str, Sequence[int]]
    others: frozenset[str]
    persons: tuple[Sequence[str], Sequence[str]]


ALL_PERSONS = ("dont_allow", "allow_adult", "allow_all")
VIDEO_FIELDS = frozenset(("prompt", "image", "lastFrame", "video", "referenceImages"))
VIDEO_SHAPES = ("16:9", "9:16")
VIDEO_OTHERS = frozenset(("negativePrompt", "enhancePrompt", "webhookConfig", "labels"))
VEO_3_1 = ParameterRules(
    VIDEO_FIELDS,
    {"aspectRatio": VIDEO_SHAPES, "resolution": ("720p", "1080p", "4k")},
    {"durationSeconds": (4, 6, 8), "sampleCount": (1,)},
    VIDEO_OTHERS | {"seed"},
    (("allow_all",), ("allow_adult",)),
)
VEO_3_1_LITE = ParameterRules(
    VIDEO_FIELDS,
    {"aspectRatio": VIDEO_SHAPES, "resolution": ("720p", "1080p")},
    VEO_3_1.numbers,
    VEO_3_1.others,
    VEO_3_1.persons,
)
VEO_3 = ParameterRules(
    frozenset(("prompt", "image")),
    {"aspectRatio": VIDEO_SHAPES, "resolution": ("720p", "1080p")},
    VEO_3_1.numbers,
    VEO_3_1.others,
    VEO_3_1.persons,
)
VEO_2 = ParameterRules(
    frozenset(("prompt", "image", "lastFrame")),
    {"aspectRatio": VIDEO_SHAPES},
    {"durationSeconds": (5, 6, 7, 8), "sampleCount": (1, 2)},
    VIDEO_OTHERS,
    (ALL_PERSONS, ("dont_allow", "allow_adult")),
)
IMAGEN = ParameterRules(
    frozenset(("prompt", "image")),
    {
        "aspectRatio": ("1:1", "3:4", "4:3", "9:16", "16:9"),
        "sampleImageSize": ("1K", "2K"),
        "imageSize": ("1K", "2K"),
    },
    {},
    frozenset(
        """sampleCount negativePrompt guidanceScale seed safetySetting language includeRaiReason
        includeSafetyAttributes outputOptions enhancePrompt addWatermark labels""".split()
    ),
    (ALL_PERSONS, ALL_PERSONS),
)
RULES = {
    "veo-3.1-lite": VEO_3_1_LITE,
    "veo-3.1": VEO_3_1,
    "veo-3.0": VEO_3,
    "veo-2.0": VEO_2,
    "imagen": IMAGEN,
}
"""The rules by the beginning of a model's name; the first that fits applies."""
IMAGE_FIELDS = frozenset(("bytesBase64Encoded", "mimeType", "gcsUri", "inlineData"))
LONG_VIDEO_SECONDS = 8
DEFAULT_SECONDS = 8


def check_parameters(model: str, instances: Sequence[Json], parameters: Json) -> None:
    """Refuse parameters and inputs that a model does not have.

    Raises:
        ApiError: The first of them, with the reported sentence.
    """
    name = model.removeprefix("models/")
    rules = next((rules for prefix, rules in RULES.items() if name.startswith(prefix)), None)
    if rules is None:
        return
    for instance in instances:
        check_instance(instance, rules)
    for key, value in parameters.items():
        if value is not None:
            check_parameter(key, value, rules, has_image=has_image(instances))
    check_resolution(parameters)


def has_image(instances: Sequence[Json]) -> bool:
    return any("image" in each or "referenceImages" in each for each in instances)


def check_instance(instance: Json, rules: ParameterRules) -> None:
    for key in instance:
        if key not in rules.instance_fields:
            raise unsupported_error(key)
    for key in ("image", "lastFrame"):
        image = instance.get(key)
        if isinstance(image, dict):
            for field in image:
                if field not in IMAGE_FIELDS:
                    raise unsupported_error(field)
    video = instance.get("video")
    if isinstance(video, dict) and "encoding" in video:
        raise unsupported_error("encoding")


def check_parameter(key: str, value: Any, rules: ParameterRules, *, has_image: bool) -> None:
    if key == "personGeneration":
        check_persons(str(value), rules.persons[has_image])
    elif key in rules.values:
        if str(value) not in rules.values[key]:
            raise invalid(
                f"`{key}` does not support `{str(value)[:40]}` as a valid value. Please {HELP}",
                "parameter",
            )
    elif key in rules.numbers:
        check_number(key, value, rules.numbers[key])
    elif key not in rules.others:
        raise unsupported_error(key)


def check_persons(value: str, allowed: Sequence[str]) -> None:
    """Check who may be in a video: other values with an image than without (documented)."""
    if value.lower() not in allowed:
        raise invalid(
            f"{value.lower()[:40]} for personGeneration is currently not supported.", "parameter"
        )


def check_number(key: str, value: Any, allowed: Sequence[int]) -> None:
    """Check a number. A number between two accepted ones gets the same sentence (reported)."""
    if str(value) not in map(str, allowed):
        raise invalid(
            f"The number value for `{key}` is out of bound. Please provide a value between "
            f"{allowed[0]} and {allowed[-1]}, inclusive.",
            "parameter",
        )


def check_resolution(parameters: Json) -> None:
    """Refuse a high resolution of a short video (reported)."""
    seconds = str(parameters.get("durationSeconds") or DEFAULT_SECONDS)
    resolution = parameters.get("resolution")
    if resolution in ("1080p", "4k") and seconds != str(LONG_VIDEO_SECONDS):
        raise invalid(
            f"{resolution} is not supported for a duration of {seconds} seconds.", "parameter"
        )


def unsupported_error(name: str) -> ApiError:
    return invalid(
        f"`{name[:100]}` isn't supported by this model. Please remove it or {HELP}", "parameter"
    )


# Vertex AI

VERTEX_DURATIONS = {
    "text_to_video": (8, 4, 6),
    "image_to_video": (8, 4, 6),
    "reference_to_video": (8,),
    "video_extension": (7,),
}
"""The seconds that Veo 3 makes for each feature, in the order of the service's sentence."""
VERTEX_DURATIONS_VEO_2 = {"text_to_video": (8, 5, 6, 7), "image_to_video": (8, 5, 6, 7)}


def find_vertex_problem(model: str, instances: Sequence[Json], parameters: Json) -> str:
    """Return the reported sentence with which a video on Vertex AI fails, or nothing."""
    is_old = model.removeprefix("models/").startswith("veo-2.0")
    feature = find_feature(instances[0]) if instances else "text_to_video"
    allowed = (VERTEX_DURATIONS_VEO_2 if is_old else VERTEX_DURATIONS).get(feature, ())
    seconds = parameters.get("durationSeconds")
    if seconds is None or not allowed or str(seconds) in map(str, allowed):
        return ""
    return (
        f"Unsupported output video duration {str(seconds)[:20]} seconds, supported durations are "
        f"[{','.join(map(str, allowed))}] for feature {feature}."
    )


def find_feature(instance: Json) -> str:
    """Return the name of what a video is made from, as the service's sentence has it."""
    if instance.get("referenceImages"):
        return "reference_to_video"
    if instance.get("video"):
        return "video_extension"
    return "image_to_video" if instance.get("image") else "text_to_video"
