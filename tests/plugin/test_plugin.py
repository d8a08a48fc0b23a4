"""The pytest plugin in suites of its own: what its users write, run by a pytest of their own."""

from __future__ import annotations

import pytest

from tests.plugin.suites import run

SUITE = """
import pytest
from openai import OpenAI, InternalServerError, RateLimitError

HELLO = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]}


def client(mockgem, **more):
    return OpenAI(api_key="k", base_url=mockgem.openai_url, **more)


@pytest.mark.mockgem(scenario="overloaded")
def test_marked(mockgem):
    with pytest.raises(InternalServerError):
        client(mockgem, max_retries=0).chat.completions.create(**HELLO)
    assert [entry["status"] for entry in mockgem.journal()] == [503]


def test_each_test_has_a_world_of_its_own(mockgem):
    assert client(mockgem).chat.completions.create(**HELLO).choices[0].message.content
    assert len(mockgem.journal(path="*/chat/completions")) == 1


def test_own_scenario_and_verdict(mockgem):
    mockgem.scenario({
        "title": "once",
        "rules": [{"when": {"calls": 1}, "fail": {"error": 429, "retry_delay": "5s"}}],
        "expect": {"waits": "told"},
    })
    with pytest.raises(RateLimitError):
        client(mockgem, max_retries=0).chat.completions.create(**HELLO)
    mockgem.assert_verdict()
    client(mockgem).chat.completions.create(**HELLO)
    assert not mockgem.verdict()["pass"]
    with pytest.raises(AssertionError, match="RetryInfo"):
        mockgem.assert_verdict()


def test_clock_and_mistakes(mockgem):
    mockgem.scenario({"title": "quota", "rules": [{"quota": {"rpm": 1}}]})
    ask = client(mockgem, max_retries=0).chat.completions.create
    ask(**HELLO)
    with pytest.raises(RateLimitError):
        ask(**HELLO)
    mockgem.clock.advance("60s")
    ask(**HELLO)
    with pytest.raises(ValueError, match="did you mean overloaded"):
        mockgem.scenario("overlaoded")
    with pytest.raises(ValueError, match="did you mean fail"):
        mockgem.scenario({"title": "x", "rules": [{"fial": 1}]})


def test_that_fails(mockgem):
    mockgem.scenario("rate-limited-then-ok")
    with pytest.raises(RateLimitError):
        client(mockgem, max_retries=0).chat.completions.create(**HELLO)
    mockgem.assert_verdict()
"""


def test_a_suite_of_its_users(pytester: pytest.Pytester) -> None:
    (pytester.path / "test_mine.py").write_text(SUITE)
    done = run(pytester)
    assert "1 failed, 4 passed" in done.stdout, done.stdout + done.stderr
    assert "FAIL  rate-limited-then-ok" in done.stdout
    assert "expected 3, found 1" in done.stdout


SAYS = """
import json
import os
import urllib.request
import pytest
from openai import OpenAI, RateLimitError

HELLO = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]}


def ask(text="hi", **more):
    asked = HELLO | {"messages": [{"role": "user", "content": text}]} | more
    return OpenAI(max_retries=0).chat.completions.create(**asked).choices[0]


@pytest.mark.mockgem(allow_generated=True)
def test_one_after_the_other(mockgem_env):
    mockgem_env.fail(429)
    mockgem_env.say("First")
    mockgem_env.say("Second", times=2)
    with pytest.raises(RateLimitError):
        ask()
    assert [ask().message.content for _ in range(3)] == ["First", "Second", "Second"]
    assert mockgem_env.problems() == []
    assert ask().message.content not in ("First", "Second")
    (generated,) = mockgem_env.problems()
    assert "there is no reply for this request" in generated


def test_by_what_is_asked_and_before_a_scenario(mockgem_env):
    mockgem_env.scenario("rate-limited")
    call = {"name": "look", "args": {"for": "rain"}}
    mockgem_env.say({"tool_calls": [call]}, times=None, text="*weather*")
    assert ask("How is the weather?").message.tool_calls[0].function.name == "look"
    assert ask("The weather again").finish_reason == "tool_calls"
    with pytest.raises(RateLimitError):
        ask("Anything else")


def test_native_and_vertex(mockgem_env):
    mockgem_env.say("Hello", times=2)
    body = json.dumps({"contents": [{"parts": [{"text": "hi"}]}]}).encode()
    path = "/v1beta/models/gemini-2.5-flash:generateContent?key=k"
    url, head = os.environ["GOOGLE_GEMINI_BASE_URL"] + path, {"Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(url, body, head)) as answer:
        assert json.load(answer)["candidates"][0]["content"]["parts"][0]["text"] == "Hello"
    assert OpenAI(base_url=mockgem_env.vertex_openai_url).chat.completions.create(
        **HELLO | {"model": "google/gemini-2.5-flash"}
    ).choices[0].message.content == "Hello"


def test_mistakes(mockgem):
    with pytest.raises(ValueError, match="did you mean overloaded"):
        mockgem.fail("overloadde")
    with pytest.raises(ValueError, match="did you mean text"):
        mockgem.say("x", txet="y")
    assert mockgem._added_rules == {}


def test_clock(mockgem):
    began = mockgem.clock.now()
    mockgem.clock.advance("1h")
    assert mockgem.clock.now() != began
    mockgem.clock.set(began)
    assert mockgem.clock.now() == began
    assert "OPENAI_BASE_URL" not in os.environ
"""

