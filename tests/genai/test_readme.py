"""The README's block for Google's SDK runs as it stands."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parent.parent.parent / "README.md"


def test_the_block_runs(url: str) -> None:
    (code,) = re.findall(
        r"^```py\n(.*?)^```", README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    code = code.replace("http://127.0.0.1:8090", url)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "21 degrees in Lima" in done.stdout
