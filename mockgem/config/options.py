"""The table of options: each row is an option, a variable, a key and an argument.

A row `worlds` is read as `--worlds` on the command line, `MOCKGEM_WORLDS` in the environment,
`worlds` in a settings file, `mockgem.serve(worlds=…)` in Python and
`@pytest.mark.mockgem(worlds=…)` in a test. All of them check values with the row, so they accept
the same values and report the same mistakes. Help, documents and `Settings` are made from the rows
as well.

`python -m tests.docs.generated` writes the documents again after a change here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mockgem.config.monitoring_options import MonitoringOptions
from mockgem.config.option import Option
from mockgem.config.option_kinds import (
    Choice,
    Flag,
    Integer,
    Number,
    Size,
    String,
    StringOrFunction,
    Strings,
    Table,
    TableValue,
)
from mockgem.config.proxy_options import ProxyOptions
from mockgem.config.recording_options import RecordingOptions

MEBIBYTE = 2**20
SERVING_COMMANDS = ("serve", "record", "replay")
"""The commands whose server is the program. That of `mockgem run` belongs to another command."""
PLAIN_ANSWERS = "plain"
"""The value of `answers` that is not the path of a file."""
GROUPS = (
    "Server", "Answers", "State", "Recording", "Proxy", "Scenarios", "Security", "Logging",
    "Monitoring",
)  # fmt: skip
"""The groups of options, in the order of help and documents."""


def check_table(name: str) -> Callable[[Any], Any]:
    """Return a check of `settings_tables`, which loads pydantic only when a table is given."""

    def check(value: Any) -> Any:
        from mockgem.config.settings_tables import CHECKS

        return CHECKS[name](value)

    return check


class OptionTable(RecordingOptions, ProxyOptions, MonitoringOptions):
    """Every option of a server. Sizes are in bytes, times in seconds."""

    host = String(
        "127.0.0.1",
        group="Server",
        metavar="ADDRESS",
        commands=SERVING_COMMANDS,
        not_in_python="it listens on 127.0.0.1",
        help="Listen on this address.",
    )
    port = Integer(
        8090,
        minimum=0,
        maximum=65535,
        group="Server",
        metavar="PORT",
        commands=SERVING_COMMANDS,
        not_in_python="it chooses a free port, which its URLs contain",
        help="Listen on this port; 0 chooses a free one.",
    )
    workers = Integer(
        1,
        minimum=1,
        maximum=64,
        group="Server",
        commands=("serve",),
        not_in_python="a server inside a program is one process",
        help="Answer in this many processes, which share one port and all state.",
    )
    max_body = Size(
        100 * MEBIBYTE,
        minimum=1,
        group="Server",
        shown_default="100MiB",
        help="Refuse request bodies that are larger.",
    )
    body_memory = Size(
        512 * MEBIBYTE,
        group="Server",
        shown_default="512MiB",
        help="Hold request bodies of up to this size in memory, all requests together.",
    )
    max_connections = Integer(
        0,
        minimum=0,
        maximum=1_000_000,
        group="Server",
        shown_default="0",
        help="Refuse more connections at once; 0: nine tenths of the limit of open files.",
    )
    idle_timeout = Number(
        75.0,
        minimum=0.001,
        unit="seconds",
        group="Server",
        help="Close connections on which no whole request head arrives for this long.",
    )
    tls = Flag(
        True,
        group="Server",
        help="Answer https and wss on the same port, with a certificate of mockgem's authority.",
    )
    tls_cert = String(
        "",
        group="Server",
        metavar="FILE",
        help="Show this certificate (PEM) instead, with the certificates that it depends on.",
    )
    tls_key = String(
        "",
        group="Server",
        metavar="FILE",
        help="The private key of --tls-cert (PEM), if it is in another file.",
    )
    chunk_delay = Number(
        0.0,
        minimum=0,
        maximum=3600,
        unit="seconds",
        group="Server",
        help="Wait this long before every chunk of a streamed answer.",
    )
    stream_words = Integer(
        0,
        minimum=0,
        maximum=1000,
        group="Server",
        help="Stream texts in pieces of this many words: 1 looks like typing with --chunk-delay "
        "0.04. 0 streams them as the real service does.",
    )
    drain = Number(
        5.0,
        minimum=0,
        unit="seconds",
        group="Server",
        commands=SERVING_COMMANDS,
        not_in_python="it ends when the program ends it",
        help="After a stop signal, give open answers this long to finish.",
    )

    ids = Choice(
        "unique",
        ("unique", "repeatable"),
        group="Answers",
        commands=("serve",),
        not_in_python="the ids of a single process are repeatable",
        help="With --workers, or a server in --state: no process makes the ids of another one, or "
        "all count equal requests together, so that ids repeat in a fresh server. A single process "
        "does both.",
    )
    seed = Integer(
        0, group="Answers", help="Generate other texts, images and ids: one set for each seed."
    )
    clock = Choice(
        "fixed",
        ("fixed", "real"),
        group="Answers",
        help="Use a clock that stands still until a test moves it, or the real time.",
    )
    live_pace = Choice(
        "fast",
        ("fast", "real"),
        group="Answers",
        help="End a Live turn as fast as the client reads, or when its audio has been played.",
    )
    lenient = Flag(
        False,
        group="Answers",
        help="Accept what Google refuses: unknown fields, unknown models, values over a limit.",
    )
    tool_call_index = Flag(
        False,
        group="Answers",
        help=(
            "Number the tool calls of streams on Gemini's OpenAI-compatible surface, as OpenAI "
            "does and the real service does not."
        ),
    )
    gzip = Flag(
        False,
        group="Answers",
        help="Compress answers to clients that send Accept-Encoding: gzip.",
    )
    enforce_retirements = Flag(
        False, group="Answers", help="Answer 404 for models whose shutdown date has passed."
    )
    fetch_media = Flag(
        False,
        group="Answers",
        help="Download http(s) links in requests; without it answers only mention the link.",
    )
    answers = StringOrFunction(
        "",
        group="Answers",
        help=(
            "Ask the function answer(request) of this Python file before generating an answer; "
            "plain: write prose, whatever form a prompt asks for."
        ),
    )
    models = Table[TableValue](
        (), check_table("models"), group="Answers", help="More models, each like a known one."
    )
    aliases = Table[Mapping[str, str]](
        {}, check_table("aliases"), group="Answers", help="Other names for models: name and model."
    )

    state = String(
        "",
        group="State",
        metavar="FOLDER|URL",
        help=(
            "Keep files, caches and batches in this folder, or on a Valkey or Redis server "
            "(redis://HOST:PORT/DB); without it they are lost at the end."
        ),
    )
    worlds = Integer(
        256,
        minimum=1,
        maximum=1_000_000,
        group="State",
        help="Keep up to this many worlds (/w/NAME/…); a new one replaces the longest idle one.",
    )
    world_idle = Number(
        3600.0,
        minimum=0,
        unit="seconds",
        group="State",
        help="Forget a world that got no request for this long.",
    )
    max_file = Size(
        2048 * MEBIBYTE,
        group="State",
        shown_default="2GiB",
        help="Refuse uploaded files that are larger.",
    )
    max_state = Size(
        8192 * MEBIBYTE,
        group="State",
        shown_default="8GiB",
        help="Refuse uploads when all uploaded and generated files together would be larger.",
    )
    step_seconds = Number(
        0.5,
        minimum=0,
        maximum=31_536_000,
        unit="seconds",
        group="State",
        help="With the real clock, keep a batch or video in each state for this long.",
    )
    lifecycles = Table[Mapping[str, TableValue]](
        {},
        check_table("lifecycles"),
        group="State",
        help="The states of files, documents, batches, cancelled batches and videos, and how long "
        "each lasts.",
    )

    scenario = String(
        "",
        group="Scenarios",
        metavar="NAME|FILE",
        help="Run this scenario: a name of `mockgem scenario list`, or a file.",
    )
    scenarios = Strings(
        group="Scenarios", metavar="FOLDER", help="Add your scenarios in this folder (repeatable)."
    )
    watch = Flag(
        False,
        group="Scenarios",
        help="Read scenarios, the file of --answers and the settings file again when they change.",
    )
    latency = String(
        "",
        group="Scenarios",
        metavar="PROFILE",
        help="Answer as slowly as a real model: usual, or a profile (flash, pro, …).",
    )
    time_scale = Number(
        1.0,
        minimum=0,
        maximum=1000,
        group="Scenarios",
        help=(
            "Multiply all waits of scenarios by this number: 0.01 makes them a hundred "
            "times shorter."
        ),
    )
    inline_scenarios = Flag(
        True,
        group="Scenarios",
        help="Let requests choose a scenario (by header, or ~NAME in path, model or key).",
    )
    mockgem_headers = Flag(
        True,
        group="Scenarios",
        help="Report the scenario's rule and faults in x-mockgem-… response headers.",
    )

    api_key = Strings(
        group="Security",
        metavar="KEY",
        is_secret=True,
        help="Accept only this key (repeatable); without it every key that is not empty is valid.",
    )
    allowed_host = Strings(
        group="Security",
        metavar="HOST",
        help="Accept requests for this host name too (repeatable); * accepts every name.",
    )
    webhook_host = Strings(
        group="Security",
        metavar="HOST",
        help=(
            "Deliver webhooks to this host, and call MCP servers there, too (repeatable); * allows "
            "every host. Without it, only this machine."
        ),
    )
    admin_token = String(
        "",
        group="Security",
        metavar="TOKEN",
        is_secret=True,
        help=(
            "Require this token under /_mockgem. Without it, a server that other machines can "
            "reach "
            "generates and prints one."
        ),
    )

    quiet = Flag(False, group="Logging", help="Do not log requests.")
    log_format = Choice(
        "text",
        ("text", "json"),
        group="Logging",
        commands=SERVING_COMMANDS,
        not_in_python="it does not log requests; its journal has them",
        help="Log each request as text or as JSON.",
    )


def list_options() -> dict[str, Option[Any]]:
    """Return all rows by name, in the order of their groups."""
    tables = (OptionTable, RecordingOptions, ProxyOptions, MonitoringOptions)
    rows = [row for table in tables for row in vars(table).values() if isinstance(row, Option)]
    return {row.name: row for row in sorted(rows, key=lambda row: GROUPS.index(row.group))}


def add_option(name: str, row: Option[Any]) -> None:
    """Add a row to the table, for every way in which options are read."""
    row.__set_name__(OptionTable, name)
    setattr(OptionTable, name, row)


def suggest_option(name: str) -> str:
    """Return the name of the option that a misspelled one probably means, or an empty text."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name.lower(), list_options(), 1, 0.65)), "")
