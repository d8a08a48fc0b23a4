"""What a test says about the next answers: replies, failures, scenarios, expectations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mockgem.testing.error_words import find_error_name, is_exception_class
from mockgem.testing.reply_forms import REPLY_ARGUMENTS, build_replies
from mockgem.testing.report import AddedRule
from mockgem.testing.server_link import ServerHandle, ServerLink
from mockgem.testing.suggestions import suggest_argument

MODEL_REPLY_KEYS = (
    "text",
    "chunks",
    "injection",
    "thoughts",
    "tool_calls",
    "json",
    "turns",
    "finish",
    "block",
)
"""Keys of a reply that only a model's answer has."""
RULE_LOCATION = re.compile(r"\badded: (?:rules\[0\]\.?(?:when\.)?)?")
"""The place of a mistake in the scenario that `say` and `fail` build."""
RULE_KEYS = ("latency", "faults", "headers")
"""Keys of a rule besides its conditions."""
NOTHING_EXPECTED = (
    "nothing is expected, so there is nothing to check: call expect(attempts=2, final='success') "
    "before, or give the scenario an `expect`; see docs/scenarios.md"
)
FAILURE_KEYS = ("retry_delay", "retry_after", "message", "status", "shape")
"""Keys of a failure that `fail` takes as arguments."""


