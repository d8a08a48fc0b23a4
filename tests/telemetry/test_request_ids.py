"""X-Request-Id: sent back or made where an option asks for it, and found in the journal."""

from __future__ import annotations

import json
import re
from pathlib import Path

import aiohttp
import pytest
from click.testing import CliRunner

import mockgem
from mockgem.cli import main
from tests.live_client import CASCADED, connecting, make_setup
from tests.telemetry.scraping import CHAT, GENERATE, HELLO, STREAM, make_chat, post

GATEWAY = "/v1/chat/completions"
MADE = re.compile(r"req_[0-9a-f]{32}")


async def test_without_the_option_answers_have_no_request_id() -> None:
    async with mockgem.aserve(metrics=True, costs=True) as server:
        async with aiohttp.ClientSession() as session:
            for path, body in ((GENERATE, HELLO), (CHAT, make_chat()), (GATEWAY, make_chat())):
                _, _, headers = await post(session, server.url + path, body, {"X-Request-Id": "a"})
                assert not [name for name in headers if "request-id" in name.lower()], path


@pytest.mark.parametrize("option", ["request_ids", "traces"])
async def test_an_id_is_sent_back_and_found_in_the_journal(
    option: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_TRACES_EXPORTER", "none")
    async with mockgem.aserve(**{option: True}) as server, aiohttp.ClientSession() as session:
        for path, body in ((GENERATE, HELLO), (STREAM, HELLO), (CHAT, make_chat())):
            own = {"X-Request-Id": f"mine-{path}"}
            _, _, headers = await post(session, server.url + path, body, own)
            assert headers["X-Request-Id"] == own["X-Request-Id"]
            (entry,) = server.journal(request_id=own["X-Request-Id"])
            assert (entry["path"], entry["request_id"]) == (path, own["X-Request-Id"])


async def test_ids_are_made_once_for_each_request_and_repeat_with_the_seed() -> None:
    made = []
    for seed in (0, 0, 1):
        async with mockgem.aserve(request_ids=True, seed=seed) as server:
            async with aiohttp.ClientSession() as session:
                for _ in range(5):
                    _, _, headers = await post(session, server.url + CHAT, make_chat())
                    made.append(headers["X-Request-Id"])
                    assert len(server.journal(request_id=made[-1])) == 1
    assert all(MADE.fullmatch(one) for one in made)
    assert made[:5] == made[5:10]
    assert len(set(made)) == 10


async def test_two_servers_with_one_state_make_different_ids(tmp_path: Path) -> None:
    made = []
    for _ in range(2):
        async with mockgem.aserve(request_ids=True, state=str(tmp_path)) as server:
            async with aiohttp.ClientSession() as session:
                _, _, headers = await post(session, server.url + CHAT, make_chat())
                made.append(headers["X-Request-Id"])
    assert len(set(made)) == 2


async def test_an_id_that_would_break_logs_is_replaced() -> None:
    async with mockgem.aserve(request_ids=True) as server, aiohttp.ClientSession() as session:
        for bad in ("a b", "x" * 129, '"quoted"', "<script>"):
            own = {"X-Request-Id": bad}
            _, _, headers = await post(session, server.url + CHAT, make_chat(), own)
            assert MADE.fullmatch(headers["X-Request-Id"])


async def test_errors_and_sockets_have_an_id() -> None:
    async with mockgem.aserve(request_ids=True) as server, aiohttp.ClientSession() as session:
        async with session.post(server.url + CHAT, json=make_chat()) as response:
            assert response.status == 400
            assert MADE.fullmatch(response.headers["X-Request-Id"])
        async with connecting(server.url) as client:
            await client.send({"setup": make_setup(CASCADED)})
            await client.receive_until("setupComplete")
            found = client.socket._response.headers["X-Request-Id"]
        assert server.journal(request_id=found)[0]["status"] == 101


async def test_a_gateway_has_the_id_of_its_errors_in_its_own_header() -> None:
    async with mockgem.aserve(request_ids=True) as server, aiohttp.ClientSession() as session:
        _, body, headers = await post(session, server.url + GATEWAY, make_chat("no-such-model"))
        own = headers["X-Oneapi-Request-Id"]
        assert f"(request id: {own})" in json.loads(body)["error"]["message"]
        assert len(server.journal(request_id=own)) == 1


async def test_a_gateway_s_error_is_found_by_the_id_in_its_text() -> None:
    async with mockgem.aserve() as server, aiohttp.ClientSession() as session:
        _, body, _ = await post(session, server.url + GATEWAY, make_chat("no-such-model"))
        await post(session, server.url + GATEWAY, make_chat())
        own = json.loads(body)["error"]["message"].split("request id: ")[1].rstrip(")")
        assert [one["status"] for one in server.journal(request_id=own)] == [
            server.journal()[0]["status"]
        ]
        assert server.journal(request_id="no-such-id") == []


def test_the_command_finds_a_request_by_its_id() -> None:
    with mockgem.serve(request_ids=True) as server:
        import urllib.request

        for name in ("first", "second"):
            headers = {"Authorization": "Bearer k", "X-Request-Id": f"id-{name}"}
            data = json.dumps(make_chat(text=name)).encode()
            request = urllib.request.Request(server.url + CHAT, data, headers)
            request.add_header("Content-Type", "application/json")
            with urllib.request.urlopen(request, timeout=60):
                pass
        arguments = ["journal", "--request-id", "id-second", "--json", "--url", server.url]
        lines = CliRunner().invoke(main, arguments).output.splitlines()
    assert [json.loads(line)["request_id"] for line in lines] == ["id-second"]
