"""Where REDACTED is written in bodies and streams, what stays, and what happens to the chunks."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from mockgem.redaction.body import Chunks, redact_body
from mockgem.redaction.finder import DEFAULT_FINDER, SecretFinder
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


@pytest.mark.parametrize("build", [delta, candidate])
@pytest.mark.parametrize("end", [b"\n\n", b"\r\n\r\n"])
def test_choices_that_alternate_are_joined_each(build: Any, end: bytes) -> None:
    pieces = [
        part for pair in zip(parts_of(KEY, 4), parts_of(OWN, 4), strict=True) for part in pair
    ]
    body = b"".join([event(build(part, number % 2), end) for number, part in enumerate(pieces)])
    clean = ["REDACTED", "REDACTED", *[""] * 6]
    expected = b"".join([event(build(part, number % 2), end) for number, part in enumerate(clean)])
    assert redact_body(body, (), FINDER)[0] == expected


def test_two_choices_in_one_event() -> None:
    def both(first: str, second: str) -> bytes:
        return event({"choices": [{"delta": {"content": one}} for one in (first, second)]})

    pairs = zip(parts_of(KEY, 3), parts_of("x" * 39, 3), strict=True)
    body = b"".join([both(*pair) for pair in pairs])
    expected = both("REDACTED", "x" * 13) + both("", "x" * 13) * 2
    assert redact_body(body, (), FINDER)[0] == expected


def test_a_stream_as_a_json_array() -> None:
    first, second = parts_of(KEY, 2)
    values = [candidate(first, 0), candidate("b1", 1), candidate(second, 0), candidate("b2", 1)]
    cleaned = [candidate("REDACTED", 0), values[1], candidate("", 0), values[3]]
    assert redact_body(json.dumps(values).encode(), (), FINDER)[0] == json.dumps(cleaned).encode()


def test_items_of_responses_are_told_apart() -> None:
    def text(item: str, piece: str) -> bytes:
        return event({"type": "response.output_text.delta", "item_id": item, "delta": piece})

    first, second = parts_of(KEY, 2)
    body = text("a", first) + text("b", "hello ") + text("a", second) + text("b", "you")
    expected = text("a", "REDACTED") + text("b", "hello ") + text("a", "") + text("b", "you")
    assert redact_body(body, (), FINDER)[0] == expected


@pytest.mark.parametrize("secret", [KEY, OWN])
def test_events_that_are_not_json(secret: str) -> None:
    body = b"".join([b"data: %b\n\n" % part.encode() for part in parts_of(secret, 4)])
    body += b"data: [DONE]\n\n"
    expected = b"data: REDACTED\n\n" + b"data: \n\n" * 3 + b"data: [DONE]\n\n"
    assert redact_body(body, (), FINDER)[0] == expected


def test_arguments_of_a_tool_call_over_events() -> None:
    def call(piece: str) -> bytes:
        return event({"choices": [{"delta": {"tool_calls": [{"function": {"arguments": piece}}]}}]})

    body = call('{"pass') + call('word": "hun') + call('ter22", "a": 1}')
    expected = call('{"pass') + call('word": "REDACTED') + call('", "a": 1}')
    assert redact_body(body, (), DEFAULT_FINDER)[0] == expected


def test_escapes_hide_no_secret() -> None:
    hidden = "".join([f"\\u{ord(char):04x}" for char in KEY])
    body = b'{"a": "x %b", "list": ["%b"], "%b": 1}' % ((hidden.encode(),) * 3)
    assert (
        redact_body(body, (), FINDER)[0]
        == b'{"a": "x REDACTED", "list": ["REDACTED"], "REDACTED": 1}'
    )


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


MESSAGES = ("the api_key: ", "a8Kd03hfLq29")


def test_a_name_counts_for_the_next_piece_only_in_a_stream() -> None:
    texts = [{"content": text} for text in MESSAGES]
    stream = b"".join([event(delta(text)) for text in MESSAGES])
    for body, is_found in (
        (json.dumps({"messages": texts}).encode(), False),
        (b"\n".join([json.dumps(one).encode() for one in texts]), False),
        (b" " + json.dumps(texts).encode(), True),
        (stream, True),
    ):
        expected = body.replace(MESSAGES[1].encode(), b"REDACTED") if is_found else body
        assert redact_body(body, (), FINDER)[0] == expected


def test_an_escape_hides_no_named_value_in_a_message() -> None:
    messages = [{"content": "hello"}, {"content": "x api_key=a8Kd03hfLq29 y"}, {"content": "bye"}]
    body = json.dumps({"messages": messages}).replace("api", "\\u0061pi").encode()
    expected = json.dumps({"messages": messages}).replace("a8Kd03hfLq29", "REDACTED").encode()
    assert redact_body(body, (), FINDER)[0] == expected


def test_a_string_without_its_end_may_hide_a_secret_too() -> None:
    hidden = KEY.replace("A", "\\u0041")
    for body in (f'{{"a": "x {hidden}', f'data: {{"b": 1, "a": "x {hidden}'):
        clean = redact_body(body.encode(), (), FINDER)[0].decode()
        assert clean.startswith(body.partition("x ")[0] + "x REDACTED")


@pytest.mark.parametrize("name", ["index", "output_index", "content_index", "summary_index"])
def test_each_kind_of_index_tells_texts_apart(name: str) -> None:
    first, second = parts_of(KEY, 2)
    rows = [(0, first), (1, "hello "), (0, second), (1, "you")]
    body = b"".join([event({name: number, "delta": text}) for number, text in rows])
    cleaned = [(0, "REDACTED"), (1, "hello "), (0, ""), (1, "you")]
    expected = b"".join([event({name: number, "delta": text}) for number, text in cleaned])
    assert redact_body(body, (), FINDER)[0] == expected


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
