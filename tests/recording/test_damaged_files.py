"""Cassettes as crashes, editors and other tools leave them: nothing that can be read is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from vcr.serializers import jsonserializer, yamlserializer

from mockgem.cli import main
from mockgem.recording.cassette_encoder import encode_cassette
from mockgem.recording.cassette_reader import BadCassette, decode_interaction, read_cassette
from mockgem.recording.cassette_writer import CassetteWriter
from mockgem.recording.interaction import Interaction, from_vcr_record
from mockgem.recording.modes import load_interactions
from mockgem.recording.redaction import REQUEST_HEADERS_KEPT, RESPONSE_HEADERS_KEPT
from tests.recording.interactions import KEY, chat, stream
from tests.recording.servers import mockgem

RECORDED = "2026-11-28T10:00:00Z"
INTERACTIONS = (
    chat("one", answer=b"text\n# end\n- request:\nmore\n", recorded=RECORDED),
    stream(b"data: 1\r\n\r\n", b"data: [DONE]\r\n\r\n", broken="reset", recorded=RECORDED),
    chat("three", answer=b"\xff\x00# end\n", recorded=RECORDED),
    chat("four", answer=b'{"a": "\n# end"}', recorded=RECORDED),
)
TEXTS = (INTERACTIONS[0], INTERACTIONS[1], INTERACTIONS[3])
"""The interactions that JSON can hold."""
OTHERS_WITH_MARKS = b"""interactions:
- request: {method: POST, uri: 'http://127.0.0.1/v1/chat', body: a, headers: {}}
  response:
    body:
      string: |
        one
        # end
        - request:
    headers: {}
    status: {code: 200, message: OK}
