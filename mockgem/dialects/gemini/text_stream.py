"""Write the events of a native stream. Those of a text, which are most, come from a template.

They differ in their words, and in two counts of tokens where events have them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

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

    `others` are the tokens besides those of the reply, of which there are `most`. `counts` is None
    for events that count none.
    """

    before: bytes
    after: bytes
    counts: tuple[bytes, bytes, bytes] | None
    others: int
    most: int

    def fill(self, words: bytes, sent_bytes: int) -> bytes:
        """Return an event with words as JSON, after which the reply has some bytes of text."""
        if self.counts is None:
            return b"%b%b%b" % (self.before, words, self.after)
        first, second, end = self.counts
        count = min(-(-sent_bytes // tokens.BYTES_PER_TOKEN), self.most)
        total = count + self.others
        return b"%b%b%b%d%b%d%b" % (self.before, words, first, count, second, total, end)


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
    texts = list(map(take_text, pieces))
    template = make_template(writer, place) if any(texts) else None
    has_output = False
    for parts, text, words in zip(pieces, texts, dump_texts(texts), strict=True):
        has_output = has_output or has_content(parts)
        if template and text:
            writer.sent_bytes += tokens.count_bytes(text)
            yield template.fill(words, writer.sent_bytes)
        else:
            yield encode_event(writer.render_piece(parts, place, has_output=has_output))
    yield encode_event(writer.render_last_chunk(candidate, closing, place, last=last))


def dump_texts(texts: list[str]) -> list[bytes]:
    """Return texts as JSON, without quotation marks; all are written at once."""
    joined = SEPARATOR.join(texts)
    if joined.count(SEPARATOR) >= len(texts) or ESCAPED_SEPARATOR in joined:
        return [dump_text(text)[1:-1] for text in texts]
    return dump_text(joined)[1:-1].split(ESCAPED_SEPARATOR.encode())


SEPARATOR = "\x1f"
ESCAPED_SEPARATOR = "\\u001f"
"""A character that hardly any text has, and how JSON escapes it."""


def take_text(parts: Sequence[Part]) -> str:
    """Return the text of a chunk that is nothing else; empty for other chunks."""
    part = parts[0]
    if len(parts) > 1 or not isinstance(part, Text) or part.thought or part.signature:
        return ""
    return part.text


def make_template(writer: ContentWriter, place: int) -> EventTemplate:
    usage = writer.draft.usage
    has_counts = usage.output > 0 and not writer.is_legacy
    counted = replace(writer.estimate_usage(0), output=COUNT if has_counts else 0)
    event = encode_event(writer.render_chunk((Text(MARK),), place, counted, has_output=True))
    before, _, after = event.partition(MARK.encode())
    others = usage.prompt + usage.thoughts
    first, count, rest = after.partition(b"%d" % COUNT)
    second, _, end = rest.partition(b"%d" % (COUNT + others))
    counts = (first, second, end) if count else None
    return EventTemplate(before, after, counts, others, usage.output)


def encode_event(chunk: Json) -> bytes:
    return b"data: %b\r\n\r\n" % dump_event(chunk)
