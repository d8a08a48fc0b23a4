"""Find what a strict test fails for, and describe the requests of a world."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from mockgem.testing.proxy import find_proxy_variable, get_no_proxy

if TYPE_CHECKING:
    from mockgem.recording.interaction import Interaction

Entry = Mapping[str, Any]
MAX_BODY, MAX_MISS_BODY = 300, 1500
"""Characters of a body that a report shows; of the answer to a request that no cassette has."""
MAX_EXCHANGES = 20
"""Requests that a report shows."""


@dataclass(frozen=True)
class AddedRule:
    """A rule of a test, how often it should act (None: without a limit), and how often it did."""

    name: str
    rule: Mapping[str, Any]
    times: int | None
    used: int = 0

    @property
    def remaining(self) -> int | None:
        return None if self.times is None else max(self.times - self.used, 0)


class ReportedWorld(Protocol):
    """The parts of a test's world that a report reads."""

    world: str
    _has_replies: bool
    _played_cassette: Path | None

    def journal(self) -> list[Any]: ...

    def verdict(self) -> dict[str, Any]: ...

    def differences(self) -> list[str]: ...

    def _list_added_rules(self) -> list[AddedRule]: ...

    def _list_unplayed(self) -> list[Interaction]: ...

    def _call_admin(self, method: str, path: str) -> Any: ...


def find_problems(world: ReportedWorld) -> list[str]:
    """Return what a strict test fails for, a text for each problem.

    The texts quote no key: a report may end up in a public log of CI.
    """
    from mockgem.redaction.finder import hide_secrets

    journal = world.journal()
    calls = list_calls(world, journal)
    problems = [
        *find_unmet(world),
        *find_unused_rules(world, journal),
        *find_unplayed(world),
        *find_unexpected(calls),
        *find_left_sessions(calls),
        *find_generated(world, calls),
        *world.differences(),
    ]
    return [hide_secrets(line) for line in problems]


def list_calls(world: ReportedWorld, journal: list[Any]) -> list[Any]:
    """Return all calls, also what the journal keeps of those that it has forgotten."""
    return [*world._call_admin("GET", "/journal?limit=1").get("forgotten", ()), *journal]


def list_generated(world: ReportedWorld) -> list[str]:
    """Return chats with generated answers, a text without keys for each."""
    from mockgem.redaction.finder import hide_secrets

    return [hide_secrets(one) for one in find_generated(world, list_calls(world, world.journal()))]


def find_unmet(world: ReportedWorld) -> list[str]:
    from mockgem.scenarios.verdict import format_verdict

    try:
        verdict = world.verdict()
    except ValueError:  # the world ran no scenario
        return []
    return [] if verdict["pass"] else [format_verdict(verdict)]


def find_unused_rules(world: ReportedWorld, journal: list[Any]) -> list[str]:
    return [
        f"{rule.name}{describe_conditions(rule)} was used {rule.used} of {rule.times or 1} times: "
        "remove it, or "
        f"send a request that meets its conditions{suggest_pattern(rule, journal)}"
        for rule in world._list_added_rules()
        if rule.used < (rule.times or 1)
    ]


def find_unused_server_rules(world: ReportedWorld) -> list[str]:
    """Return rules that the admin API added and that acted less often than they should."""
    return [
        f"{name} was used {count['acted']} of {count['wanted']} times"
        for run in world._call_admin("GET", "/scenario")["plays"].values()
        for name, count in run["rules"].items()
        if count["acted"] < count.get("wanted", 0)
    ]


def describe_conditions(rule: AddedRule) -> str:
    conditions = [
        f"{name}={value!r}"
        for name, value in rule.rule["when"].items()
        if (name, value) != ("endpoint", "generate")
    ]
    return f" ({', '.join(conditions)})" if conditions else ""


def suggest_pattern(rule: AddedRule, journal: list[Any]) -> str:
    """Return why a condition on the text did not use a request that has a part of that text."""
    pattern = rule.rule["when"].get("text")
    if not isinstance(pattern, str):
        return ""
    part = pattern.strip("*")
    for entry in journal:
        found = re.search(re.escape(part), entry["request"]["body"], re.I)
        if found is None:
            continue
        if found[0] != part and not rule.rule["when"].get("ignore_case"):
            return (
                f" (case counts: the request has {found[0]!r}; use '*{found[0]}*' or "
                "ignore_case=True)"
            )
        if pattern == part:
            return f" (text is compared with the whole text: use '*{part}*' for a part of it)"
        if entry.get("rule") not in (None, "", rule.name):
            return f" (its request was answered by {entry['rule']}, which comes first)"
    return ""


def find_unplayed(world: ReportedWorld) -> list[str]:
    if world._played_cassette is None:
        return []
    unplayed = Counter([describe_request(one) for one in world._list_unplayed()])
    return [
        f"{call} was recorded in {world._played_cassette.name} and not played ({times} times)"
        for call, times in unplayed.items()
    ]


def describe_request(interaction: Interaction) -> str:
    """Return the method and path of a recorded request, written as in the journal."""
    from mockgem.recording.index import strip_path_prefix
    from mockgem.recording.matching import request_of
    from mockgem.redaction.finder import hide_secrets

    request = strip_path_prefix(request_of(interaction))
    return f"{request.method} {hide_secrets(request.path)}"