- request: {method: POST, uri: 'http://127.0.0.1/v1/chat', body: b, headers: {}}
  response:
    body: {string: "two
# end
- three"}
    headers: {}
    status: {code: 200, message: OK}
version: 1
"""


def read_as_yaml(data: bytes, suffix: str) -> tuple[Interaction, ...] | None:
    """Return the interactions as vcrpy's own parser reads them; None if it can't."""
    try:
        if suffix == ".json":
            tree = jsonserializer.deserialize(data.decode("utf-8-sig"))
        else:
            tree = yaml.load(data, yamlserializer._CassetteLoader)
        records = tree["interactions"] or []
        return tuple([decode_interaction(from_vcr_record(record)) for record in records])
    except (ValueError, TypeError, KeyError, AttributeError, yaml.YAMLError, UnicodeError):
        return None


def read_as_mockgem(path: Path) -> tuple[Interaction, ...] | None:
    try:
        return read_cassette(path).interactions
    except BadCassette:
        return None


def is_refused(path: Path) -> bool:
    """Whether mockgem refuses what YAML allows, because tools disagree about its meaning."""
    try:
        read_cassette(path)
    except BadCassette as error:
        return "a key occurs twice" in str(error)
    return False


def is_cut_off(data: bytes) -> bool:
    """Whether the last interaction lacks its end: the reason of its status, mockgem's own data."""
    last = data[data.rfind(b"\n- request:") :]
    if b"\n      code: 200" in last and b"\n      message:" not in last:
        return True
    return b"x-mockgem" in last and b"recorded: '2026-11-28T10:00:00Z'\n" not in last + b"\n"


def record(path: Path, *interactions: Interaction) -> None:
    async def append() -> None:
        writer = CassetteWriter(path)
        try:
            for interaction in interactions:
                await writer.append(interaction)
        finally:
            writer.close()

    asyncio.run(append())


def check(path: Path, data: bytes, kept: Sequence[Interaction] = ()) -> None:
    """Check that reading, a recorder and scrub lose nothing; `kept` can be read in any case."""
    found = check_read(path, data, kept)
    check_written(path, data, found)


def check_read(
    path: Path, data: bytes, kept: Sequence[Interaction] = ()
) -> tuple[Interaction, ...] | None:
    path.write_bytes(data)
    (path.parent / f"{path.name}.torn").unlink(missing_ok=True)
    expected, found = read_as_yaml(data, path.suffix), read_as_mockgem(path)
    if expected is not None and not is_refused(path):
        assert found is not None, "YAML can read it"
        assert found == expected or (is_cut_off(data) and found == expected[:-1])
    assert found is not None or not kept
    assert (found or ())[: len(kept)] == tuple(kept)
    return found


def has_unknown_header(found: Sequence[Interaction]) -> bool:
    """Whether an edit changed the name of a header to one that scrub leaves out."""
    names = [name for one in found for name, _ in (*one.headers, *one.request_headers)]
    kept = REQUEST_HEADERS_KEPT, RESPONSE_HEADERS_KEPT
    return not all(any(known.match(one) for known in kept) for one in names)


def check_written(path: Path, data: bytes, found: Sequence[Interaction] | None) -> None:
    if has_unknown_header(found or ()):
        return
    scrubbed = CliRunner().invoke(main, ["cassette", "scrub", str(path)])
    assert path.read_bytes() == data, scrubbed.output
    if found is None:
        with pytest.raises(BadCassette):
            record(path)
        assert path.read_bytes() == data
        return
    record(path)
    assert path.read_bytes() == data, "a recorder that records nothing changes nothing"
    try:
        record(path, chat("new"))
    except BadCassette:
        assert path.read_bytes() == data
        return
    check_appended(path, data, found)


def check_appended(path: Path, data: bytes, found: Sequence[Interaction]) -> None:
    after = path.read_bytes()
    assert read_as_yaml(after, path.suffix) == (*found, chat("new"))
    assert read_as_mockgem(path) == (*found, chat("new"))
    torn = path.parent / f"{path.name}.torn"
    if torn.exists():
        assert data.endswith(torn.read_bytes())


EDITS: dict[str, Callable[[bytes], bytes]] = {
    "as it was": lambda data: data,
    "no final line end": lambda data: data.removesuffix(b"\n"),
    "no final mark": lambda data: data.removesuffix(b"# end\n"),
    "half of the final mark": lambda data: data.removesuffix(b"end\n"),
    "line ends of Windows": lambda data: data.replace(b"\n", b"\r\n"),
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "spaces after the marks": lambda data: data.replace(b"\n# end\n", b"\n# end  \n"),
    "empty lines at the end": lambda data: data + b"\n\n",
    "a comment at the end": lambda data: data + b"# reviewed\n",
    "the end of a document": lambda data: data + b"...\n",
    "the begin of a document": lambda data: b"---\n" + data,
    "a list that is indented": lambda data: (
        b"version: 1\ninteractions:\n"
        + b"".join([b"  " + line for line in data.splitlines(keepends=True)[2:]])
    ),
    "a list that is indented, marks not": lambda data: (
        b"version: 1\ninteractions:\n"
        + b"".join(
            [
                (b"" if line == b"# end\n" else b"  ") + line
                for line in data.splitlines(keepends=True)[2:]
            ]
        )
    ),
    "a list of the other tool's form": lambda data: (
        data.removeprefix(b"version: 1\n") + b"version: 1\n"
    ),
    "an unknown key after the last mark": lambda data: data + b"metadata: {a: 1}\n",
    "an unknown key before the last mark": lambda data: (
        data.removesuffix(b"# end\n") + b"metadata: {a: 1}\n# end\n"
    ),
    "an unknown key in an interaction": lambda data: (
        data.removesuffix(b"# end\n") + b"  note: mine\n# end\n"
    ),
    "pasted at the end": lambda data: (
        data + OTHERS_WITH_MARKS.partition(b"\n")[2].removesuffix(b"version: 1\n")
    ),
    "pasted at the begin": lambda data: data.replace(
        b"- request",
        OTHERS_WITH_MARKS.partition(b"\n")[2].removesuffix(b"version: 1\n") + b"- request",
        1,
    ),
    "NUL bytes at the end": lambda data: data + bytes(512),
}
UNREADABLE_WHOLE = ("NUL bytes at the end",)


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_file_loses_nothing(tmp_path: Path, edit: str) -> None:
    data = EDITS[edit](encode_cassette(INTERACTIONS, as_json=False))
    if edit not in UNREADABLE_WHOLE:
        assert read_as_yaml(data, ".yaml") is not None, "the edit must be one that YAML can read"
    check(tmp_path / "a.yaml", data)


JSON_EDITS: dict[str, Callable[[bytes], bytes]] = {
    "as it was": lambda data: data,
    "no final line end": lambda data: data.removesuffix(b"\n"),
    "line ends of Windows": lambda data: data.replace(b"\n", b"\r\n"),
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "indented": lambda data: yaml_to_indented_json(data),
    "another list after it": lambda data: data.removesuffix(b"]}\n") + b'], "notes": [\n\n]}\n',
    "an unknown key": lambda data: data.removesuffix(b"}\n") + b', "notes": "mine"}\n',
}


def yaml_to_indented_json(data: bytes) -> bytes:
    import json

    return json.dumps(json.loads(data), indent=2).encode()


@pytest.mark.parametrize("edit", JSON_EDITS)
def test_an_edited_json_file_loses_nothing(tmp_path: Path, edit: str) -> None:
    data = JSON_EDITS[edit](encode_cassette(TEXTS, as_json=True))
    check(tmp_path / "a.json", data)


def test_another_tool_s_file_with_marks_in_its_content(tmp_path: Path) -> None:
    assert len(read_as_yaml(OTHERS_WITH_MARKS, ".yaml") or ()) == 2
    check(tmp_path / "a.yaml", OTHERS_WITH_MARKS)


def list_ends(interactions: Sequence[Interaction], *, as_json: bool) -> list[int]:
    """Return where each interaction ends in a file with all of them."""
    ends = []
    for count in range(1, len(interactions) + 1):
        data = encode_cassette(interactions[:count], as_json=as_json)
        ends.append(len(data) - (len(b"\n]}\n") if as_json else len(b"# end\n") + 1))
    return ends


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".yaml", ".json"])
def test_a_cut_at_any_byte_loses_no_interaction_before_it(tmp_path: Path, suffix: str) -> None:
    is_json = suffix == ".json"
    interactions = TEXTS if is_json else INTERACTIONS
    data = encode_cassette(interactions, as_json=is_json)
    ends = list_ends(interactions, as_json=is_json)
    for cut in range(len(data)):
        kept = interactions[: sum(end <= cut for end in ends)]
        found = check_read(tmp_path / f"a{suffix}", data[:cut], kept)
        if cut % 9 == 0 or cut in ends:
            check_written(tmp_path / f"a{suffix}", data[:cut], found)


