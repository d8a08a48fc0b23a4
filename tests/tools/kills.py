"""Kill recorders at random moments, and check that no complete answer is lost.

Usage: `python tests/tools/kills.py [KILLS] [SEED]`. For each kill, six clients send requests
through a recorder to mockgem, half of them for streams, until the recorder is killed (SIGKILL).
Then its cassette must load and contain every answer that a client received completely. The exit
code is 1 if an answer is lost. Ten kills take some seconds.
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


def send_until_killed(url: str, client: int, completed: list[str]) -> None:
    """Send requests until the connection breaks, and note the questions with a complete answer."""
    host = urlsplit(url).netloc
    number = 0
    while True:
        number += 1
        name = f"question-{client}-{number}"
        stream = client % 2 == 0
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
            data = read_until_done(answer) if stream else answer.read()
        except (OSError, http.client.HTTPException):
            return
        finally:
            link.close()
        if data.rstrip().endswith(b"[DONE]" if stream else b"}"):
            completed.append(name)


def read_until_done(answer: http.client.HTTPResponse) -> bytes:
    """Read a stream as OpenAI's SDK does: up to the last event, not to the end."""
    data = b""
    while not data.rstrip().endswith(b"[DONE]"):
        line = answer.readline()
        if not line:
            break
        data += line
    return data


def kill_recorder(upstream: str, folder: Path, moment: float) -> tuple[int, int]:
    """Return the number of complete answers, and how many of them are lost.

    Raises BadCassette for a file that does not load.
    """
    cassette = folder / "kills.yaml"
    cassette.unlink(missing_ok=True)
    recorder = ServerProcess(
        "--quiet", "--cassette", str(cassette), "--upstream", upstream, serve="record"
    )
    completed: list[str] = []
    clients = [
        threading.Thread(target=send_until_killed, args=(recorder.url, client, completed))
        for client in range(CLIENTS)
    ]
    for thread in clients:
        thread.start()
    time.sleep(moment)
    recorder.process.kill()
    for thread in clients:
        thread.join(20)
    recorder.stop()
    recorded = (
        [
            json.loads(interaction.request_body)["messages"][0]["content"]
            for interaction in read_cassette(cassette).interactions
        ]
        if cassette.exists()
        else []
    )
    return len(completed), len(set(completed) - set(recorded))


def main(kills: int, seed: int) -> int:
    chance = random.Random(seed)
    upstream = ServerProcess("--quiet", "--chunk-delay", "0.002")
    answers = lost = 0
    try:
        with tempfile.TemporaryDirectory() as folder:
            for number in range(1, kills + 1):
                count, missing = kill_recorder(
                    upstream.url, Path(folder), chance.uniform(0.02, 0.6)
                )
                answers, lost = answers + count, lost + missing
                if number % 50 == 0 or number == kills:
                    print(f"{number} kills: {lost} lost of {answers} answers", flush=True)
    finally:
        upstream.stop()
    return int(lost > 0)


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:3]]
    sys.exit(main(*numbers, *(100, 1)[len(numbers) :]))
