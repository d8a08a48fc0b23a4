"""LiteLLM without a URL in code: `mockgem run` sets the variables that it reads."""

from __future__ import annotations

import os

import pytest

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # else LiteLLM downloads its prices

import litellm

HELLO = [{"role": "user", "content": "Hello"}]


@pytest.mark.parametrize("model", ["openai/gemini-2.5-flash", "gemini/gemini-2.5-flash"])
def test_a_chat_finds_the_server(model: str) -> None:
    assert litellm.completion(model=model, messages=HELLO).choices[0].message.content


def test_embeddings_find_the_server() -> None:
    answer = litellm.embedding(model="gemini/gemini-embedding-001", input=["Hello"])
    assert len(answer.data[0]["embedding"]) == 3072
