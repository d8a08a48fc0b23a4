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
from mockgem.operations.deltas import split_text
from mockgem.operations.generators import tokens

MARK = "the words of the event"
COUNT = 10**15
"""What stands in the template for the words, and for the tokens of the reply so far."""


@frozen
class EventTemplate:
    """The bytes of an event around its words, and those around its counts of tokens.

    `others` are the tokens besides those of the reply, of which there are `most`. Without counts,
    `counts` is None.
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
        count = -(-sent_bytes // tokens.BYTES_PER_TOKEN)
        count = count if count < self.most else self.most
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
    if (split := split_one_text(writer, candidate)) is not None:
        texts, closing = split
        yield from iter_text_events(writer, texts, place)
    else:
        pieces, closing = writer.split_pieces(candidate)
        yield from iter_piece_events(writer, pieces, place)
    yield encode_event(writer.render_last_chunk(candidate, closing, place, last=last))


def split_one_text(
    writer: ContentWriter, candidate: Candidate
) -> tuple[list[str], Sequence[Part]] | None:
    """Return the words of each event of a reply that is one text, and the parts of the last event.

    None for other replies.
    """
    part = candidate.parts[0] if len(candidate.parts) == 1 else None
    has_names = writer.model.has_named_calls
    if not isinstance(part, Text) or part.thought or (part.signature and not has_names):
        return None
    texts = list(part.pieces or split_text(part.text))
    if "" in texts:
        return None
    if has_names:
        return texts, (Text("", signature=part.signature),)
    return texts[:-1], (Text(texts[-1]),)


def iter_text_events(writer: ContentWriter, texts: list[str], place: int) -> Iterator[bytes]:
    if not texts:
        return
    template = make_template(writer, place)
    for text, words in zip(texts, dump_texts(texts), strict=True):
        writer.sent_bytes += tokens.count_bytes(text)
        yield template.fill(words, writer.sent_bytes)


def dump_texts(texts: list[str]) -> list[bytes]:
    """Return texts as JSON, without quotation marks; all are written at once."""
    joined = SEPARATOR.join(texts)
    if joined.count(SEPARATOR) >= len(texts) or ESCAPED_SEPARATOR in joined:
        return [dump_text(text)[1:-1] for text in texts]
    return dump_text(joined)[1:-1].split(ESCAPED_SEPARATOR.encode())


SEPARATOR = "\x1f"
ESCAPED_SEPARATOR = "\\u001f"
"""A character that no text has, and how JSON escapes it."""


def iter_piece_events(
    writer: ContentWriter, pieces: Sequence[Sequence[Part]], place: int
) -> Iterator[bytes]:
    """Yield an event for each of some parts; those of texts come from the template."""
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
        yield template.fill(dump_text(text)[1:-1], writer.sent_bytes)


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
    before, _, after = event.partition(MARK.encode())
    others = usage.prompt + usage.thoughts
    first, count, rest = after.partition(b"%d" % COUNT)
    second, _, end = rest.partition(b"%d" % (COUNT + others))
    counts = (first, second, end) if count else None
    return EventTemplate(before, after, counts, others, usage.output)


def encode_event(chunk: Json) -> bytes:
    return b"data: %b\r\n\r\n" % dump_event(chunk)
