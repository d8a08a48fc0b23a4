"""A turn of a session on a socket, as the sources that answer it get it."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from mockgem.core.frozen import frozen
from mockgem.operations.generate_request import GenerateRequest, list_turn_facts


@frozen
class LiveTurn:
    """A turn of a session that needs an answer."""

    question: GenerateRequest
    model: str
    stream: bool = True
    is_socket: bool = True


def compute_key(request: GenerateRequest) -> bytes:
    """Return a key that equal turns of equal setups have: all that a reply depends on."""
    settings = repr(replace(request, turns=()))
    facts = [settings, *list_turn_facts(request.turns)]
    sized = "".join([f"{len(fact)}:{fact}" for fact in facts])
    return hashlib.blake2b(sized.encode("utf-8", "surrogatepass"), digest_size=16).digest()
