"""Write the events of a native stream. Those of a text, which are most, come from a template.

They differ in their words, and in two counts of tokens where events have them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mockgem.core.content import Candidate, Part, Text
from mockgem.core.frozen import frozen
from mockgem.dialects.common.json_writer import dump_event, dump_text
from mockgem.dialects.gemini.content_writer import ContentWriter, has_content
from mockgem.dialects.gemini.responses import Json
from mockgem.operations.generators import tokens

MARK = "the words of the event"
COUNT = 10**15
"""What stands in the template for the words, and for the tokens of the reply so far."""


@frozen
class EventTemplate:
    """The bytes of an event around its words, and those around its counts of tokens.

    `others` are the tokens besides those of the reply. Without counts, `counts` is None.
    """

    before: bytes
    after: bytes
    counts: tuple[bytes, bytes, bytes] | None
    others: int

    def fill(self, words: str, count: int) -> bytes:
        if self.counts is None:
            return b"%b%b%b" % (self.before, dump_text(words), self.after)
        first, second, end = self.counts
        total = count + self.others
        return b"%b%b%b%d%b%d%b" % (
            self.before, dump_text(words), first, count, second, total, end
        )  # fmt: skip


def iter_events(writer: ContentWriter) -> Iterator[bytes]:
    """Yield the events of a stream."""
    draft = writer.draft
    if draft.block_reason:
        yield encode_event(writer.render_whole())
        return
    last = len(draft.candidates) - 1
    for place, candidate in enumerate(draft.candidates):
        signed = writer.sign_candidate(candidate)
        yield from iter_candidate_events(writer, signed, place, last=place == last)


def iter_candidate_events(
    writer: ContentWriter, candidate: Candidate, place: int, *, last: bool
) -> Iterator[bytes]:
    pieces, closing = writer.split_pieces(candidate)
    template: EventTemplate | None = None
    has_output = False
    for parts in pieces:
        has_output = has_output or has_content(parts)
        text = take_text(parts)
        if not text:
            yield encode_event(writer.render_piece(parts, place, has_output=has_output))
            continue
        template = template or make_template(writer, place)
        writer.sent_bytes += tokens.count_bytes(text)
        yield template.fill(text, writer.estimate_usage(writer.sent_bytes).output)
    yield encode_event(writer.render_last_chunk(candidate, closing, place, last=last))


def take_text(parts: Sequence[Part]) -> str:
    """Return the text of a chunk that is nothing else; empty for other chunks."""
    part = parts[0]
    if len(parts) > 1 or not isinstance(part, Text) or part.thought or part.signature:
        return ""
    return part.text


def make_template(writer: ContentWriter, place: int) -> EventTemplate:
    usage = writer.draft.usage
    counted = writer.estimate_usage(COUNT * tokens.BYTES_PER_TOKEN, most=COUNT)
    event = encode_event(writer.render_chunk((Text(MARK),), place, counted, has_output=True))
    before, _, after = event.partition(dump_text(MARK))
    others = usage.prompt + usage.thoughts
    first, count, rest = after.partition(b"%d" % COUNT)
    if not count:
        return EventTemplate(before, after, None, others)
    second, _, end = rest.partition(b"%d" % (COUNT + others))
    return EventTemplate(before, after, (first, second, end), others)


def encode_event(chunk: Json) -> bytes:
    return b"data: %b\r\n\r\n" % dump_event(chunk)
