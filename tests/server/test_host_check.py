"""Who is let in: Host, absolute addresses, origins, tokens. Rows 1 to 4 of the threats."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from mockgem.core.http import WireRequest
from mockgem.server.host_check import AllowedHosts, is_loopback
from tests.asking import Answer, Asker
from tests.conftest import ServerProcess
from tests.server.test_http import Running, running

EVIL = """evil.example evil.example:80 127.0.0.1.evil.example localhost.evil.example 169.254.169.254
    10.0.0.1:8090
user@127.0.0.1 [::ffff:10.0.0.1] 127.0.0.1@evil.example evil.example. 0.0.0.0.evil""".split()
GOOD = """localhost localhost:8090 LOCALHOST 127.0.0.1 127.0.0.1:1 127.1.2.3 [::1] [::1]:8090
    localhost. app.localhost:3000
generativelanguage.googleapis.com [::ffff:127.0.0.1]:1""".split()


def test_names_that_lead_to_this_machine() -> None:
    hosts = AllowedHosts("127.0.0.1")
    assert [host for host in GOOD if not hosts.is_allowed(host)] == []
    assert [host for host in (*EVIL, "") if hosts.is_allowed(host)] == []


MALFORMED = r"""127.0.0.1/evil 127.0.0.1:99999 127.0.0.1:65536 127.0.0.1:x 127.0.0.1:1:2
    localhost?x localhost#x localıhost [::1 ::1 [::1]x [127.0.0.1] [1:2:3] 127.0.0.1\evil
    user@127.0.0.1 127.0.0.1:-1 127.0.0.1:² localhost,evil 127.0.0.1:+80""".split()


@pytest.mark.parametrize("host", [*MALFORMED, "local host", "localhost\n"])
def test_a_host_that_is_not_valid_is_refused_by_every_server(host: str) -> None:
    """RFC 9112 3.2: 400, also where every name is accepted."""
    assert not AllowedHosts("0.0.0.0", ("*",)).is_allowed(host)
    assert status(host) == 400
    assert status(host, allowed_host=("*",)) == 400


def test_the_message_for_a_host_that_is_not_valid() -> None:
    for host, shown in (("localhost:65536", "localhost:65536"), ("[" * 101, "[" * 100)):
        wire = WireRequest("GET", "/", {}, {"host": host}, b"", target="/")
        message = f"mockgem: the host {shown!r} is not valid: use a name or an IP address, and a "
        body = asyncio.run(Asker().door(wire)).body
        assert json.loads(body)["error"] == message + "port up to 65535"


def test_a_thousand_accepted_hosts_are_remembered() -> None:
    """Clients choose the header, so memory has to have a limit."""
    hosts = AllowedHosts("127.0.0.1")
    assert all(hosts.is_allowed(f"n{number}.localhost") for number in range(1100))
    assert not hosts.is_allowed("evil.example")
    assert hosts.accepted == {f"n{number}.localhost" for number in range(1000)}


@pytest.mark.parametrize("host", ["localhost:", "localhost:0", "[::1]:65535", "a_b.localhost:80"])
def test_odd_hosts_that_are_valid(host: str) -> None:
    assert status(host) == 200


def test_beyond_loopback_addresses_and_names_of_the_own_network_are_good() -> None:
    hosts = AllowedHosts("0.0.0.0", ("*.example.org",))
    assert all(
        hosts.is_allowed(host) for host in (*GOOD, "mockgem:8090", "10.0.0.1", "api.example.org")
    )
    assert not any(hosts.is_allowed(host) for host in ("evil.example", "example.org", ""))
    hosts = ("127.0.0.1", "::1", "localhost", "0.0.0.0", "::", "", "10.0.0.1")
    assert [is_loopback(host) for host in hosts] == [
        True, True, True, False, False, False, False,
    ]  # fmt: skip


def status(
    host: str | None, path: str = "/v1beta/openai/models", target: str = "", **settings: Any
) -> int:
    headers = {"authorization": "Bearer k"} | ({} if host is None else {"host": host})
    wire = WireRequest("GET", path, {}, headers, b"", target=target or path)
    return asyncio.run(Asker(**settings).door(wire)).status


@pytest.mark.parametrize(
    "path", ["/v1beta/openai/models", "/_mockgem/health", "/_mockgem/journal", "/nothing"]
)
def test_every_route_looks_at_the_name(path: str) -> None:
    assert status("evil.example", path) == 421
    assert status("localhost", path) in (200, 404)
    assert status("evil.example", path, allowed_host=("evil.example",)) in (200, 404)
    assert status("localhost", path, target=f"http://evil.example{path}") == 421


async def test_raw_requests_with_other_names() -> None:
    async for server in running():
        await look(server)


async def look(server: Running) -> None:
    def request(line: str, *headers: str) -> bytes:
        return (
            "\r\n".join([line, *headers, "Authorization: Bearer k", "Connection: close", "", ""])
        ).encode()

    path = "/v1beta/openai/models"
    for host in ("evil.example", "127.0.0.1.", "[::1]:80", f"127.0.0.1:{server.port}"):
        got = await server.raw(request(f"GET {path} HTTP/1.1", f"Host: {host}"))
        assert got.startswith(b"HTTP/1.1 421" if host == "evil.example" else b"HTTP/1.1 200"), host
    absolute = await server.raw(
        request(f"GET http://evil.example{path} HTTP/1.1", "Host: 127.0.0.1")
    )
    assert absolute.startswith(b"HTTP/1.1 421")
    two = await server.raw(request(f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Host: evil.example"))
    assert two.startswith((b"HTTP/1.0 400", b"HTTP/1.1 400"))
    upgrade = await server.raw(
        request(
            f"GET {path} HTTP/1.1",
            "Host: 127.0.0.1",
            "Origin: http://evil.example",
            "Upgrade: websocket",
        )
    )
    assert b" 101 " not in upgrade.split(b"\r\n")[0]


def admin(method: str, path: str, asker: Asker | None = None, **headers: str) -> Answer:
    found = {name.replace("_", "-"): text for name, text in headers.items()}
    return (asker or Asker()).send(
        method, "/_mockgem" + path, b'{"advance": "1h"}' if method == "POST" else b"", found
    )


JSON = "application/json"
FOREIGN = [
    {"origin": "http://evil.example"},
    {"origin": "null"},
    {"origin": "https://localhost.evil.example"},
    {"referer": "http://evil.example/page"},
    {"sec_fetch_site": "cross-site"},
    {"sec_fetch_site": "same-site"},
]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/clock"), ("GET", "/journal"), ("DELETE", "/journal"), ("GET", "/worlds")],
)
def test_pages_of_another_origin_neither_change_nor_see_anything(
    method: str, path: str, headers: dict[str, str]
) -> None:
    asker = Asker()
    before = asker.world.clock()
    answer = admin(method, path, asker, content_type=JSON, **headers)
    assert answer.status == 403
    assert not answer.header("access-control-allow-origin")
    assert asker.world.clock() == before


def test_a_form_can_change_nothing() -> None:
    asker = Asker()
    before = asker.world.clock()
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        assert admin("POST", "/clock", asker, content_type=kind).status == 400
    assert admin("GET", "/clock", asker).status == 200
    assert asker.world.clock() == before
    assert (
        admin("POST", "/clock", asker, content_type=JSON, origin="http://localhost:3000").status
        == 200
    )
    assert asker.world.clock() == before + 3600


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/json", 200),
        ("APPLICATION/JSON", 200),
        ("application/json; charset=utf-8", 200),
        (" Application/Json ;x=y", 200),
        ("application/merge-patch+json", 200),
        ("text/plain;application/json", 400),
        ("text/plain; x=application/json", 400),
        ("text/json-ish", 400),
        ("application/jsonp", 400),
        ("multipart/form-data; boundary=json", 400),
        ("json", 400),
        ("", 400),
    ],
)
def test_only_json_is_json(kind: str, status: int) -> None:
    """A page may send text/plain with any parameter without asking first (CORS)."""
    assert admin("POST", "/clock", content_type=kind).status == status


def test_nothing_is_changed_by_get() -> None:
    asker = Asker()
    before = asker.world.clock()
    for path in ("/reset", "/scenario", "/clock", "/journal", "/worlds"):
        admin("GET", path, asker)
    assert asker.send("GET", "/_mockgem/reset").status == 404
    assert (asker.world.clock(), asker.world.scenario, asker.worlds.list_all()) == (
        before,
        "",
        [asker.world],
    )


def test_preflights_of_the_admin_api_are_not_answered() -> None:
    headers = {"origin": "http://evil.example", "access-control-request-method": "POST"}
    answer = Asker().send("OPTIONS", "/_mockgem/clock", b"", headers)
    assert answer.status == 404
    assert not answer.header("access-control-allow-origin")


@pytest.mark.parametrize("origin", ["http://localhost:5173", "null", "https://app.example"])
def test_the_api_itself_is_open_to_pages_and_never_with_credentials(origin: str) -> None:
    answer = Asker().send(
        "GET", "/v1beta/openai/models", b"", {"origin": origin, "authorization": "Bearer k"}
    )
    assert answer.header("access-control-allow-origin") == [origin]
    assert "Origin" in answer.header("vary")
    assert not answer.header("access-control-allow-credentials")


def test_a_token_is_asked_for() -> None:
    asker = Asker(admin_token="s3cret")
    assert admin("GET", "/journal", asker).status == 401
    assert admin("GET", "/journal", asker, authorization="Bearer wrong").status == 401
    assert admin("GET", "/journal", asker, authorization="Bearer s3cret").status == 200
    assert admin("GET", "/journal", asker, x_mockgem_token="s3cret").status == 200
    assert admin("GET", "/health", asker).status == 200


def test_beyond_loopback_a_token_is_made_up_and_shown() -> None:
    server = ServerProcess("--quiet", "--host", "127.0.0.1")
    try:
        assert json.loads(server.get("/_mockgem/journal"))["entries"] == []
    finally:
        server.stop()
    from mockgem.cli.serve import build_settings

    class Context:
        default_map: dict[str, Any] = {}

    def told(**options: Any) -> str:
        return build_settings(Context(), {"on_miss": "engine", **options}).admin_token  # type: ignore[arg-type]

    assert told(host="127.0.0.1") == ""
    assert len(told(host="0.0.0.0")) > 20
    assert told(host="0.0.0.0") != told(host="0.0.0.0")
    assert told(host="0.0.0.0", admin_token="mine") == "mine"
