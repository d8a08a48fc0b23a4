"""Clients of both SDKs against one server, which MOCKGEM_URL names. Each test has a world of its
own."""

from __future__ import annotations

import os
import uuid

import pytest
from google import genai
from openai import OpenAI


@pytest.fixture
def url() -> str:
    return f"{os.environ['MOCKGEM_URL']}/w/{uuid.uuid4().hex}"


@pytest.fixture
def client(url: str) -> genai.Client:
    return genai.Client(api_key="any-key", http_options={"base_url": url})


@pytest.fixture
def openai(url: str) -> OpenAI:
    return OpenAI(api_key="any-key", base_url=url + "/v1beta/openai/", max_retries=0)
