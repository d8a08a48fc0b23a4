"""Certificates for https and wss on this machine: its own authority, and a leaf of it.

The authority is created at its first use, by trustme, which is imported only then.
"""

from __future__ import annotations

import os
import re
import ssl
import sys
import tempfile
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import trustme

HOSTS = ("localhost", "127.0.0.1", "::1")
"""The names in the certificate."""
MAX_HOST_CONTEXTS = 256
"""Hosts whose certificates a proxy keeps; those of older ones are made again."""
PRIVATE_FILE, CA_FILE, BUNDLE_FILE = "ca-private.pem", "ca.pem", "ca-bundle.pem"


class BadCertificate(ValueError):
    """Files of a certificate that can't be used."""


def find_certificate_folder() -> Path:
    """Return the user's folder for the authority: $XDG_STATE_HOME/mockgem or the system's own."""
    if folder := os.environ.get("XDG_STATE_HOME"):
        return Path(folder) / "mockgem"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "mockgem"
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support/mockgem"
    return Path.home() / ".local/state/mockgem"


def is_certifiable(host: str) -> bool:
    """Return whether a name can be in a certificate: one name or address, not all of them."""
    return bool(NAME.fullmatch(host)) and host not in ("0.0.0.0", "::")


NAME = re.compile(r"(?:\*\.)?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*")


class Certificates:
    """The authority of a server and the certificate that the server shows.

    Args:
        folder: Keep the authority here, so that clients trust it once; None keeps it in memory.
        hosts: More names for the certificate.
        own: The files of a certificate and its key that the server shows instead.
    """

    def __init__(
        self,
        folder: Path | None = None,
        hosts: tuple[str, ...] = (),
        own: tuple[str, str] = ("", ""),
    ) -> None:
        self.folder = folder
        self.hosts = tuple(dict.fromkeys((*HOSTS, *hosts)))
        self.own = own
        self.host_contexts: dict[str, ssl.SSLContext] = {}

    def find_context(self, host: str) -> ssl.SSLContext | None:
        """Return what a handshake in the name of a host needs, if it was made before.

        Without a host it is the server's own.
        """
        if host:
            return self.host_contexts.get(host)
        context: ssl.SSLContext | None = vars(self).get("context")
        return context

    def make_context(self, host: str) -> ssl.SSLContext:
        """Make what a handshake in the name of a host needs; this takes time.

        The certificate is of the authority, also if the server shows one of its own. Raises
        BadCertificate and OSError.
        """
        if not host:
            return self.context
        context = make_server_context()
        self.authority.issue_cert(host).configure_cert(context)
        while len(self.host_contexts) >= MAX_HOST_CONTEXTS:
            self.host_contexts.pop(next(iter(self.host_contexts)), None)
        self.host_contexts[host] = context
        return context

    @cached_property
    def context(self) -> ssl.SSLContext:
        """What the server needs for a handshake. Raises BadCertificate and OSError."""
        context = make_server_context()
        certificate, key = self.own
        if not certificate:
            self.authority.issue_cert(*self.hosts).configure_cert(context)
            return context
        try:
            context.load_cert_chain(certificate, key or None)
        except (OSError, ssl.SSLError) as error:
            reason = getattr(error, "strerror", None) or error
            raise BadCertificate(
                f"{certificate} is not a certificate that mockgem can use ({reason}): use PEM "
                "files, and name the file of the private key with --tls-key"
            ) from None
        return context

    @cached_property
    def authority(self) -> trustme.CA:
        """The authority: of the folder, or created now. Raises BadCertificate and OSError."""
        import trustme

        if self.folder is None:
            return trustme.CA(organization_name="mockgem")
        path = self.folder / PRIVATE_FILE
        if not path.exists():
            create_authority(trustme.CA(organization_name="mockgem"), path)
        pem = path.read_bytes()
        try:
            return trustme.CA.from_pem(pem, pem)
        except ValueError as error:
            raise BadCertificate(
                f"{path} is not a certificate with its private key ({error}): delete it, and "
                "mockgem creates another one"
            ) from None

    @property
    def ca_pem(self) -> bytes:
        """The certificate that clients have to trust, as PEM.

        With an own certificate that is its file. Raises BadCertificate and OSError.
        """
        if self.own[0]:
            return Path(self.own[0]).read_bytes()
        return self.authority.cert_pem.bytes()

    def write_ca_files(self, *, for_proxy: bool = False) -> tuple[Path, Path]:
        """Return two files: the authority alone, and a bundle of it and the public ones.

        Clients that read SSL_CERT_FILE trust nothing else, so they need the bundle. A proxy needs
        the authority besides an own certificate. Raises BadCertificate and OSError.
        """
        folder = self.file_folder
        pem = self.ca_pem
        if for_proxy and self.own[0]:
            pem = pem.rstrip() + b"\n" + self.authority.cert_pem.bytes()
        write_if_changed(folder / CA_FILE, pem)
        public = read_public_authorities()  # SSL_CERT_FILE may be the bundle itself
        write_if_changed(folder / BUNDLE_FILE, public if pem.strip() in public else public + pem)
        return folder / CA_FILE, folder / BUNDLE_FILE

    @cached_property
    def file_folder(self) -> Path:
        """Where the files for clients are; a temporary folder for an authority in memory."""
        if self.folder is not None and not self.own[0]:
            return self.folder
        self.temporary = tempfile.TemporaryDirectory(prefix="mockgem-", ignore_cleanup_errors=True)
        return Path(self.temporary.name)

    def close(self) -> None:
        """Delete files that no server needs any more."""
        if (temporary := self.__dict__.pop("temporary", None)) is not None:
            self.__dict__.pop("file_folder", None)
            temporary.cleanup()


def make_server_context() -> ssl.SSLContext:
    """Return what a server needs for handshakes, without a certificate. It speaks no HTTP/2."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_alpn_protocols(["http/1.1"])
    return context


def create_authority(authority: trustme.CA, path: Path) -> None:
    """Write an authority with its key for this user alone, unless another process was first.

    The file appears complete or not at all. Raises OSError.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=path.parent)  # mode 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(authority.cert_pem.bytes() + authority.private_key_pem.bytes())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        os.unlink(draft)


def write_if_changed(path: Path, data: bytes) -> None:
    """Write a file that others may be reading. Raises OSError."""
    with suppress(FileNotFoundError):
        if path.read_bytes() == data:
            return
    descriptor, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    os.chmod(draft, 0o644)
    os.replace(draft, path)


def read_public_authorities() -> bytes:
    """Return the authorities that clients trust now: of SSL_CERT_FILE, certifi, or the system."""
    with suppress(OSError):
        if given := os.environ.get("SSL_CERT_FILE"):
            return Path(given).read_bytes().rstrip() + b"\n"
    try:
        import certifi
    except ImportError:
        context = ssl.create_default_context()
        return "".join(
            [ssl.DER_cert_to_PEM_cert(der) for der in context.get_ca_certs(binary_form=True)]
        ).encode()
    return Path(certifi.where()).read_bytes()
