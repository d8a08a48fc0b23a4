"""The types of the npm package have the keys of scenarios."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from mockgem.scenarios import schema
from mockgem.scenarios.schema_delivery import Latency
from mockgem.scenarios.schema_replies import Fail, Say, ScriptedToolCall

TYPES = Path(__file__).parent.parent.parent / "clients" / "js" / "src" / "types.ts"
KEY = re.compile(r"^  (\w+)\??:", re.MULTILINE)
MODELS: dict[str, type[BaseModel]] = {
    "When": schema.When,
    "Say": Say,
    "ToolCall": ScriptedToolCall,
    "Fail": Fail,
    "Latency": Latency,
    "Expect": schema.Expect,
}


def find_keys(name: str) -> set[str]:
    found = re.search(
        rf"^export interface {name} .*?\{{\n(.*?)^\}}", TYPES.read_text("utf-8"), re.M | re.S
    )
    assert found, name
    return set(KEY.findall(found[1]))


@pytest.mark.parametrize("name", MODELS)
def test_an_interface_has_all_keys_of_a_scenario(name: str) -> None:
    fields = MODELS[name].model_fields
    assert find_keys(name) == {field.alias or key for key, field in fields.items()}


def test_a_rule_has_all_keys_of_a_scenario() -> None:
    fields = schema.Rule.model_fields
    keys = {field.alias or key for key, field in fields.items()}
    assert find_keys("Rule") | find_keys("Delivery") == keys
