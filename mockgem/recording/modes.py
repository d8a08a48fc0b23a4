"""Who answers where there is a cassette: recordings, the real service, the engine, in the order of the mode."""

from __future__ import annotations

import os
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from mockgem.config.options import MATCHABLE_PARTS, MISS_POLICIES, RECORD_MODES
from mockgem.config.settings import Settings
from mockgem.core.call import Source
from mockgem.core.frozen import frozen
from mockgem.recording.cassette_reader import BadCassette, find_cassettes, read_cassette
from mockgem.recording.cassette_writer import CassetteWriter
from mockgem.recording.index import InteractionIndex
from mockgem.recording.interaction import Interaction
from mockgem.recording.matching import RequestMatcher
from mockgem.recording.recorder import Recorder, Target
from mockgem.recording.redaction import PATTERNS, Redactor
from mockgem.recording.replay import RefuseMisses, Replay
from mockgem.recording.upstream import Upstream


@frozen
class Mode:
    """The sources of a mode by name, in order; what they play from; and what must be done at the end.

    `is_recording`: they answer every call. `checks_key`: a credential must be checked before something is recorded.
    """

    sources: Mapping[str, Source]
    library: InteractionIndex
    close: Callable[[], Awaitable[None]]
    is_recording: bool = False
    checks_key: bool = False


def build_mode(settings: Settings) -> Mode:
    """Raises BadCassette for a cassette, ValueError for a setting that can't be used."""
    for name, found, known in (
        ("record_mode", settings.record_mode, RECORD_MODES),
        ("on_miss", settings.on_miss, MISS_POLICIES),
    ):
        if found not in known:
            raise ValueError(f"{name} is one of {', '.join(known)}; got {found!r}")
    place = Path(settings.cassette)
    interactions = load_interactions(place)
    repeats = settings.allow_playback_repeats
    library = InteractionIndex(
        interactions,
        build_matching(settings),
        repeat_last=repeats,
        redaction=build_redaction(settings),
    )
    replay = Replay(library, speed=parse_speed(settings.replay_timing))
    mode = "new_episodes" if settings.on_miss == "record" else settings.record_mode
    records = mode in ("all", "new_episodes") or (mode == "once" and not interactions)
    if not records:
        sources: dict[str, Source] = {"replay": replay}
        if settings.on_miss == "fail":
            sources["refuse"] = RefuseMisses(library)
        return Mode(sources, library, do_nothing)
    if place.is_dir():
        raise BadCassette(f"{place} is a folder; recording needs a file")
    check_upstream(settings.upstream)
    upstream, tape = Upstream(settings.upstream), CassetteWriter(place)
    replaced = (
        RerecordedInteractions(library, tape.cassette.interactions) if mode == "all" else None
    )
    target = Target(
        settings.upstream,
        os.environ.get(settings.upstream_key_env, "") if settings.upstream_key_env else "",
    )
    proxy = Recorder(
        upstream.send,
        target,
        tape,
        build_redaction(settings),
        replaced.add if replaced else skip_interaction,
    )
    sources = {"replay": replay} if mode == "new_episodes" else {}
    sources["recorder"] = proxy

    async def close() -> None:
        await proxy.flush()
        await upstream.close()
        try:
            if replaced is not None:
                tape.drop(replaced.replaced)
        finally:
            tape.close()

    return Mode(sources, library, close, is_recording=True, checks_key=bool(settings.api_key))


def skip_interaction(one: Interaction) -> None:
    """What a recorder records is not played in the same run, so that equal requests are all recorded."""


class RerecordedInteractions:
    """Which of a cassette's interactions were recorded again in this run: in the mode `all` the new ones replace them."""

    def __init__(self, library: InteractionIndex, interactions: Sequence[Interaction]) -> None:
        self.library = library
        self.positions: dict[bytes, list[int]] = {}
        for index, one in enumerate(interactions):
            self.positions.setdefault(library.key_of(one), []).append(index)
        self.replaced: set[int] = set()

    def add(self, one: Interaction) -> None:
        self.replaced.update(self.positions.get(self.library.key_of(one), ()))


def check_upstream(url: str) -> None:
    """Raises ValueError for what is no address to send requests to."""
    if not url:
        return
    parts = urlsplit(url)
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.username is not None
        or parts.query
    ):
        raise ValueError(
            f"--upstream {url!r} is no address; write https://HOST or https://HOST/PATH, without a user in it"
        )


def load_interactions(place: Path) -> list[Interaction]:
    """All there is in a file, or in a folder's cassettes; nothing where there is no file yet."""
    if not place.exists():
        return []
    return [one for path in find_cassettes(place) for one in read_cassette(path).interactions]


async def do_nothing() -> None:
    return None


def build_matching(settings: Settings) -> RequestMatcher:
    unknown = [name for name in settings.match_on if name not in MATCHABLE_PARTS]
    if unknown:
        raise ValueError(
            f"--match-on {unknown[0]!r} is not known; known are {', '.join(MATCHABLE_PARTS)}"
        )
    return RequestMatcher(settings.match_on or RequestMatcher().match_on, settings.ignore)


def build_redaction(settings: Settings) -> Redactor:
    try:
        return Redactor((*PATTERNS, *[re.compile(pattern) for pattern in settings.redact]))
    except re.error as error:
        raise ValueError(
            f"--redact {settings.redact!r} is no regular expression: {error}"
        ) from None


def parse_speed(timing: str) -> float:
    """0 for off, 1 for recorded, else a number: 2 is twice as fast. Raises ValueError."""
    if timing in ("off", "recorded"):
        return float(timing == "recorded")
    try:
        speed = float(timing.removesuffix("x"))
    except ValueError:
        speed = -1.0
    if not 0 < speed < 1e6:
        raise ValueError(
            f"--replay-timing {timing!r} is not known; it is off, recorded or a number like 2"
        )
    return speed
