"""What each modality costs: tokens of text, media and caches, and pieces that have a price."""

from __future__ import annotations

import pytest

from mockgem.config.model_catalog import load_packaged_models
from mockgem.core.content import Usage
from mockgem.operations.costs.prices import (
    BATCH_SHARE,
    PICODOLLARS,
    Consumption,
    Price,
    find_price,
    load_prices,
)

MODELS = load_packaged_models()
NOVEMBER, JANUARY = 1_793_500_000, 1_798_800_000
"""Times in November 2026 and in January 2027."""


def charge(model: str, used: Consumption, share: float = 1.0, at: float = NOVEMBER) -> float | None:
    """Return what a request costs in dollars."""
    price = find_price(MODELS[model], at)
    assert price is not None
    picodollars = price.compute_charge(used, share)
    return None if picodollars is None else picodollars / PICODOLLARS


def use(prompt: int, output: int = 0, **more: object) -> Consumption:
    return Consumption(Usage(prompt, output, **more), songs=1)  # type: ignore[arg-type]


def film(seconds: int, resolution: str) -> Consumption:
    return Consumption(seconds=seconds, resolution=resolution)


PICTURE = (("TEXT", 100), ("IMAGE", 900))
SOUND = (("TEXT", 100), ("AUDIO", 900))
FILM = (("TEXT", 100), ("VIDEO", 900))

TABLE = [
    ("text", "gemini-2.5-flash", use(1000, 100), 1000 * 0.3 + 100 * 2.5),
    ("thinking", "gemini-2.5-flash", use(0, 100, thoughts=50), 150 * 2.5),
    ("image in", "gemini-2.5-flash", use(1000, prompt_modalities=PICTURE), 1000 * 0.3),
    ("audio in", "gemini-2.5-flash", use(1000, prompt_modalities=SOUND), 100 * 0.3 + 900 * 1.0),
    ("video in", "gemini-2.5-flash", use(1000, prompt_modalities=FILM), 1000 * 0.3),
    ("cached", "gemini-2.5-flash", use(1000, cached=400), 600 * 0.3 + 400 * 0.03),
    (
        "cached audio",
        "gemini-2.5-flash",
        use(
            1000,
            cached=500,
            prompt_modalities=SOUND,
            cached_modalities=(("TEXT", 100), ("AUDIO", 400)),
        ),
        500 * 1.0 + 100 * 0.03 + 400 * 0.1,
    ),
    ("cached, no price", "gemini-3.8-flash", use(1000, cached=400), 1000 * 0.75),
    ("long", "gemini-3.1-pro-preview", use(300_000, 10), 300_000 * 4 + 10 * 18),
    (
        "long, cached",
        "gemini-3.1-pro-preview",
        use(300_000, cached=200_000),
        100_000 * 4 + 200_000 * 0.4,
    ),
    (
        "image out",
        "gemini-3-pro-image",
        use(10, 1130, thoughts=20, output_modalities=(("IMAGE", 1120),)),
        10 * 2 + 1120 * 120 + 10 * 12 + 20 * 12,
    ),
    (
        "audio out",
        "gemini-2.5-flash-preview-tts",
        use(10, 250, output_modalities=(("AUDIO", 250),)),
        10 * 0.5 + 250 * 10,
    ),
    (
        "speech to speech",
        "gemini-3.8-live",
        use(1000, 250, prompt_modalities=SOUND, output_modalities=(("AUDIO", 250),)),
        100 * 0.75 + 900 * 3 + 250 * 12,
    ),
    (
        "speech to text",
        "gemini-3.8-live",
        use(1000, 20, prompt_modalities=SOUND, output_modalities=(("TEXT", 20),)),
        100 * 0.75 + 900 * 3 + 20 * 4.5,
    ),
    ("transcript", "gemini-3.5-transcribe", use(250, 20), 250 * 2 + 20 * 12),
    ("embedding", "gemini-embedding-001", use(1000), 1000 * 0.15),
    (
        "embedded media",
        "gemini-embedding-2",
        use(2000, prompt_modalities=(("IMAGE", 258), ("AUDIO", 320), ("VIDEO", 400), ("TEXT", 22))),
        258 * 0.45 + 320 * 6.5 + 400 * 12 + 1022 * 0.2,
    ),
    ("free of charge", "gemma-4-31b-it", use(1000, 1000), 0.0),
]
"""What is used, of which model, and millionths of a dollar."""


