"""The terminal picture of the README shows commands that exist, and what they print."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

from tests.docs.terminal import COMMANDS, FILE, PROGRAM, render, schedule

MAX_BYTES = 20_000
TEXT = "{http://www.w3.org/2000/svg}text"


def read_lines(picture: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(picture).iter(TEXT)]


def test_the_picture_has_the_commands_the_program_and_a_verdict() -> None:
    assert FILE.stat().st_size < MAX_BYTES
    lines = read_lines(FILE.read_text("utf-8"))
    assert [line for line in lines if line.startswith("$ ")] == [f"$ {one}" for one in COMMANDS]
    assert set(filter(None, PROGRAM.splitlines())) <= set(lines)
    assert "PASS  overloaded-then-ok: Two 503 errors, then calls succeed" in lines


def test_lines_appear_one_after_another_and_keep_their_characters() -> None:
    lines = list(schedule(iter([("a", ["<b> & 'c'"]), ("d", [])])))
    assert [line[0] for line in lines] == sorted({line[0] for line in lines})
    assert read_lines(render(lines)) == ["$ a", "<b> & 'c'", "$ d"]
