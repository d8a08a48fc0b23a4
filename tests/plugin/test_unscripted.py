"""A test that chooses replies fails for a chat that got a generated answer."""

from __future__ import annotations

import pytest

from tests.plugin.suites import run

SUITE = """
import httpx
import pytest

def ask(mockgem):
    body = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]}
    headers = {"Authorization": "Bearer k"}
    httpx.post(mockgem.openai_url + "chat/completions", json=body, headers=headers, timeout=60)

MARK
def test_it(mockgem):
    mockgem.say("one")
    ask(mockgem)
    ask(mockgem)

def test_without_replies(mockgem):
    ask(mockgem)
"""


@pytest.mark.parametrize(
    ("mark", "settings", "failed"),
    [
        ("", "", 1),
        ("@pytest.mark.mockgem(allow_generated=True)", "", 0),
        ("@pytest.mark.mockgem(strict=False)", "", 0),
        ("", "mockgem_allow_generated = true", 0),
        ("@pytest.mark.mockgem(allow_generated=False)", "mockgem_allow_generated = true", 1),
    ],
)
def test_generated_answers_beside_replies(
    pytester: pytest.Pytester, mark: str, settings: str, failed: int
) -> None:
    pytester.makepyfile(SUITE.replace("MARK", mark))
    pytester.makeini(f"[pytest]\n{settings}")
    done = run(pytester)
    assert (f"{failed} failed" in done.stdout) is bool(failed)
    if failed:
        assert "mockgem generated answers although this test chooses replies" in done.stdout
        assert "/chat/completions 200 whole, generated: this test chooses replies" in done.stdout
