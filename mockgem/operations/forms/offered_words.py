"""Offer usual words to the fields of invented data."""

from __future__ import annotations

from typing import Any

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_names import list_local_names
from mockgem.operations.forms.local_values import list_local_values
from mockgem.operations.forms.sample_words import find_sample_words, find_words
from mockgem.operations.generators.field_values import find_label, split_field_name
from mockgem.operations.generators.hints import Hints

CLASSES = frozenset("tone style emotion difficulty complexity reading_level formality".split())
"""Fields that say what a text is like, whose values the text does not have."""


def offer_classes(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema in which fields that judge a text choose from usual words."""
    fields = schema.get("properties")
    if not isinstance(fields, dict):
        return schema
    offered = {
        name: {"type": "string", "enum": words}
        for name, sub in fields.items()
        if name.lower() in CLASSES
        and sub == {"type": "string"}
        and (words := find_words(name.lower()))
    }
    return {**schema, "properties": {**fields, **offered}} if offered else schema


def offer_words(schema: dict[str, Any], hints: Hints, language: str) -> dict[str, Any]:
    """Return a schema in which fields with a usual meaning choose from usual words."""
    if isinstance(schema.get("items"), dict) and "properties" in schema["items"]:
        return {**schema, "items": offer_words(schema["items"], hints, language)}
    fields = schema.get("properties")
    if not isinstance(fields, dict):
        return schema
    offered = {n: offer_to_field(n, field, hints, language) for n, field in fields.items()}
    if "user" in fields and not SERVER_FIELDS.isdisjoint(fields) and not find_label("user", hints):
        offered["user"] = {"type": "string", "enum": ["app_user", "admin"]}
    if fields.get("title") == {"type": "string"} and not JOB_FIELDS.isdisjoint(fields):
        offered["title"] = {"type": "string", "enum": find_words("job title")}
    if fields.get("category") == {"type": "string"} and not SHOP_FIELDS.isdisjoint(fields):
        offered["category"] = {"type": "string", "enum": ["Office", "Kitchen", "Outdoor", "Home"]}
    return {**schema, "properties": offered}


NAMES = make_regex(r"(?:^|\s)(?:names?|titles?|products?|items?|recipes?|subject|topic|goal|task)$")
"""Fields whose value a prompt may give in quotes or after "for"."""


SHOP_FIELDS = frozenset("price stock in_stock sku brand quantity price_usd price_eur".split())
JOB_FIELDS = frozenset("department company salary employment_type employer requirements".split())
SERVER_FIELDS = frozenset(("host", "port", "password", "database"))
"""Fields beside which a user is an account."""


def offer_to_field(
    name: str, schema: dict[str, Any], hints: Hints, language: str
) -> dict[str, Any]:
    if schema.get("type") == "object":
        return offer_words(schema, hints, language)
    if isinstance(schema.get("items"), dict) and schema["items"].get("properties"):
        return {**schema, "items": offer_words(schema["items"], hints, language)}
    words = split_field_name(name)
    if words == "number" and schema == {"type": "string"} and not find_label(words, hints):
        return {"type": "integer", "minimum": 1, "maximum": 99}
    local = list_local_values(name, language, hints.text)
    if not local and not (hints.people or hints.places):
        local = list_local_names(name, language)
    known = local or find_sample_words(words, hints)
    if known is None or find_label(words, hints):
        return schema
    if NAMES.search(words) and (hints.quoted or hints.kinds.get("made for")):
        return schema
    offered = {"type": "string", "enum": known}
    match schema:
        case {"type": "string"} if schema.keys() <= {"type", "title", "description"}:
            return offered
        case {"type": "array", "items": {"type": "string"}} if "enum" not in schema["items"]:
            least = int(schema.get("minItems", 0))
            mentioned = sum(word.lower() in hints.lower_text for word in known)
            limits = {"minItems": mentioned} if 0 < mentioned < least else {}
            return {**schema, **limits, "items": offered, "uniqueItems": least <= len(known)}
    return schema
