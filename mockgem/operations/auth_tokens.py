"""Ephemeral tokens: credentials for clients that must not have the key, with limits and a setup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import frozen
from mockgem.core.store import Record
from mockgem.core.world import World
from mockgem.operations.generators.ids import generate_name
from mockgem.operations.quota import check_quota

COLLECTION = "auth_tokens"
PREFIX = "auth_tokens/"
DEFAULT_LIFETIME, MAX_LIFETIME = 1_800.0, 72_000.0
"""Seconds until a token ends by default, and at most (documented: 30 minutes, 20 hours).

Evidence: doc-ephemeral-tokens.
"""
DEFAULT_START = 60.0
"""Seconds in which a session has to begin (documented)."""
NAME_LENGTH = 40


@frozen
class TokenRequest:
    """A token to create. Times are seconds since 1970, None for the default.

    `uses` 0 means no limit. `setup` is a session's setup as the client wrote it; `locked` are the
    paths of its fields that replace those of the client; without any, all of it does.
    """

    uses: int = 1
    expire_time: float | None = None
    new_session_expire_time: float | None = None
    setup: Record | None = None
    locked: tuple[str, ...] = ()


@frozen
class AuthToken:
    """A token that was created."""

    name: str
    record: Record


async def create_token(request: TokenRequest, context: OperationContext) -> AuthToken:
    """Create a token.

    Raises ApiError for times that are over or too late (400), and if the storage is full (429).
    """
    now = context.world.clock()
    expires = request.expire_time if request.expire_time is not None else now + DEFAULT_LIFETIME
    starts = request.new_session_expire_time
    starts = starts if starts is not None else min(now + DEFAULT_START, expires)
    if not now < expires <= now + MAX_LIFETIME or not now < starts <= expires or request.uses < 0:
        raise invalid("Request contains an invalid argument.", "token_times")
    record: Record = {
        "uses": request.uses,
        "used": 0,
        "expires": expires,
        "starts": starts,
        "setup": request.setup,
        "locked": list(request.locked),
    }
    await check_quota(len(repr(request.setup)), context.world)
    store = context.world.store

    async def claim(name: str) -> bool:
        return await store.insert(COLLECTION, name, record)

    return AuthToken(PREFIX + await generate_name(context, NAME_LENGTH, claim), record)


async def use_token(token: str, world: World, *, resumes: bool) -> Record | ApiError:
    """Count a use of a token, and return its record; an ApiError for one that can't be used.

    To resume a session does not count (documented). The texts for unknown and expired tokens are
    guesses.

    Evidence: doc-ephemeral-tokens, report-live-token-uses.
    """
    name = token.removeprefix(PREFIX)
    record = await world.store.get(COLLECTION, name)
    if record is None:
        return ApiError(Failure(Code.UNAUTHENTICATED, "Auth token not found."))
    now = world.clock()
    if now >= record["expires"] or (now >= record["starts"] and not resumes):
        return ApiError(Failure(Code.INVALID_ARGUMENT, "Auth token expired."))
    if resumes:
        return record
    counted = await world.store.update(COLLECTION, name, count_use)
    if counted is None or counted["used"] > counted["uses"] > 0:
        return ApiError(Failure(Code.INTERNAL, "Token has been used too many times"))
    return counted


def count_use(record: Record) -> Record:
    return {**record, "used": record["used"] + 1}


def constrain_setup(
    setup: dict[str, Any], own: dict[str, Any] | None, locked: Sequence[str]
) -> dict[str, Any]:
    """Return a client's setup with what the token's own one locks (documented).

    Without locked paths, the token's setup is all that counts.

    Evidence: doc-ephemeral-tokens.
    """
    if own is None:
        return setup
    if not locked:
        kept = {name: setup[name] for name in ("session_resumption",) if name in setup}
        return {**own, **kept}
    merged = dict(setup)
    for path in locked:
        copy_path(own, merged, path.split("."))
    return merged


def copy_path(source: dict[str, Any], target: dict[str, Any], path: list[str]) -> None:
    """Copy the field at a path, or remove it where the source does not have it."""
    name, *rest = path
    if not rest:
        if name in source:
            target[name] = source[name]
        else:
            target.pop(name, None)
        return
    inner, outer = source.get(name), target.get(name)
    copy = dict(outer) if isinstance(outer, dict) else {}
    copy_path(inner if isinstance(inner, dict) else {}, copy, rest)
    target[name] = copy
