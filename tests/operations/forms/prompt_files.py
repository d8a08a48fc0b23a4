"""Read the files with prompts, and ask them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.asking import Asker

FOLDER = Path(__file__).parent
ROLES = ("user", "assistant")


@dataclass(frozen=True)
class Prompt:
    """A prompt with the conversation before it, and the checks that its reply has to pass."""

    text: str
    system: str
    history: tuple[str, ...]
    want: Mapping[str, Any]
    missed: bool = False
    """Whether a held-out prompt did not get its form when it was asked first."""

    @property
    def messages(self) -> list[dict[str, str]]:
        start = [{"role": "system", "content": self.system}] if self.system else []
        said = [
            {"role": ROLES[at % 2], "content": text}
            for at, text in enumerate((*self.history, self.text))
        ]
        return [*start, *said]

    def __str__(self) -> str:
        return f"{self.system} {self.text}".strip()[:90]


@cache
def read_prompts(name: str) -> tuple[Prompt, ...]:
    rows = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    return tuple(
        Prompt(
            row["prompt"],
            row.get("system", ""),
            tuple(row.get("history", ())),
            row["want"],
            row.get("missed", False),
        )
        for row in rows
    )


@cache
def read_ordinary_prompts() -> tuple[str, ...]:
    """Return prompts that ask for no form."""
    return tuple(yaml.safe_load((FOLDER / "ordinary.yaml").read_text("utf-8")))


def ask_prompt(prompt: Prompt, asker: Asker, **more: Any) -> str:
    return str(asker.chat(prompt.messages, **more).message["content"])
