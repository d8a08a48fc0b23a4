"""What the tests of storages share."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from mockgem.core.state import Storage
from mockgem.storage.memory import MemoryStorage
from mockgem.storage.redis_storage import RedisStorage
from mockgem.storage.redis_url import parse_address
from mockgem.storage.sqlite import DirectoryStorage
from mockgem.storage.sqlite_database import Database
from tests.valkey_server import ValkeyServer, run_valkey

VALKEY = pytest.param("valkey", marks=pytest.mark.valkey)
BACKENDS = ["memory", "directory", VALKEY]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path)
    yield database
    database.close()


@pytest.fixture(scope="session")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ValkeyServer]:
    """A server for all tests that leave it as it is. Each uses a prefix of its own."""
    with run_valkey(tmp_path_factory.mktemp("valkey")) as server:
        yield server


@pytest.fixture
def valkey_url(valkey: ValkeyServer) -> str:
    return valkey.url(f"test-{secrets.token_hex(4)}")


@pytest.fixture
async def valkey_storage(valkey_url: str) -> AsyncIterator[RedisStorage]:
    storage = RedisStorage(parse_address(valkey_url))
    yield storage
    await storage.finish()
    storage.close()


@pytest.fixture(params=BACKENDS)
async def storage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Storage]:
    """A storage of each kind, for the suite that all of them pass."""
    if request.param == "memory":
        storage: Storage = MemoryStorage()
    elif request.param == "directory":
        storage = DirectoryStorage(tmp_path)
    else:
        storage = RedisStorage(parse_address(request.getfixturevalue("valkey_url")))
    yield storage
    await storage.finish()
    storage.close()