class AnswerScript(ServerLink):
    """The rules, scenarios and expectations that a test gives its world."""

    def __init__(self, server: str, world: str = "", handle: ServerHandle | None = None) -> None:
        super().__init__(server, world, handle)
        self._added_rules: dict[str, AddedRule] = {}
        self._rule_count = 0
        self._has_replies = False
        self._expectations: dict[str, Any] = {}

    def scenario(
        self,
        scenario: str | Mapping[str, Any],
        name: str = "inline",
        *,
        time_scale: float | None = None,
    ) -> None:
        """Run a scenario, in place of the one that runs.

        Replies of `say` and errors of `fail` that are not used yet stay: their rules come before
        the scenario's.

        Args:
            scenario: A name of `mockgem scenario list`, or the content of a scenario file. "none"
                stops the scenario.
            name: A name for a scenario that is given as a mapping.
            time_scale: Multiply all waits by this number.

        Raises:
            TypeError: For neither a name nor a mapping.
            ValueError: For an unknown name or a scenario that is not valid.

        Example:
            ```python
            mockgem.scenario("overloaded-then-ok", time_scale=0.01)
            mockgem.scenario({"rules": [{"when": {"calls": 1}, "fail": 503}]})
            ```
        """
        __tracebackhide__ = True
        if not isinstance(scenario, (str, Mapping)):
            raise TypeError(f"scenario takes a name or a mapping; got {scenario!r}")
        unused = [rule for rule in self._list_added_rules() if rule.remaining != 0]
        if unused and self._is_shared(scenario):
            raise ValueError(
                "all worlds run this scenario together (count_by: all): call scenario before say "
                "and fail, or reset() first"
            )
        self._put_scenario(scenario, name, time_scale)
        self._added_rules.clear()
        for rule in unused:
            self._put_rule(rule.name, rule.rule, rule.remaining)
        if self._expectations:
            self.expect(**self._expectations)

    def _put_scenario(
        self, scenario: str | Mapping[str, Any], name: str, time_scale: float | None
    ) -> None:
        body: dict[str, Any] = (
            {"name": scenario}
            if isinstance(scenario, str)
            else {"name": name, "scenario": dict(scenario)}
        )
        scale = {} if time_scale is None else {"time_scale": time_scale}
        self._call_admin("PUT", "/scenario", body | scale)

    def _is_shared(self, scenario: str | Mapping[str, Any]) -> bool:
        """Return whether all worlds count the calls of a scenario together."""
        if scenario == "none":
            return False
        content: Mapping[str, Any] = (
            self._call_admin("GET", f"/scenarios/{scenario}")
            if isinstance(scenario, str)
            else scenario
        )
        return bool(content.get("count_by") == "all")

    def say(self, *replies: Any, times: int | None = 1, **when: Any) -> None:
        """Answer the next requests with replies, one reply after another.

        mockgem uses replies and errors in the order of `say` and `fail`.

        Args:
            *replies: Texts; what `say` takes in a scenario, like `{"tool_calls": […]}`; a pydantic
                model or a dataclass, which is sent as JSON; or a message or response of OpenAI's or
                Google's SDK.
            times: Use each reply for this number of requests; None uses it for all later ones.
            **when: Conditions of scenarios, like `text="*weather*"` or `model="*-pro"`; `latency`,
                `faults` and `headers` of the answer; and keys of the reply: `json`, `tool_calls`,
                `thoughts`, `chunks`, `finish` …

        Raises:
            TypeError: For a reply of another type.
            ValueError: For a reply or a condition that is not valid.

        Example:
            ```python
            mockgem.say("Hello!", "Goodbye!")
            mockgem.say(tool_calls=[{"name": "weather", "args": {"city": "Rome"}}])
            mockgem.say(json={"city": "Rome"})
            mockgem.say("Sunny", text="*Rome*", times=None)
            ```
        """
        __tracebackhide__ = True
        keys = {name: when.pop(name) for name in REPLY_ARGUMENTS if name in when}
        for reply in build_replies(replies, keys):
            self._say_one(reply, times, dict(when))

    def _say_one(
        self, reply: str | Mapping[str, Any], times: int | None, when: dict[str, Any]
    ) -> None:
        __tracebackhide__ = True
        is_sequence = isinstance(reply, Mapping) and set(reply) == {"turns"}
        if times == 1 and is_sequence and isinstance(reply["turns"], (list, tuple)):  # type: ignore[index]
            self.say(*reply["turns"], **when)  # type: ignore[index]
            return
        if isinstance(reply, str) or any(name in reply for name in MODEL_REPLY_KEYS):
            when = {"endpoint": "generate"} | when
        elif "embedding" in reply:
            when = {"endpoint": "embed"} | when
        self._add_rule("say", reply if isinstance(reply, str) else dict(reply), times, when)
        self._has_replies = True

    def fail(
        self,
        error: str | int | Mapping[str, Any] | BaseException | type[BaseException],
        *,
        times: int | None = 1,
        **when: Any,
    ) -> None:
        """Answer the next request with an error.

        Args:
            error: A name of `mockgem scenario errors`, a status like 429, everyday words like
                "rate limited" or "timeout" (an error of the service; for a client that waits in
                vain use `faults=["hang"]`), an SDK's exception, or what `fail` takes in a scenario.
            times: Fail this number of requests; None fails all later ones.
            **when: Conditions as in `say`, and `retry_delay`, `retry_after`, `message`, `status`
                and `shape` of the error.

        Raises:
            TypeError: For an error that is neither a name, a status nor a mapping.
            ValueError: For an unknown name or a condition that is not valid.

        Example:
            ```python
            mockgem.fail(429, retry_delay="10ms")
            mockgem.fail("overloaded", times=2, model="*-pro")
            ```
        """
        __tracebackhide__ = True
        if isinstance(error, BaseException) or is_exception_class(error):
            error = find_error_name(error)
        if isinstance(error, bool) or not isinstance(error, (str, int, Mapping)):
            raise TypeError(
                f"fail takes an error's name, a status like 429, or a mapping; got {error!r}"
            )
        failure = dict(error) if isinstance(error, Mapping) else {"error": error}
        failure["error"] = find_error_name(failure.get("error"))
        failure |= {name: when.pop(name) for name in FAILURE_KEYS if name in when}
        self._add_rule("fail", failure, times, when)

    def _add_rule(self, action: str, what: Any, times: int | None, when: dict[str, Any]) -> None:
        __tracebackhide__ = True
        besides = {name: when.pop(name) for name in RULE_KEYS if name in when}
        self._rule_count += 1
        rule = {action: what, **besides, "when": when}
        others = (*RULE_KEYS, *(FAILURE_KEYS if action == "fail" else ()))
        try:
            self._put_rule(f"{action}-{self._rule_count}", rule, times)
        except ValueError as error:
            raise ValueError(suggest_argument(str(error), others)) from None

    def _put_rule(self, name: str, rule: Mapping[str, Any], times: int | None) -> None:
        """Add a rule that acts for a number of requests, or for all."""
        __tracebackhide__ = True
        when = rule["when"] | ({} if times is None else {"times": times})
        try:
            self._call_admin("POST", "/scenario/rules", {"name": name, **rule, "when": when})
        except ValueError as error:
            raise ValueError(RULE_LOCATION.sub("", str(error))) from None
        self._added_rules[name] = AddedRule(name, rule, times)

    def _list_added_rules(self) -> list[AddedRule]:
        """Return the rules of `say` and `fail`, with the number of requests that used them."""
        if not self._added_rules:
            return []
        run = self._call_admin("GET", "/scenario")
        counts = run["plays"].get(run["scenario"], {}).get("rules", {})
        return [
            replace(rule, used=counts.get(name, {}).get("acted", 0))
            for name, rule in self._added_rules.items()
        ]

    def expect(self, **expectations: Any) -> None:
        """Say what the client has to do until the end of the test.

        The fixture checks it after a test that passed otherwise; elsewhere call `assert_verdict`.

        Args:
            **expectations: What `expect` takes in a scenario: `attempts=3`, `waits="told"`,
                `final="success"` …

        Raises:
            ValueError: For an expectation that is not valid.

        Example:
            ```python
            mockgem.fail(503)
            mockgem.expect(attempts=2, final="success")
            ```
        """
        __tracebackhide__ = True
        try:
            self._call_admin("PUT", "/scenario/expect", expectations)
        except ValueError as error:
            raise ValueError(str(error).replace("expected: expect.", "")) from None
        self._expectations = expectations

    def verdict(self, scenario: str = "") -> dict[str, Any]:
        """Return what the client did and what the scenario expects.

        Args:
            scenario: The name of a scenario that ran; without it the current one.

        Returns:
            A mapping with `pass`, `scenario`, `title`, `checks` and `calls`.

        Raises:
            ValueError: When no scenario ran.
        """
        query = f"?scenario={scenario}" if scenario else ""
        verdict: dict[str, Any] = self._call_admin("GET", f"/verdict{query}")
        return verdict

    def assert_verdict(self, scenario: str = "") -> None:
        """Check that the client did what the scenario expects.

        Args:
            scenario: The name of a scenario that ran; without it the current one.

        Raises:
            AssertionError: For an unmet expectation; the message is the verdict. Also if nothing
                is expected, because such a check could not fail.
            ValueError: When no scenario ran.

        Example:
            ```python
            mockgem.scenario("rate-limited-then-ok")
            ask_with_retries(client)
            mockgem.assert_verdict()
            ```
        """
        from mockgem.scenarios.verdict import format_verdict

        __tracebackhide__ = True
        verdict = self.verdict(scenario)
        assert verdict["checks"], NOTHING_EXPECTED
        assert verdict["pass"], format_verdict(verdict)

    def _forget_answers(self) -> None:
        """Forget the rules and expectations of a world that was emptied."""
        self._added_rules.clear()
        self._has_replies, self._expectations = False, {}
