"""What a run shows: the survivors, a table for each group, and the part of CONTRIBUTING.md."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tests.mutation.groups import GROUPS, OTHER, Group, find_group
from tests.mutation.mutants import ROOT, Mutant

PAGE = ROOT / "CONTRIBUTING.md"
PART = re.compile(r"(?<=<!-- mutants -->\n).*?(?=\n<!-- /mutants -->)", re.DOTALL)
HEAD = "| part | mutants | killed | target | measured |\n|---|---|---|---|---|"
ROW = re.compile(
    r"^(?=\| (.+?) \|)(\| .+? \| \d+ \| [\d.]+ % \| \d+ % \| [\d-]+ \|)$", re.MULTILINE
)


@dataclass(frozen=True)
class Result:
    """What became of one mutant: "killed", "survived", or "unreached" if no test runs its line."""

    mutant: Mutant
    outcome: str


@dataclass(frozen=True)
class Row:
    """The figures of one group of modules."""

    group: Group
    killed: int
    total: int

    @property
    def percent(self) -> float:
        return 100 * self.killed / self.total

    @property
    def is_enough(self) -> bool:
        return self.percent >= self.group.target


def count_results(results: Sequence[Result]) -> list[Row]:
    """Return a row for each group that has mutants."""
    killed: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for result in results:
        name = find_group(result.mutant.module).name
        total[name] += 1
        killed[name] += result.outcome == "killed"
    return [
        Row(group, killed[group.name], total[group.name])
        for group in (*GROUPS, OTHER)
        if total[group.name]
    ]


def format_survivors(results: Sequence[Result]) -> str:
    """Return the place and the change of each mutant that no test noticed."""
    blocks = [
        f"{mutant.module}:{mutant.line} {mutant.function} ({result.outcome})\n"
        f"  - {mutant.before}\n  + {mutant.after}"
        for result in results
        if result.outcome != "killed" and (mutant := result.mutant)
    ]
    return "\n".join(blocks)


def format_table(rows: Sequence[Row]) -> str:
    lines = [f"{'group':16}{'killed':>8}{'of':>6}{'%':>8}{'target':>8}"]
    for row in rows:
        mark = "" if row.is_enough else "  too few"
        lines.append(
            f"{row.group.name:16}{row.killed:8}{row.total:6}{row.percent:8.1f}"
            f"{row.group.target:8}{mark}"
        )
    return "\n".join(lines)


def update_page(text: str, rows: Sequence[Row], day: date) -> str:
    """Return the page with new figures of some groups; those of the others stay.

    Raises ValueError if the page has no place for them.
    """
    lines = dict(ROW.findall(text))
    for row in rows:
        figures = f"{row.total} | {row.percent:.1f} % | {row.group.target} % | {day}"
        lines[row.group.name] = f"| {row.group.name} | {figures} |"
    names = [group.name for group in GROUPS if group.name in lines]
    return replace_part(text, "\n".join([HEAD, *[lines[name] for name in names]]))


def replace_part(text: str, part: str) -> str:
    """Return the page with other figures. Raises ValueError if the page has no place for them."""
    text, count = PART.subn(lambda _: part, text)
    if count != 1:
        raise ValueError(
            f"{PAGE.name} needs one part between <!-- mutants --> and <!-- /mutants -->."
        )
    return text
