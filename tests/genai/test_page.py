"""The samples on the pages about Google's SDK run as they stand."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

PAGES = Path(__file__).parent.parent.parent / "docs" / "how-to"


def run_block(page: str, url: str) -> str:
    """Run the first block of a page and return its output."""
    text = (PAGES / page).read_text(encoding="utf-8")
    code = re.findall(r"^```py\n(.*?)^```", text, re.DOTALL | re.MULTILINE)[0]
    code = code.replace("http://127.0.0.1:8090", url)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_block_runs(url: str) -> None:
    assert "21 degrees in Lima" in run_block("google-genai.md", url)


def test_the_block_about_file_search_runs(url: str) -> None:
    run_block("file-search.md", url)
