"""The limit on the bytes of all worlds: exactly full is allowed, one byte more is not."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.world import World
from mockgem.operations.quota import append_blob, check_file_size, check_quota
from tests.asking import Asker

OVERHEAD = 1024


def catch(work: Coroutine[Any, Any, None]) -> Failure:
    with pytest.raises(ApiError) as refused:
        asyncio.run(work)
    return refused.value.failure


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """A world in which 5,000 bytes are free."""
    world = Asker().world

    async def count_free_bytes() -> int:
        return 5000

    monkeypatch.setattr(world, "free_bytes", count_free_bytes)
    return world


def test_a_record_takes_1024_bytes_more_than_its_content(world: World) -> None:
    asyncio.run(check_quota(5000 - OVERHEAD, world))
    failure = catch(check_quota(5001 - OVERHEAD, world))
    assert (failure.code, failure.reason) == (Code.RESOURCE_EXHAUSTED, "no_room")
    assert failure.message == (
        f"You have exceeded your file storage quota ({world.limits.total_bytes} bytes). Please "
        "delete some files."
    )


def test_a_blob_takes_its_bytes(world: World) -> None:
    asyncio.run(append_blob(world, "a", 0, b"x" * 5000))
    assert asyncio.run(world.blobs.get_size("a")) == 5000
    failure = catch(append_blob(world, "b", 0, b"x" * 5001))
    assert (failure.code, failure.reason) == (Code.RESOURCE_EXHAUSTED, "no_room")
    assert asyncio.run(world.blobs.get_size("b")) == 0


@pytest.mark.parametrize(
    ("error", "words"),
    [(OSError(28, "No space left on device"), "No space left on device"), (OSError("odd"), "odd")],
)
def test_a_full_disk_is_a_full_storage(
    world: World, monkeypatch: pytest.MonkeyPatch, error: OSError, words: str
) -> None:
    async def fail(name: str, at: int, data: bytes) -> None:
        raise error

    monkeypatch.setattr(world.blobs, "append", fail)
    failure = catch(append_blob(world, "a", 0, b"x"))
    assert failure.code is Code.RESOURCE_EXHAUSTED
    message = f"You have exceeded your file storage quota ({words}). Please delete some files."
    assert failure.message == message


def test_a_file_has_a_limit_of_its_own() -> None:
    world = Asker(max_file=2000).world
    asyncio.run(check_file_size(2000, world))
    failure = catch(check_file_size(2001, world))
    assert (failure.code, failure.reason) == (Code.INVALID_ARGUMENT, "file_too_large")
    assert failure.message == "File is too large: more than the 2000 bytes that are allowed."


def test_a_file_that_is_small_enough_may_still_not_fit(world: World) -> None:
    assert catch(check_file_size(5000, world)).reason == "no_room"
