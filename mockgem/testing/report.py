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
LONGEST, LONGEST_MISS = 300, 1500
"""Letters of a body that are shown; of one that says what to do."""


@dataclass(frozen=True)
class Added:
    """A rule that a test added, how often it is to be used (None: as often as it may be), and how often it was."""

    name: str
    rule: Mapping[str, Any]
    times: int | None
    used: int = 0

    @property
    def left(self) -> int | None:
        return None if self.times is None else max(self.times - self.used, 0)


class World(Protocol):
    """What is looked at of a test's world."""

    world: str
    says: bool
    tape: Path | None

    def journal(self) -> list[Any]: ...

    def verdict(self) -> dict[str, Any]: ...

    def used(self) -> list[Added]: ...

    def asked(self, method: str, path: str) -> Any: ...


def problems(world: World) -> list[str]:
    """Return what a strict test does not let pass, in lines that quote no key: a report ends up in the logs of CI."""
    from mockgem.recording.redaction import hide_keys

    journal = world.journal()
    found = [
        *unmet(world),
        *unused(world, journal),
        *unplayed(world, journal),
        *unexpected(journal),
        *made_up(world, journal),
    ]
    return [hide_keys(line) for line in found]


def unmet(world: World) -> list[str]:
    from mockgem.scenarios.verdict import as_text

    try:
        found = world.verdict()
    except ValueError:  # nothing was played
        return []
    return [] if found["pass"] else [as_text(found)]


def unused(world: World, journal: list[Any]) -> list[str]:
    return [
        f"{one.name}{conditions_of(one)} was used {one.used} of {one.times or 1} times; take it out, or ask as its "
        f"conditions say{patterns_of(one, journal)}"
        for one in world.used()
        if one.used < (one.times or 1)
    ]


def never_used(world: World) -> list[str]:
    """Rules that were added over the admin API and have not acted as often as they are to."""
    return [
        f"{name} was used {count['acted']} of {count['wanted']} times"
        for play in world.asked("GET", "/scenario")["plays"].values()
        for name, count in play["rules"].items()
        if count["acted"] < count.get("wanted", 0)
    ]


def conditions_of(one: Added) -> str:
    told = {name: found for name, found in one.rule["when"].items() if (name, found) != ("endpoint", "generate")}
    return f" ({', '.join([f'{name}={found!r}' for name, found in told.items()])})" if told else ""


def patterns_of(one: Added, journal: list[Any]) -> str:
    """A hint where a text was taken for a part of what is asked, and has to be all of it."""
    wanted = one.rule["when"].get("text")
    if not isinstance(wanted, str):
        return ""
    wanted = wanted.strip("*")
    near = any(wanted.lower() in entry["request"]["body"].lower() for entry in journal)
    return f" (text is the whole of what was asked, and case counts: '*{wanted}*' is a part of it)" if near else ""


def unplayed(world: World, journal: list[Any]) -> list[str]:
    if world.tape is None:
        return []
    left = recorded_in(world.tape) - played_in(journal)
    return [f"{what} was recorded in {world.tape.name} and not played ({times} times)" for what, times in left.items()]


def unexpected(journal: list[Any]) -> list[str]:
    return [f"{line_of(one)}: {words_of(one)}" for one in journal if unanswered(one)]


def made_up(world: World, journal: list[Any]) -> list[str]:
    """Chats that nothing was said for, where the test says what is answered."""
    if not world.says:
        return []
    return [
        f"{line_of(one)}: this test says what is answered, and nothing was said for this call; say it too (times=None: "
        "from then on)"
        for one in journal
        if is_made_up(one)
    ]


def is_made_up(entry: Entry) -> bool:
    """Whether a chat was answered by mockgem itself."""
    chat = entry["path"].endswith(("chat/completions", ":generateContent", ":streamGenerateContent"))
    return chat and entry["source"] == "engine" and entry["status"] == 200 and "rule" not in entry


def unanswered(entry: Entry) -> bool:
    """Whether nothing of the server's own or of its cassette was there for a call."""
    return "missed" in entry or (entry["source"] not in WANTED and entry["status"] == 501) or unrouted(entry)


WANTED = ("cassette", "scenario", "answers", "upstream")
"""Those whose answers somebody has written, or the real service has given."""


def unrouted(entry: Entry) -> bool:
    """Whether there is no such path: the real service's page for that is HTML or empty, all else has JSON."""
    return (
        entry["source"] not in WANTED
        and entry["status"] == 404
        and not entry["response"]["body"].lstrip().startswith(("{", "["))
    )


