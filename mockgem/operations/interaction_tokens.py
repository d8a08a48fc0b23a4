"""Tokens of live interactions: credentials for clients that must not have the key.

Evidence: sdk-google-genai-live-interactions.
"""

from __future__ import annotations

import hashlib

from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import frozen
from mockgem.core.world import World
from mockgem.operations.auth_tokens import DEFAULT_LIFETIME, MAX_LIFETIME, PREFIX
from mockgem.operations.generators.ids import derive_id_seed
from mockgem.operations.interactions import INTERACTIONS
from mockgem.operations.oldest_records import forget_oldest
from mockgem.operations.quota import check_quota

COLLECTION = "interaction_tokens"


@frozen
class InteractionTokenRequest:
    """A token to create for an interaction. `expire_time` is in seconds since 1970."""

    interaction: str
    expire_time: float | None = None


@frozen
class InteractionToken:
    """A token: it opens sockets of one interaction, as often as it likes, until it expires."""

    name: str
    interaction: str
    expires: float

    @property
    def text(self) -> str:
        """What a client shows."""
        return PREFIX + self.name


async def create_token(
    request: InteractionTokenRequest, context: OperationContext
) -> InteractionToken:
    """Create a token. By default it lasts 30 minutes, like a token of the Live API (a guess).

    Raises ApiError for an unknown interaction (404), a time that is over or too late (400), and if
    the storage is full (429).
    """
    world = context.world
    kept = await INTERACTIONS.load(request.interaction, world)
    now = world.clock()
    expires = now + DEFAULT_LIFETIME if request.expire_time is None else request.expire_time
    if not now < expires <= now + MAX_LIFETIME:
        hours = int(MAX_LIFETIME // 3600)
        message = f"Invalid value for 'expire_time': use a time in the next {hours} hours."
        raise invalid(message, "token_times")
    await check_quota(0, world)
    seed = derive_id_seed(world.id_seed, context)
    while True:
        seed = hashlib.blake2b(seed, digest_size=32).digest()
        record = {"id": seed.hex(), "interaction": kept.id, "expires": expires}
        if await world.store.insert(COLLECTION, seed.hex(), record):
            await forget_oldest(COLLECTION, seed.hex(), world)
            return InteractionToken(seed.hex(), kept.id, expires)


async def find_token(text: str, world: World) -> InteractionToken:
    """Return the token that a client shows. Raises ApiError (401) for one that is not valid.

    The texts are guesses.
    """
    name = text.removeprefix(PREFIX)
    record = await world.store.get(COLLECTION, name)
    if record is None:
        raise refuse_token("Auth token not found.")
    token = InteractionToken(name, record["interaction"], record["expires"])
    if world.clock() >= token.expires:
        raise expired_token_error()
    return token


def expired_token_error() -> ApiError:
    return refuse_token("Auth token expired.")


def refuse_token(message: str) -> ApiError:
    return ApiError(Failure(Code.UNAUTHENTICATED, message, reason="interaction_token"))


async def delete_token(interaction: str, text: str, world: World) -> None:
    """Delete a token of an interaction. Sockets that it has opened stay open.

    Raises ApiError (404) for an unknown one.
    """
    name = text.removeprefix(PREFIX)
    record = await world.store.get(COLLECTION, name)
    if record is None or record["interaction"] != interaction:
        message = "Requested entity was not found."
        raise ApiError(Failure(Code.NOT_FOUND, message, reason="interaction_token_missing"))
    await world.store.delete(COLLECTION, name)
