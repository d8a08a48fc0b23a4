"""Generate log probabilities of a reply's tokens; the same text gets the same values."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from mockgem.core.content import Candidate
from mockgem.core.models import Model
from mockgem.operations.generators import tokens

TOKEN = re.compile(r"\s?\w{1,8}|\s?[^\w\s]|\s+")
ALTERNATIVE_TOKENS = (
    *[
        " " + word
        for word in "the a and to of in is it that for an or with be was by on at".split()
    ],
    *("\n", ".", ","),
)
MAX_ALTERNATIVES = 20
"""The largest number of alternatives in a request (documented).

Evidence: doc-api-reference.
"""
MAX_ENTRIES = 21_000
"""The largest number of tokens and alternatives for one candidate."""


def make_logprobs(candidate: Candidate, alternatives: int) -> dict[str, Any]:
    """Return avgLogprobs and logprobsResult.

    The chosen token is always the first alternative. Of a very long reply only the beginning has
    probabilities.
    """
    tokens = TOKEN.findall(candidate.text)[: MAX_ENTRIES // (alternatives + 1)]
    if not tokens:
        return {}
    chosen = [make_entry(token, place, 0) for place, token in enumerate(tokens)]
    result: dict[str, Any] = {}
    if alternatives:
        rows = zip(tokens, chosen, strict=True)
        result["topCandidates"] = [
            {"candidates": [first, *pick_alternatives(token, place, alternatives - 1)]}
            for place, (token, first) in enumerate(rows)
        ]
    result["chosenCandidates"] = chosen
    return {
        "avgLogprobs": sum(row["logProbability"] for row in chosen) / len(chosen),
        "logprobsResult": result,
    }


def pick_alternatives(token: str, place: int, count: int) -> list[dict[str, Any]]:
    words = [word for word in ALTERNATIVE_TOKENS if word != token]
    start = hash_token(token, place, 1) % len(words)
    return [
        make_entry((words + words)[start + n], place, n + 1)
        for n in range(min(count, MAX_ALTERNATIVES - 1, len(words)))
    ]


def make_entry(token: str, place: int, rank: int) -> dict[str, Any]:
    """Return a token with its log probability, which decreases with the rank."""
    low = hash_token(token, place, rank) % 10_000 / 10_000
    return {
        "token": token,
        "tokenId": hash_token(token, 0, 0) % 256_000,
        "logProbability": round(-0.0005 - 0.3 * low - (2.5 * rank + (1 if rank else 0)), 7),
    }


def hash_token(token: str, place: int, rank: int) -> int:
    data = f"{place} {rank} {token}".encode("utf-8", "replace")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big")


def has_average(candidate: Candidate, model: Model, *, vertex: bool) -> bool:
    """Return whether a whole candidate has an average log probability.

    Gemini 2.0 has one for text. Vertex AI has one for text and calls up to Gemini 2.5 (49 of 49
    recorded replies; none beside search results), and none for Gemini 3 (0 of 8).

    Evidence: recorded-vertex-averages.
    """
    if vertex and model.family in ("1.5", "2.0", "2.5"):
        return candidate.grounding is None and bool(candidate.text or candidate.tool_calls)
    return model.family in ("1.5", "2.0") and bool(candidate.text)


def compute_average_logprob(candidate: Candidate) -> float:
    """Return an average log probability derived from the text."""
    return -0.0001 - (tokens.count_bytes(candidate.text) * 7919 % 9973) / 40_000