@pytest.mark.parametrize(("model", "used", "millionths"), [row[1:] for row in TABLE],
                         ids=[row[0] for row in TABLE])  # fmt: skip
def test_tokens_cost_by_their_modality(model: str, used: Consumption, millionths: float) -> None:
    assert charge(model, used) == pytest.approx(millionths / 1e6)


PIECES = [
    ("pictures", "imagen-4.0-fast-generate-001", Consumption(use(9).usage, images=3), 0.06),
    ("video", "veo-3.1-generate-preview", film(8, "720p"), 3.2),
    ("video in 4k", "veo-3.1-generate-preview", film(8, "4k"), 4.8),
    ("fast video", "veo-3.1-fast-generate-preview", film(6, "1080p"), 0.72),
    ("video by tokens", "gemini-omni-1.1-flash", film(10, "720p"), 1.0136),
    ("a song", "lyria-3-clip-preview", use(9999, 99999), 0.04),
]
"""What has a price for each piece, and dollars."""


@pytest.mark.parametrize(("model", "used", "dollars"), [row[1:] for row in PIECES],
                         ids=[row[0] for row in PIECES])  # fmt: skip
def test_pieces_have_a_price_of_their_own(model: str, used: Consumption, dollars: float) -> None:
    assert charge(model, used) == pytest.approx(dollars)
    assert charge(model, used, BATCH_SHARE) == pytest.approx(dollars / 2)


@pytest.mark.parametrize(
    ("model", "used"),
    [
        ("veo-3.1-lite-generate-preview", film(8, "4k")),
        ("gemini-omni-1.1-flash", film(8, "2k")),
        ("gemini-2.5-flash", film(8, "720p")),
        ("imagen-4.0-generate-001", use(10, 10)),
        ("lyria-3.5", Consumption(use(10).usage)),
        ("gemini-2.5-flash", Consumption(images=1)),
    ],
)
def test_what_has_no_known_price_is_not_guessed(model: str, used: Consumption) -> None:
    assert charge(model, used) is None


@pytest.mark.parametrize(
    ("model", "millionths"),
    [
        ("gemini-2.5-flash", 600 * 0.3 / 2 + 400 * 0.03 + 50),  # cached tokens are not cheaper
        ("gemini-3.1-flash-lite", (600 * 0.25 + 400 * 0.025 + 60) / 2),
        ("gemini-3.8-flash", (1000 * 0.75 + 0.0) / 2 + 75.0),
    ],
)
def test_a_batch_costs_half_except_for_cached_tokens_of_some_models(
    model: str, millionths: float
) -> None:
    used = use(1000, 40, cached=400)
    assert charge(model, used, BATCH_SHARE) == pytest.approx(millionths / 1e6)


def test_a_price_of_speech_changes_with_the_year() -> None:
    used = use(0, 1_000_000)
    assert [charge("gemini-3.8-flash-tts", used, at=at) for at in (NOVEMBER, JANUARY)] == [9, 18]


def test_more_tokens_of_a_modality_than_tokens_count_once() -> None:
    price = Price(1.0, 2.0, audio_input=3.0)
    usage = Usage(100, 0, prompt_modalities=(("AUDIO", 500),))
    assert price.compute_cost(usage) == 300 * PICODOLLARS // 10**6


def test_a_model_has_prices_of_pieces_or_of_tokens() -> None:
    for model, prices in load_prices().items():
        for price in prices:
            pieces = [bool(price.image), bool(price.song), bool(price.second)]
            assert sum(pieces) <= 1, model
            assert not (any(pieces) and (price.input or price.output)), model
            assert price.input or price.output or any(pieces) or model.startswith("gemma"), model
