"""Webhooks as they are kept: created, changed, deleted, and their signing secrets."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from dataclasses import field, replace
from typing import Any
from urllib.parse import urlsplit

from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import frozen
from mockgem.core.store import Collection, Page
from mockgem.core.world import World
from mockgem.operations.generators.ids import insert_with_new_id
from mockgem.operations.quota import check_quota

ID_LENGTH = 24
MAX_NAME, MAX_URI = 512, 2_048
MAX_WEBHOOKS = 100
"""Webhooks of a world: one event leads to as many deliveries (a guess)."""
GRACE_PERIOD = 24 * 3600.0
"""Seconds that an earlier secret stays valid after a rotation (documented).

Evidence: doc-webhooks.
"""
EVENTS = (
    "batch.succeeded",
    "batch.cancelled",
    "batch.expired",
    "batch.failed",
    "interaction.requires_action",
    "interaction.completed",
    "interaction.failed",
    "interaction.cancelled",
    "video.generated",
)
STATES = ("enabled", "disabled", "disabled_due_to_failed_deliveries")
LOCAL_HOST = re.compile(r"localhost|127(?:\.\d{1,3}){3}|::1")


@frozen
class Webhook:
    """A webhook. Times are seconds since 1970.

    `secrets` are pairs of a secret and the time when it ends, 0 for the current one, which is last.
    `rotations` counts the secrets that there have been.
    """

    id: str
    name: str
    uri: str
    events: list[str]
    created: float
    updated: float
    state: str = "enabled"
    secrets: list[Any] = field(default_factory=list)
    rotations: int = 0


@frozen
class WebhookChange:
    """What a client wants to set of a webhook; None leaves a field as it is."""

    name: str | None = None
    uri: str | None = None
    events: tuple[str, ...] | None = None
    state: str | None = None


def webhooks_in(world: World) -> Collection[Webhook]:
    return Collection(world.store, "webhooks", Webhook)


async def create(change: WebhookChange, context: OperationContext) -> Webhook:
    """Create a webhook with a new secret.

    Raises ApiError for invalid fields (400), or if there are too many webhooks or the storage is
    full (429).
    """
    world = context.world
    check_change(change, world)
    if change.uri is None:
        raise invalid("The parameter 'uri' is required.", "webhook")
    if not change.events:
        raise invalid("The parameter 'subscribed_events' is required.", "webhook")
    if len(await webhooks_in(world).list_all()) >= MAX_WEBHOOKS:
        message = f"A project has at most {MAX_WEBHOOKS} webhooks."
        raise ApiError(Failure(Code.RESOURCE_EXHAUSTED, message, reason="webhooks"))
    await check_quota(0, world)
    now = world.clock()
    webhook = Webhook("", change.name or "", change.uri, list(change.events), now, now)
    webhook = await insert_with_new_id(webhook, "id", ID_LENGTH, webhooks_in(world), context)
    signed = add_secret(webhook, world)
    await webhooks_in(world).put(signed.id, signed)
    return signed


def check_change(change: WebhookChange, world: World) -> None:
    """Raise ApiError (400) for a field that is not valid."""
    for event in change.events or ():
        if event not in EVENTS:
            known = ", ".join([f"'{one}'" for one in EVENTS])
            raise invalid(
                f"The value '{event[:100]}' is not supported for 'subscribed_events'. "
                f"Supported values: {known}.",
                "webhook",
            )
    if change.state is not None and change.state not in STATES:
        known = ", ".join([f"'{one}'" for one in STATES])
        raise invalid(
            f"The value '{change.state[:100]}' is not supported for 'state'. "
            f"Supported values: {known}.",
            "webhook",
        )
    if change.name is not None and len(change.name) > MAX_NAME:
        raise invalid(f"'name' has more than {MAX_NAME} characters.", "webhook")
    if change.uri is not None:
        check_uri(change.uri, world)


def check_uri(uri: str, world: World) -> None:
    """Raise ApiError (400) for an address that mockgem does not deliver to."""
    host = find_host(uri)
    if not host or len(uri) > MAX_URI:
        raise invalid(f"'uri' is not an http or https URL: '{uri[:100]}'.", "webhook")
    if not may_deliver_to(host, world):
        raise invalid(
            f"mockgem delivers webhooks to this machine alone, not to '{host[:100]}'. Use "
            f"localhost or 127.0.0.1, or start it with --webhook-host {host[:100]}.",
            "webhook",
        )


def find_host(uri: str) -> str:
    """Return the host of an http(s) URL in lower case, or "" for anything else."""
    try:
        parts = urlsplit(uri)
        port = parts.port
    except ValueError:
        return ""
    is_http = parts.scheme in ("http", "https") and port != 0 and uri.isascii()
    return (parts.hostname or "") if is_http and not re.search(r"[\s\x00-\x1f]", uri) else ""


def may_deliver_to(host: str, world: World) -> bool:
    """Return whether a host is this machine, or one that the settings allow."""
    allowed = world.webhook_hosts
    return bool(LOCAL_HOST.fullmatch(host)) or "*" in allowed or host in allowed


async def find(name: str, world: World) -> Webhook:
    """Return a webhook. Raises ApiError (404) if it does not exist."""
    webhook = await webhooks_in(world).get(name)
    if webhook is None:
        raise webhook_not_found_error(name)
    return webhook


def webhook_not_found_error(name: str) -> ApiError:
    message = f"Webhook {name[:100]} not found."
    return ApiError(Failure(Code.NOT_FOUND, message, reason="webhook_not_found"))


async def list_webhooks(size: int, token: str, world: World) -> Page[Webhook]:
    return await webhooks_in(world).get_page(size, token)


async def update(name: str, change: WebhookChange, world: World) -> Webhook:
    """Change a webhook. Raises ApiError for invalid fields (400) or if it does not exist (404)."""
    check_change(change, world)
    if change.events == ():
        raise invalid("The parameter 'subscribed_events' is required.", "webhook")
    now = world.clock()

    def apply(webhook: Webhook) -> Webhook:
        return replace(
            webhook,
            name=webhook.name if change.name is None else change.name,
            uri=webhook.uri if change.uri is None else change.uri,
            events=webhook.events if change.events is None else list(change.events),
            state=webhook.state if change.state is None else change.state,
            updated=now,
        )

    changed = await webhooks_in(world).update(name, apply)
    if changed is None:
        raise webhook_not_found_error(name)
    return changed


async def delete(name: str, world: World) -> None:
    """Delete a webhook. Raises ApiError (404) if it does not exist."""
    if not await webhooks_in(world).delete(name):
        raise webhook_not_found_error(name)


# Secrets


async def rotate_secret(name: str, world: World, *, immediately: bool) -> Webhook:
    """Give a webhook a new secret. The earlier ones end at once or after a day.

    Raises ApiError (404) if the webhook does not exist.
    """
    changed = await webhooks_in(world).update(
        name, lambda webhook: add_secret(webhook, world, immediately=immediately)
    )
    if changed is None:
        raise webhook_not_found_error(name)
    return changed


def add_secret(webhook: Webhook, world: World, *, immediately: bool = True) -> Webhook:
    """Return a webhook with a new secret, and with the earlier ones that stay valid for a while."""
    end = world.clock() + GRACE_PERIOD
    earlier: list[Any] = []
    if not immediately:
        earlier = [
            [secret, min(until or end, end)] for secret, until in find_secrets(webhook, world)
        ]
    secret = derive_secret(webhook, world)
    return replace(webhook, secrets=[*earlier, [secret, 0]], rotations=webhook.rotations + 1)


def derive_secret(webhook: Webhook, world: World) -> str:
    """Return a secret in the form of Standard Webhooks; the same world has the same secrets."""
    facts = f"{world.seed} {webhook.id} {webhook.rotations}".encode()
    return "whsec_" + b64encode(hashlib.blake2b(facts, digest_size=32).digest()).decode()


def find_secrets(webhook: Webhook, world: World) -> list[tuple[str, float]]:
    """Return the secrets that are valid now, with the times when they end; the current one last."""
    now = world.clock()
    return [(secret, until) for secret, until in webhook.secrets if not until or until > now]
