"""The methods of official SDKs: the list is theirs, and the states are what the server does."""

from __future__ import annotations

import importlib.metadata
from typing import Any

import pytest
from click.testing import CliRunner

from mockgem.cli import coverage
from mockgem.cli.endpoints import command
from tests.asking import Asker
from tests.tools import sdk_methods

ROWS = [(sdk, *row) for sdk in coverage.SDKS for row in coverage.list_methods(sdk)]
SOCKETS = ("live",)
"""What is refused with a 501, because a socket has no other requests to repeat."""


def rows_of(state: str) -> Any:
    rows = [row[:3] for row in ROWS if row[3] == state and row[2]]
    ids = [f"{sdk}-{name}" for sdk, name, _ in rows]
    return pytest.mark.parametrize(("sdk", "name", "request_line"), rows, ids=ids)


def send(sdk: str, request_line: str) -> Any:
    method, path = coverage.build_request(sdk, request_line)
    return Asker().send(method, path, b"{}", coverage.HEADERS[sdk])


@rows_of(coverage.SERVED)
def test_a_served_method_reaches_an_endpoint(sdk: str, name: str, request_line: str) -> None:
    answer = send(sdk, request_line)
    assert not answer.text.startswith("<!DOCTYPE"), name
    assert "does not support" not in answer.text
    assert answer.status < 500


@rows_of(coverage.NOT_OFFERED)
def test_a_method_that_is_not_offered_is_named(sdk: str, name: str, request_line: str) -> None:
    answer = send(sdk, request_line)
    assert "mockgem does not support" in answer.error["message"]
    assert answer.status == (501 if name.partition(".")[0] in SOCKETS else 404)


def test_what_gemini_lacks_is_refused_as_there() -> None:
    rows = [row for row in ROWS if row[3] == coverage.REFUSED and row[2]]
    for sdk, name, request_line, _ in rows[:: max(1, len(rows) // 60)]:
        if name not in coverage.VERTEX_ALONE:
            assert 400 <= send(sdk, request_line).status < 600, name


def test_the_list_has_the_methods_of_the_installed_sdk() -> None:
    installed = sdk_methods.collect("openai")
    listed = coverage.load_methods()["openai"]["methods"]
    if importlib.metadata.version("openai") == coverage.list_versions()["openai"]:
        assert installed == listed
    served = [name for name, request, state in coverage.list_methods("openai") if state == "served"]
    assert {name for name in served if name not in installed} == set()


def test_states_that_users_know() -> None:
    states = {(sdk, name): state for sdk, name, _, state in ROWS}
    assert states["google-genai", "models.generate_content"] == coverage.SERVED
    assert (
        states["google-genai", "file_search_stores.upload_to_file_search_store"] == coverage.SERVED
    )
    assert states["google-genai", "webhooks.ping"] == coverage.SERVED
    assert states["google-genai", "agents.list"] == coverage.NOT_OFFERED
    assert states["google-genai", "files.register_files"] == coverage.NOT_OFFERED
    assert states["google-genai", "models.upscale_image"] == coverage.REFUSED
    assert states["google-genai", "chats.create"] == coverage.LOCAL
    assert states["openai", "chat.completions.create"] == coverage.SERVED
    assert states["openai", "chat.completions.stream"] == coverage.SERVED
    assert states["openai", "responses.create"] == coverage.REFUSED
    assert states["openai", "realtime.connect"] == coverage.REFUSED
    assert states["openai", "webhooks.unwrap"] == coverage.LOCAL


def test_the_command_lists_every_method_and_sums_up() -> None:
    output = CliRunner().invoke(command, ["--coverage"]).output
    assert all(f" {name} " in output for _, name, _, _ in ROWS)
    assert output.rstrip().splitlines()[-1].startswith("openai ")
    table = CliRunner().invoke(command, ["--coverage", "--markdown"]).output
    assert "| `webhooks.create` | `POST /webhooks` | served |" in table
