"""The ids of interactions."""

from __future__ import annotations

from base64 import urlsafe_b64encode

from mockgem.operations.generators.ids import make_google_id


def make_interaction_id(seed: bytes, created: int) -> str:
    """Return `v1_` and two protobuf fields in base64, which hold the same id of 23 characters.

    Evidence: native-002-interactions-200, native-103-interactions-200.
    """
    name = make_google_id(seed, created).encode()
    size = bytes([len(name)])
    data = b"\x0a" + size + name + b"\x12" + size + name
    return "v1_" + urlsafe_b64encode(data).decode().rstrip("=")
