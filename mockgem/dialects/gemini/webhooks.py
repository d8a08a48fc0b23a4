"""Webhooks: create, get, list, change and delete them, send a ping, and rotate their secrets.

Fields and errors are in the style of Google's newer APIs: names with underscores, codes in words.
The types are those of google-genai; no traffic is public. Evidence: sdk-google-genai-webhooks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockgem.core import clock
from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.store import Page
from mockgem.core.world import World
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.common.word_errors import HEADERS, encode_failure
from mockgem.dialects.gemini.responses import Json, read_paging
from mockgem.operations.webhooks import events, records
from mockgem.operations.webhooks.records import Webhook, WebhookChange

FIELDS = {"name": str, "uri": str, "state": str, "subscribed_events": list}
READ_ONLY = ("id", "create_time", "update_time", "new_signing_secret", "signing_secrets")
IMMEDIATELY, AFTER_A_DAY = (
    "revoke_previous_secrets_immediately",
    "revoke_previous_secrets_after_h24",
)
DEFAULT_PAGE, MAX_PAGE = 50, 1_000


@frozen
class WebhookRequest:
    """A request about one webhook or all."""

    wire: WireRequest
    name: str = ""


@frozen
class WebhookSnapshot:
    """A webhook with its valid secrets, and the new one if this answer may show it."""

    webhook: Webhook
    secrets: tuple[tuple[str, float], ...]
    new_secret: str = ""


def take_snapshot(webhook: Webhook, world: World, *, is_new: bool = False) -> WebhookSnapshot:
    secrets = tuple(records.find_secrets(webhook, world))
    return WebhookSnapshot(webhook, secrets, secrets[-1][0] if is_new else "")


async def create(request: WebhookRequest, context: OperationContext) -> WebhookSnapshot:
    change = read_change(read_object(request.wire))
    webhook = await records.create(change, context)
    return take_snapshot(webhook, context.world, is_new=True)


async def get(request: WebhookRequest, context: OperationContext) -> WebhookSnapshot:
    return take_snapshot(await records.find(request.name, context.world), context.world)


async def list_webhooks(
    request: WebhookRequest, context: OperationContext
) -> Page[WebhookSnapshot]:
    paging = read_paging(request.wire.query, DEFAULT_PAGE, MAX_PAGE)
    page = await records.list_webhooks(*paging, context.world)
    return Page([take_snapshot(webhook, context.world) for webhook in page.items], page.token)


async def update(request: WebhookRequest, context: OperationContext) -> WebhookSnapshot:
    """Change the fields of the body, or those of them that `update_mask` names."""
    body = read_object(request.wire)
    query = request.wire.query
    mask = query.get("update_mask") or query.get("updateMask") or ""
    if mask:
        names = [name.strip() for name in mask.split(",")]
        if unknown := [name for name in names if name not in FIELDS]:
            raise invalid(f"The value '{unknown[0][:100]}' is not a field to update.", "webhook")
        body = {name: value for name, value in body.items() if name in names}
    webhook = await records.update(request.name, read_change(body), context.world)
    return take_snapshot(webhook, context.world)


async def delete(request: WebhookRequest, context: OperationContext) -> None:
    await records.delete(request.name, context.world)


async def ping(request: WebhookRequest, context: OperationContext) -> None:
    """Deliver an event without content. A webhook can't ping: that would never end."""
    if "webhook-signature" in request.wire.headers:
        raise invalid("A webhook can't send a ping.", "webhook")
    webhook = await records.find(request.name, context.world)
    events.deliver(context.world, webhook, "ping", {"id": webhook.id})


async def rotate(request: WebhookRequest, context: OperationContext) -> str:
    """Return a new secret."""
    behavior = str(read_object(request.wire).get("revocation_behavior") or AFTER_A_DAY).lower()
    if behavior not in (IMMEDIATELY, AFTER_A_DAY):
        raise invalid(
            f"The value '{behavior[:100]}' is not supported for 'revocation_behavior'. "
            f"Supported values: '{AFTER_A_DAY}', '{IMMEDIATELY}'.",
            "webhook",
        )
    immediately = behavior == IMMEDIATELY
    webhook = await records.rotate_secret(request.name, context.world, immediately=immediately)
    return records.find_secrets(webhook, context.world)[-1][0]


