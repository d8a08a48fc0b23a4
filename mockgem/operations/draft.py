"""Drafts and replies: what a model answers, before and after it gets its time and its ids."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from mockgem.core.content import Blob, Candidate, FinishReason, Text, ToolCall, Usage
from mockgem.core.frozen import frozen
from mockgem.core.http import WireResponse
from mockgem.core.models import Model


class EncodedReply(Protocol):
    """An encoded reply that lacks what differs between its deliveries."""

    def fill(self, seed: bytes, created: int) -> WireResponse:
        """Return the reply with the ids of a seed and a time in seconds."""
        ...


@dataclass(slots=True)
class Draft:
    """Everything in a reply that depends on the request alone.

    A draft with a `block_reason` has no content: the service blocked the prompt. World.reply_cache
    keeps a draft whose `is_cached` is true; a dialect may then store the encoded reply without its
    ids in `template`.
    """

    model: Model
    candidates: tuple[Candidate, ...]
    usage: Usage
    block_reason: str = ""
    is_cached: bool = False
    template: EncodedReply | None = None

    @property
    def tool_call_count(self) -> int:
        """The number of tool calls in all candidates."""
        count = 0
        for candidate in self.candidates:
            for part in candidate.parts:
                count += isinstance(part, ToolCall)
        return count


@frozen
class Reply:
    """A draft, the time it is sent (in seconds), and the bytes its ids are derived from."""

    draft: Draft
    created: int
    id_seed: bytes = field(default=b"")


def create_empty_draft(failure: tuple[str, str], model: Model, usage: Usage) -> Draft:
    """Return a draft without content.

    Args:
        failure: ("block", reason) for a blocked prompt, or ("finish", reason) for a candidate that
            ends before its first word.
    """
    kind, reason = failure
    finish = FinishReason(reason) if reason in FinishReason.__members__ else FinishReason.OTHER
    return Draft(
        model, (Candidate((), finish),), usage, block_reason=reason if kind == "block" else ""
    )


def estimate_size(draft: Draft) -> int:
    """Estimate the bytes that a draft and its template occupy in memory."""
    parts = [part for candidate in draft.candidates for part in candidate.parts]
    characters = sum(len(part.text) for part in parts if isinstance(part, Text))
    media_bytes = sum(len(part.data) for part in parts if isinstance(part, Blob))
    arguments = sum(len(str(part.args)) for part in parts if isinstance(part, ToolCall))
    return 2000 + 20 * characters + 3 * media_bytes + 8 * arguments
