"""Proxies that the environment names, and how requests to this machine avoid them."""

from __future__ import annotations

import os
import urllib.error
import urllib.request

PROXY_VARIABLES = ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")
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
    if not find_proxy_variable():
        return {}
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
