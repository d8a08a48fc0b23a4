"""Rules of a world through the admin API: insert, edit, move, disable, delete."""

from __future__ import annotations

from typing import Any

import pytest

from tests.asking import Asker
from tests.dialects.admin.test_admin import send


def insert(asker: Asker, rule: dict[str, Any], **place: Any) -> list[str]:
    """Insert a rule; return the names of all rules in their order."""
    answer = send(asker, "POST", "/rules", {"rule": rule, **place})
    assert answer.status == 200, answer.text
    return [one["name"] for one in answer.json["rules"]]


def say(name: str, **when: Any) -> dict[str, Any]:
    return {"name": name, "say": name, "when": when}


def test_the_first_rule_begins_a_scenario() -> None:
    asker = Asker()
    assert send(asker, "GET", "/rules").json == {"scenario": None, "rules": []}
    assert insert(asker, say("hello", times=1)) == ["hello"]
    assert asker.chat("hi").message["content"] == "hello"
    rule = send(asker, "GET", "/rules").json["rules"][0]
    assert (rule["met"], rule["acted"], rule["is_used_up"]) == (1, 1, True)


def test_a_rule_for_the_next_call_comes_before_a_rule_for_all_calls() -> None:
    asker = Asker()
    insert(asker, say("always"))
    insert(asker, say("one", times=1))
    assert insert(asker, say("two", times=1)) == ["one", "two", "always"]
    answers = [asker.chat("hi").message["content"] for _ in range(4)]
    assert answers == ["one", "two", "always", "always"]


def test_a_rule_is_inserted_where_the_request_says() -> None:
    asker = Asker()
    insert(asker, say("a"))
    assert insert(asker, say("b"), position="last") == ["a", "b"]
    assert insert(asker, say("c"), position="first") == ["c", "a", "b"]
    assert insert(asker, say("d"), before=2) == ["c", "a", "d", "b"]
    assert insert(asker, say("e"), after=2) == ["c", "a", "d", "b", "e"]


def test_a_rule_added_later_still_comes_before_those_of_the_scenario() -> None:
    asker = Asker()
    send(asker, "PUT", "/scenario", {"name": "overloaded"})
    insert(asker, say("last"), position="last")
    send(asker, "POST", "/scenario/rules", say("next"))
    names = [rule["name"] for rule in send(asker, "GET", "/rules").json["rules"]]
    assert names.index("next") == names.index("last") + 1 == len(names) - 1


def test_a_disabled_rule_does_not_act_until_it_is_enabled() -> None:
    asker = Asker()
    insert(asker, say("hello"))
    send(asker, "PUT", "/rules/1", {"enabled": False})
    assert asker.chat("hi").message["content"] != "hello"
    send(asker, "PUT", "/rules/1", {"enabled": True})
    assert asker.chat("hi").message["content"] == "hello"


def test_an_edited_rule_begins_to_count_again() -> None:
    asker = Asker()
    insert(asker, say("old", times=1))
    asker.chat("hi")
    send(asker, "PUT", "/rules/1", {"rule": say("new", times=1)})
    assert asker.chat("hi").message["content"] == "new"


def test_a_moved_rule_keeps_its_counts() -> None:
    asker = Asker()
    insert(asker, say("a", times=1))
    insert(asker, say("b", times=1))
    asker.chat("hi")
    rules = send(asker, "PUT", "/rules/2", {"before": 1}).json["rules"]
    assert [(rule["name"], rule["acted"]) for rule in rules] == [("b", 0), ("a", 1)]
    assert asker.chat("hi").message["content"] == "b"


def test_a_deleted_rule_frees_its_name_and_leaves_the_counters() -> None:
    asker = Asker()
    insert(asker, say("a"))
    insert(asker, say("b"), position="last")
    send(asker, "DELETE", "/rules/1")
    assert asker.chat("hi").message["content"] == "b"
    assert list(send(asker, "GET", "/scenario").json["plays"]["added"]["rules"]) == ["b"]
    assert insert(asker, say("a"), position="first") == ["a", "b"]


def test_used_rules_are_deleted_together() -> None:
    asker = Asker()
    insert(asker, say("once", times=1))
    insert(asker, say("always"))
    asker.chat("hi")
    assert [one["name"] for one in send(asker, "DELETE", "/rules").json["rules"]] == ["always"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "message"),
    [
        ("POST", "/rules", {}, 400, 'expected {"rule": {"say": "Hello", "when": {"times": 1}}}'),
        ("POST", "/rules", {"rule": {}}, 400,
         "added: rules[0]: this rule does nothing: add say, fail, faults, latency, quota, "
         "budget or headers"),
        ("POST", "/rules", {"rule": {"say": "x"}, "position": "up"}, 400,
         "position 'up' is not valid: use next, first or last"),
        ("POST", "/rules", {"rule": {"say": "x"}, "before": 1, "after": 1}, 400,
         "before and after cannot be combined: give one of them"),
        ("POST", "/rules", {"rule": {"say": "x"}, "before": 9}, 404,
         "there is no rule 9 in this scenario; the ids are 1"),
        ("PUT", "/rules/9", {"enabled": True}, 404,
         "there is no rule 9 in this scenario; the ids are 1"),
        ("PUT", "/rules/1", {"before": 1}, 400,
         "rule 1 cannot be moved before or after itself"),
        ("PUT", "/rules/1", {}, 400,
         "the request changes nothing: give rule, before, after or enabled"),
        ("PUT", "/rules/1", {"enabled": "no"}, 400,
         "enabled 'no' is not valid: use true or false"),
        ("PUT", "/rules/x", {"enabled": True}, 400,
         "the rule id 'x' is not valid: GET /_mockgem/rules lists the ids"),
        ("PUT", "/rules/1", {"before": "x"}, 400,
         "the rule id 'x' is not valid: GET /_mockgem/rules lists the ids"),
        ("DELETE", "/rules/2", None, 404,
         "there is no rule 2 in this scenario; the ids are 1"),
    ],
)  # fmt: skip
def test_a_mistake_is_named(method: str, path: str, body: Any, status: int, message: str) -> None:
    asker = Asker()
    insert(asker, say("a"))
    answer = send(asker, method, path, body)
    assert (answer.status, answer.json["error"]) == (status, message)
    assert len(send(asker, "GET", "/rules").json["rules"]) == 1
