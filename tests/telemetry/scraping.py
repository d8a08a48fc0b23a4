"""Read the metrics of a server as Prometheus does."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

Json = dict[str, Any]
CHAT = "/v1beta/openai/chat/completions"
GENERATE = "/v1beta/models/gemini-2.5-flash:generateContent"
STREAM = "/v1beta/models/gemini-2.5-flash:streamGenerateContent"
KEY = {"Authorization": "Bearer test-key"}
GOOGLE_KEY = {"x-goog-api-key": "test-key"}
HELLO: Json = {"contents": [{"parts": [{"text": "Say hello."}]}]}


def make_chat(model: str = "gemini-2.5-flash", text: str = "hi", **more: Any) -> Json:
    return {"model": model, "messages": [{"role": "user", "content": text}], **more}


class Scrape:
    """The samples of one scrape."""

    def __init__(self, text: str) -> None:
        self.text = text
        families = list(text_string_to_metric_families(text))
        self.families = {family.name: family for family in families}
        self.samples = [sample for family in families for sample in family.samples]

    def sum(self, name: str, **labels: str) -> float:
        """Return the sum of the samples that have these labels."""
        return sum(
            sample.value
            for sample in self.samples
            if sample.name == name and labels.items() <= sample.labels.items()
        )

    def values_of(self, label: str) -> set[str]:
        return {one.labels[label] for one in self.samples if label in one.labels}


async def scrape(session: aiohttp.ClientSession, url: str) -> Scrape:
    async with session.get(f"{url}/_mockgem/metrics") as response:
        text = await response.text()
        assert response.status == 200, text
        assert response.headers["Content-Type"].startswith("text/plain; version=")
        return Scrape(text)


async def post(
    session: aiohttp.ClientSession, url: str, body: Json, headers: Json | None = None
) -> tuple[int, bytes, Any]:
    sent = {**KEY, "Content-Type": "application/json", **(headers or {})}
    if "/models/" in url:
        sent = {**sent, **GOOGLE_KEY}
        del sent["Authorization"]
    async with session.post(url, data=json.dumps(body), headers=sent) as response:
        return response.status, await response.read(), response.headers


async def wait_for(session: aiohttp.ClientSession, url: str, name: str, value: float) -> Scrape:
    """Return the first scrape in which a metric has a value."""
    for _ in range(3_000):
        found = await scrape(session, url)
        if found.sum(name) == value:
            return found
        await asyncio.sleep(0.02)
    raise AssertionError(f"{name} is {found.sum(name)}, not {value}")
