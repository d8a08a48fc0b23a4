"""The authority and its certificate: where they are kept, and what clients get of them."""

from __future__ import annotations

import errno
import os
import ssl
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import trustme

from mockgem.server import certificates as certificates_module
from mockgem.server.certificates import (
    BadCertificate,
    Certificates,
    find_certificate_folder,
    is_certifiable,
    write_if_changed,
)


def test_an_authority_in_a_folder_is_created_once(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "mockgem"
    first = Certificates(folder).ca_pem
    assert Certificates(folder).ca_pem == first
    assert first.startswith(b"-----BEGIN CERTIFICATE-----")


def test_only_its_user_can_read_the_key(tmp_path: Path) -> None:
    folder = tmp_path / "mockgem"
    Certificates(folder).write_ca_files()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "ca-private.pem").stat().st_mode) == 0o600
    public = [(folder / name).read_bytes() for name in ("ca.pem", "ca-bundle.pem")]
    assert not any(b"PRIVATE KEY" in data for data in public)


def test_processes_that_start_together_have_one_authority(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(lambda _: Certificates(tmp_path / "one").ca_pem, range(8)))
    assert len(found) == 1
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["ca-private.pem"]


def test_an_authority_in_memory_is_on_no_disk_and_another_one_each_time(tmp_path: Path) -> None:
    one, other = Certificates(), Certificates()
    assert one.ca_pem != other.ca_pem
    authority, bundle = one.write_ca_files()
    assert authority.read_bytes() == one.ca_pem
    assert bundle.read_bytes().endswith(one.ca_pem)
    one.close()
    assert not authority.parent.exists()


def test_a_folder_that_can_not_be_deleted_does_not_disturb_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Another program may have its current folder there."""

    def refuse(path: object, **_: object) -> None:
        raise OSError(errno.EBUSY, "Device or resource busy", path)

    certificates = Certificates()
    authority, _ = certificates.write_ca_files()
    with monkeypatch.context() as patched:
        patched.setattr(os, "rmdir", refuse)
        certificates.close()
        assert authority.parent.exists()
    authority.parent.rmdir()
    other, _ = certificates.write_ca_files()
    assert other.read_bytes() == certificates.ca_pem
    certificates.close()
    assert not other.parent.exists()


def test_the_bundle_has_the_authorities_that_clients_trusted_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = trustme.CA().cert_pem.bytes()
    (tmp_path / "company.pem").write_bytes(company)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "company.pem"))
    certificates = Certificates(tmp_path / "own")
    _, bundle = certificates.write_ca_files()
    assert bundle.read_bytes() == company + certificates.ca_pem
    ssl.create_default_context(cafile=str(bundle))


def test_a_bundle_that_clients_trust_already_does_not_grow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a shell with the lines of `mockgem ca`."""
    certificates = Certificates(tmp_path / "own")
    _, bundle = certificates.write_ca_files()
    before = bundle.read_bytes()
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    certificates.write_ca_files()
    assert bundle.read_bytes() == before
    assert before.count(certificates.ca_pem.strip()) == 1


def test_a_proxy_makes_a_certificate_for_each_host_and_keeps_the_newest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(certificates_module, "MAX_HOST_CONTEXTS", 2)
    certificates = Certificates()
    assert certificates.find_context("a.example") is None
    made = {host: certificates.make_context(f"{host}.example") for host in "abc"}
    assert [certificates.find_context(f"{host}.example") for host in "abc"] == [
        None,
        made["b"],
        made["c"],
    ]
    assert certificates.find_context("") is None
    assert certificates.make_context("") is certificates.find_context("") is certificates.context


def test_a_proxy_with_an_own_certificate_needs_the_authority_too(tmp_path: Path) -> None:
    leaf = trustme.CA().issue_cert("localhost")
    leaf.private_key_and_cert_chain_pem.write_to_path(tmp_path / "own.pem")
    own = Certificates(tmp_path / "state", own=(str(tmp_path / "own.pem"), ""))
    trusted = own.write_ca_files(for_proxy=True)[0].read_bytes()
    assert (tmp_path / "own.pem").read_bytes().rstrip() in trusted
    assert own.authority.cert_pem.bytes() in trusted
    assert own.authority.cert_pem.bytes() not in own.write_ca_files()[0].read_bytes()
    own.close()


def test_without_another_bundle_the_public_authorities_are_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    _, bundle = Certificates(tmp_path / "own").write_ca_files()
    assert len(ssl.create_default_context(cafile=str(bundle)).get_ca_certs()) > 20


def test_an_own_certificate_replaces_the_authority(tmp_path: Path) -> None:
    leaf = trustme.CA().issue_cert("localhost")
    leaf.cert_chain_pems[0].write_to_path(tmp_path / "cert.pem")
    leaf.private_key_pem.write_to_path(tmp_path / "key.pem")
    own = Certificates(own=(str(tmp_path / "cert.pem"), str(tmp_path / "key.pem")))
    assert own.context
    assert own.ca_pem == (tmp_path / "cert.pem").read_bytes()
    assert "authority" not in vars(own)


@pytest.mark.parametrize(
    ("content", "reason"), [(None, "No such file or directory"), (b"no certificate", "")]
)
def test_an_own_certificate_that_can_not_be_used_is_named(
    tmp_path: Path, content: bytes | None, reason: str
) -> None:
    path = tmp_path / "cert.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadCertificate) as error:
        _ = Certificates(own=(str(path), "")).context
    before, _, rest = str(error.value).partition(" (")
    given, _, advice = rest.rpartition(")")
    assert before == f"{path} is not a certificate that mockgem can use"
    assert given == reason or not reason
    assert advice == ": use PEM files, and name the file of the private key with --tls-key"


def test_a_damaged_authority_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "ca-private.pem").write_bytes(b"nothing")
    with pytest.raises(BadCertificate, match="delete it"):
        _ = Certificates(tmp_path).ca_pem


@pytest.mark.parametrize(
    ("host", "expected"),
    [("10.0.0.5", True), ("mock.internal", True), ("*.internal", True), ("fe80::1", True),
     ("*", False), ("0.0.0.0", False), ("::", False), ("", False), ("a b", False)],
)  # fmt: skip
def test_hosts_that_a_certificate_can_name(host: str, expected: bool) -> None:
    assert is_certifiable(host) is expected
    if expected:
        assert Certificates(hosts=(host,)).context


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [("linux", {"XDG_STATE_HOME": "/x"}, "/x/mockgem"),
     ("linux", {}, "HOME/.local/state/mockgem"),
     ("darwin", {}, "HOME/Library/Application Support/mockgem"),
     ("win32", {"LOCALAPPDATA": "/l"}, "/l/mockgem")],
)  # fmt: skip
def test_the_folder_is_the_one_of_the_system(
    platform: str, variables: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, text in variables.items():
        monkeypatch.setenv(name, text)
    monkeypatch.setattr(certificates_module.sys, "platform", platform)
    assert str(find_certificate_folder()) == expected.replace("HOME", str(Path.home()))


def test_files_for_clients_can_be_read_by_all_and_change_only_when_they_have_to(
    tmp_path: Path,
) -> None:
    path = tmp_path / "ca.pem"
    write_if_changed(path, b"one")
    first = path.stat()
    assert stat.S_IMODE(first.st_mode) == 0o644
    write_if_changed(path, b"one")
    assert path.stat().st_ino == first.st_ino
    write_if_changed(path, b"two")
    assert path.read_bytes() == b"two"
    assert [one.name for one in tmp_path.iterdir()] == ["ca.pem"]
