"""Render the grounding of a candidate: search results, maps and pages."""

from __future__ import annotations

from typing import Any

from mockgem.core.content import Grounding
from mockgem.dialects.gemini.responses import Json


def render_grounding(grounding: Grounding) -> Json:
    """Render grounding with keys in the recorded order.

    Positions of segments are bytes; a start of 0 is absent.

    Evidence: native-029-generateContent-200.
    """
    metadata: Json = {}
    if entry := grounding.extra.get("entry_point"):
        metadata["searchEntryPoint"] = {"renderedContent": entry}
    if grounding.sources:
        metadata["groundingChunks"] = [render_source(source) for source in grounding.sources]
    if grounding.supports:
        metadata["groundingSupports"] = [
            {
                "segment": ({"startIndex": support.start} if support.start else {})
                | {"endIndex": support.end, "text": support.text},
                "groundingChunkIndices": list(support.sources),
            }
            for support in grounding.supports
        ]
    if grounding.queries:
        metadata["webSearchQueries"] = list(grounding.queries)
    if widget := grounding.extra.get("widget"):
        metadata["googleMapsWidgetContextToken"] = widget
    rows = [
        {"retrievedUrl": page, "urlRetrievalStatus": "URL_RETRIEVAL_STATUS_SUCCESS"}
        for page in grounding.pages
    ]
    return ({"groundingMetadata": metadata} if metadata else {}) | (
        {"urlContextMetadata": {"urlMetadata": rows}} if rows else {}
    )


def render_source(source: Any) -> Json:
    named = {"uri": source.uri, "title": source.title, **source.extra}
    return {source.kind: {name: text for name, text in named.items() if text}}
