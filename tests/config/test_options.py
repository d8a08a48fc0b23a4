"""The table of options: every way to set one takes the same values and reports mistakes alike."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

import mockgem
from mockgem.cli import main
from mockgem.cli.options import build_click_option, warn_about_misspelled_variables
from mockgem.config.option import (
    InvalidOption,
    Option,
    spell_argument_of,
    spell_flag,
    spell_key_in,
    spell_variable,
)
from mockgem.config.option_kinds import Choice, Flag, Number, Size, Strings, describe_choices
from mockgem.config.options import GROUPS, OptionTable, add_option, list_options
from mockgem.config.settings import Settings, read_settings
from mockgem.config.settings_file import BadSettings, load
from mockgem.testing.embedded_server import LocalServer
from tests.docs import generated

OPTIONS = list_options()
WRONG_TEXTS = ("0", "-1", "wrong", "(", "a@b", "nan", "1e999")
"""Strings of which each option that checks its text refuses one."""
WRONG_VALUES: tuple[Any, ...] = (True, -1, 3.5, "wrong", "(", [3], object, {"a": object})
"""Values of which every option refuses one."""


def is_valid(row: Option[Any], value: Any) -> bool:
    try:
        row.read(value, spell_flag)
    except InvalidOption:
        return False
    return True


def find_wrong_text(row: Option[Any]) -> str | None:
    return next((text for text in WRONG_TEXTS if not is_valid(row, text)), None)


def find_wrong_value(row: Option[Any]) -> Any:
    return next(value for value in WRONG_VALUES if not is_valid(row, value))


CHECKED_TEXTS = {
    name: row for name, row in OPTIONS.items() if row.commands and find_wrong_text(row)
}
IN_PYTHON = [name for name, row in OPTIONS.items() if row.commands and not row.not_in_python]
WITH_FLAG_VALUE = {name: row for name, row in CHECKED_TEXTS.items() if not isinstance(row, Flag)}


def run(*args: str, env: dict[str, str] | None = None) -> str:
    """Return what a command that must refuse its options prints."""
    result = CliRunner().invoke(main, args, env={"COLUMNS": "200"} | (env or {}))
    assert result.exit_code == 2, result.output
    return result.output


def command_of(row: Option[Any]) -> str:
    return row.commands[0]


def test_most_options_check_their_text() -> None:
    unchecked = {name for name, row in OPTIONS.items() if row.commands} - CHECKED_TEXTS.keys()
    assert unchecked == {
        "host", "answers", "state", "cassette", "upstream_key_env", "ignore", "scenario",
        "scenarios", "latency", "api_key", "allowed_host", "admin_token", "tls_cert", "tls_key",
            "webhook_host",
    }  # fmt: skip


@pytest.mark.parametrize("name", WITH_FLAG_VALUE)
def test_the_command_line_refuses_a_wrong_value(name: str) -> None:
    row = OPTIONS[name]
    text = find_wrong_text(row)
    assert text is not None
    message = f"{row.flag} {text} is not valid: use {row.expected}."
    assert message in run(command_of(row), f"{row.flag}={text}")


@pytest.mark.parametrize("name", CHECKED_TEXTS)
def test_the_environment_refuses_a_wrong_value(name: str) -> None:
    row = OPTIONS[name]
    text = find_wrong_text(row)
    assert text is not None
    message = f"{row.env_var}={text} is not valid: use {row.expected}."
    assert message in run(command_of(row), env={row.env_var: text})


@pytest.mark.parametrize("name", [name for name, row in OPTIONS.items() if row.commands])
def test_a_settings_file_refuses_a_wrong_value(name: str, tmp_path: Path) -> None:
    row, file = OPTIONS[name], tmp_path / "mockgem.yaml"
    value = next(value for value in (3.5, [3], "wrong", -1) if not is_valid(row, value))
    file.write_text(json.dumps({name: value}))
    shown = "…" if row.is_secret else repr(value)
    message = f"{name} = {shown} in {file} is not valid: use {row.expected}."
    assert message in run(command_of(row), "--config", str(file))


@pytest.mark.parametrize("name", IN_PYTHON)
def test_serve_refuses_a_wrong_value(name: str) -> None:
    row = OPTIONS[name]
    value = find_wrong_value(row)
    shown = "…" if row.is_secret else repr(value)[:60]
    for function in (mockgem.serve, LocalServer):
        with pytest.raises(ValueError, match=re.escape(f"serve({name}={shown}")) as caught:
            enter(function(**{name: value}))
        assert str(caught.value).endswith(f"is not valid: use {row.expected}.")


def enter(context: Any) -> None:
    with context:
        raise AssertionError("the server started")


@pytest.mark.parametrize("name", IN_PYTHON)
async def test_aserve_refuses_a_wrong_value(name: str) -> None:
    value = find_wrong_value(OPTIONS[name])
    with pytest.raises(InvalidOption, match=rf"^aserve\({name}="):
        async with mockgem.aserve(**{name: value}):
            raise AssertionError("the server started")


def test_the_four_spellings() -> None:
    row = OptionTable.worlds
    spelled = [
        (spell_flag, "--worlds 0"),
        (spell_variable, "MOCKGEM_WORLDS=0"),
        (spell_key_in("mockgem.toml"), "worlds = 0 in mockgem.toml"),
        (spell_argument_of("serve"), "serve(worlds=0)"),
    ]
    for spelling, text in spelled:
        with pytest.raises(InvalidOption) as caught:
            row.read(0, spelling)
        assert str(caught.value) == (f"{text} is not valid: use a whole number from 1 to 1000000.")


def test_a_wrong_value_of_a_secret_is_not_shown() -> None:
    with pytest.raises(InvalidOption, match=r"^serve\(api_key=…\) is not valid"):
        read_settings({"api_key": 12345})
    assert "12345" not in repr(Settings(api_key=("12345",)))
    assert repr(Settings(port=0)) == "Settings(port=0)"


def test_a_long_value_is_shortened() -> None:
    with pytest.raises(InvalidOption) as caught:
        read_settings({"clock": "x" * 10_000})
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([{"id": 1}], r"serve\(models\[0\]\.id=1\) is not valid: input should be a valid string"),
        (
            [{"id": "a", "lik": "b"}],
            r"serve\(models\[0\]\.lik='b'\) is not valid: there is no key 'lik'; did you mean like",
        ),
        (3, r"serve\(models=3\) is not valid"),
    ],
)
def test_a_mistake_in_a_table_names_its_place(value: Any, message: str) -> None:
    with pytest.raises(InvalidOption, match=message):
        read_settings({"models": value})


def test_a_settings_file_reports_all_its_mistakes(tmp_path: Path) -> None:
    file = tmp_path / "mockgem.toml"
    file.write_text('wrlds = 3\nworlds = 0\nclock = "x"\n[lifecycles]\nfiel = []\n')
    with pytest.raises(BadSettings) as caught:
        load(file)
    lines = str(caught.value).splitlines()
    assert lines[0] == f"wrlds in {file} is not a setting: did you mean worlds?"
    assert lines[1].startswith(f"worlds = 0 in {file} is not valid")
    assert lines[2] == f"clock = 'x' in {file} is not valid: use fixed or real."
    assert lines[3].startswith(f"lifecycles.fiel = 'fiel' in {file} is not valid")


@pytest.mark.parametrize(
    ("row", "value", "expected"),
    [
        (OptionTable.max_body, "4MiB", 4 * 2**20),
        (OptionTable.max_body, "20 MB", 20_000_000),
        (OptionTable.max_body, 7, 7),
        (OptionTable.lenient, "no", False),
        (OptionTable.lenient, "YES", True),
        (OptionTable.port, "0", 0),
        (OptionTable.drain, 3, 3.0),
        (OptionTable.drain, "inf", math.inf),
        (OptionTable.api_key, "one", ("one",)),
        (OptionTable.api_key, ["one", "two"], ("one", "two")),
        (OptionTable.cassette, Path("a.yaml"), "a.yaml"),
        (OptionTable.match_on, ["host"], ("host",)),
        (OptionTable.replay_timing, "2x", "2x"),
        (OptionTable.upstream, "", ""),
        (OptionTable.aliases, {"fast": "gemini-2.5-flash"}, {"fast": "gemini-2.5-flash"}),
    ],
)
def test_valid_values(row: Option[Any], value: Any, expected: Any) -> None:
    converted = row.read(value, spell_flag)
    assert converted == expected
    assert type(converted) is type(expected)
    assert row.read(converted, spell_flag) == converted


@pytest.mark.parametrize("name", OPTIONS)
def test_every_default_is_valid_and_every_option_has_a_group_and_a_help_text(name: str) -> None:
    row = OPTIONS[name]
    assert row.read(row.default, spell_flag) == row.default
    assert row.group in GROUPS
    assert re.fullmatch(r"\S.*[.)*]", row.help), row.help


def test_settings_do_not_change() -> None:
    settings = Settings(port=0)
    with pytest.raises(AttributeError, match=r"use replace\(port=…\)"):
        settings.port = 1  # type: ignore[assignment]
    assert settings.replace(port=1).port == 1
    assert settings == Settings(port=0)
    assert settings != Settings()
    with pytest.raises(TypeError, match="has no option prot"):
        Settings(prot=1)


@pytest.fixture
def flavour(monkeypatch: pytest.MonkeyPatch) -> Iterator[Choice]:
    """An option that is added to the table with one row."""
    row = Choice("sweet", ("sweet", "sour"), group="Answers", help="Choose a flavour.")
    add_option("flavour", row)
    yield row
    del OptionTable.flavour  # type: ignore[attr-defined]


def test_a_new_row_is_an_option_everywhere(
    flavour: Choice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Settings] = []
    monkeypatch.setattr(
        "mockgem.cli.serve.run_server", lambda settings, **_: started.append(settings)
    )
    (tmp_path / "mockgem.toml").write_text('flavour = "sour"\n')
    config = ("--config", str(tmp_path / "mockgem.toml"))
    runner = CliRunner()
    assert "--flavour [sweet|sour]" in runner.invoke(main, ["serve", "--help"]).output
    for args, env in (
        (("--flavour", "sour"), {}),
        ((), {"MOCKGEM_FLAVOUR": "sour"}),
        (config, {}),
    ):
        assert runner.invoke(main, ["serve", *args], env=env).exit_code == 0
    runner.invoke(main, ["serve", *config, "--flavour", "sweet"])
    flavours = [settings.flavour for settings in started]  # type: ignore[attr-defined]
    assert flavours == ["sour", "sour", "sour", "sweet"]
    assert "--flavour salty is not valid: use sweet or sour." in run("serve", "--flavour", "salty")
    with pytest.raises(InvalidOption, match=r"serve\(flavour='salty'\) is not valid: use sweet or"):
        enter(mockgem.serve(flavour="salty"))
    with mockgem.serve(flavour="sour") as server:
        assert server._handle.settings.flavour == "sour"  # type: ignore[union-attr]
    row = "| `--flavour` | `MOCKGEM_FLAVOUR` | Choose a flavour. | sweet |"
    assert row in generated.render_option_groups()


@pytest.mark.mockgem(worlds=3)
def test_the_marker_takes_options(mockgem: Any) -> None:
    assert mockgem._handle.settings.worlds == 3


def test_the_marker_takes_a_new_row_and_refuses_a_wrong_value(
    flavour: Choice, request: pytest.FixtureRequest
) -> None:
    request.node.add_marker(pytest.mark.mockgem(flavour="sour"))
    assert request.getfixturevalue("mockgem")._handle.settings.flavour == "sour"
    with pytest.raises(InvalidOption, match=r"^mockgem\(flavour='salty'\) is not valid"):
        LocalServer(function="mockgem", flavour="salty")


def test_help_shows_the_options_in_groups() -> None:
    text = CliRunner().invoke(main, ["serve", "--help"]).output
    headings = re.findall(r"^(\w+):$", text, re.MULTILINE)
    assert headings == ["Options", *GROUPS]
    for row in OPTIONS.values():
        if "serve" in row.commands:
            assert row.flag in text


@pytest.mark.parametrize(
    ("command", "shown"),
    [("record", "[default: once]"), ("replay", "[default: fail]"), ("serve", "[default: engine]")],
)
def test_a_command_shows_its_own_defaults(command: str, shown: str) -> None:
    text = " ".join(CliRunner().invoke(main, [command, "--help"]).output.split())
    assert shown in text
    assert ("--mode" in text) is (command == "record")


def test_a_misspelled_variable_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    warn_about_misspelled_variables(
        {
            "MOCKGEM_WORLD": "3",
            "MOCKGEM_APIKEY": "k",
            "MOCKGEM_WORLDS": "3",
            "MOCKGEM_CONFIG": "a",
            "MOCKGEM_URL": "b",
            "MOCKGEM_PORT_8090_TCP_ADDR": "10.0.0.1",
            "WORLDS": "3",
        }
    )
    assert capsys.readouterr().err.splitlines() == [
        "Warning: mockgem does not read MOCKGEM_WORLD; did you mean MOCKGEM_WORLDS?",
        "Warning: mockgem does not read MOCKGEM_APIKEY; did you mean MOCKGEM_API_KEY?",
    ]


@pytest.mark.parametrize("command", ["serve", "replay", "run"])
def test_a_cassette_that_does_not_exist_is_refused(command: str, tmp_path: Path) -> None:
    path = tmp_path / "typo.yaml"
    rest = ["--", "true"] if command == "run" else []
    text = run(command, "--cassette", str(path), *rest)
    assert f"There is no cassette {path}." in text
    assert f"mockgem record --cassette {path}" in text


def test_a_new_cassette_can_be_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Settings] = []
    for command in ("serve", "record"):
        monkeypatch.setattr(
            f"mockgem.cli.{command}.run_server", lambda settings, **_: started.append(settings)
        )
    path = str(tmp_path / "new.yaml")
    runner = CliRunner()
    assert runner.invoke(main, ["serve", "--cassette", path, "--on-miss", "record"]).exit_code == 0
    assert runner.invoke(main, ["record", "--cassette", path]).exit_code == 0
    assert [settings.record_mode for settings in started] == ["none", "once"]
    with pytest.raises(FileNotFoundError, match="there is no cassette"):
        enter(mockgem.serve(cassette=path))
    with mockgem.serve(cassette=path, record_mode="once", upstream="http://127.0.0.1:9"):
        pass


def test_the_pieces_of_messages() -> None:
    row: dict[str, Any] = {"group": "Server", "help": "Help."}
    assert describe_choices(("a", "b", "c")) == "a, b or c"
    assert (
        Number(1.0, minimum=0, unit="seconds", **row).expected == "a number of seconds, 0 or more"
    )
    assert Number(1.0, **row).expected == "a number"
    assert Size(1, **row).metavar == "SIZE"
    assert Strings(**row).expected == "a list of texts"
    converted: Callable[..., Any] = build_click_option(OptionTable.port, 8090).type.convert
    with pytest.raises(click.UsageError, match="--port x is not valid"):
        converted("x", None, None)


@pytest.mark.parametrize("name", ["host", "port", "drain", "log_format"])
def test_a_server_in_a_program_refuses_what_it_would_ignore(name: str) -> None:
    message = f"serve() has no option {name}: {OPTIONS[name].not_in_python}"
    with pytest.raises(TypeError, match=re.escape(message)):
        LocalServer(**{name: OPTIONS[name].default})
    assert f"{OPTIONS[name].flag} " not in CliRunner().invoke(main, ["run", "--help"]).output


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("worlds", 0), ("worlds", 1_000_001), ("world_idle", -1), ("max_body", 0),
        ("chunk_delay", math.inf), ("step_seconds", math.inf), ("time_scale", 1001),
    ],
)  # fmt: skip
def test_numbers_out_of_range_are_refused_everywhere(
    name: str, value: float, tmp_path: Path
) -> None:
    row, file = OPTIONS[name], tmp_path / "settings.json"
    with pytest.raises(InvalidOption):
        read_settings({name: value})
    assert "is not valid" in run("serve", f"{row.flag}={value}")
    assert "is not valid" in run("serve", env={row.env_var: str(value)})
    file.write_text(json.dumps({name: str(value)}))
    assert "is not valid" in run("serve", "--config", str(file))


@pytest.mark.parametrize(
    ("table", "value", "near"),
    [
        ("lifecycles", {"bach": []}, "batch"),
        ("lifecycles", {"batch": [{"stat": "validating"}]}, "state"),
        ("lifecycles", {"batch": [{"state": "validating", "secnds": 3}]}, "seconds"),
        ("models", [{"idd": "mine"}], "id"),
        ("models", [{"id": "mine", "output_limt": 3}], "output_limit"),
    ],
)
def test_misspelled_keys_of_tables_name_the_nearest_one(table: str, value: Any, near: str) -> None:
    with pytest.raises(InvalidOption, match=rf"did you mean {near}\?$"):
        read_settings({table: value})


def test_a_settings_file_in_json_may_have_surrogate_pairs(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text(r'{"aliases": {"woman-\ud83d\udc69": "gemini-2.5-flash"}}')
    assert load(file) == {"aliases": {"woman-\U0001f469": "gemini-2.5-flash"}}
