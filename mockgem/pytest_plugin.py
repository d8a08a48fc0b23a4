"""The pytest plugin: the fixture `mockgem` gives each test its own world on one server.

pytest loads this module wherever mockgem is installed, so the module imports nothing else of
mockgem until a test uses it.
"""

from __future__ import annotations

import uuid
from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from mockgem.testing.async_world import AsyncMockgem
    from mockgem.testing.embedded_server import LocalServer
    from mockgem.testing.world import Mockgem

MARKER_HELP = (
    "mockgem(scenario=None, say=None, fail=None, cassette=None, strict=None, "
    "allow_generated=None, **options): run a scenario in the test's world, by name or as a "
    "mapping; answer the first requests with replies (say) or an error (fail); replay a cassette; "
    "fail the test for replies that it did not use; allow generated answers although it chooses "
    "replies; start a separate server with the options of mockgem serve, like seed"
)
GENERATED_HEADING = (
    "mockgem generated answers although this test chooses replies (mockgem(allow_generated=True) "
    "or mockgem_allow_generated = true in pytest's settings allow that):"
)
ONE_URL_HELP = (
    "use one URL for all tests and set it in the environment before pytest imports them, for "
    "applications that "
    "create their client once; each test starts with an empty world"
)
SERVER_KEY: pytest.StashKey[LocalServer] = pytest.StashKey()
"""The server that all tests share with one URL."""
UNREACHED_WARNING = (
    "This test is marked with mockgem(…) but does not use the fixture mockgem or mockgem_env, and "
    "sent no request "
    "to its world. Give its client a base URL of the fixture."
)
DIFFERENCES_HEADING = "The service does not answer as recorded (record mode verify):"
IMPLICIT_WORLD_KEY: pytest.StashKey[bool] = pytest.StashKey()
"""Whether a test has a world only because of its marker."""
WORLD_KEY: pytest.StashKey[Mockgem] = pytest.StashKey()
"""A test's world, for its report."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("mockgem", "mockgem: the Gemini API on localhost")
    group.addoption(
        "--mockgem-record-mode",
        type=parse_record_mode,
        default=None,
        metavar="MODE",
        help="what tests with a cassette do: none replays (default); once records a new cassette; "
        "new_episodes records what it does not have; all records everything again; rewrite records "
        "everything again and removes all older recordings; verify compares the recordings with "
        "the answers of the real service",
    )
    group.addoption(
        "--mockgem-max-age",
        type=parse_max_age,
        default=None,
        metavar="DURATION",
        help="warn about recordings that are older, like 90d",
    )
    group.addoption(
        "--mockgem-strict",
        action="store_true",
        help=(
            "fail tests for replies that they did not use, unmet expectations and "
            "unexpected requests"
        ),
    )
    parser.addini("mockgem_strict", "the same as --mockgem-strict", type="bool", default=False)
    parser.addini(
        "mockgem_allow_generated",
        "do not fail tests that choose replies when mockgem generates the answer of another chat",
        type="bool",
        default=False,
    )
    parser.addini("mockgem_max_age", "the same as --mockgem-max-age", default="")
    parser.addini("mockgem_one_url", ONE_URL_HELP, type="bool", default=False)


def parse_record_mode(text: str) -> str:
    """Return a record mode. Raises ArgumentTypeError, which pytest reports."""
    check_option("record_mode", text)
    return text


def parse_max_age(text: str) -> str:
    """Return a duration. Raises ArgumentTypeError, which pytest reports."""
    check_option("max_age", text)
    return text


def check_option(name: str, text: str) -> None:
    """Raise ArgumentTypeError for a text that an option of mockgem does not take."""
    from argparse import ArgumentTypeError

    from mockgem.config.options import list_options

    row = list_options()[name]
    try:
        row.convert(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is not valid: use {row.expected}.") from None


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", MARKER_HELP)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Start the server of mockgem_one_url and set its environment before tests are imported."""
    if not early_config.getini("mockgem_one_url"):
        return
    from mockgem.testing.embedded_server import LocalServer

    server = early_config.stash[SERVER_KEY] = LocalServer().start()
    early_config.add_cleanup(server.stop)
    patch = pytest.MonkeyPatch()
    early_config.add_cleanup(patch.undo)
    for name, text in server.world().env.items():
        patch.setenv(name, text)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Give a marked test its world, also when it does not use the fixture.

    The test gets its own list of fixtures: pytest shares one between the parameters of a function,
    and a marker may belong to one of them.
    """
    names = getattr(item, "fixturenames", None)
    if names is None or item.get_closest_marker("mockgem") is None or "mockgem" in names:
        return
    item.fixturenames = [*names, "mockgem"]  # type: ignore[attr-defined]
    item.stash[IMPLICIT_WORLD_KEY] = True


@pytest.fixture(scope="session")
def mockgem_server(request: pytest.FixtureRequest) -> Iterator[LocalServer]:
    """One server in a thread for the session: it starts with the first test that needs it.

    With mockgem_one_url it is the server that has run since pytest started.
    """
    from mockgem.testing.embedded_server import LocalServer

    if (server := request.config.stash.get(SERVER_KEY, None)) is not None:
        yield server
        return
    with LocalServer() as server:
        yield server


@pytest.fixture
def mockgem(request: pytest.FixtureRequest) -> Iterator[Mockgem]:
    """A world of the test: give a client one of its URLs, choose answers, check requests.

    URLs: `mockgem.openai_url`, `.gemini_url`, `.vertex_url`, `.gateway_url`. Answers: `.say(…)`,
    `.fail(…)`, `.scenario(…)`, `.cassette(…)`. Checks: `.requests()`, `.journal()`, `.expect(…)`,
    `.verdict()`. Time:
    `.clock`.

    `@pytest.mark.mockgem(scenario="overloaded")` runs a scenario,
    `@pytest.mark.mockgem(cassette="chat.yaml")` replays a cassette in the test's folder;
    `cassette=True` the one with the name of the test.

    Example:
        def test_weather(mockgem):
            mockgem.say("It is sunny in Rome.")
            client = OpenAI(base_url=mockgem.openai_url, api_key="any-key")
            assert ask_weather(client, "Rome") == "It is sunny in Rome."
            assert mockgem.requests()[0]["model"] == "gemini-2.5-flash"
    """
    from mockgem.testing.pytest_marker import (
        apply_marker,
        collect_cassette_defaults,
        collect_marker_keys,
        find_own_cassette,
    )

    keys = collect_marker_keys(request.node)
    shared = request.config.stash.get(SERVER_KEY, None)
    with ExitStack() as stack:
        server = choose_server(request, keys, stack)
        world = server.world("" if shared is not None else uuid.uuid4().hex)
        if shared is not None:
            world.reset()  # requests may have come between two tests
        # also after a mistake in the marker: a cassette that records is locked until then
        stack.callback(world.reset if shared is not None else world.forget)
        world._cassette_folder = Path(request.path).parent
        world._own_cassette = find_own_cassette(request.node)
        world._cassette_defaults = collect_cassette_defaults(request.config, keys)
        apply_marker(world, keys)
        request.node.stash[WORLD_KEY] = world
        yield world


@pytest.fixture
def mockgem_env(mockgem: Mockgem, monkeypatch: pytest.MonkeyPatch) -> Mockgem:
    """The fixture `mockgem`, with its URLs and a key in the environment variables that SDKs read.

    Example:
        def test_weather(mockgem_env):
            mockgem_env.say("Sunny.")
            assert OpenAI().chat.completions.create(…).choices[0].message.content == "Sunny."
    """
    for name, text in mockgem.env.items():
        monkeypatch.setenv(name, text)
    return mockgem


@pytest.fixture
def amockgem(mockgem: Mockgem) -> AsyncMockgem:
    """The fixture `mockgem` for async tests: awaited methods that do not block the event loop.

    Example:
        async def test_weather(amockgem):
            await amockgem.say("Sunny.")
            task = asyncio.create_task(ask_weather("Rome"))
            assert await amockgem.journal(wait=5)
    """
    from mockgem.testing.async_world import AsyncMockgem

    return AsyncMockgem(mockgem)


def choose_server(
    request: pytest.FixtureRequest, keys: Mapping[str, Any], stack: ExitStack
) -> LocalServer:
    """Return the session's server, or a separate one if the marker has options of a server."""
    from mockgem.testing.pytest_marker import list_server_options

    options = list_server_options(keys)
    if not options:
        server: LocalServer = request.getfixturevalue("mockgem_server")
        return server
    if SERVER_KEY in request.config.stash:
        raise pytest.UsageError(
            f"mockgem({', '.join(options)}=…) needs a separate server, but mockgem_one_url gives "
            "all tests one "
            "server: remove one of the two"
        )
    from mockgem.testing.embedded_server import LocalServer

    return stack.enter_context(LocalServer(function="mockgem", **options))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a test that passed for unmet expectations, changed responses (record mode verify) and,
    if strict, for `Mockgem.problems`.
    """
    result = yield
    world = item.stash.get(WORLD_KEY, None)
    if world is None:
        return result
    from mockgem.testing.pytest_marker import allows_generated, is_strict

    if not is_strict(item):
        if world._expectations:
            world.assert_verdict()
        if differences := world.differences():
            pytest.fail("\n".join([DIFFERENCES_HEADING, *differences]), pytrace=False)
        if not allows_generated(item) and (generated := world._list_generated()):
            pytest.fail("\n".join([GENERATED_HEADING, *generated]), pytrace=False)
    elif problems := world.problems():
        heading = "This test is strict (mockgem(strict=False) allows these problems):"
        pytest.fail("\n".join([heading, *problems]), pytrace=False)
    if is_unreached(item, world):
        item.warn(pytest.PytestWarning(UNREACHED_WARNING))
    return result


def is_unreached(item: pytest.Item, world: Mockgem) -> bool:
    """Return whether a marked test uses no fixture of mockgem and sent no request."""
    is_marked = any(marker.name == "mockgem" for marker in getattr(item, "own_markers", ()))
    return (
        is_marked
        and item.stash.get(IMPLICIT_WORLD_KEY, False)
        and SERVER_KEY not in item.config.stash
        and not world.journal(limit=1)
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the requests and answers of a world to the report of a test that failed."""
    report = yield
    world = item.stash.get(WORLD_KEY, None)
    is_failure = report.when == "call" and report.failed
    if world is not None and is_failure and not is_own_mistake(call):
        report.sections.append(("mockgem", report_exchanges(world)))
    return report


def is_own_mistake(call: pytest.CallInfo[None]) -> bool:
    """Return whether mockgem refused an argument of the test, which no request explains."""
    mistakes = (ValueError, TypeError, FileNotFoundError)
    if call.excinfo is None or not call.excinfo.errisinstance(mistakes):
        return False
    return Path(__file__).parent in Path(call.excinfo.traceback[-1].path).parents


def report_exchanges(world: Mockgem) -> str:
    try:
        return world.exchanges() or (
            "No request arrived. Check that the client has the fixture's base URL."
        )
    except (OSError, ValueError) as error:  # must not hide the failure of the test itself
        return f"mockgem's server did not answer: {error}"
