"""LangChain's OpenAI classes without a URL in code: `mockgem run` sets what they read."""

from __future__ import annotations

import os

from langchain_openai import ChatOpenAI, OpenAIEmbeddings


def test_a_chat_finds_the_server() -> None:
    assert ChatOpenAI(model="gemini-2.5-flash").invoke("Hello").content


def test_embeddings_find_the_server() -> None:
    model = OpenAIEmbeddings(model="gemini-embedding-001", check_embedding_ctx_length=False)
    assert len(model.embed_query("Hello")) == 3072


def test_the_variable_that_langchain_prefers_is_set_too() -> None:
    assert os.environ["OPENAI_API_BASE"] == os.environ["OPENAI_BASE_URL"]
