"""Render the grounding of a candidate: search results, maps and pages."""

from __future__ import annotations

from typing import Any

from mockgem.core.content import Grounding
from mockgem.dialects.gemini.responses import Json


def render_grounding(found: Grounding) -> Json:
    """Render grounding with keys in the recorded order (029).

    Positions of segments are bytes; a start of 0 is absent.
    """
    metadata: Json = {}
    if entry := found.extra.get("entry_point"):
        metadata["searchEntryPoint"] = {"renderedContent": entry}
    if found.sources:
        metadata["groundingChunks"] = [render_source(one) for one in found.sources]
    if found.supports:
        metadata["groundingSupports"] = [
            {
                "segment": ({"startIndex": one.start} if one.start else {})
                | {"endIndex": one.end, "text": one.text},
                "groundingChunkIndices": list(one.sources),
            }
            for one in found.supports
        ]
    if found.queries:
        metadata["webSearchQueries"] = list(found.queries)
    if widget := found.extra.get("widget"):
        metadata["googleMapsWidgetContextToken"] = widget
    rows = [
        {"retrievedUrl": page, "urlRetrievalStatus": "URL_RETRIEVAL_STATUS_SUCCESS"}
        for page in found.pages
    ]
    return ({"groundingMetadata": metadata} if metadata else {}) | (
        {"urlContextMetadata": {"urlMetadata": rows}} if rows else {}
    )


def render_source(source: Any) -> Json:
    named = {"uri": source.uri, "title": source.title, **source.extra}
    return {source.kind: {name: text for name, text in named.items() if text}}
