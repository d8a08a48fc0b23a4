"""What arrives of a client's messages on a socket, fault by fault."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockgem.core.sockets import SocketMessage
from mockgem.faults.client_messages import disturb
from mockgem.faults.registry import Stage, all_faults
from mockgem.scenarios.loader import BadScenario, parse_scenario
from tests.faults.streams import make
from tests.scenarios.playing import Player, rules

CLIENT_FAULTS = [name for name, one in all_faults().items() if one.stage is Stage.CLIENT_MESSAGES]
SENT = ["setup", "one", "two", "three", "four"]
ARRIVES: dict[str, list[str]] = {
    "client_drop": ["setup", "two", "three", "four"],
    "client_duplicate": ["setup", "one", "one", "two", "three", "four"],
    "client_stall": ["setup", "one+0.5", "two", "three", "four"],
    "client_reorder": ["setup", "two", "one", "three", "four"],
    "client_truncate": ["setup", "o", "two", "three", "four"],
    "client_garble": ["setup", 'o""\\xff', "two", "three", "four"],
    "client_cut": ["setup", "<close>"],
}
"""What arrives of the messages by default, with the seconds that one is late."""


def send(*faults: Any, texts: list[str] = SENT) -> list[str]:
    """Return what arrives, until the connection is cut."""
    found: list[str] = []
    for number, text in enumerate(texts, 1):
        delivery = disturb(faults, number, SocketMessage(text.encode(), is_text=True))
        for one in delivery.arrivals:
            assert one.message.is_text
            late = f"+{one.delay:g}" if one.delay else ""
            found.append(one.message.data.decode("ascii", "backslashreplace") + late)
        if delivery.dropped is not None:
            return [*found, f"<{delivery.dropped.mode}>"]
    return found


def test_every_fault_of_the_client_is_in_the_table() -> None:
    assert set(ARRIVES) == set(CLIENT_FAULTS)
    assert all(name.startswith("client_") for name in CLIENT_FAULTS)


@pytest.mark.parametrize("name", ARRIVES)
def test_the_first_message_after_the_setup_is_disturbed_by_default(name: str) -> None:
    assert send(make(name, for_=0.5)) == ARRIVES[name]


@pytest.mark.parametrize("name", ARRIVES)
def test_a_position_is_the_number_of_a_message(name: str) -> None:
    assert send(make(name, at="first", for_=0.5))[:2] != SENT[:2]
    assert send(make(name, at=4, for_=0.5))[:3] == SENT[:3]
    assert send(make(name, at=9, for_=0.5)) == SENT


def test_several_messages() -> None:
    assert send(make("client_drop", times=3)) == ["setup", "four"]
    assert send(make("client_duplicate", times=3)) == ["setup", *["one"] * 4, *SENT[2:]]


def test_a_fault_does_not_move_the_messages_of_another_one() -> None:
    faults = make("client_drop", at=2), make("client_duplicate", at=3), make("client_cut", at=5)
    assert send(*faults) == ["setup", "two", "two", "three", "<close>"]
    turned = make("client_reorder", at=2), make("client_stall", at=2, for_=1.0)
    assert send(*turned) == ["setup", "two", "one+1", "three", "four"]


def test_messages_may_change_places_at_the_end_and_twice() -> None:
    assert send(make("client_reorder", at=5)) == SENT[:4]
    twice = make("client_reorder", at=2), make("client_reorder", at=4)
    assert send(*twice) == ["setup", "two", "one", "four", "three"]


def test_the_faults_that_act_on_a_message_are_named() -> None:
    faults = [make("client_drop", at=2, times=2), make("client_stall", at=3, for_=1.0)]
    names = [disturb(faults, number, SocketMessage(b"x")).faults for number in range(1, 5)]
    assert names == [(), ("client_drop",), ("client_drop", "client_stall"), ()]


@pytest.mark.parametrize("at", ["50%", "last", "start", "head", "20 tokens", "9 bytes"])
def test_positions_that_need_the_end_of_a_client_are_refused(at: str) -> None:
    fault = json.dumps([{"fault": "client_drop", "at": at}])
    with pytest.raises(BadScenario, match="the number of a message of the client"):
        parse_scenario(rules(f"{{faults: {fault}}}"))


@pytest.mark.parametrize("stream", [False, True])
def test_faults_of_the_client_leave_requests_alone(stream: bool) -> None:
    usual = Player(rules("{headers: {x: y}}")).chat("hi", stream=stream).body
    text = json.dumps({"faults": CLIENT_FAULTS, "headers": {"x": "y"}})
    player = Player(rules(text))
    assert player.chat("hi", stream=stream).body == usual
    (call,) = player.send("GET", "/_mockgem/verdict").json["calls"]
    assert call.get("faults", []) == []
