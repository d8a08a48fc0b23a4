"""Clients with good and bad habits, for verdicts whose right result is known.

Each asks the same question as a stream. Instead of sleeping, a client moves the clock of its world.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

QUESTION = [{"role": "user", "content": "Explain to me how AI works"}]
NEVER_MENDED = (400, 401, 403, 404)


@dataclass
class Reply:
    """What a client saw of one answer."""

    status: int = 0
    text: str = ""
    is_whole: bool = False
    delay: float = 0.0

    @property
    def is_good(self) -> bool:
        return self.status == 200 and self.is_whole


@dataclass
class Link:
    """A world that runs one scenario, and a connection for each request to it."""

    server: str
    world: str
    scenario: str
    session: aiohttp.ClientSession
    sent: int = 0
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def chat_url(self) -> str:
        return f"{self.server}/w/{self.world}~{self.scenario}/v1beta/openai/chat/completions"

    async def wait(self, seconds: float) -> None:
        url = f"{self.server}/w/{self.world}/_mockgem/clock"
        await self.session.post(url, json={"advance": seconds})

    async def verdict(self) -> Any:
        url = f"{self.server}/w/{self.world}/_mockgem/verdict?scenario={self.scenario}"
        async with self.session.get(url) as response:
            return await response.json()

    async def ask(self, messages: Any = QUESTION, *, stop_at: str = "", **more: Any) -> Reply:
        """Ask once. The client closes the connection where `stop_at` has arrived."""
        self.sent += 1
        reply = Reply()
        body = {"model": "gemini-2.5-flash", "messages": messages, "stream": True, **more}
        try:
            async with self.session.post(self.chat_url, json=body) as response:
                reply.status = response.status
                async for line in response.content:
                    read_line(reply, line)
                    if stop_at and stop_at.encode() in line:
                        response.close()
                        return reply
                    if response.status != 200:
                        reply.delay = read_delay(await response.read())
        except (aiohttp.ClientError, ValueError):
            reply.is_whole = False
        return reply


def read_line(reply: Reply, line: bytes) -> None:
    data = line.strip().removeprefix(b"\xef\xbb\xbf").removeprefix(b"data:").strip()
    if data == b"[DONE]":
        reply.is_whole = True
    elif data.startswith(b'{"choices"'):
        choice = json.loads(data)["choices"][0]
        reply.text += choice["delta"].get("content") or ""
        reply.is_whole = reply.is_whole or bool(choice.get("finish_reason"))


def read_delay(rest: bytes) -> float:
    _, _, after = rest.partition(b'"retryDelay": "')
    return float(after.partition(b"s")[0]) if after else 0.0


async def ask_politely(
    link: Link, *, attempts: int = 4, gives_up: tuple[int, ...] = NEVER_MENDED, **more: Any
) -> None:
    for _ in range(attempts):
        reply = await link.ask(**more)
        if reply.is_good or reply.status in gives_up:
            return
        await link.wait(max(reply.delay, 1.0))


async def ask_once(link: Link) -> None:
    await link.ask()


async def retry_at_once(link: Link) -> None:
    for _ in range(4):
        reply = await link.ask()
        if reply.is_good or reply.status in NEVER_MENDED:
            return


async def retry_forever(link: Link) -> None:
    await ask_politely(link, attempts=9)


async def ignore_the_delay(link: Link) -> None:
    for _ in range(4):
        reply = await link.ask()
        if reply.is_good or reply.status in NEVER_MENDED:
            return
        await link.wait(1.0)


async def retry_refusals(link: Link) -> None:
    await ask_politely(link, gives_up=())


async def give_up_early(link: Link) -> None:
    await ask_politely(link, attempts=2)


async def leave_in_the_middle(link: Link) -> None:
    await link.ask(stop_at="data:")


async def resume(link: Link) -> None:
    """Ask for the rest of a broken answer, with the part that arrived as the model's turn."""
    text = ""
    for _ in range(4):
        part = [{"role": "assistant", "content": text}] if text else []
        reply = await link.ask([*QUESTION, *part])
        if reply.is_good or reply.status in NEVER_MENDED:
            return
        text += reply.text
        await link.wait(max(reply.delay, 1.0))


async def hedge(link: Link) -> None:
    """Send every request twice, and drop the slower one when the first is good."""
    tasks = [asyncio.create_task(link.ask()) for _ in range(2)]
    for done in asyncio.as_completed(tasks):
        if (await done).is_good:
            break
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def change_a_byte(link: Link) -> None:
    """Retry politely, with another temperature each time."""
    for number in range(4):
        reply = await link.ask(temperature=number / 10)
        if reply.is_good or (reply.status in NEVER_MENDED and number):
            return
        await link.wait(max(reply.delay, 1.0))


async def stop_at_done(link: Link) -> None:
    await ask_politely(link, stop_at="[DONE]")


CLIENTS: dict[str, Callable[[Link], Awaitable[None]]] = {
    "once": ask_once,
    "at once": retry_at_once,
    "forever": retry_forever,
    "polite": ask_politely,
    "ignores": ignore_the_delay,
    "refusals": retry_refusals,
    "early": give_up_early,
    "leaves": leave_in_the_middle,
    "resumes": resume,
    "hedges": hedge,
    "byte": change_a_byte,
    "done": stop_at_done,
}
