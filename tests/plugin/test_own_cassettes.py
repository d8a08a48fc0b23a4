"""Cassettes with the names of tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from mockgem.testing.cassettes import MAX_NAME, name_cassette
from mockgem.testing.embedded_server import LocalServer
from tests.plugin.suites import OTHERS

SUITE = """
import httpx, json, pytest

def ask(world, text):
    body = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": text}]}
    with httpx.Client(transport=world.transport(), timeout=60) as client:
        url = world.url + "/v1beta/openai/chat/completions"
        return client.post(url, json=body, headers={"Authorization": "Bearer k"})

OPTIONS = {"upstream": UPSTREAM}

@pytest.mark.mockgem(cassette=True, **OPTIONS)
def test_one(mockgem):
    assert ask(mockgem, "one").status_code == 200

class TestGroup:
    @pytest.mark.mockgem(cassette=True, **OPTIONS)
    @pytest.mark.parametrize("text", ["two", "a/b c"])
    def test_two(self, mockgem, text):
        assert ask(mockgem, text).status_code == 200

def test_three(mockgem):
    mockgem.cassette(**OPTIONS)
    assert ask(mockgem, "three").status_code == 200
"""


def test_each_test_records_and_replays_a_file_with_its_name(pytester: pytest.Pytester) -> None:
    with LocalServer() as upstream:
        pytester.makepyfile(test_chat=SUITE.replace("UPSTREAM", repr(upstream.url)))
        first = pytester.runpytest_inprocess(*OTHERS, "--mockgem-record-mode=once")
    first.assert_outcomes(passed=4)
    folder = pytester.path / "cassettes" / "test_chat"
    names = sorted(path.name for path in folder.iterdir() if path.suffix == ".yaml")
    assert len(names) == 4
    assert {"test_one.yaml", "test_three.yaml"} < set(names)
    assert any(name.startswith("TestGroup.test_two-two") for name in names)
    replayed = pytester.runpytest_inprocess(*OTHERS)  # the upstream is gone
    replayed.assert_outcomes(passed=4)


def test_different_tests_have_different_files(tmp_path: Path) -> None:
    file = tmp_path / "test_a.py"
    names = ["test[a/b]", "test[a-b]", "test[a b]", "test[" + "x" * 300 + "1]", "test[../../etc]"]
    names.append("test[" + "x" * 300 + "2]")
    paths = [name_cassette(file, [name]) for name in names]
    assert len(set(paths)) == len(names)
    for path in paths:
        assert path.parent == tmp_path / "cassettes" / "test_a"
        assert len(path.name) < MAX_NAME + 20


def test_a_server_without_a_test_needs_a_path() -> None:
    with LocalServer() as server, pytest.raises(TypeError, match="needs the path of a file"):
        server.world().cassette()
