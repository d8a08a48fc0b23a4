"""`mockgem cassette report` and `import`: what cassettes have, and where they come from."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import mockgem
from mockgem.cli import main
from mockgem.recording import formats
from mockgem.recording.cassette_writer import save_cassette
from mockgem.recording.interaction import Interaction
from mockgem.recording.usage_report import build_report, count_tokens, find_model

NOW = datetime(2026, 11, 28, tzinfo=UTC)
BASE = "https://generativelanguage.googleapis.com"
CHAT = Interaction(
    "POST",
    f"{BASE}/v1beta/openai/chat/completions",
    (("content-type", "application/json"),),
    b'{"model": "models/gemini-2.5-flash", "messages": []}',
    200,
    "OK",
    (("content-type", "application/json"),),
    b'{"usage": {"prompt_tokens": 1200, "completion_tokens": 34, "total_tokens": 1234}}',
)
STREAM = replace(
    CHAT,
    uri=f"{BASE}/v1beta/models/gemini-3-pro-image-preview:streamGenerateContent?alt=sse",
    request_body=b"{}",
    body=(
        b'data: {"usageMetadata": {"promptTokenCount": 5, "candidatesTokenCount": 1}}\r\n\r\n'
        b'data: {"usageMetadata": {"promptTokenCount": 5, "candidatesTokenCount": 7, '
        b'"thoughtsTokenCount": 20}}\r\n\r\n'
    ),
)
HAR_REQUEST: dict[str, Any] = {
    "method": "POST",
    "url": CHAT.uri,
    "headers": [
        {"name": "Authorization", "value": "Bearer AIzaSyA-a-key-of-the-user-0123456789abc"}
    ],
    "postData": {"text": CHAT.request_body.decode()},
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["cassette", *[str(one) for one in arguments]])


def recorded(days: int, one: Interaction = CHAT) -> Interaction:
    return replace(one, recorded=(NOW - timedelta(days=days)).isoformat())


def test_a_report_has_ages_models_and_the_last_tokens_of_a_stream() -> None:
    shutdowns = {"gemini-3-pro-image-preview": "2026-06-25", "gemini-2.5-flash": "2027-01-01"}
    report = build_report(Path("a"), [recorded(3), recorded(40, STREAM), CHAT], shutdowns, NOW)
    assert (report.youngest, report.oldest, report.undated) == (3, 40, 1)
    assert report.models == {"gemini-2.5-flash": 2, "gemini-3-pro-image-preview": 1}
    assert report.retired == {"gemini-3-pro-image-preview": "2026-06-25"}
    assert (report.input_tokens, report.output_tokens) == (2405, 95)


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b'{"model": 1}', b'{"setup": []}'])
def test_a_request_without_a_model_is_counted_without_one(body: bytes) -> None:
    one = replace(CHAT, request_body=body, body=b"\xff")
    assert (find_model(one), count_tokens(one)) == ("", (0, 0))


def test_the_command_shows_cassettes_and_fails_for_a_retired_model(tmp_path: Path) -> None:
    save_cassette(tmp_path / "a.yaml", [recorded(3)])
    save_cassette(tmp_path / "b.yaml", [STREAM])
    good = run("report", tmp_path / "a.yaml")
    assert good.exit_code == 0
    assert "1 interaction, " in good.output
    assert "1,200 tokens in, 34 out" in good.output
    assert "models: gemini-2.5-flash 1" in good.output
    result = run("report", tmp_path)
    assert result.exit_code == 1
    assert "age unknown" in result.output
    assert "gemini-3-pro-image-preview was shut down on 2026-06-25" in result.output
    assert "2 cassettes: 2 interactions, 1,205 tokens in, 61 out" in result.output
    found = json.loads(run("report", "--json", tmp_path).output)
    assert [one["interactions"] for one in found["cassettes"]] == [1, 1]


def test_the_command_shows_costs_of_each_model_and_in_total(tmp_path: Path) -> None:
    lite = replace(CHAT, request_body=CHAT.request_body.replace(b"flash", b"flash-lite"))
    other = replace(CHAT, request_body=CHAT.request_body.replace(b"flash", b"unheard-of"))
    silent = replace(CHAT, body=b"{}")
    save_cassette(tmp_path / "a.yaml", [recorded(3), lite])
    save_cassette(tmp_path / "b.yaml", [CHAT, other, silent])
    lines = run("report", tmp_path).output.splitlines()
    assert lines[2:5] == [
        "  cost: 0.000579 US dollars when recorded; to record again today: 0.000579",
        "    gemini-2.5-flash: 0.000445; today 0.000445",
        "    gemini-2.5-flash-lite: 0.000134; today 0.000134",
    ]
    assert lines[-5:] == [
        "  cost: 0.001024 US dollars when recorded; to record again today: 0.001024",
        "    gemini-2.5-flash: 0.000890; today 0.000890",
        "    gemini-2.5-flash-lite: 0.000134; today 0.000134",
        "  no known price: gemini-2.5-unheard-of 1",
        "  not in the cost: 1 answer without token counts",
    ]
    found = json.loads(run("report", "--json", tmp_path).output)
    assert found["cost"]["today"] == pytest.approx(0.0010236)
    assert found["cassettes"][0]["cost"]["models"][0] == {
        "model": "gemini-2.5-flash",
        "requests": 1,
        "input_tokens": 1200,
        "cached_tokens": 0,
        "output_tokens": 34,
        "recorded": 0.000445,
        "today": 0.000445,
        "uncounted": 0,
    }
    assert [one["model"] for one in found["cost"]["unpriced"]] == ["gemini-2.5-unheard-of"]


def test_the_command_names_what_a_server_has_not_played(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    save_cassette(path, [CHAT, STREAM])
    with mockgem.serve(cassette=str(path)) as server:
        result = run("report", path, "--url", server.url)
    assert f"{path}: not played: POST /v1beta/openai/chat/completions" in result.output
    assert result.output.count("not played") == 2


def write_har(path: Path, *urls: str) -> Path:
    response = {"status": 200, "headers": [], "content": {"text": CHAT.body.decode()}}
    entries = [
        {"startedDateTime": "2026-11-20T10:00:00Z", "response": response}
        | {"request": {**HAR_REQUEST, "url": url}}
        for url in urls
    ]
    preflight = {"response": response, "request": {**HAR_REQUEST, "method": "OPTIONS"}}
    path.write_text(json.dumps({"log": {"entries": [*entries, preflight]}}))
    return path


def test_import_takes_the_calls_of_a_browser_without_their_keys(tmp_path: Path) -> None:
    source = write_har(tmp_path / "page.har", CHAT.uri, "https://example.com/logo.png")
    result = run("import", source)
    assert result.exit_code == 0, result.output
    assert "1 interactions; left out 2 others" in result.output
    target = tmp_path / "page.mockgem.yaml"
    (one,) = formats.load_interactions(target)
    assert one.uri == CHAT.uri
    assert b"a-key-of-the-user" not in target.read_bytes()


def test_import_takes_other_hosts_and_names_those_of_a_file_without_calls(tmp_path: Path) -> None:
    source = write_har(tmp_path / "page.har", "https://gateway.example.com/v1/chat/completions")
    refused = run("import", source, "--host", "other.example.com")
    assert refused.exit_code == 2
    assert "gateway.example.com" in refused.output
    assert run("import", source, tmp_path / "a.yaml", "--host", "*.example.com").exit_code == 0
    assert len(formats.load_interactions(tmp_path / "a.yaml")) == 1


def test_import_reads_flows_of_mitmproxy(tmp_path: Path) -> None:
    sample = Path(__file__).parent.parent / "recording" / "samples" / "mitmproxy.flows"
    result = run("import", sample, tmp_path / "a.yaml")
    assert "2 interactions; left out 0 others" in result.output
    assert b"any-key" not in (tmp_path / "a.yaml").read_bytes()
