"""Write the last measurement of `make coverage` to CONTRIBUTING.md.

Run it with `python -m tests.docs.coverage_figure`.
"""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

PAGE = Path(__file__).parent.parent.parent / "CONTRIBUTING.md"
PART = re.compile(r"(?<=<!-- coverage -->\n).*?(?=\n<!-- /coverage -->)", re.DOTALL)


def read_figure() -> str:
    """Return the last measured percentage of lines and branches that the tests reach."""
    command = [sys.executable, "-m", "coverage", "report", "--format=total", "--precision=1"]
    return subprocess.run(
        command, cwd=PAGE.parent, capture_output=True, text=True, check=True
    ).stdout.strip()


def replace_figure(text: str, figure: str, day: date) -> str:
    """Return the page with another figure. Raises ValueError if the page has no place for it."""
    text, count = PART.subn(
        f"{figure} % of lines and branches, measured by `make coverage` on {day}.", text
    )
    if count != 1:
        raise ValueError(
            f"{PAGE.name} needs one part between <!-- coverage --> and <!-- /coverage -->."
        )
    return text


def main() -> None:
    figure = read_figure()
    PAGE.write_text(replace_figure(PAGE.read_text("utf-8"), figure, date.today()), encoding="utf-8")
    print(f"{figure} % of lines and branches; the figure is in {PAGE.name}.")


if __name__ == "__main__":
    main()
