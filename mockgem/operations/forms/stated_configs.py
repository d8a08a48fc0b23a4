"""Configurations whose values a prompt states: 'port 8085, database with host "db", debug true'."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.key_lists import cut_list, split_list
from mockgem.operations.forms.lazy_patterns import make_regex

CUE = make_regex(
    r"\b(?:config\w*|settings?|service|file|yaml|json|toml|environment)\b[^:.\n]{0,40}(?::|\bwith\b)\s+",
    re.I,
)
"""What stands in front of the values."""
VALUE = (
    r"(?P<quoted>\"[^\"\n]{0,80}\"|'[^'\n]{0,80}'|`[^`\n]{1,80}`)|(?P<number>-?\d+(?:\.\d+)?)(?![\w.])"
    r"|(?P<flag>true|false|on|off|enabled|disabled|yes|no|null)\b"
)
ITEM = make_regex(
    rf"(?:and |plus )?(?:an? |the )?(?P<key>[A-Za-z][\w-]{{0,30}}(?: [a-z][\w-]{{1,20}}){{0,2}}?)"
    rf"(?: is| are|:| ?=| set to| of)? (?:{VALUE})\.?",
    re.I,
)
GROUP = make_regex(
    r"(?:and |plus )?(?:an? |the )?(?P<key>[A-Za-z][\w-]{0,30}(?: [a-z][\w-]{1,20}){0,2}?)(?:: "
    r"| with (?:the )?)",
    re.I,
)
"""A key in front of others: 'database with host "db"', "feature flags: beta false"."""
FLAGS = {
    "true": True,
    "on": True,
    "enabled": True,
    "yes": True,
    "false": False,
    "off": False,
    "disabled": False,
    "no": False,
    "null": None,
}
FEWEST = 3


def read_stated_config(text: str) -> dict[str, Any]:
    """Return the values that a prompt states for a configuration; empty for fewer than three."""
    cue = CUE.search(text[:2000])
    parts = split_list(cut_list(text[cue.end() :])) if cue else []
    value: dict[str, Any] = {}
    inner: dict[str, Any] | None = None
    count = 0
    for part in parts:
        group = GROUP.match(part)
        if group is not None and ITEM.fullmatch(part[group.end() :].strip()):
            inner = value.setdefault(to_key(group["key"]), {})
            part = part[group.end() :].strip()
        match = ITEM.fullmatch(part)
        if match is None or (inner is not None and not isinstance(inner, dict)):
            return {}
        target = value if inner is None else inner
        target[to_key(match["key"])] = read_value(match)
        count += 1
    return value if count >= FEWEST else {}


def to_key(words: str) -> str:
    return re.sub(r"[ -]+", "_", words.strip().lower())


def read_value(match: re.Match[str]) -> Any:
    if match["quoted"]:
        return match["quoted"][1:-1]
    if match["number"]:
        number = match["number"]
        return float(number) if "." in number else int(number)
    return FLAGS[match["flag"].lower()]
