"""The options of the proxy: rows of the table in `options.py`."""

from __future__ import annotations

from mockgem.config.option_kinds import Flag, HostNames


class ProxyOptions:
    """Options of a server that clients use as their proxy."""

    proxy = Flag(
        False,
        group="Proxy",
        help=(
            "Be an HTTPS proxy too: answer what clients send to the hosts of the API through "
            "HTTPS_PROXY, so that they need no other base URL."
        ),
    )
    proxy_host = HostNames(
        group="Proxy",
        help=(
            "With --proxy, answer for this host too (repeatable), like a gateway. * stands for any "
            "characters; without a PORT it has the ports 80 and 443."
        ),
    )
    tunnel_host = HostNames(
        group="Proxy",
        help=(
            "With --proxy, pass on connections to this host without reading them (repeatable). "
            "Without it, a recorder does so for all public hosts, and other servers refuse them."
        ),
    )
