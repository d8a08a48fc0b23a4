"""What requests would cost on the real service, by dated prices in `data/prices.json`.

Amounts are whole picodollars (10⁻¹² US dollars), so that sums do not depend on their order.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from mockgem.core.content import ModalityTokens, Usage
from mockgem.core.frozen import frozen
from mockgem.core.models import Model

PICODOLLARS = 10**12
LONG_PROMPT = 200_000
"""Tokens of a prompt above which some models cost more.

Evidence: doc-price-page-2026-10.
"""


@frozen
class Price:
    """US dollars per million tokens, until the end of a day (ISO format); "" is open.

    A price of 0 for `long_input`, `long_output`, `audio_input`, or None for `cached`, means that
    there is no special one.
    """

    input: float
    output: float
    audio_input: float = 0.0
    long_input: float = 0.0
    long_output: float = 0.0
    cached: float | None = None
    long_cached: float | None = None
    until: str = ""
    evidence: tuple[str, ...] = ()

    def compute_cost(self, usage: Usage, share: float = 1.0) -> int:
        """Return the cost of some tokens in picodollars. `share` is what a batch pays of it."""
        is_long = usage.prompt > LONG_PROMPT
        given = self.long_input if is_long and self.long_input else self.input
        made = self.long_output if is_long and self.long_output else self.output
        kept = self.long_cached if is_long and self.long_cached is not None else self.cached
        cached = min(usage.cached, usage.prompt)
        audio = count_audio(usage.prompt_modalities) if self.audio_input else 0
        audio = min(audio, usage.prompt - cached)
        dollars_per_million = (
            (usage.prompt - cached - audio + usage.tool_use_prompt) * given
            + audio * self.audio_input
            + cached * (given if kept is None else kept)
            + (usage.output + usage.thoughts) * made
        )
        return round(dollars_per_million * share * PICODOLLARS / 1_000_000)


def count_audio(modalities: ModalityTokens) -> int:
    return sum(count for modality, count in modalities if modality == "AUDIO")


@cache
def load_prices() -> Mapping[str, tuple[Price, ...]]:
    """Return the prices of each model, oldest first."""
    text = files("mockgem").joinpath("data/prices.json").read_text("utf-8")
    rows: Mapping[str, list[dict[str, Any]]] = json.loads(text)["prices"]
    return {model: tuple([parse_price(row) for row in prices]) for model, prices in rows.items()}


def parse_price(row: Mapping[str, Any]) -> Price:
    return Price(**{**row, "evidence": tuple(row["evidence"])})


def find_price(model: Model, now: float) -> Price | None:
    """Return the price of a model at a time; None if mockgem knows none.

    A model without a price of its own has that of the model behind its name.
    """
    prices = load_prices()
    names = (model.id, model.resolves_to, model.routed_to)
    found = next((prices[name] for name in names if name in prices), ())
    today = datetime.fromtimestamp(now, UTC).date().isoformat()
    return next((price for price in found if not price.until or today <= price.until), None)
