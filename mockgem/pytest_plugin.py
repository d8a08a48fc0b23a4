"""The pytest plugin: the fixture `mockgem`, a world for each test on a server for the session.

It is loaded wherever mockgem is installed, so it imports nothing of it before the fixture is asked for.
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
    "mockgem(scenario=None, say=None, fail=None, cassette=None, strict=None, **settings): the scenario that the test's "
    "world plays, by name or as a mapping; what is said, or fails, first; the cassette it plays; whether everything has to "
    "be used and met; and what mockgem serve takes, like seed, for a server of the test's own"
)
RECORD_MODES = ("once", "new_episodes", "all", "none")
"""Those of mockgem.recording.modes, which is not loaded for a suite that only has the plugin."""
WORLD_OPTIONS = ("scenario", "say", "fail", "strict", "cassette")
CASSETTE_OPTIONS = (
    *("record_mode", "on_miss", "upstream", "upstream_key_env", "match_on", "ignore"),
    *("allow_playback_repeats", "replay_timing", "redact"),
)
"""What the marker takes for a world on the session's server; all else needs a server of the test's own."""
ONE_URL_HELP = (
    "one URL for all tests, in the environment before they are imported, for applications that make their client once; "
    "each test finds its world empty"
)
SERVER_KEY: pytest.StashKey[LocalServer] = pytest.StashKey()
"""Where the server is kept that all tests share with one URL."""
UNREACHED_WARNING = "is marked with mockgem(…), takes neither the fixture mockgem nor mockgem_env, and has asked its world nothing"
IMPLICIT_WORLD_KEY: pytest.StashKey[bool] = pytest.StashKey()
"""Whether a test has a world because of its marker alone."""
WORLD_KEY: pytest.StashKey[Mockgem] = pytest.StashKey()
"""Where a test's world is kept for its report."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("mockgem", "mockgem: the Gemini API on localhost")
    group.addoption(
        "--mockgem-record-mode",
        choices=RECORD_MODES,
        default="none",
        help="what tests with a cassette do: none plays (default); once, new_episodes and all ask the real service",
    )
    group.addoption(
        "--mockgem-strict",
        action="store_true",
        help="tests fail for what was said and not used, and the like",
    )
    parser.addini("mockgem_strict", "the same as --mockgem-strict", type="bool", default=False)
    parser.addini("mockgem_one_url", ONE_URL_HELP, type="bool", default=False)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", MARKER_HELP)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """With one URL for all tests its server is there, and in the environment, before anything of theirs is imported."""
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
    """A test that is marked has its world, if it asks for the fixture or not."""
    names = getattr(item, "fixturenames", [])
    if item.get_closest_marker("mockgem") is not None and "mockgem" not in names:
        names.append("mockgem")
        item.stash[IMPLICIT_WORLD_KEY] = True


@pytest.fixture(scope="session")
def mockgem_server(request: pytest.FixtureRequest) -> Iterator[LocalServer]:
    """One server in a thread, started when the first test wants it; with mockgem_one_url it has been there since pytest
    began."""
    from mockgem.testing.embedded_server import LocalServer

    if (server := request.config.stash.get(SERVER_KEY, None)) is not None:
        yield server
        return
    with LocalServer() as server:
        yield server


@pytest.fixture
def mockgem(request: pytest.FixtureRequest) -> Iterator[Mockgem]:
    """A world of the test's own: `mockgem.openai_url`, `.gemini_url`, `.say(…)`, `.fail(…)`, `.scenario(…)`,
    `.cassette(…)`, `.clock`, `.journal()`, `.verdict()`.

    `@pytest.mark.mockgem(scenario="overloaded")` chooses a scenario for it, `@pytest.mark.mockgem(cassette="chat.yaml")` a
    cassette beside the test.
    """
    from mockgem.testing.embedded_server import LocalServer

    told, shared = collect_marker_options(request.node), request.config.stash.get(SERVER_KEY, None)
    own = {
        name: found
        for name, found in told.items()
        if name not in (*WORLD_OPTIONS, *CASSETTE_OPTIONS)
    }
    with ExitStack() as stack:
        if own and shared is not None:
            raise pytest.UsageError(
                f"{', '.join(own)} needs a server of its own, and mockgem_one_url lets all tests share one"
            )
        server = (
            stack.enter_context(LocalServer(**own))
            if own
            else request.getfixturevalue("mockgem_server")
        )
        world: Mockgem = server.world("" if shared is not None else uuid.uuid4().hex)
        if shared is not None:
            world.reset()  # of what came while no test was there
        world._cassette_folder = Path(request.path).parent
        world._cassette_defaults = {"record_mode": request.config.getoption("mockgem_record_mode")}
        world._cassette_defaults |= {name: told[name] for name in CASSETTE_OPTIONS if name in told}
        if told.get("cassette") is not None:
            world.cassette(told["cassette"])
        if told.get("scenario") is not None:
            world.scenario(told["scenario"])
        for error in to_list(told.get("fail")):
            world.fail(error)
        if told.get("say") is not None:
            world.say(*to_list(told["say"]))
        request.node.stash[WORLD_KEY] = world
        yield world
        world.reset() if shared is not None else world.forget()


@pytest.fixture
def mockgem_env(mockgem: Mockgem, monkeypatch: pytest.MonkeyPatch) -> Mockgem:
    """The fixture `mockgem`, with its addresses and a key in the environment, where SDKs look for them."""
    for name, text in mockgem.env.items():
        monkeypatch.setenv(name, text)
    return mockgem


@pytest.fixture
def amockgem(mockgem: Mockgem) -> AsyncMockgem:
    """The fixture `mockgem` for async tests of any plugin: `await amockgem.say(…)`, `await amockgem.journal(wait=5)`. The
    test's loop goes on meanwhile."""
    from mockgem.testing.async_world import AsyncMockgem

    return AsyncMockgem(mockgem)


