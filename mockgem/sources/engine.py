"""The last source, which performs the operation and so answers every call."""

from __future__ import annotations

from mockgem.core.call import Answer, Call, InvalidRequest, OperationContext
from mockgem.core.errors import ApiError, RouteNotFound
from mockgem.core.scheduling import LARGE_BODY


class Engine:
    """Answers with the result of the operation, or with its failure."""

    async def answer(self, call: Call) -> Answer:
        if isinstance(call.request, InvalidRequest):
            return Answer(call.request.failure, "engine")
        if call.endpoint is None or isinstance(call.request, RouteNotFound):
            return Answer(call.request, "nobody")
        repeat_count = await call.world.request_counts.increment(call.key)
        context = OperationContext(
            call.world,
            call.key,
            repeat_count,
            call.scripted_reply,
            call.overrides,
            len(call.wire.body) > LARGE_BODY,
        )
        try:
            return Answer(await call.endpoint.operation(call.request, context), "engine")
        except ApiError as error:
            return Answer(error.failure, "engine")