STRICT = """
import pytest
from openai import OpenAI, NotFoundError, APIStatusError

HELLO = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]}


def ask(mockgem):
    client = OpenAI(api_key="k", base_url=mockgem.openai_url, max_retries=0)
    return client.chat.completions.create(**HELLO)


def test_never_said(mockgem):
    mockgem.say("Never", times=2)


def test_allowed(mockgem):
    mockgem.say("Never")


test_allowed = pytest.mark.mockgem(strict=False)(test_allowed)


@pytest.mark.mockgem(scenario="overloaded-then-ok")
def test_unmet(mockgem):
    with pytest.raises(APIStatusError):
        ask(mockgem)


def test_no_such_path(mockgem):
    with pytest.raises(NotFoundError):
        OpenAI(api_key="k", base_url=mockgem.url + "/v9/").chat.completions.create(**HELLO)


def test_well(mockgem):
    mockgem.say("Said")
    assert ask(mockgem).choices[0].message.content == "Said"


def test_fails_by_itself(mockgem):
    mockgem.say("Never")
    ask(mockgem)
    raise SystemError("its own")


def test_skips(mockgem):
    mockgem.say("Never")
    pytest.skip("for a reason")
"""

TAPED = """
import pytest
from openai import OpenAI, NotFoundError


def ask(mockgem, text):
    client = OpenAI(api_key="k", base_url=mockgem.openai_url, max_retries=0)
    messages = [{"role": "user", "content": text}]
    return client.chat.completions.create(model="gemini-2.5-flash", messages=messages)


@pytest.mark.mockgem(cassette="tapes/chat.yaml", upstream="UPSTREAM", seed=9)
def test_taped(mockgem):
    assert ask(mockgem, "hi").choices[0].message.content
    assert [entry["source"] for entry in mockgem.journal()] == ["SOURCE"]
"""


def test_replies_and_errors(pytester: pytest.Pytester) -> None:
    (pytester.path / "test_mine.py").write_text(SAYS)
    done = run(pytester)
    assert "5 passed" in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize("told", ["option", "setting"])
def test_strict_tests(pytester: pytest.Pytester, told: str) -> None:
    (pytester.path / "test_mine.py").write_text(STRICT)
    (pytester.path / "pytest.ini").write_text(
        "[pytest]\n" + ("mockgem_strict = true\n" if told == "setting" else "")
    )
    done = run(pytester, *(["--mockgem-strict"] if told == "option" else []))
    assert "4 failed, 2 passed, 1 skipped" in done.stdout, done.stdout + done.stderr
    assert "say-1 was used 0 of 2 times" in done.stdout
    assert "FAIL attempts: expected 3, found 1" in done.stdout
    assert "/v9/chat/completions 404 whole" in done.stdout
    assert "mockgem(strict=False) allows" in done.stdout
    assert "SystemError: its own" in done.stdout


def test_a_report_shows_the_requests_of_a_failing_test(pytester: pytest.Pytester) -> None:
    (pytester.path / "test_mine.py").write_text(STRICT)
    done = run(pytester, "-k", "by_itself")
    assert "--- mockgem ---" in done.stdout
    assert "/v1beta/openai/chat/completions 200 whole by say-1" in done.stdout
    assert '  > {"' in done.stdout
    assert '"content":"hi"' in done.stdout
    assert '"content":"Never"' in done.stdout