def read_object(wire: WireRequest) -> Json:
    """Return the body. Raises ApiError (400) if it is not an object."""
    body = parse_json(wire.body)
    if not isinstance(body, dict):
        raise invalid("The request body is not an object.", "webhook")
    return body


def read_change(body: Json) -> WebhookChange:
    """Return what a body sets. Raises ApiError (400) for an unknown field or another type."""
    for name, value in body.items():
        if name not in FIELDS and name not in READ_ONLY:
            raise invalid(f"Unknown parameter '{name[:100]}'.", "webhook")
        if name in FIELDS and value is not None and not isinstance(value, FIELDS[name]):
            raise invalid(f"The value of '{name}' has the wrong type.", "webhook")
    subscribed = body.get("subscribed_events")
    if not all(isinstance(event, str) for event in subscribed or ()):
        raise invalid("The value of 'subscribed_events' has the wrong type.", "webhook")
    subscribed_events = None if subscribed is None else tuple(dict.fromkeys(subscribed))
    return WebhookChange(body.get("name"), body.get("uri"), subscribed_events, body.get("state"))


def render_webhook(snapshot: WebhookSnapshot) -> Json:
    webhook = snapshot.webhook
    fields = {
        "id": webhook.id,
        "name": webhook.name,
        "uri": webhook.uri,
        "subscribed_events": webhook.events,
        "state": webhook.state,
        "create_time": format_seconds(webhook.created),
        "update_time": format_seconds(webhook.updated),
        "signing_secrets": [render_secret(*secret) for secret in snapshot.secrets],
        "new_signing_secret": snapshot.new_secret,
    }
    return {name: value for name, value in fields.items() if value}


def render_secret(secret: str, until: float) -> Json:
    shown: Json = {"truncated_secret": f"{secret[:9]}...{secret[-4:]}"}
    return shown | ({"expire_time": format_seconds(until)} if until else {})


def format_seconds(moment: float) -> str:
    return clock.format_time(float(int(moment)))


def encode(value: Json) -> WireResponse:
    return WireResponse(200, HEADERS, dump_compact(value))


def encode_webhook(request: WebhookRequest, snapshot: WebhookSnapshot) -> WireResponse:
    return encode(render_webhook(snapshot))


def encode_webhooks(request: WebhookRequest, page: Page[WebhookSnapshot]) -> WireResponse:
    shown = {"webhooks": [render_webhook(snapshot) for snapshot in page.items]}
    return encode(shown | ({"next_page_token": page.token} if page.token else {}))


def encode_secret(request: WebhookRequest, secret: str) -> WireResponse:
    return encode({"secret": secret})


def encode_empty(request: WebhookRequest, result: None) -> WireResponse:
    return encode({})


def decode(wire: WireRequest, params: Mapping[str, str]) -> WebhookRequest:
    return WebhookRequest(wire, params.get("webhook", ""))


def build_endpoints() -> tuple[Endpoint[Any, Any], ...]:
    one, all_of_them = "/webhooks/{webhook}", "/webhooks"
    rows = (
        ("POST", all_of_them, "Create a webhook", create, encode_webhook),
        ("GET", all_of_them, "List the webhooks", list_webhooks, encode_webhooks),
        ("GET", one, "Look at a webhook", get, encode_webhook),
        ("PATCH", one, "Change a webhook", update, encode_webhook),
        ("DELETE", one, "Delete a webhook", delete, encode_empty),
        ("POST", f"{one}:ping", "Send a ping to a webhook", ping, encode_empty),
        (
            "POST",
            f"{one}:rotateSigningSecret",
            "Give a webhook a new secret",
            rotate,
            encode_secret,
        ),
    )
    return tuple(
        [
            Endpoint(
                method,
                path,
                summary,
                decode,
                perform,
                encode_result,
                encode_failure,
                pure=False,
                scenario="webhooks",
                wire_name="webhooks",
            )
            for method, path, summary, perform, encode_result in rows
        ]
    )
