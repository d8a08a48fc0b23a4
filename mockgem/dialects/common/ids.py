"""Make the ids of each surface from a reply's seed, so that they differ but are repeatable."""

from __future__ import annotations

from mockgem.operations.generators.ids import (
    GOOGLE_ID_LENGTH,
    LOWER_ALPHANUMERIC,
    compute_call_seed,
    encode_in_alphabet,
    make_google_id,
)

__all__ = ["GOOGLE_ID_LENGTH", "compute_call_seed", "encode_in_alphabet", "make_google_id"]
ALPHANUMERIC = LOWER_ALPHANUMERIC + LOWER_ALPHANUMERIC[:26].upper()


def make_gateway_id(seed: bytes, created: int) -> str:
    """Return the id of a completion, as OpenAI and the gateways write it."""
    return "chatcmpl-" + encode_in_alphabet(seed[:16], ALPHANUMERIC, 29)


def make_google_call_id(seed: bytes, family: str) -> str:
    """Return a call's id: empty before 2.5, a long number in 2.5, eight characters since 3.

    Gemma 4 has eight characters, too.

    Evidence: openai-magentic-01-tool-stream, openai-intelly-02-tool-stream,
    openai-harness-01-g3-tool-stream, report-gemma-4-thoughts.
    """
    if family in ("1.5", "2.0"):
        return ""
    if family.isdigit() or family == "gemma":
        return encode_in_alphabet(seed[:8], LOWER_ALPHANUMERIC, 8)
    return f"function-call-{10**18 + int.from_bytes(seed[:8], 'little') % (9 * 10**18)}"


def make_vertex_call_id(seed: bytes, family: str) -> str:
    text = seed[:16].hex()
    return f"function-call-{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:]}"


def make_gateway_call_id(seed: bytes, family: str) -> str:
    return "call_" + encode_in_alphabet(seed[:16], ALPHANUMERIC, 24)
