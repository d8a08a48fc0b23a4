"""The reply to one prompt, and the form that gave it, without a server."""

from __future__ import annotations

from mockgem.core.content import Text, Turn
from mockgem.core.models import Model
from mockgem.operations.forms.formed_reply import FormedReply
from mockgem.operations.forms.registry import find_reply
from mockgem.operations.forms.trigger_words import may_ask_for_form
from mockgem.operations.generate_request import GenerateRequest, collect_seed_facts
from mockgem.operations.generators.reply import put_input_into, read_question, write_text
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.tool_history import NO_HISTORY
from mockgem.operations.usage import estimate_thinking_tokens

PROSE = "prose"
"""The name that stands for plain prose among the names of forms."""


def ask(
    prompt: str, model: Model, *, system: str = "", seed: int = 0, plain: bool = False
) -> FormedReply:
    """Return what a server replies to a chat with one message, and the name of the reply's form."""
    request = GenerateRequest(model.id, (Turn("user", (Text(prompt),)),), system)
    random = SeededRandom(seed, *collect_seed_facts(request, model))
    estimate_thinking_tokens(request, model, random, lenient=False)
    prompt = put_input_into(prompt)
    if not plain and may_ask_for_form(prompt, system, request.turns):
        formed = find_reply(read_question(request, prompt, NO_HISTORY, random))
        if formed is not None:
            return formed
    return FormedReply(PROSE, write_text(request, prompt, NO_HISTORY, random, plain=plain))
