"""The dialect of the admin API: all its endpoints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mockgem.core.call import Dialect, Endpoint, OperationContext
from mockgem.core.errors import Failure, RouteNotFound
from mockgem.core.http import WireResponse
from mockgem.dialects.admin import clock_handlers, journal_handlers, resource_handlers
from mockgem.dialects.admin.ca_endpoint import CertificateSource, build_ca_endpoint
from mockgem.dialects.admin.cassette_handlers import (
    CassetteControl,
    CassetteHandlers,
    NoCassettes,
)
from mockgem.dialects.admin.condition_endpoints import (
    NO_CONDITION,
    Condition,
    build_cost_routes,
    build_health_route,
    build_metrics_endpoint,
    build_ready_endpoint,
)
from mockgem.dialects.admin.console_endpoint import CONSOLE_ENDPOINTS
from mockgem.dialects.admin.event_streams import EventStreams
from mockgem.dialects.admin.journal_events import build_events_endpoint
from mockgem.dialects.admin.json_endpoint import HEADERS, AdminRoute, Json, build_endpoint
from mockgem.dialects.admin.media_endpoint import MEDIA_ENDPOINT
from mockgem.dialects.admin.openapi import build_document
from mockgem.dialects.admin.rule_handlers import RuleHandlers
from mockgem.dialects.admin.scenario_handlers import (
    NoScenarioControl,
    ScenarioControl,
    ScenarioHandlers,
)
from mockgem.dialects.admin.snippets import BaseUrls, build_snippets_endpoint
from mockgem.dialects.admin.world_handlers import NoWorldControl, WorldControl, WorldHandlers
from mockgem.dialects.common.json_writer import dump_compact


def build_admin_dialect(
    worlds: WorldControl,
    scenarios: ScenarioControl,
    cassettes: CassetteControl | None = None,
    certificates: CertificateSource | None = None,
    token: str = "",
    base_urls: BaseUrls = (),
    streams: EventStreams | None = None,
    condition: Condition = NO_CONDITION,
) -> Dialect:
    """Build the admin API.

    With a token, only health, ready, media, ca.pem and the console's own files answer requests
    without it.
    """
    files: tuple[Endpoint[Any, Any], ...] = (
        MEDIA_ENDPOINT,
        build_ca_endpoint(certificates),
        build_events_endpoint(streams or EventStreams(), token),
        build_snippets_endpoint(base_urls, token),
        build_ready_endpoint(condition),
        build_metrics_endpoint(condition, token),
    )

    async def describe_api(body: Json, context: OperationContext) -> Json:
        from importlib.metadata import version

        return build_document(routes, files, version("mockgem"))

    routes: tuple[AdminRoute, ...] = (
        build_health_route(condition),
        AdminRoute("GET", "/openapi.json", "Describe the admin API as OpenAPI", describe_api),
        *clock_handlers.ROUTES,
        *ScenarioHandlers(scenarios).build_routes(),
        *RuleHandlers(scenarios).build_routes(),
        *journal_handlers.ROUTES,
        *build_cost_routes(condition),
        *resource_handlers.ROUTES,
        *CassetteHandlers(cassettes or NoCassettes()).build_routes(),
        *WorldHandlers(worlds).build_routes(),
    )
    endpoints = (*[build_endpoint(route, token) for route in routes], *files, *CONSOLE_ENDPOINTS)
    return Dialect("admin", endpoints, refuse_credential, encode_not_found)


def encode_not_found(unrouted: RouteNotFound) -> WireResponse:
    known = ", ".join(format_endpoints(ADMIN.endpoints))
    message = (
        f"mockgem: {unrouted.method} {unrouted.path} does not exist; the endpoints are {known}"
    )
    return WireResponse(404, HEADERS, dump_compact({"error": message}))


def format_endpoints(endpoints: Iterable[Endpoint[Any, Any]]) -> list[str]:
    return [f"{endpoint.method} /_mockgem{endpoint.path}" for endpoint in endpoints]


def refuse_credential(which: str) -> Failure:
    raise AssertionError("the admin surface needs no API key")


ADMIN = build_admin_dialect(NoWorldControl(), NoScenarioControl())
