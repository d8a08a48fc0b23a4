"""The work for a request grows like its size: four times the size, about four times the calls.

`make growth` measures the time of all fields. This counts Python's calls instead, so that a busy
machine changes nothing, and takes small requests.
"""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from mockgem.operations.generators.hints import extract_hints
from mockgem.operations.generators.schema_validation import NoConformingValue
from mockgem.operations.generators.schema_values import generate_value
from mockgem.operations.generators.seeded_random import SeededRandom
from tests.asking import Asker

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from growth_requests import CHAT_BODIES, NATIVE_BODIES, TARGETS

SIZES = 3_000, 12_000
MAX_GROWTH = 4 * 1.3
FEW_CALLS = 2_000
"""Calls that a request takes however small it is."""
MAX_CALLS = 1_500_000
"""Calls for a schema of 20 KB, at most: about 150 ms."""


class CallCounter:
    """Counts the calls of Python and C functions while it is active.

    The garbage collector waits meanwhile: it would call the finalizers of earlier tests' objects.
    """

    def __init__(self) -> None:
        self.count = 0
        self.collects = gc.isenabled()

    def note(self, frame: Any, event: str, argument: Any) -> None:
        self.count += event in ("call", "c_call")

    def __enter__(self) -> CallCounter:
        gc.disable()
        sys.setprofile(self.note)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)
        if self.collects:
            gc.enable()


def count_calls(target: str, body: Any) -> int:
    asker = Asker()
    wire = TARGETS[target].make_request(json.dumps(body).encode())
    asker.send(wire.method, wire.path, wire.body, wire.headers)  # imports what is needed
    counts = []
    for _ in range(2):
        asker = Asker()
        with CallCounter() as counter:
            asker.send(wire.method, wire.path, wire.body, wire.headers)
        counts.append(counter.count)
    return min(counts)


BODIES = [
    *[pytest.param("chat", name, id=f"chat, {name}") for name in CHAT_BODIES],
    *[pytest.param("generateContent", name, id=f"native, {name}") for name in NATIVE_BODIES],
]


@pytest.mark.slow
@pytest.mark.parametrize(("target", "name"), BODIES)
def test_work_grows_like_the_size(target: str, name: str) -> None:
    build = TARGETS[target].more[name]
    small, large = [count_calls(target, build(size)) for size in SIZES]
    assert large <= MAX_GROWTH * small + FEW_CALLS


STRING = {"type": "string"}
MANY = range(500)
PRODUCTS: dict[str, Any] = {
    "items and options": {
        "type": "array",
        "minItems": 1900,
        "items": {"anyOf": [{"type": "object", "required": [f"k{n}"]} for n in MANY]},
    },
    "items and constants": {
        "type": "array",
        "minItems": 1900,
        "items": {"oneOf": [{"const": n} for n in MANY]},
    },
    "items and members": {
        "type": "array",
        "minItems": 1900,
        "items": {"enum": [f"v{n}" for n in range(3000)]},
    },
    "items and fields": {
        "type": "array",
        "minItems": 1900,
        "items": {"type": "object", "properties": {f"p{n}": {"type": "integer"} for n in MANY}},
    },
    "patterns and fields": {
        "type": "object",
        "properties": {f"p{n}": STRING for n in MANY},
        "patternProperties": {f"^p{n}$": {"minLength": 1} for n in MANY},
    },
    "contained options": {
        "type": "array",
        "contains": {"anyOf": [{"const": n} for n in range(1500)]},
        "minContains": 1400,
    },
    "patterns": {
        "type": "array",
        "minItems": 1990,
        "items": {"type": "string", "pattern": "^(a|b){50}$"},
    },
    "integers": {
        "type": "object",
        "properties": {f"field {n} xyz": {"type": "integer"} for n in MANY},
    },
    "titles": {
        "type": "array",
        "minItems": 300,
        "items": {"title": "x" * 20_000, "properties": {"name": STRING}, "required": ["name"]},
    },
    "long names": {
        "type": "array",
        "minItems": 1900,
        "items": {"properties": {"aB" * 10_000: STRING}, "required": ["aB" * 10_000]},
    },
}


@pytest.mark.parametrize("name", PRODUCTS)
def test_two_parts_of_a_small_schema_that_multiply_have_a_limit(name: str) -> None:
    hints = extract_hints("List 12 red cars in Paris, Rome and Oslo.")
    with CallCounter() as counter:
        try:
            value = generate_value(PRODUCTS[name], hints, SeededRandom(0))
        except NoConformingValue:
            value = None
    assert counter.count < MAX_CALLS
    assert len(json.dumps(value)) < 3_000_000
