"""Clients that know only the real URLs and HTTPS_PROXY: generated answers, recordings, replays."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import httpx
import pytest
import requests
from openai import AsyncOpenAI, OpenAI

import mockgem
from mockgem.recording.cassette_reader import read_cassette
from mockgem.testing.world import Mockgem
from tests.conftest import ServerProcess
from tests.live_client import PATH, make_setup
from tests.server.proxy.internet import GEMINI, WAIT

OPENAI_URL = f"https://{GEMINI}/v1beta/openai/"
CHAT_URL = f"{OPENAI_URL}chat/completions"
QUESTION = [{"role": "user", "content": "How many legs does a spider have?"}]
CHAT = {"model": "gemini-2.5-flash", "messages": QUESTION}
HEADERS = {"Authorization": "Bearer any-key", "Content-Type": "application/json"}


def read_text(answer: Any) -> str:
    return str(answer["choices"][0]["message"]["content"])


def ask_with_openai() -> str:
    with OpenAI(api_key="any-key", base_url=OPENAI_URL, max_retries=0) as client:
        answer = client.chat.completions.create(model="gemini-2.5-flash", messages=QUESTION)  # type: ignore[arg-type]
        return answer.choices[0].message.content or ""


def ask_with_openai_stream() -> str:
    async def ask() -> str:
        async with AsyncOpenAI(api_key="any-key", base_url=OPENAI_URL, max_retries=0) as client:
            stream = await client.chat.completions.create(**CHAT, stream=True)  # type: ignore[call-overload]
            return "".join([one.choices[0].delta.content or "" async for one in stream])

    return asyncio.run(ask())


def ask_with_httpx() -> str:
    return read_text(httpx.post(CHAT_URL, json=CHAT, headers=HEADERS, timeout=WAIT).json())


def ask_with_requests() -> str:
    return read_text(requests.post(CHAT_URL, json=CHAT, headers=HEADERS, timeout=WAIT).json())


def ask_with_urllib() -> str:
    request = urllib.request.Request(CHAT_URL, json.dumps(CHAT).encode(), HEADERS)
    opener = urllib.request.build_opener()  # `urlopen` keeps the environment of its first call
    with opener.open(request, timeout=WAIT) as answer:
        return read_text(json.load(answer))


def ask_with_aiohttp() -> str:
    async def ask() -> str:
        import ssl

        async with aiohttp.ClientSession(trust_env=True) as session:
            trust = ssl.create_default_context()  # aiohttp makes its own before a test can set it
            async with session.post(CHAT_URL, json=CHAT, headers=HEADERS, ssl=trust) as answer:
                return read_text(await answer.json())

    return asyncio.run(ask())


def ask_with_curl() -> str:
    headers = [word for name, text in HEADERS.items() for word in ("-H", f"{name}: {text}")]
    command = ["curl", "-sS", CHAT_URL, *headers, "-d", json.dumps(CHAT)]
    return read_text(json.loads(subprocess.check_output(command, timeout=WAIT)))


CLIENTS: list[Callable[[], str]] = [
    ask_with_openai, ask_with_openai_stream, ask_with_httpx, ask_with_requests, ask_with_urllib,
    ask_with_aiohttp, ask_with_curl,
]  # fmt: skip


@contextmanager
def in_env(server: Mockgem, patch: pytest.MonkeyPatch) -> Iterator[None]:
    with patch.context() as one:
        for name, text in server.proxy_env.items():
            one.setenv(name, text)
        yield


@pytest.mark.parametrize("ask", CLIENTS, ids=lambda ask: ask.__name__)
def test_a_client_records_and_replays(
    ask: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    with mockgem.serve(seed=7) as upstream:
        settings = {
            "proxy": True,
            "record_mode": "once",
            "cassette": path,
            "upstream": upstream.url,
        }
        with mockgem.serve(**settings) as recorder, in_env(recorder, monkeypatch):
            recorded = ask()
    assert recorded
    assert len(read_cassette(path).interactions) == 1
    with mockgem.serve(proxy=True, cassette=path, on_miss="fail") as replay:
        with in_env(replay, monkeypatch):
            assert ask() == recorded
        assert [one["source"] for one in replay.journal()] == ["cassette"]


@pytest.mark.parametrize("ask", CLIENTS, ids=lambda ask: ask.__name__)
def test_a_client_gets_what_a_test_says(
    ask: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with mockgem.serve(proxy=True) as server, in_env(server, monkeypatch):
        server.say("Eight.")
        assert ask() == "Eight."


def test_a_live_session_uses_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    async def talk() -> Any:
        import ssl

        async with aiohttp.ClientSession(trust_env=True) as session:
            trust = ssl.create_default_context()
            url = f"wss://{GEMINI}{PATH}?key=any-key"
            async with session.ws_connect(url, ssl=trust) as link:
                await link.send_json({"setup": make_setup()})
                return json.loads((await link.receive(WAIT)).data)

    with mockgem.serve(proxy=True) as server, in_env(server, monkeypatch):
        assert "setupComplete" in asyncio.run(talk())


def test_what_a_client_shows_of_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    with mockgem.serve(proxy=True) as server, in_env(server, monkeypatch):
        with pytest.raises(httpx.ProxyError, match="403 mockgem does not answer for this host"):
            httpx.get("https://example.com/", timeout=WAIT)
        with pytest.raises(requests.exceptions.ProxyError, match="403 mockgem does not answer for"):
            requests.get("https://example.com/", timeout=WAIT)
        with pytest.raises(OSError, match="403 mockgem does not answer for this host"):
            urllib.request.build_opener().open("https://example.com/", timeout=WAIT)
        assert "does not answer for example.com:80" in httpx.get("http://example.com/").text


def test_a_client_reaches_the_server_itself_without_the_proxy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with mockgem.serve(proxy=True) as server, in_env(server, monkeypatch):
        assert httpx.get(f"{server.url}/_mockgem/health", timeout=WAIT).status_code == 200
        monkeypatch.setenv("NO_PROXY", "")
        monkeypatch.setenv("no_proxy", "")
        assert httpx.get(f"{server.url}/_mockgem/health", timeout=WAIT).status_code == 200


def test_which_variables_a_program_gets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "internal.example")
    monkeypatch.setenv("GOOGLE_API_KEY", "a-real-key")
    with mockgem.serve(proxy=True) as server:
        env = server.proxy_env
        assert env["HTTPS_PROXY"] == env["http_proxy"] == server.url
        assert env["NO_PROXY"] == "internal.example,127.0.0.1,localhost"
        assert env["GEMINI_API_KEY"] == env["OPENAI_API_KEY"] == env["GOOGLE_API_KEY"] == "any-key"
        assert not [name for name in env if "BASE_URL" in name]
        bundle, authority = Path(env["SSL_CERT_FILE"]), Path(env["NODE_EXTRA_CA_CERTS"])
        assert authority.read_bytes() in bundle.read_bytes()
        assert env["REQUESTS_CA_BUNDLE"] == env["CURL_CA_BUNDLE"] == str(bundle)
        server.cassette(tmp_path / "a.yaml", record_mode="once")
        assert not [name for name in server.proxy_env if "KEY" in name]
        server.cassette(tmp_path / "a.yaml", record_mode="none", on_miss="engine")
        assert "GEMINI_API_KEY" in server.proxy_env
        with pytest.raises(RuntimeError, match="leads to the default world"):
            _ = Mockgem(server.url, "other", server._handle).proxy_env
        with pytest.raises(RuntimeError, match="is a server in another process"):
            _ = Mockgem(server.url).proxy_env
    with mockgem.serve() as server, pytest.raises(RuntimeError, match="start it with proxy=True"):
        _ = server.proxy_env
    with mockgem.serve(proxy=True, record_mode="once", cassette=tmp_path / "b.yaml") as server:
        assert not [name for name in server.proxy_env if "KEY" in name]


PROGRAM = f"""
from openai import OpenAI
answer = OpenAI(base_url={OPENAI_URL!r}, max_retries=0).chat.completions.create(
    model="gemini-2.5-flash", messages={QUESTION!r})
