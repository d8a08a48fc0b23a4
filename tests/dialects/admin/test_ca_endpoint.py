"""The certificate that clients of https and wss have to trust."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError
from mockgem.dialects.admin.ca_endpoint import build_ca_endpoint
from tests.asking import Asker


class Certificates:
    """Has a certificate, or fails to read it."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error

    @property
    def ca_pem(self) -> bytes:
        if self.error is not None:
            raise self.error
        return b"-----BEGIN"


def call(certificates: Certificates | None) -> Any:
    endpoint = build_ca_endpoint(certificates)

    async def perform() -> Any:
        found: Any = endpoint.operation({}, OperationContext(Asker().world))
        return endpoint.encode({}, await found)

    return asyncio.run(perform())


def test_the_certificate_is_a_pem_file() -> None:
    response = call(Certificates())
    assert (response.status, response.body) == (200, b"-----BEGIN")
    assert response.headers == (("Content-Type", "application/x-pem-file"),)


@pytest.mark.parametrize("error", [OSError("no file"), ValueError("no PEM")])
def test_a_certificate_that_can_t_be_read_is_an_error_with_the_reason(error: Exception) -> None:
    with pytest.raises(ApiError) as found:
        call(Certificates(error))
    failure = found.value.failure
    assert (failure.status, failure.message) == (500, str(error))


def test_a_server_without_tls_says_how_to_get_it() -> None:
    answer = Asker().send("GET", "/_mockgem/ca.pem")
    assert answer.status == 404
    assert answer.json == {"error": "TLS is off: start mockgem without --no-tls"}
