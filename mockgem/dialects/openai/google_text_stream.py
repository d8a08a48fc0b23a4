"""Write the events of a reply that is one text, the most common stream, faster than event by event.

All events but the last differ in their words alone, so they are a beginning, the words, an end.
"""

from __future__ import annotations

from mockgem.core.content import Text
from mockgem.core.http import ChunkedBody, encode_chunks
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.openai.reply_template import ReplyIds
from mockgem.operations.deltas import EIGHT_ENCODED_WORDS, is_split_at_words, split_text
from mockgem.operations.draft import Draft
from mockgem.operations.generators import tokens

BEGINNING = b'data: {"choices":[{"delta":{"content":"'
MIDDLE = b'","role":"assistant"},"index":0}]'
LAST_MIDDLE = b'","role":"assistant"},"finish_reason":"stop","index":0}]'
EVENT_END = b"}\n\n"
DONE = b"data: [DONE]\n\n"


def render_text_events(
    model: str, draft: Draft, reply_ids: ReplyIds, part: Text, *, include_usage: bool
) -> ChunkedBody:
    """Return the events of a stream of one text, as CompletionWriter.render_events writes them,
    each in a chunk."""
    described = {
        "created": reply_ids.created,
        "id": reply_ids.id,
        "model": model,
        "object": "chat.completion.chunk",
    }
    end = b"," + dump_compact(described)[1:-1]
    pieces = dump_pieces(part)
    if include_usage:
        usages = render_usages(draft, part)
        ends = [MIDDLE + end] * (len(pieces) - 1) + [LAST_MIDDLE + end]
        parts = zip(pieces, ends, usages, strict=True)
        events = encode_events([b"%b%b%b" % one for one in parts], EVENT_END)
    else:
        events = encode_events(pieces[:-1], MIDDLE + end + EVENT_END)
        events += encode_events(pieces[-1:], LAST_MIDDLE + end + EVENT_END)
    return ChunkedBody(events + encode_chunks((DONE,)))


def encode_events(pieces: list[bytes], rest: bytes) -> bytes:
    """Return a chunk for each event, from the words of each and what follows them in all."""
    size = len(BEGINNING) + len(rest)
    heads = [b"%x\r\n%b%b" % (size + len(piece), BEGINNING, piece) for piece in pieces]
    return (rest + b"\r\n").join([*heads, b""])


def dump_pieces(part: Text) -> list[bytes]:
    """Return the pieces of a text as JSON strings without quotation marks.

    No escape has a space, so a text that is split before spaces can be encoded as a whole.
    """
    if part.pieces or not is_split_at_words(part.text) or part.text[0] == " ":
        return [dump_compact(piece)[1:-1] for piece in part.pieces or split_text(part.text)]
    return EIGHT_ENCODED_WORDS.findall(dump_compact(part.text)[1:-1])[:-1]  # the last is empty


def render_usages(draft: Draft, part: Text) -> list[bytes]:
    """Return the usage up to each event."""
    usage = draft.usage
    so_far: list[int] = []
    sent = 0
    for piece in part.pieces or split_text(part.text):
        sent += tokens.count_bytes(piece)
        so_far.append(0 if draft.model.family == "2.0" else -(-sent // tokens.BYTES_PER_TOKEN))
    so_far[-1] = usage.output
    thoughts = usage.prompt + usage.thoughts
    return [
        b',"usage":{"completion_tokens":%d,"prompt_tokens":%d,"total_tokens":%d}'
        % (count, usage.prompt, thoughts + count)
        for count in so_far
    ]
