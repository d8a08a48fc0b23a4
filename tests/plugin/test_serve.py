"""Servers inside a program: with a thread, in an event loop, and beside a command."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx2
import pytest
from openai import AsyncOpenAI, NotFoundError, OpenAI

import mockgem
from mockgem.testing.embedded_server import LocalServer
from mockgem.testing.world import Mockgem

GOOGLE = "https://generativelanguage.googleapis.com/v1beta/openai/"
HELLO: dict[str, Any] = {
    "model": "gemini-2.5-flash",
    "messages": [{"role": "user", "content": "hi"}],
}


def test_a_server_in_a_with_block() -> None:
    with mockgem.serve(seed=3) as server:
        client = OpenAI(api_key="k", base_url=server.openai_url)
        assert client.chat.completions.create(**HELLO).choices[0].message.content
        assert [entry["model"] for entry in server.journal()] == ["gemini-2.5-flash"]
        assert (
            OpenAI(api_key="k", base_url=server.gateway_url).chat.completions.create(**HELLO).object
            == "chat.completion"
        )
    with pytest.raises(OSError, match="refused"):
        server.journal()


async def test_a_server_in_the_running_loop() -> None:
    async with mockgem.aserve(scenario="internal-error-once") as server:
        client = AsyncOpenAI(api_key="k", base_url=server.openai_url)
        assert (await client.chat.completions.create(**HELLO)).choices[0].message.content
        await client.close()
        found = await asyncio.to_thread(server.verdict)
        assert found["pass"] is True


def test_wrong_settings_are_refused_before_the_block() -> None:
    with (
        pytest.raises(ValueError, match="did you mean overloaded"),
        mockgem.serve(scenario="overlaoded"),
    ):
        raise AssertionError("not here")


def test_importing_mockgem_imports_no_server() -> None:
    code = (
        "import sys, mockgem; heavy = ('mockgem.', 'aiohttp', 'pydantic'); "
        "print([name for name in sys.modules if name.startswith(heavy)])"
    )
    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
        == "[]"
    )


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mockgem", "run", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


ASKS = """
import json, os
from openai import OpenAI
client = OpenAI()
messages = [{"role": "user", "content": "hi"}]
answer = client.chat.completions.create(model="gemini-2.5-flash", messages=messages)
is_same = os.environ["GOOGLE_GEMINI_BASE_URL"] == os.environ["MOCKGEM_URL"]
print(json.dumps([answer.object, is_same]))
"""


def test_a_real_key_in_the_environment_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    world = Mockgem("http://127.0.0.1:1")
    monkeypatch.delenv("GOOGLE_API_KEY", raising=False)
    assert "GOOGLE_API_KEY" not in world.env
    monkeypatch.setenv("GOOGLE_API_KEY", "the-user-s")
    assert world.env["GOOGLE_API_KEY"] == "any-key"


FRAMEWORK_ENV = {
    "OPENAI_API_BASE": "http://127.0.0.1:1/w/a/v1beta/openai/",
    "GEMINI_API_BASE": "http://127.0.0.1:1/w/a/v1beta",
    "GOOGLE_GENERATIVE_AI_API_KEY": "any-key",
    "SPRING_AI_OPENAI_BASE_URL": "http://127.0.0.1:1/w/a/v1beta/openai",
    "SPRING_AI_OPENAI_CHAT_COMPLETIONS_PATH": "/chat/completions",
    "SPRING_AI_OPENAI_EMBEDDING_EMBEDDINGS_PATH": "/embeddings",
    "SPRING_AI_OPENAI_API_KEY": "any-key",
    "SPRING_AI_GOOGLE_GENAI_API_KEY": "any-key",
    "LANGCHAIN4J_OPEN_AI_CHAT_MODEL_BASE_URL": "http://127.0.0.1:1/w/a/v1beta/openai/",
}


def test_frameworks_find_the_world(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "LANGCHAIN4J_OPEN_AI_CHAT_MODEL_API_KEY"
    monkeypatch.delenv(name, raising=False)
    env = Mockgem("http://127.0.0.1:1", "a").env
    assert {variable: env[variable] for variable in FRAMEWORK_ENV} == FRAMEWORK_ENV
    assert name not in env  # langchain4j would create a model for it
    monkeypatch.setenv(name, "the-user-s")
    assert Mockgem("http://127.0.0.1:1", "a").env[name] == "any-key"


def test_requests_to_this_machine_avoid_the_proxy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    with mockgem.serve() as server:
        assert Mockgem(server.url).journal() == []


def test_a_command_finds_the_server_in_its_environment() -> None:
    done = run("--", sys.executable, "-c", ASKS)
    assert json.loads(done.stdout) == ["chat.completion", True], done.stderr
    assert done.returncode == 0
    assert "mockgem answered 1 request\n" in done.stderr


def test_run_reports_the_verdict_and_returns_the_exit_code() -> None:
    done = run(
        "--scenario",
        "internal-error-once",
        "--",
        sys.executable,
        "-c",
        ASKS + "\nraise SystemExit(7)",
    )
    assert done.returncode == 7
    assert "PASS  internal-error-once" in done.stderr
    lazy = run("--scenario", "overloaded-then-ok", "--", sys.executable, "-c", "pass")
    assert lazy.returncode == 0
    assert "check the client's base URL" in lazy.stderr


WORLDS = """
import os, sys
from openai import OpenAI, APIStatusError
for world in ("one", "two"):
    url = f"{os.environ['MOCKGEM_URL']}/w/{world}/v1beta/openai/"
    client = OpenAI(base_url=url, max_retries=int(sys.argv[1]))
    for model in ("gemini-2.5-flash", "gemini-2.5-flsh"):
        try:
            messages = [{"role": "user", "content": "hi"}]
            client.chat.completions.create(model=model, messages=messages)
        except APIStatusError:
            pass
