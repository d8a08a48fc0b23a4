"""What requests would cost on the real service, by dated prices in `data/prices.json`.

Amounts are whole picodollars (10⁻¹² US dollars), so that sums do not depend on their order.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from mockgem.core.content import ModalityTokens, Usage
from mockgem.core.frozen import frozen
from mockgem.core.models import Model

PICODOLLARS = 10**12
MILLION = 1_000_000
LONG_PROMPT = 200_000
"""Tokens of a prompt above which some models cost more.

Evidence: doc-price-page-2026-10.
"""
BATCH_SHARE = 0.5
"""What a request in a batch costs of the usual price.

Evidence: doc-price-page-2026-10.
"""
VIDEO_TOKENS = {"360p": 1931, "720p": 5792, "1080p": 8688, "4k": 17376}
"""Tokens of one second of video that Gemini Omni makes.

Evidence: doc-price-page-2026-09.
"""


@frozen
class Consumption:
    """What a request is charged for.

    Which of these counts depends on the price of the model: tokens (`usage`, None if nothing
    counted them), `images`, `seconds` of video in a `resolution`, or `songs`.
    """

    usage: Usage | None = None
    images: int = 0
    seconds: int = 0
    resolution: str = ""
    songs: int = 0


@frozen
class Price:
    """US dollars, until the end of a day (ISO format); "" is open.

    Per million tokens: `input` and `output` (with thoughts), and special prices for audio, images
    and video, for prompts over LONG_PROMPT tokens, and for cached tokens. Without a special price
    (0, or None for cached tokens) the general one counts. `batch_cached` is what cached tokens cost
    in a batch, None if it is half of `cached`. Models that do not charge tokens have the price of
    an `image`, of a `song`, or of a `second` of video by its resolution.
    """

    input: float = 0.0
    output: float = 0.0
    audio_input: float = 0.0
    image_input: float = 0.0
    video_input: float = 0.0
    audio_output: float = 0.0
    image_output: float = 0.0
    video_output: float = 0.0
    long_input: float = 0.0
    long_output: float = 0.0
    cached: float | None = None
    cached_audio: float = 0.0
    long_cached: float | None = None
    batch_cached: float | None = None
    image: float = 0.0
    song: float = 0.0
    second: Mapping[str, float] = field(default_factory=dict)
    until: str = ""
    evidence: tuple[str, ...] = ()

    def compute_charge(self, used: Consumption, share: float = 1.0) -> int | None:
        """Return what a request costs in picodollars; None if its price or amount is not known.

        `share` is what a request in a batch pays.
        """
        if self.song:
            return to_picodollars(self.song * used.songs, share) if used.songs else None
        if self.image:
            return to_picodollars(self.image * used.images, share) if used.images else None
        if self.second:
            rate = self.second.get(used.resolution)
            return None if rate is None else to_picodollars(rate * used.seconds, share)
        if used.seconds:
            count = VIDEO_TOKENS.get(used.resolution)
            if count is None or not self.video_output:
                return None
            return to_picodollars(count * used.seconds * self.video_output / MILLION, share)
        return None if used.usage is None else self.compute_cost(used.usage, share)

    def compute_cost(self, usage: Usage, share: float = 1.0) -> int:
        """Return the cost of some tokens in picodollars. `share` is what a batch pays of it."""
        is_long = usage.prompt > LONG_PROMPT
        made = self.long_output if is_long and self.long_output else self.output
        millionths = (
            self.price_prompt(usage, is_long=is_long)
            + self.price_media(usage.output_modalities, usage.output, made, OUTPUT_PRICES)
            + usage.thoughts * made
        )
        cached = self.price_cached(usage, share, is_long=is_long)
        return round((millionths * share + cached) * PICODOLLARS / MILLION)

    def price_prompt(self, usage: Usage, *, is_long: bool) -> float:
        """Return what the prompt costs in millionths of a dollar, without its cached tokens."""
        given = self.long_input if is_long and self.long_input else self.input
        cached = dict(usage.cached_modalities)
        fresh = tuple(
            [(kind, count - cached.get(kind, 0)) for kind, count in usage.prompt_modalities]
        )
        count = usage.prompt - min(usage.cached, usage.prompt)
        return self.price_media(fresh, count, given, INPUT_PRICES) + usage.tool_use_prompt * given

    def price_cached(self, usage: Usage, share: float, *, is_long: bool) -> float:
        """Return what the cached tokens of a prompt cost in millionths of a dollar."""
        count = min(usage.cached, usage.prompt)
        audio = min(count_modality(usage.cached_modalities, "AUDIO"), count)
        rate = self.long_cached if is_long and self.long_cached is not None else self.cached
        if rate is None:
            rate = self.long_input if is_long and self.long_input else self.input
        elif share != 1 and self.batch_cached is not None:
            return count * self.batch_cached
        rate_of_audio = self.cached_audio or rate
        return ((count - audio) * rate + audio * rate_of_audio) * share

    def price_media(
        self, modalities: ModalityTokens, total: int, rate: float, names: Mapping[str, str]
    ) -> float:
        """Return what tokens cost in millionths of a dollar: media by their special price if there
        is one, and the others by `rate`."""
        left, cost = total, 0.0
        for modality, name in names.items():
            if (special := getattr(self, name)) and left:
                count = min(count_modality(modalities, modality), left)
                cost += count * special
                left -= count
        return cost + left * rate


INPUT_PRICES = {"AUDIO": "audio_input", "IMAGE": "image_input", "VIDEO": "video_input"}
OUTPUT_PRICES = {"AUDIO": "audio_output", "IMAGE": "image_output", "VIDEO": "video_output"}
"""Special prices by the modality of the tokens."""


def to_picodollars(dollars: float, share: float) -> int:
    return round(dollars * share * PICODOLLARS)


def count_modality(modalities: ModalityTokens, wanted: str) -> int:
    return max(sum([count for modality, count in modalities if modality == wanted]), 0)


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

    A model without a price has that of the model behind its name.
    """
    prices = load_prices()
    names = (model.id, model.resolves_to, model.routed_to)
    found = next((prices[name] for name in names if name in prices), ())
    today = datetime.fromtimestamp(now, UTC).date().isoformat()
    return next((price for price in found if not price.until or today <= price.until), None)
