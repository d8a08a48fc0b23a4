"""Google's SDK opens Live sessions over TLS on the port of an http:// base URL."""

from __future__ import annotations

import asyncio
import json
import os
import re
import ssl
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import certifi
import pytest
from google import genai
from google.genai import types

PAGE = Path(__file__).parent.parent.parent / "docs" / "live.md"
NATIVE = "gemini-2.5-flash-native-audio-preview-12-2025"
CASCADED = "gemini-live-2.5-flash-preview"
WEATHER = {
    "name": "get_weather",
    "description": "Get the weather of a city",
    "parameters": {"type": "OBJECT", "properties": {"city": {"type": "STRING"}}},
}


@pytest.fixture
def bundle(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with the public authorities and the server's, as SSL_CERT_FILE."""
    with urllib.request.urlopen(url + "/_mockgem/ca.pem") as response:
        pem = response.read()
    path = tmp_path / "bundle.pem"
    path.write_bytes(Path(certifi.where()).read_bytes() + pem)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return path


@pytest.fixture
def client(url: str, bundle: Path) -> genai.Client:
    return genai.Client(api_key="any-key", http_options={"base_url": url})


async def receive(session: Any) -> list[types.LiveServerMessage]:
    return [message async for message in session.receive()]


def words(messages: list[types.LiveServerMessage]) -> str:
    contents = [one.server_content for one in messages if one.server_content]
    return "".join([one.output_transcription.text or "" for one in contents
                    if one.output_transcription])  # fmt: skip


async def test_a_session_speaks_and_keeps_its_history(client: genai.Client) -> None:
    config = {"response_modalities": ["AUDIO"], "output_audio_transcription": {}}
    async with client.aio.live.connect(model=NATIVE, config=config) as session:
        for text in ("My name is Alice.", "What is my name?"):
            turn = {"role": "user", "parts": [{"text": text}]}
            await session.send_client_content(turns=turn, turn_complete=True)
            messages = await receive(session)
            assert words(messages)
            assert any(one.data for one in messages)
            assert messages[-1].server_content.turn_complete
            assert messages[-1].usage_metadata.total_token_count


async def test_a_text_session_answers_realtime_text(client: genai.Client) -> None:
    config = {"response_modalities": ["TEXT"]}
    async with client.aio.live.connect(model=CASCADED, config=config) as session:
        await session.send_realtime_input(text="Are you there?")
        assert "".join([one.text or "" for one in await receive(session)])


async def test_audio_is_heard(client: genai.Client) -> None:
    config = {"response_modalities": ["AUDIO"], "input_audio_transcription": {}}
    loud, quiet = (b"\x00\x20" * 40 + b"\x00\xe0" * 40) * 200, bytes(32_000)
    async with client.aio.live.connect(model=NATIVE, config=config) as session:
        for data in (loud, quiet):
            blob = types.Blob(data=data, mime_type="audio/pcm;rate=16000")
            await session.send_realtime_input(audio=blob)
        messages = await receive(session)
    assert any(one.server_content and one.server_content.input_transcription for one in messages)


async def test_a_tool_is_called_and_answered(client: genai.Client) -> None:
    tools = [{"function_declarations": [WEATHER]}]
    config = {"response_modalities": ["AUDIO"], "tools": tools, "output_audio_transcription": {}}
    async with client.aio.live.connect(model=NATIVE, config=config) as session:
        turn = {"role": "user", "parts": [{"text": "How is the weather in Rome? Use get_weather."}]}
        await session.send_client_content(turns=turn, turn_complete=True)
        async for message in session.receive():
            if message.tool_call:
                (call,) = message.tool_call.function_calls
                await session.send_tool_response(function_responses=[
                    types.FunctionResponse(id=call.id, name=call.name, response={"output": "Sunny"})
                ])  # fmt: skip
            elif message.server_content and message.server_content.turn_complete:
                break
        assert call.name == "get_weather"


async def test_a_refusal_is_an_error_of_the_sdk(client: genai.Client) -> None:
    with pytest.raises(Exception, match="is not found for API version"):
        async with client.aio.live.connect(model="gemini-live-9", config={}):
            pass


async def test_a_session_is_resumed(client: genai.Client) -> None:
    config: dict[str, Any] = {"response_modalities": ["AUDIO"], "session_resumption": {}}
    async with client.aio.live.connect(model=NATIVE, config=config) as session:
        turn = {"role": "user", "parts": [{"text": "My name is Alice."}]}
        await session.send_client_content(turns=turn, turn_complete=True)
        await receive(session)
        async for message in session.receive():
            if message.session_resumption_update:
                handle = message.session_resumption_update.new_handle
                break
    config["session_resumption"] = {"handle": handle}
    async with client.aio.live.connect(model=NATIVE, config=config) as session:
        await session.send_client_content(turns={"role": "user", "parts": [{"text": "And now?"}]})
        assert await receive(session)


def disturb(url: str, *faults: Any) -> None:
    """Let the next socket of a world lose, change or end what its client sends."""
    rules = [{"when": {"endpoint": "live"}, "faults": [*faults]}]
    body = json.dumps({"scenario": {"title": "bad network", "rules": rules}}).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url + "/_mockgem/scenario", body, headers, method="PUT")
    urllib.request.urlopen(request).close()