"""


def test_run_reports_each_world_and_refused_requests() -> None:
    options = ("--scenario", "overloaded-then-ok", "--time-scale", "0.01", "--strict")
    done = run(*options, "--", sys.executable, "-c", WORLDS, "3")
    assert done.stderr.count("overloaded-then-ok: ") == 2, done.stderr
    assert "check the client's base URL" not in done.stderr
    assert "models/gemini-2.5-flsh is not found" in done.stderr
    assert "mockgem answered 8 requests" in done.stderr
    hint = "Hint: there is no model 'gemini-2.5-flsh'; did you mean gemini-2.5-flash?"
    assert done.stderr.count(hint) == 1


def test_strict_exits_with_1_for_problems() -> None:
    options = ("--scenario", "overloaded-then-ok", "--time-scale", "0.01")
    command = ("--", sys.executable, "-c", WORLDS, "0")
    assert run(*options, *command).returncode == 0
    assert run(*options, "--strict", *command).returncode == 1
    assert run("--strict", "--", sys.executable, "-c", ASKS).returncode == 0
    assert (
        run("--strict", *command).returncode == 0
    )  # what the real service refuses may be what is tried


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--scenario", "overlaoded", "--", "true"), "did you mean overloaded"),
        (("--", "/no/such/program"), "mockgem can't run /no/such/program"),
        ((), "Missing argument"),
        (
            ("--cassette", "none.yaml", "--worlds", "x", "--", "true"),
            "--worlds x is not valid: use a whole number",
        ),
    ],
)
def test_a_command_that_can_t_run(words: tuple[str, ...], message: str) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert message in done.stderr


def test_run_reports_requests_that_the_cassette_does_not_have() -> None:
    cassette = Path(__file__).parent.parent.parent / "cassettes" / "recorded-from-mockgem-chat.yaml"
    done = run("--cassette", str(cassette), "--on-miss", "fail", "--", sys.executable, "-c", ASKS)
    assert done.returncode == 1
    assert "not in the cassette: POST /v1beta/openai/chat/completions" in done.stderr


def ask(server: Mockgem, text: str = "hi", **more: Any) -> Any:
    asked = HELLO | {"messages": [{"role": "user", "content": text}]}
    with OpenAI(api_key="k", base_url=server.openai_url, max_retries=0) as client:
        return client.chat.completions.create(**asked, **more).choices[0].message.content


@pytest.mark.parametrize("listen", [True, False])
def test_a_world_replays_its_own_cassette(tmp_path: Path, listen: bool) -> None:
    """Recorded in one world, played in another; the third one knows nothing of it."""
    place = tmp_path / "chat.yaml"
    with mockgem.serve(seed=3) as real, LocalServer(listen=listen) as server:
        recording, playing, other = [server.world(name) for name in ("a", "b", "c")]
        real.say("From the real service", times=2)
        recording.cassette(place, record_mode="once", upstream=real.url)
        said = [asked_inside(recording, text) for text in ("one", "two")]
        with pytest.raises(ValueError, match="another"):
            playing.cassette(place, record_mode="new_episodes", upstream=real.url)
        recording.forget()
        assert "From the real service" in place.read_text()
        playing.cassette(place)
        assert [asked_inside(playing, text) for text in ("one", "two")] == said
        assert playing.problems() == []
        assert asked_inside(other, "one") != said[0]
        assert [entry["source"] for entry in playing.journal()] == ["cassette"] * 2
        with pytest.raises(NotFoundError) as missed:
            asked_inside(playing, "three")
        assert "not in the cassette" in missed.value.response.text
        playing.cassette(place, on_miss="engine")
        assert asked_inside(playing, "three")
        other.cassette(place)
        assert "was recorded in chat.yaml and not played (2 times)" in "".join(other.problems())
        other.forget()
        playing.forget()
        assert asked_inside(playing, "one") == asked_inside(other, "one")


def asked_inside(world: Mockgem, text: str) -> Any:
    asked = HELLO | {"messages": [{"role": "user", "content": text}]}
    http = httpx2.Client(transport=world.transport())
    with OpenAI(api_key="k", base_url=GOOGLE, http_client=http, max_retries=0) as client:
        return client.chat.completions.create(**asked).choices[0].message.content


def test_cassettes_that_can_t_be_used(tmp_path: Path) -> None:
    with mockgem.serve() as server:
        with pytest.raises(
            FileNotFoundError, match="record it with pytest --mockgem-record-mode=once"
        ):
            server.cassette(tmp_path / "none.yaml")
        with pytest.raises(TypeError, match="did you mean match_on"):
            server.cassette(tmp_path / "new.yaml", record_mode="once", mach_on=("path",))
        with pytest.raises(ValueError, match="once"):
            server.cassette(tmp_path / "new.yaml", record_mode="sometimes")
        (tmp_path / "bad.yaml").write_text("interactions: 3\n")
        with pytest.raises(ValueError, match=r"bad\.yaml"):
            server.cassette(tmp_path / "bad.yaml")
        assert ask(server)
        with pytest.raises(RuntimeError, match="in another process"):
            Mockgem(server.url).cassette(tmp_path / "new.yaml", record_mode="once")


def test_a_recorded_refusal_of_a_missing_key_is_played(tmp_path: Path) -> None:
    path = "/v1beta/models/gemini-2.5-flash:countTokens"
    with (
        mockgem.serve() as real,
        mockgem.serve() as server,
        httpx2.Client(transport=server.transport()) as http,
    ):
        server.cassette(tmp_path / "refused.yaml", record_mode="once", upstream=real.url)
        first = http.post(f"http://any{path}", json={"contents": []})
        server.forget()
        server.cassette(tmp_path / "refused.yaml")
        again = http.post(f"http://any{path}", json={"contents": []})
        assert first.status_code == again.status_code == 403
        assert first.text == again.text
        assert server.journal()[-1]["source"] == "cassette"


def test_a_bad_cassette_does_not_replace_a_good_one(tmp_path: Path) -> None:
    with mockgem.serve() as real, LocalServer() as server:
        world = server.world("a")
        world.cassette(tmp_path / "good.yaml", record_mode="once", upstream=real.url)
        said = asked_inside(world, "one")
        world.forget()
        world.cassette(tmp_path / "good.yaml", allow_playback_repeats=True)
        (tmp_path / "bad.yaml").write_text("interactions: 3\n")
        with pytest.raises(ValueError, match=r"bad\.yaml"):
            world.cassette(tmp_path / "bad.yaml")
        assert asked_inside(world, "one") == said
        assert world.journal()[-1]["source"] == "cassette"
        server.world()._call_admin("DELETE", "/worlds/a")  # as another program would
        asked_inside(world, "one")
        assert world.journal()[-1]["source"] == "engine"


ADDS = """
import json, os, urllib.request
from openai import OpenAI
for world, ask in (("used", True), ("unused", False)):
    url = f"{os.environ['MOCKGEM_URL']}/w/{world}"
    rule = {"name": "mine", "when": {"times": 1, "endpoint": "generate"}, "say": "Sunny"}
    head = {"Content-Type": "application/json"}
    request = urllib.request.Request(
        url + "/_mockgem/scenario/rules", json.dumps(rule).encode(), head
    )
    urllib.request.urlopen(request).read()
    client = OpenAI(base_url=url + "/v1beta/openai/")
    client.models.list()
    if ask:
        messages = [{"role": "user", "content": "hi"}]
        client.chat.completions.create(model="gemini-2.5-flash", messages=messages)
"""


def test_run_reports_unused_rules_of_the_admin_api() -> None:
    done = run(
        "--strict",
        "--",
        sys.executable,
        "-c",
        ADDS.replace("client.models.list()", "client.batches.list()"),
    )
    assert "/w/unused mine was used 0 of 1 times" in done.stderr
    assert "/w/used mine" not in done.stderr
    assert done.returncode == 1
    assert run("--", sys.executable, "-c", ADDS).returncode == 0


WAITS = """
import json, os, urllib.request
url = os.environ["MOCKGEM_URL"] + "/w/waiting/_mockgem/scenario/rules"
rule = json.dumps({"say": "x", "when": {"times": 1}}).encode()
urllib.request.urlopen(urllib.request.Request(url, rule, {"Content-Type": "application/json"}))
"""


def test_run_reports_unused_rules_of_a_world_without_requests() -> None:
    done = run("--strict", "--", sys.executable, "-c", WAITS)
    assert "/w/waiting rule-1 was used 0 of 1 times" in done.stderr
    assert done.returncode == 1
