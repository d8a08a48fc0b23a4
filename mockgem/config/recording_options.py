"""The options of cassettes: rows of the table in `options.py`. A test can set them for its own
world (`is_per_world`)."""

from __future__ import annotations

from mockgem.config.option_kinds import (
    Choice,
    Duration,
    Flag,
    Patterns,
    String,
    Strings,
    Timing,
    Url,
)

RECORD_MODES = ("once", "new_episodes", "all", "rewrite", "none", "verify")
"""vcrpy's modes with its meanings, `rewrite` of pytest-recording, and `verify`."""
READ_ONLY_MODES = ("none", "verify")
"""The modes that need a cassette and never write to it."""
MISS_POLICIES = ("engine", "fail", "record")
MATCHABLE_PARTS = ("method", "host", "path", "query", "body")
"""The parts of a request that are compared with those of recorded requests."""


class RecordingOptions:
    """Options of the recorder and the replay, and of how they find recorded requests."""

    cassette = String(
        "",
        group="Recording",
        metavar="FILE|FOLDER",
        help="Look for the answer in this cassette first, or in all cassettes of a folder.",
    )
    record_mode = Choice(
        "none",
        RECORD_MODES,
        group="Recording",
        short_flags={"record": "--mode"},
        commands=("serve", "record", "run"),
        is_per_world=True,
        help=(
            "once: record a cassette that does not exist yet; new_episodes: record requests that "
            "the cassette does not have; all: record every request; rewrite: record every request, "
            "and remove the recordings that the cassette had; none: only replay; verify: compare "
            "recordings with the upstream's answers."
        ),
    )
    verify_by = Choice(
        "structure",
        ("structure", "exact"),
        group="Recording",
        commands=("serve", "record", "run"),
        is_per_world=True,
        help=(
            "What verify compares: the structure of answers (status, keys, types), or every value."
        ),
    )
    max_age = Duration(
        0.0,
        group="Recording",
        shown_default="",
        is_per_world=True,
        help="Warn about recordings that are older: 90d, 12h.",
    )
    on_miss = Choice(
        "engine",
        MISS_POLICIES,
        group="Recording",
        is_per_world=True,
        help=(
            "For a request that is not in the cassette: engine generates an answer, fail refuses "
            "the "
            "request, record asks the upstream and records its answer."
        ),
    )
    upstream = Url(
        "",
        group="Recording",
        is_per_world=True,
        help="Record this service; without it the real service of each surface.",
    )
    upstream_key_env = String(
        "",
        group="Recording",
        metavar="VARIABLE",
        is_per_world=True,
        help="Read a key from this variable for clients that send none.",
    )
    match_on = Strings(
        choices=MATCHABLE_PARTS,
        group="Recording",
        metavar="PART",
        is_per_world=True,
        help="Find recorded requests by this part (repeatable): method, host, path, query, body.",
    )
    ignore = Strings(
        group="Recording",
        metavar="JSONPATH",
        is_per_world=True,
        help="Ignore this part of JSON bodies when comparing (repeatable): $.user, $.metadata.*",
    )
    allow_playback_repeats = Flag(
        False,
        group="Recording",
        is_per_world=True,
        help="Replay the last recorded answer of a request as often as it is sent.",
    )
    replay_timing = Timing(
        "off",
        group="Recording",
        metavar="SPEED",
        is_per_world=True,
        help=(
            "Send a recorded stream at once (off), as recorded (recorded), or at a speed (2, 0.5)."
        ),
    )
    redact = Patterns(
        group="Recording",
        is_per_world=True,
        help="Keep text that matches this regular expression out of cassettes (repeatable).",
    )
