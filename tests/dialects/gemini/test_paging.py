"""Pages of lists: how many items they have without a size, and how many at most."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockgem.core.errors import ApiError
from mockgem.dialects.gemini import (
    batches,
    caches,
    file_search_stores,
    files,
    models,
    webhooks,
)
from mockgem.dialects.gemini.responses import read_paging
from tests.asking import Asker
from tests.world_state import generate_file

KEY = {"x-goog-api-key": "k"}
LONG = "word " * 1200


def get(asker: Asker, path: str, **query: str) -> Any:
    answer = asker.send("GET", f"/v1beta/{path}", b"", KEY, query)
    assert answer.status == 200, answer.text
    return answer.json


def test_a_size_and_a_token_in_both_spellings() -> None:
    assert read_paging({}, 50, 1000) == (50, "")
    assert read_paging({"pageSize": "0"}, 50, 1000) == (50, "")
    assert read_paging({"pageSize": "7", "pageToken": "a"}, 50, 1000) == (7, "a")
    assert read_paging({"page_size": "8", "page_token": "b"}, 50, 1000) == (8, "b")
    assert read_paging({"pageSize": "1000"}, 50, 1000) == (1000, "")
    assert read_paging({"pageSize": "1001"}, 50, 1000) == (1000, "")
    for text in ("x", "1.5", "-1", "9" * 50):
        with pytest.raises(ApiError) as refused:
            read_paging({"pageSize": text}, 50, 1000)
        assert refused.value.failure.reason in ("payload", "page_size")


def test_a_page_of_caches_has_50() -> None:
    asker = Asker()
    cache = {"model": "models/gemini-2.5-flash", "contents": [{"parts": [{"text": LONG}]}]}
    for _ in range(51):
        body = json.dumps(cache).encode()
        assert asker.send("POST", "/v1beta/cachedContents", body, KEY).status == 200
    page = get(asker, "cachedContents")
    assert len(page["cachedContents"]) == 50
    rest = get(asker, "cachedContents", pageToken=page["nextPageToken"])
    assert (len(rest["cachedContents"]), rest.get("nextPageToken", "")) == (1, "")


def test_a_page_of_files_has_10_and_at_most_100() -> None:
    asker = Asker()
    for number in range(101):
        generate_file(asker.world, f"f{number}", b"x")
    assert len(get(asker, "files")["files"]) == 10
    assert len(get(asker, "files", pageSize="100")["files"]) == 100
    assert len(get(asker, "files", pageSize="1000")["files"]) == 100


def test_a_page_of_models_has_50() -> None:
    models = get(Asker(), "models", pageSize="1000")["models"]
    page = get(Asker(), "models")["models"]
    assert page == models[:50]


@pytest.mark.parametrize(
    ("module", "path", "default", "largest"),
    [
        (caches, "cachedContents", 50, 1000),
        (files, "files", 10, 100),
        (batches, "batches", 50, 100),
        (models, "models", 50, 1000),
        (webhooks, "webhooks", 50, 1000),
        (file_search_stores, "fileSearchStores", 10, 20),
    ],
)
def test_each_list_has_its_sizes(
    module: Any, path: str, default: int, largest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[tuple[int, int]] = []

    def note(query: Any, *given: int) -> tuple[int, str]:
        sizes.append((given[0], given[1]))
        return read_paging(query, *given)

    monkeypatch.setattr(module, "read_paging", note)
    get(Asker(), path)
    assert sizes == [(default, largest)]
