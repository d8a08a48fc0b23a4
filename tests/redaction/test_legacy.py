"""Requests as earlier versions of mockgem wrote them."""

from __future__ import annotations

import base64
import re
from urllib.parse import quote

import pytest

from mockgem.redaction.legacy import build_legacy_finder
from tests.recording.interactions import KEY

OWN = "Own+Key/of=no&known:kind??>>~~42"


def redact(text: str, *secrets: str) -> str:
    return build_legacy_finder(secrets, ()).redact(text)


@pytest.mark.parametrize(
    "spelled",
    [
        OWN,
        quote(OWN, safe=""),
        base64.b64encode(OWN.encode()).decode().rstrip("="),
        base64.urlsafe_b64encode(OWN.encode()).decode().rstrip("="),
    ],
)
def test_a_credential_had_four_spellings(spelled: str) -> None:
    assert len(spelled) >= len(OWN)
    assert redact(f"it is {spelled}, yes", OWN) == "it is REDACTED, yes"


@pytest.mark.parametrize("spelled", [quote(OWN), OWN.encode().hex(), "Own+Key/of=n...~42"])
def test_other_spellings_stayed(spelled: str) -> None:
    assert redact(f"it is {spelled}, yes", OWN) == f"it is {spelled}, yes"


def test_a_credential_had_at_least_eight_characters() -> None:
    assert redact("it is kk-1234", "kk-1234") == "it is kk-1234"
    assert redact("it is kk-12345", "kk-12345") == "it is REDACTED"


def test_names_gave_no_secrets_away_except_in_queries() -> None:
    assert redact('{"password": "hunter22"}') == '{"password": "hunter22"}'
    assert redact("https://x/y?key=hunter22") == "https://x/y?key=REDACTED"
    assert redact("https://x/y?key=abc&sig=abcd") == "https://x/y?key=abc&sig=REDACTED"


def test_keys_and_the_user_s_patterns_were_found() -> None:
    finder = build_legacy_finder((), (re.compile(r"\d{3}-\d{2}"),))
    assert finder.redact(f"{KEY} 123-45") == "REDACTED REDACTED"
    assert redact(f"{KEY} 123-45") == "REDACTED 123-45"


def test_private_keys_were_found() -> None:
    begin, end = "-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----"
    assert redact(f"a {begin}\nMIIEvQ\n{end} b") == "a REDACTED b"
    assert redact(f"a {begin}\nMIIEvQ") == "a REDACTED"
