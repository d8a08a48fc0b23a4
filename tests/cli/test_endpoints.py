"""`mockgem endpoints` and `mockgem models`."""

from __future__ import annotations

from click.testing import CliRunner

from mockgem.cli import main


def test_every_surface_and_endpoint_is_listed() -> None:
    result = CliRunner().invoke(main, ["endpoints"])
    assert result.exit_code == 0
    for path in (
        "/v1beta/openai/chat/completions",
        "/v1/projects/{project}/locations/{location}/endpoints/openapi/chat/completions",
        "/v1/chat/completions",
        "/v1beta/chat/completions",
        "/_mockgem/health",
    ):
        assert path in result.output


def test_models_are_listed_with_their_end() -> None:
    result = CliRunner().invoke(main, ["models"])
    lines = {line.split()[0]: line for line in result.output.splitlines()}
    assert "retired 2026-06-01" in lines["gemini-2.0-flash"]
    assert "retired" not in lines["gemini-2.5-flash"]
