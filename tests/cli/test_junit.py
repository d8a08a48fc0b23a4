"""`mockgem run --junit`: what CI services read."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from mockgem.cli.junit import Outcome, list_checks, write_junit

ASK = """
import json, os, urllib.request, urllib.error
body = json.dumps({"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]})
headers = {"Authorization": "Bearer k", "Content-Type": "application/json"}
url = os.environ["OPENAI_BASE_URL"] + "chat/completions"
try:
    urllib.request.urlopen(urllib.request.Request(url, body.encode(), headers)).read()
except urllib.error.HTTPError:
    pass
"""


def run(path: Path, *arguments: str) -> int:
    command = [sys.executable, "-m", "mockgem", "run", "--quiet", "--junit", str(path), *arguments]
    return subprocess.run(command, capture_output=True, timeout=300, check=False).returncode


def read(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Return the counts of a file, and the problem of each test case by its name."""
    suite = ElementTree.parse(path).getroot()[0]
    problems = {}
    for case in suite.iter("testcase"):
        failure = case.find("failure")
        problems[case.attrib["name"]] = "" if failure is None else failure.attrib["message"]
    return suite.attrib, problems


@pytest.mark.slow
def test_the_file_has_the_command_and_each_check_of_a_verdict(tmp_path: Path) -> None:
    path = tmp_path / "reports" / "mockgem.xml"
    command = [sys.executable, "-c", ASK]
    assert run(path, "--scenario", "overloaded-then-ok", "--", *command) == 0
    counts, problems = read(path)
    assert (counts["tests"], counts["failures"]) == ("3", "2")
    assert problems["attempts"].startswith("expected 3, found 1. The client made 1 call")
    assert problems["final"].startswith("expected success, found error")
    assert run(path, "--strict", "--scenario", "overloaded-then-ok", "--", *command) == 1
    assert run(path, "--", sys.executable, "-c", "raise SystemExit(3)") == 3
    counts, problems = read(path)
    assert counts["failures"] == "1"
    assert list(problems.values()) == ["the command ended with exit code 3"]


def test_a_verdict_without_checks_is_one_case() -> None:
    verdict = {"scenario": "a", "title": "All is well", "pass": True, "checks": []}
    assert list_checks("w", verdict) == [Outcome("mockgem.w.a", "All is well")]


def test_characters_that_xml_lacks_are_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    write_junit(path, [Outcome("a", 'b\x00<&"', "c\x1b")], 0.5, "d\ud800")
    counts, problems = read(path)
    assert problems == {'b\ufffd<&"': "c\ufffd"}
    assert counts["time"] == "0.500"
