"""A world of a server as a test uses it: choose answers, check requests, move the clock."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mockgem.core.suggestions import suggest_names
from mockgem.testing import report
from mockgem.testing.answer_script import AnswerScript
from mockgem.testing.cassettes import check_place, is_replay
from mockgem.testing.clock import Clock
from mockgem.testing.request_log import RequestLog
from mockgem.testing.server_link import ServerHandle

if TYPE_CHECKING:
    from mockgem.recording.interaction import Interaction


USUAL_NAMES = {
    "base_url": "openai_url",
    "call": "say",
    "error": "fail",
    "mock": "say",
    "reply": "say",
    "respond": "say",
    "rule": "scenario",
    "stub": "say",
    "tool_call": "say",
}
"""What other libraries call some of the attributes."""


class Mockgem(AnswerScript, RequestLog):
    """One world of a server: base URLs for SDKs, answers, requests, a clock and a verdict.

    The fixtures `mockgem` and `mockgem_env`, `mockgem.serve` and `mockgem.aserve` create it. Worlds
    share nothing: each has its own scenario, journal, files and clock.

    Example:
        ```python
        with mockgem.serve() as server:
            server.say("It is sunny in Rome.")
            client = OpenAI(base_url=server.openai_url, api_key="any-key")
            assert ask_weather(client, "Rome") == "It is sunny in Rome."
            assert server.requests()[0]["messages"][-1]["content"] == "How is the weather in Rome?"
        ```
    """

    clock: Clock
    """The world's clock."""

    def __init__(self, server: str, world: str = "", handle: ServerHandle | None = None) -> None:
        """Connect to a running server. The arguments are those of `ServerLink`."""
        super().__init__(server, world, handle)
        self.clock = Clock(self)
        self._played_cassette: Path | None = None
        """The cassette that a strict test has to replay completely."""
        self._problems: list[str] = []
        """What earlier cassettes of the world found wrong."""
        self._cassette_folder = Path()
        """The folder of relative paths of cassettes."""
        self._own_cassette: Path | None = None
        """The cassette with the name of the test."""
        self._cassette_defaults: dict[str, Any] = {}
        """Options of cassettes that a call of `cassette` can override."""

    def __getattr__(self, name: str) -> Any:
        """Raise AttributeError with the attribute that was probably meant."""
        if name.startswith("_"):
            raise AttributeError(name)
        own = [one for one in dir(type(self)) if one[0] != "_"]
        near = [USUAL_NAMES[name]] if name in USUAL_NAMES else suggest_names(name, own, 1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise AttributeError(f"a world of mockgem has no {name!r}{hint}")

    def cassette(self, path: str | Path | None = None, **settings: Any) -> None:
        """Answer from a cassette from now on, or record one.

        Without other settings mockgem refuses requests that are not in the cassette.

        Args:
            path: The file, or a folder of cassettes. A relative path starts in the test's folder.
                Without it, the file with the name of the test: cassettes/FILE/TEST.yaml.
            **settings: Options of recording: `record_mode` ("once", "new_episodes", "all" or
                "rewrite" record the answers of the real service, "verify" compares them with the
                recordings), `on_miss`, `match_on`, `ignore`, `redact`, `upstream`, `max_age` …

        Raises:
            FileNotFoundError: When there is nothing to replay.
            TypeError: For a name that is not an option, and without a path outside a test.
            ValueError: For a value or a file that is not valid.
            RuntimeError: For a server in another process.

        Warns:
            UserWarning: For recordings that are older than `max_age`, like "90d".

        Example:
            ```python
            mockgem.cassette("chat.yaml", match_on=["method", "path"])
            ```
        """
        path = self._own_cassette if path is None else path
        if path is None:
            raise TypeError("cassette needs the path of a file: only the fixture knows its test")
        place = self._cassette_folder / path
        defaults = {"on_miss": "fail", "record_mode": "none", **self._cassette_defaults}
        settings = {**defaults, **settings, "cassette": str(place)}
        check_place(place, settings)
        handle = self._get_handle()
        problems = handle.list_problems(self.world)
        old = handle.load_cassette(self.world, settings)
        self._problems += problems
        self._played_cassette = place if is_replay(settings) else None
        for warning in old:
            warnings.warn(warning, stacklevel=2)

    def _list_unplayed(self) -> list[Interaction]:
        return self._get_handle().list_unplayed(self.world)

    def differences(self) -> list[str]:
        """Return what the record mode "verify" found: a text for each response that differs.

        The fixture fails a test for them; elsewhere check that the list is empty.

        Example:
            ```python
            server.cassette("chat.yaml", record_mode="verify")
            ask(client)
            assert server.differences() == []
            ```
        """
        found = self._handle.list_problems(self.world) if self._handle is not None else []
        return [*self._problems, *found]

    @staticmethod
    def injection(name: str) -> str:
        """Return a text that tries to take over an application, for the result of a tool.

        Args:
            name: A name of `mockgem scenario injections`.

        Raises:
            ValueError: For an unknown name.

        Example:
            ```python
            tool = lambda city: mockgem.injection("tool-result-new-orders")
            ```
        """
        from mockgem.scenarios.injections import find_injection

        return find_injection(name).text

    def problems(self) -> list[str]:
        """Return what a strict test fails for, a text for each problem.

        These are unmet expectations, replies and recordings that were not used, requests that no
        cassette or endpoint answers, and chats that mockgem answered with generated text although
        the test chooses replies.
        """
        return report.find_problems(self)

    def _list_generated(self) -> list[str]:
        """Return the chats with generated answers, if the test chooses replies."""
        return report.list_generated(self) if self._has_replies else []

    def exchanges(self) -> str:
        """Return the last twenty requests and responses as text, with the start of each body."""
        return report.report_exchanges(self)

    def reset(self) -> None:
        """Empty the world: no replies, scenario, cassette, files or journal entries."""
        if self._handle is not None:
            self._handle.release_world(self.world)
        self._call_admin("POST", "/reset", {})
        self._forget_answers()
        self._played_cassette = None
        self._problems.clear()

    def forget(self) -> None:
        """Delete the world and everything in it. Recorded cassettes stay on the disk."""
        if self._handle is not None:
            self._handle.release_world(self.world)
        self._call_admin("DELETE", f"/worlds/{self.world}", missing=True)
