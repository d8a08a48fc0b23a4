"""Refuse calls without a valid credential."""

from __future__ import annotations

from collections.abc import Callable

from mockgem.core.call import Answer, Call


class Auth:
    """Refuses missing and wrong credentials, and calls with several credentials.

    Without `keys`, any credential that is not empty is valid; with `keys`, only these are.
    `is_exempt` names calls that need no check while there are no `keys`.
    """

    def __init__(
        self, keys: tuple[str, ...] = (), is_exempt: Callable[[Call], bool] | None = None
    ) -> None:
        self.keys = frozenset(keys)
        self.is_exempt = is_exempt

    async def answer(self, call: Call) -> Answer | None:
        surface = call.surface
        if call.endpoint is None or (surface.keyless is not None and surface.keyless(call.wire)):
            return None
        if self.is_exempt is not None and not self.keys and self.is_exempt(call):
            return None
        credentials = surface.credentials(call.wire)
        if len(credentials) == 1 and (not self.keys or credentials[0] in self.keys):
            return None
        problem = "missing" if not credentials else "several" if credentials[1:] else "wrong"
        return Answer(surface.dialect.refuse_credential(problem), "auth")
