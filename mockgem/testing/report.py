"""What a strict test does not let pass, and what a failing test's report says of its world."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

Entry = Mapping[str, Any]
MAX_BODY, MAX_MISS_BODY = 300, 1500
"""Letters of a body that are shown; of one that says what to do."""


@dataclass(frozen=True)
class AddedRule:
    """A rule that a test added, how often it is to be used (None: as often as it may be), and how often it was."""

    name: str
    rule: Mapping[str, Any]
    times: int | None
    used: int = 0

    @property
    def remaining(self) -> int | None:
        return None if self.times is None else max(self.times - self.used, 0)


class ReportedWorld(Protocol):
    """What is looked at of a test's world."""

    world: str
    _has_replies: bool
    _played_cassette: Path | None

    def journal(self) -> list[Any]: ...

    def verdict(self) -> dict[str, Any]: ...

    def _list_added_rules(self) -> list[AddedRule]: ...

    def _call_admin(self, method: str, path: str) -> Any: ...


def find_problems(world: ReportedWorld) -> list[str]:
    """Return what a strict test does not let pass, in lines that quote no key: a report ends up in the logs of CI."""
    from mockgem.recording.redaction import hide_keys

    journal = world.journal()
    found = [
        *find_unmet(world),
        *find_unused_rules(world, journal),
        *find_unplayed(world, journal),
        *find_unexpected(journal),
        *find_made_up(world, journal),
    ]
    return [hide_keys(line) for line in found]


def find_unmet(world: ReportedWorld) -> list[str]:
    from mockgem.scenarios.verdict import format_verdict

    try:
        found = world.verdict()
    except ValueError:  # nothing was played
        return []
    return [] if found["pass"] else [format_verdict(found)]


def find_unused_rules(world: ReportedWorld, journal: list[Any]) -> list[str]:
    return [
        f"{one.name}{describe_conditions(one)} was used {one.used} of {one.times or 1} times; take it out, or ask as its "
        f"conditions say{suggest_pattern(one, journal)}"
        for one in world._list_added_rules()
        if one.used < (one.times or 1)
    ]


def find_unused_server_rules(world: ReportedWorld) -> list[str]:
    """Rules that were added over the admin API and have not acted as often as they are to."""
    return [
        f"{name} was used {count['acted']} of {count['wanted']} times"
        for play in world._call_admin("GET", "/scenario")["plays"].values()
        for name, count in play["rules"].items()
        if count["acted"] < count.get("wanted", 0)
    ]


def describe_conditions(one: AddedRule) -> str:
    told = {
        name: found
        for name, found in one.rule["when"].items()
        if (name, found) != ("endpoint", "generate")
    }
    return f" ({', '.join([f'{name}={found!r}' for name, found in told.items()])})" if told else ""


def suggest_pattern(one: AddedRule, journal: list[Any]) -> str:
    """A hint where a text was taken for a part of what is asked, and has to be all of it."""
    wanted = one.rule["when"].get("text")
    if not isinstance(wanted, str):
        return ""
    wanted = wanted.strip("*")
    near = any(wanted.lower() in entry["request"]["body"].lower() for entry in journal)
    return (
        f" (text is the whole of what was asked, and case counts: '*{wanted}*' is a part of it)"
        if near
        else ""
    )


def find_unplayed(world: ReportedWorld, journal: list[Any]) -> list[str]:
    if world._played_cassette is None:
        return []
    left = count_recorded(world._played_cassette) - count_played(journal)
    return [
        f"{what} was recorded in {world._played_cassette.name} and not played ({times} times)"
        for what, times in left.items()
    ]


def find_unexpected(journal: list[Any]) -> list[str]:
    return [f"{describe_entry(one)}: {response_text(one)}" for one in journal if is_unanswered(one)]


def find_made_up(world: ReportedWorld, journal: list[Any]) -> list[str]:
    """Chats that nothing was said for, where the test says what is answered."""
    if not world._has_replies:
        return []
    return [
        f"{describe_entry(one)}: this test says what is answered, and nothing was said for this call; say it too "
        "(times=None: from then on)"
        for one in journal
        if is_made_up(one)
    ]


def is_made_up(entry: Entry) -> bool:
    """Whether a chat was answered by mockgem itself."""
    chat = entry["path"].endswith(
        ("chat/completions", ":generateContent", ":streamGenerateContent")
    )
    return chat and entry["source"] == "engine" and entry["status"] == 200 and "rule" not in entry


def is_unanswered(entry: Entry) -> bool:
    """Whether nothing of the server's own or of its cassette was there for a call."""
    return (
        "missed" in entry
        or (entry["source"] not in EXPECTED_SOURCES and entry["status"] == 501)
        or is_unrouted(entry)
    )


EXPECTED_SOURCES = ("cassette", "scenario", "answers", "upstream")
"""Those whose answers somebody has written, or the real service has given."""


def is_unrouted(entry: Entry) -> bool:
    """Whether there is no such path: the real service's page for that is HTML or empty, all else has JSON."""
    return (
        entry["source"] not in EXPECTED_SOURCES
        and entry["status"] == 404
        and not entry["response"]["body"].lstrip().startswith(("{", "["))
    )


