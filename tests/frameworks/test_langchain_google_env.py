"""LangChain's Google classes without a URL in code: `mockgem run` sets what they read."""

from __future__ import annotations

from langchain_google_genai import ChatGoogleGenerativeAI, GoogleGenerativeAIEmbeddings


def test_a_chat_finds_the_server() -> None:
    assert ChatGoogleGenerativeAI(model="gemini-2.5-flash").invoke("Hello").content


def test_embeddings_find_the_server() -> None:
    model = GoogleGenerativeAIEmbeddings(model="gemini-embedding-001")
    assert len(model.embed_query("Hello")) == 3072
