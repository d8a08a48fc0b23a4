"""Rules in words, for people at a terminal."""

from __future__ import annotations

import json
from typing import Any

MAX_TEXT = 60
"""Characters of a reply that a line shows."""


def describe_rule(rule: dict[str, Any]) -> str:
    """Return what a rule does, and for which calls."""
    effects = []
    if say := rule.get("say"):
        effects.append(f"say {describe_say(say)}")
    if fail := rule.get("fail"):
        effects.append(f"fail with {fail['error'] if isinstance(fail, dict) else fail}")
    if faults := rule.get("faults"):
        names = [one["fault"] if isinstance(one, dict) else one for one in faults]
        effects.append("faults " + ", ".join(names))
    effects += [name for name in ("latency", "quota", "budget", "headers") if rule.get(name)]
    return ", ".join(effects) + describe_when(rule.get("when") or {})


def describe_say(say: Any) -> str:
    text = say if isinstance(say, str) else say.get("text")
    if text is None:
        text = json.dumps(say, ensure_ascii=False)
    return json.dumps(text[:MAX_TEXT] + ("…" if len(text) > MAX_TEXT else ""), ensure_ascii=False)


def describe_when(when: dict[str, Any]) -> str:
    """Return the conditions. The endpoints of `mockgem say` and `mockgem fail` go without
    saying."""
    shown = {name: value for name, value in when.items() if name not in ("times", "endpoint")}
    times = when.get("times")
    count = "" if times is None else f", {times} time{'' if times == 1 else 's'}"
    return count + (f" if {json.dumps(shown, ensure_ascii=False)}" if shown else "")
