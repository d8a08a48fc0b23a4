"""What short programs print, and programs that are not carried out."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.code_printing import list_printed


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("print(1 + 2, 'a')", ["3 a"]),
        ("for i in range(3):\n    print(i * i)", ["0", "1", "4"]),
        ("n = 3\nwhile n > 0:\n    print(n)\n    n -= 1", ["3", "2", "1"]),
        ("names = ['b', 'a']\nprint(sorted(names))", ["['a', 'b']"]),
    ],
)
def test_a_program_prints_its_lines(source: str, lines: list[str]) -> None:
    assert list_printed(source) == lines


@pytest.mark.parametrize(
    "source",
    [
        "import os\nprint(os.getcwd())",
        "print(open('/etc/passwd').read())",
        "while True:\n    print(1)",
        "print('a' * 10**9)",
        "x = [1]\nfor i in range(99):\n    x = [x, x]\nprint(x)",
        "print(__import__('os').getpid())",
        "print(" + "-" * 3000 + "1)",
        "not python",
    ],
)
def test_other_programs_are_not_carried_out(source: str) -> None:
    assert list_printed(source) == []
