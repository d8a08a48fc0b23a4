"""Keys of turns: replies are cached by them."""

from __future__ import annotations

from dataclasses import replace

from mockgem.core.content import Text, Tool, Turn
from mockgem.operations.generate_request import GenerateRequest
from mockgem.operations.live.turn import compute_key


def test_all_that_a_reply_depends_on_is_in_its_key() -> None:
    hello = GenerateRequest("m", (Turn("user", (Text("Hello"),)),))
    others = [
        replace(hello, model="n"),
        replace(hello, system="Be brief."),
        replace(hello, tools=(Tool("a", "", {}),)),
        replace(hello, turns=(Turn("model", (Text("Hello"),)),)),
        replace(hello, turns=(Turn("user", (Text("Hello!"),)),)),
        replace(hello, turns=(*hello.turns, Turn("model", (Text("Hi"),)))),
        replace(hello, turns=(Turn("user", (Text("Hel"), Text("lo"))),)),
    ]
    keys = {compute_key(one) for one in [hello, *others]}
    assert len(keys) == len(others) + 1
    assert compute_key(hello) == compute_key(replace(hello, turns=tuple(hello.turns)))
