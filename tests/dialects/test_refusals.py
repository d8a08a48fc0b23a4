"""Refusals of both dialects with their whole messages: values that a field does not accept.

`refusals.json` has the requests and the messages. A change of a message changes it, too.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from tests.asking import Asker

REFUSALS = json.loads(Path(__file__).with_name("refusals.json").read_text("utf-8"))


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal["message"][:60])
def test_a_refusal_says_what_is_wrong(refusal: dict[str, Any]) -> None:
    method, _, target = refusal["request"].partition(" ")
    path, _, query = target.partition("?")
    is_openai = "openai" in path or path.startswith("/v1/")
    headers = {"authorization": "Bearer k"} if is_openai else {"x-goog-api-key": "k"}
    body = b"" if refusal["body"] is None else json.dumps(refusal["body"]).encode()
    answer = Asker().send(method, path, body, headers, dict(parse_qsl(query)))
    assert (answer.status, answer.error["message"]) == (refusal["status"], refusal["message"])
