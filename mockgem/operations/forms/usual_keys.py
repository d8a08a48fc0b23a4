"""Keys of usual things, for a prompt that wants JSON about one and names no keys."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.described_schema import Described
from mockgem.operations.forms.described_values import build_object, describe_by_name
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.list_wishes import find_list_count
from mockgem.operations.forms.question import Question

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


def find_usual_keys(question: Question) -> Described | None:
    """Return the schema of the kind of thing that the prompt names first."""
    match = KINDS.search(question.instruction[:1000])
    if match is None:
        return None
    keys = KEYS[match[1].lower()].split()
    counted = re.search(rf"\b({NUMBER}) (?:\w+ )?{match[1]}s\b", question.instruction, re.I)
    count = find_list_count(question.instruction) or (parse_count(counted[1]) if counted else 0)
    return Described(build_object([(key, describe_by_name(key)) for key in keys]), count > 1, count)
