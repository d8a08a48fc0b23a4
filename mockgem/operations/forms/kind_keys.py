"""The usual keys of things: a user has a name and an email."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

KEYS = {
    "user": "id name email age",
    "profile": "name email age city",
    "person": "name age email",
    "product": "id name price description",
    "recipe": "title ingredients steps",
    "book": "title author year",
    "movie": "title director year",
    "event": "name date location",
    "order": "id customer total status",
    "contact details": "name phone email address",
    "contact information": "name phone email address",
    "contact info": "name phone email address",
    "config": "host port debug",
    "employee": "id name position salary",
    "customer": "id name email",
    "car": "make model year",
    "shopping cart": "cart_id items discount_code total currency",
    "cart": "cart_id items discount_code total currency",
    "dog": "name breed age color weight_kg",
    "cat": "name breed age color weight_kg",
    "pet": "name species age owner",
    "invoice": "number date total",
    "weather": "city temperature condition",
    "blog post": "title author content tags",
    "article": "title author content",
    "character": "name age occupation description",
    "joke": "setup punchline",
    "quote": "quote author",
    "dish": "name description price",
    "song": "title artist album year",
    "city": "name country population",
    "country": "name capital population language",
    "animal": "name habitat diet",
    "restaurant": "name cuisine address rating",
    "address": "street city zip country",
    "student": "id name age grade",
    "company": "name city employees founded",
    "workout": "name exercises duration",
    "itinerary": "destination days activities",
    "ticket": "id subject priority status",
    "review": "rating summary",
    "todo": "id title done",
    "task": "id title done",
    "quiz": "question options answer",
}
KINDS = make_regex(rf"\b({'|'.join(KEYS)})s?\b", re.I)


def list_kind_keys(text: str) -> list[str]:
    """Return the usual keys of the kind of thing that a text names first; empty if none."""
    match = KINDS.search(text)
    return KEYS[match[1].lower()].split() if match else []
