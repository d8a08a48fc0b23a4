"""The samples on the pages about Google's SDK run as they stand."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

MAJOR = int(version("google-genai").partition(".")[0])
HOW_TO = Path(__file__).parent.parent.parent / "docs" / "how-to"


def run_blocks(page: str, url: str) -> list[str]:
    """Run each block of a page as a program; return what they print."""
    text = (HOW_TO / page).read_text(encoding="utf-8")
    printed = []
    for code in re.findall(r"^```py\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        command = [sys.executable, "-c", code.replace("http://127.0.0.1:8090", url)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        printed.append(done.stdout)
    return printed


def test_the_block_runs(url: str) -> None:
    assert "21 degrees in Lima" in run_blocks("google-genai.md", url)[0]


@pytest.mark.skipif(MAJOR < 3, reason="the SDK has the Interactions API of today since 3.0")
def test_the_blocks_about_interactions_run(url: str) -> None:
    conversation, report, spoken, expiry = run_blocks("interactions.md", url)
    assert conversation.strip()
    assert report.startswith("# ")
    assert "interaction.completed" in spoken
    assert re.match(r"\d{4}-\d\d-\d\d", expiry)


def test_the_block_about_file_search_runs(url: str) -> None:
    run_blocks("file-search.md", url)
