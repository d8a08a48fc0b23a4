"""The start: what servers mockgem refuses, and what it says about them."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
import trustme

from mockgem.core.storage_errors import BadStateServer
from mockgem.storage.redis_storage import RedisStorage
from mockgem.storage.redis_url import parse_address
from tests.ports import find_free_port
from tests.valkey_server import NoValkey, ValkeyServer, run_valkey

pytestmark = pytest.mark.valkey
PASSWORD = "hunter2-secret"


async def use(url: str) -> str:
    """Write and read a record, and return the name of the world that has it."""
    storage = RedisStorage(parse_address(url), 0.0)
    await storage.open("w").store.put("things", "a", {})
    worlds = await storage.list_worlds()
    await storage.finish()
    storage.close()
    return worlds[0]


def assert_is_refused(url: str, message: str) -> None:
    with pytest.raises(BadStateServer, match=re.escape(message)) as caught:
        RedisStorage(parse_address(url), 0.0)
    assert PASSWORD not in str(caught.value)


async def test_a_password_opens_a_server_and_is_never_shown(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with run_valkey(tmp_path, "--requirepass", PASSWORD) as server:
        assert await use(f"redis://:{PASSWORD}@{server.address}/0") == "w"
        assert_is_refused(f"redis://{server.address}/0", "wants a password: write it into --state")
        assert_is_refused(f"redis://:{PASSWORD}x@{server.address}/0", "refuses the user name or")
    assert PASSWORD not in caplog.text


def test_a_server_that_is_away_is_named(tmp_path: Path) -> None:
    port = find_free_port()
    assert_is_refused(f"redis://127.0.0.1:{port}/0", f"redis://127.0.0.1:{port}/0, can't be")


def test_a_server_in_cluster_mode_is_refused(tmp_path: Path) -> None:
    with run_valkey(tmp_path, "--cluster-enabled", "yes") as server:
        assert_is_refused(server.url(), "runs in cluster mode, which mockgem does not support")


def test_a_replica_is_refused(valkey: ValkeyServer, tmp_path: Path) -> None:
    with run_valkey(tmp_path, "--replicaof", "127.0.0.1", str(valkey.port)) as server:
        assert_is_refused(server.url(), "is a replica, which can't be written")


def test_the_state_of_another_version_is_refused(valkey: ValkeyServer) -> None:
    valkey.send("HSET", "future:meta", "format", "2")
    assert_is_refused(valkey.url("future"), "has state in format 2, and this version of mockgem")


def test_a_database_that_does_not_exist_is_refused(valkey: ValkeyServer) -> None:
    assert_is_refused(f"redis://{valkey.address}/999", "can't be used: ")


@pytest.mark.parametrize(
    ("options", "warning"),
    [
        (("--appendonly", "no"), "has no append-only file"),
        (("--maxmemory", "50mb", "--maxmemory-policy", "allkeys-lru"), "drops keys when"),
        ((), ""),
    ],
)
async def test_a_server_that_may_lose_state_is_a_warning(
    options: tuple[str, ...], warning: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with run_valkey(tmp_path, *options) as server:
        await use(server.url())
    found = [one.getMessage() for one in caplog.records if one.levelno > logging.INFO]
    assert [warning in one for one in found] == ([True] if warning else [])


async def test_tls_checks_the_certificate_of_the_server(tmp_path: Path) -> None:
    authority, other = trustme.CA(), trustme.CA()
    certificate = authority.issue_cert("127.0.0.1")
    certificate.private_key_and_cert_chain_pem.write_to_path(tmp_path / "server.pem")
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    other.cert_pem.write_to_path(tmp_path / "other.pem")
    files = {name: str(tmp_path / name) for name in ("server.pem", "ca.pem", "other.pem")}
    port = find_free_port()
    options = ("--tls-port", str(port), "--tls-auth-clients", "no")
    options += ("--tls-cert-file", files["server.pem"], "--tls-key-file", files["server.pem"])
    with run_valkey(tmp_path, *options, "--tls-ca-cert-file", files["ca.pem"]):
        url = f"rediss://127.0.0.1:{port}/0"
        assert await use(f"{url}?ca={files['ca.pem']}") == "w"
        for refused in (url, f"{url}?ca={files['other.pem']}"):
            assert_is_refused(refused, "can't be reached")


def test_without_a_server_program_the_tests_say_how_to_install_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoValkey, match="apt-get install -y valkey-server"):
        ValkeyServer(tmp_path).start()
