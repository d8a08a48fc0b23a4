"""A summary of `mockgem run` in JUnit's XML, which CI services show beside the results of tests."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mockgem.core.frozen import frozen

NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML can't have."""


@frozen
class Outcome:
    """One thing that a run checked: its group, its name, and what is wrong, if anything is."""

    group: str
    name: str
    problem: str = ""


def list_checks(world: str, verdict: Mapping[str, Any]) -> list[Outcome]:
    """Return an outcome for each check of a verdict. A verdict without checks is one."""
    group = f"mockgem.{world or 'default'}.{verdict['scenario']}"
    outcomes = [
        Outcome(group, check["check"], "" if check["ok"] else explain_check(check))
        for check in verdict["checks"]
    ]
    if (verdict["pass"] and outcomes) or any(one.problem for one in outcomes):
        return outcomes
    failed = "" if verdict["pass"] else "the client did not do what the scenario expects"
    return [*outcomes, Outcome(group, verdict["title"], failed)]


def explain_check(check: Mapping[str, Any]) -> str:
    found = f"expected {check['expected']}, found {check['found']}"
    return f"{found}. {check['advice']}" if check.get("advice") else found


def write_junit(path: Path, outcomes: Sequence[Outcome], seconds: float, log: str) -> None:
    """Write a file with one test suite. `log` is the text of the report. Raises OSError."""
    failures = sum(bool(outcome.problem) for outcome in outcomes)
    counts = {"tests": str(len(outcomes)), "failures": str(failures), "errors": "0"}
    suites = ElementTree.Element("testsuites", counts)
    attributes = {"name": "mockgem", "time": f"{seconds:.3f}", "skipped": "0", **counts}
    suite = ElementTree.SubElement(suites, "testsuite", attributes)
    for outcome in outcomes:
        names = {"classname": clean(outcome.group), "name": clean(outcome.name), "time": "0"}
        case = ElementTree.SubElement(suite, "testcase", names)
        if outcome.problem:
            problem = clean(outcome.problem)
            ElementTree.SubElement(case, "failure", {"message": problem}).text = problem
    ElementTree.SubElement(suite, "system-out").text = clean(log)
    path.parent.mkdir(parents=True, exist_ok=True)
    ElementTree.ElementTree(suites).write(path, encoding="utf-8", xml_declaration=True)


def clean(text: str) -> str:
    """Return a text without the characters that XML can't have."""
    return NOT_IN_XML.sub("\ufffd", text)
