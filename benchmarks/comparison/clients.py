"""The SDKs and the questions of the tasks."""

from __future__ import annotations

import json
import urllib.request
from typing import Any, Literal

import openai
from google import genai
from google.genai import types
from google.oauth2.credentials import Credentials
from pydantic import BaseModel, Field

MODEL, EMBEDDER, LIVE_MODEL = (
    "gemini-2.5-flash",
    "gemini-embedding-001",
    "gemini-2.5-flash-native-audio-preview-12-2025",
)
HEADERS = {"test-name": "comparison"}  # google/test-server names recordings after it
LIVE_PATH = (
    "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent?key=any-key"
)
PROJECT = "projects/my-project/locations/us-central1"
BATCH_LINE: Any = {
    "custom_id": "one",
    "method": "POST",
    "url": "/v1/chat/completions",
    "body": {"model": MODEL, "messages": [{"role": "user", "content": "Name a colour."}]},
}


class Weather(BaseModel):
    """The arguments of a tool."""

    city: str
    unit: Literal["celsius", "fahrenheit"]


class Recipe(BaseModel, extra="forbid"):
    """A structured reply."""

    name: str
    minutes: int
    steps: list[str] = Field(min_length=1)


class Clients:
    """The SDKs, with the base URLs that a program for Gemini has."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.openai = self.connect_openai("/v1beta/openai/")
        self.genai = self.connect_genai()

    def connect_openai(self, path: str) -> openai.OpenAI:
        url = self.root + path
        return openai.OpenAI(api_key="any-key", base_url=url, max_retries=0, timeout=20)

    def connect_genai(self, version: str | None = None) -> genai.Client:
        options = types.HttpOptions(base_url=self.root, api_version=version, timeout=20_000)
        return genai.Client(api_key="any-key", http_options=options)

    def connect_vertex(self, version: str | None = None) -> genai.Client:
        return genai.Client(
            vertexai=True,
            project="my-project",
            location="us-central1",
            credentials=Credentials(token="any-token"),  # type: ignore[no-untyped-call]
            http_options=types.HttpOptions(base_url=self.root, api_version=version, timeout=20_000),
        )


def ask(text: str) -> Any:
    return [{"role": "user", "content": text}]


def post(url: str, body: dict[str, Any], **headers: str) -> Any:
    """Return the JSON of an answer."""
    kinds = {name.replace("_", "-"): value for name, value in headers.items()}
    kinds["content-type"] = "application/json"
    request = urllib.request.Request(url, json.dumps(body).encode(), kinds)
    with urllib.request.urlopen(request, timeout=20) as response:
        return json.load(response)
