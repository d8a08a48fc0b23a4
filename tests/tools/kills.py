"""Kills a recorder again and again while clients ask it, and looks whether anything that a client had whole is lost.

`python tests/tools/kills.py [KILLS] [SEED]`: each time a recorder stands before one mockgem, six clients ask it, half of
them for streams, and it is killed (SIGKILL) at a random moment. Then its cassette has to load, and every answer that came
to its client's end has to be in it. Ends with 1 if not. Some seconds for ten kills.
"""

from __future__ import annotations

import http.client
import json
import random
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from mockgem.recording.cassette_reader import read_cassette
from tests.conftest import ServerProcess

CLIENTS = 6
PATH = "/v1beta/openai/chat/completions"


def ask(url: str, who: int, had: list[str], over: threading.Event) -> None:
    """Asks until the connection breaks; notes the ids of the questions whose answers came to their end."""
    host = urlsplit(url).netloc
    number = 0
    while not over.is_set():
        number += 1
        name = f"question-{who}-{number}"
        stream = who % 2 == 0
        body = {
            "model": "gemini-2.5-flash",
            "messages": [{"role": "user", "content": name}],
            "stream": stream,
        }
        link = http.client.HTTPConnection(host, timeout=60)
        try:
            link.request(
                "POST",
                PATH,
                json.dumps(body),
                {"Content-Type": "application/json", "Authorization": "Bearer k"},
            )
            answer = link.getresponse()
            data = until_done(answer) if stream else answer.read()
        except (OSError, http.client.HTTPException):
            return
        finally:
            link.close()
        if data.rstrip().endswith(b"[DONE]" if stream else b"}"):
            had.append(name)


def until_done(answer: http.client.HTTPResponse) -> bytes:
    """A stream as OpenAI's SDK reads it: it goes at the last event, and does not wait for the connection's end."""
    data = b""
    while not data.rstrip().endswith(b"[DONE]"):
        line = answer.readline()
        if not line:
            break
        data += line
    return data


def trial(upstream: str, folder: Path, moment: float) -> tuple[int, int]:
    """Answers that clients had, and how many of them are lost. Raises BadCassette for a file that can't be loaded."""
    cassette = folder / "kills.yaml"
    cassette.unlink(missing_ok=True)
    recorder = ServerProcess(
        "--quiet", "--cassette", str(cassette), "--upstream", upstream, serve="record"
    )
    over = threading.Event()
    had: list[str] = []
    clients = [
        threading.Thread(target=ask, args=(recorder.url, who, had, over)) for who in range(CLIENTS)
    ]
    for one in clients:
        one.start()
    time.sleep(moment)
    recorder.process.kill()
    over.set()
    for one in clients:
        one.join(20)
    recorder.stop()
    kept = (
        [
            json.loads(one.request_body)["messages"][0]["content"]
            for one in read_cassette(cassette).interactions
        ]
        if cassette.exists()
        else []
    )
    return len(had), len(set(had) - set(kept))


def main(kills: int, seed: int) -> int:
    chance = random.Random(seed)
    upstream = ServerProcess("--quiet", "--chunk-delay", "0.002")
    answers = lost = 0
    try:
        with tempfile.TemporaryDirectory() as folder:
            for number in range(1, kills + 1):
                some, gone = trial(upstream.url, Path(folder), chance.uniform(0.02, 0.6))
                answers, lost = answers + some, lost + gone
                if number % 50 == 0 or number == kills:
                    print(f"{number} kills: {lost} lost of {answers} answers", flush=True)
    finally:
        upstream.stop()
    return int(lost > 0)


if __name__ == "__main__":
    told = [int(word) for word in sys.argv[1:3]]
    sys.exit(main(told[0] if told else 100, told[1] if len(told) > 1 else 1))
