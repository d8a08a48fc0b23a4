"""The variables that frameworks read besides those of the SDKs."""

from __future__ import annotations

import os

ANY_KEY = "any-key"
KEYS = (
    "GOOGLE_GENERATIVE_AI_API_KEY",  # Vercel AI SDK
    "SPRING_AI_OPENAI_API_KEY",
    "SPRING_AI_GOOGLE_GENAI_API_KEY",
)
"""Keys that frameworks require under other names than the SDKs."""
REPLACED_KEYS = (
    "GOOGLE_API_KEY",
    "GOOGLE_GENAI_API_KEY",
    "LANGCHAIN4J_OPEN_AI_CHAT_MODEL_API_KEY",
    "LANGCHAIN4J_OPEN_AI_STREAMING_CHAT_MODEL_API_KEY",
    "LANGCHAIN4J_OPEN_AI_EMBEDDING_MODEL_API_KEY",
    "LANGCHAIN4J_OPEN_AI_IMAGE_MODEL_API_KEY",
)
"""Keys that are only set to replace a real one.

Google's SDKs warn about two keys. langchain4j creates a model for each key that is set.
"""


def build_framework_env(openai_url: str, gemini_url: str) -> dict[str, str]:
    """Return the URLs and keys that frameworks read, by the names of their variables.

    LangChain prefers OPENAI_API_BASE to OPENAI_BASE_URL. LiteLLM reads GEMINI_API_BASE with the
    version of the API. The starters of Spring AI and langchain4j read properties, which Spring
    Boot also takes from variables; Spring AI 1 appends OpenAI's paths to the base URL.
    """
    bare_url = openai_url.rstrip("/")
    langchain4j = {
        f"LANGCHAIN4J_OPEN_AI_{model}_MODEL_BASE_URL": openai_url
        for model in ("CHAT", "STREAMING_CHAT", "EMBEDDING", "IMAGE")
    }
    return {
        "OPENAI_API_BASE": openai_url,
        "GEMINI_API_BASE": f"{gemini_url}/v1beta",
        "SPRING_AI_OPENAI_BASE_URL": bare_url,
        "SPRING_AI_OPENAI_CHAT_COMPLETIONS_PATH": "/chat/completions",
        "SPRING_AI_OPENAI_EMBEDDING_EMBEDDINGS_PATH": "/embeddings",
        **langchain4j,
        **build_framework_keys(),
    }


def build_framework_keys() -> dict[str, str]:
    """Return the keys that frameworks read, by the names of their variables."""
    replaced = [name for name in REPLACED_KEYS if name in os.environ]
    return dict.fromkeys((*KEYS, *replaced), ANY_KEY)


def build_key_env() -> dict[str, str]:
    """Return a key for SDKs and frameworks, without a URL."""
    return build_framework_keys() | dict.fromkeys(("OPENAI_API_KEY", "GEMINI_API_KEY"), ANY_KEY)
