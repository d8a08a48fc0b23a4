"""Conversions judged by the tools whose forms they are: google-genai's replay client, and aimock where there is npm.

What one tool recorded is played by the other, both ways, and the client sees the same. `python tests/tools/conversions.py
PYTHON [AIMOCK]`: an interpreter with google-genai, and the folder of aimock's programs.
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


def mockgem(*words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "mockgem", *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )


def calls(python: str, url: str, mode: str = "", folder: Path | None = None) -> Any:
    """What google-genai makes of its calls: against a server, or with its replay client."""
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


def genai_plays_ours(python: str, folder: Path) -> None:
    cassette = str(folder / "ours.yaml")
    upstream = ServerProcess("--quiet")
    recorder = ServerProcess(
        "--quiet", "--cassette", cassette, "--upstream", upstream.url, serve="record"
    )
    try:
        direct = calls(python, recorder.url)
    finally:
        recorder.stop()
        upstream.stop()
    mockgem("cassette", "convert", cassette, str(folder / f"{NAME}.json"), "--to", "genai")
    assert calls(python, "", "replay", folder) == direct, "google-genai plays something else"
    print("google-genai's replay client plays what mockgem recorded")


def we_play_genai_s(python: str, folder: Path) -> None:
    upstream = ServerProcess("--quiet")
    try:
        direct = calls(python, upstream.url, "record", folder)
    finally:
        upstream.stop()
    cassette = str(folder / "theirs.yaml")
    mockgem("cassette", "convert", str(folder / f"{NAME}.json"), cassette)
    replay = ServerProcess("--quiet", "--cassette", cassette, serve="replay")
    try:
        assert calls(python, replay.url) == direct, "mockgem plays something else"
    finally:
        replay.stop()
    print("mockgem plays what google-genai's replay client recorded")


def ask(url: str, message: str, path: str = "/v1") -> Any:
    body = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": message}]}
    request = urllib.request.Request(
        f"{url}{path}/chat/completions",
        json.dumps(body).encode(),
        {"Authorization": "Bearer k", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read())["choices"][0]["message"]["content"]


class Aimock:
    """aimock on a port, ended by its PID."""

    def __init__(self, programs: Path, port: int, *options: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [str(programs / "llmock"), "-p", str(port), *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout is not None
        said = ""
        for line in self.process.stdout:
            said += line
            if "listening" in line:
                return
        raise RuntimeError(f"aimock did not start: {said}")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=60)


def aimock_both_ways(programs: Path, folder: Path, port: int) -> None:
    upstream = ServerProcess("--quiet")
    said = [ask(upstream.url, message) for message in MESSAGES]
    fixtures = folder / "recorded"
    fixtures.mkdir()
    recorder = Aimock(
        programs, port, "-f", str(fixtures), "--record", "--provider-openai", upstream.url
    )
    try:
        assert [ask(recorder.url, message) for message in MESSAGES] == said
        time.sleep(0.5)
    finally:
        recorder.stop()
    for number, file in enumerate(sorted(fixtures.rglob("*.json"))):
        mockgem("cassette", "convert", str(file), str(folder / "theirs" / f"{number}.yaml"))
    ours = folder / "aimock.yaml"
    passing = ServerProcess(
        "--quiet", "--cassette", str(ours), "--upstream", upstream.url, serve="record"
    )
    assert [ask(passing.url, message) for message in MESSAGES] == said
    passing.stop()
    upstream.stop()
    mockgem("cassette", "convert", str(ours), str(folder / "ours.json"), "--to", "aimock")
    player = Aimock(programs, port + 1, "-f", str(folder / "ours.json"), "--strict")
    try:
        assert [ask(player.url, message) for message in MESSAGES] == said
    finally:
        player.stop()
    replay = ServerProcess("--quiet", "--cassette", str(folder / "theirs"), serve="replay")
    try:
        assert [ask(replay.url, message, "/v1beta/openai") for message in MESSAGES] == said
    finally:
        replay.stop()
    print("aimock plays what mockgem recorded, and mockgem what aimock recorded")


def main() -> None:
    python, *rest = sys.argv[1:]
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        genai_plays_ours(python, Path(one))
        we_play_genai_s(python, Path(other))
    for programs in rest:
        with tempfile.TemporaryDirectory() as folder:
            aimock_both_ways(Path(programs), Path(folder), 20_000 + os.getpid() % 20_000)


if __name__ == "__main__":
    main()
