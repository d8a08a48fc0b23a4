"""Answers with a file search: what they quote and cite, on every surface."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.library import (
    KEY,
    PARIS,
    TEA,
    Library,
    grounding_of,
    sources_of,
    text_of,
)
from tests.operations.file_search.test_extraction import build_pdf

QUESTION = "What is the capital of France?"
THREE = "gemini-3-flash-preview"
SOURCE = [{"key": "source_url", "stringValue": "https://example.com/paris"}]


@pytest.fixture
def library() -> Library:
    return Library()


@pytest.fixture
def store(library: Library) -> str:
    store = library.create_store("Atlas")
    library.put(store, PARIS, "Paris", customMetadata=SOURCE)
    library.put(store, TEA, "Tea guide", customMetadata=[{"key": "year", "numericValue": 2024}])
    library.put(store, "Berlin is the capital of Germany.", "Berlin")
    return store


def test_an_answer_quotes_and_cites_the_passage(library: Library, store: str) -> None:
    answer = library.ask("Which landmark is the Eiffel Tower?", store)
    quote = "The Eiffel Tower is a famous landmark in Paris."
    assert text_of(answer) == quote
    assert grounding_of(answer) == {
        "groundingChunks": [
            {
                "retrievedContext": {
                    "title": "Paris",
                    "text": PARIS + "\n",
                    "fileSearchStore": store,
                    "customMetadata": SOURCE,
                }
            }
        ],
        "groundingSupports": [
            {"segment": {"endIndex": len(quote), "text": quote}, "groundingChunkIndices": [0]}
        ],
    }


def test_the_passages_count_as_tokens_of_a_tool(library: Library, store: str) -> None:
    usage = library.ask(QUESTION, store).json["usageMetadata"]
    tokens = usage["toolUsePromptTokenCount"]
    assert tokens > len(PARIS) / 4
    assert usage["toolUsePromptTokensDetails"] == [{"modality": "TEXT", "tokenCount": tokens}]


def test_segments_are_the_bytes_of_the_text(library: Library) -> None:
    store = library.create_store()
    library.put(store, "Grüner Tee zieht bei 80 °C. Köln liegt am Rhein.", "Tee")
    library.put(store, "Schwarzer Tee braucht 100 °C.", "Mehr Tee")
    answer = library.ask("Wie heiß ist das Wasser für grüner Tee oder schwarzer Tee?", store)
    text = text_of(answer).encode()
    supports = grounding_of(answer)["groundingSupports"]
    assert len(supports) == 2
    for support in supports:
        segment = support["segment"]
        found = text[segment.get("startIndex", 0) : segment["endIndex"]].decode()
        assert found == segment["text"]


def test_the_same_sentence_of_two_documents_is_quoted_once(library: Library) -> None:
    store = library.create_store()
    for name in ("one", "two"):
        library.put(store, "Tea is green.", name)
    answer = library.ask("Is tea green?", store)
    assert text_of(answer) == "Tea is green."
    [support] = grounding_of(answer)["groundingSupports"]
    assert support["groundingChunkIndices"] == [0, 1]


def test_a_passage_of_a_pdf_has_its_page_number(library: Library) -> None:
    store = library.create_store()
    pdf = build_pdf("Tea is green.", "Coffee is black.")
    library.upload(store, pdf, "application/pdf", displayName="drinks.pdf")
    [source] = sources_of(library.ask("Which colour has coffee?", store))
    assert (source["title"], source["pageNumber"]) == ("drinks.pdf", 2)
    assert source["text"].strip() == "Coffee is black."


def test_nothing_that_fits_is_no_source(library: Library, store: str) -> None:
    answer = library.ask("Who won the football match yesterday?", store)
    assert text_of(answer) == "I found nothing about this in the files."
    assert grounding_of(answer) == {}


def test_several_stores_are_searched_together(library: Library, store: str) -> None:
    more = library.create_store("More")
    library.put(more, "Rome is the capital of Italy.", "Rome")
    assert set(library.find_titles("capital", store, more)) == {"Paris", "Berlin", "Rome"}
    assert library.find_titles("capital of Italy", store, more, store)[0] == "Rome"


def test_top_k_limits_the_passages(library: Library, store: str) -> None:
    assert len(library.find_titles("capital", store)) == 2
    assert len(library.find_titles("capital", store, topK=1)) == 1
    assert len(library.find_titles("capital", store, top_k="1")) == 1


def test_a_filter_chooses_the_documents(library: Library, store: str) -> None:
    question = "capital, or green tea"
    assert library.find_titles(question, store, metadataFilter="year >= 2024") == ["Tea guide"]
    condition = 'source_url = "https://example.com/paris"'
    assert library.find_titles(question, store, metadata_filter=condition) == ["Paris"]
    assert library.find_titles(question, store, metadataFilter="year = 1") == []
    assert len(library.find_titles(question, store, metadataFilter="")) > 1


@pytest.mark.parametrize(
    ("settings", "status", "words"),
    [
        ({"fileSearchStoreNames": []}, 400, "invalid argument"),
        ({}, 400, "invalid argument"),
        ({"fileSearchStoreNames": ["files/abc"]}, 400, "invalid argument"),
        ({"fileSearchStoreNames": ["my-store"]}, 400, "invalid argument"),
        ({"fileSearchStoreNames": ["projects/p/fileSearchStores/a"]}, 400, "invalid argument"),
        ({"fileSearchStoreNames": ["fileSearchStores/Ä"]}, 400, "invalid argument"),
        ({"fileSearchStoreNames": ["fileSearchStores/a/documents/b"]}, 400, "invalid argument"),
        ({"fileSearchStoreNames": [5]}, 400, "invalid argument"),
        ({"fileSearchStoreNames": "fileSearchStores/unknown"}, 403, "may not exist"),
        ({"fileSearchStoreNames": ["fileSearchStores/unknown"]}, 403, "may not exist"),
        ({"fileSearchStoreNames": [f"fileSearchStores/a{n}" for n in range(6)]}, 400, "At most 5"),
        ({"topK": -1}, 400, "Invalid top_k: -1"),
        ({"topK": 101}, 400, "Invalid top_k: 101"),
        ({"topK": 1.5}, 400, "invalid argument"),
        ({"metadataFilter": 5}, 400, "invalid argument"),
        ({"metadataFilter": "author"}, 400, "Invalid metadata_filter"),
        ({"metadataFilter": "(" * 2000}, 400, "Invalid metadata_filter"),
        ({"metadataFilter": "a=1 OR " * 10_000}, 400, "Invalid metadata_filter"),
    ],
)
def test_searches_that_are_refused(
    library: Library, store: str, settings: Any, status: int, words: str
) -> None:
    names = {"fileSearchStoreNames": [store]} if settings and len(settings) == 1 else {}
    chosen = settings if "fileSearchStoreNames" in settings or not settings else names | settings
    body = {"contents": [{"parts": [{"text": "x"}]}], "tools": [{"fileSearch": chosen}]}
    answer = library.send("POST", "/v1beta/models/gemini-2.5-flash:generateContent", body)
    assert (answer.status, words in answer.error["message"]) == (status, True), answer.text


def test_a_deleted_store_can_not_be_searched(library: Library, store: str) -> None:
    assert library.ask(QUESTION, store).status == 200
    library.send("DELETE", f"/v1beta/{store}", query={"force": "true"})
    assert library.ask(QUESTION, store).status == 403


def test_a_repeated_question_sees_new_documents(library: Library, store: str) -> None:
    for _ in range(3):
        assert library.find_titles("capital of Italy", store) != ["Rome"]
    library.put(store, "Rome is the capital of Italy.", "Rome")
    assert library.find_titles("capital of Italy", store)[0] == "Rome"


def test_gemini_3_shows_the_call_if_asked(library: Library, store: str) -> None:
    body = {
        "contents": [{"parts": [{"text": QUESTION}]}],
        "tools": [{"fileSearch": {"file_search_store_names": [store]}}],
        "toolConfig": {"includeServerSideToolInvocations": True},
    }
    answer = library.send("POST", f"/v1beta/models/{THREE}:generateContent", body)
    call, result, text = answer.json["candidates"][0]["content"]["parts"]
    assert call["toolCall"] == {"id": call["toolCall"]["id"], "toolType": "FILE_SEARCH"}
    assert result["toolResponse"] == {"id": call["toolCall"]["id"], "toolType": "FILE_SEARCH"}
    assert "Paris is the capital of France." in text["text"]
    assert all("thoughtSignature" in part for part in (call, result, text))


def test_a_stream_ends_with_the_sources(library: Library, store: str) -> None:
    body = {
        "contents": [{"parts": [{"text": QUESTION}]}],
        "tools": [{"fileSearch": {"fileSearchStoreNames": [store]}}],
    }
    path = f"/v1beta/models/{THREE}:streamGenerateContent"
    events = [
        json.loads(block.removeprefix("data: "))
        for block in library.send("POST", path, body, query={"alt": "sse"}).text.split("\r\n\r\n")
        if block
    ]
    whole = library.ask(QUESTION, store, model=THREE)
    text = "".join(
        part.get("text", "")
        for event in events
        for part in event["candidates"][0]["content"].get("parts", ())
    )
    assert text == text_of(whole)
    assert events[-1]["candidates"][0]["groundingMetadata"] == grounding_of(whole)


def test_json_stays_json_and_has_the_sources(library: Library, store: str) -> None:
    body = {
        "contents": [{"parts": [{"text": QUESTION}]}],
        "tools": [{"fileSearch": {"fileSearchStoreNames": [store]}}],
        "generationConfig": {"responseMimeType": "application/json"},
    }
    answer = library.send("POST", f"/v1beta/models/{THREE}:generateContent", body)
    json.loads(text_of(answer))
    assert sources_of(answer)[0]["title"] == "Paris"
    assert "groundingSupports" not in grounding_of(answer)


def test_chat_quotes_the_same_passage(library: Library, store: str) -> None:
    tools = [{"file_search": {"file_search_store_names": [store]}}]
    body = {
        "model": "gemini-2.5-flash",
        "messages": [{"role": "user", "content": QUESTION}],
        "extra_body": {"google": {"tools": tools}},
    }
    path = "/v1beta/openai/chat/completions"
    headers = {"authorization": "Bearer k", "host": KEY["host"]}
    answer = library.asker.send("POST", path, json.dumps(body).encode(), headers)
    assert answer.message["content"] == text_of(library.ask(QUESTION, store))
    tools[0]["file_search"]["file_search_store_names"] = ["fileSearchStores/unknown"]
    refused = library.asker.send("POST", path, json.dumps(body).encode(), headers)
    assert refused.status == 403


def test_a_cache_keeps_the_stores(library: Library, store: str) -> None:
    cached = {
        "model": "models/gemini-2.5-flash",
        "contents": [{"role": "user", "parts": [{"text": "Read this. " * 2000}]}],
        "tools": [{"fileSearch": {"fileSearchStoreNames": [store]}}],
    }
    cache = library.send("POST", "/v1beta/cachedContents", cached).json["name"]
    body = {"contents": [{"parts": [{"text": QUESTION}]}], "cachedContent": cache}
    answer = library.send("POST", "/v1beta/models/gemini-2.5-flash:generateContent", body)
    assert sources_of(answer)[0]["title"] == "Paris"


def test_a_lenient_server_invents_what_is_not_there() -> None:
    library = Library(lenient=True)
    [source, *_] = sources_of(library.ask(QUESTION, "fileSearchStores/unknown"))
    assert (source["title"], source["fileSearchStore"]) == (
        "document-1.txt",
        "fileSearchStores/unknown",
    )
    store = library.create_store()
    library.put(store, PARIS, "Paris")
    assert library.find_titles(QUESTION, store) == ["Paris"]


def test_a_server_that_starts_again_finds_the_documents(tmp_path: Any) -> None:
    settings = {"state": str(tmp_path / "state")}
    library = Library(**settings)
    store = library.create_store("Atlas")
    library.put(store, PARIS, "Paris", customMetadata=SOURCE)
    before = library.ask(QUESTION, store)
    again = Library(**settings)
    assert grounding_of(again.ask(QUESTION, store)) == grounding_of(before)
    assert again.send("GET", f"/v1beta/{store}").json["sizeBytes"] == str(len(PARIS))
