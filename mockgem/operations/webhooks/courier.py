"""The courier of a world: delivers events and tries again, and looks after what will cause one.

It works in one task, which ends when there is nothing left to do. Retries and operations follow the
world's clock, which may stand still until a test moves it.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import time
from base64 import b64decode, b64encode
from collections.abc import Awaitable, Callable
from contextvars import Context
from dataclasses import dataclass, replace

from mockgem.core.errors import ApiError
from mockgem.core.scheduling import sleep
from mockgem.core.world import World
from mockgem.operations.webhooks.records import (
    Webhook,
    find_host,
    find_secrets,
    may_deliver_to,
    webhooks_in,
)

FIRST_RETRY, RETRY_PERIOD = 5.0, 24 * 3600.0
"""Seconds before the second attempt, which double each time, and after which the courier gives up.

The service tries again for 24 hours with exponential waits (documented). The first wait is a guess.
Evidence: doc-webhooks.
"""
MAX_PENDING = 1_000
"""Deliveries and operations that wait in one world."""
MAX_AT_ONCE = 16
SHORTEST_PAUSE, LONGEST_PAUSE = 0.02, 0.5
"""Seconds between two rounds: more while nothing happens."""
GONE = 410
"""The status by which a receiver says that it wants no more events."""

Poll = Callable[[], Awaitable[bool]]
"""Looks at an operation, and returns whether it has ended."""


@dataclass
class WebhookDelivery:
    """An event on its way to a webhook. `due` is the world's time of the next attempt."""

    webhook: str
    message_id: str
    body: bytes
    due: float
    attempts: int = 0
    first: float = 0.0


class Courier:
    """Delivers the events of one world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.deliveries: list[WebhookDelivery] = []
        self.watched: dict[str, Poll] = {}
        self.task: asyncio.Task[None] | None = None

    def add(self, delivery: WebhookDelivery) -> None:
        """Deliver an event, unless a thousand others wait."""
        if len(self.deliveries) < MAX_PENDING:
            self.deliveries.append(delivery)
        self.start()

    def watch(self, name: str, poll: Poll) -> None:
        """Look at an operation until it has ended."""
        if len(self.watched) < MAX_PENDING:
            self.watched[name] = poll
        self.start()

    def start(self) -> None:
        """Start the task, if it does not run. Without an event loop, work waits for the next call.

        The task has a separate context: that of the request may belong to work without waits.
        """
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        if self.task is None or self.task.done() or self.task.get_loop() is not loop:
            self.task = loop.create_task(self.run(), context=Context())

    async def run(self) -> None:
        """Work until nothing is left, or until the world is deleted."""
        pause = SHORTEST_PAUSE
        while (self.deliveries or self.watched) and self.world.dispatch is not None:
            moved = await self.look_at_operations()
            moved = await self.deliver_due() or moved
            pause = SHORTEST_PAUSE if moved else min(2 * pause, LONGEST_PAUSE)
            await sleep(pause)

    async def look_at_operations(self) -> bool:
        """Look once at every operation, and return whether one of them has ended."""
        before = len(self.watched)
        for name, poll in list(self.watched.items()):
            try:
                has_ended = await poll()
            except (ApiError, OSError):  # it was deleted, or there is no space for its results
                has_ended = True
            if has_ended:
                self.watched.pop(name, None)
        return len(self.watched) < before

    async def deliver_due(self) -> bool:
        """Try the deliveries whose time has come, and return whether there were any."""
        now = self.world.clock()
        due = [delivery for delivery in self.deliveries if delivery.due <= now][:MAX_AT_ONCE]
        self.deliveries = [delivery for delivery in self.deliveries if delivery not in due]
        again = await asyncio.gather(
            *[self.attempt(delivery) for delivery in due], return_exceptions=True
        )
        self.deliveries += [delivery for delivery in again if isinstance(delivery, WebhookDelivery)]
        return bool(due)

    async def attempt(self, delivery: WebhookDelivery) -> WebhookDelivery | None:
        """Send an event once. Return its delivery if there will be another attempt."""
        webhook = await webhooks_in(self.world).get(delivery.webhook)
        if webhook is None or webhook.state != "enabled":
            return None
        status = await self.send(webhook, delivery)
        if 200 <= status < 300:
            return None
        now = self.world.clock()
        first = delivery.first or now
        wait = FIRST_RETRY * 2**delivery.attempts
        if status == GONE or now + wait > first + RETRY_PERIOD:
            await self.disable(webhook)
            return None
        return replace(delivery, attempts=delivery.attempts + 1, first=first, due=now + wait)

    async def send(self, webhook: Webhook, delivery: WebhookDelivery) -> int:
        """Send an event, and return the status of the answer, 0 if there was none."""
        send = self.world.send_webhook
        if send is None or not may_deliver_to(find_host(webhook.uri), self.world):
            return 0
        moment = str(int(time.time()))
        secrets = [secret for secret, _ in find_secrets(webhook, self.world)]
        headers = {
            "content-type": "application/json",
            "user-agent": "Google-Gemini-Webhooks",
            "webhook-id": delivery.message_id,
            "webhook-timestamp": moment,
            "webhook-signature": sign(secrets, delivery.message_id, moment, delivery.body),
        }
        return await send(webhook.uri, headers, delivery.body)

    async def disable(self, webhook: Webhook) -> None:
        """Disable a webhook whose receiver does not answer."""
        await webhooks_in(self.world).update(
            webhook.id,
            lambda current: replace(current, state="disabled_due_to_failed_deliveries"),
        )


def sign(secrets: list[str], message_id: str, moment: str, body: bytes) -> str:
    """Return the signatures of a message with each secret, as Standard Webhooks defines them.

    `moment` is real time: receivers refuse messages that are older than five minutes.
    """
    signed = f"{message_id}.{moment}.".encode() + body
    keys = [b64decode(secret.removeprefix("whsec_")) for secret in secrets]
    digests = [hmac.new(key, signed, hashlib.sha256).digest() for key in keys]
    return " ".join([f"v1,{b64encode(digest).decode()}" for digest in digests])


def courier_of(world: World) -> Courier:
    """Return the courier of a world, a new one if it has none."""
    if world.courier is None:
        world.courier = Courier(world)
    courier: Courier = world.courier
    return courier


async def watch(world: World, kind: str, name: str, poll: Poll) -> None:
    """Look at an operation until it has ended, if a webhook wants to know about its kind.

    So a client need not poll. Without such a webhook nothing happens.

    Args:
        kind: The beginning of the types of its events: batch, interaction or video.
        name: The name of the operation, which no other one has.
        poll: Looks at the operation once, and returns whether it has ended.
    """
    for webhook in await webhooks_in(world).list_all():
        if webhook.state == "enabled" and any(
            event.startswith(f"{kind}.") for event in webhook.events
        ):
            courier_of(world).watch(f"{kind} {name}", poll)
            return
