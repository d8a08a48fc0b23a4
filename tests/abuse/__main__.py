"""`python -m tests.abuse [--full] [--write] [DRILL…]`: run drills and print their table.

`--full` takes about half an hour; without it, the drills are the same with smaller numbers.
`--write` puts the table into `docs/security.md`. The exit code is 1 if the server fails in a drill.
"""

from __future__ import annotations

import re
import sys
import time
import traceback
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tests.abuse import bodies, connections, containers, disks, kills, traffic, upstreams
from tests.abuse.drill import DRILLS, FULL, SHORT, Drill, Effort, Failed

PAGE = Path(__file__).parent.parent.parent / "docs" / "security.md"
PARTS = connections, bodies, disks, upstreams, kills, traffic, containers
"""The modules that declare drills, in the order of the table."""


def main(arguments: Sequence[str]) -> int:
    """Run the drills that the arguments name, or all of them."""
    effort = FULL if "--full" in arguments else SHORT
    names = [word for word in arguments if not word.startswith("--")] or list(DRILLS)
    unknown = [name for name in names if name not in DRILLS]
    if unknown:
        print(f"There is no drill {unknown[0]!r}: use one of {', '.join(DRILLS)}")
        return 2
    began = time.monotonic()
    seen = {name: run(DRILLS[name], effort) for name in names}
    table = render_table(seen)
    print(f"\n{table}\n")
    failures = [name for name, text in seen.items() if text is None]
    if "--write" in arguments and not failures:
        write_table(table, effort)
    print(
        f"{len(names) - len(failures)} drills passed, {len(failures)} failed "
        f"in {time.monotonic() - began:.0f} s"
    )
    return int(bool(failures))


def run(drill: Drill, effort: Effort) -> str | None:
    """Run a drill and return what it saw; None if it failed, whose reason is printed."""
    print(f"{drill.title} …", flush=True)
    try:
        seen = drill.run(effort)
    except Failed as error:
        print(f"  FAILED: {error}", flush=True)
        return None
    except Exception:
        traceback.print_exc()
        return None
    print(f"  {seen}", flush=True)
    return seen


def render_table(seen: dict[str, str | None]) -> str:
    """Return the table of the drills in Markdown."""
    rows = ["| what happens | what mockgem must do | what was seen |", "|---|---|---|"]
    for name, text in seen.items():
        drill = DRILLS[name]
        rows.append(f"| {drill.title} | {drill.required} | {text or 'failed'} |")
    return "\n".join(rows)


def write_table(table: str, effort: Effort) -> None:
    """Put the table into the page about security, with the date."""
    note = f"Measured on {date.today():%Y-%m-%d} with the {effort.name} drills."
    part = f"<!-- drills -->\n{note}\n\n{table}\n<!-- /drills -->"
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(
        re.sub("<!-- drills -->.*?<!-- /drills -->", lambda _: part, text, flags=re.S),
        encoding="utf-8",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
