"""What an answer is charged for, wherever it came from: tokens, images, seconds, songs."""

from __future__ import annotations

import re
from typing import Any

from mockgem.core.call import Call, VerbatimResponse
from mockgem.core.content import Usage
from mockgem.core.errors import Failure
from mockgem.core.http import ChunkedBody, WireResponse
from mockgem.core.models import Model
from mockgem.core.token_counts import read_usage
from mockgem.operations.audio import SpeakRequest, Transcript
from mockgem.operations.costs.prices import Consumption
from mockgem.operations.draft import Draft
from mockgem.operations.embed import EmbedResult
from mockgem.operations.generators import tokens
from mockgem.operations.usage import AUDIO_TOKENS_PER_SECOND, image_tokens_for
from mockgem.operations.videos import Video

PCM_BYTES_PER_SECOND = 48_000


def is_charged(call: Call) -> bool:
    """Return whether the real service charges for a request.

    It does so for the requests that count for its quotas: to read a stored reply again costs
    nothing, although it has token counts.
    """
    return call.endpoint is not None and call.endpoint.uses_quota


def find_consumption(
    call: Call, content: Any, response: WireResponse | None = None
) -> Consumption | None:
    """Return what an answer is charged for; None for nothing, and if only its end will tell.

    `response` is the encoded answer, if it is there already.
    """
    if isinstance(content, VerbatimResponse):
        response = content.response
    if not is_charged(call) or isinstance(content, Failure):
        return None
    if response is not None and response.status >= 400:
        return None
    if (usage := usage_of_content(content)) is not None:
        return Consumption(usage, songs=1)
    if (media := consumption_of_media(call, content)) is not None:
        return media
    return None if response is None else consumption_of_body(response.body)


def consumption_of_body(body: Any) -> Consumption | None:
    """Return what a whole body counts."""
    data = body.encoded if isinstance(body, ChunkedBody) else body
    usage = read_usage(data) if isinstance(data, bytes) else None
    return None if usage is None else Consumption(usage, songs=1)


def usage_of_content(content: Any) -> Usage | None:
    """Return the tokens of an answer that mockgem generated."""
    if isinstance(content, VerbatimResponse):
        return None
    draft = getattr(content, "draft", None)
    if isinstance(draft, Draft):
        return draft.usage
    if isinstance(content, EmbedResult):
        return Usage(content.tokens, 0, prompt_modalities=content.modality_tokens)
    return None


def consumption_of_media(call: Call, content: Any) -> Consumption | None:
    """Return the images, the speech, the transcript or the video that mockgem made."""
    request = call.request
    if isinstance(video := getattr(content, "video", None), Video):
        if video.told.get("problem"):  # only videos that come about are charged
            return None
        return Consumption(seconds=video.told["seconds"], resolution=find_resolution(call, video))
    if isinstance(content, bytes) and isinstance(getattr(request, "question", None), SpeakRequest):
        return consume_speech(request.question.text, content)
    if isinstance(content, Transcript):
        return consume_transcript(content)
    images = content if isinstance(content, tuple) else getattr(content, "images", None)
    if isinstance(images, tuple) and images:
        model = call.world.catalogue.find(call.model, call.world.clock())
        return consume_images(getattr(request, "question", request).prompt, len(images), model)
    return None


def consume_images(prompt: str, count: int, model: Model | None) -> Consumption:
    """Return images, with their tokens for models that charge these."""
    made = count * (1120 if model is None else image_tokens_for(model))
    usage = Usage(tokens.count_tokens(prompt), made, output_modalities=(("IMAGE", made),))
    return Consumption(usage, images=count)


def consume_speech(text: str, pcm: bytes) -> Consumption:
    made = -(-len(pcm) * AUDIO_TOKENS_PER_SECOND // PCM_BYTES_PER_SECOND)
    return Consumption(Usage(tokens.count_tokens(text), made, output_modalities=(("AUDIO", made),)))


def consume_transcript(transcript: Transcript) -> Consumption:
    heard = round(transcript.seconds * AUDIO_TOKENS_PER_SECOND)
    made = tokens.count_tokens(transcript.text)
    return Consumption(Usage(heard, made, prompt_modalities=(("AUDIO", heard),)))


def find_resolution(call: Call, video: Video) -> str:
    """Return 360p, 720p, 1080p or 4k, which a request names, or which its size means."""
    parameters = getattr(call.request, "parameters", {})
    if isinstance(named := parameters.get("resolution"), str):
        return named.lower()
    sides = re.findall(r"\d+", str(video.told.get("shape", "")))
    lines = min(map(int, sides), default=0) if len(sides) == 2 else 0
    return "4k" if lines >= 2160 else "1080p" if lines >= 1024 else "720p"
