"""Check conversions with google-genai's replay client, and with aimock if npm is installed.

Each tool replays what the other one recorded, in both directions, and the client gets the same
answers.

Usage: `python tests/tools/conversions.py PYTHON [AIMOCK]`, with an interpreter that has
google-genai, and the folder of aimock's programs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.conftest import ServerProcess

NAME = "mockgem/calls/mldev"
MESSAGES = ("Explain to me how AI works", "Tell me about the sea")


def run_mockgem(*words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "mockgem", *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )


def run_calls(python: str, url: str, mode: str = "", folder: Path | None = None) -> Any:
    """Return what google-genai reads from its calls to a server, or from its replay client."""
    replay = {
        "GOOGLE_GENAI_CLIENT_MODE": mode,
        "GOOGLE_GENAI_REPLAYS_DIRECTORY": str(folder),
        "GOOGLE_GENAI_REPLAY_ID": NAME,
    }
    environment = os.environ | ({"MOCKGEM_URL": url} if url else {}) | (replay if mode else {})
    script = str(ROOT / "tests" / "tools" / "genai_calls.py")
    done = subprocess.run(
        [python, script], env=environment, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def check_genai_replays_ours(python: str, folder: Path) -> None:
    cassette = str(folder / "ours.yaml")
    upstream = ServerProcess("--quiet")
    recorder = ServerProcess(
        "--quiet", "--cassette", cassette, "--upstream", upstream.url, serve="record"
    )
    try:
        direct = run_calls(python, recorder.url)
    finally:
        recorder.stop()
        upstream.stop()
    run_mockgem("cassette", "convert", cassette, str(folder / f"{NAME}.json"), "--to", "genai")
    assert run_calls(python, "", "replay", folder) == direct, "google-genai replays other answers"
    print("google-genai's replay client replays what mockgem recorded")


def check_we_replay_genai(python: str, folder: Path) -> None:
    upstream = ServerProcess("--quiet")
    try:
        direct = run_calls(python, upstream.url, "record", folder)
    finally:
        upstream.stop()
    cassette = str(folder / "theirs.yaml")
    run_mockgem("cassette", "convert", str(folder / f"{NAME}.json"), cassette)
    replay = ServerProcess("--quiet", "--cassette", cassette, serve="replay")
    try:
        assert run_calls(python, replay.url) == direct, "mockgem replays other answers"
    finally:
        replay.stop()
    print("mockgem replays what google-genai's replay client recorded")


def send_chat(url: str, message: str, path: str = "/v1") -> Any:
    body = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": message}]}
    request = urllib.request.Request(
        f"{url}{path}/chat/completions",
        json.dumps(body).encode(),
        {"Authorization": "Bearer k", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read())["choices"][0]["message"]["content"]


class Aimock:
    """An aimock process on a port."""

    def __init__(self, programs: Path, port: int, *options: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [str(programs / "llmock"), "-p", str(port), *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout is not None
        output = ""
        for line in self.process.stdout:
            output += line
            if "listening" in line:
                return
        raise RuntimeError(f"aimock did not start: {output}")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=60)


def check_aimock_both_ways(programs: Path, folder: Path, port: int) -> None:
    upstream = ServerProcess("--quiet")
    replies = [send_chat(upstream.url, message) for message in MESSAGES]
    fixtures = folder / "recorded"
    fixtures.mkdir()
    recorder = Aimock(
        programs, port, "-f", str(fixtures), "--record", "--provider-openai", upstream.url
    )
    try:
        assert [send_chat(recorder.url, message) for message in MESSAGES] == replies
        time.sleep(0.5)
    finally:
        recorder.stop()
    for number, file in enumerate(sorted(fixtures.rglob("*.json"))):
        run_mockgem("cassette", "convert", str(file), str(folder / "theirs" / f"{number}.yaml"))
    ours = folder / "aimock.yaml"
    proxy = ServerProcess(
        "--quiet", "--cassette", str(ours), "--upstream", upstream.url, serve="record"
    )
    assert [send_chat(proxy.url, message) for message in MESSAGES] == replies
    proxy.stop()
    upstream.stop()
    run_mockgem("cassette", "convert", str(ours), str(folder / "ours.json"), "--to", "aimock")
    player = Aimock(programs, port + 1, "-f", str(folder / "ours.json"), "--strict")
    try:
        assert [send_chat(player.url, message) for message in MESSAGES] == replies
    finally:
        player.stop()
    replay = ServerProcess("--quiet", "--cassette", str(folder / "theirs"), serve="replay")
    try:
        assert [send_chat(replay.url, message, "/v1beta/openai") for message in MESSAGES] == replies
    finally:
        replay.stop()
    print("aimock replays what mockgem recorded, and mockgem what aimock recorded")


def main() -> None:
    python, *rest = sys.argv[1:]
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        check_genai_replays_ours(python, Path(one))
        check_we_replay_genai(python, Path(other))
    for programs in rest:
        with tempfile.TemporaryDirectory() as folder:
            check_aimock_both_ways(Path(programs), Path(folder), 20_000 + os.getpid() % 20_000)


if __name__ == "__main__":
    main()
