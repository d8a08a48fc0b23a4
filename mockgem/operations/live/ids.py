"""The ids of a session: they repeat in a fresh world, and differ within it."""

from __future__ import annotations

import hashlib

from mockgem.operations.live.models import LiveFamily


class SessionIds:
    """Makes one id after another from the session's seed."""

    def __init__(self, seed: bytes) -> None:
        self.seed = seed
        self.count = 0

    def derive(self) -> bytes:
        self.count += 1
        salt = self.count.to_bytes(4, "little")
        return hashlib.blake2b(self.seed, digest_size=16, salt=salt).digest()

    def make_call_id(self, family: LiveFamily) -> str:
        """Return the id of a call (recorded).

        Evidence: native-145-ws-dotnet-SendClientContentToolsGeminiTest, report-live-3.8-calls.
        """
        number = int.from_bytes(self.derive()[:8], "little")
        if family.call_ids == "short":
            return f"call_{number % 1_000_000:06d}"
        return f"function-call-{10**18 + number % (9 * 10**18)}"

    def make_uuid(self) -> str:
        text = self.derive().hex()
        return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:]}"
