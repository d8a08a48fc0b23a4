"""The sources of a reply, as each API shows them."""

from __future__ import annotations

from typing import Any

import pytest

from mockgem.core.content import Grounding, GroundingSource, GroundingSupport
from mockgem.dialects.gemini.grounding import render_grounding
from mockgem.dialects.interactions.citations import cite_sources
from mockgem.dialects.openai.responses.annotations import annotate

TEXT = "Grüße. Done."
"""Its first sentence has 6 characters and 8 bytes."""
PAGE = GroundingSource("web", "https://x", "Page")
PLACE = GroundingSource("maps", "https://m", "Place", {"placeId": "p1"})
UNNAMED_PLACE = GroundingSource("maps", "https://m", "")
PASSAGE = GroundingSource(
    "retrievedContext",
    "doc",
    "File",
    {"text": "words", "pageNumber": 2, "customMetadata": [{"key": "k"}]},
)
PLAIN_PASSAGE = GroundingSource("retrievedContext", "", "", {})
FIRST, SECOND = (0, 8, "Grüße."), (9, 14, "Done.")


def ground(*sources: GroundingSource, supports: Any = (), **more: Any) -> Grounding:
    rows = tuple([GroundingSupport(*place, numbers) for place, numbers in supports])
    return Grounding(sources, rows, **more)


@pytest.mark.parametrize(
    ("source", "citation"),
    [
        (PAGE, {"url": "https://x", "title": "Page", "type": "url_citation"}),
        (PLACE, {"place_id": "p1", "name": "Place", "url": "https://m", "type": "place_citation"}),
        (UNNAMED_PLACE, {"name": "", "url": "https://m", "type": "place_citation"}),
        (PASSAGE, {"document_uri": "doc", "file_name": "File", "source": "words", "page_number": 2,
                   "custom_metadata": [{"key": "k"}], "type": "file_citation"}),
        (PLAIN_PASSAGE, {"type": "file_citation"}),
    ],
)  # fmt: skip
def test_interactions_cite_bytes_of_the_text(source: Any, citation: Any) -> None:
    grounding = ground(source, supports=[(FIRST, (0,)), (SECOND, (0,))])
    assert cite_sources(grounding) == [
        {**citation, "start_index": 0, "end_index": 8},
        {**citation, "start_index": 9, "end_index": 14},
    ]


@pytest.mark.parametrize(
    ("source", "annotation", "places"),
    [
        (PAGE, {"type": "url_citation", "title": "Page", "url": "https://x"},
         [{"start_index": 0, "end_index": 6}, {"start_index": 7, "end_index": 12}]),
        (PASSAGE, {"type": "file_citation", "file_id": "file-File", "filename": "File"},
         [{"index": 6}, {"index": 12}]),
        (PLAIN_PASSAGE, {"type": "file_citation", "file_id": "file-document", "filename": ""},
         [{"index": 6}, {"index": 12}]),
    ],
)  # fmt: skip
def test_responses_cite_characters_of_the_text(source: Any, annotation: Any, places: Any) -> None:
    grounding = ground(source, supports=[(FIRST, (0,)), (SECOND, (0,))])
    assert annotate(TEXT, grounding) == [{**annotation, **place} for place in places]
    assert annotate(TEXT, None) == []


def test_a_part_may_have_several_sources() -> None:
    grounding = ground(PAGE, PLACE, supports=[(FIRST, (1, 0))])
    assert [one["type"] for one in cite_sources(grounding)] == ["place_citation", "url_citation"]
    assert [one["title"] for one in annotate(TEXT, grounding)] == ["Place", "Page"]


def test_google_s_own_api_shows_all_of_the_grounding() -> None:
    grounding = ground(
        PAGE,
        PLACE,
        PLAIN_PASSAGE,
        supports=[(FIRST, (0, 1)), (SECOND, (1,))],
        queries=("q",),
        pages=("https://read",),
        extra={"entry_point": "<div>", "widget": "w"},
    )
    assert render_grounding(grounding) == {
        "groundingMetadata": {
            "searchEntryPoint": {"renderedContent": "<div>"},
            "groundingChunks": [
                {"web": {"uri": "https://x", "title": "Page"}},
                {"maps": {"uri": "https://m", "title": "Place", "placeId": "p1"}},
                {"retrievedContext": {}},
            ],
            "groundingSupports": [
                {
                    "segment": {"endIndex": 8, "text": "Grüße."},
                    "groundingChunkIndices": [0, 1],
                },
                {
                    "segment": {"startIndex": 9, "endIndex": 14, "text": "Done."},
                    "groundingChunkIndices": [1],
                },
            ],
            "webSearchQueries": ["q"],
            "googleMapsWidgetContextToken": "w",
        },
        "urlContextMetadata": {
            "urlMetadata": [
                {
                    "retrievedUrl": "https://read",
                    "urlRetrievalStatus": "URL_RETRIEVAL_STATUS_SUCCESS",
                }
            ]
        },
    }
    assert render_grounding(Grounding()) == {}
    assert list(render_grounding(Grounding(pages=("p",)))) == ["urlContextMetadata"]
