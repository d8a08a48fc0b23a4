"""Handles by which a Live session can be resumed: the latest ones."""

from __future__ import annotations

from typing import Any

from mockgem.core.call import OperationContext
from mockgem.core.content import Text, Turn
from mockgem.core.errors import ApiError
from mockgem.dialects.gemini.live.session import LiveSession
from mockgem.operations.generate_request import GenerateRequest
from mockgem.operations.live.resumption import load_history
from mockgem.operations.live.turn import LiveTurn
from tests.asking import Asker


async def test_the_last_three_handles_of_a_session_can_be_resumed() -> None:
    world = Asker().world
    endpoint: Any = None
    session = LiveSession("v1beta", OperationContext(world), endpoint)
    for number in range(5):
        step: Any = session.save(f"h{number}", (Turn("user", (Text(f"{number}"),)),))
        await step.work()
    found = [await load_history(f"h{number}", world) for number in range(5)]
    assert [isinstance(one, ApiError) for one in found] == [True, True, False, False, False]
    assert found[2:] == [(Turn("user", (Text(f"{number}"),)),) for number in (2, 3, 4)]


def test_conditions_of_rules_know_a_turn_of_a_socket() -> None:
    question = GenerateRequest("m", (Turn("user", (Text("Hi"),)),))
    turn = LiveTurn(question, "m")
    assert (turn.is_socket, turn.stream, turn.model) == (True, True, "m")
