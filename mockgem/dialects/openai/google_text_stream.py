"""Write the events of a reply that is one text, the most common stream, faster than event by event.

All events but the last differ in their words alone, so they are a beginning, the words, an end.
"""

from __future__ import annotations

from mockgem.core.content import Text
from mockgem.core.http import ChunkedBody, encode_chunks
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.openai.reply_template import ReplyIds
from mockgem.operations.deltas import WORDS_PER_DELTA, is_split_at_words, split_text
from mockgem.operations.draft import Draft
from mockgem.operations.generators import tokens

BEGINNING = b'data: {"choices":[{"delta":{"content":'
MIDDLE = b',"role":"assistant"},"index":0}]'
LAST_MIDDLE = b',"role":"assistant"},"finish_reason":"stop","index":0}]'


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
    contents = dump_pieces(part)
    usages = render_usages(draft, part) if include_usage else [b""] * len(contents)
    return ChunkedBody(
        b"".join(
            [
                *encode_events(contents[:-1], MIDDLE + end, usages),
                *encode_events(contents[-1:], LAST_MIDDLE + end, usages[-1:]),
                encode_chunks((DONE,)),
            ]
        )
    )


def encode_events(contents: list[bytes], rest: bytes, usages: list[bytes]) -> list[bytes]:
    """Return a chunk for each event, from its words, what follows them in all, and its usage."""
    size = len(BEGINNING) + len(rest) + len(EVENT_END)
    return [
        b"%x\r\n%b%b%b%b%b\r\n"
        % (size + len(content) + len(usage), BEGINNING, content, rest, usage, EVENT_END)
        for content, usage in zip(contents, usages, strict=False)
    ]


EVENT_END = b"}\n\n"
DONE = b"data: [DONE]\n\n"


def dump_pieces(part: Text) -> list[bytes]:
    """Return the pieces of a text as JSON strings.

    No escape has a space, so a text that is split before spaces can be encoded as a whole.
    """
    if part.pieces or not is_split_at_words(part.text) or part.text[0] == " ":
        return [dump_compact(piece) for piece in part.pieces or split_text(part.text)]
    words = dump_compact(part.text)[1:-1].split(b" ")
    size = WORDS_PER_DELTA
    pieces = [b" ".join(words[at : at + size]) for at in range(0, len(words), size)]
    return [b'"%b"' % pieces[0], *[b'" %b"' % piece for piece in pieces[1:]]]


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
