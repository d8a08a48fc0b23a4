"""Record the terminal picture of the README: `python -m tests.docs.terminal` runs the commands.

The picture is an SVG that shows the lines one after another and begins again, without a script.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
FILE = ROOT / "docs" / "images" / "terminal.svg"
PROGRAM = """from openai import OpenAI

answer = OpenAI().chat.completions.create(
    model="gemini-2.5-flash",
    messages=[{"role": "user", "content": "Write a haiku about tests."}],
)
print(answer.choices[0].message.content)
"""
COMMANDS = (
    "cat haiku.py",
    "mockgem run -- python haiku.py",
    "mockgem run --scenario overloaded-then-ok -- python haiku.py",
)
LINE_HEIGHT, MARGIN, WIDTH = 20, 20, 860
TYPING_SECONDS, LINE_SECONDS, PAUSE_SECONDS = 1.2, 0.08, 2.0
END_SECONDS = 6.0
"""How long the whole picture stays before it begins again."""
STYLE = (
    "text{font:14px ui-monospace,Menlo,Consolas,monospace;fill:#d6deeb;white-space:pre}"
    ".command{fill:#7fdbca}"
)
Line = tuple[float, str, bool]
"""The second at which a line appears, its text, and whether it is a command."""


def main() -> None:
    FILE.write_text(render(list(schedule(record()))), "utf-8")


def record() -> Iterator[tuple[str, list[str]]]:
    """Run the commands in an empty folder; yield each with the lines of its output."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "haiku.py").write_text(PROGRAM)
        commands = Path(sys.executable).parent
        env = os.environ | {"PATH": f"{commands}{os.pathsep}{os.environ['PATH']}"}
        for command in COMMANDS:
            done = subprocess.run(
                command.split(), cwd=folder, env=env, text=True, check=True,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )  # fmt: skip
            yield command, done.stdout.splitlines()


def schedule(scenes: Iterator[tuple[str, list[str]]]) -> Iterator[Line]:
    second = 0.5
    for command, lines in scenes:
        yield second, f"$ {command}", True
        second += TYPING_SECONDS
        for line in lines:
            yield second, line, False
            second += LINE_SECONDS
        second += PAUSE_SECONDS


def render(lines: list[Line]) -> str:
    """Return the picture. Without animations, as on paper, all lines are visible."""
    height = 2 * MARGIN + LINE_HEIGHT * len(lines)
    total = lines[-1][0] + END_SECONDS
    rows = "\n".join(
        render_line(line, MARGIN + LINE_HEIGHT * (number + 1), total)
        for number, line in enumerate(lines)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">\n'
        "<title>mockgem run starts a server for a program, and judges how it retries</title>\n"
        f"<style>{STYLE}</style>\n"
        f'<rect width="100%" height="100%" rx="8" fill="#011627"/>\n{rows}\n</svg>\n'
    )


def render_line(line: Line, y: int, total: float) -> str:
    second, text, is_command = line
    kind = ' class="command"' if is_command else ""
    appears = (
        f'<animate attributeName="opacity" values="0;0;1;1" dur="{total:.2f}s" '
        f'keyTimes="0;{second / total:.4f};{second / total:.4f};1" repeatCount="indefinite"/>'
    )
    return f'<text x="{MARGIN}" y="{y}"{kind}>{escape(text)}{appears}</text>'


if __name__ == "__main__":
    main()
