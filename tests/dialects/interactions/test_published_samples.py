"""The kinds of requests in the samples of Google's OpenAPI document (`doc-interactions-openapi`).

Its Python samples read `outputs`, which today's SDK does not have: an interaction has `steps`.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.asking import Asker
from tests.dialects.interactions.talking import create, kinds_of
from tests.dialects.interactions.test_create import PIXEL

FLASH = "gemini-3-flash-preview"
LOOK_UP = {
    "type": "function",
    "name": "find_forecast",
    "description": "Find the forecast of a place",
    "parameters": {
        "type": "object",
        "properties": {"place": {"type": "string", "description": "A town"}},
        "required": ["place"],
    },
}


@pytest.mark.parametrize(
    ("question", "more", "status", "kinds"),
    [
        ("Good morning!", {}, "completed", []),
        (
            [{"type": "text", "text": "What do you see?"},
             {"type": "image", "data": PIXEL, "mime_type": "image/png"}],
            {}, "completed", [],
        ),
        ("What is the forecast for Boston?", {"tools": [LOOK_UP]}, "requires_action",
         ["function_call"]),
        ("Compute the first 10 squares", {"tools": [{"type": "code_execution"}]}, "completed",
         ["code_execution_call", "code_execution_result"]),
        ("Sum up https://www.example.com", {"tools": [{"type": "url_context"}]}, "completed",
         ["url_context_call", "url_context_result"]),
        ("Find a train to Bern",
         {"model": "gemini-2.5-computer-use-preview-10-2025", "tools": [{"type": "computer_use"}]},
         "requires_action", ["function_call"]),
        ("How warm is it in London?",
         {"tools": [{"type": "mcp_server", "name": "weather", "url": "https://example.com/mcp"}]},
         "completed", []),
        ("Who is the president of France?", {"tools": [{"type": "google_search"}]}, "completed",
         ["google_search_call", "google_search_result"]),
        ("Where can I eat near here?",
         {"tools": [{"type": "google_maps", "latitude": 37.7, "longitude": -122.4}]}, "completed",
         ["google_maps_call", "google_maps_result"]),
    ],
)  # fmt: skip
def test_the_kinds_of_samples_are_accepted(
    question: Any, more: dict[str, Any], status: str, kinds: list[str]
) -> None:
    made = create(Asker(), question, **{"model": FLASH, **more})
    assert made.status == 200, made.json
    assert made.json["status"] == status
    assert "outputs" not in made.json
    assert [kind for kind in kinds_of(made.json) if kind in kinds] == kinds
    assert kinds_of(made.json)[-1] == ("model_output" if status == "completed" else kinds[-1])


def test_samples_that_name_something_of_an_account_get_the_real_refusal() -> None:
    store = {"type": "file_search", "file_search_store_names": ["fileSearchStores/some-store-1"]}
    refused = create(Asker(), "Who wrote it?", model=FLASH, tools=[store])
    assert refused.status == 403
    assert refused.error["code"] == "permission_denied"
    image = {"type": "image", "data": "PUT_YOUR_IMAGE_HERE_", "mime_type": "image/png"}
    assert create(Asker(), [image], model=FLASH).error["code"] == "invalid_request"
