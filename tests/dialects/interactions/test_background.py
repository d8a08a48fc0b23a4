"""Interactions in the background: their states on the world's clock, agents, cancellation."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mockgem.core.world import World
from mockgem.operations import oldest_records
from mockgem.operations.interactions import KeptInteraction
from mockgem.operations.kept_replies import ReplyKeeper
from tests.asking import Asker
from tests.dialects.interactions.talking import (
    cancel,
    create,
    delete,
    get,
    kinds_of,
    read_events,
    text_of,
)

AGENT = "deep-research-preview-04-2026"


def test_an_interaction_in_the_background_is_ready_after_some_polls() -> None:
    asker = Asker()
    begun = create(asker, background=True).json
    assert list(begun) == ["id", "status", "created", "updated", "object", "model"]
    states = [get(asker, begun["id"]).json["status"] for _ in range(3)]
    assert states == ["in_progress", "completed", "completed"]
    assert text_of(get(asker, begun["id"]).json) == text_of(create(asker).json)


def test_the_clock_ends_it_too() -> None:
    asker = Asker()
    name = create(asker, background=True).json["id"]
    asker.world.clock.advance(6)
    ended = get(asker, name).json
    assert ended["status"] == "completed"
    assert ended["created"] < ended["updated"]


def test_what_is_in_progress_cannot_be_continued() -> None:
    asker = Asker()
    name = create(asker, background=True).json["id"]
    refused = create(asker, "And?", previous_interaction_id=name)
    assert (refused.status, refused.error["code"]) == (400, "failed_precondition")
    asker.world.clock.advance(6)
    get(asker, name)
    assert create(asker, "And?", previous_interaction_id=name).status == 200


def test_a_cancelled_interaction_has_no_reply() -> None:
    asker = Asker()
    name = create(asker, background=True).json["id"]
    cancelled = cancel(asker, name).json
    assert cancelled["status"] == "cancelled"
    assert "steps" not in cancelled
    assert get(asker, name).json["status"] == "cancelled"
    assert read_events(get(asker, name, stream="true").text)[-1]["interaction"]["status"] == (
        "cancelled"
    )
    assert cancel(asker, name).error["code"] == "failed_precondition"


@pytest.mark.parametrize("advance", [0, 6])
def test_what_has_ended_cannot_be_cancelled(advance: int) -> None:
    asker = Asker()
    name = create(asker, background=bool(advance)).json["id"]
    asker.world.clock.advance(advance)
    assert cancel(asker, name).error["code"] == "failed_precondition"


def test_a_deleted_interaction_is_gone() -> None:
    asker = Asker()
    name = create(asker).json["id"]
    deleted = delete(asker, name)
    assert (deleted.status, deleted.text) == (200, "{}")
    for answer in (get(asker, name), delete(asker, name), cancel(asker, name)):
        assert (answer.status, answer.error["code"]) == (404, "not_found")


def test_an_interaction_is_kept_for_55_days() -> None:
    asker = Asker()
    name = create(asker).json["id"]
    asker.world.clock.advance(54.9 * 86_400)
    assert get(asker, name).status == 200
    asker.world.clock.advance(0.2 * 86_400)
    assert get(asker, name).status == 404


def test_the_input_is_included_on_request() -> None:
    asker = Asker()
    name = create(asker, "Hi").json["id"]
    assert "input" not in get(asker, name).json
    assert get(asker, name, include_input="true").json["input"] == "Hi"


def run(asker: Asker, given: str, **more: Any) -> Any:
    name = create(asker, given, agent=AGENT, background=True, **more).json["id"]
    for _ in range(3):
        ended = get(asker, name).json
    return ended


def test_an_agent_writes_a_report_with_sources() -> None:
    begun = create(Asker(), "Research TPUs.", agent=AGENT, background=True).json
    assert list(begun) == ["id", "status", "created", "updated", "object", "agent"]
    report = run(Asker(), "Research TPUs.")
    assert report["status"] == "completed"
    assert report["agent"] == AGENT
    assert "google_search_call" in kinds_of(report)
    assert text_of(report).startswith("# ")
    assert report["steps"][-1]["content"][0]["annotations"]
    assert run(Asker(), "Research TPUs.") == report


def test_an_agent_shows_its_thoughts_on_request() -> None:
    config = {"type": "deep-research", "thinking_summaries": "auto"}
    report = run(Asker(), "Research TPUs.", agent_config=config)
    thought = next(step for step in report["steps"] if step["type"] == "thought")
    assert thought["summary"]


def test_an_agent_stops_at_its_budget() -> None:
    asker = Asker()
    config = {"type": "antigravity", "max_total_tokens": 10}
    agent = "antigravity-preview-09-2026"
    name = create(asker, "Build it", agent=agent, background=True, agent_config=config).json["id"]
    asker.world.clock.advance(400)
    assert get(asker, name).json["status"] == "budget_exceeded"


def test_what_ends_during_a_cancellation_is_not_cancelled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asker = Asker()
    name = create(asker, background=True).json["id"]
    find = ReplyKeeper.find

    async def find_before_end(
        keeper: ReplyKeeper[KeptInteraction], name: str, world: World
    ) -> KeptInteraction:
        kept = await find(keeper, name, world)
        await keeper.change(name, lambda one: replace(one, ended=world.clock()), world)
        return kept

    with monkeypatch.context() as patch:
        patch.setattr(ReplyKeeper, "find", find_before_end)
        refused = cancel(asker, name)
    assert (refused.status, refused.error["code"]) == (400, "failed_precondition")
    assert get(asker, name).json["status"] == "completed"


def test_the_oldest_interactions_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oldest_records, "MAX_RECORDS", 4)
    monkeypatch.setattr(oldest_records, "TRIM_INTERVAL", 1)
    asker = Asker()
    names = [create(asker, f"Question {number}").json["id"] for number in range(10)]
    known = [get(asker, name).status == 200 for name in names]
    assert known == [False] * 5 + [True] * 5
