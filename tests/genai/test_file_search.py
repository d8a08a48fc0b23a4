"""What the documentation of file search tells users to do, with Google's SDK."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from google import genai
from google.genai import errors, types

MODEL = "gemini-2.5-flash"
TEXT = (
    "I, Claudius is a novel by Robert Graves, published in 1934. "
    "It tells the story of a Roman emperor. Its sequel is Claudius the God."
)


@pytest.fixture
def store(client: genai.Client) -> Any:
    return client.file_search_stores.create(config={"display_name": "Library of novels"})


def finish(client: genai.Client, operation: Any) -> Any:
    while not operation.done:
        operation = client.operations.get(operation)
    return operation


def ask(client: genai.Client, question: str, **settings: Any) -> Any:
    tool = types.Tool(file_search=types.FileSearch(**settings))
    config = types.GenerateContentConfig(tools=[tool])
    return client.models.generate_content(model=MODEL, contents=question, config=config)


def test_upload_and_ask(client: genai.Client, store: Any, tmp_path: Path) -> None:
    path = tmp_path / "sample.txt"
    path.write_text(TEXT)
    operation = client.file_search_stores.upload_to_file_search_store(
        file=str(path), file_search_store_name=store.name, config={"display_name": "claudius.txt"}
    )
    assert operation.response.document_name.startswith(f"{store.name}/documents/claudiustxt-")
    operation = finish(client, operation)
    answer = ask(client, "Who wrote the novel I, Claudius?", file_search_store_names=[store.name])
    assert "a novel by Robert Graves" in answer.text
    metadata = answer.candidates[0].grounding_metadata
    context = metadata.grounding_chunks[0].retrieved_context
    assert (context.title, context.text) == ("claudius.txt", TEXT + "\n")
    assert metadata.grounding_supports[0].segment.text in answer.text


def test_import_with_metadata_and_a_filter(
    client: genai.Client, store: Any, tmp_path: Path
) -> None:
    for name, author, year in (("a", "Robert Graves", 1934), ("b", "Someone Else", 2001)):
        path = tmp_path / f"{name}.txt"
        path.write_text(f"{TEXT} This edition is by {author}.")
        file = client.files.upload(file=str(path), config={"display_name": f"{name}.txt"})
        operation = client.file_search_stores.import_file(
            file_search_store_name=store.name,
            file_name=file.name,
            config={
                "custom_metadata": [
                    {"key": "author", "string_value": author},
                    {"key": "year", "numeric_value": year},
                ],
                "chunking_config": {
                    "white_space_config": {"max_tokens_per_chunk": 200, "max_overlap_tokens": 20}
                },
            },
        )
        finish(client, operation)
    for condition in ('author="Robert Graves"', "year < 2000"):
        answer = ask(
            client,
            "Who wrote I, Claudius?",
            file_search_store_names=[store.name],
            metadata_filter=condition,
        )
        [chunk] = answer.candidates[0].grounding_metadata.grounding_chunks
        assert chunk.retrieved_context.title == "a.txt"
    with pytest.raises(errors.ClientError, match="metadata_filter"):
        ask(client, "x", file_search_store_names=[store.name], metadata_filter="author")


def test_manage_stores_and_documents(client: genai.Client, store: Any, tmp_path: Path) -> None:
    assert store.name in [one.name for one in client.file_search_stores.list()]
    path = tmp_path / "sample.txt"
    path.write_text(TEXT)
    client.file_search_stores.upload_to_file_search_store(
        file=str(path), file_search_store_name=store.name, config={"mime_type": "text/plain"}
    )
    [document] = client.file_search_stores.documents.list(parent=store.name)
    document = client.file_search_stores.documents.get(name=document.name)
    assert (document.state, document.size_bytes) == (types.DocumentState.STATE_ACTIVE, len(TEXT))
    assert client.file_search_stores.get(name=store.name).active_documents_count == 1
    with pytest.raises(errors.ClientError, match="non-empty"):
        client.file_search_stores.delete(name=store.name)
    client.file_search_stores.documents.delete(name=document.name, config={"force": True})
    client.file_search_stores.delete(name=store.name, config={"force": True})
    for name in (store.name, "fileSearchStores/unknown"):
        with pytest.raises(errors.ClientError) as refused:
            client.file_search_stores.get(name=name)
        assert refused.value.code == 403


def test_a_store_that_does_not_exist_is_refused(client: genai.Client) -> None:
    for names, code in ((["fileSearchStores/unknown"], 403), (["store"], 400), ([], 400)):
        with pytest.raises(errors.ClientError) as refused:
            ask(client, "x", file_search_store_names=names)
        assert refused.value.code == code
