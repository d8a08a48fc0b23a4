"""Completion in the shell: values, not only the names of options."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from mockgem.cli import main


def complete(*words: str) -> list[str]:
    """Return what bash offers for the last word; files are left to bash."""
    line = " ".join(["mockgem", *words])
    env = {
        "_MOCKGEM_COMPLETE": "bash_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words)),
    }
    result = CliRunner().invoke(main, [], env=env, prog_name="mockgem")
    return [text.partition(",")[2] or text for text in result.output.split()]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("se",), ["serve"]),
        (("serve", "--scenario", "overloaded-p"), ["overloaded-pro-falls-back-to-flash"]),
        (("serve", "--latency", "us"), ["usual"]),
        (("serve", "--clock", "r"), ["real"]),
        (("scenario", "show", "overloaded-p"), ["overloaded-pro-falls-back-to-flash"]),
        (("fail", "overl"), ["overloaded"]),
        (("fail", "stal"), ["stall"]),
        (("say", "--model", "gemini-2.5-flash-l"), ["gemini-2.5-flash-lite"]),
        (("journal", "--model", "gemini-2.5-flash-l"), ["gemini-2.5-flash-lite"]),
        (("ask", "--model", "gemini-2.5-flash-l"), ["gemini-2.5-flash-lite"]),
        (("record", "--mode", "new"), ["new_episodes"]),
    ],
)
def test_values_are_completed(words: tuple[str, ...], offered: list[str]) -> None:
    assert set(offered) <= set(complete(*words)), complete(*words)
    assert all(one.startswith(words[-1]) for one in complete(*words))


@pytest.mark.parametrize(
    "words",
    [("serve", "--cassette", "my/"), ("serve", "--scenario", "./m"), ("serve", "--answers", "a")],
)
def test_paths_are_left_to_the_shell(words: tuple[str, ...]) -> None:
    assert complete(*words) == [words[-1]]
