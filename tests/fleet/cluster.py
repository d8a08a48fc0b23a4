"""A cluster on one machine: three servers behind nginx, of which one is killed every ten.

`make cluster`, or `python -m tests.fleet.cluster [SECONDS]`: OpenAI's and Google's SDKs run
batches, files, worlds, scenarios and verdicts meanwhile, with their retries. At the end
everything that was acknowledged has to be there. The exit code is 1 if something is missing.
"""

from __future__ import annotations

import contextlib
import io
import json
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openai
from google import genai
from google.genai import types

from tests.conftest import ServerProcess
from tests.ports import find_free_port
from tests.valkey_server import run_valkey

SERVERS = 3
KILL_SECONDS, AWAY_SECONDS = 10.0, 3.0
TRIES = 8
INSTALL = "apt-get install -y nginx-light"
MODEL = "gemini-2.5-flash"
NO_STATE = b"mockgem can't use its state"
"""What a server says that does not reach the state in time."""
NGINX = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
  access_log off; client_max_body_size 0; client_body_temp_path {folder}/bodies;
  proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u;
  scgi_temp_path {folder}/s;
  upstream mockgem {{ {servers} }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://mockgem; proxy_set_header Host $http_host; proxy_http_version 1.1;
      proxy_connect_timeout 2s; proxy_next_upstream error timeout;
    }}
  }}
}}
"""


class Cluster:
    """Servers on fixed ports with nginx in front, at `url`."""

    def __init__(self, folder: Path, state: str) -> None:
        self.state = state
        self.ports = [find_free_port() for _ in range(SERVERS)]
        self.servers = [self.start(port) for port in self.ports]
        self.port = find_free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        lines = " ".join(f"server 127.0.0.1:{one} fail_timeout=1s;" for one in self.ports)
        config = folder / "nginx.conf"
        config.write_text(NGINX.format(folder=folder, servers=lines, port=self.port))
        self.nginx = subprocess.Popen(["nginx", "-c", str(config)], stderr=subprocess.DEVNULL)
        self.kills = 0

    def start(self, port: int) -> ServerProcess:
        return ServerProcess("--quiet", "--state", self.state, "--port", str(port))

    def kill_in_turns(self, end: threading.Event) -> None:
        """Kill a server every ten seconds, and start another one in its place."""
        while not end.wait(KILL_SECONDS - AWAY_SECONDS):
            place = self.kills % SERVERS
            self.servers[place].process.kill()
            self.servers[place].stop()
            self.kills += 1
            end.wait(AWAY_SECONDS)
            self.servers[place] = self.start(self.ports[place])

    def close(self) -> None:
        self.nginx.terminate()
        self.nginx.wait(timeout=20)
        for server in self.servers:
            server.stop()


class Work:
    """What the clients do, and what was acknowledged to them."""

    def __init__(self, url: str, end: threading.Event) -> None:
        self.url = url
        self.end = end
        self.done: Counter[str] = Counter()
        self.ids: list[str] = []
        self.files: dict[str, int] = {}
        self.problems: list[str] = []
        self.openai = openai.OpenAI(
            base_url=f"{url}/v1", api_key="k", max_retries=TRIES, timeout=60
        )
        retry = types.HttpRetryOptions(attempts=TRIES, initial_delay=0.2, max_delay=2)
        options = types.HttpOptions(base_url=url, retry_options=retry, timeout=60_000)
        self.genai = genai.Client(api_key="k", http_options=options)

    def repeat(self, work: Callable[[int], None], number: int) -> None:
        """Do a piece of work until the end, and note what went wrong for good."""
        turn = 0
        while not self.end.is_set():
            try:
                work(number * 100_000 + turn)
            except Exception as error:
                self.problems.append(f"{work.__name__}: {type(error).__name__} {error}"[:300])
            turn += 1

    def chat(self, number: int) -> None:
        messages = [{"role": "user", "content": f"question {number % 50}"}]
        reply = self.openai.chat.completions.create(model=MODEL, messages=messages)  # type: ignore[call-overload]
        self.ids.append(reply.id)
        self.done["chats"] += 1
        text = "".join(
            chunk.text or ""
            for chunk in self.genai.models.generate_content_stream(model=MODEL, contents="Hello")
        )
        assert text
        self.done["streams"] += 1

    def upload(self, number: int) -> None:
        """Upload with Google's SDK; what a kill has ended begins again."""
        data = random.Random(number).randbytes(200_000)
        config = types.UploadFileConfig(mime_type="application/octet-stream")
        file = try_again(lambda: self.genai.files.upload(file=io.BytesIO(data), config=config))
        self.files[str(file.name)] = len(data)
        assert self.genai.files.get(name=str(file.name)).size_bytes == len(data)
        self.done["files"] += 1

    def batch(self, number: int) -> None:
        body = {"model": MODEL, "messages": [{"role": "user", "content": "Hi"}]}
        lines = [
            {"custom_id": f"r{n}", "method": "POST", "url": "/v1/chat/completions", "body": body}
            for n in range(20)
        ]
        data = "".join(json.dumps(line) + "\n" for line in lines).encode()
        file = self.openai.files.create(file=("lines.jsonl", data), purpose="batch")
        batch = self.openai.batches.create(
            input_file_id=file.id, endpoint="/v1/chat/completions", completion_window="24h"
        )
        for _ in range(20):
            batch = self.openai.batches.retrieve(batch.id)
            if batch.status == "completed":
                break
        assert batch.status == "completed", batch.status
        assert batch.request_counts is not None
        assert batch.request_counts.completed == 20
        text = self.openai.files.content(str(batch.output_file_id)).text
        assert len(text.splitlines()) == 20
        self.done["batches"] += 1

    def scenario(self, number: int) -> None:
        """In a world of its own: two failures, which the client retries, and a verdict.

        A server that is killed may have counted a failure that nobody got. Each failure that the
        client got is in the verdict.
        """
        world = f"/w/run-{number}"
        rule = {"when": {"times": 2}, "fail": 503}
        self.control("PUT", f"{world}/_mockgem/scenario", {"scenario": {"rules": [rule]}})
        seen: Counter[int] = Counter()

        def note(response: Any) -> None:
            if NO_STATE not in response.read():
                seen[response.status_code] += 1

        with openai.DefaultHttpxClient(event_hooks={"response": [note]}) as http:
            client = self.openai.with_options(base_url=f"{self.url}{world}/v1", http_client=http)
            messages = [{"role": "user", "content": "Hello"}]
            client.chat.completions.create(model=MODEL, messages=messages)  # type: ignore[call-overload]
        plays = self.control("GET", f"{world}/_mockgem/scenario")["plays"]["inline"]
        assert plays["rules"]["rule-1"]["acted"] == 2, plays
        verdict = self.control("GET", f"{world}/_mockgem/verdict")
        statuses = [call["status"] for call in verdict["calls"]]
        assert seen[503] <= statuses.count(503) <= 2, (seen, statuses)
        assert statuses[-1] == 200, statuses
        self.control("DELETE", f"/_mockgem/worlds/run-{number}", may_be_gone=True)
        self.done["verdicts"] += 1

    def control(self, method: str, path: str, body: Any = None, may_be_gone: bool = False) -> Any:
        """Use the admin API as a test does: again after a 502 or 503."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}

        def send() -> Any:
            request = urllib.request.Request(self.url + path, data, headers, method=method)
            with urllib.request.urlopen(request, timeout=60) as response:
                return json.load(response)

        try:
            return try_again(send)
        except urllib.error.HTTPError as error:
            if may_be_gone and error.code == 404:  # an earlier try has deleted it
                return {}
            raise

    def check(self) -> None:
        """Look for what was acknowledged, after the last kill."""
        for name, size in self.files.items():
            file = self.genai.files.get(name=name)
            if file.size_bytes != size:
                self.problems.append(f"{name} has {file.size_bytes} of {size} bytes")
        for id_, count in Counter(self.ids).items():
            if count > 1:
                self.problems.append(f"the id {id_} came {count} times")
        health = self.control("GET", "/_mockgem/health")
        if health["status"] != "ok":
            self.problems.append(f"health: {health}")


def try_again(work: Callable[[], Any]) -> Any:
    """Do something again after an error of the connection or of a server that ended."""
    for turn in range(TRIES):
        try:
            return work()
        except Exception as error:
            code = getattr(error, "code", 0) or 0
            if turn == TRIES - 1 or (isinstance(code, int) and 400 <= code < 500):
                raise
            time.sleep(0.3 * (turn + 1))
    raise AssertionError


@contextlib.contextmanager
def run_cluster() -> Iterator[Cluster]:
    with tempfile.TemporaryDirectory() as folder, run_valkey(Path(folder)) as valkey:
        cluster = Cluster(Path(folder), valkey.url("cluster"))
        try:
            yield cluster
        finally:
            cluster.close()


def main(seconds: float) -> int:
    if shutil.which("nginx") is None:
        print(f"The cluster needs nginx: {INSTALL}")
        return 1
    with run_cluster() as cluster:
        end, last = threading.Event(), threading.Event()
        work = Work(cluster.url, end)
        jobs = [work.chat, work.upload, work.batch, work.scenario]
        threads = [
            threading.Thread(target=work.repeat, args=(job, number))
            for number, job in enumerate(jobs)
        ]
        killer = threading.Thread(target=cluster.kill_in_turns, args=(last,))
        for thread in (*threads, killer):
            thread.start()
        time.sleep(seconds)
        end.set()
        for thread in threads:
            thread.join()
        last.set()
        killer.join()
        work.check()
        done = ", ".join(f"{count} {kind}" for kind, count in sorted(work.done.items()))
        print(f"{cluster.kills} kills in {seconds:.0f} s: {done}")
        print("\n".join(work.problems) or "nothing that was acknowledged is missing")
        return int(bool(work.problems))


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 60.0))
