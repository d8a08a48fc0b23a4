"""The help of the command line: complete, quick and with suggestions."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from mockgem.cli import SUMMARIES, main

HEAVY = ("aiohttp", "pydantic", "yaml", "mockgem.app", "mockgem.server", "mockgem.scenarios")


def list_commands(command: click.Command = main, *path: str) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            subcommand = command.get_command(context, name)
            assert subcommand is not None
            yield from list_commands(subcommand, *path, name)


def run_python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True
    )
    return done.stdout


@pytest.mark.parametrize("name", SUMMARIES)
def test_a_summary_is_the_first_paragraph_of_the_command_s_help(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    paragraph = (command.help or "").partition("\n\n")[0]
    assert SUMMARIES[name] == " ".join(paragraph.split())


@pytest.mark.parametrize("path", [*list_commands()], ids=" ".join)
def test_every_command_has_help(path: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, [*path, "--help"], prog_name="mockgem")
    assert result.exit_code == 0
    assert result.output.startswith(" ".join(["Usage: mockgem", *path]))


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_imports_no_server(option: str) -> None:
    code = (
        "import sys\nfrom mockgem.cli import main\n"
        f"try:\n    main(['{option}'])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in sys.modules if name.startswith({HEAVY!r})])"
    )
    assert run_python(code).splitlines()[-1] == "[]"


def test_the_program_is_called_mockgem_however_it_is_started() -> None:
    command = [sys.executable, "-m", "mockgem", "serve", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.startswith("Usage: mockgem serve [OPTIONS]")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("sevre",), "There is no command 'sevre': did you mean serve?"),
        (("xyz",), "There is no command 'xyz': mockgem --help lists them."),
        (("scenario", "lst"), "There is no command 'lst': did you mean list?"),
        (("cassette", "chek"), "There is no command 'chek': did you mean check?"),
        (("serve", "--wrlds", "3"), "No such option"),
    ],
)
def test_a_misspelled_name_is_answered_with_a_suggestion(
    args: tuple[str, ...], message: str
) -> None:
    result = CliRunner().invoke(main, args, prog_name="mockgem")
    assert result.exit_code == 2
    assert message in result.output


def test_the_first_process_of_a_container_obeys_sigterm_while_it_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The kernel ignores signals to such a process until it handles them."""
    before = signal.getsignal(signal.SIGTERM)
    try:
        for number, is_replaced in ((1234, False), (1, True)):
            monkeypatch.setattr(os, "getpid", lambda number=number: number)
            assert CliRunner().invoke(main, ["--version"]).exit_code == 0
            assert (signal.getsignal(signal.SIGTERM) is not before) == is_replaced
    finally:
        signal.signal(signal.SIGTERM, before)
