"""The proxy: CONNECT, tunnels, and requests for other hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockgem.core.frozen import frozen
from mockgem.core.http import Handler

if TYPE_CHECKING:
    from mockgem.recording.upstream import Upstream
    from mockgem.server.proxy.rules import ProxyRules


@frozen
class Proxy:
    """What makes a server a proxy.

    `upstream` finds other hosts and sends requests there. `forwarding_handler` answers requests of
    clients of this machine.
    """

    rules: ProxyRules
    upstream: Upstream
    forwarding_handler: Handler
