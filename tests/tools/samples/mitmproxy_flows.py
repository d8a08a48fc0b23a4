"""Record two requests with mitmproxy: `python mitmproxy_flows.py FOLDER BASE_URL`."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

PORT = 18999
QUESTION = {"contents": [{"role": "user", "parts": [{"text": "Say hi in Portuguese"}]}]}
HEADERS = {"Content-Type": "application/json", "x-goog-api-key": "any-key"}


def main(folder: Path, base: str) -> None:
    address = ["--listen-host", "127.0.0.1", "--listen-port", str(PORT)]
    command = ["mitmdump", "-q", "--mode", f"reverse:{base}", *address]
    proxy = subprocess.Popen([*command, "-w", str(folder / "mitmproxy.flows")])
    try:
        wait_for_port()
        for method in ("generateContent", "streamGenerateContent?alt=sse"):
            url = f"http://127.0.0.1:{PORT}/v1beta/models/gemini-2.5-flash:{method}"
            request = urllib.request.Request(url, json.dumps(QUESTION).encode(), HEADERS)
            with urllib.request.urlopen(request) as response:
                print(response.status, len(response.read()))
    finally:
        proxy.terminate()
        proxy.wait()


def wait_for_port() -> None:
    for _ in range(3_000):
        try:
            socket.create_connection(("127.0.0.1", PORT)).close()
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("mitmdump did not start")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