def count_recorded(cassette: Path) -> Counter[str]:
    """How often each method and path was recorded."""
    from mockgem.recording.cassette_reader import find_cassettes, read_cassette
    from mockgem.recording.index import strip_path_prefix
    from mockgem.recording.matching import request_of
    from mockgem.recording.redaction import hide_keys

    asked = [
        strip_path_prefix(request_of(one))
        for path in find_cassettes(cassette)
        for one in read_cassette(path).interactions
    ]
    return Counter(
        [f"{one.method} {hide_keys(one.path)}" for one in asked]
    )  # as the journal shows them


def count_played(journal: list[Any]) -> Counter[str]:
    from mockgem.core.address import parse_address

    played = [one for one in journal if one["source"] == "cassette" and "missed" not in one]
    return Counter([f"{one['method']} {parse_address(one['path']).path}" for one in played])


def report_exchanges(world: ReportedWorld) -> str:
    from mockgem.recording.redaction import hide_keys

    journal = world.journal()
    lines = [
        f"{describe_entry(one)}\n  > {request_text(one)}\n  < {response_text(one)}"
        for one in journal[-20:]
    ]
    return hide_keys(
        "\n".join([*lines, *find_unused_rules(world, journal), *collect_hints(world, journal)])
    )


def collect_hints(world: ReportedWorld, journal: list[Any]) -> list[str]:
    """What may be wrong with the client, seen from here."""
    if not journal:
        return [*find_requests_elsewhere(world), *find_proxy_problem()] or [
            "no request came; does the client have the fixture's base URL?"
        ]
    found = [
        hint
        for one in journal
        for hint in (suggest_path(one), suggest_model(one), suggest_recording(one))
        if hint
    ]
    return list(dict.fromkeys(found))


def suggest_path(entry: Entry) -> str:
    path = entry["path"]
    if not is_unrouted(entry):
        return ""
    if path.endswith("/responses"):
        return "Gemini's OpenAI-compatible surface has no Responses API; use chat.completions"
    if re.search(r"(?:/openai|/v1|/v1beta)/v1(?:beta1?)?/", path):
        return (
            "there is no such path: google-genai wants mockgem.gemini_url, without a path behind it"
        )
    if path.endswith(("chat/completions", "/embeddings", "/models")):
        return "there is no such path: OpenAI's SDKs want mockgem.openai_url (…/v1beta/openai/), and not the server's own URL"
    return ""


def suggest_model(entry: Entry) -> str:
    """The model that may be meant where there is none of that name."""
    if entry["status"] != 404 or entry["source"] != "engine" or not entry["model"]:
        return ""
    from mockgem.config.model_catalog import load_catalogue
    from mockgem.config.settings import Settings
    from mockgem.scenarios.suggestions import suggest_names

    known = list(load_catalogue(Settings()).models)
    name = entry["model"].removeprefix("models/")
    near = suggest_names(name, known)
    return (
        f"there is no model {name!r}; did you mean {near[0]}?" if near and name not in known else ""
    )


def suggest_recording(entry: Entry) -> str:
    missed = "pytest --mockgem-record-mode=new_episodes records what the cassette does not have"
    return missed if "missed" in entry else ""


def find_requests_elsewhere(world: ReportedWorld) -> list[str]:
    """Requests that came to another world than the test's: from a client that was made once, or without a world."""
    others = [
        one
        for one in world._call_admin("GET", "/worlds")["worlds"]
        if one["requests"] and one["name"] != world.world
    ]
    return [
        f"no request came to this test's world, and {one['requests']} to "
        f"{'the world of another test' if one['name'] else 'the server itself'}: is the client made only once? The setting "
        "mockgem_one_url = true gives all tests the same URL"
        for one in others[-1:]
    ]


def find_proxy_problem() -> list[str]:
    named = find_proxy_variable()
    if not named or "127.0.0.1" in get_no_proxy():
        return []
    return [f"no request came; {named} is set, and NO_PROXY does not name 127.0.0.1"]


def find_proxy_variable() -> str:
    """The variable that leads clients to a proxy, if there is one."""
    return next(
        (
            name
            for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")
            if os.environ.get(name)
        ),
        "",
    )


def get_no_proxy() -> str:
    return os.environ.get("NO_PROXY") or os.environ.get("no_proxy") or ""


def describe_entry(entry: Entry) -> str:
    rule = f" by {entry['rule']}" if "rule" in entry else ", made up" if is_made_up(entry) else ""
    status = "no answer," if entry["status"] is None else entry["status"]
    return f"{entry['method']} {entry['path']} {status} {entry['outcome']}{rule}"


def request_text(entry: Entry) -> str:
    return trim_text(entry["request"]["body"])


def response_text(entry: Entry) -> str:
    return trim_text(entry["response"]["body"], MAX_MISS_BODY if "missed" in entry else MAX_BODY)


def trim_text(text: str, longest: int = MAX_BODY) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"
