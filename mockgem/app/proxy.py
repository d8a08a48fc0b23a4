"""Builds the proxy of a server."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from mockgem.config.settings import Settings
from mockgem.core.authority import Authority, HostPatterns, parse_patterns
from mockgem.core.http import Handler
from mockgem.dialects.surfaces import list_service_hosts
from mockgem.recording.upstream import Upstream
from mockgem.server.proxy import Proxy
from mockgem.server.proxy.requests import ProxiedRequests
from mockgem.server.proxy.rules import ProxyRules, parse_named_host

EVERY_HOST = ("*",)


def build_proxy(
    settings: Settings, checked: Handler, unchecked: Handler, own_port: Callable[[], int]
) -> tuple[Handler, Proxy]:
    """Return the handler of a proxy's requests, and the proxy.

    `checked` refuses requests for other hosts, `unchecked` does not. Raises ValueError without TLS.
    """
    if not settings.tls:
        raise ValueError("--proxy needs TLS: start mockgem without --no-tls")
    rules = ProxyRules(find_answered(settings), find_tunneled(settings), own_port)
    named = rules.tunneled.names
    upstream = Upstream(named=named, own_port=own_port, remembers=False)
    requests = ProxiedRequests(rules, upstream, settings.upstream)
    forwarding = requests.wrap(checked, unchecked, is_local=True)
    return requests.wrap(checked, unchecked, is_local=False), Proxy(rules, upstream, forwarding)


def find_answered(settings: Settings) -> HostPatterns:
    """Return the hosts for which a proxy answers: those of the API, and what the user named."""
    patterns = parse_patterns((*list_service_hosts(), *settings.proxy_host)).patterns
    return HostPatterns((*patterns, *list_upstreams(settings.upstream)))


def list_upstreams(url: str) -> list[Authority]:
    """Return the host of --upstream, with its port."""
    parts = urlsplit(url)
    found = parse_named_host(parts.netloc, is_secure=parts.scheme == "https") if url else None
    return [] if found is None else [found]


def find_tunneled(settings: Settings) -> HostPatterns:
    """Return the hosts to which a proxy opens tunnels."""
    if settings.tunnel_host:
        return parse_patterns(settings.tunnel_host)
    records = settings.record_mode != "none" or settings.on_miss == "record"
    return parse_patterns(EVERY_HOST) if records else HostPatterns()
