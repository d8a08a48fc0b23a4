"""A message quotes only the beginning of a long value that it refuses.

In `quoted_values.json` … stands for a value of 300 characters, and <40> for its first 40.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from tests.asking import Asker

LONG = "x" * 300
ROWS = json.loads(Path(__file__).with_name("quoted_values.json").read_text("utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["request"][:60])
def test_a_message_quotes_the_beginning_of_a_value(row: dict[str, Any]) -> None:
    method, _, target = row["request"].replace("…", LONG).partition(" ")
    path, _, query = target.partition("?")
    is_openai = "openai" in path or path.startswith("/v1/")
    key = {"authorization": "Bearer k"} if is_openai else {"x-goog-api-key": "k"}
    text = json.dumps(row["body"], ensure_ascii=False).replace("…", LONG) if row["body"] else ""
    headers = {**key, "content-type": "application/json"}
    answer = Asker().send(method, path, text.encode(), headers, dict(parse_qsl(query)))
    assert (answer.status, read_message(answer.json)) == (
        row["status"],
        re.sub(r"<(\d+)>", lambda match: LONG[: int(match[1])], row["message"]),
    )


def read_message(error: Any) -> str:
    """Return the message of an error, whatever its envelope is."""
    found = (error[0] if isinstance(error, list) else error)["error"]
    message = found if isinstance(found, str) else found["message"]
    return re.sub(r" \(request id: \w+\)\Z", "", message)
