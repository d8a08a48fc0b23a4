"""Facts that a few words state, as an object: "port 8080, host db.local, debug off"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.statements import parse_cell

PARTS = make_regex(r"[;\n]\s*|,\s+(?:and\s+)?|\.\s+|\s+and\s+", re.I)
LEAD = make_regex(
    r"\A(?:(?:my|the|our|your|its|it|i|we|app|server|this|that|also|and|has|have|with|a|an|there"
    r"|are|runs?|running|uses?|using|on)\s+)+",
    re.I,
)
LONGEST = 400
IS = make_regex(
    r"([A-Za-z][\w /-]{1,30}?)(?:\s?[:=]\s?|\s(?:is|are|was|=)\s(?:on |at |set to )?)(.{1,60})"
)
SWITCH = make_regex(
    r"([A-Za-z][\w -]{1,30}?)\s(?:is\s|are\s|turned\s|switched\s)?(on|off|enabled|disabled|true"
    r"|false|active"
    r"|inactive)",
    re.I,
)
ON = frozenset("on enabled true active".split())
VALUE_AFTER = make_regex(
    r"([A-Za-z][A-Za-z _-]{1,30}?)\s(?:on\s|at\s|of\s)?(\d{1,9}(?:\.\d{1,4})?|\S*[\w]\.[\w]\S*"
    r"|\S*\d\S*)"
)
COUNTED = make_regex(
    r"(\d{1,6}(?:\.\d{1,3})?)\s?((?:GB|MB|TB|GHz|kg|km|m²|sqm|euros?|€|%)\s)?([A-Za-z][A-Za-z"
    r" ]{1,24})"
)
NAMED = make_regex(
    r"(?i:i['’]?m|i am|my name is|call me|this is)\s([A-Z][\w'-]+(?: [A-Z][\w'-]+)?)"
)
AGED = make_regex(r"(?:i['’]?m |i am |aged? )?(\d{1,3})(?: years? old)?", re.I)
FROM = make_regex(
    r"(?:i['’]?m |i am |i |and )*(?:from|live in|living in|based in|lives in)\s([A-Z][\w'"
    r" -]{1,30})",
    re.I,
)
JOB = make_regex(
    r"(?:and )?(?:i )?(?:work(?:s|ing)? as|i['’]?m|i am|as)\s(?:an? )([a-z][\w -]{2,30})", re.I
)


def read_facts(text: str) -> dict[str, Any]:
    """Return the facts of a short text by their names; empty if it states fewer than two."""
    text = text.strip().rstrip(".!")
    if not text or len(text) > LONGEST:
        return {}
    parts = [part.strip(" .") for part in PARTS.split(text) if part.strip(" .")]
    person = read_person(parts)
    if len(person) > 1:
        return person
    found: dict[str, Any] = {}
    left = []
    for part in parts:
        plain = LEAD.sub("", part)
        pair = read_pair(plain)
        if pair:
            found.setdefault(pair[0], pair[1])
        elif plain:
            left.append(plain)
    if len(found) < 2 or len(left) > len(found):
        return {}
    return {**found, **({"other": left if len(left) > 1 else left[0]} if left else {})}


def read_pair(part: str) -> tuple[str, Any] | None:
    """Return the name and the value of one fact."""
    if match := SWITCH.fullmatch(part):
        return fold(match[1]), match[2].lower() in ON
    if match := IS.fullmatch(part):
        return fold(match[1]), read_value(match[2])
    if match := COUNTED.fullmatch(part):
        if match[2]:
            return fold(match[3]), f"{match[1]} {match[2].strip()}"
        return fold(match[3]), read_value(match[1])
    match = VALUE_AFTER.fullmatch(part)
    return (fold(match[1]), read_value(match[2])) if match else None


def read_value(text: str) -> Any:
    plain = text.strip(" .\"'")
    if plain.lower() in ("on", "off", "enabled", "disabled", "yes", "no"):
        return plain.lower() in (*ON, "yes")
    return parse_cell(plain)


def read_person(parts: list[str]) -> dict[str, Any]:
    """Return what somebody says about himself: the name, the age, the city, the job."""
    found: dict[str, Any] = {}
    for part in parts:
        if "name" not in found and (match := NAMED.match(part)):
            found["name"] = match[1]
        elif found and (match := AGED.fullmatch(part)):
            found["age"] = int(match[1])
        elif found and (match := FROM.match(part)):
            found["city"] = match[1].strip()
        elif found and (match := JOB.match(part)):
            found["job"] = match[1].strip()
    return found


def fold(name: str) -> str:
    return re.sub(r"[\s/-]+", "_", name.strip().lower())
