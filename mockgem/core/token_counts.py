"""The token counts that the body of an answer has, whichever API it is of."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from mockgem.core.content import ModalityTokens, Usage

USAGE_KEY = re.compile(rb'"(?:usageMetadata|usage_metadata|usage)"\s*:\s*(?=\{)')
"""The key of token counts in JSON. In a text, its quotation marks would have backslashes."""
MAX_USAGE = 16 * 1024
"""Bytes in which the counts end."""


def read_usage(body: bytes) -> Usage | None:
    """Return the last token counts of a body: those of a stream grow with each event."""
    ends = [match.end() for match in USAGE_KEY.finditer(body)]
    if not ends:
        return None
    text = body[ends[-1] : ends[-1] + MAX_USAGE].decode("utf-8", "replace")
    try:
        fields, _ = json.JSONDecoder().raw_decode(text)
    except ValueError:
        return None
    return parse_usage(fields)


def parse_usage(fields: Mapping[str, Any]) -> Usage | None:
    """Return the token counts of any surface. Live sessions count a response.

    OpenAI's completion tokens are without thoughts on Google's surface, so the total says how many
    there are.
    """
    if "promptTokenCount" in fields or "candidatesTokenCount" in fields:
        return Usage(
            read_count(fields, "promptTokenCount"),
            read_count(fields, "candidatesTokenCount") or read_count(fields, "responseTokenCount"),
            read_count(fields, "thoughtsTokenCount"),
            read_count(fields, "cachedContentTokenCount"),
            read_count(fields, "toolUsePromptTokenCount"),
            read_modalities(fields.get("promptTokensDetails")),
            read_modalities(
                fields.get("candidatesTokensDetails") or fields.get("responseTokensDetails")
            ),
            read_modalities(fields.get("cacheTokensDetails")),
        )
    for names in COUNT_NAMES:
        if names[0] in fields:
            return read_total_usage(fields, *names)
    return None


COUNT_NAMES = (
    ("prompt_tokens", "completion_tokens", "total_tokens", "prompt_tokens_details"),
    ("total_input_tokens", "total_output_tokens", "total_tokens", ""),
    ("input_tokens", "output_tokens", "total_tokens", "input_tokens_details"),
)
"""The names of Chat Completions, of Interactions and of Responses."""


def read_total_usage(
    fields: Mapping[str, Any], prompt: str, output: str, total: str, details: str
) -> Usage:
    """Return counts of which the total has what the others leave out."""
    given, said = read_count(fields, prompt), read_count(fields, output)
    hidden = max(read_count(fields, total) - given - said, 0)
    cached = read_count(fields, "total_cached_tokens")
    parts = fields.get(details)
    if isinstance(parts, Mapping):
        cached = read_count(parts, "cached_tokens")
    return Usage(given, said, hidden, cached)


def read_count(fields: Mapping[str, Any], name: str) -> int:
    value = fields.get(name)
    return value if type(value) is int and value > 0 else 0


def read_modalities(details: Any) -> ModalityTokens:
    """Return tokens by modality from a list of objects."""
    rows = [row for row in details if isinstance(row, Mapping)] if isinstance(details, list) else []
    return tuple([(str(row.get("modality", "")), read_count(row, "tokenCount")) for row in rows])
