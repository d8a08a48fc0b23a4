"""The names that give a secret away, in the spellings that APIs and programs use."""

from __future__ import annotations

import pytest

from mockgem.redaction.names import (
    classify_name,
    is_dropped_parameter,
    is_secret_field,
    is_secret_header,
    is_secret_parameter,
)

FIELDS = """api_key access_token refresh_token id_token auth_token bearer_token session_token
    security_token client_secret app_secret secret_key secret_access_key signing_secret
    webhook_secret private_key access_key account_key subscription_key client_assertion
    code_verifier password passwd pwd passphrase sas sas_token authorization proxy_authorization
    cookie set_cookie upload_id shared_access_signature x_goog_signature x_goog_credential
    x_amz_signature x_amz_credential""".split()
AMBIGUOUS = ("token", "code", "secret", "auth", "credential", "credentials", "assertion")
PARAMETERS = ("key", "sig", "signature")
DROPPED = """key token access_token client_secret upload_id sig signature X-Goog-Signature
    X-Goog-Credential X-Amz-Signature X-Amz-Credential X-Amz-Security-Token api_key password
    refresh_token id_token sas sas_token""".split()


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_is_a_secret_in_every_spelling(name: str) -> None:
    words = name.split("_")
    camel = words[0] + "".join([word.title() for word in words[1:]])
    for spelled in (name, name.upper(), name.replace("_", "-"), name.replace("_", " "), camel):
        assert is_secret_field(spelled), spelled
        assert is_secret_parameter(spelled), spelled


@pytest.mark.parametrize(
    "name",
    [
        *("OPENAI_API_KEY", "db_password", "KEY_PASSPHRASE", "oauthClientSecret"),
        *("my-access-token", "new refresh token", "aws_secret_key", "AWS_SECRET_ACCESS_KEY"),
        *("ssh_private_key", "Ocp-Apim-Subscription-Key", "x_auth_token", "X-Amz-Security-Token"),
    ],
)
def test_a_name_may_have_more_in_front(name: str) -> None:
    assert classify_name(name) == "field"
    assert classify_name(f"{name}_name") == ""


def test_some_names_are_secrets_only_with_a_random_value_or_in_a_query() -> None:
    for name in AMBIGUOUS:
        assert (classify_name(name), is_secret_parameter(name)) == ("ambiguous", False)
    for name in PARAMETERS:
        assert (classify_name(name), is_secret_field(name)) == ("parameter", False)
        assert is_secret_parameter(name)
    for name in ("tokens", "max_tokens", "status_code", "keys", "", "author", "model"):
        assert classify_name(name) == ""
        assert not is_secret_parameter(name)


@pytest.mark.parametrize("name", DROPPED)
def test_a_recording_lacks_the_parameters_of_keys_and_signatures(name: str) -> None:
    assert is_dropped_parameter(name)
    assert not is_dropped_parameter(f"{name}x")


def test_other_secret_parameters_are_replaced_and_compared() -> None:
    assert not any(map(is_dropped_parameter, ("code", "auth", "db_password", "cookie", "pwd")))


@pytest.mark.parametrize("name", ["proxy-authenticate", "x-idempotency-key", "Surrogate-Key"])
def test_headers_about_keys_that_are_not_secrets(name: str) -> None:
    assert not is_secret_header(name)
    assert is_secret_header(f"my-{name}-key")
