"""The record modes: which sources answer when there is a cassette, and in which order."""

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
from mockgem.recording import formats
from mockgem.recording.cassette_reader import BadCassette, find_cassettes
from mockgem.recording.cassette_writer import CassetteWriter
from mockgem.recording.index import InteractionIndex
from mockgem.recording.interaction import Interaction
from mockgem.recording.matching import RequestMatcher, parse_path
from mockgem.recording.recorder import Recorder
from mockgem.recording.redaction import Redactor
from mockgem.recording.replay import RefuseMisses, Replay
from mockgem.recording.target import Target
from mockgem.recording.upstream import Upstream


@frozen
class Mode:
    """The sources of a mode by name, in order, and what must be done at the end.

    `is_recording`: they answer every call. `checks_key`: a credential must be checked before
    something is recorded.
    """

    sources: Mapping[str, Source]
    close: Callable[[], Awaitable[None]]
    is_recording: bool = False
    checks_key: bool = False


def build_mode(settings: Settings) -> Mode:
    """Return the mode of a cassette.

    Raises BadCassette for the cassette, ValueError for a setting that is not valid.
    """
    check_choice("record_mode", settings.record_mode, RECORD_MODES)
    check_choice("on_miss", settings.on_miss, MISS_POLICIES)
    path = Path(settings.cassette)
    interactions = load_interactions(path)
    library = InteractionIndex(
        interactions,
        build_matching(settings),
        repeat_last=settings.allow_playback_repeats,
        redaction=build_redaction(settings),
    )
    replay = Replay(library, speed=parse_speed(settings.replay_timing))
    name = "new_episodes" if settings.on_miss == "record" else settings.record_mode
    if name in ("all", "new_episodes") or (name == "once" and not interactions):
        return build_recording_mode(name, settings, replay)
    sources: dict[str, Source] = {"replay": replay}
    if settings.on_miss == "fail":
        sources["refuse"] = RefuseMisses(library)
    return Mode(sources, do_nothing)


def build_recording_mode(name: str, settings: Settings, replay: Replay) -> Mode:
    """Return a mode that records everything, or in `new_episodes` what the replay lacks."""
    path = Path(settings.cassette)
    if path.is_dir():
        raise BadCassette(f"{path} is a folder: recording needs a file")
    check_upstream(settings.upstream)
    upstream, writer = Upstream(settings.upstream), CassetteWriter(path)
    rerecorded = RerecordedInteractions(replay.library, writer.cassette.interactions)
    key_variable = settings.upstream_key_env
    recorder = Recorder(
        upstream.send,
        Target(settings.upstream, os.environ.get(key_variable, "") if key_variable else ""),
        writer,
        build_redaction(settings),
        rerecorded.add if name == "all" else skip_interaction,
    )

    async def close() -> None:
        await recorder.flush()
        await upstream.close()
        try:
            writer.drop(rerecorded.list_replaced())
        finally:
            writer.close()

    sources: dict[str, Source] = {"replay": replay} if name == "new_episodes" else {}
    sources["recorder"] = recorder
    return Mode(sources, close, is_recording=True, checks_key=bool(settings.api_key))


def skip_interaction(interaction: Interaction) -> None:
    """Do not play interactions of the same run, so that equal requests are all recorded."""


class RerecordedInteractions:
    """The interactions of a cassette that were recorded again, which mode `all` then removes."""

    def __init__(self, library: InteractionIndex, interactions: Sequence[Interaction]) -> None:
        self.library = library
        self.older: dict[bytes, list[Interaction]] = {}
        for interaction in interactions:
            self.older.setdefault(library.key_of(interaction), []).append(interaction)
        self.keys: set[bytes] = set()

    def add(self, interaction: Interaction) -> None:
        """Note that a request was recorded again."""
        self.keys.add(self.library.key_of(interaction))

    def list_replaced(self) -> list[Interaction]:
        """Return the older interactions of all requests that were recorded again."""
        return [one for key, older in self.older.items() if key in self.keys for one in older]


def check_choice(name: str, value: str, allowed: Sequence[str]) -> None:
    """Raise ValueError for a value that is not one of the allowed ones."""
    if value not in allowed:
        raise ValueError(f"{name} {value!r} is not valid: use one of {', '.join(allowed)}")


def check_upstream(url: str) -> None:
    """Raise ValueError for a URL to which requests can't be sent."""
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
            f"--upstream {url!r} is not valid: use https://HOST or https://HOST/PATH, without a "
            "user or a query"
        )


def load_interactions(path: Path) -> list[Interaction]:
    """Return the interactions of a file or of a folder's cassettes; none if it does not exist."""
    if not path.exists():
        return []
    return [one for file in find_cassettes(path) for one in formats.load_interactions(file)]


async def do_nothing() -> None:
    """Close a mode that only plays."""


def build_matching(settings: Settings) -> RequestMatcher:
    """Return how requests are matched. Raises ValueError."""
    unknown = [name for name in settings.match_on if name not in MATCHABLE_PARTS]
    if unknown:
        raise ValueError(
            f"--match-on {unknown[0]!r} is not valid: use one of {', '.join(MATCHABLE_PARTS)}"
        )
    for path in settings.ignore:
        parse_path(path)
    return RequestMatcher(settings.match_on or RequestMatcher().match_on, settings.ignore)


def build_redaction(settings: Settings) -> Redactor:
    """Return how secrets are removed. Raises ValueError."""
    try:
        return Redactor(tuple([re.compile(pattern) for pattern in settings.redact]))
    except re.error as error:
        raise ValueError(
            f"--redact {settings.redact!r} is not a valid regular expression: {error}"
        ) from None


def parse_speed(timing: str) -> float:
    """Return the speed of a replay: 0 for off, 1 for recorded, 2 for twice as fast.

    Raises ValueError.
    """
    if timing in ("off", "recorded"):
        return float(timing == "recorded")
    try:
        speed = float(timing.removesuffix("x"))
    except ValueError:
        speed = -1.0
    if not 0 < speed < 1e6:
        raise ValueError(
            f"--replay-timing {timing!r} is not valid: use off, recorded or a number like 2"
        )
    return speed