@pytest.mark.slow
def test_a_cut_of_another_tool_s_file_at_any_byte_is_an_error_or_read_as_yaml_reads_it(
    tmp_path: Path,
) -> None:
    for cut in range(len(OTHERS_WITH_MARKS)):
        check(tmp_path / "a.yaml", OTHERS_WITH_MARKS[:cut])


@pytest.mark.parametrize("suffix", [".yaml", ".json"])
@pytest.mark.parametrize("count", [1, 2])
async def test_a_server_starts_with_a_file_that_a_crash_cut_off(
    tmp_path: Path, suffix: str, count: int
) -> None:
    """Also if the first interaction is the one that is incomplete."""
    path = tmp_path / f"a{suffix}"
    path.write_bytes(encode_cassette(TEXTS[:count], as_json=suffix == ".json")[:-120])
    assert len(load_interactions(path)) == count - 1
    for settings_of_mode in ({"on_miss": "fail"}, {"record_mode": "new_episodes"}):
        async with mockgem(cassette=str(path), **settings_of_mode):
            pass
    assert CliRunner().invoke(main, ["cassette", "show", str(path)]).exit_code == 0
    await asyncio.to_thread(record, path, chat("new"))
    assert read_cassette(path).interactions == (*TEXTS[: count - 1], chat("new"))


CUT_MARK = "half of the final mark"
LINES = st.sampled_from(
    [b"# end\n", b"- request:\n", b"\n", b"# a comment\n", b"  \n", b"...\n", b"---\n", b"\t\n"]
)


@pytest.mark.slow
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example([], 0.43443901378174743, b"- request:\n", 10)
@example([*["an unknown key before the last mark"] * 2, CUT_MARK], 1.0, b"# end\n", 0)
@example([*["an unknown key in an interaction"] * 2, CUT_MARK], 0.28125, b"# end\n", 0)
@given(
    edits=st.lists(st.sampled_from(sorted(EDITS)), max_size=3),
    place=st.floats(0, 1),
    line=LINES,
    removed=st.integers(0, 40),
)
def test_no_combination_of_edits_loses_what_yaml_can_read(
    tmp_path: Path, edits: list[str], place: float, line: bytes, removed: int
) -> None:
    data = encode_cassette(INTERACTIONS, as_json=False)
    for edit in edits:
        data = EDITS[edit](data)
    position = round(place * len(data))
    check(tmp_path / "a.yaml", data[:position] + line + data[position + removed :])


def test_scrub_keeps_every_interaction_of_an_edited_file(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    with_key = chat("key", answer=f'{{"key": "{KEY}"}}'.encode(), recorded=RECORDED)
    for edit in EDITS.values():
        data = edit(encode_cassette((with_key, *INTERACTIONS), as_json=False))
        path.write_bytes(data)
        before = read_cassette(path).interactions
        result = CliRunner().invoke(main, ["cassette", "scrub", str(path)])
        if result.exit_code:
            assert "is not known to mockgem" in result.output
            assert path.read_bytes() == data
            continue
        after = read_cassette(path).interactions
        assert [one.request_body for one in after] == [one.request_body for one in before]
        assert [one for one in after if one.request_body != with_key.request_body] == [
            one for one in before if one.request_body != with_key.request_body
        ]
        assert KEY.encode() not in path.read_bytes()
