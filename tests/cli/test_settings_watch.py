"""`mockgem serve --watch --config FILE`: the settings file is read again when it changes."""

from __future__ import annotations

import json
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ServerProcess

pytestmark = pytest.mark.slow


def chat(url: str) -> tuple[int, str]:
    """Return the status and the text of a reply; status 0 while the server begins again."""
    body = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "Hi"}]}
    headers = {"Authorization": "Bearer k", "Content-Type": "application/json"}
    path = url + "/v1beta/openai/chat/completions"
    request = urllib.request.Request(path, json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return 200, json.loads(response.read())["choices"][0]["message"]["content"]
    except urllib.error.HTTPError as error:
        with error:
            return error.code, ""
    except OSError:
        return 0, ""


def wait_for(url: str, expected: Any) -> None:
    end = time.monotonic() + 60
    while (found := chat(url)) != expected:
        assert time.monotonic() < end, found
        time.sleep(0.1)


def write_answers(folder: Path, name: str) -> str:
    file = folder / f"{name}.py"
    file.write_text(f"def answer(request): return {name!r}\n")
    return f"answers = '{file}'\n"


def test_changes_of_the_settings_file_act_on_the_running_server(tmp_path: Path) -> None:
    config = tmp_path / "mockgem.toml"
    config.write_text(write_answers(tmp_path, "one"))
    server = ServerProcess("--quiet", "--watch", "--config", str(config), "--seed", "5")
    wait_for(server.url, (200, "one"))
    config.write_text(write_answers(tmp_path, "two") + "port = 1\nseed = 9\n")
    wait_for(server.url, (200, "two"))
    config.write_text("answers = \n")  # not TOML
    server.wait_for_words("has changed and cannot be used")
    config.write_text("answers = 'nowhere.py'\n")  # valid, but the server can't be built
    server.wait_for_words("The server keeps the earlier settings: --answers 'nowhere.py'")
    assert chat(server.url) == (200, "two")
    config.write_text("scenario = 'overloaded'\n")
    wait_for(server.url, (503, ""))
    words = server.words_at_the_end()
    assert words.count("has restarted with the new settings") == 2, words
    assert f"{config} has changed: answers\n" in words
    assert f"{config} has changed and cannot be used: {config}: Invalid value" in words
    assert "The server keeps the earlier settings: --answers 'nowhere.py'" in words
    assert f"{config} has changed: answers, scenario\n" in words


def test_without_watch_a_changed_file_means_nothing(tmp_path: Path) -> None:
    config = tmp_path / "mockgem.toml"
    config.write_text(write_answers(tmp_path, "one"))
    server = ServerProcess("--quiet", "--config", str(config))
    config.write_text(write_answers(tmp_path, "two"))
    time.sleep(1)
    assert chat(server.url) == (200, "one")
    assert "has changed" not in server.words_at_the_end()
