"""Write a response as JSON, and as the events of a stream.

Evidence: sdk-openai-responses, doc-openai-responses.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mockgem.core.content import Turn, Usage
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.openai.responses.item_writer import ItemWriter
from mockgem.dialects.openai.responses.output_item import OutputItem, make_event
from mockgem.operations.generate_request import last_user_text
from mockgem.operations.responses import Response, ShownResponse
from mockgem.operations.stored_values import from_stored

Json = dict[str, Any]
FAILURES = {
    "MALFORMED_FUNCTION_CALL": "The model produced a function call that could not be parsed.",
    "TOO_MANY_TOOL_CALLS": "The model generated more tool calls than allowed.",
    "MISSING_THOUGHT_SIGNATURE": "The response is missing a required thought signature.",
}
"""What a failed response says. The texts are guesses."""
FAILED = "The model produced an invalid response."


def write_response(shown: ShownResponse) -> Json:
    """Return a response with its output, which is empty before the end."""
    items = list_items(shown) if shown.has_reply else []
    return write_head(shown.kept) | write_ending(shown, [item.whole for item in items])


def write_head(response: Response) -> Json:
    """Return what a response shows from its beginning on."""
    conversation = {"conversation": {"id": response.conversation}} if response.conversation else {}
    return {
        "id": response.id,
        "object": "response",
        "created_at": int(response.created),
        "status": "in_progress",
        "background": response.in_background,
        **conversation,
        "error": None,
        "incomplete_details": None,
        "output": [],
        "previous_response_id": response.previous_id or None,
        **response.settings,
        "usage": None,
    }


def write_ending(shown: ShownResponse, output: list[Json]) -> Json:
    """Return what changes when a response ends."""
    response = shown.kept
    ending: Json = {"status": response.status, "output": output}
    if not shown.has_reply:
        return ending
    if response.status == "incomplete":
        ending["incomplete_details"] = {"reason": response.error}
    elif response.status == "failed":
        message = FAILURES.get(response.error, FAILED)
        ending["error"] = {"code": "server_error", "message": message}
    else:
        ending["completed_at"] = int(response.ended)
    return ending | {"usage": write_usage(shown.usage)}


def write_usage(usage: Usage) -> Json:
    """Return the usage as OpenAI counts it: output_tokens includes thinking."""
    return {
        "input_tokens": usage.prompt,
        "input_tokens_details": {"cached_tokens": usage.cached, "cache_write_tokens": 0},
        "output_tokens": usage.output + usage.thoughts,
        "output_tokens_details": {"reasoning_tokens": usage.thoughts},
        "total_tokens": usage.total,
    }


def list_items(shown: ShownResponse) -> list[OutputItem]:
    """Return the output items. The last message of an incomplete response is incomplete, too."""
    query = last_user_text(get_turns(shown.kept))
    items = ItemWriter(shown, query).write_items()
    if shown.kept.status == "incomplete" and items and items[-1].whole["type"] == "message":
        last = items[-1]
        items[-1] = OutputItem({**last.whole, "status": "incomplete"}, last.start, last.events)
    return items


def get_turns(response: Response) -> tuple[Turn, ...]:
    """Return the turns of a response, which are stored values if it was read from the state."""
    is_stored = bool(response.turns) and isinstance(response.turns[0], dict)
    return tuple(from_stored(response.turns) if is_stored else response.turns)


# Streams


def write_events(shown: ShownResponse, after: int = -1) -> list[bytes]:
    """Return the events whose number is higher than `after`."""
    return [
        b"event: %b\ndata: %b\n\n" % (event["type"].encode(), dump_compact(event))
        for event in number_events(shown)
        if event["sequence_number"] > after
    ]


def number_events(shown: ShownResponse) -> Iterator[Json]:
    for number, event in enumerate(iter_events(shown)):
        yield {"type": event.pop("type"), "sequence_number": number, **event}


def iter_events(shown: ShownResponse) -> Iterator[Json]:
    """Yield the events of a response from its beginning to its end."""
    head = write_head(shown.kept)
    yield make_event("created", response=head)
    yield make_event("in_progress", response=head)
    items = list_items(shown) if shown.has_reply else []
    for index, item in enumerate(items):
        yield make_event("output_item.added", output_index=index, item=item.start)
        place = {"item_id": item.whole["id"], "output_index": index}
        for event in item.events:
            yield {"type": event["type"], **place, **event}
        yield make_event("output_item.done", output_index=index, item=item.whole)
    status = shown.kept.status
    ending = write_ending(shown, [item.whole for item in items])
    yield make_event(status if status in ENDINGS else "failed", response=head | ending)


ENDINGS = ("completed", "incomplete", "failed")
