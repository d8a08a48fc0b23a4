"""Write the events of a native stream of one text, the most common stream, from a template.

All events but the last differ in their words and two counts of tokens.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mockgem.core.content import Part, Text
from mockgem.core.frozen import frozen
from mockgem.dialects.common.json_writer import dump_event, dump_text
from mockgem.dialects.gemini.content_writer import ContentWriter
from mockgem.operations.generators import tokens

MARK = "the words of the event"
COUNT = 10**15
"""What stands in the template for the words, and for the tokens of the reply so far."""


@frozen
class EventTemplate:
    """The bytes of an event around its words, its tokens so far, and all tokens so far.

    `others` are the tokens besides those of the reply.
    """

    before: bytes
    after_words: bytes
    after_count: bytes
    end: bytes
    others: int

    def fill(self, words: str, count: int) -> bytes:
        return b"%b%b%b%d%b%d%b" % (
            self.before,
            dump_text(words),
            self.after_words,
            count,
            self.after_count,
            count + self.others,
            self.end,
        )


def iter_events(writer: ContentWriter) -> Iterator[bytes]:
    """Yield the events of a stream."""
    if not has_one_text(writer):
        for chunk in writer.iter_chunks():
            yield encode_event(dump_event(chunk))
        return
    candidate = writer.draft.candidates[0]
    pieces, closing = writer.split_pieces(candidate)
    yield from iter_text_events(writer, pieces)
    yield encode_event(dump_event(writer.render_last_chunk(candidate, closing, 0, last=True)))


def iter_text_events(writer: ContentWriter, pieces: Sequence[Sequence[Part]]) -> Iterator[bytes]:
    template = make_template(writer)
    most = writer.draft.usage.output
    for part in [one for parts in pieces for one in parts if isinstance(one, Text)]:
        writer.sent_bytes += tokens.count_bytes(part.text)
        yield template.fill(part.text, min(-(-writer.sent_bytes // tokens.BYTES_PER_TOKEN), most))


def has_one_text(writer: ContentWriter) -> bool:
    """Return whether a reply is one text whose events all have counts of tokens."""
    draft = writer.draft
    has_counts = not writer.variant.vertex and not writer.is_legacy and draft.usage.output > 0
    if not has_counts or draft.block_reason or len(draft.candidates) != 1:
        return False
    candidate = draft.candidates[0]
    part = candidate.parts[0] if len(candidate.parts) == 1 else None
    if not isinstance(part, Text) or part.thought or part.signature:
        return False
    is_counted = bool(part.text) and "" not in part.pieces
    return is_counted and writer.sign_candidate(candidate) is candidate


def make_template(writer: ContentWriter) -> EventTemplate:
    usage = writer.draft.usage
    counted = writer.estimate_usage(COUNT * tokens.BYTES_PER_TOKEN, most=COUNT)
    chunk = writer.render_chunk((Text(MARK),), 0, counted, has_output=True)
    others = usage.prompt + usage.thoughts
    before, _, rest = encode_event(dump_event(chunk)).partition(dump_text(MARK))
    after_words, _, rest = rest.partition(b"%d" % COUNT)
    after_count, _, end = rest.partition(b"%d" % (COUNT + others))
    return EventTemplate(before, after_words, after_count, end, others)


def encode_event(data: bytes) -> bytes:
    return b"data: %b\r\n\r\n" % data
