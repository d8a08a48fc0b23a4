"""What a list shows of a journal entry: the beginning of the prompt, and the number of tokens."""

from __future__ import annotations

import re
import time
from typing import Any

from mockgem.core import clock
from mockgem.core.errors import ApiError
from mockgem.core.journal import JournalEntry
from mockgem.dialects.admin.json_endpoint import Json
from mockgem.dialects.common.json_parser import parse_json

MAX_PREVIEW = 140
"""Characters of a preview."""
MAX_PARSED = 64 * 1024
"""Bytes of the largest request body of which a preview is made."""
USAGE_END = 4096
"""Bytes at the end of a response body where its usage is looked for."""
TOKENS = re.compile(rb'"(?:total_tokens|totalTokenCount)"\s*:\s*(\d{1,9})')
DEPTH = 6


def build_preview(entry: JournalEntry) -> Json:
    """Return the preview of a prompt, the tokens of an exchange, and when the request came, as
    far as they are known."""
    from mockgem.redaction.finder import hide_secrets

    preview = describe_arrival(entry)
    if text := find_prompt(entry.wire.body):
        preview["preview"] = hide_secrets(" ".join(text[:1000].split()))[:MAX_PREVIEW]
    if found := TOKENS.findall(entry.body[-USAGE_END:]):
        preview["tokens"] = int(found[-1])
    return preview


def describe_arrival(entry: JournalEntry) -> Json:
    """Return when a request came by the clock of this machine, if that is known."""
    age = time.perf_counter() - entry.started_at
    if not entry.started_at or age < 0:  # the entry is of another start of this machine
        return {}
    return {"received": clock.format_time(round(time.time() - age))}


def find_prompt(body: bytes) -> str:
    """Return the last text that a request sends to a model, in any of the API's formats."""
    if not body.startswith(b"{") or len(body) > MAX_PARSED:
        return ""
    try:
        request = parse_json(body)
    except ApiError:  # a request that is not valid has no preview
        return ""
    for name in ("messages", "contents", "input", "prompt", "content", "instances", "requests"):
        if name in request:
            return find_last_text(request[name], DEPTH)
    return ""


def find_last_text(value: Any, depth: int) -> str:
    """Return the last text in a message, a part, or a list of these."""
    if isinstance(value, str):
        return value
    if depth == 0:
        return ""
    if isinstance(value, list):
        found = (find_last_text(item, depth - 1) for item in reversed(value[-20:]))
        return next((text for text in found if text), "")
    if isinstance(value, dict):
        for name in ("text", "content", "parts", "input", "prompt", "output"):
            if text := find_last_text(value.get(name), depth - 1):
                return text
    return ""
