"""The faults by name: what each does, and which keys it takes. How each is done stands in `mockgem.faults`."""

from __future__ import annotations

FAULT_DESCRIPTIONS: dict[str, tuple[str, str]] = {
    # the connection
    "reset": ("at", "the connection is reset (RST); by default before a byte came"),
    "close": ("at", "the connection is closed (FIN) without an end of the answer; by default before a byte came"),
    "hang": ("at for", "nothing more comes, and after a time the connection is closed"),
    "garbage": ("at text", "bytes that are no HTTP, then the connection is closed"),
    "short_body": ("at", "Content-Length promises more than comes"),
    "bad_gzip": ("", "Content-Encoding says gzip, and the body is none"),
    "half_close": ("", "the answer comes, and then the server's side of the connection is closed while it still reads"),
    "no_keepalive": ("", "the connection is closed behind the answer"),
    "refuse": ("for", "the connection is reset, and no new one is taken for a time"),
    # the stream
    "cut": ("at", "the connection is closed in the middle of the answer"),
    "end": ("at", "the answer ends cleanly before it is complete: no finish reason, no [DONE]"),
    "stall": ("at for", "a long silence before an event"),
    "truncate": ("at", "an event loses its second half; the stream goes on"),
    "error": ("at error framing", "an error inside the stream, which ends it"),
    "junk": ("at text", "an event that is no JSON"),
    "duplicate": ("at times", "an event comes again"),
    "drop": ("at times", "an event is missing"),
    "merge": ("times", "so many events in one write; by default all"),
    "split": ("size", "so many bytes in one write; by default one"),
    "bad_utf8": ("at", "a byte that is no UTF-8 inside an event"),
    "comment": ("at times text", "comment lines between events"),
    "no_done": ("", "no [DONE] at the end"),
    "extra_done": ("", "a [DONE] where none belongs: on the native API, or twice"),
    "crlf": ("", "lines end with CRLF"),
    "no_space": ("", "no space behind data:"),
    "bom": ("", "a byte order mark at the start"),
    "not_streamed": ("", "a stream was asked for, and a whole answer comes"),
    # what the JSON holds
    "no_choices": ("at", "an event without choices or candidates"),
    "big_event": ("at size", "an event with so many bytes of text"),
    "early_finish": ("", "the finish reason is on the first event already"),
    "no_finish": ("", "no finish reason anywhere"),
    "no_parts": ("", "a message without parts or content"),
    "no_content": ("", "a candidate with an empty content"),
    "null_content": ("", "the content is null"),
    "no_message": ("", "a choice without message, a candidate without content"),
    "no_candidates": ("", "an empty list of choices or candidates"),
    "duplicate_ids": ("", "all tool calls have the same id"),
    "empty_ids": ("", "tool calls without an id"),
    "same_index": ("", "all tool calls of a stream have index 0"),
    "bad_arguments": ("", "the arguments of calls are cut JSON (where they are text)"),
    "no_usage": ("", "no usage"),
    "zero_usage": ("", "a usage of zeros"),
    "embeddings_collapse": ("", "one vector for all texts"),
    "embeddings_short": ("size", "vectors of another length"),
    # what is said
    "empty": ("", "nothing is said, and the answer ends as if it were complete"),
    "malformed_call": ("", "MALFORMED_FUNCTION_CALL, and no content"),
    "unexpected_call": ("", "a call of a tool that nobody declared"),
    "thinking_ate_budget": ("", "MAX_TOKENS, all of it thinking, and no content"),
    "wrong_tool": ("", "calls have a name that is nearly right"),
    "wrong_arguments": ("", "calls have arguments of wrong names and types"),
    "call_as_text": ("", "the call is written as prose"),
    "json_fenced": ("", "JSON in a markdown fence"),
    "json_truncated": ("", "JSON without its end"),
    "json_prose": ("", "JSON with words before and behind it"),
    "json_trailing_comma": ("", "JSON with a comma too many"),
    "json_single_quotes": ("", "JSON with single quotes"),
    "json_missing_field": ("", "JSON without its first field"),
    "json_wrong_type": ("", "JSON whose first field has another type"),
    "json_twice": ("", "the same JSON twice"),
    "json_number_loop": ("", "a number that never ends, up to MAX_TOKENS"),
    "repeat": ("text times", "the same words again and again, up to MAX_TOKENS"),
}  # fmt: skip
FAULT_NAMES = tuple(FAULT_DESCRIPTIONS)


def keys_of_fault(fault: str) -> list[str]:
    """The keys that a fault takes."""
    return FAULT_DESCRIPTIONS[fault][0].split()


STREAM_ONLY = frozenset(
    "end stall truncate error junk duplicate drop merge comment no_done extra_done crlf no_space bom not_streamed "
    "no_choices big_event early_finish same_index".split()
)
"""Faults that only a stream can have; a whole answer goes by untouched."""
