"""`mockgem ca`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from mockgem.cli import main


def test_it_creates_the_authority_and_prints_the_lines_to_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    result = CliRunner().invoke(main, ["ca"])
    folder = tmp_path / "mockgem"
    assert result.exit_code == 0
    assert result.output.splitlines()[0] == str(folder / "ca.pem")
    assert f"export SSL_CERT_FILE={folder / 'ca-bundle.pem'}" in result.output
    assert f"export NODE_EXTRA_CA_CERTS={folder / 'ca.pem'}" in result.output
    assert "keytool" in result.output
    again = CliRunner().invoke(main, ["ca"])
    assert again.output == result.output


def test_a_folder_that_can_not_be_used_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    result = CliRunner().invoke(main, ["ca"])
    assert result.exit_code == 2
    assert str(tmp_path / "file") in result.output