print(answer.choices[0].message.content)
"""


@pytest.mark.slow
def test_mockgem_run_is_the_proxy_of_a_command(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    upstream = ServerProcess("--quiet")
    run = [sys.executable, "-m", "mockgem", "run", "--proxy", "--cassette", str(path)]
    command = ["--", sys.executable, "-c", PROGRAM]
    environment = {name: text for name, text in os.environ.items() if "PROXY" not in name.upper()}
    environment["OPENAI_API_KEY"] = "a-key-of-the-user"
    try:
        record = [*run, "--record-mode", "once", "--upstream", upstream.url, *command]
        recorded = subprocess.run(record, env=environment, capture_output=True, text=True)
    finally:
        upstream.stop()
    assert recorded.returncode == 0, recorded.stderr
    assert len(recorded.stdout) > 5
    replay = [*run, "--on-miss", "fail", *command]
    played = subprocess.run(replay, env=environment, capture_output=True, text=True)
    assert (played.returncode, played.stdout) == (0, recorded.stdout), played.stderr


@pytest.mark.slow
def test_the_lines_at_the_start_are_all_that_a_shell_needs(tmp_path: Path) -> None:
    state = {"XDG_STATE_HOME": str(tmp_path / "state")}
    server = ServerProcess("--proxy", "--workers", "2", env=state)
    try:
        assert server.process.stdout is not None
        lines: list[str] = []
        while not lines or "NODE_USE_ENV_PROXY" not in lines[-1]:
            lines.append(server.process.stdout.readline())
        exports = [line.strip() for line in lines if line.startswith("  export ")]
        assert "Proxy, for programs in a shell with:\n" in lines
        assert exports[0].startswith(f"export HTTPS_PROXY={server.url} HTTP_PROXY={server.url} ")
        script = "\n".join([*exports, "export OPENAI_API_KEY=any-key", 'exec "$0" -c "$1"'])
        done = subprocess.run(
            ["sh", "-c", script, sys.executable, PROGRAM], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        assert len(done.stdout) > 5
    finally:
        server.stop()
