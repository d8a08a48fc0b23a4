"""The sample on the page about Google's SDK runs as it stands."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parent.parent.parent / "docs" / "how-to" / "google-genai.md"


def test_the_block_runs(url: str) -> None:
    code = re.findall(
        r"^```py\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )[0]
    code = code.replace("http://127.0.0.1:8090", url)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "21 degrees in Lima" in done.stdout
