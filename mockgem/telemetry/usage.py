"""The tokens that an answer counts, wherever it came from."""

from __future__ import annotations

from typing import Any

from mockgem.core.call import Answer, Call, VerbatimResponse
from mockgem.core.content import Usage
from mockgem.core.http import ChunkedBody, WireResponse
from mockgem.core.token_counts import read_usage
from mockgem.operations.draft import Draft
from mockgem.operations.embed import EmbedResult


def find_usage(call: Call, answer: Answer, response: WireResponse) -> Usage | None:
    """Return the tokens that an answer counts, or None if it counts none or has not ended.

    Only requests that quotas count are charged, so to read a stored reply again costs nothing.
    """
    endpoint = call.endpoint
    if endpoint is None or not endpoint.uses_quota or response.status >= 400:
        return None
    if (usage := usage_of_content(answer.content)) is not None:
        return usage
    body = response.body
    if isinstance(body, ChunkedBody):
        return read_usage(body.encoded)
    return read_usage(body) if isinstance(body, bytes) else None


def usage_of_content(content: Any) -> Usage | None:
    """Return the tokens of an answer that mockgem generated."""
    if isinstance(content, VerbatimResponse):
        return None
    draft = getattr(content, "draft", None)
    if isinstance(draft, Draft):
        return draft.usage
    if isinstance(content, EmbedResult):
        return Usage(content.tokens, 0, prompt_modalities=content.modality_tokens)
    return None
