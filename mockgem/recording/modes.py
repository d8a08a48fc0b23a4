"""The record modes: which sources answer when there is a cassette, and in which order."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from mockgem.config.recording_options import MATCHABLE_PARTS, MISS_POLICIES, RECORD_MODES
from mockgem.config.settings import Settings
from mockgem.core.authority import parse_patterns
from mockgem.core.call import Source
from mockgem.core.frozen import frozen
from mockgem.recording import formats
from mockgem.recording.ages import find_old_recordings
from mockgem.recording.cassette_reader import BadCassette, find_cassettes
from mockgem.recording.cassette_writer import CassetteWriter
from mockgem.recording.index import InteractionIndex
from mockgem.recording.interaction import Interaction
from mockgem.recording.matching import RequestMatcher, parse_path
from mockgem.recording.recorder import Recorder
from mockgem.recording.redaction import Redactor
from mockgem.recording.replay import RefuseMisses, Replay
from mockgem.recording.target import Target
from mockgem.recording.unknown_keys import refuse_unknown
from mockgem.recording.upstream import Upstream
from mockgem.recording.upstream_socket import open_upstream_socket
from mockgem.recording.verification import Verifier

OwnPort = Callable[[], int]
"""Returns the port on which the server listens; 0 before it does."""
log = logging.getLogger("mockgem")


@frozen
class Mode:
    """The sources of a mode by name, in order, and what must be done at the end.

    `answers_at_once`: they never wait for an upstream. `is_recording`: they answer every call.
    `checks_key`: a credential must be checked before something is sent to the upstream. `problems`
    grows with what `verify` finds. `library` has the interactions that can be played; `replay` is
    the source that plays them.
    """

    sources: Mapping[str, Source]
    close: Callable[[], Awaitable[None]]
    library: InteractionIndex
    answers_at_once: bool = False
    is_recording: bool = False
    checks_key: bool = False
    problems: Sequence[str] = ()
    replay: Replay | None = None


def build_mode(settings: Settings, own_port: OwnPort = lambda: 0) -> Mode:
    """Return the mode of a cassette. The server sends nothing to its `own_port`.

    Raises BadCassette for the cassette, ValueError for a setting that is not valid.
    """
    check_choice("record_mode", settings.record_mode, RECORD_MODES)
    check_choice("on_miss", settings.on_miss, MISS_POLICIES)
    interactions = load_interactions(Path(settings.cassette))
    library = InteractionIndex(
        interactions,
        build_matching(settings),
        repeat_last=settings.allow_playback_repeats,
        redaction=build_redaction(settings),
    )
    replay = Replay(library, speed=parse_speed(settings.replay_timing))
    name = choose_mode(settings, is_new=not interactions)
    for warning in find_old_recordings(settings.cassette, settings.max_age):
        log.warning("%s", warning)
    match name:
        case "none":
            return build_replaying_mode(settings, replay)
        case "verify":
            return build_verifying_mode(settings, replay, own_port)
    return build_recording_mode(name, settings, replay, own_port)


def choose_mode(settings: Settings, *, is_new: bool) -> str:
    """Return what a run does: none, verify, or how it records. `is_new`: nothing is recorded."""
    name = settings.record_mode
    if name in ("none", "once") and settings.on_miss == "record":
        return "new_episodes"
    if name == "once":
        return "once" if is_new else "none"
    return name


def build_replaying_mode(settings: Settings, replay: Replay) -> Mode:
    """Return a mode that only replays."""
    sources: dict[str, Source] = {"replay": replay}
    if settings.on_miss == "fail":
        sources["refuse"] = RefuseMisses(replay.library)
    return Mode(sources, do_nothing, replay.library, answers_at_once=True, replay=replay)


def build_verifying_mode(settings: Settings, replay: Replay, own_port: OwnPort) -> Mode:
    """Return a mode that compares recordings with what the upstream answers."""
    upstream, target = build_upstream(settings, own_port)
    problems: list[str] = []
    is_exact = settings.verify_by == "exact"
    verifier = Verifier(
        replay,
        upstream.send,
        target,
        problems,
        partial(open_upstream_socket, upstream),
        is_exact=is_exact,
    )
    return Mode(
        {"verifier": verifier},
        upstream.close,
        replay.library,
        is_recording=True,
        checks_key=bool(settings.api_key),
        problems=problems,
    )


def build_upstream(settings: Settings, own_port: OwnPort) -> tuple[Upstream, Target]:
    """Return the client for the upstream, and where it sends requests. Raises ValueError."""
    check_upstream(settings.upstream)
    key_variable = settings.upstream_key_env
    key = os.environ.get(key_variable, "") if key_variable else ""
    named = parse_patterns(settings.proxy_host).names if settings.proxy else ()
    upstream = Upstream(settings.upstream, named=named, own_port=own_port)
    return upstream, Target(settings.upstream, key)


def build_recording_mode(name: str, settings: Settings, replay: Replay, own_port: OwnPort) -> Mode:
    """Return a mode that records everything, or in `new_episodes` what the replay lacks."""
    path = Path(settings.cassette)
    if path.is_dir():
        raise BadCassette(f"{path} is a folder: recording needs a file")
    upstream, target = build_upstream(settings, own_port)
    writer = CassetteWriter(path)
    replaced = ReplacedInteractions(name, replay.library, writer)
    recorder = Recorder(
        upstream.send,
        target,
        writer,
        build_redaction(settings),
        replaced.add,
        partial(open_upstream_socket, upstream),
    )

    async def close() -> None:
        await recorder.flush()
        await upstream.close()
        try:
            replaced.remove()
        finally:
            writer.close()

    sources: dict[str, Source] = {"replay": replay} if name == "new_episodes" else {}
    sources["recorder"] = recorder
    replay.others = (recorder,)
    return Mode(
        sources,
        close,
        replay.library,
        is_recording=True,
        checks_key=bool(settings.api_key),
    )


class ReplacedInteractions:
    """The interactions of a cassette that a run replaces: what `all` and `rewrite` remove.

    `all` replaces the interactions of requests that it recorded again, `rewrite` all that the file
    had at the start. What another program added since then stays, and so does everything if the
    run recorded nothing.
    """

    def __init__(self, mode: str, library: InteractionIndex, writer: CassetteWriter) -> None:
        """Raises BadCassette for a file that can't be written again without a loss."""
        self.mode = mode
        self.library = library
        self.writer = writer
        self.older: dict[bytes, list[Interaction]] = {}
        self.keys: set[bytes] = set()
        if mode in ("all", "rewrite"):
            self.remember_older()

    def remember_older(self) -> None:
        """Note the interactions of the file by their request."""
        try:
            refuse_unknown(self.writer.path)
        except BadCassette:
            self.writer.close()
            raise
        for interaction in self.writer.cassette.interactions:
            self.older.setdefault(self.library.key_of(interaction), []).append(interaction)

    def add(self, interaction: Interaction) -> None:
        """Note that a request was recorded."""
        self.keys.add(self.library.key_of(interaction))

    def remove(self) -> None:
        """Remove the older interactions from the file; if that fails, both stay."""
        is_all = self.mode == "rewrite" and self.keys
        found = self.older.values() if is_all else [self.older.get(key, ()) for key in self.keys]
        try:
            self.writer.drop([one for older in found for one in older])
        except (BadCassette, OSError) as error:
            log.error("the older recordings were not removed: %s", error)


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
