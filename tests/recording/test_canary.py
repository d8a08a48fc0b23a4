"""A canary key in every place of requests and responses, through a recorder that logs.

It is never on disk, in a log or in an answer of the admin API. Row 5 of the threats.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

import pytest

from mockgem.recording.cassette_reader import read_cassette
from mockgem.recording.interaction import Interaction
from tests.conftest import ServerProcess
from tests.recording.interactions import KEY

TOKEN = "ya29.a0canary-0123456789_abcdefghijklmnop"
OWN = "a-credential-of-no-known-kind-42"
NAMED = "named-canary-5f3a9c7e1b"
"""A value of no known kind, which only its name gives away."""
SECRETS = (
    *(KEY, TOKEN, OWN),
    "GOCSPX-canary_0123456789-abcdefghij",
    "1//0canary-0123456789_abcdefghijklmnopqrstuvwx",
    "AKIA7CANARY012345678",
    "own/canary=with&odd+chars:4711",
)
CHAT = "/v1beta/openai/chat/completions"


class Echo(BaseHTTPRequestHandler):
    """A service that repeats the credential wherever real services do."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        self.rfile.read(size)
        secret = (
            (self.headers.get("Authorization") or "").removeprefix("Bearer ")
            or self.headers.get("x-goog-api-key")
            or KEY
        )
        HOW[self.headers.get("User-Agent", "").partition("/")[0]](self, secret)

    do_GET = do_POST  # noqa: N815

    def log_message(self, *words: Any) -> None:
        return None

    def say(
        self,
        status: int,
        body: bytes,
        kind: str = "application/json",
        reason: str | None = None,
        **headers: str,
    ) -> None:
        self.send_response(status, reason)
        for name, text in {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            **headers,
        }.items():
            self.send_header(name.replace("_", "-"), text)
        self.end_headers()
        self.wfile.write(body)

    def stream(self, *pieces: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for piece in pieces:
            self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
            self.wfile.flush()
        self.wfile.write(b"0\r\n\r\n")


def spell(secret: str) -> list[str]:
    """Return the spellings in which a service may repeat a secret."""
    coded = [base64.b64encode(b"user:"[:size] + secret.encode()).decode() for size in range(3)]
    other = [quote(secret, safe=""), secret.encode().hex(), secret.replace("/", "\\/")]
    return [secret, *coded, *other, secret.replace("=", r"\u003d").replace("&", r"\u0026")]


def middle_of(spelling: str) -> str:
    """Return what is left of a spelling without its ends, which may hold other characters."""
    return spelling[4:-4]


FORMS = [form for one in (*SECRETS, NAMED) for form in map(middle_of, spell(one))]


def interleaved(echo: Echo, secret: str) -> None:
    """Two choices whose pieces alternate, each of which is the secret."""
    rows = [secret[at : at + 4] for at in range(0, len(secret), 4)]
    echo.stream(
        *[
            b"data: %b\n\n" % json.dumps({"choices": [choice(row, index)]}).encode()
            for row in rows
            for index in (0, 1)
        ]
    )


def choice(text: str, index: int) -> dict[str, Any]:
    return {"delta": {"content": text}, "index": index}


def say_gzip(echo: Echo, secret: str) -> None:
    body = gzip.compress(json.dumps({"error": {"message": f"bad {secret}"}}).encode())
    echo.say(400, body, Content_Encoding="gzip")


def say_spellings(echo: Echo, secret: str) -> None:
    basic = base64.b64encode(f"user:{secret}".encode()).decode()
    echo.say(400, json.dumps({"error": {"message": [*spell(secret), basic]}}).encode())


def deltas(echo: Echo, secret: str) -> None:
    rows = [secret[at : at + 4] for at in range(0, len(secret), 4)]
    echo.stream(
        *[b'data: {"content": %b}\n\n' % json.dumps(row).encode() for row in ["so: ", *rows]],
        b"data: [DONE]\n\n",
    )


HOW: dict[str, Any] = {
    "plain": lambda echo, secret: echo.say(200, b"{}"),
    "error": lambda echo, secret: echo.say(
        400, json.dumps({"error": {"message": f"not valid: {secret}"}}).encode()
    ),
    "page": lambda echo, secret: echo.say(500, f"<p>bad key {secret}</p>".encode(), "text/html"),
    "cookie": lambda echo, secret: echo.say(200, b"{}", Set_Cookie=f"session={secret}"),
    "header": lambda echo, secret: echo.say(200, b"{}", X_Debug=secret, Server=f"x {secret}"),
    "redirect": lambda echo, secret: echo.say(
        302, b"", Location=f"https://example.com/?key={secret}"
    ),
    "upload": lambda echo, secret: echo.say(
        200, b"{}", X_Goog_Upload_URL=f"https://example.com/upload?upload_id={secret}&key={secret}"
    ),
    "event": lambda echo, secret: echo.stream(b'data: {"text": "%b"}\n\n' % secret.encode()),
    "split": lambda echo, secret: echo.stream(
        b'data: {"text": "' + secret[:9].encode(), secret[9:].encode() + b'"}\n\n'
    ),
    "deltas": deltas,
    "interleaved": interleaved,
    "words": lambda echo, secret: echo.stream(
        *[b"data: %b\n\n" % secret[at : at + 4].encode() for at in range(0, len(secret), 4)]
    ),
    "gzip": say_gzip,
    "spellings": say_spellings,
    "reason": lambda echo, secret: echo.say(400, b"{}", reason=f"Bad key {secret}"),
    "user": lambda echo, secret: echo.say(
        302, b"", Location=f"https://user:{quote(secret, safe='')}@example.com/"
    ),
    "repeat": lambda echo, secret: echo.say(
        400, b'{"error": {"message": "bad %b"}}' % NAMED.encode()
    ),
}


@pytest.fixture
def service() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def ask(url: str, how: str, body: bytes, **headers: str) -> None:
    named = {"User-Agent": f"{how}/1.0", "Content-Type": "application/json"}
    named |= {name.replace("_", "-"): text for name, text in headers.items()}
    request = urllib.request.Request(url, body, named)
    try:
        with urllib.request.build_opener(NoRedirects).open(request, timeout=60) as answer:
            answer.read()
    except urllib.error.HTTPError as error:
        with error:
            error.read()


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *words: Any) -> None:
        return None


