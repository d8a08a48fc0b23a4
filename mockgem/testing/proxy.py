"""Proxies that the environment names, how requests to this machine avoid them, and the variables
that make a server the proxy of a program."""

from __future__ import annotations

import os
import urllib.error
import urllib.request

PROXY_VARIABLES = ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")
SERVER_VARIABLES = ("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy", "WSS_PROXY")
"""The variables that lead clients to a server as their proxy."""
REQUEST_TIMEOUT = 70.0
"""Seconds. The admin API lets a client wait for up to a minute."""
DIRECT_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Sends requests without a proxy, whatever HTTP_PROXY says."""


def find_proxy_variable() -> str:
    """Return the name of the variable that leads clients to a proxy, or an empty text."""
    return next((name for name in PROXY_VARIABLES if os.environ.get(name)), "")


def get_no_proxy() -> str:
    return os.environ.get("NO_PROXY") or os.environ.get("no_proxy") or ""


def build_no_proxy_env() -> dict[str, str]:
    """Return the variables that let clients reach this machine when there is a proxy."""
    return spell_no_proxy() if find_proxy_variable() else {}


def build_proxy_env(url: str, authority: str, bundle: str) -> dict[str, str]:
    """Return the variables with which programs use a server as their proxy, and trust it.

    Some programs read only the lower case, and others only the upper case. `authority` is the file
    of the server's certificate authority, `bundle` has the public ones too: Python's clients, Go
    and curl trust nothing else then. aiohttp reads WSS_PROXY for sockets, and Node 24 reads a proxy
    only with NODE_USE_ENV_PROXY.
    """
    proxies = dict.fromkeys(SERVER_VARIABLES, url)
    bundles = dict.fromkeys(("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"), bundle)
    node = {"NODE_EXTRA_CA_CERTS": authority, "NODE_USE_ENV_PROXY": "1"}
    return proxies | spell_no_proxy() | bundles | node


def spell_no_proxy() -> dict[str, str]:
    """Return the variables that let clients reach this machine without a proxy."""
    hosts = [*filter(None, get_no_proxy().split(",")), "127.0.0.1", "localhost"]
    text = ",".join(dict.fromkeys(hosts))
    return {"NO_PROXY": text, "no_proxy": text}


def send_http(method: str, url: str, body: bytes) -> tuple[int, bytes]:
    """Send a request with JSON to a server on this machine.

    Return the status and the body of the response.
    """
    request = urllib.request.Request(
        url, body or None, {"Content-Type": "application/json"}, method=method
    )
    try:
        with DIRECT_OPENER.open(request, timeout=REQUEST_TIMEOUT) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()
