"""What only looks like a secret stays as it is: texts by hand, and all answers of the mock."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from mockgem.recording.redaction import Redactor
from mockgem.redaction.body import redact_body
from mockgem.redaction.finder import DEFAULT_FINDER, SecretFinder
from mockgem.redaction.urls import redact_url
from tests.recording.interactions import chat

TEXTS = (Path(__file__).parent / "harmless.txt").read_text("utf-8").splitlines()
GOLDEN = Path(__file__).parent.parent / "golden"
ANSWERS = sorted((GOLDEN / "answers").rglob("*.txt"))
REQUESTS = sorted((GOLDEN / "requests").glob("*.yaml"))
OWN = SecretFinder(["a-credential-of-no-known-kind-42", "AIzaSyB-canary_0123456789abcdefghijklmn"])


def test_there_are_enough_texts() -> None:
    assert len(TEXTS) == len(set(TEXTS)) == 200


@pytest.mark.parametrize("text", TEXTS)
def test_a_harmless_text_stays(text: str) -> None:
    quoted = json.dumps({"messages": [{"content": text}, {"content": "so: " + text}]})
    for one in (text, f"so: {text}\n", quoted, json.dumps(quoted), deltas(text)):
        assert redact_body(one.encode(), (), DEFAULT_FINDER) == (one.encode(), ())
        assert redact_body(one.encode(), (), OWN) == (one.encode(), ())


def deltas(text: str) -> str:
    pieces = [text[at : at + 7] for at in range(0, len(text), 7)]
    return "".join([f"data: {json.dumps({'content': piece})}\n\n" for piece in pieces])


def test_harmless_texts_stay_together() -> None:
    body = json.dumps({"messages": [{"content": f"{text}\n"} for text in TEXTS]}).encode()
    one = chat(request_body=body, answer=body)
    assert Redactor().redact(one) == one
    Redactor().check(one)


@pytest.mark.parametrize("url", [text for text in TEXTS if text.startswith("http")])
def test_a_harmless_url_stays(url: str) -> None:
    assert redact_url(url, DEFAULT_FINDER) == url


TOKEN = re.compile(rb"(auth_tokens/)[a-z0-9]{40}")
UPLOADS = (("native-files", "resumable"), ("native-file-search", "life"))


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_answers_of_the_mock_stay(path: Path) -> None:
    """Only the address of an upload that goes on, and ephemeral tokens, are secrets, as on the real
    service."""
    body = path.read_bytes()
    clean, _ = redact_body(body, (), DEFAULT_FINDER)
    if (path.parent.name, path.stem) in UPLOADS:
        assert clean.count(b"upload_id=REDACTED") == body.count(b"upload_id=") > 0
        return
    assert clean == TOKEN.sub(rb"\1REDACTED", body)


@pytest.mark.parametrize("path", REQUESTS, ids=lambda path: path.stem)
def test_requests_to_the_mock_stay(path: Path) -> None:
    body = path.read_bytes()
    assert redact_body(body, (), DEFAULT_FINDER)[0] == body
