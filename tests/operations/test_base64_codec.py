"""Base64 has the same results with and without pybase64."""

from __future__ import annotations

import base64
import binascii

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockgem.operations import base64_codec


@given(st.binary(max_size=200))
def test_encoding_is_that_of_the_standard_library(data: bytes) -> None:
    text = base64.b64encode(data)
    assert base64_codec.encode_base64(data) == text.decode()
    assert base64_codec.encode_base64_bytes(data) == text
    assert base64_codec.decode_base64_strictly(text.decode()) == data


@given(st.text(alphabet="ABwxyz019+/=-_ \n%é", max_size=14))
@settings(max_examples=1000)
def test_what_is_valid_does_not_depend_on_the_library(text: str) -> None:
    try:
        expected = binascii.a2b_base64(text, strict_mode=True)
    except ValueError:
        with pytest.raises(ValueError):
            base64_codec.decode_base64_strictly(text)
    else:
        assert base64_codec.decode_base64_strictly(text) == expected


def test_it_works_without_pybase64(monkeypatch: pytest.MonkeyPatch) -> None:
    assert base64_codec.pybase64 is not None, "the tests install the extra"
    monkeypatch.setattr(base64_codec, "pybase64", None)
    assert base64_codec.encode_base64(b"data") == "ZGF0YQ=="
    assert base64_codec.encode_base64_bytes(b"data") == b"ZGF0YQ=="
    assert base64_codec.decode_base64_strictly("ZGF0YQ==") == b"data"
    with pytest.raises(ValueError):
        base64_codec.decode_base64_strictly("ZGF0YQ")
