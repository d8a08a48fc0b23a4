"""The set-up of marked tests: mistakes release what was taken, and a marker is of one test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plugin.test_plugin import run

RECORDING = """
import pytest

RECORDS = {"cassette": "c.yaml", "record_mode": "new_episodes", "upstream": "http://127.0.0.1:9"}
MISTAKES = [{"scenario": "no-such"}, {"fail": "no-such"}, {"say": {"txet": "x"}}, {"say": 1}]
OWN_SERVER = {"seed": 7} if OWN else {}


@pytest.mark.parametrize("n", [
    pytest.param(n, marks=pytest.mark.mockgem(**RECORDS, **mistake, **OWN_SERVER))
    for n, mistake in enumerate(MISTAKES)
])
def test_mistake(n, mockgem):
    raise RuntimeError("never reached")


@pytest.mark.mockgem(**RECORDS, **OWN_SERVER)
def test_right(mockgem):
    assert mockgem.journal() == []


@pytest.fixture
def breaks(mockgem):
    mockgem.cassette("d.yaml", record_mode="new_episodes", upstream="http://127.0.0.1:9")
    raise RuntimeError("a fixture of the suite")


def test_broken_fixture(breaks):
    raise RuntimeError("never reached")


@pytest.mark.mockgem(**RECORDS | {"cassette": "d.yaml"}, **OWN_SERVER)
def test_right_after_a_broken_fixture(mockgem):
    assert mockgem.journal() == []
"""


@pytest.mark.parametrize("way", ["shared server", "own server", "one URL"])
def test_a_mistake_in_a_marker_releases_the_cassette(tmp_path: Path, way: str) -> None:
    text = RECORDING.replace("if OWN", f"if {way == 'own server'}")
    (tmp_path / "test_mine.py").write_text(text)
    if way == "one URL":
        (tmp_path / "pytest.ini").write_text("[pytest]\nmockgem_one_url = true\n")
    done = run(tmp_path)
    assert "2 passed, 5 errors" in done.stdout, done.stdout + done.stderr
    assert "being recorded by another process" not in done.stdout


MARKED = """
import unittest
import pytest

one = pytest.mark.mockgem(say="x")


def has_world(request):
    return "mockgem" in request.fixturenames, "mockgem" in request.node.funcargs


@pytest.mark.parametrize("n", [pytest.param(1, marks=one), 2, pytest.param(3, marks=one), 4])
def test_first_is_marked(n, request):
    assert has_world(request) == (n in (1, 3),) * 2


@pytest.mark.parametrize("n", [1, pytest.param(2, marks=one)])
@pytest.mark.parametrize("m", [pytest.param(1, marks=one), 2])
def test_two_lists(n, m, request):
    assert has_world(request) == (n == 2 or m == 1,) * 2


@pytest.fixture(params=[pytest.param(1, marks=one), 2])
def number(request):
    return request.param


def test_parameter_of_a_fixture(number, request):
    assert has_world(request) == (number == 1,) * 2


class TestBase:
    def test_inherited(self, request):
        assert has_world(request) == (isinstance(self, TestMarked),) * 2


@one
class TestMarked(TestBase):
    pass


class TestAgain(TestBase):
    pass


class TestUnit(unittest.TestCase):
    @one
    def test_marked(self):
        pass

    def test_not_marked(self):
        pass
"""


@pytest.mark.parametrize("order", ["", "reversed"])
def test_a_marker_gives_its_own_test_a_world(tmp_path: Path, order: str) -> None:
    (tmp_path / "test_mine.py").write_text(MARKED)
    if order:
        hook = "def pytest_collection_modifyitems(items):\n    items.reverse()\n"
        (tmp_path / "conftest.py").write_text(hook)
    done = run(tmp_path, "-W", "ignore::pytest.PytestWarning")
    assert "15 passed" in done.stdout, done.stdout + done.stderr
