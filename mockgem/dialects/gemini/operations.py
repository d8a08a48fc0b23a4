"""The JSON of google.longrunning.Operation, which batches and videos have in common."""

from __future__ import annotations

from mockgem.dialects.gemini.responses import Json


def render_operation(
    name: str, metadata: Json | None = None, response: Json | None = None, error: Json | None = None
) -> Json:
    """Return an operation, which is done once it has a response or an error.

    Until then it has only its name and metadata (recorded).

    Evidence: native-001-batches-200, native-020-batches-200.
    """
    operation: Json = {"name": name}
    if metadata is not None:
        operation["metadata"] = metadata
    if error is not None:
        return operation | {"done": True, "error": error}
    if response is not None:
        return operation | {"done": True, "response": response}
    return operation
