"""Announce an event: build its body, and hand it to the courier for every webhook that wants it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from mockgem.core import clock
from mockgem.core.world import World
from mockgem.operations.webhooks.courier import WebhookDelivery, courier_of
from mockgem.operations.webhooks.records import Webhook, webhooks_in


async def announce(world: World, event_type: str, payload: Mapping[str, Any]) -> None:
    """Deliver an event to every enabled webhook that is subscribed to it.

    The deliveries happen later, so this neither waits nor fails.

    Args:
        world: The world that the event happened in.
        event_type: A type of `records.EVENTS`, such as interaction.completed.
        payload: The `data` of the event: at least the `id` of what it is about.
    """
    for webhook in reversed(await webhooks_in(world).list_all()):
        if webhook.state == "enabled" and event_type in webhook.events:
            deliver(world, webhook, event_type, payload)


def deliver(world: World, webhook: Webhook, event_type: str, payload: Mapping[str, Any]) -> None:
    """Hand one event to the courier, for one webhook."""
    body = build_body(world, event_type, payload)
    facts = f"{webhook.id} {event_type}".encode() + body
    message_id = "msg_" + hashlib.blake2b(facts, digest_size=16).hexdigest()
    courier_of(world).add(WebhookDelivery(webhook.id, message_id, body, world.clock()))


def build_body(world: World, event_type: str, payload: Mapping[str, Any]) -> bytes:
    """Return the JSON of an event (documented). Its time is that of the world.

    Evidence: doc-webhooks.
    """
    event = {
        "type": event_type,
        "version": "v1",
        "timestamp": clock.format_time(float(int(world.clock()))),
        "data": dict(payload),
    }
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
