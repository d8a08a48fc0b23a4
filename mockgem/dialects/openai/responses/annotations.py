"""Write the sources of a text as its annotations."""

from __future__ import annotations

from typing import Any

from mockgem.core.content import Grounding, GroundingSource

Json = dict[str, Any]


def annotate(text: str, grounding: Grounding | None) -> list[Json]:
    """Return an annotation for each source of each supported part of a text.

    Offsets are characters; those of the grounding are bytes. Evidence: sdk-openai-responses.
    """
    if grounding is None:
        return []
    data = text.encode("utf-8", "replace")
    annotations: list[Json] = []
    for support in grounding.supports:
        start = count_characters(data[: support.start])
        end = start + count_characters(data[support.start : support.end])
        for number in support.sources:
            annotations.append(cite(grounding.sources[number], start, end))
    return annotations


def count_characters(data: bytes) -> int:
    return len(data.decode("utf-8", "ignore"))


def cite(source: GroundingSource, start: int, end: int) -> Json:
    """Return a citation: of a file at the end of the words it supports, or of a page."""
    if source.kind == "retrievedContext":
        named = {"file_id": name_file(source), "filename": source.title}
        return {"type": "file_citation", "index": end, **named}
    place = {"start_index": start, "end_index": end}
    return {"type": "url_citation", **place, "title": source.title, "url": source.uri}


def name_file(source: GroundingSource) -> str:
    """Return what stands for the id of a file: its document has none in Gemini's search."""
    return f"file-{source.title or 'document'}"