def everything(url: str) -> None:
    """Every secret in every place of a request, and in every place of a response."""
    said = json.dumps(
        {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]}
    ).encode()
    for secret in SECRETS:
        for how in sorted(HOW.keys() - {"repeat"}):
            ask(url + CHAT, how, said, Authorization=f"Bearer {secret}")
            ask(
                url + "/v1beta/models/gemini-2.5-flash:generateContent",
                how,
                said,
                x_goog_api_key=secret,
            )
        ask(
            f"{url}/v1beta/models/gemini-2.5-flash:generateContent?key={secret}&alt=sse",
            "plain",
            said,
        )
        ask(f"{url}/v1beta/models/{secret}:generateContent?key={secret}", "plain", said)
        ask(
            url + CHAT,
            "plain",
            said,
            Authorization=f"Bearer {secret}",
            Cookie=f"a={secret}",
            X_Mine=secret,
        )
        packed = gzip.compress(json.dumps({"messages": [{"content": secret}]}).encode())
        ask(url + CHAT, "gzip", packed, Content_Encoding="gzip", x_goog_api_key=secret)
        basic = base64.b64encode(f"user:{secret}".encode()).decode()
        ask(url + CHAT, "spellings", said, Authorization=f"Basic {basic}")
        for known in (f"my key is {secret}", base64.b64encode(secret.encode()).decode()):
            ask(
                url + CHAT,
                "plain",
                json.dumps({"messages": [{"content": known}]}).encode(),
                Authorization=f"Bearer {secret}",
            )
        parts = (
            f'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n{secret}\r\n--b--\r\n'.encode()
        )
        ask(
            url + "/upload/v1beta/files",
            "plain",
            parts,
            Content_Type="multipart/form-data; boundary=b",
            x_goog_api_key=secret,
        )


def send_named(url: str) -> None:
    """A secret that only its name gives away, in every place of a request; errors repeat it."""
    kinds = {
        "application/json": json.dumps(
            {"tools": [{"headers": {"x-api-key": NAMED}, "password": NAMED}], "note": NAMED}
        ),
        "application/x-www-form-urlencoded": f"client_secret={NAMED}&x=1&refresh_token={NAMED}",
        "multipart/form-data; boundary=b": (
            f'--b\r\nContent-Disposition: form-data; name="api_key"\r\n\r\n{NAMED}\r\n--b--\r\n'
        ),
        "text/plain": f"https://user:{NAMED}@example.com/",
    }
    for kind, body in kinds.items():
        ask(
            url + CHAT,
            "repeat" if kind != "text/plain" else "plain",
            body.encode(),
            Content_Type=kind,
        )
    for header in ("ocp-apim-subscription-key", "x-auth-token", "x-litellm-api-key", "Cookie"):
        name = header.replace("-", "_")
        ask(url + CHAT, "repeat", b"{}", **{name: f"sid={NAMED}" if header == "Cookie" else NAMED})
    for name in ("api_key", "password", "sas", "code", "X-Amz-Security-Token"):
        ask(f"{url}/v1beta/openai/models?{name}={NAMED}", "repeat", b"{}")