def collect_marker_options(item: pytest.Item) -> Mapping[str, Any]:
    """What the markers of a test, its class and its module say together; the nearest one counts where several do."""
    found: dict[str, Any] = {}
    for marker in item.iter_markers("mockgem"):
        if marker.args:
            raise pytest.UsageError(
                f"write the marker's words with their names: mockgem(scenario={marker.args[0]!r})"
            )
        found = {**marker.kwargs, **found}
    return found


def to_list(told: Any) -> list[Any]:
    """A list of what may be told by itself."""
    return [] if told is None else list(told) if isinstance(told, (list, tuple)) else [told]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """A strict test that passes otherwise fails for what `Mockgem.problems` finds."""
    found = yield
    world = item.stash.get(WORLD_KEY, None)
    if world is not None and world._expectations and not is_strict(item):
        world.assert_verdict()
    if world is not None and is_strict(item) and (problems := world.problems()):
        lines = "\n".join(
            ["mockgem is strict here (mockgem(strict=False) allows what follows):", *problems]
        )
        pytest.fail(lines, pytrace=False)
    if world is not None and is_unreached(item, world):
        item.warn(pytest.PytestWarning(UNREACHED_WARNING))
    return found


def is_unreached(item: pytest.Item, world: Mockgem) -> bool:
    """Whether a test is marked itself, takes no fixture, and has asked its world nothing."""
    marked = any(one.name == "mockgem" for one in getattr(item, "own_markers", ()))
    return (
        marked
        and item.stash.get(IMPLICIT_WORLD_KEY, False)
        and SERVER_KEY not in item.config.stash
        and not world.journal(limit=1)
    )


def is_strict(item: pytest.Item) -> bool:
    told = collect_marker_options(item).get("strict")
    config = item.config
    return (
        bool(config.getoption("mockgem_strict") or config.getini("mockgem_strict"))
        if told is None
        else bool(told)
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that fails tells what it asked and what it was answered."""
    report = yield
    world = item.stash.get(WORLD_KEY, None)
    if world is not None and report.when == "call" and report.failed and not is_own_mistake(call):
        report.sections.append(("mockgem", report_exchanges(world)))
    return report


def is_own_mistake(call: pytest.CallInfo[None]) -> bool:
    """Whether it was a word of the test to mockgem that failed, which no exchange explains."""
    if call.excinfo is None or not call.excinfo.errisinstance(
        (ValueError, TypeError, FileNotFoundError)
    ):
        return False
    return Path(__file__).parent in Path(call.excinfo.traceback[-1].path).parents


def report_exchanges(world: Mockgem) -> str:
    try:
        return world.exchanges() or "no request came; does the client have the fixture's base URL?"
    except (OSError, ValueError) as error:  # the report of the test's own failure must not be lost
        return f"the server can't be asked: {error}"