def find_unexpected(journal: list[Any]) -> list[str]:
    return [
        f"{describe_entry(entry)}: {response_text(entry)}"
        for entry in journal
        if is_unanswered(entry)
    ]


def find_left_sessions(journal: list[Any]) -> list[str]:
    """Return sessions on sockets whose client did not send all that the recorded one sent."""
    return [
        f"{describe_entry(entry)}: the client left: {entry['left_out']}"
        for entry in journal
        if "left_out" in entry
    ]


def find_generated(world: ReportedWorld, journal: list[Any]) -> list[str]:
    """Return chats with generated answers, for a test that chooses replies."""
    if not world._has_replies:
        return []
    return [
        f"{describe_entry(entry)}: this test chooses replies, and there is no reply for this "
        "request; add one "
        "with say (times=None: for all later requests)"
        for entry in journal
        if is_generated(entry)
    ]


def is_generated(entry: Entry) -> bool:
    """Return whether mockgem generated the answer of a chat."""
    is_chat = entry["path"].endswith(
        ("chat/completions", ":generateContent", ":streamGenerateContent")
    )
    is_answered = entry["source"] == "engine" and entry["status"] == 200
    return is_chat and is_answered and "rule" not in entry


def is_unanswered(entry: Entry) -> bool:
    """Return whether neither the server nor its cassette has an answer for a request."""
    return "missed" in entry or is_unsupported(entry) or is_unrouted(entry)


def is_unsupported(entry: Entry) -> bool:
    """Return whether mockgem does not offer the feature that a request is for."""
    if entry["source"] in EXPECTED_SOURCES:
        return False
    return entry["status"] == 501 or (
        entry["status"] == 404 and "mockgem does not support" in entry["response"]["body"]
    )


EXPECTED_SOURCES = ("cassette", "scenario", "answers", "upstream")
"""Sources whose answers a person wrote or the real service sent."""


def is_unrouted(entry: Entry) -> bool:
    """Return whether no endpoint has the path.

    Only then a 404 is not JSON, as on the real service.
    """
    is_missing = entry["source"] not in EXPECTED_SOURCES and entry["status"] == 404
    return is_missing and not entry["response"]["body"].lstrip().startswith(("{", "["))


def report_exchanges(world: ReportedWorld) -> str:
    """Return the last requests and responses, unused rules, and hints about the client."""
    from mockgem.redaction.finder import hide_secrets

    journal = world.journal()
    lines = [
        f"{describe_entry(entry)}\n  > {request_text(entry)}\n  < {response_text(entry)}"
        for entry in journal[-MAX_EXCHANGES:]
    ]
    notes = [*find_unused_rules(world, journal), *collect_hints(world, journal)]
    return hide_secrets("\n".join([*lines, *notes]))


def collect_hints(world: ReportedWorld, journal: list[Any]) -> list[str]:
    """Return what may be wrong with the client, as far as the server can see."""
    if not journal:
        return [*find_requests_elsewhere(world), *find_proxy_problem()] or [
            "no request arrived: check that the client has the fixture's base URL"
        ]
    return list_hints(journal)


def list_hints(journal: list[Any]) -> list[str]:
    """Return the hints of journal entries, each once."""
    return list(dict.fromkeys([entry["hint"] for entry in journal if "hint" in entry]))


def find_requests_elsewhere(world: ReportedWorld) -> list[str]:
    """Return a hint if requests arrived in another world, from a client that is created once."""
    others = [
        other
        for other in world._call_admin("GET", "/worlds")["worlds"]
        if other["requests"] and other["name"] != world.world
    ]
    return [
        f"no request arrived in this test's world, and {other['requests']} in "
        f"{'the world of another test' if other['name'] else 'the default world'}: does the "
        "application create "
        "its client only once? The setting mockgem_one_url = true gives all tests the same URL"
        for other in others[-1:]
    ]


def find_waiting_worlds(world: ReportedWorld) -> list[str]:
    """Return a hint if replies wait in a world that got no request, and others got some."""
    from mockgem.dialects.admin.hints import describe_waiting

    worlds = world._call_admin("GET", "/worlds")["worlds"]
    used = [one["name"] for one in worlds if one["requests"] and not one["scenario"]]
    waiting = [one["name"] for one in worlds if one["scenario"] and not one["requests"]]
    return [describe_waiting(waiting[0], used[0])] if used and waiting else []


def find_proxy_problem() -> list[str]:
    variable = find_proxy_variable()
    if not variable or "127.0.0.1" in get_no_proxy():
        return []
    return [f"no request arrived: {variable} is set, and NO_PROXY does not contain 127.0.0.1"]


def describe_entry(entry: Entry) -> str:
    rule = f" by {entry['rule']}" if "rule" in entry else ""
    note = rule or (", generated" if is_generated(entry) else "")
    status = "no answer," if entry["status"] is None else entry["status"]
    return f"{entry['method']} {entry['path']} {status} {entry['outcome']}{note}"


def request_text(entry: Entry) -> str:
    return trim_text(entry["request"]["body"])


def response_text(entry: Entry) -> str:
    if "difference" in entry:  # a session on a socket that is not in the cassette
        return trim_text(f"not recorded: {entry['difference']}", MAX_MISS_BODY)
    return trim_text(entry["response"]["body"], MAX_MISS_BODY if "missed" in entry else MAX_BODY)


def trim_text(text: str, longest: int = MAX_BODY) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"
