"""A fault is declared once, beside its function; everything that lists faults follows."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import mockgem
from mockgem.cli import main
from mockgem.core.call import Fault
from mockgem.faults import registry
from mockgem.faults.frames import change_events
from mockgem.faults.registry import FaultOptions, all_faults, fault
from mockgem.scenarios.loader import BadScenario, parse_scenario
from mockgem.scenarios.schema import Scenario
from mockgem.scenarios.validation import find_mistakes
from tests.docs.generated import with_parts
from tests.scenarios.playing import Player, rules


@pytest.fixture
def shout(monkeypatch: pytest.MonkeyPatch) -> None:
    all_faults()
    monkeypatch.setattr(registry, "DECLARED", dict(registry.DECLARED))

    @fault("shout", keys=("times",), applies_to="streams", help="Send capital letters.")
    def shout(options: FaultOptions) -> Fault:
        return change_events(
            lambda data: data.replace(b"content", b"CONTENT" * (options.times or 1))
        )


@pytest.mark.usefixtures("shout")
def test_one_declaration_is_enough_for_a_scenario() -> None:
    player = Player(rules("{faults: [{fault: shout, times: 2}]}"))
    assert b"CONTENTCONTENT" in player.chat("hi", stream=True).body
    assert b"CONTENT" not in player.chat("hi").body


@pytest.mark.usefixtures("shout")
def test_a_declared_fault_is_listed_and_checked() -> None:
    listed = CliRunner().invoke(main, ["scenario", "faults"]).output
    assert re.search(r"^shout +times +Send capital letters\.$", listed, re.M)
    row = "| `shout` | `times` | streams | Send capital letters. |"
    assert row in with_parts("<!-- faults -->\n<!-- /faults -->")
    assert "shout" in str(Scenario.model_json_schema())
    with pytest.raises(BadScenario, match="shout does not take size; it takes times"):
        parse_scenario(rules("{faults: [{fault: shout, size: 2}]}"))
    with pytest.raises(BadScenario, match="did you mean shout"):
        parse_scenario(rules("{faults: [shuot]}"))
    idle = parse_scenario(rules("{when: {stream: false}, faults: [{fault: shout, times: 1}]}"))
    assert any("shout" in words for _, words in find_mistakes(idle))


def test_a_fault_that_is_not_declared_is_refused() -> None:
    with pytest.raises(BadScenario, match='"shout" is not known'):
        parse_scenario(rules("{faults: [shout]}"))
    assert "shout" not in str(Scenario.model_json_schema())


def test_a_verdict_knows_which_faults_are_harmless(monkeypatch: pytest.MonkeyPatch) -> None:
    all_faults()
    monkeypatch.setattr(registry, "DECLARED", dict(registry.DECLARED))
    for name, harmless in (("loud", False), ("quiet", True)):

        @fault(name, applies_to="streams", help="Change nothing.", harmless=harmless)
        def keep(options: FaultOptions) -> Fault:
            return change_events(lambda data: data)

    assert noticed("loud") == "0 of 1"
    assert noticed("quiet") == "0 of 0"


def noticed(name: str) -> Any:
    player = Player(rules(f"{{faults: [{name}]}}", expect={"noticed": True}))
    player.chat("hi", stream=True).body  # noqa: B018
    verdict = player.send("GET", "/_mockgem/verdict").json
    (check,) = [one for one in verdict["checks"] if one["check"] == "noticed"]
    return check["found"]


def test_a_name_stands_in_one_place() -> None:
    root = Path(mockgem.__file__).parent
    text = "\n".join([path.read_text() for path in root.rglob("*.py")])
    names = [name for name in all_faults() if "_" in name]
    assert len(names) > 20
    assert {name: text.count(f'"{name}"') for name in names} == dict.fromkeys(names, 1)


def test_every_fault_is_described() -> None:
    for one in all_faults().values():
        assert one.help[0].isupper(), one.name
        assert one.help.endswith("."), one.name
        assert not {*one.keys} - {
            "at", "for", "size", "times", "text", "code", "error", "framing"
        }  # fmt: skip


def test_the_order_of_the_list_does_not_depend_on_what_was_imported_first() -> None:
    code = (
        "from mockgem.faults import content\n"
        "from mockgem.faults.registry import all_faults\n"
        "print(','.join(all_faults()))"
    )
    command = [sys.executable, "-c", code]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    assert found.split(",") == list(all_faults())


def test_a_server_without_a_scenario_imports_no_fault() -> None:
    code = (
        "import sys\n"
        "from mockgem.app.factory import create_app\n"
        "from mockgem.config.settings import Settings\n"
        "create_app(Settings())\n"
        "print(*[name for name in sys.modules if name.startswith('mockgem.faults.')])"
    )
    command = [sys.executable, "-c", code]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    heavy = {f"mockgem.faults.{module}" for module in (*registry.MODULES, "registry")}
    assert not heavy & {*found}
