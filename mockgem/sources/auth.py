"""Refuses calls without a good credential; leaves the answer to others otherwise."""

from __future__ import annotations

from mockgem.core.call import Answer, Call


class Auth:
    """Without keys of its own any credential that is not empty passes; with some, only these."""

    def __init__(self, keys: tuple[str, ...] = ()) -> None:
        self.keys = frozenset(keys)

    async def answer(self, call: Call) -> Answer | None:
        surface = call.surface
        if call.endpoint is None or (surface.keyless is not None and surface.keyless(call.wire)):
            return None
        credential = surface.credential(call.wire)
        if credential and (not self.keys or credential in self.keys):
            return None
        return Answer(surface.dialect.refuse_credential("wrong" if credential else "missing"), "auth")
