"""Where REDACTED is written in bodies and streams, what stays, and what happens to the chunks."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from mockgem.redaction.body import Chunks, redact_body
from mockgem.redaction.finder import SecretFinder
from tests.recording.interactions import KEY

OWN = "a-credential-of-no-known-kind-42"
FINDER = SecretFinder([OWN])


def event(value: Any, end: bytes = b"\n\n") -> bytes:
    return b"data: " + json.dumps(value).encode() + end


def delta(text: str, index: int = 0) -> dict[str, Any]:
    return {"id": "x", "choices": [{"delta": {"content": text}, "index": index}]}


def candidate(text: str, index: int) -> dict[str, Any]:
    content = {"role": "model", "parts": [{"text": text}]}
    return {"candidates": [{"content": content} | ({"index": index} if index else {})]}


def parts_of(secret: str, count: int) -> list[str]:
    size = -(-len(secret) // count)
    return [secret[at : at + size] for at in range(0, len(secret), size)]


@pytest.mark.parametrize("secret", [KEY, OWN])
def test_a_secret_over_many_deltas_stands_where_it_began(secret: str) -> None:
    words = ["so: ", *parts_of(secret, 5), " end"]
    cleaned = ["so: ", "REDACTED", *[""] * 4, " end"]
    body = b"".join([event(delta(word)) for word in words])
    assert redact_body(body, (), FINDER)[0] == b"".join([event(delta(word)) for word in cleaned])


def split(body: bytes, chunks: Chunks) -> list[bytes]:
    assert sum(size for _, size in chunks) == len(body)
    parts, start = [], 0
    for _, size in chunks:
        parts.append(body[start : start + size])
        start += size
    return parts


def cut(*parts: bytes) -> tuple[list[bytes], list[int]]:
    chunks = tuple([(10 * number, len(part)) for number, part in enumerate(parts)])
    body, new = redact_body(b"".join(parts), chunks, FINDER)
    return split(body, new), [ms for ms, _ in new]


def test_the_chunks_of_a_stream_whose_secret_is_in_a_later_piece() -> None:
    first, last = event(delta("hello")), event(delta("bye"))
    parts, times = cut(first, event(delta(f"KEY={KEY}")), last)
    assert parts == [first, event(delta("KEY=REDACTED")), last]
    assert times == [0, 10, 20]


def test_the_chunks_of_secrets_that_go_over_their_edges() -> None:
    key, own = KEY.encode(), OWN.encode()
    assert cut(b'{"a": "' + key[:9], key[9:] + b'"}')[0] == [b'{"a": "REDACTED', b'"}']
    assert cut(b"one ", key[:9], key[9:20], key[20:] + b" two", b" three")[0] == [
        *(b"one ", b"REDACTED", b"", b" two", b" three")
    ]
    assert cut(b"x ", key + b" and " + own[:4], own[4:], b"y")[0] == [
        *(b"x ", b"REDACTED and REDACTED", b"", b"y")
    ]


def test_the_chunks_of_pieces() -> None:
    words = ["so: ", *parts_of(KEY, 3), " end"]
    parts, _ = cut(*[event(delta(word)) for word in words])
    assert parts == [event(delta(word)) for word in ("so: ", "REDACTED", "", "", " end")]


def test_a_body_that_is_not_utf8() -> None:
    before, after = b"\xff\xfe\x00 name ", b" \x80\x81 end"
    assert redact_body(before + KEY.encode() + after, (), FINDER)[0] == before + b"REDACTED" + after
    form = b'\xe9 name="password"\r\n\r\nhunter22\r\n--b\xff'
    assert redact_body(form, (), FINDER)[0] == form.replace(b"hunter22", b"REDACTED")


def test_characters_of_several_bytes_move_nothing() -> None:
    body = f'{{"a": "é€𝄞 {KEY} é", "b": "ü {OWN} İ", "password": "hunter22"}}'.encode()
    expected = '{"a": "é€𝄞 REDACTED é", "b": "ü REDACTED İ", "password": "REDACTED"}'
    assert redact_body(body, (), FINDER)[0].decode() == expected


def test_a_body_that_is_cut_off_within_a_character_or_a_string() -> None:
    whole = b"".join([event(delta(word)) for word in parts_of(KEY, 3)]) + event(delta("é"))
    body = whole[:-8] + b"\xc3"
    expected = b"".join([event(delta(word)) for word in ("REDACTED", "", "")])
    assert redact_body(body, (), FINDER)[0].startswith(expected)


@pytest.mark.parametrize("seed", range(60))
def test_each_byte_stays_in_its_chunk(seed: int) -> None:
    """What takes the place of a secret is in the chunk in which the secret began."""
    source = random.Random(seed)
    words = [source.choice(["a", "é", "x,", KEY, OWN]) + " " for _ in range(12)]
    body = "".join(words).encode()
    ends = sorted([*source.sample(range(len(body) + 1), source.randint(1, 8)), len(body)])
    sizes = [end - start for start, end in zip([0, *ends], ends, strict=False)]
    owners = [number for number, size in enumerate(sizes) for _ in range(size)]
    expected, position = [b""] * len(sizes), 0
    for word in words:
        is_secret = word.strip() in (KEY, OWN)
        pieces = [b"REDACTED"] + [b""] * (len(word) - 2) + [b" "] if is_secret else word.encode()
        for piece in pieces:
            expected[owners[position]] += piece if isinstance(piece, bytes) else bytes([piece])
            position += 1
    new, chunks = redact_body(body, tuple(enumerate(sizes)), FINDER)
    assert split(new, chunks) == expected
    assert [ms for ms, _ in chunks] == list(range(len(sizes)))


def test_large_bodies_are_searched_as_a_whole_only(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = parts_of(KEY, 2)
    body = event(delta(first)) + event(delta(second))
    clean = event(delta("REDACTED")) + event(delta(""))
    for size, expected in ((len(body), clean), (len(body) - 1, body)):
        monkeypatch.setattr("mockgem.redaction.body.MAX_JSON_SIZE", size)
        assert redact_body(body, (), FINDER)[0] == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"a=1&password=hunter22&b=2", b"a=1&password=REDACTED&b=2"),
        (b"<p>no key " + KEY.encode() + b"</p>", b"<p>no key REDACTED</p>"),
        (b'{"a":1}\n{"token":"a8Kd03hfLq29XmZp47Rt"}\n', b'{"a":1}\n{"token":"REDACTED"}\n'),
    ],
)
def test_bodies_of_other_kinds(body: bytes, expected: bytes) -> None:
    assert redact_body(body, (), FINDER)[0] == expected
