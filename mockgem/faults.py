"""What can happen to an answer on its way: each fault is a function from frames to frames."""

from __future__ import annotations

from mockgem.core.call import Fault
from mockgem.core.wire import Frame, Frames


def paced(seconds: float) -> Fault:
    """A wait before every frame, as a model takes its time."""

    async def apply(frames: Frames) -> Frames:
        async for frame in frames:
            yield Frame(frame.data, frame.delay + seconds)

    return apply
