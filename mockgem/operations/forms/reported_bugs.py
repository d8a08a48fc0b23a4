"""Issues from a report: "When I open the page and click Save, the app shows a blank page"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.field_cues import read_name
from mockgem.operations.forms.lazy_patterns import make_regex

WHEN = make_regex(
    r"\b(?:when(?:ever)?|if|after|as soon as|every time)(?: I| you| we| users?) ([^.\n]{5,200}?),"
    r" ((?:the|my|it|nothing|an?|I|we) [^.\n]{4,160})",
    re.I,
)
STEPS = make_regex(r"^(?:steps|steps_to_reproduce|reproduction_steps|repro_steps|reproduction)$")
TITLE = make_regex(r"^(?:title|summary|subject|headline)$")
BODY = make_regex(r"^(?:body|description|details)$")
ACTUAL = make_regex(r"^(?:actual|actual_behaviou?r|actual_result|observed|observed_behaviou?r)$")
LABELS = make_regex(r"^(?:labels?|tags)$")
AND = make_regex(r",? and (?:then )?|, then |, ")


def read_report(value: dict[str, Any], text: str, wish: str) -> dict[str, Any]:
    """Return an issue with the steps and the fault of a report."""
    names = {read_name(key): key for key in value}
    steps = next((key for name, key in names.items() if STEPS.match(name)), None)
    match = WHEN.search(text[:4000]) if steps else None
    if steps is None or match is None:
        return value
    parts = [part.strip() for part in AND.split(match[1]) if part.strip()]
    done = [f"{part[:1].upper()}{part[1:]}" for part in parts]
    fault = f"{match[2][:1].upper()}{match[2][1:]}".strip()
    report = dict(value)
    report[steps] = done if isinstance(value[steps], list) else "\n".join(done)
    labels = next((key for name, key in names.items() if LABELS.match(name)), None)
    if labels and isinstance(value[labels], list) and re.search(r"\bbug\b", wish):
        report[labels] = ["bug"]
    for name, key in names.items():
        if not isinstance(value[key], str):
            continue
        if TITLE.match(name) or ACTUAL.match(name):
            report[key] = fault
        elif BODY.match(name):
            report[key] = text.strip()
    return report
