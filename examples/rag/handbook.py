"""Answers questions from documents, with Google's file search. google-genai reads address and key
from the environment."""

import io
from dataclasses import dataclass

from google import genai
from google.genai import types

MODEL = "gemini-2.5-flash"


@dataclass
class Answer:
    """A text and the names of the documents that it is from."""

    text: str
    sources: list[str]


class Handbook:
    """A store of documents."""

    def __init__(self, client: genai.Client) -> None:
        self.client = client
        self.store = client.file_search_stores.create(config={"display_name": "Handbook"}).name

    def add(self, name: str, text: str, **metadata: int) -> None:
        """Upload a document, and wait until it can be found."""
        fields = [{"key": key, "numeric_value": value} for key, value in metadata.items()]
        operation = self.client.file_search_stores.upload_to_file_search_store(
            file=io.BytesIO(text.encode()),
            file_search_store_name=self.store,
            config={"display_name": name, "mime_type": "text/plain", "custom_metadata": fields},
        )
        while not operation.done:
            operation = self.client.operations.get(operation)

    def ask(self, question: str, only: str = "") -> Answer | None:
        """Return an answer with its sources, or None if no document has one."""
        search = types.FileSearch(
            file_search_store_names=[self.store], metadata_filter=only or None
        )
        reply = self.client.models.generate_content(
            model=MODEL,
            contents=question,
            config=types.GenerateContentConfig(tools=[types.Tool(file_search=search)]),
        )
        grounding = reply.candidates[0].grounding_metadata
        chunks = (grounding and grounding.grounding_chunks) or []
        sources = list(dict.fromkeys(chunk.retrieved_context.title for chunk in chunks))
        return Answer(reply.text, sources) if sources else None
