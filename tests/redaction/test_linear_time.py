"""The time grows with the size of a body, whatever is in it: many shapes took hours once."""

from __future__ import annotations

import time

import pytest

from mockgem.redaction.body import redact_body
from mockgem.redaction.finder import SecretFinder
from tests.recording.interactions import KEY

SIZE = 2**20
FINDER = SecretFinder([KEY])
UNITS = [
    *("abcdefgh", "é", " ", '"', "\\", '"\\', '\\"', "-", ":", "=", "[", "{", '{"a":', "&#x3d;"),
    *(
        "AIza",
        "eyJ",
        "=eyJaaaaaaaaa.",
        "sk-",
        "/sk-aaaa",
        "1//0",
        "AKIA",
        "xoxb-",
        "ghp_",
        "Bearer ",
    ),
    *(
        "/eyJ" + "a" * 3000,
        "AIza" + "b" * 35 + " ",
        "Basic " + "a" * 100,
        "@://a:",
        "://" + "a" * 99,
    ),
    *(
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n- -",
        "-----END PRIVATE KEY-----",
    ),
    *("key=", "token=\n", "key: ", '"key":"', '{"password":"', '"token": "a",', '"key"' + " " * 41),
    *('"password":"hunter2x",', "password=Ab1Ab1Ab1Ab1&", 'name="password"\r\n\r\n', "cookie"),
    *('key\\\\\\"', 'token\\": \\"a\\n', "data: x\n\n", 'data: {"a":"b","index":0}\n\n', "AIz**"),
    *(KEY, KEY[:-1] + " ", 'data: {"content": "AIza"}\n\n', "*", "x", "....", '"a" : '),
]


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: repr(unit[:24]))
def test_a_megabyte_of_any_shape(unit: str) -> None:
    body = (unit * (SIZE // len(unit) + 1)).encode()[:SIZE]
    chunks = (*[(1, 100)] * (len(body) // 100), (1, len(body) % 100))
    before = time.process_time()
    clean, new = redact_body(body, chunks, FINDER)
    assert time.process_time() - before < 30, "a quadratic search takes minutes"
    assert sum(size for _, size in new) == len(clean)
