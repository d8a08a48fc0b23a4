"""List the resources of a world with their states, and complete, fail or expire one."""

from __future__ import annotations

from mockgem.core import clock
from mockgem.core.call import OperationContext
from mockgem.core.errors import invalid
from mockgem.dialects.admin.json_endpoint import AdminRoute, Json
from mockgem.operations.resource_control import (
    KINDS,
    ResourceView,
    change_resource,
    list_resources,
)

ACTION_SCHEMA: Json = {
    "type": "object",
    "required": ["kind", "name", "action"],
    "additionalProperties": False,
    "properties": {
        "kind": {"enum": list(KINDS)},
        "name": {"type": "string", "description": "The name as GET /resources shows it"},
        "action": {"enum": ["complete", "fail", "expire"]},
    },
}


async def read_resources(body: Json, context: OperationContext) -> Json:
    return {"resources": [render_resource(view) for view in await list_resources(context)]}


async def act_on_resource(body: Json, context: OperationContext) -> Json:
    """Complete, fail or expire a resource. Raises ApiError (400, 404)."""
    for name in ACTION_SCHEMA["required"]:
        if not isinstance(body.get(name), str):
            raise invalid('expected {"kind": "file", "name": "abc-123", "action": "complete"}')
    view = await change_resource(body["kind"], body["name"], body["action"], context)
    return render_resource(view)


def render_resource(view: ResourceView) -> Json:
    return {
        "kind": view.kind,
        "name": view.name,
        "title": view.title,
        "state": view.state,
        "created": clock.format_time(view.created),
        "expires": clock.format_time(view.expires) if view.expires else None,
        "size": view.size,
        "actions": list(view.actions),
    }


ROUTES = (
    AdminRoute(
        "GET",
        "/resources",
        "List files, caches, batches, videos, interactions … with their states",
        read_resources,
    ),
    AdminRoute(
        "POST",
        "/resources",
        'Change a state: {"kind": "video", "name": "…", "action": "complete"}, or fail, expire',
        act_on_resource,
        request_schema=ACTION_SCHEMA,
    ),
)
