"""The set-up of marked tests: mistakes release what was taken, and a marker is of one test."""

from __future__ import annotations

import pytest

from tests.plugin.suites import OTHERS, own_garbage

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
def test_a_mistake_in_a_marker_releases_the_cassette(pytester: pytest.Pytester, way: str) -> None:
    text = RECORDING.replace("if OWN", f"if {way == 'own server'}")
    pytester.makepyfile(text)
    if way == "one URL":
        pytester.makeini("[pytest]\nmockgem_one_url = true\n")
    with own_garbage():
        done = pytester.runpytest_inprocess(*OTHERS)
    done.assert_outcomes(passed=2, errors=5)
    done.stdout.no_fnmatch_line("*being recorded by another process*")


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
def test_a_marker_gives_its_own_test_a_world(pytester: pytest.Pytester, order: str) -> None:
    pytester.makepyfile(MARKED)
    if order:
        hook = "def pytest_collection_modifyitems(items):\n    items.reverse()\n"
        pytester.makeconftest(hook)
    with own_garbage():
        done = pytester.runpytest_inprocess(*OTHERS, "-W", "ignore::pytest.PytestWarning")
    done.assert_outcomes(passed=15)
