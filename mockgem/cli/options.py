"""The options of `mockgem serve`: each is also MOCKGEM_… in the environment and a key of the settings file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from mockgem.config.settings import Settings

DEFAULTS = Settings()
UNITS = {
    "": 1,
    "B": 1,
    "K": 1000,
    "KB": 1000,
    "KIB": 1024,
    "M": 10**6,
    "MB": 10**6,
    "MIB": 2**20,
    "GB": 10**9,
    "GIB": 2**30,
}


def size(value: str | int) -> int:
    """Bytes: 4194304, 4MiB, 20MB."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([A-Za-z]*)", str(value).strip())
    if match is None or match[2].upper() not in UNITS:
        raise click.BadParameter(
            f"{value!r} is no size; write bytes or a number with KiB, MiB, MB …"
        )
    return int(float(match[1]) * UNITS[match[2].upper()])


def option(name: str, help_text: str, **attributes: Any) -> Callable[[Any], Any]:
    """An option with its environment variable and its default from the settings."""
    key = name.partition("/")[0].removeprefix("--").replace("-", "_")
    default = getattr(DEFAULTS, key)
    shown = attributes.pop("show_default", default not in (False, ()))
    return click.option(
        name,
        envvar=f"MOCKGEM_{key.upper()}",
        default=default,
        show_default=shown,
        help=help_text,
        **attributes,
    )


def read_config(context: click.Context, param: click.Parameter, value: Path | None) -> None:
    """Puts the settings file's values below options and environment."""
    if value is None:
        return
    from mockgem.config.settings_file import BadSettings, load

    try:
        context.default_map = load(value)
    except BadSettings as error:
        raise click.UsageError(str(error)) from None


CASSETTE_OPTIONS = (
    option(
        "--cassette", "Answer from this cassette, or all in a folder, before anybody else does."
    ),
    option(
        "--on-miss",
        "Who answers what is not in the cassette.",
        type=click.Choice(["engine", "fail", "record"]),
    ),
    option(
        "--upstream", "The service to record, by URL; without it the real one behind each surface."
    ),
    option("--upstream-key-env", "The variable that holds a key for clients that bring none."),
    option(
        "--match-on",
        "What recorded requests are found by (repeatable): method, host, path, query, body.",
        multiple=True,
    ),
    option(
        "--ignore",
        "A place of JSON bodies that is passed over (repeatable): $.user, $.metadata.*",
        multiple=True,
    ),
    option(
        "--allow-playback-repeats",
        "Play the last recording of a request again and again.",
        is_flag=True,
    ),
    option("--replay-timing", "off: at once; recorded; or a number: so many times as fast."),
    option(
        "--redact",
        "A regular expression for more that is kept out of cassettes (repeatable).",
        multiple=True,
    ),
)
"""What has to do with cassettes; `mockgem record` and `mockgem replay` have them too."""
SCENARIO_OPTIONS = (
    option("--scenario", "What goes wrong: a scenario's name (mockgem scenario list) or file."),
    option("--scenarios", "A folder with scenarios of your own (repeatable).", multiple=True),
    option("--watch", "Read scenario files again when they change.", is_flag=True),
    option("--latency", "How long answers take: usual, or a profile (flash, pro, …)."),
    option(
        "--answers",
        "A Python file with a function answer(request), asked before mockgem answers itself.",
    ),
    option(
        "--time-scale",
        "All waits of scenarios times this: 0.01 is a hundredth.",
        type=click.FloatRange(0, 1000),
    ),
    option(
        "--inline-scenarios/--no-inline-scenarios",
        "Whether requests may choose a scenario (header, ~NAME in path, model or key).",
    ),
    option(
        "--mockgem-headers/--no-mockgem-headers",
        "Whether answers of scenarios say so in x-mockgem-… headers.",
    ),
)
"""What has to do with scenarios."""
ACCESS_OPTIONS = (
    option(
        "--allowed-host",
        "Another name that requests may be sent to (repeatable); * is any.",
        multiple=True,
    ),
    option(
        "--admin-token",
        "Asked for under /_mockgem; beyond loopback one is made up if this is not given.",
    ),
)
OPTIONS = (
    click.option(
        "--config",
        type=click.Path(dir_okay=False, path_type=Path),
        envvar="MOCKGEM_CONFIG",
        is_eager=True,
        expose_value=False,
        callback=read_config,
        help="A settings file, TOML or YAML, with the names of these options as keys.",
    ),
    option("--host", "Address to listen on."),
    option("--port", "Port to listen on; 0 picks a free one.", type=click.IntRange(0, 65535)),
    option("--seed", "Where all chance comes from: another seed, other answers.", type=int),
    option(
        "--clock",
        "A clock that stands still, or the real one.",
        type=click.Choice(["fixed", "real"]),
    ),
    option(
        "--api-key",
        "Let only this key pass (repeatable). Without it any key passes that is not empty.",
        multiple=True,
    ),
    option(
        "--lenient",
        "Forgive what Google refuses: unknown fields, unknown models, limits.",
        is_flag=True,
    ),
    option("--max-body", "Largest request body.", type=size, show_default="100MiB"),
    option(
        "--enforce-retirements", "Answer 404 for models whose shutdown date has come.", is_flag=True
    ),
    option(
        "--fetch-media",
        "Fetch http(s) links in requests; otherwise they are only named.",
        is_flag=True,
    ),
    option(
        "--chunk-delay",
        "Seconds to wait before every chunk of an answer.",
        type=click.FloatRange(min=0),
    ),
    option(
        "--state",
        "Keep files, caches and batches in this directory; without it they end with the server.",
    ),
    option("--worlds", "So many worlds (/w/NAME/…) at once.", type=click.IntRange(min=1)),
    option(
        "--world-idle",
        "Seconds after which a world nobody asks is forgotten.",
        type=click.FloatRange(min=0),
    ),
    option("--max-file", "Largest uploaded file.", type=size, show_default="2GiB"),
    option("--max-state", "Room for all uploaded and made files.", type=size, show_default="8GiB"),
    option(
        "--step-seconds",
        "With the real clock: seconds each state of a batch or video lasts.",
        type=click.FloatRange(min=0),
    ),
    *CASSETTE_OPTIONS,
    *SCENARIO_OPTIONS,
    *ACCESS_OPTIONS,
    option(
        "--drain",
        "Seconds that open answers may go on after a stop signal.",
        type=click.FloatRange(min=0),
    ),
    option("--quiet", "Do not log requests.", is_flag=True),
    option("--log-format", "How requests are logged.", type=click.Choice(["text", "json"])),
)


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    for one in reversed(OPTIONS):
        command = one(command)
    return command


def render_markdown() -> str:
    """The table of the README."""

    def nothing() -> None: ...

    options: list[click.Option] = with_options(nothing).__click_params__  # type: ignore[attr-defined]
    lines = ["| option | environment | what it does | default |", "|---|---|---|---|"]
    for one in reversed(options):
        default = getattr(DEFAULTS, str(one.name), "")
        shown = (
            one.show_default
            if isinstance(one.show_default, str)
            else ""
            if default is False or default == ()
            else default
        )
        lines.append(f"| `{one.opts[0]}` | `{one.envvar}` | {one.help} | {shown} |")
    return "\n".join(lines)
