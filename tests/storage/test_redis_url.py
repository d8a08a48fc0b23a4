"""URLs of Valkey and Redis servers: what is allowed, and that no message has the password."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from mockgem.core.storage_errors import BadStateServer
from mockgem.storage.redis_client import hide_password
from mockgem.storage.redis_storage import RedisStorage
from mockgem.storage.redis_url import RedisAddress, is_server_url, parse_address
from tests.asking import Asker


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("redis://db", RedisAddress("db")),
        ("valkey://db:7000/3", RedisAddress("db", 7000, 3)),
        ("rediss://u:p%40ss@db/1", RedisAddress("db", 6379, 1, "u", "p@ss", True)),
        ("valkeys://:p@[::1]:6380", RedisAddress("::1", 6380, 0, "", "p", True)),
        (
            "redis://db/0?prefix=team-a&timeout=0.5",
            RedisAddress("db", prefix="team-a", timeout=0.5),
        ),
    ],
)
def test_a_url_names_a_server(url: str, address: RedisAddress) -> None:
    assert is_server_url(url)
    assert parse_address(url) == address


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://db", "use redis://HOST:PORT/DB"),
        ("redis://", "no valid host and port"),
        ("redis://db:x", "no valid host and port"),
        ("redis://db:0", "no valid host and port"),
        ("redis://db/name", "database 'name'"),
        ("redis://db/0?prefix=a:b", "the prefix 'a:b'"),
        ("redis://db/0?prefix=", "the prefix ''"),
        ("redis://db/0?timeout=0", "the timeout '0'"),
        ("redis://db/0?timeout=soon", "the timeout 'soon'"),
        ("redis://db/0?ca=/none", "the file '/none'"),
        ("redis://db/0?db=1", "the unknown parameter 'db': it may have prefix, timeout, ca"),
    ],
)
def test_a_url_that_is_not_valid_is_refused_with_advice(url: str, message: str) -> None:
    with pytest.raises(BadStateServer, match=message.replace("?", r"\?")):
        parse_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "redis://user:hunter2-secret@db:x",
        "redis://user:hunter2-secret@db/name",
        "redis://user:hunter2-secret@db/0?x=1",
        "redis://user:hunter2-secret@127.0.0.1:1/0",
    ],
)
def test_no_message_has_the_password(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mockgem.storage.redis_storage.START_SECONDS", 0.0)
    monkeypatch.setattr("mockgem.storage.redis_storage.import_redis", lambda: FailingClient)
    monkeypatch.setattr("mockgem.storage.redis_client.import_redis", lambda name="": FailingClient)
    with pytest.raises(BadStateServer) as caught:
        RedisStorage(parse_address(url), 0.0)
    assert "hunter2" not in str(caught.value)


class FailingClient:
    """A client whose errors say everything that it knows."""

    class exceptions:  # noqa: N801 - the name of the client's module
        RedisError = OSError
        ConnectionError = TimeoutError = OSError

        class AuthenticationError(Exception): ...

    def __init__(self, **options: Any) -> None:
        raise OSError(f"no connection with {options}")

    Redis = classmethod(lambda cls, **options: cls(**options))


def test_an_address_does_not_show_its_password() -> None:
    address = parse_address("redis://user:hunter2%40x@db/0")
    assert "hunter2" not in repr(address) + address.shown
    assert "hunter2" not in hide_password("hunter2@x and hunter2%40x", address)


def test_a_missing_package_is_named_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def find_nothing(name: str) -> Any:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(importlib, "import_module", find_nothing)
    with pytest.raises(BadStateServer, match=r"python -m pip install 'mockgem\[redis\]'"):
        Asker(state="redis://127.0.0.1:1/0")
