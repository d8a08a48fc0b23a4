"""Every request of the corpus gets the recorded bytes: `requests/` says what is sent, `answers/`
what comes back."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

import pytest

from tests.conftest import ServerProcess
from tests.golden.corpus import FOLDER, Sequence, read_corpus
from tests.golden.playing import Servers, address_of, open_servers, play

CORPUS = read_corpus()
FEW = [
    one
    for one in CORPUS
    if one.group in ("openai-tools", "native-tools", "native-files") and not one.settings
]


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    with open_servers() as found:
        yield found


@pytest.mark.parametrize(
    "sequence", CORPUS, ids=lambda sequence: f"{sequence.group}/{sequence.name}"
)
def test_answers_are_the_golden_ones(sequence: Sequence, servers: Servers) -> None:
    compare(sequence, play(sequence, servers.address_for(sequence)))


def test_a_server_process_with_another_hash_seed_answers_the_same() -> None:
    server = ServerProcess("--quiet", env={"PYTHONHASHSEED": "4711"})
    try:
        for sequence in reversed(FEW):
            compare(sequence, play(sequence, address_of(server.url)))
    finally:
        server.stop()


def test_every_answer_belongs_to_a_request() -> None:
    assert sorted((FOLDER / "answers").rglob("*.txt")) == sorted(
        sequence.answers for sequence in CORPUS
    )


def test_the_corpus_is_large_enough() -> None:
    assert sum(len(sequence.steps) for sequence in CORPUS) >= 260


def compare(sequence: Sequence, found: str) -> None:
    """Fail with the difference between golden answers and what came."""
    expected = sequence.answers.read_text("utf-8") if sequence.answers.exists() else ""
    if found != expected:
        name = sequence.answers.relative_to(FOLDER.parent.parent).as_posix()
        rows = difflib.unified_diff(
            expected.splitlines(), found.splitlines(), name, "what mockgem answers now", lineterm=""
        )
        pytest.fail("\n".join([*rows, "", "If this change is meant: make golden"]), pytrace=False)
