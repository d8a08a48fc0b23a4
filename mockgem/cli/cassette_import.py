"""The command `mockgem cassette import`."""

from __future__ import annotations

from collections import Counter
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import urlsplit

import click

from mockgem.recording import formats
from mockgem.recording.interaction import Interaction

API_HOSTS = ("*googleapis.com", "api.openai.com", "localhost", "127.0.0.1")
"""The hosts of the real services, and of gateways and mock servers on this machine."""
MAX_HOSTS = 10
FILE_TYPE = click.Path(path_type=Path, dir_okay=False)


@click.command("import")
@click.argument("source", type=FILE_TYPE)
@click.argument("target", required=False, type=FILE_TYPE)
@click.option(
    "--host",
    "hosts",
    metavar="PATTERN",
    multiple=True,
    help="Take requests to these hosts (repeatable; * is any text); without it those of Google's "
    "and OpenAI's APIs, and of this machine.",
)
def command(source: Path, target: Path | None, hosts: tuple[str, ...]) -> None:
    """Make a cassette of the API calls in a HAR file or in flows of mitmproxy.

    A browser saves a HAR file in its network tools; `mitmdump -w FILE` saves flows. mockgem takes
    the calls of the API, removes secrets, and writes NAME.mockgem.yaml beside SOURCE. It never
    changes SOURCE.
    """
    from mockgem.cli.cassette import UnreadableCassette, check_target, default_target

    target = target or default_target(source, formats.VCR)
    try:
        recording = formats.read_recording(source)
        check_target(source, target, recording, [])
        interactions = [one for one in formats.clean(recording) if is_call(one, hosts or API_HOSTS)]
        if not interactions:
            raise ValueError(explain_nothing(source, recording.interactions))
        formats.store(target, interactions)
    except ValueError as error:
        raise UnreadableCassette(str(error)) from None
    others = len(recording.interactions) - len(interactions) + recording.left_out
    click.echo(f"{target}: {len(interactions)} interactions; left out {others} others")


def is_call(interaction: Interaction, hosts: tuple[str, ...]) -> bool:
    """Return whether an interaction is a call of an API, and not a browser's question before it."""
    host = urlsplit(interaction.uri).hostname or ""
    return interaction.method != "OPTIONS" and any(fnmatchcase(host, one) for one in hosts)


def explain_nothing(source: Path, interactions: tuple[Interaction, ...]) -> str:
    """Return a message that names the hosts of a file without a call."""
    found = Counter([urlsplit(one.uri).hostname or "" for one in interactions])
    names = ", ".join([host for host, _ in found.most_common(MAX_HOSTS)]) or "no host"
    return f"{source} has no calls of an API, but requests to {names}. Choose one with --host."
