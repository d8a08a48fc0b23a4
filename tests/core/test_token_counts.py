"""Token counts in bodies: by modality, also of Live sessions and of caches."""

from __future__ import annotations

import json
from typing import Any

from mockgem.core.content import Usage
from mockgem.core.token_counts import read_usage


def details(**counts: int) -> list[dict[str, Any]]:
    return [{"modality": name, "tokenCount": count} for name, count in counts.items()]


def read(fields: dict[str, Any]) -> Usage | None:
    return read_usage(json.dumps({"usageMetadata": fields}).encode())


def test_a_live_session_counts_a_response_by_modality() -> None:
    found = read(
        {
            "promptTokenCount": 30,
            "responseTokenCount": 50,
            "promptTokensDetails": details(TEXT=10, AUDIO=20),
            "responseTokensDetails": details(AUDIO=50),
        }
    )
    assert found == Usage(
        30,
        50,
        prompt_modalities=(("TEXT", 10), ("AUDIO", 20)),
        output_modalities=(("AUDIO", 50),),
    )


def test_cached_tokens_have_modalities() -> None:
    found = read(
        {
            "promptTokenCount": 30,
            "candidatesTokenCount": 5,
            "cachedContentTokenCount": 20,
            "cacheTokensDetails": details(TEXT=5, AUDIO=15),
        }
    )
    assert found == Usage(30, 5, cached=20, cached_modalities=(("TEXT", 5), ("AUDIO", 15)))


def test_a_body_without_counts_has_none() -> None:
    assert read({}) is None
    assert read_usage(b'{"text": "\\"usage\\": {}"}') is None
