"""Convert the request that created a live interaction to the configuration of its sockets."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mockgem.core.content import Text, Turn
from mockgem.core.frozen import frozen
from mockgem.core.world import World
from mockgem.dialects.interactions.create_request import build_question, parse_servers
from mockgem.operations.live.messages import LiveConfig
from mockgem.operations.live.models import METHOD, LiveFamily, find_family
from mockgem.operations.live.question import choose_speech, prepare_question
from mockgem.operations.mcp.client import McpServer
from mockgem.operations.validation import check_request, find_model
from mockgem.operations.validation.gemini_options import check_voices

Json = dict[str, Any]


@frozen
class LiveSetup:
    """What a request chooses. `servers` are the MCP servers whose tools the model may call."""

    config: LiveConfig
    family: LiveFamily
    servers: tuple[McpServer, ...] = ()

    def describe_speech(self, seed: int) -> Json:
        """Return how the interaction speaks, for the state; nothing if it writes."""
        if not self.config.speaks:
            return {}
        return {
            "voice": self.config.voice,
            "seed": seed,
            "transcribes": self.config.transcribes_output,
        }


def decode_setup(body: Json, world: World) -> LiveSetup:
    """Return the setup for a Live model, or for a model that writes.

    Raises ApiError for an unknown model, and for what the model refuses.
    """
    name = body["model"]
    known = world.catalogue.find(name, world.clock())
    is_live = known is not None and METHOD in known.methods
    transcribes = "transcription_config" in body.get("generation_config", {})
    question = build_question({**body, "input": [], "stream": True})
    if known is not None and is_live:
        family = find_family(known)
        speaks = choose_speech(question, known, family)
        check_voices(question)
        voices = question.gemini_options.voices
        question = replace(question, model=family.writer)
        question = prepare_question(question, replace(family, shows_thoughts=False), world)
    else:
        model = find_model(name, "generateContent", world)
        family, speaks, voices = LiveFamily(model.id, speaks_only=False), False, ()
        sample = replace(question, turns=(Turn("user", (Text("Hello"),)),))
        check_request(sample, model, lenient=world.lenient)
    config = LiveConfig(
        model=name,
        question=question,
        speaks=speaks,
        voice=voices[0] if voices else "",
        transcribes_input=transcribes,
        transcribes_output=transcribes,
    )
    return LiveSetup(
        config, LiveFamily(family.writer, family.speaks_only), parse_servers(body.get("tools", ()))
    )
