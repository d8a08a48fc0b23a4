"""A request that repeats on its connection: what another worker changes is in force at once."""

from __future__ import annotations

import pytest

from tests.workers.servers import Connection

pytestmark = pytest.mark.skipif("sys.platform != 'linux'", reason="the tables of Linux are needed")

REPEATS = 6
"""Equal requests, of which all but the first two are answered without the steps between."""


def ask_repeatedly(connection: Connection) -> list[str]:
    """Return the ids of equal requests on one connection."""
    return [connection.ask()[1]["id"] for _ in range(REPEATS)]


def test_ids_differ_and_the_journal_has_all(pair: list[Connection]) -> None:
    ids = [one for connection in pair for one in ask_repeatedly(connection)]
    assert len(set(ids)) == len(ids) == 2 * REPEATS
    assert len(pair[0].get("/_mockgem/journal?limit=100")["entries"]) == 2 * REPEATS


def test_a_rule_of_another_worker_ends_repetition(pair: list[Connection]) -> None:
    first, second = pair
    ask_repeatedly(first)
    for turn in range(3):
        second.send("POST", "/_mockgem/rules", {"rule": {"say": "scripted"}, "position": "first"})
        assert first.ask()[1]["choices"][0]["message"]["content"] == "scripted"
        second.send("POST", "/_mockgem/reset")
        assert first.ask()[1]["choices"][0]["message"]["content"] != "scripted", turn
        ask_repeatedly(first)


def test_a_clock_that_another_worker_moves_is_in_force(pair: list[Connection]) -> None:
    first, second = pair
    ask_repeatedly(first)
    before = first.ask()[1]["created"]
    assert second.send("POST", "/_mockgem/clock", {"advance": "1000h"})[0] == 200
    assert first.ask()[1]["created"] - before >= 3_600_000
