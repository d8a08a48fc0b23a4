"""Faults of the vectors in answers with embeddings."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any

from mockgem.core.call import Fault
from mockgem.faults.json_body import edit_documents, json_fault
from mockgem.faults.registry import FaultOptions

Json = Any
VECTOR_KEYS = ("data", "embeddings", "predictions")


@json_fault("embeddings_collapse", applies_to="embeddings", help="Send one vector for all texts.")
def embeddings_collapse(options: FaultOptions) -> Fault:
    return edit_documents(drop_other_vectors)


def drop_other_vectors(document: Json) -> None:
    for name in VECTOR_KEYS:
        if isinstance(document.get(name), list):
            document[name] = document[name][:1]


@json_fault(
    "embeddings_short",
    keys=("size",),
    applies_to="embeddings",
    help="Send vectors of another length; by default three numbers.",
)
def embeddings_short(options: FaultOptions) -> Fault:
    size = options.size or 3

    def shorten_vectors(document: Json) -> None:
        rows = [row for name in VECTOR_KEYS for row in (document.get(name) or ())]
        for row in [*rows, document.get("embedding")]:
            if isinstance(row, dict):
                shorten_vector(row, size)

    return edit_documents(shorten_vectors)


def shorten_vector(row: Json, size: int) -> None:
    """Shorten a vector of numbers, or of base64 of float32, which openai's SDK asks for."""
    for key in ("embedding", "values"):
        if isinstance(row.get(key), list):
            row[key] = row[key][:size]
        elif isinstance(row.get(key), str):
            row[key] = b64encode(b64decode(row[key])[: 4 * size]).decode()
    for part in row.values():
        if isinstance(part, dict):
            shorten_vector(part, size)