def leaks(text: str) -> list[str]:
    return [one for one in FORMS if one in text]


@pytest.mark.slow
def test_a_canary_is_nowhere(tmp_path: Path, service: str) -> None:
    cassette = tmp_path / "a.yaml"
    log = tmp_path / "log.txt"
    command = [
        sys.executable,
        "-m",
        "mockgem",
        "record",
        "--port",
        "0",
        "--cassette",
        str(cassette),
        "--upstream",
        service,
    ]
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, "--mode", "all"], stdout=out, stderr=subprocess.STDOUT
        )
        try:
            url = started(log)
            everything(url)
            send_named(url)
            shown = [
                urllib.request.urlopen(url + "/_mockgem" + path, timeout=60).read().decode()
                for path in (
                    "/journal?limit=1000",
                    "/counters",
                    "/scenario",
                    "/worlds",
                    "/openapi.json",
                )
            ]
        finally:
            process.terminate()
            process.wait(timeout=60)
    assert json.loads(shown[0])["found"] > 60
    assert [leaks(text) for text in shown] == [[]] * len(shown)
    for path in tmp_path.rglob("*"):
        text = path.read_bytes().decode("latin-1")
        assert leaks(text) == [], path
    assert cassette.read_text().count("- request:") > 200
    check_decoded(read_cassette(cassette).interactions)


def check_decoded(interactions: Sequence[Interaction]) -> None:
    """Look at the texts of a cassette without YAML's quotes, and at streams by their choices."""
    streams = 0
    for one in interactions:
        texts = [one.uri, one.reason, repr(one.headers), repr(one.request_headers)]
        texts += [body.decode("utf-8", "replace") for body in (one.request_body, one.body)]
        texts += ["".join(re.findall(r"data: (?!\{)(.*)", texts[-1]))]
        for index in (0, 1):
            rows = re.findall(rf'"content": "([^"]*)"}}, "index": {index}', texts[4 + 1])
            if rows:
                streams += 1
                assert rows == ["REDACTED", *[""] * (len(rows) - 1)]
        assert leaks("\n".join(texts)) == []
    assert streams == 2 * 2 * len(SECRETS)


def started(log: Path) -> str:
    import time

    for _ in range(3_000):
        if "listens on " in (text := log.read_text()):
            return text.rsplit("listens on ", 1)[1].split()[0]
        time.sleep(0.05)
    raise AssertionError(log.read_text())


def test_a_canary_is_in_no_conversion(tmp_path: Path) -> None:
    """A browser's HAR has all credentials, and recordings of other tools may have them."""
    entries = [
        {
            "request": {
                "method": "POST",
                "url": f"https://generativelanguage.googleapis.com/v1beta/models/m:generateContent?key={secret}",
                "headers": [
                    {"name": "Authorization", "value": f"Bearer {secret}"},
                    {"name": "Cookie", "value": f"s={secret}"},
                    {"name": "X-Mine", "value": secret},
                ],
                "postData": {
                    "text": json.dumps({"contents": [{"parts": [{"text": f"it is {secret}"}]}]})
                },
            },
            "response": {
                "status": 400,
                "headers": [
                    {"name": "Set-Cookie", "value": f"s={secret}"},
                    {"name": "X-Debug", "value": secret},
                ],
                "content": {"text": json.dumps({"error": {"message": f"bad key {secret}"}})},
            },
        }
        for secret in SECRETS
    ]
    source = tmp_path / "traffic.har"
    source.write_text(json.dumps({"log": {"entries": entries}}))
    for target, form in (("a.yaml", "vcr"), ("b.json", "genai"), ("c.json", "test-server")):
        command = [
            sys.executable,
            "-m",
            "mockgem",
            "cassette",
            "convert",
            str(source),
            str(tmp_path / target),
            "--to",
            form,
        ]
        subprocess.run(command, check=True, capture_output=True)
        assert leaks((tmp_path / target).read_text()) == [], form


def test_a_mistake_of_ours_tells_no_key() -> None:
    """The answers and logs for requests that the server can't read."""
    server = ServerProcess()
    try:
        for target in (f"/v1beta/models?key={KEY}", f"/v1beta/models/{KEY}:generateContent"):
            ask(server.url + target, "plain", b"\xff\xfe{", x_goog_api_key=KEY)
    finally:
        said = server.words_at_the_end()
    assert leaks(said) == []
