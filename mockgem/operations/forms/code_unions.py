"""The values that a prompt lists for a field: status ('open' | 'done')."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

UNION = make_regex(
    r"\b([a-z_]\w{1,30})`?:? ?\(?(?:one of )?((?:['\"][\w -]{1,30}['\"]"
    r"(?: ?\| ?|, or |, | or |/)){1,9}"
    r"['\"][\w -]{1,30}['\"])"
)


def find_unions(text: str) -> dict[str, list[str]]:
    """Return the fields with the values that a prompt lists for them: status ('open' | 'done')."""
    if "'" not in text and '"' not in text:
        return {}
    return {
        name: re.findall(r"['\"]([^'\"]+)['\"]", listed) for name, listed in UNION.findall(text)
    }