def test_a_test_records_and_replays_a_cassette(pytester: pytest.Pytester) -> None:
    from mockgem.testing.embedded_server import LocalServer

    (pytester.path / "tapes").mkdir()

    def suite(source: str, mode: str = "") -> str:
        (pytester.path / "test_mine.py").write_text(
            TAPED.replace("UPSTREAM", upstream).replace("SOURCE", source)
        )
        return run(pytester, *([f"--mockgem-record-mode={mode}"] if mode else [])).stdout

    with LocalServer() as server:
        upstream = server.url
        assert "record it with pytest --mockgem-record-mode=once" in suite("cassette")
        assert "1 passed" in suite("upstream", "once")
    assert (pytester.path / "tapes" / "chat.yaml").exists()
    assert "1 passed" in suite("cassette")
    with LocalServer() as server:
        upstream = server.url
        asks_twice = TAPED.replace(
            "    assert ask", "    ask(mockgem, 'and more')\n    assert ask"
        ).replace('["SOURCE"]', '["SOURCE"] * 2')
        (pytester.path / "test_mine.py").write_text(
            asks_twice.replace("UPSTREAM", upstream).replace("SOURCE", "upstream")
        )
        assert "1 passed" in run(pytester, "--mockgem-record-mode=all").stdout
    left = "POST /v1beta/openai/chat/completions was recorded in chat.yaml and not played"
    assert "1 passed" in suite("cassette")
    (pytester.path / "pytest.ini").write_text("[pytest]\nmockgem_strict = true\n")
    strict = suite("cassette")
    assert left in strict, strict
    (pytester.path / "test_mine.py").write_text(
        (pytester.path / "test_mine.py").read_text().replace('"hi"', '"other"')
    )
    assert "404" in run(pytester).stdout


def test_each_worker_has_its_own_server(pytester: pytest.Pytester) -> None:
    (pytester.path / "test_mine.py").write_text(
        "import os\nimport pytest\nfrom openai import OpenAI\n\n\n"
        "@pytest.mark.parametrize('number', range(12))\n"
        "def test_it(mockgem, number):\n    mockgem.say(str(number))\n"
        "    messages = [{'role': 'user', 'content': 'hi'}]\n"
        "    asked = {'model': 'gemini-2.5-flash', 'messages': messages}\n"
        "    client = OpenAI(api_key='k', base_url=mockgem.openai_url)\n"
        "    answer = client.chat.completions.create(**asked)\n"
        "    assert answer.choices[0].message.content == str(number)\n"
        "    assert len(mockgem.journal()) == 1\n"
        "    with open(os.environ['PYTEST_XDIST_WORKER'], 'a') as file:\n"
        "        print(mockgem.url[:25], file=file)\n"
    )
    done = run(pytester, "-n", "2", in_process=False)
    assert "12 passed" in done.stdout, done.stdout + done.stderr
    servers = [set((pytester.path / worker).read_text().split()) for worker in ("gw0", "gw1")]
    assert [len(found) for found in servers] == [1, 1]
    assert servers[0] != servers[1]


@pytest.mark.parametrize(
    ("marker", "message"),
    [
        ("sed=7", "did you mean seed"),
        ('"overloaded"', "scenario='overloaded'"),
        ("seed='x'", "mockgem(seed='x') is not valid: use a whole number"),
    ],
)
def test_markers_with_mistakes(pytester: pytest.Pytester, marker: str, message: str) -> None:
    (pytester.path / "test_mine.py").write_text(
        f"import pytest\n\n\n@pytest.mark.mockgem({marker})\ndef test_it(mockgem):\n    pass\n"
    )
    done = run(pytester)
    assert message in done.stdout, done.stdout
    assert done.returncode


def test_a_suite_without_the_fixture_imports_nothing_of_mockgem(pytester: pytest.Pytester) -> None:
    (pytester.path / "test_other.py").write_text(
        "import sys\n\n\ndef test_it():\n"
        "    heavy = ('mockgem.', 'aiohttp', 'pydantic')\n"
        "    loaded = [name for name in sys.modules if name.startswith(heavy)]\n"
        "    assert loaded in (['mockgem.pytest_plugin'], [])\n"
    )
    done = run(pytester, in_process=False)
    assert "1 passed" in done.stdout, done.stdout + done.stderr


def test_a_wrong_record_mode_is_refused_with_the_modes(pytester: pytest.Pytester) -> None:
    text = run(pytester, "--mockgem-record-mode=sometimes").stderr
    assert "sometimes is not valid: use once, new_episodes, all, rewrite, none or verify." in text


def test_the_options_of_cassettes_are_the_world_s() -> None:
    from mockgem.testing import pytest_marker

    assert pytest_marker.is_world_option("match_on")
    assert not pytest_marker.is_world_option("seed")
    assert not pytest_marker.is_world_option("cassette")


def test_pytest_shows_the_marker_and_the_fixtures(pytester: pytest.Pytester) -> None:
    assert "mockgem(scenario=None, say=None, fail=None" in run(pytester, "--markers").stdout
    assert "A world of the test" in run(pytester, "--fixtures").stdout


def test_a_server_in_a_thread_that_can_t_start() -> None:
    from mockgem.testing.embedded_server import LocalServer

    with pytest.raises(ValueError, match="did you mean overloaded"):
        LocalServer(scenario="overlaoded").start()
    with LocalServer(seed=7) as server:
        assert server.world("a").journal() == []
        assert server.thread.is_alive()
    assert not server.thread.is_alive()


def test_its_types_are_there_for_type_checkers() -> None:
    from importlib.resources import files

    assert files("mockgem").joinpath("py.typed").is_file()
