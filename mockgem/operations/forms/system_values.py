"""A value that the system instruction wants from each message: "Extract the order number"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.name_words import list_names
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.quoted_material import EdgeText
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.text_lookup import find_in_text
from mockgem.operations.generators.field_numbers import find_number
from mockgem.operations.generators.hints import to_iso_date

EXTRACTS = make_regex(
    r"\b(?:extract|find|identify|return|output|detect|get|pull out|give(?: me)?|(?:reply|respond"
    r"|answer)(?: only)? with)\b (?:only |just |nothing but |exactly )?(?:the name of )?"
    r"(?:the |their |his |her |any |an? )?(?:(?:user|customer|sender|client|caller|person|guest"
    r"|buyer|author)['’]?s? )?(?P<name>[a-z][a-z-]*(?: [a-z-]+){0,3}?)"
    r"(?: (?:that is |which is )?(?:mentioned|given|stated|contained|named))?"
    r" (?:from|in|of) (?:the |each |every |this |a |their )?(?:given |incoming |following )?"
    r"(?:user['’]?s? |customer['’]?s? )?"
    r"(?:messages?|texts?|inputs?|e-?mails?|query|queries|requests?|sentences?|reviews?|tickets?"
    r"|prompts?|questions?)\b",
    re.I,
)
USERS_VALUE = make_regex(
    r"\b(?:extract|find|identify|return|output|detect|get)\b (?:only |just )?(?:the )(?:user"
    r"|customer|client|caller|person|guest|sender)['’]s (?P<name>[a-z][a-z-]*(?: [a-z-]+)?)\b(?= "
    r"as an? |[.,;]|\s*\Z)",
    re.I,
)
"""The same without the message: "Extract the user's age as a number."."""
AND_REPLY = make_regex(
    r"\b(?:extract|find|identify|detect)\b (?:only |just )?(?:the |any )(?P<name>[a-z][a-z-]*(?:"
    r" [a-z-]+){0,2}?),? (?:and|then) (?:only )?(?:reply|return|output|respond|answer|give)\b"
    r"[^.\n]{0,24}\b(?:it|that|them)\b[^.\n]{0,12}\b(?:only|alone|else)\b",
    re.I,
)
"""A value with what to do with it: "Extract the order number and reply with it only."."""
MISSING = make_regex(
    r"\bor (?:with |output |return |say |write )?[\"'“`]?([A-Z]{2,12}|[Nn]one|[Nn]ull|[Uu]nknown"
    r"|N/A|-1)[\"'”`]? (?:if|when)\b|\b(?:[Ii]f|[Ww]hen)\b[^.\n]{0,60}\b(?:no|not|none|missing"
    r"|absent|isn['’]t|doesn['’]t)\b[^.\n]{0,40}?,? (?:output|return|write|say|answer|reply"
    r"|respond|use)(?: with)?(?: only)? [\"'“`]?([\w/ -]{1,24}?)[\"'”`]?(?=[.,;\n]|\Z)",
)
OTHER = make_regex(
    r"\b(?:json|xml|yaml|csv|list|all|every|sentiment|topic|intent|category)\b", re.I
)
NUMBER_OF = make_regex(
    r"#\s?([A-Z]{0,3}-?\d[\d-]{2,14})|\b(?=[A-Z-]{0,6}\d)([A-Z]{0,4}-?\d[\dA-Z-]{3,14})\b"
)


@form(
    "value from each message",
    needs="system",
    about="the value that the system instruction wants from each message, or its word for none",
)
def extract_for_system(question: Question) -> str | None:
    system = question.stated_system
    if not system:
        return None
    match = USERS_VALUE.search(system) or AND_REPLY.search(system)
    match = match or (EXTRACTS.search(system) if question.is_terse else None)
    if match is None or OTHER.search(match[0]) or OTHER.search(system[:2000]):
        return None
    name = match["name"].lower()
    if name in ("it", "them", "that", "this", "both"):
        return None
    inner = Question(question.prompt, question.random)
    inner.parts = EdgeText(system, question.prompt[:8000])
    found = find_message_value(name, question.prompt[:8000], inner)
    if found:
        is_iso = "date" in name and ISO.search(system) is not None
        return (to_iso_date(found) if is_iso else "") or found
    missing = MISSING.search(system)
    return next(filter(None, missing.groups())).strip() if missing else "none"


ISO = make_regex(r"\byyyy-mm-dd\b|\biso\b", re.I)


def find_message_value(name: str, text: str, question: Question) -> str:
    """Return the value of a field in a message; empty if it has none."""
    if re.search(r"\b(?:number|id|code|reference)\b", name) and "phone" not in name:
        match = NUMBER_OF.search(text)
        return str(next(filter(None, match.groups()))) if match else ""
    if re.search(r"\b(?:amount|price|quantity|age|total|budget|count)\b", name):
        number = find_number(name, question.hints)
        return f"{number:g}" if number is not None else ""
    found = find_in_text(name.replace(" ", "_"), text)
    if not found and re.search(r"\b(?:date|deadline|day)\b", name):
        found = next(iter(question.hints.dates), "")
    if not found and re.search(r"\b(?:name|person|company|product|brand|city|country)\b", name):
        return next(iter(list_names(text)), "")
    return found.strip()