def recorded_in(cassette: Path) -> Counter[str]:
    """How often each method and path was recorded."""
    from mockgem.recording.cassette_reader import cassettes_in, read
    from mockgem.recording.index import at_version
    from mockgem.recording.matching import asked_in
    from mockgem.recording.redaction import hide_keys

    asked = [at_version(asked_in(one)) for path in cassettes_in(cassette) for one in read(path).interactions]
    return Counter([f"{one.method} {hide_keys(one.path)}" for one in asked])  # as the journal shows them


def played_in(journal: list[Any]) -> Counter[str]:
    from mockgem.app.worlds import outside_world

    played = [one for one in journal if one["source"] == "cassette" and "missed" not in one]
    return Counter([f"{one['method']} {outside_world(one['path'])}" for one in played])


def exchanges(world: World) -> str:
    from mockgem.recording.redaction import hide_keys

    journal = world.journal()
    lines = [f"{line_of(one)}\n  > {asked_in(one)}\n  < {words_of(one)}" for one in journal[-20:]]
    return hide_keys("\n".join([*lines, *unused(world, journal), *hints(world, journal)]))


def hints(world: World, journal: list[Any]) -> list[str]:
    """What may be wrong with the client, seen from here."""
    if not journal:
        return [*elsewhere(world), *proxied()] or ["no request came; does the client have the fixture's base URL?"]
    found = [hint for one in journal for hint in (path_hint(one), model_hint(one), miss_hint(one)) if hint]
    return list(dict.fromkeys(found))


def path_hint(entry: Entry) -> str:
    path = entry["path"]
    if not unrouted(entry):
        return ""
    if path.endswith("/responses"):
        return "Gemini's OpenAI-compatible surface has no Responses API; use chat.completions"
    if re.search(r"(?:/openai|/v1|/v1beta)/v1(?:beta1?)?/", path):
        return "there is no such path: google-genai wants mockgem.gemini_url, without a path behind it"
    if path.endswith(("chat/completions", "/embeddings", "/models")):
        return (
            "there is no such path: OpenAI's SDKs want mockgem.openai_url (…/v1beta/openai/), and not the server's own URL"
        )
    return ""


def model_hint(entry: Entry) -> str:
    """The model that may be meant where there is none of that name."""
    if entry["status"] != 404 or entry["source"] != "engine" or not entry["model"]:
        return ""
    from mockgem.config.model_catalog import catalogue
    from mockgem.config.settings import Settings
    from mockgem.scenarios.suggestions import nearest

    known = list(catalogue(Settings()).models)
    name = entry["model"].removeprefix("models/")
    near = nearest(name, known)
    return f"there is no model {name!r}; did you mean {near[0]}?" if near and name not in known else ""


def miss_hint(entry: Entry) -> str:
    missed = "pytest --mockgem-record-mode=new_episodes records what the cassette does not have"
    return missed if "missed" in entry else ""


def elsewhere(world: World) -> list[str]:
    """Requests that came to another world than the test's: from a client that was made once, or without a world."""
    others = [one for one in world.asked("GET", "/worlds")["worlds"] if one["requests"] and one["name"] != world.world]
    return [
        f"no request came to this test's world, and {one['requests']} to "
        f"{'the world of another test' if one['name'] else 'the server itself'}: is the client made only once? The setting "
        "mockgem_one_url = true gives all tests the same URL"
        for one in others[-1:]
    ]


def proxied() -> list[str]:
    named = proxy_named()
    if not named or "127.0.0.1" in not_through_it():
        return []
    return [f"no request came; {named} is set, and NO_PROXY does not name 127.0.0.1"]


def proxy_named() -> str:
    """The variable that leads clients to a proxy, if there is one."""
    return next((name for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy") if os.environ.get(name)), "")


def not_through_it() -> str:
    return os.environ.get("NO_PROXY") or os.environ.get("no_proxy") or ""


def line_of(entry: Entry) -> str:
    rule = f" by {entry['rule']}" if "rule" in entry else ", made up" if is_made_up(entry) else ""
    status = "no answer," if entry["status"] is None else entry["status"]
    return f"{entry['method']} {entry['path']} {status} {entry['outcome']}{rule}"


def asked_in(entry: Entry) -> str:
    return beginning(entry["request"]["body"])


def words_of(entry: Entry) -> str:
    return beginning(entry["response"]["body"], LONGEST_MISS if "missed" in entry else LONGEST)


def beginning(text: str, longest: int = LONGEST) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"
