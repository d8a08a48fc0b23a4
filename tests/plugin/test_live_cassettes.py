"""Strict tests whose cassette holds a Live session, in a suite of their own."""

from __future__ import annotations

import pytest

from tests.plugin.suites import run

PATH = "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent"
SETUP = '{"setup": {"model": "models/gemini-3.8-live"}}'
CASSETTE = f"""
interactions:
- request:
    method: GET
    uri: wss://generativelanguage.googleapis.com{PATH}
    body: null
    headers: {{}}
  response:
    status: {{code: 101, message: Switching Protocols}}
    headers: {{}}
    body: {{string: ''}}
    x-mockgem:
      messages:
      - {{from: client, ms: 1, text: '{SETUP}'}}
      - {{from: server, ms: 2, binary: '{{"setupComplete": {{}}}}'}}
      - {{from: client, ms: 3, text: '{{"clientContent": {{"turnComplete": true}}}}'}}
      - {{from: server, ms: 4, binary: '{{"serverContent": {{"turnComplete": true}}}}'}}
      - {{from: client, ms: 5, close: 1000, reason: ''}}
version: 1
"""
SUITE = f"""
import asyncio
import aiohttp
import pytest

pytestmark = pytest.mark.mockgem(cassette="live.yaml", strict=True)


def talk(mockgem, *messages):
    async def run():
        async with aiohttp.ClientSession() as session:
            async with session.ws_connect(mockgem.url + "{PATH}") as socket:
                received = []
                for message in messages:
                    await socket.send_str(message)
                    received.append((await socket.receive()).data)
                return received
    return asyncio.run(run())


SETUP, TURN = '{SETUP}', '{{"clientContent": {{"turnComplete": true}}}}'


def test_plays_all(mockgem):
    assert talk(mockgem, SETUP, TURN) == [
        b'{{"setupComplete": {{}}}}', b'{{"serverContent": {{"turnComplete": true}}}}'
    ]


def test_says_something_else(mockgem):
    assert talk(mockgem, SETUP, '{{"clientContent": {{"turnComplete": false}}}}')[1] == 1008


def test_has_another_setup(mockgem):
    assert talk(mockgem, '{{"setup": {{"model": "models/other"}}}}') == [1008]


def test_opens_no_session(mockgem):
    pass


def test_leaves_after_the_setup(mockgem):
    talk(mockgem, SETUP)
"""


def test_strict_tests_with_a_live_cassette(pytester: pytest.Pytester) -> None:
    (pytester.path / "live.yaml").write_text(CASSETTE)
    (pytester.path / "test_mine.py").write_text(SUITE)
    done = run(pytester)
    assert "4 failed, 1 passed" in done.stdout, done.stdout
    assert "Failed: This test is strict" in done.stdout
    for problem in (
        "message 2: clientContent.turnComplete: recorded true, received false",
        'setup.model: recorded "models/gemini-3.8-live", received "models/other"',
        "was recorded in live.yaml and not played (1 times)",
        "the client left: message 2: recorded clientContent, received nothing",
    ):
        assert problem in done.stdout, problem


def test_other_tests_may_leave_a_session(pytester: pytest.Pytester) -> None:
    (pytester.path / "live.yaml").write_text(CASSETTE)
    (pytester.path / "test_mine.py").write_text(SUITE.replace("strict=True", "strict=False"))
    done = run(pytester, "-k", "leaves or opens or all")
    assert "3 passed" in done.stdout, done.stdout
