"""The last source: performs the operation itself."""

from __future__ import annotations

from mockgem.core.call import Answer, Call, Invalid, Occasion
from mockgem.core.errors import ApiError, Unrouted


class Engine:
    """Answers every call: with the operation's result, or with why there is none."""

    async def answer(self, call: Call) -> Answer:
        if isinstance(call.request, Invalid):
            return Answer(call.request.failure, "engine")
        if call.endpoint is None or isinstance(call.request, Unrouted):
            return Answer(call.request, "nobody")
        occasion = Occasion(call.world, call.key, call.world.hear(call.key), call.said)
        try:
            return Answer(await call.endpoint.operation(call.request, occasion), "engine")
        except ApiError as error:
            return Answer(error.failure, "engine")
