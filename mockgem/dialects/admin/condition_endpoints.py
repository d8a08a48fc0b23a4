"""Health, readiness and metrics, as load balancers and Prometheus ask for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.world import World
from mockgem.dialects.admin.json_endpoint import (
    HEADERS,
    AdminRoute,
    Json,
    check_query,
    decode_request,
    encode_failure,
)
from mockgem.dialects.common.json_writer import dump_compact


class Condition(Protocol):
    """What a server says about itself."""

    async def find_obstacle(self) -> str:
        """Return why the server should get no requests now, or nothing."""
        ...

    async def list_problems(self) -> list[str]:
        """Return what does not work now, such as a server that keeps the state."""
        ...

    async def render_metrics(self, accept: str) -> tuple[str, bytes] | None:
        """Return the content type and the text of the metrics; None without --metrics."""
        ...

    async def read_costs(self, world: World) -> Json | None:
        """Return what the requests of a world would have cost; None without --costs."""
        ...

    async def clear_costs(self, world: World) -> None:
        """Let a world spend its budget again."""
        ...


class NoCondition:
    """The condition of an admin API without a server, as documents describe it."""

    async def find_obstacle(self) -> str:
        return ""

    async def list_problems(self) -> list[str]:
        return []

    async def render_metrics(self, accept: str) -> tuple[str, bytes] | None:
        return None

    async def read_costs(self, world: World) -> Json | None:
        return None

    async def clear_costs(self, world: World) -> None:
        return None


NO_CONDITION = NoCondition()


def build_health_route(condition: Condition) -> AdminRoute:
    """Return the endpoint that always answers 200: to restart the server would not help."""

    async def check_health(body: Json, context: OperationContext) -> Json:
        problems = await condition.list_problems()
        return {"status": "degraded", "problems": problems} if problems else {"status": "ok"}

    return AdminRoute("GET", "/health", "Check that the server is up", check_health, is_public=True)


def build_ready_endpoint(condition: Condition) -> Endpoint[Json, str]:
    """Return the endpoint that answers 503 while the server starts, drains or has no storage."""

    async def check(request: Json, context: OperationContext) -> str:
        return await condition.find_obstacle()

    def encode(request: Json, obstacle: str) -> WireResponse:
        status = {"status": obstacle or "ready"}
        return WireResponse(503 if obstacle else 200, HEADERS, dump_compact(status))

    return Endpoint(
        "GET",
        "/ready",
        "Check that the server should get requests: 503 while it starts or stops",
        lambda wire, params: {},
        check,
        encode,
        encode_failure,
        pure=False,
        may_wait=True,
    )


def build_metrics_endpoint(condition: Condition, token: str) -> Endpoint[Json, tuple[str, bytes]]:
    """Return the endpoint. With a token, only requests that have it are answered."""

    def decode(wire: WireRequest, params: Mapping[str, str]) -> Json:
        check_query(decode_request(wire, params, token), {}, "GET /metrics")
        return {"accept": wire.headers.get("accept", "")}

    async def read(request: Json, context: OperationContext) -> tuple[str, bytes]:
        """Raises ApiError (404) without --metrics."""
        rendered = await condition.render_metrics(request["accept"])
        if rendered is None:
            message = "metrics are off: start mockgem with --metrics"
            raise ApiError(Failure(Code.NOT_FOUND, message))
        return rendered

    return Endpoint(
        "GET",
        "/metrics",
        "Read metrics in Prometheus' format (with --metrics)",
        decode,
        read,
        encode_metrics,
        encode_failure,
        pure=False,
        may_wait=True,
    )


def encode_metrics(request: Any, rendered: tuple[str, bytes]) -> WireResponse:
    content_type, text = rendered
    return WireResponse(200, (("Content-Type", content_type), *HEADERS[1:]), text)


def build_cost_routes(condition: Condition) -> tuple[AdminRoute, ...]:
    """Return the endpoints for what a world's requests would have cost."""

    async def read(body: Json, context: OperationContext) -> Json:
        """Raises ApiError (404) without --costs."""
        costs = await condition.read_costs(context.world)
        if costs is None:
            message = "costs are off: start mockgem with --costs or --budget"
            raise ApiError(Failure(Code.NOT_FOUND, message))
        return costs

    async def clear(body: Json, context: OperationContext) -> Json:
        await condition.clear_costs(context.world)
        return {"cleared": True}

    return (
        AdminRoute("GET", "/costs", "Read what the requests would have cost (with --costs)", read),
        AdminRoute("DELETE", "/costs", "Forget the costs, so the budget is whole again", clear),
    )
