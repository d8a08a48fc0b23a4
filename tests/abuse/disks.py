"""Disks that are full: a small file system in memory takes the place of the disk."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mockgem.recording.cassette_reader import read_cassette
from tests.abuse.drill import Effort, Failed, drill, require
from tests.abuse.server import Server, ask, chat, running

KIBIBYTE = 1024


@drill("a full disk under `--state`", "429 or 507; no part is left; small requests work")
def fill_state(effort: Effort) -> str:
    with small_disk(2048) as disk, running("--quiet", "--state", str(disk / "state")) as server:
        statuses = [upload(server, 4096 * KIBIBYTE) for _ in range(max(3, effort.bodies // 4))]
        require(set(statuses) <= {429, 507}, f"large uploads got {statuses}")
        small = upload(server, 4 * KIBIBYTE)
        require(small == 200, f"a small upload after a large one got {small}")
        clock, _ = ask(server.port, b'{"advance": "1h"}', "/_mockgem/clock")
        require(clock == 200, f"the clock got {clock}")
    return f"{len(statuses)} uploads of 4 MiB on 2 MiB: all {statuses[0]}; a small one works"


@drill("a full disk under a cassette", "clients get their answers; the cassette stays readable")
def fill_cassette(effort: Effort) -> str:
    upstream = Server("--quiet")
    try:
        with small_disk(256) as disk:
            file = disk / "tape.yaml"
            options = "--quiet", "--cassette", str(file), "--upstream", upstream.url
            with running(*options, command="record") as server:
                for number in range(40):
                    status, _ = ask(server.port, chat(f"{number} " + "filler " * 3000))
                    require(status == 200, f"a client got {status}")
                require("No space left" in server.read_log(), "the log does not name the cause")
            kept = len(read_cassette(file).interactions)
            require(0 < kept < 40, f"the cassette has {kept} of 40 interactions")
    finally:
        upstream.stop()
    return f"40 answers of 40; {kept} interactions fit and are readable"


@contextmanager
def small_disk(size: int) -> Iterator[Path]:
    """Mount a file system of some KiB. Raises Failed where that is not allowed."""
    folder = Path(tempfile.mkdtemp(prefix="mockgem-disk-"))
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    mount = [*sudo, "mount", "-t", "tmpfs", "-o", f"size={size}k,mode=0777", "tmpfs", str(folder)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        folder.rmdir()
        raise Failed(f"this drill must mount a file system: run it as root ({error})") from None
    try:
        yield folder
    finally:
        subprocess.run([*sudo, "umount", "-l", str(folder)], check=True)
        shutil.rmtree(folder, ignore_errors=True)


def upload(server: Server, size: int) -> int:
    """Upload a file and return the status."""
    headers = {"X-Goog-Upload-Protocol": "raw", "Content-Type": "text/plain"}
    return ask(server.port, b"x" * size, "/upload/v1beta/files", headers=headers)[0]
