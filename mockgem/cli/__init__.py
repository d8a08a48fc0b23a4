"""The command line: one file for each command, imported when the command is called."""

from __future__ import annotations

import click

from mockgem import __version__
from mockgem.cli.groups import LazyGroup

SUMMARIES = {
    "ask": "Print the reply to a prompt, and the recogniser that produced it.",
    "ca": "Show the certificate that clients of https and wss have to trust.",
    "cassette": "Inspect, check, redact, compare and convert cassettes.",
    "clock": "Show or move the clock of a running server.",
    "costs": "Show what the requests of a running server would have cost.",
    "drift": "Compare recordings with the answers of mockgem or of a live API.",
    "endpoints": "List the endpoints of each surface, or what becomes of each method of an SDK.",
    "env": "Show the variables that lead SDKs and frameworks to a running server.",
    "fail": "Let the next call to a running server fail.",
    "init": "Write settings, a scenario and a first test into a folder.",
    "journal": "Show the requests that a running server got, the newest last.",
    "models": "List the models of the catalogue.",
    "open": "Open the console of a running server in a browser.",
    "record": "Record the answers of the real API to a cassette.",
    "replay": "Answer from a cassette, without a key or a network.",
    "rules": "List the rules of a running server, in the order in which they act.",
    "run": "Run a command with a server: mockgem run -- npm test",
    "say": "Set the next reply of a running server.",
    "scenario": "List, show and check scenarios.",
    "serve": "Serve the API. Ctrl-C stops the server.",
    "verdict": "Show how a running server judges its client.",
}
"""The commands. Each summary is the first sentence of the command's help."""


def run() -> None:
    """Run the command line in a process of its own, which starts as fast as it can."""
    from mockgem.cli.garbage import postpone_garbage_collection
    from mockgem.server.deferred_client import defer_client

    postpone_garbage_collection()
    defer_client()
    main(prog_name="mockgem")


@click.group(
    cls=LazyGroup,
    summaries=SUMMARIES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="mockgem")
def main() -> None:
    """The Gemini API on localhost: deterministic, without a key or a network."""
