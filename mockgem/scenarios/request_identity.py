"""What a request asks for, without what may change from one try to the next."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from mockgem.core.frozen import frozen
from mockgem.core.journal import JournalEntry

VOLATILE_KEYS = frozenset(
    {
        "user", "metadata", "labels", "id", "tool_call_id", "call_id", "request_id", "requestId",
        "thought_signature", "thoughtSignature", "extra_content", "safety_identifier",
        "prompt_cache_key",
    }
)  # fmt: skip
"""Names of values that say who asks, or name something, and do not change the question."""
VOLATILE_TEXT = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"  # a UUID
    r"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?"  # date and time
    r"|\b\d{10}(?:\d{3})?\b"  # seconds or milliseconds since 1970
    r"|\b[0-9a-f]{32,}\b"  # a digest
    r"|\s+",
    re.I,
)
TURN_KEYS = ("messages", "contents")
SYSTEM_KEYS = ("systemInstruction", "system_instruction")
QUESTION_KEYS = ("input", "prompt", "instances", "requests", "content")
"""Keys that alone hold the question; the other keys of such a request are settings."""
CREDENTIAL_PARAMETERS = ("key", "access_token", "alt")
BOUNDARY = re.compile(r'boundary="?([^";,]+)', re.I)


@frozen
class RequestIdentity:
    """What a request asks for: two tries of the same thing have equal identities.

    `kind` is the method and the path without the model, the same with and without streaming.
    `context` is the system instruction, the query and the text of a system turn; `turns` are the
    turns of a conversation, or one text for other requests.
    """

    kind: tuple[str, str]
    model: str
    context: str
    turns: tuple[str, ...]

    def is_retry_of(self, failed: RequestIdentity) -> bool:
        """Return whether this asks for the same again, perhaps with fewer of the earlier turns."""
        return self.model == failed.model and self.asks_same_as(failed)

    def asks_same_as(self, failed: RequestIdentity) -> bool:
        """Return whether this asks for the same, perhaps another model."""
        return (self.kind, self.context) == (failed.kind, failed.context) and is_shortened(
            self.turns, failed.turns
        )

    def continues(self, failed: RequestIdentity) -> bool:
        """Return whether this is the same conversation with more turns at its end."""
        start = self.turns[: len(failed.turns)]
        return (
            (self.kind, self.context) == (failed.kind, failed.context)
            and start == failed.turns
            and len(self.turns) > len(start)
        )


def is_shortened(turns: Sequence[str], failed: Sequence[str]) -> bool:
    """Return whether turns are those of a failed request, or some of them with the last one."""
    if not turns or not failed or turns[-1] != failed[-1]:
        return False
    rest = iter(failed)
    return all(turn in rest for turn in turns)


def identify_request(entry: JournalEntry) -> RequestIdentity:
    """Return what a call asked for.

    A body that is not JSON counts as it is, but for the boundary of a multipart body. Of a body
    that the journal does not keep whole only an equal one is a retry.
    """
    kind, wire = request_kind_of(entry), entry.wire
    model = entry.model.removeprefix("models/")
    query = {name: text for name, text in wire.query.items() if name not in CREDENTIAL_PARAMETERS}
    context = dump(query)
    if entry.request_size or not wire.body:
        length = wire.headers.get("content-length", "")
        return RequestIdentity(kind, model, context, (f"{entry.key.hex()} {length}",))
    try:
        body = json.loads(wire.body)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        return RequestIdentity(kind, model, context, (strip_boundary(entry),))
    turns = next((body[name] for name in TURN_KEYS if body.get(name)), None)
    if turns is None:
        return RequestIdentity(kind, model, context, (dump(clean(select_question(body))),))
    rows = turns if isinstance(turns, list) else [turns]
    system = [body[name] for name in SYSTEM_KEYS if name in body]
    system += [row for row in rows if is_system(row)]
    said = tuple([dump(clean(row)) for row in rows if not is_system(row)])
    return RequestIdentity(kind, model, context + dump(clean(system)), said)


def request_kind_of(entry: JournalEntry) -> tuple[str, str]:
    """Return method and path without the model, the same with and without streaming."""
    path = re.sub(r"/models/[^/:]+", "/models/*", entry.path)
    return entry.method, path.replace(":streamGenerateContent", ":generateContent")


def is_system(row: Any) -> bool:
    return isinstance(row, dict) and row.get("role") in ("system", "developer")


def select_question(body: Mapping[str, Any]) -> Mapping[str, Any]:
    question = {name: body[name] for name in QUESTION_KEYS if name in body}
    return question or body


def clean(value: Any) -> Any:
    """Return JSON without volatile keys, and with volatile parts of texts replaced."""
    if isinstance(value, dict):
        return {name: clean(one) for name, one in value.items() if name not in VOLATILE_KEYS}
    if isinstance(value, list):
        return list(map(clean, value))
    return clean_text(value) if isinstance(value, str) else value


def clean_text(text: str) -> str:
    return VOLATILE_TEXT.sub(lambda match: " " if match[0].isspace() else "#", text).strip()


def dump(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def strip_boundary(entry: JournalEntry) -> str:
    """Return a body as text, without the boundary that clients draw for each multipart body."""
    match = BOUNDARY.search(entry.wire.headers.get("content-type", ""))
    body = entry.wire.body.decode("latin-1")
    return body.replace(match[1], "") if match else body
