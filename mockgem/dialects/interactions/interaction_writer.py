"""Write an interaction as JSON, and as the events of a stream."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from mockgem.core.content import Candidate, ServerToolCall
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.interactions.input_writer import write_input
from mockgem.dialects.interactions.step_writer import Step, write_steps
from mockgem.operations.interactions import KeptInteraction, ShownInteraction
from mockgem.operations.stored_values import from_stored

Json = dict[str, Any]
DONE = b"event: done\ndata: [DONE]\n\n"
FAILURES = {
    "MALFORMED_FUNCTION_CALL": "The model produced a function call that could not be parsed.",
    "UNEXPECTED_TOOL_CALL": "The model called a tool that was not declared in the request.",
    "TOO_MANY_TOOL_CALLS": "The model generated more tool calls than allowed.",
    "MISSING_THOUGHT_SIGNATURE": "The response is missing a required thought signature.",
    "NO_IMAGE": "The model was unable to generate an image.",
}
"""Descriptions of the codes of failed generations.

Evidence: doc-interactions-errors.
"""
BLOCKED_WORDS = (
    *("SAFETY", "RECITATION", "LANGUAGE", "PROHIBITED_CONTENT", "SPII", "BLOCKLIST"),
    *("IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "IMAGE_OTHER"),
)
BLOCKED = "The request was blocked by the service's policies."


def write_interaction(shown: ShownInteraction, *, with_input: bool = False) -> Json:
    """Return an interaction, with keys in the recorded order; an empty field is absent.

    Evidence: native-002-interactions-200, native-103-interactions-200,
    recorded-interactions-incomplete.
    """
    interaction = shown.kept
    written: Json = {"id": interaction.id} if interaction.id else {}
    written |= {"status": interaction.status} | write_result(shown)
    if shown.has_reply and (steps := list_steps(shown)):
        written["steps"] = [step.whole for step in steps]
    written |= write_subject(interaction)
    if error := find_error(interaction):
        written["errors"] = [error]
    if interaction.previous_id:
        written["previous_interaction_id"] = interaction.previous_id
    written |= interaction.settings
    if with_input:
        written["input"] = list_input(interaction)
    return written


def list_input(interaction: KeptInteraction) -> Any:
    """Return the input as the client gave it; of a live interaction what the user said."""
    if not interaction.is_live:
        return interaction.given_input
    turns = from_stored(interaction.turns)
    return [step for turn in turns if turn.role == "user" for step in write_input(turn.parts)]


def write_subject(interaction: KeptInteraction) -> Json:
    """Return what worked on an interaction: a model or an agent."""
    worker = (
        {"agent": interaction.agent}
        if interaction.agent
        else {"model": interaction.model.removeprefix("models/")}
    )
    return {"object": "interaction", **worker}


def write_result(shown: ShownInteraction) -> Json:
    """Return token counts, times and tier; before the end there are only the times."""
    interaction = shown.kept
    times = {
        "created": format_time(interaction.created),
        "updated": format_time(interaction.ended or interaction.created),
    }
    if not shown.has_reply:
        return times
    tier = interaction.settings.get("service_tier", "standard")
    return {"usage": write_usage(shown), **times, "service_tier": tier}


def format_time(seconds: float) -> str:
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def write_usage(shown: ShownInteraction) -> Json:
    """Return token counts; the total includes thoughts and what tools read.

    Evidence: native-103-interactions-200, native-124-interactions-200.
    """
    usage = shown.usage
    counts: Json = {"total_tokens": usage.total, "total_input_tokens": usage.prompt}
    modalities = usage.prompt_modalities or (("TEXT", usage.prompt),)
    counts["input_tokens_by_modality"] = write_modalities(modalities)
    counts["total_cached_tokens"] = usage.cached
    if usage.cached:
        cached = usage.cached_modalities or (("TEXT", usage.cached),)
        counts["cached_tokens_by_modality"] = write_modalities(cached)
    counts["total_output_tokens"] = usage.output
    if usage.output_modalities:
        counts["output_tokens_by_modality"] = write_modalities(usage.output_modalities)
    counts["total_tool_use_tokens"] = usage.tool_use_prompt
    counts["total_thought_tokens"] = usage.thoughts
    if tools := count_grounding_tools(shown.candidate):
        counts["grounding_tool_count"] = tools
    return counts


def count_grounding_tools(candidate: Candidate) -> list[Json]:
    """Return how often the service searched, by tool."""
    used = [part.tool for part in candidate.parts if isinstance(part, ServerToolCall)]
    return [
        {"count": used.count(tool), "type": word}
        for tool, word in GROUNDING_TOOLS.items()
        if tool in used
    ]


GROUNDING_TOOLS = {
    "GOOGLE_SEARCH_WEB": "google_search",
    "GOOGLE_MAPS": "google_maps",
    "FILE_SEARCH": "retrieval",
}


def write_modalities(modalities: Any) -> list[Json]:
    return [{"modality": name.lower(), "tokens": tokens} for name, tokens in modalities]


def list_steps(shown: ShownInteraction) -> list[Step]:
    if not shown.kept.is_live:
        return write_steps(shown.candidate, shown.usage.thoughts)
    from mockgem.dialects.interactions.live.whole_steps import list_live_steps

    return list_live_steps(shown.kept)


def find_error(interaction: KeptInteraction) -> Json | None:
    """Return why an interaction failed, as a code and a message; None if it did not."""
    reason = interaction.error
    return describe_failure(reason) if reason and interaction.status == "failed" else None


def describe_failure(reason: str) -> Json:
    is_known = reason in FAILURES or reason in BLOCKED_WORDS
    code = reason.lower() if is_known else "content_blocked"
    return {"message": FAILURES.get(reason, BLOCKED), "code": code}


# Streams


def write_events(shown: ShownInteraction, *, numbered: bool) -> list[tuple[str, bytes]]:
    """Return the events of a stream with their ids, which are empty unless `numbered`."""
    events: list[tuple[str, bytes]] = []
    for number, (place, event) in enumerate(iter_events(shown)):
        event_id = make_event_id(place, number) if numbered else ""
        named = {"event_id": event_id} if numbered else {}
        kind = event.pop("event_type")
        data = dump_compact({**event, **named, "event_type": kind})
        events.append((event_id, b"event: %b\ndata: %b\n\n" % (kind.encode(), data)))
    events.append(("", DONE))
    return events


def make_event_id(place: str, number: int) -> str:
    """Return the id of an event: its step and number in base64.

    Evidence: report-interactions-ten-minutes.
    """
    return "v1_" + urlsafe_b64encode(f"{place}_{number}".encode()).decode().rstrip("=")


def iter_events(shown: ShownInteraction) -> Iterator[tuple[str, Json]]:
    """Yield the place of each event, such as `0_thought`, and the event.

    Evidence: recorded-interactions-thinking-stream, recorded-interactions-incomplete.
    """
    interaction = shown.kept
    head = {"id": interaction.id, "status": "in_progress"}
    yield "interaction", make_event("created", interaction=head | write_subject(interaction))
    yield "interaction", make_status(interaction, "in_progress")
    if shown.has_reply:
        for index, step in enumerate(list_steps(shown)):
            place = f"{index}_{step.start['type']}"
            yield place, {"index": index, "step": step.start, "event_type": "step.start"}
            for delta in step.deltas:
                yield place, {"index": index, "delta": delta, "event_type": "step.delta"}
            yield place, {"index": index, "event_type": "step.stop"}
    else:
        yield "interaction", make_status(interaction, interaction.status)
    if error := find_error(interaction):
        yield "interaction", {"error": error, "event_type": "error"}
    ending = {"id": interaction.id, "status": interaction.status}
    ending |= write_result(shown) | write_subject(interaction)
    yield "interaction", make_event("completed", interaction=ending)


def make_event(kind: str, **values: Any) -> Json:
    return {**values, "event_type": f"interaction.{kind}"}


def make_status(interaction: KeptInteraction, status: str) -> Json:
    return make_event("status_update", interaction_id=interaction.id, status=status)