async def test_the_network_loses_a_message_of_the_client(client: genai.Client, url: str) -> None:
    config = {"response_modalities": ["TEXT"]}
    answers = []
    late = {"fault": "client_stall", "for": "1ms"}
    for fault, texts in ((late, ["What?"]), ("client_drop", ["My name is Alice.", "What?"])):
        disturb(url, fault)
        async with client.aio.live.connect(model=CASCADED, config=config) as session:
            for text in texts:
                turn = {"role": "user", "parts": [{"text": text}]}
                await session.send_client_content(turns=turn, turn_complete=text == texts[-1])
            answers.append("".join([one.text or "" for one in await receive(session)]))
    assert answers[0] == answers[1] != ""


@pytest.mark.parametrize(
    ("fault", "code"),
    [("client_truncate", 1007), ("client_garble", 1007), ("client_cut", 1006)],
)
async def test_the_network_breaks_what_the_client_sends(
    client: genai.Client, url: str, fault: str, code: int
) -> None:
    disturb(url, fault)
    config = {"response_modalities": ["TEXT"]}
    async with client.aio.live.connect(model=CASCADED, config=config) as session:
        turn = {"role": "user", "parts": [{"text": "Hello"}]}
        await session.send_client_content(turns=turn, turn_complete=True)
        with pytest.raises(Exception, match=str(code)):
            await receive(session)


async def test_sessions_at_once_do_not_mix(client: genai.Client) -> None:
    async def talk(number: int) -> str:
        config = {"response_modalities": ["AUDIO"], "output_audio_transcription": {}}
        async with client.aio.live.connect(model=NATIVE, config=config) as session:
            turn = {"role": "user", "parts": [{"text": f"Tell me about planet number {number}."}]}
            await session.send_client_content(turns=turn, turn_complete=True)
            return words(await receive(session))

    together = await asyncio.gather(*[talk(number) for number in range(6)])
    assert together == [await talk(number) for number in range(6)]


def test_rest_works_over_tls(url: str, bundle: Path) -> None:
    secure = url.replace("http://127.0.0.1", "https://localhost")
    context = ssl.create_default_context(cafile=str(bundle))
    client = genai.Client(
        api_key="any-key", http_options={"base_url": secure, "client_args": {"verify": context}}
    )
    answer = client.models.generate_content(model="gemini-2.5-flash", contents="Hello")
    assert answer.text


def test_the_code_of_the_page_runs(url: str, bundle: Path) -> None:
    code = re.findall(r"^```py\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)[0]
    done = subprocess.run(
        [sys.executable, "-c", code.replace("http://127.0.0.1:8090", url)],
        capture_output=True, text=True, timeout=60, check=False,
        env=os.environ | {"SSL_CERT_FILE": str(bundle)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "tide" in done.stdout
