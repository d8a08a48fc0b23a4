"""What each family of Veo and Imagen accepts, in the words of the service."""

from __future__ import annotations

from typing import Any

import pytest

from mockgem.core.errors import ApiError
from mockgem.dialects.gemini.predict_parameters import check_parameters, find_vertex_problem

HELP = "refer to the Gemini API documentation for supported usage."
VIDEO_FIELDS = ("prompt", "image", "lastFrame", "video", "referenceImages")
OTHERS = ("negativePrompt", "enhancePrompt", "webhookConfig", "labels")
ALL = ("dont_allow", "allow_adult", "allow_all")
FAMILIES: dict[str, dict[str, Any]] = {
    "veo-3.1-generate-preview": {
        "fields": VIDEO_FIELDS,
        "aspectRatio": ("16:9", "9:16"),
        "resolution": ("720p", "1080p", "4k"),
        "durationSeconds": (4, 6, 8),
        "sampleCount": (1,),
        "others": (*OTHERS, "seed"),
        "persons": (("allow_all",), ("allow_adult",)),
    },
    "veo-3.1-lite-generate-preview": {
        "fields": VIDEO_FIELDS,
        "aspectRatio": ("16:9", "9:16"),
        "resolution": ("720p", "1080p"),
        "durationSeconds": (4, 6, 8),
        "sampleCount": (1,),
        "others": (*OTHERS, "seed"),
        "persons": (("allow_all",), ("allow_adult",)),
    },
    "veo-3.0-generate-001": {
        "fields": ("prompt", "image"),
        "aspectRatio": ("16:9", "9:16"),
        "resolution": ("720p", "1080p"),
        "durationSeconds": (4, 6, 8),
        "sampleCount": (1,),
        "others": (*OTHERS, "seed"),
        "persons": (("allow_all",), ("allow_adult",)),
    },
    "models/veo-2.0-generate-001": {
        "fields": ("prompt", "image", "lastFrame"),
        "aspectRatio": ("16:9", "9:16"),
        "durationSeconds": (5, 6, 7, 8),
        "sampleCount": (1, 2),
        "others": OTHERS,
        "persons": (ALL, ("dont_allow", "allow_adult")),
    },
    "imagen-4.0-generate-001": {
        "fields": ("prompt", "image"),
        "aspectRatio": ("1:1", "3:4", "4:3", "9:16", "16:9"),
        "sampleImageSize": ("1K", "2K"),
        "imageSize": ("1K", "2K"),
        "others": tuple(
            """sampleCount negativePrompt guidanceScale seed safetySetting language
            includeRaiReason includeSafetyAttributes outputOptions enhancePrompt addWatermark
            labels""".split()
        ),
        "persons": (ALL, ALL),
    },
}
NUMBERS = ("durationSeconds", "sampleCount")
NAMES = sorted(
    {name for rules in FAMILIES.values() for name in rules} - {"fields", "others", "persons"}
)


def check(model: str, parameters: Any, **instance: Any) -> str:
    """Return the message of a refusal, or nothing."""
    try:
        check_parameters(model, [{"prompt": "a", **instance}], parameters)
    except ApiError as error:
        return error.failure.message
    return ""


def unsupported(name: str) -> str:
    return f"`{name}` isn't supported by this model. Please remove it or {HELP}"


@pytest.mark.parametrize("model", FAMILIES)
@pytest.mark.parametrize("name", NAMES)
def test_each_parameter_has_its_values(model: str, name: str) -> None:
    rules = FAMILIES[model]
    for value in rules.get(name, ()):
        # A high resolution needs the length that videos have without a parameter.
        assert check(model, {name: value}) == "", value
    if name in rules and name in NUMBERS and "imagen" not in model:
        least, most = rules[name][0], rules[name][-1]
        for value in (least - 1, most + 1, "x", None):
            expected = (
                f"The number value for `{name}` is out of bound. Please provide a value between "
                f"{least} and {most}, inclusive."
            )
            assert check(model, {name: value}) == ("" if value is None else expected)
    elif name in rules:
        assert check(model, {name: "poem"}) == (
            f"`{name}` does not support `poem` as a valid value. Please {HELP}"
        )
    elif name not in rules["others"]:
        assert check(model, {name: 1}) == unsupported(name)


