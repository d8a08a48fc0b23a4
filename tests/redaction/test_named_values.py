"""Values with the name of a secret are replaced, where their shape does not speak against it."""

from __future__ import annotations

import base64

import pytest

from mockgem.redaction.finder import hide_secrets
from mockgem.redaction.values import REDACTED, is_password, is_placeholder, is_random

CODE = "4/0AX4XfWhT3qL9zKc7RvB2mNpQ8sD5fGhJ1"
TOKEN = "a8Kd03hfLq29XmZp47Rt"
FOUND = [
    '{"api_key": "hunter-22"}',
    '{"apikey":"hunter-22"}',
    '{"password" : "hunter22"}',
    '{"a": {"b": [{"db_password": "pa55-w0rd"}]}}',
    '{"refresh_token": "not-of-any-known-k1nd"}',
    '{"client_secret": "x7-y8-z9"}',
    '{"clientSecret": "x7-y8-z9"}',
    '{"OPENAI_API_KEY": "gateway42"}',
    '{"headers": {"x-portkey-api-key": ["pk42/abc"]}}',
    '{"headers": {"ocp-apim-subscription-key": "0123456789abcdef"}}',
    f'{{"token": "{TOKEN}"}}',
    f'{{"code": "{CODE}"}}',
    '{"sas": "sv=2022-11-02&ss=b&sp=r"}',
    '{"private_key": "MIIEvQIBADANBgkqhki"}',
    r'{"arguments": "{\"password\": \"hunter22\"}"}',
    r'{"x": "{\"y\":\"{\\\"client_secret\\\":\\\"x7y8z9\\\"}\"}"}',
    "{'api_key': 'hunter-22'}",
    "grant_type=refresh_token&refresh_token=abc-123",
    "client_id=1&client_secret=x7-y8-z9&scope=a",
    "password=hunter22&user=me",
    f"grant_type=authorization_code&code={CODE}",
    "https://example.com/a?api_key=hunter-22&x=1",
    "https://example.com/a?x=1&sig=aB3%2Fd",
    "https://example.com/a?X-Amz-Signature=0a1b2c3d4e5f&X-Amz-Date=1",
    "curl -H 'x-api-key: a8Kd03hfLq29'",
    "DB_PASSWORD=Kd03hfLq29Xm\nPORT=1",
    'export GATEWAY_API_KEY="a8Kd03hfLq29"',
    "x-auth-token: a8Kd03hfLq29Xm",
    "https://user:pa55w0rd@example.com/x",
    '{"url":"https:\\/\\/user:pa55w0rd@example.com"}',
    'Content-Disposition: form-data; name="api_key"\r\n\r\nhunter-22\r\n--b--\r\n',
    'form-data; name="password"\r\nContent-Type: text/plain\r\n\r\nhunter22\r\n--b',
    '{"Authorization": "Bearer a8Kd03hfLq29"}',
    "Authorization: Basic dXNlcjpodW50ZXIyMg==",
]
SECRETS = (
    *("hunter-22", "hunter22", "pa55-w0rd", "not-of-any-known-k1nd", "x7-y8-z9", "x7y8z9"),
    *("gateway42", "pk42/abc", "0123456789abcdef", TOKEN, CODE, "sv=2022-11-02&ss=b&sp=r"),
    *("MIIEvQIBADANBgkqhki", "abc-123", "aB3%2Fd", "0a1b2c3d4e5f", "Kd03hfLq29Xm"),
    *("user:pa55w0rd", "dXNlcjpodW50ZXIyMg=="),
)


EDGES = {  # what is found, and the same with one character less
    "a token in JSON": ('{"token": "a8Kd03hfLq29XmZp47R{}"}', "t", ""),
    "a code in a query": ("/x?code=a8Kd0-3{}", "h", ""),
    "a code at the beginning of a form": ("code=a8Kd0-3{}", "h", ""),
    "a token after an escaped separator": (r"/x\u0026token=a8Kd0-3{}", "h", ""),
    "a token after HTML's separator": ("/x&amp;token=a8Kd0-3{}", "h", ""),
    "a token after an encoded separator": ("next=/x%3Ftoken=a8Kd0-3{}", "h", ""),
    "a token after a separator that is encoded twice": ("next=/x%2526code=a8Kd0-3{}", "h", ""),
    "an assigned password in the next line of JSON": (r"A=1\npwd=a8Kd03hfLq2{}", "9", ""),
    "an assigned key": ("the api_key=a8Kd03hfLq2{}", "9", ""),
    "a quoted key": ("api_key := 'a8Kd03hfLq2{}'", "9", ""),
    "a key in a line": ("api_key: a8Kd03hfLq2{}", "9", ""),
    "a field of multipart": ('form-data; name="code"\r\n\r\na8Kd0-3{}\r\n--b', "h", ""),
}


