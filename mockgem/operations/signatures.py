"""Thought signatures: Gemini 3 signs some parts of a reply, and expects the signatures back.

Gemma 4 signs its first call, with another form of signature, and expects nothing back.
"""

from __future__ import annotations

import base64
import uuid
from dataclasses import replace

from mockgem.core.content import (
    Blob,
    ExecutableCode,
    Part,
    ServerToolCall,
    ServerToolResult,
    Text,
    ToolCall,
)
from mockgem.operations.generators.seeded_random import SeededRandom

SIGNABLE_PARTS = (ToolCall, Text, Blob, ExecutableCode, ServerToolCall, ServerToolResult)


def generate_signature(random: SeededRandom) -> str:
    """Return 96 random bytes in base64 that begin as real signatures do."""
    return base64.b64encode(b"\x12" + random.draw_bytes(95)).decode()


def generate_gemma_signature(random: SeededRandom) -> str:
    """Return a signature of Gemma 4: a UUID in two protobuf fields, in base64.

    Evidence: report-gemma-4-thoughts.
    """
    digits = random.draw_bytes(16)
    text = str(uuid.UUID(bytes=digits, version=4)).encode()
    return base64.b64encode(b"\x12\x26\x0a\x24" + text).decode()


def sign_gemma_parts(parts: tuple[Part, ...], random: SeededRandom) -> tuple[Part, ...]:
    """Sign the first call, as Gemma 4 does. No report shows other signatures of it."""
    at = next((place for place, part in enumerate(parts) if isinstance(part, ToolCall)), None)
    if at is None:
        return parts
    call = parts[at]
    assert isinstance(call, ToolCall)
    signed = replace(call, signature=generate_gemma_signature(random))
    return (*parts[:at], signed, *parts[at + 1 :])


PLACEHOLDERS = ("context_engineering_is_the_way_to_go", "skip_thought_signature_validator")
"""Values that the documentation offers to clients without a signature.

Evidence: doc-thought-signatures.
"""
FIRST_BYTES = (0x01, 0x0A, 0x12)
"""The first byte of every recorded signature."""
DIGEST_SIZE = 32


def is_corrupted(signature: str) -> bool:
    """Return whether a value is clearly not a thought signature, such as a hash.

    Evidence: report-corrupted-signature.
    """
    if signature in PLACEHOLDERS:
        return False
    text = signature.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        first = base64.b64decode(f"{text[:4]}==")[0]
    except (ValueError, IndexError):
        return True
    return first not in FIRST_BYTES or len(text) * 3 // 4 == DIGEST_SIZE


def sign_parts(parts: tuple[Part, ...], random: SeededRandom) -> tuple[Part, ...]:
    """Sign generated parts as Gemini 3 does.

    The signature belongs to the first tool call of a turn, to an image, or to the text. Where
    built-in tools come before the text or function calls, all parts have one.
    """
    first = parts[0]
    if not isinstance(first, SIGNABLE_PARTS):
        return parts
    second = parts[1] if len(parts) > 1 else None
    if isinstance(first, Text) and isinstance(second, Blob):
        return (first, replace(second, signature=generate_signature(random)), *parts[2:])
    if isinstance(first, (Text, ToolCall, Blob)) or not isinstance(parts[-1], (Text, ToolCall)):
        return (replace(first, signature=generate_signature(random)), *parts[1:])
    return tuple(
        [
            replace(part, signature=generate_signature(random))
            if isinstance(part, SIGNABLE_PARTS)
            else part
            for part in parts
        ]
    )


def sign_scripted_parts(parts: tuple[Part, ...], random: SeededRandom) -> tuple[Part, ...]:
    """Sign the parts of a scripted reply: the first tool call, or what `sign_parts` would sign.

    A scenario may write text before the call, which a generated reply never has.
    """
    thoughts = tuple([part for part in parts if isinstance(part, Text) and part.thought])
    rest = parts[len(thoughts) :]
    at = next((place for place, part in enumerate(rest) if isinstance(part, ToolCall)), None)
    if at is None:
        return (*thoughts, *sign_parts(rest, random)) if rest else parts
    call = rest[at]
    assert isinstance(call, ToolCall)
    return (
        *thoughts,
        *rest[:at],
        replace(call, signature=generate_signature(random)),
        *rest[at + 1 :],
    )
