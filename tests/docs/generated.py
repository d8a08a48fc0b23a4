"""The parts of the documents that are made from the code. `python -m tests.docs.generated` writes them anew."""

from __future__ import annotations

import re
from pathlib import Path

from mockgem.cli import endpoints, options, scenario

ROOT = Path(__file__).parent.parent.parent
README = ROOT / "README.md"
PAGES = (README, ROOT / "docs" / "endpoints.md", ROOT / "docs" / "scenarios.md")
PARTS = {
    "endpoints": endpoints.as_markdown,
    "options": options.as_markdown,
    "faults": scenario.faults_as_markdown,
    "scenarios": scenario.scenarios_as_markdown,
}


def with_parts(text: str) -> str:
    for name, make in PARTS.items():
        part = f"<!-- {name} -->\n{make()}\n<!-- /{name} -->"
        text = re.sub(rf"<!-- {name} -->.*?<!-- /{name} -->", lambda _, part=part: part, text, flags=re.DOTALL)  # type: ignore[misc]
    return text


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(with_parts(page.read_text(encoding="utf-8")), encoding="utf-8")