@pytest.mark.parametrize("place", EDGES)
def test_a_random_value_has_a_shortest_length(place: str) -> None:
    text, *ends = EDGES[place]
    found, short = (text.replace("{}", end) for end in ends)
    clean, stays = hide_secrets(found), hide_secrets(short)
    assert (clean.count(REDACTED), "a8Kd0" in clean) == (1, False)
    assert stays == short


@pytest.mark.parametrize(
    "text",
    [
        "the code=a8Kd03hf and token=a8Kd03hfLq29XmZp47Rt",
        "x;token=a8Kd03hfLq29XmZp47Rt",
        'form-data; title="password"\r\n\r\nhunter22\r\n--b',
        "api_key=settings.api_key",
        "password: str",
        '{"key": "a8Kd03hfLq29XmZp47Rt"}',
        f'{{"{"x" * 60}token": "a8Kd03hfLq29XmZp47Rt"}}',
    ],
)
def test_other_places_give_no_secret_away(text: str) -> None:
    assert hide_secrets(text) == text


def test_a_name_of_64_characters_is_read_as_a_whole() -> None:
    """Of a longer one only the end is read, which is enough for names with an ending."""
    for size in (56, 57):
        text = f'{{"{"x" * size}_api_key": "hunter-22"}}'
        assert hide_secrets(text) == text.replace("hunter-22", REDACTED)


@pytest.mark.parametrize(
    ("text", "is_secret"),
    [
        ("user:hunter22", True),
        ("user:<password>", False),
        ("user:ab1", False),
        ("user-hunter22", False),
        ("user:hunter\x0022", False),
    ],
)
def test_a_user_and_a_password_in_base64(text: str, is_secret: bool) -> None:
    coded = base64.b64encode(text.encode()).decode()
    for value in (coded, coded.rstrip("=")):
        clean = hide_secrets(f"curl with Basic {value} x")
        assert clean == f"curl with Basic {REDACTED if is_secret else value} x"
    assert hide_secrets("Basic information about things") == "Basic information about things"


@pytest.mark.parametrize("text", FOUND)
def test_the_value_alone_is_replaced(text: str) -> None:
    expected = text
    for secret in sorted([*SECRETS, "a8Kd03hfLq29Xm", "a8Kd03hfLq29"], key=len, reverse=True):
        expected = expected.replace(secret, REDACTED)
    assert expected.count(REDACTED) == 1, "the row has exactly one secret"
    assert hide_secrets(text) == expected
    assert hide_secrets(expected) == expected


@pytest.mark.parametrize(
    "value",
    [
        *("", "abc", "TOKEN", "FILTERED", "DUMMY", "fake", "string", "REDACTED", "<REDACTED>"),
        *("any-key", "your-api-key", "YOUR_API_KEY", "test-key-1", "dummy_token", "my-secret-here"),
        *("<your key>", "${GEMINI_API_KEY}", "$KEY", "{{ key }}", "{key}", "%s", "[hidden]"),
        *("****", "xxxxxxxxxxxx", "...", "*****-*****", "os.environ", "env.API_KEY"),
        *("**FILTERED**", "auth_tokens/..", "correcthorse"),
    ],
)
def test_placeholders(value: str) -> None:
    assert is_placeholder(value)
    assert hide_secrets(f'{{"api_key": "{value}"}}') == f'{{"api_key": "{value}"}}'
    assert hide_secrets(f"https://x/y?key={value}") == f"https://x/y?key={value}"


@pytest.mark.parametrize(
    "value",
    [
        *("hunter2", "Passw0rd!", "p@ss-w0rd", "correct-horse-battery-staple", "0123456789abcdef"),
        *("averylongwordofletters", "REDACTED1234", "password123", "key-4711-a"),
    ],
)
def test_passwords(value: str) -> None:
    assert is_password(value)
    assert hide_secrets(f'{{"api_key": "{value}"}}') == '{"api_key": "REDACTED"}'


def test_a_sentence_is_a_password_only_if_a_word_mixes_letters_and_digits() -> None:
    assert not is_password("The password of the user, at least 12 characters")
    assert is_password("it is hunter22")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (TOKEN, True),
        (CODE, True),
        ("0f8fad5b-d9cb-469f-a165-70867728950e", True),
        ("invalid_request_error_of_a_kind", False),
        ("gemini-2.5-flash-preview-05-20", False),
        ("2026-11-28", False),
        ("12345678901234567890", False),
        ("print(1+2+3+4+5+6+7+8+9)", False),
        ("short1a", False),
    ],
)
def test_random_values(value: str, expected: bool) -> None:
    assert is_random(value, 20) is expected
