"""Refuses calls without a good credential; leaves the answer to others otherwise."""

from __future__ import annotations

from collections.abc import Callable

from mockgem.core.call import Answer, Call


class Auth:
    """Without keys of its own any credential that is not empty passes; with some, only these. Two at once never pass.
    `passes` tells of calls that others see to."""

    def __init__(
        self, keys: tuple[str, ...] = (), passes: Callable[[Call], bool] | None = None
    ) -> None:
        self.keys = frozenset(keys)
        self.is_exempt = passes

    async def answer(self, call: Call) -> Answer | None:
        surface = call.surface
        if call.endpoint is None or (surface.keyless is not None and surface.keyless(call.wire)):
            return None
        if self.is_exempt is not None and not self.keys and self.is_exempt(call):
            return None
        found = surface.credentials(call.wire)
        if len(found) == 1 and (not self.keys or found[0] in self.keys):
            return None
        which = "missing" if not found else "several" if found[1:] else "wrong"
        return Answer(surface.dialect.refuse_credential(which), "auth")
