"""Secrets are not written: headers by an allow list, bodies by patterns, streams as a whole."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from mockgem.recording.cassette_encoder import encode_cassette
from mockgem.recording.interaction import Interaction, from_vcr_record
from mockgem.recording.redaction import Redactor, SecretLeak
from mockgem.redaction.credentials import find_credentials
from tests.recording.interactions import KEY, URI, chat, stream

TOKEN = "ya29.a0Canary_abcdefghijklmnopqrstuvwxyz0123456789"
OWN = "plain-own-secret-4711"
HALVES = b'data: {"a": "%b"}\n\ndata: {"a": "%b"}\n\n' % (KEY[:9].encode(), KEY[9:].encode())
JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJlLWNhbmFyeQ"


def on_disk(one: Interaction, secrets: Sequence[str] = ()) -> str:
    clean = Redactor().redact(one, secrets)
    Redactor().check(clean, secrets)
    assert sum(size for _, size in clean.chunks) in (0, len(clean.body))
    return encode_cassette([clean], as_json=False).decode()


@pytest.mark.parametrize("secret", [KEY, TOKEN, OWN, JWT, "sk-canary0123456789abcdef"])
@pytest.mark.parametrize(
    "one",
    [
        "uri",
        "query of the answer's address",
        "authorization",
        "x-goog-api-key",
        "cookie",
        "set-cookie",
        "an unknown header",
        "a header that is kept",
        "request json",
        "request multipart",
        "answer json",
        "error page",
        "upload url",
        "in one frame",
        "over two frames",
        "over many deltas",
        "in base64 beside others",
    ],
)
def test_a_canary_is_nowhere(secret: str, one: str) -> None:
    text = on_disk(place(one, secret), (secret,))
    assert secret not in text
    if one.startswith("over"):
        assert not pieces_join(text, secret)


def place(where: str, secret: str) -> Interaction:
    match where:
        case "uri":
            return chat(uri=f"{URI}?key={secret}&alt=sse")
        case "query of the answer's address" | "upload url":
            name = "Location" if where.startswith("query") else "X-Goog-Upload-URL"
            return chat(
                headers=(
                    (
                        name,
                        f"https://generativelanguage.googleapis.com/upload?upload_id={secret}&key={secret}",
                    ),
                )
            )
        case "authorization":
            return chat(request_headers=(("Authorization", f"Bearer {secret}"),))
        case "set-cookie":
            return chat(headers=(("Set-Cookie", f"a={secret}"), ("Content-Type", "text/plain")))
        case "an unknown header":
            return chat(request_headers=(("X-Mine", secret),), headers=(("X-Yours", secret),))
        case "a header that is kept":
            return chat(
                request_headers=(("User-Agent", f"x/{secret}"),),
                headers=(("Server", f"x {secret}"),),
            )
        case "request json":
            return chat(
                request_body=json.dumps({"messages": [{"content": f"my key is {secret}"}]}).encode()
            )
        case "request multipart":
            body = f'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n{secret}\r\n--b--\r\n'
            return chat(request_body=body.encode())
        case "answer json":
            return chat(
                answer=json.dumps({"error": {"message": f"API key not valid: {secret}."}}).encode()
            )
        case "error page":
            return chat(answer=f"<html><p>Bad key {secret}</p></html>".encode(), status=500)
        case "in one frame":
            return stream(
                b"data: {}\r\n\r\n", b'data: {"text": "' + secret.encode() + b'"}\r\n\r\n'
            )
        case "over two frames":
            half = len(secret) // 2
            return stream(
                b'data: {"text": "' + secret[:half].encode(), secret[half:].encode() + b'"}\r\n\r\n'
            )
        case "over many deltas":
            rows = [secret[at : at + 5] for at in range(0, len(secret), 5)]
            return stream(
                *[
                    b'data: {"content": %b}\n\n' % json.dumps(row).encode()
                    for row in ["so: ", *rows, " end"]
                ]
            )
        case "in base64 beside others":
            return chat(answer=b'{"data": "AAAA", "note": "' + secret.encode() + b'"}')
    return chat(request_headers=((where, secret),))


def pieces_join(text: str, secret: str) -> bool:
    """Whether the strings of the stream contain the secret together."""
    found = "".join(re.findall(r'"content": "([^"]*)"', text.replace('\\"', '"')))
    return secret in found


def test_what_is_not_secret_stays() -> None:
    picture = "iVBORw0KGgo" + "AIzaSy" * 40
    one = chat(answer=json.dumps({"content": "Hello", "data": picture}).encode())
    assert Redactor().redact(one, ()) == one


def test_the_users_own_patterns() -> None:
    mine = Redactor((re.compile(r"\b\d{3}-\d{2}-\d{4}\b"),))
    clean = mine.redact(chat(answer=b'{"content": "It is 123-45-6789."}'), ())
    assert clean.body == b'{"content": "It is REDACTED."}'


def test_the_last_look_refuses_what_is_left() -> None:
    with pytest.raises(SecretLeak, match="the response's body") as caught:
        Redactor().check(chat(answer=KEY.encode()), ())
    assert KEY not in str(caught.value)


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"uri": f"{URI}/{KEY}"}, "the URL"),
        ({"reason": KEY}, "the reason"),
        ({"broken": KEY}, "the error that ended it"),
        ({"request_headers": (("X-A", KEY),)}, "the header X-A"),
        ({"headers": (("X-A", "1"), ("X-B", KEY))}, "the header X-B"),
        ({"request_headers": (("Authorization", "Bearer pw0rd-4x"),)}, "the header Authorization"),
        ({"headers": (("Set-Cookie", "sid=pw0rd-4x"),)}, "the header Set-Cookie"),
        ({"request_body": KEY.encode()}, "the request's body"),
        ({"answer": KEY.encode()}, "the response's body"),
        ({"request_body": json.dumps([KEY[:9], KEY[9:]]).encode()}, None),
        ({"request_body": HALVES}, "the request's body"),
        ({"answer": HALVES}, "the response's body"),
        ({"request_headers": (("Authorization", "Bearer <token>"),)}, None),
        ({"headers": (("Set-Cookie", "REDACTED"), ("ETag", "pw0rd-4x"))}, None),
    ],
)
def test_the_last_look_names_the_place(more: dict[str, Any], place: str | None) -> None:
    one = chat(**more)
    if place is None:
        Redactor().check(one)
        return
    with pytest.raises(SecretLeak) as caught:
        Redactor().check(one)
    path = "/v1beta/openai/chat/completions" + ("/REDACTED" if place == "the URL" else "")
    assert str(caught.value) == (
        f"POST {path}: something that looks like a secret is left in {place}"
    )


def test_the_last_look_knows_other_credentials_and_patterns() -> None:
    mine = Redactor((re.compile(r"\d{3}-\d{2}-\d{4}"),))
    for answer, secrets in ((b"123-45-6789", ()), (OWN.encode(), (OWN,))):
        with pytest.raises(SecretLeak, match="the response's body"):
            mine.check(chat(answer=answer), secrets)
        assert mine.redact_and_check(chat(answer=answer), secrets).body == b"REDACTED"
        Redactor().check(chat(answer=answer))


@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_the_length_of_a_body_that_is_not_sent_stays(method: str) -> None:
    headers = (("Content-Length", "7"), ("ETag", "x"), ("X-Other", "y"), ("Content-LengthX", "7"))
    clean = Redactor().redact(chat(method=method, headers=headers))
    assert clean.headers == (headers[:2] if method == "HEAD" else headers[1:2])


def test_an_interaction_without_secrets_is_the_same_object() -> None:
    plain = chat()
    mine = Redactor((re.compile("hi"),))
    assert Redactor().clean_request(plain) is plain
    assert not Redactor().may_change(plain)
    assert mine.may_change(plain)
    assert b"REDACTED" in mine.clean_request(plain).request_body
    for changed in (chat(uri=f"{URI}?key=pw0rd-4x"), chat(f"KEY={KEY}"), chat("\\u0041")):
        assert Redactor().may_change(changed)


def test_pieces_still_fit_when_something_was_cut_out_of_them() -> None:
    one = stream(
        b'data: {"a": "' + KEY.encode() + b'"}\n\n', b'data: {"b": 1}\n\n', b"data: [DONE]\n\n"
    )
    clean = Redactor().redact(one, ())
    at, parts = 0, []
    for _, size in clean.chunks:
        parts.append(clean.body[at : at + size])
        at += size
    assert parts == [b'data: {"a": "REDACTED"}\n\n', b'data: {"b": 1}\n\n', b"data: [DONE]\n\n"]


def test_cassettes_of_others_can_be_cleaned() -> None:
    record = {
        "request": {
            "method": "POST",
            "uri": URI + f"?key={KEY}",
            "headers": {"authorization": [f"Bearer {KEY}"]},
            "body": "x",
        },
        "response": {
            "status": {"code": 200, "message": "OK"},
            "headers": {"set-cookie": [KEY]},
            "body": {"string": KEY},
        },
    }
    assert KEY not in on_disk(from_vcr_record(record))


def test_the_reason_and_the_error_that_ended_a_response_hold_no_secret() -> None:
    one = replace(chat("x"), reason=f"wrong key {KEY}", broken=f"reset after {KEY}")
    clean = Redactor().redact(one, [])
    assert (clean.reason, clean.broken) == ("wrong key REDACTED", "reset after REDACTED")
    with pytest.raises(SecretLeak, match="the reason"):
        Redactor().check(replace(clean, reason=KEY), [])


def test_values_with_the_name_of_a_secret_are_secrets() -> None:
    headers = {"x-portkey-api-key": "my-private-gateway-key-42", "accept": "text/plain"}
    query = {"access_token": "abcd-efgh", "pageToken": "Chdtb2RlbHMv"}
    assert find_credentials(headers.items(), query.items()) == [
        "abcd-efgh",
        "my-private-gateway-key-42",
    ]
