"""What looks like a key, after any text in front of it, and what only seems to."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import string
import uuid
from collections.abc import Callable

import pytest

from mockgem.recording.interaction import Interaction
from mockgem.recording.redaction import Redactor
from mockgem.redaction.finder import hide_secrets
from mockgem.redaction.values import REDACTED
from tests.recording.interactions import chat

LETTERS = string.ascii_letters + string.digits
SEEDS = range(300)


def letters(source: random.Random, count: int, more: str = "") -> str:
    return "".join(source.choices(LETTERS + more, k=count))


def random_key(kind: str, source: random.Random) -> str:
    def part(count: int) -> str:
        return letters(source, count, "-_")

    match kind:
        case "AIza":
            return f"AIza{part(35)}"
        case "AQ":
            return f"AQ.{part(50)}"
        case "ya29":
            return f"ya29.{part(120)}"
        case "sk":
            return f"sk-{part(48)}"
        case "sk-proj":
            return f"sk-proj-{part(100)}"
        case "github":
            return f"gh{source.choice('pousr')}_{letters(source, 36)}"
        case "GOCSPX":
            return f"GOCSPX-{part(28)}"
        case "refresh token":
            return f"1//0{part(60)}"
        case "github_pat":
            return f"github_pat_{letters(source, 22)}_{letters(source, 59)}"
        case "glpat":
            return f"glpat-7{part(19)}"
        case "AWS":
            return f"{source.choice(('AKIA', 'ASIA'))}7{letters(source, 15).upper()}"
        case "hf" | "gsk" | "npm":
            return f"{kind}_{letters(source, 36)}"
        case "xai" | "pplx":
            return f"{kind}-{letters(source, 48)}"
        case "xox":
            return f"xox{source.choice('abeoprs')}-7{letters(source, 12)}-{letters(source, 24)}"
        case "stripe":
            return f"{source.choice('sr')}k_live_{letters(source, 24)}"
    return f"eyJ{part(30)}.eyJ{part(60)}.{part(43)}"


KINDS = (
    *("AIza", "AQ", "ya29", "GOCSPX", "refresh token", "sk", "sk-proj", "github", "github_pat"),
    *("glpat", "AWS", "hf", "gsk", "npm", "xai", "pplx", "xox", "stripe", "jwt"),
)
PLACES = {
    "alone": "{}",
    "a word of a text": "my key is {}, keep it",
    "an .env file": "GEMINI_API_KEY={}\nOTHER=1\n",
    "an .env file with quotes": "GEMINI_API_KEY='{}'",
    "an export": 'export OPENAI_API_KEY="{}"',
    "a text of JSON with an .env": '{{"text": "my .env:\\nTOKEN={}\\n"}}',
    "the first word of a line in JSON": '{{"text": "keys:\\n{}\\n"}}',
    "a value of JSON": '{{"key":"{}"}}',
    "a name of JSON": '{{"{}": 1}}',
    "JSON in JSON": '{{"arguments": "{{\\"id_token\\":\\"{}\\"}}"}}',
    "YAML": "key: {}",
    "a pair with a colon": "key:{}",
    "Go's equals sign in JSON": '{{"text": "KEY\\u003d{}\\u0026x"}}',
    "a path": "https://example.com/v1beta/models/{}:generateContent",
    "a step of a path": "a/{}/b",
    "a long path": (
        "/v1beta1/projects/project/locations/global/publishers/google/models/{}/operations/every/one"
    ),
    "a path with JSON's other slash": "https:\\/\\/example.com\\/{}",
    "a query": "https://example.com/?token={}&alt=sse",
    "a query in an address": "https://example.com/?next=%2Fa%3Ftoken%3D{}%26alt",
    "a form": "grant_type=x&assertion={}&scope=y",
    "a form's space": "q=my+key+is+{}",
    "brackets": "<{}> [{}] ({})",
    "assigned": "KEY:={};",
    "a list": "{},{};{}|{}",
    "markdown": "`{}` and **{}**",
    "a scheme": "apikey://{}",
    "a header": "x-goog-api-key: {}\r\n",
    "behind a short coded word": "dXNlcg=={}",
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", PLACES)
def test_a_key_is_found_behind_whatever_stands_before_it(kind: str, place: str) -> None:
    source = random.Random(f"{kind} {place}")
    for _ in range(20):
        key = random_key(kind, source)
        assert hide_secrets(fill(place, key)) == fill(place, REDACTED)


def fill(place: str, key: str) -> str:
    return PLACES[place].replace("{}", key).replace("{{", "{").replace("}}", "}")


def blob(seed: int) -> bytes:
    source = random.Random(seed)
    return source.randbytes(source.choice((16, 29, 32, 100, 3000, 30_000)))


def coded(seed: int) -> str:
    return base64.b64encode(blob(seed)).decode()


HARMLESS: dict[str, Callable[[int], str]] = {
    "base64": coded,
    "base64 for addresses": lambda seed: base64.urlsafe_b64encode(blob(seed)).decode(),
    "base64 in lines": lambda seed: base64.encodebytes(blob(seed)).decode(),
    "a picture in an address": lambda seed: f"data:image/png;base64,{coded(seed)}",
    "a picture in JSON": lambda seed: json.dumps(
        {"inlineData": {"mimeType": "image/png", "data": coded(seed)}}
    ),
    "a picture in JSON with the other slash": lambda seed: json.dumps(coded(seed)).replace(
        "/", "\\/"
    ),
    "a thought signature": lambda seed: json.dumps({"thoughtSignature": "CtwB" + coded(seed)}),
    "a picture with a key's letters": lambda seed: embedded(seed, "/", "+"),
    "a picture with a key's letters at its end": lambda seed: embedded(seed, "+", "="),
    "one picture after another": lambda seed: (
        base64.b64encode(b"x" * 100).decode() + "=" + embedded(seed, "=", "/")
    ),
    "a picture that begins with a key's letters": lambda seed: (
        f"AIza{'x' * 35}/{embedded(seed, '/', '+')}"
    ),
    "a hash": lambda seed: (
        f"sha256-{base64.b64encode(hashlib.sha256(blob(seed)).digest()).decode()}"
    ),
    "a hash in hex": lambda seed: "etag=" + hashlib.sha256(blob(seed)).hexdigest(),
    "a UUID": lambda seed: f"/files/{uuid.UUID(bytes=random.Random(seed).randbytes(16))}",
    "an id": lambda seed: f"chatcmpl-{letters(random.Random(seed), 29)}",
    "a numbered word": lambda seed: f"risk-{letters(random.Random(seed), 30)}",
}


def embedded(seed: int, left: str, right: str) -> str:
    """Base64 that would contain an AIza key if it were text."""
    source = random.Random(seed)
    around = [letters(source, 400) for _ in range(2)]
    end = around[1] if right != "=" else "="
    return f"{around[0]}{left}AIza{letters(source, 35)}{right}{end}"


@pytest.mark.parametrize("looks", HARMLESS)
def test_what_only_looks_like_a_key_stays_as_it_is(looks: str) -> None:
    for seed in SEEDS:
        text = HARMLESS[looks](seed)
        assert hide_secrets(text) == text, (looks, seed)


@pytest.mark.parametrize(
    "text",
    [
        "https://scikit-learn.org/stable/sk-learn-documentation-and-examples.html",
        "href=/docs/sk-toggleable-content-of-the-page/",
        "task-management-in-practice, disk-encryption-for-beginners, desk-lamps-and-more-of-them",
        "AIza is how keys of Google begin; AIzaSy as well",
        "gemini-2.5-flash-preview-tts",
        "models/AQ.Short",
        "ghp_short eyJ.a.b sk-short",
        "key=REDACTED&token=REDACTED Bearer REDACTED",
        "A=B=C=D/E/F+G+H",
    ],
)
def test_words_that_begin_as_keys_do_stay(text: str) -> None:
    assert hide_secrets(text) == text


def test_cleaning_twice_is_cleaning_once() -> None:
    for place in PLACES.values():
        for kind in KINDS:
            text = hide_secrets(place.replace("{}", random_key(kind, random.Random(kind))))
            assert hide_secrets(text) == text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", PLACES)
def test_the_last_look_finds_what_is_left_in_a_cassette(kind: str, place: str) -> None:
    key = random_key(kind, random.Random(place))
    one = chat(
        PLACES[place].replace("{}", key),
        answer=json.dumps({"text": PLACES[place].replace("{}", key)}).encode(),
    )
    clean = Redactor().redact(one, ())
    Redactor().check(clean, ())
    assert key not in text_of(clean)
    assert key in text_of(one)


def text_of(one: Interaction) -> str:
    return (one.request_body + one.body).decode()


DATA = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ"


@pytest.mark.parametrize("kind", ["", "RSA ", "EC ", "ENCRYPTED ", "PGP "])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\\n", " "])
def test_a_private_key_is_found_to_its_end(kind: str, line_end: str) -> None:
    block = " BLOCK" if kind == "PGP " else ""
    begin, end = (f"-----{word} {kind}PRIVATE KEY{block}-----" for word in ("BEGIN", "END"))
    key = line_end.join([begin, DATA, DATA + "==", end])
    assert hide_secrets(f"a {key} b") == "a REDACTED b"
    assert hide_secrets(f"a {begin}{line_end}{DATA}") == "a REDACTED"


def test_the_head_of_a_private_key_alone_is_harmless() -> None:
    for text in ("-----BEGIN PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----\nshort\n-----END x"):
        assert hide_secrets(text) == text
    public = f"-----BEGIN PUBLIC KEY-----\n{DATA}\n-----END PUBLIC KEY-----"
    assert hide_secrets(public) == public


@pytest.mark.parametrize("slash", ["/", r"\/", "%2F", "%2f"])
def test_the_name_of_an_ephemeral_token_keeps_its_collection(slash: str) -> None:
    text = f'{{"name": "auth_tokens{slash}{"a1" * 20}"}}'
    assert hide_secrets(text) == f'{{"name": "auth_tokens{slash}REDACTED"}}'
    assert hide_secrets("POST /v1beta/auth_tokens") == "POST /v1beta/auth_tokens"