@pytest.mark.parametrize("model", FAMILIES)
def test_other_parameters_have_any_value(model: str) -> None:
    for name in FAMILIES[model]["others"]:
        assert check(model, {name: "anything"}) == ""
    assert check(model, {"poem": 1}) == unsupported("poem")
    assert check("gemini-2.5-flash", {"poem": 1}) == "", "another check refuses this model"


@pytest.mark.parametrize("model", FAMILIES)
def test_who_may_be_in_a_picture_depends_on_the_input(model: str) -> None:
    without, with_image = FAMILIES[model]["persons"]
    for person in ALL:
        refusal = f"{person} for personGeneration is currently not supported."
        given = {"personGeneration": person.upper()}
        assert check(model, given) == ("" if person in without else refusal)
        assert check(model, given, image={}) == ("" if person in with_image else refusal)
    if "referenceImages" in FAMILIES[model]["fields"]:
        given = {"personGeneration": "allow_adult"}
        assert check(model, given, referenceImages=[{}]) == ""


@pytest.mark.parametrize("model", FAMILIES)
def test_an_instance_has_known_fields(model: str) -> None:
    for name in VIDEO_FIELDS:
        expected = "" if name in FAMILIES[model]["fields"] else unsupported(name)
        assert check(model, {}, **{name: {}}) == expected
    whole = dict.fromkeys(("bytesBase64Encoded", "mimeType", "gcsUri", "inlineData"), "a")
    assert check(model, {}, image=whole) == ""
    assert check(model, {}, image={**whole, "poem": 1}) == unsupported("poem")


def test_a_last_frame_is_an_image_and_a_video_has_no_encoding() -> None:
    model = "veo-3.1-generate-preview"
    assert check(model, {}, lastFrame={"poem": 1}) == unsupported("poem")
    assert check(model, {}, video={"uri": "a"}) == ""
    assert check(model, {}, video={"encoding": "a"}) == unsupported("encoding")
    assert check(model, {}, video="a", image="b") == ""


@pytest.mark.parametrize("resolution", ["1080p", "4k", "720p"])
def test_a_high_resolution_needs_eight_seconds(resolution: str) -> None:
    model = "veo-3.1-generate-preview"
    assert check(model, {"resolution": resolution}) == ""
    assert check(model, {"resolution": resolution, "durationSeconds": "8"}) == ""
    expected = f"{resolution} is not supported for a duration of 6 seconds."
    found = check(model, {"resolution": resolution, "durationSeconds": 6})
    assert found == ("" if resolution == "720p" else expected)


@pytest.mark.parametrize(
    ("model", "instance", "allowed", "feature"),
    [
        ("veo-3.1-generate-preview", {}, "8,4,6", "text_to_video"),
        ("veo-3.1-generate-preview", {"image": {"a": 1}}, "8,4,6", "image_to_video"),
        ("veo-3.1-generate-preview", {"referenceImages": [1]}, "8", "reference_to_video"),
        ("veo-3.1-generate-preview", {"video": {"a": 1}}, "7", "video_extension"),
        ("models/veo-2.0-generate-001", {}, "8,5,6,7", "text_to_video"),
        ("veo-2.0-generate-001", {"image": {"a": 1}}, "8,5,6,7", "image_to_video"),
    ],
)
def test_vertex_ai_makes_videos_of_some_lengths(
    model: str, instance: Any, allowed: str, feature: str
) -> None:
    def find(seconds: Any) -> str:
        return find_vertex_problem(model, [instance], {"durationSeconds": seconds})

    assert [find(int(seconds)) for seconds in allowed.split(",")] == [""] * len(allowed.split(","))
    assert find(None) == ""
    for seconds in ("9", 3, "x" * 30):
        assert find(seconds) == (
            f"Unsupported output video duration {str(seconds)[:20]} seconds, supported durations "
            f"are [{allowed}] for feature {feature}."
        )


def test_vertex_ai_knows_no_lengths_of_older_features() -> None:
    given = {"durationSeconds": 99}
    assert find_vertex_problem("veo-2.0-generate-001", [{"video": {"a": 1}}], given) == ""
    assert "text_to_video" in find_vertex_problem("veo-2.0-generate-001", [], given)
