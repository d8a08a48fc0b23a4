"""Check the options that only Google's own API has: log probabilities, modalities and voices."""

from __future__ import annotations

from mockgem.core.errors import invalid
from mockgem.core.models import Model
from mockgem.operations.generate_request import GenerateRequest
from mockgem.operations.validation.models import name_model
from mockgem.operations.validation.tools import check_builtin_tools

MAX_LOGPROBS = 20
"""The highest number of alternatives per token (documented).

Evidence: doc-api-reference.
"""
VOICES = frozenset(
    """achernar achird algenib algieba alnilam aoede autonoe callirrhoe charon despina enceladus
    erinome fenrir gacrux iapetus kore laomedeia leda orus puck pulcherrima rasalgethi sadachbia
    sadaltager schedar sulafat umbriel vindemiatrix zephyr zubenelgenubi""".split()
)


def check_gemini_options(request: GenerateRequest, model: Model) -> None:
    """Check modalities, built-in tools and log probabilities.

    Vertex AI returns log probabilities of Gemini 2.5 too (recorded 4 times).

    Evidence: recorded-vertex-logprobs.

    Evidence: report-named-models, report-tool-call-circulation.
    """
    check_modalities(request, model)
    options = request.gemini_options
    if options.has_tool_calls_switch and model.generation < 3 and not options.is_vertex:
        message = f"Tool call context circulation is not enabled for {name_model(model)}"
        raise invalid(message, "tool_calls_switch")
    check_builtin_tools(request, model)
    families = ("1.5", "2.0", "2.5") if options.is_vertex else ("1.5", "2.0")
    if options.response_logprobs and model.family not in families:
        message = f"Logprobs is not enabled for {name_model(model)}"
        raise invalid(message, "logprobs")
    if options.logprobs is not None and not options.response_logprobs:
        message = (
            "* GenerateContentRequest.generation_config.logprobs: only valid if response_logprobs "
            "is true.\n"
        )
        raise invalid(message, "logprobs_alone")
    if not 0 <= (options.logprobs or 0) <= MAX_LOGPROBS:
        raise invalid("Request contains an invalid argument.", "logprobs_range")


def check_modalities(request: GenerateRequest, model: Model) -> None:
    """Check the response modalities.

    Text models answer that they only support text (recorded); image and speech models list the
    combinations that they accept.

    Evidence: native-110-generateContent-400.
    """
    modalities = request.gemini_options.modalities
    accepted = {"speech": (("AUDIO",),), "image": (("IMAGE",), ("TEXT",), ("IMAGE", "TEXT"))}.get(
        model.kind, (("TEXT",),)
    )
    chosen = tuple(sorted(set(modalities))) or ("TEXT",)
    if model.kind == "image" and not modalities:
        return
    if chosen in accepted:
        return
    if model.kind not in ("speech", "image"):
        raise invalid("This model only supports text output.", "modalities")
    combinations = "".join(f"* {', '.join(combination)}\n" for combination in accepted)
    raise invalid(
        f"The requested combination of response modalities ({', '.join(chosen)}) is not supported "
        f"by the model. models/{model.id} accepts the following combination of response "
        f"modalities:\n{combinations}",
        "modalities",
    )


def check_voices(request: GenerateRequest) -> None:
    """Check the voices of a speech request: known names, and two speakers if there are several.

    Both refusals are reported by users.

    Evidence: doc-speech-generation.
    """
    voices = request.gemini_options.voices
    speakers = [voice for voice in voices if ": " in voice]
    if speakers and len(speakers) != 2:
        message = (
            "* GenerateContentRequest.generation_config.speech_config.multi_speaker_voice_config: "
        )
        raise invalid(message + "the number of enabled_voices must equal 2\n", "voices")
    for voice in voices:
        check_voice(voice.rpartition(": ")[2])


def check_voice(name: str) -> None:
    """Raise ApiError for a voice that Gemini does not have; no name is the default voice."""
    if name and name.lower() not in VOICES:
        allowed = ", ".join(sorted(VOICES))
        raise invalid(
            f"Voice name {name} is not supported. Allowed voice names are: {allowed}", "voices"
        )
