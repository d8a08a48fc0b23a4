"""What commands need to talk to a running server: its options, and its admin API."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any
from urllib.parse import quote, urlencode

import click

TIMEOUT = 60.0
Json = dict[str, Any]


class WorldClient:
    """The admin API of one world of a running server."""

    def __init__(self, url: str, world: str, token: str) -> None:
        self.url = url.rstrip("/")
        self.world = world
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}
        prefix = f"/w/{quote(world, safe='')}" if world else ""
        self.base = f"{self.url}{prefix}/_mockgem"
        # a proxy of the environment can't reach a server on this machine
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def send(self, method: str, path: str, body: Any = None, **query: str) -> Json:
        """Return the JSON of an answer. Raises ClickException with the server's message."""
        with self.open(method, path, body, query, {}) as response:
            value: Json = json.loads(response.read())
            return value

    def iter_events(self, path: str, last_id: str, **query: str) -> Iterator[tuple[str, str, Json]]:
        """Yield the name, the id and the data of each event, until the stream ends."""
        headers = {"Last-Event-ID": last_id} if last_id else {}
        with self.open("GET", path, None, query, headers) as response:
            fields: dict[str, str] = {}
            for raw in response:
                line = raw.decode("utf-8", "replace").rstrip("\n")
                if line:
                    name, _, text = line.partition(": ")
                    fields[name] = text
                elif "event" in fields:
                    yield fields["event"], fields.get("id", ""), json.loads(fields["data"])
                    fields = {}

    def open(
        self, method: str, path: str, body: Any, query: Mapping[str, str], headers: Json
    ) -> Any:
        """Send a request and return the response. Raises ClickException."""
        address = f"{self.base}{path}" + (f"?{urlencode(query)}" if query else "")
        data = None if body is None else json.dumps(body).encode()
        sent = {**self.headers, "Content-Type": "application/json", **headers}
        request = urllib.request.Request(address, data, sent, method=method)
        try:
            return self.opener.open(request, timeout=TIMEOUT)
        except urllib.error.HTTPError as error:
            raise click.ClickException(read_message(error)) from None
        except (OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            raise click.ClickException(
                f"There is no mockgem server at {self.url}: {reason}. Start one with "
                "mockgem serve, or give its address with --url."
            ) from None


def read_message(error: urllib.error.HTTPError) -> str:
    """Return what a server says about a request that it refused."""
    with error:
        text = error.read().decode("utf-8", "replace")
    try:
        return str(json.loads(text)["error"])
    except (ValueError, KeyError, TypeError):
        return f"the server answered with status {error.code}"


def server_options(function: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say which server and world a command is for.

    The command gets them as its first argument, an `WorldClient`.
    """

    @wraps(function)
    def run(*, url: str, world: str, admin_token: str, **options: Any) -> None:
        function(WorldClient(url, world, admin_token), **options)

    for option in SERVER_OPTIONS:
        option(run)
    return run


SERVER_OPTIONS = (
    click.option(
        "--admin-token",
        metavar="TOKEN",
        default="",
        envvar="MOCKGEM_ADMIN_TOKEN",
        help="The server's admin token, if it requires one.",
    ),
    click.option(
        "--world", metavar="NAME", default="", help="The world; without it the default world."
    ),
    click.option(
        "--url",
        metavar="URL",
        default="http://127.0.0.1:8090",
        envvar="MOCKGEM_URL",
        show_default=True,
        help="The URL of the server.",
    ),
)
