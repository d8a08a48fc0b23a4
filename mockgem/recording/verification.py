"""Compare what the service answers today with its recording: the record mode `verify`."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from contextlib import aclosing
from functools import partial
from typing import Any

from mockgem.core.call import Answer, Call, VerbatimResponse
from mockgem.core.errors import Code, Failure
from mockgem.recording.capture import (
    MAX_RECORDED_BYTES,
    RequestCapture,
    ResponseCapture,
    build_interaction,
)
from mockgem.recording.drift import API_WORD_KEYS, FREE_FORM_KEYS, kind_of, strip_parameters
from mockgem.recording.interaction import Interaction
from mockgem.recording.matching import ValueDifference, compare_values
from mockgem.recording.recorder import Send
from mockgem.recording.redaction import build_finder
from mockgem.recording.replay import (
    RefuseMisses,
    Replay,
    build_response,
    is_handshake,
    read_request,
    redact_request,
)
from mockgem.recording.socket_drift import list_changes
from mockgem.recording.socket_recorder import Connect, open_relay
from mockgem.recording.socket_replay import take_recorded_session
from mockgem.recording.target import Target

MAX_LINES = 8
"""Differences of one response that a message names."""
DIFFERS_DETAILS = {"differs": True}
"""Marks the journal entry of a call whose recording is not what the service answers today."""
log = logging.getLogger("mockgem")


class Verifier:
    """A source that sends each call to the upstream and compares the response with its recording.

    An equal response reaches the client, another one is an error with the differences. `problems`
    gets a text for each difference and each call without a recording. Nothing is recorded.
    """

    def __init__(
        self,
        replay: Replay,
        send: Send,
        target: Target,
        problems: list[str],
        connect: Connect,
        *,
        is_exact: bool,
    ) -> None:
        self.replay = replay
        self.refuse = RefuseMisses(replay.library)
        self.send = send
        self.target = target
        self.problems = problems
        self.connect = connect
        self.is_exact = is_exact

    async def answer(self, call: Call) -> Answer:
        """Return the response of the upstream, or an error."""
        if is_handshake(call.wire):
            return await open_relay(
                call, self.target, self.connect, partial(self.compare_session, call)
            )
        recorded = await self.replay.take_interaction(
            await read_request(call.wire, self.replay.library), call
        )
        if recorded is None:
            refusal = await self.refuse.answer(call)
            self.report(await self.redact(f"{describe(call)} has no recording", call))
            return refusal
        try:
            live = await self.fetch(call)
        except (ConnectionError, ValueError) as error:
            self.report(await self.redact(f"{describe(call)}: {error}", call))
            failure = Failure(Code.UNAVAILABLE, f"mockgem: {error}", reason="upstream")
            return Answer(failure, "upstream", details=DIFFERS_DETAILS)
        differences = list(find_changes(recorded, live, is_exact=self.is_exact))
        if not differences:
            return Answer(VerbatimResponse(build_response(live, call.wire, 0.0)), "upstream")
        return await self.refuse_changed(call, differences)

    async def compare_session(self, call: Call, live: Interaction, size: int) -> None:
        """Compare a session that has ended, or a refused one, with its recording.

        The client has all of it.
        """
        if live.is_socket:
            recorded = take_recorded_session(self.replay.library, call, live)
        else:
            recorded = await self.replay.take_refusal(call)
        if recorded is None:
            self.report(await self.redact(f"{describe(call)} has no recording", call))
            return
        if live.is_socket:
            changes = list_changes(recorded.messages, live.messages, is_exact=self.is_exact)
        else:
            changes = list(find_changes(recorded, live, is_exact=self.is_exact))
        if changes:
            lines = list_lines(changes)
            what = f"{describe(call)} differs from its recording:{lines}"
            self.report(await self.redact(what, call))

    async def refuse_changed(self, call: Call, differences: list[str]) -> Answer:
        """Return the error of a response that differs from its recording, without secrets."""
        lines = list_lines(differences)
        what = await self.redact(f"{describe(call)} differs from its recording:{lines}", call)
        self.report(what)
        advice = "Record it again with: mockgem record --mode rewrite --cassette FILE"
        failure = Failure(
            Code.FAILED_PRECONDITION, f"mockgem: {what}\n{advice}", reason="differs_from_recording"
        )
        return Answer(failure, "upstream", details=DIFFERS_DETAILS)

    async def redact(self, text: str, call: Call) -> str:
        """Return a text without secrets: it ends up in logs and in messages of SDKs."""
        library = self.replay.library
        secrets = (await redact_request(call.wire, library)).secrets
        return build_finder(secrets, library.redaction.patterns).redact(text)

    def report(self, problem: str) -> None:
        """Note a problem for the end, and log it."""
        self.problems.append(problem)
        log.error("verify: %s", problem)

    async def fetch(self, call: Call) -> Interaction:
        """Send a call to the upstream; return its whole response, as a recorder would keep it.

        Raises ConnectionError without a response, ValueError for one that is too large.
        """
        base = self.target.find_base_url(call.surface, call.wire)
        url = self.target.build_url(base, call.wire)
        headers = self.target.build_headers(call.surface, call.wire)
        response = await self.send(call.wire.method, url, headers, call.wire.body)
        capture = ResponseCapture()
        try:
            async with aclosing(response.chunks) as chunks:
                async for chunk in chunks:
                    capture.add(chunk)
        except ConnectionError as error:
            capture.error = str(error)
        if capture.size > MAX_RECORDED_BYTES:
            raise ValueError(
                f"the response has {capture.size} bytes; at most {MAX_RECORDED_BYTES} are compared"
            )
        return build_interaction(RequestCapture(call.wire), url, response, capture)


def list_lines(differences: list[str]) -> str:
    """Return the first differences, each in its line, and how many more there are."""
    more = len(differences) - MAX_LINES
    lines = "".join(f"\n  {line}" for line in differences[:MAX_LINES])
    return lines + (f"\n  and {more} more" if more > 0 else "")


def describe(call: Call) -> str:
    """Return the method and the path of a call."""
    return f"{call.wire.method} {call.wire.path}"


def find_changes(recorded: Interaction, live: Interaction, *, is_exact: bool) -> Iterator[str]:
    """Yield a line for each difference between two responses.

    With `is_exact` every value counts. Otherwise the structure does: the status, the content type,
    the keys and types of JSON and the API's own words, because texts, ids and times are new in
    every response.
    """
    if recorded.status != live.status:
        yield f"status: recorded {recorded.status}, now {live.status}"
        return
    kinds = [strip_parameters(one.get_header("content-type")) for one in (recorded, live)]
    if kinds[0] != kinds[1]:
        yield f"content-type: recorded {kinds[0] or 'nothing'}, now {kinds[1] or 'nothing'}"
    ends = [f"broke off ({one.broken})" if one.broken else "complete" for one in (recorded, live)]
    if bool(recorded.broken) != bool(live.broken):
        yield f"end: recorded {ends[0]}, now {ends[1]}"
    before, now = parse_body(recorded.body), parse_body(live.body)
    if not is_exact:
        before, now = outline(before), outline(now)
    for difference in compare_values(before, now, "body"):
        yield describe_change(difference)


def describe_change(difference: ValueDifference) -> str:
    """Return a difference in words."""
    return difference.describe("recorded {}, now {}")


def parse_body(body: bytes) -> Any:
    """Return a body as JSON, the events of a stream as a list, or other text."""
    text = body.decode("utf-8", "replace")
    events = re.findall(r"^data:[ ]?(.*?)\r?$", text, re.M)
    if text.lstrip().startswith("data:"):
        return [parse_json(event) for event in events]
    return parse_json(text)


def parse_json(text: str) -> Any:
    """Return JSON as its value, and any other text as it is."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def outline(value: Any, name: str = "") -> Any:
    """Return the structure of a JSON value: types instead of values, and each kind of item once.

    Words of the API stay, and what the user or the model fills in is left out.
    """
    if name in FREE_FORM_KEYS:
        return "free content"
    if isinstance(value, dict):
        return {key: outline(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        kinds = {json.dumps(one, sort_keys=True): one for one in map(outline, value)}
        return [kinds[key] for key in sorted(kinds)]
    if isinstance(value, str) and (name in API_WORD_KEYS or value == "[DONE]"):
        return value
    return kind_of(value)
