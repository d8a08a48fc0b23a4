"""Write the sources of a text as its annotations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mockgem.core.content import Grounding, GroundingSource

Json = dict[str, Any]


def cite_sources(grounding: Grounding) -> list[Json]:
    """Return an annotation for each source of each supported part of the text. Offsets are bytes.

    Evidence: native-124-interactions-200.
    """
    citations = []
    for support in grounding.supports:
        place = {"start_index": support.start, "end_index": support.end}
        for number in support.sources:
            source = grounding.sources[number]
            citations.append({**CITERS[source.kind](source), **place, "type": TYPES[source.kind]})
    return citations


TYPES = {"web": "url_citation", "maps": "place_citation", "retrievedContext": "file_citation"}


def cite_page(source: GroundingSource) -> Json:
    return {"url": source.uri, "title": source.title}


def cite_place(source: GroundingSource) -> Json:
    place = {"place_id": source.extra["placeId"]} if "placeId" in source.extra else {}
    return {**place, "name": source.title, "url": source.uri}


def cite_file(source: GroundingSource) -> Json:
    """Return the file of a passage, with the passage itself."""
    facts = source.extra
    named = {
        "document_uri": source.uri,
        "file_name": source.title,
        "source": facts.get("text", ""),
        "page_number": facts.get("pageNumber"),
        "custom_metadata": facts.get("customMetadata"),
    }
    return {name: value for name, value in named.items() if value}


CITERS: Mapping[str, Callable[[GroundingSource], Json]] = {
    "web": cite_page,
    "maps": cite_place,
    "retrievedContext": cite_file,
}
