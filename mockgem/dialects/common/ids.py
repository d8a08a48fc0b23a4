"""Make the ids of each surface from a reply's seed, so that they differ but are repeatable."""

from __future__ import annotations

import hashlib
from binascii import b2a_base64

LOWER_ALPHANUMERIC = "abcdefghijklmnopqrstuvwxyz0123456789"
GOOGLE_ID_LENGTH = 23
ALPHANUMERIC = LOWER_ALPHANUMERIC + LOWER_ALPHANUMERIC[:26].upper()


def make_google_id(seed: bytes, created: int) -> str:
    """Return an id of 23 characters: URL-safe base64 of a time and three random numbers.

    The time takes four bytes of seconds. Varints follow: microseconds, a host and a number. All
    recorded ids decode like this. The masks make three varints out of 13
    bytes of the seed: of three bytes (below a million), of five (4.14e9 to 4.16e9, as the
    recorded hosts) and of five.

    Evidence: openai-javatest-01-chat, openai-magentic-01-tool-stream,
    openai-vertexdoc-01-stream-fc-args.
    """
    numbers = (int.from_bytes(seed[:13], "big") & RANDOM_BITS | FIXED_BITS).to_bytes(13, "big")
    return (
        b2a_base64((created & 0xFFFF_FFFF).to_bytes(4, "little") + numbers)[:GOOGLE_ID_LENGTH]
        .translate(URL_SAFE)
        .decode()
    )


RANDOM_BITS = int.from_bytes(bytes.fromhex("7f7f1e 7f7f7f0700 7f7f7f7f0e"), "big")
FIXED_BITS = int.from_bytes(bytes.fromhex("808001 808080b80f 8080808001"), "big")
URL_SAFE = bytes.maketrans(b"+/", b"-_")


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


def encode_in_alphabet(seed: bytes, alphabet: str, length: int) -> str:
    number = int.from_bytes(hashlib.blake2b(seed, digest_size=32).digest(), "little")
    characters = []
    for _ in range(length):
        number, index = divmod(number, len(alphabet))
        characters.append(alphabet[index])
    return "".join(characters)


def compute_call_seed(seed: bytes, number: int) -> bytes:
    return hashlib.blake2b(seed, digest_size=16, salt=number.to_bytes(4, "little")).digest()
