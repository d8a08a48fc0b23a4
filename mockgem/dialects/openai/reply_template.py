"""An answer written once, with marks where each giving out puts its own id and time.

What an answer says depends on the question alone, so it is written once for all times the question is asked. Marks are
as long as what takes their place, which keeps the lengths in chunked bodies right.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mockgem.core.frozen import frozen
from mockgem.core.http import ChunkedBody, WireResponse, encode_chunks
from mockgem.dialects.common import ids
from mockgem.operations.draft import Reply

Headers = tuple[tuple[str, str], ...]


@frozen
class IdScheme:
    """How a surface names answers, in how many characters, and calls."""

    make_reply_id: Callable[[bytes, int], str]
    reply_id_length: int
    make_call_id: Callable[[bytes, str], str]


@frozen
class ReplyIds:
    """The id, the time and the call ids of one answer, or stand-ins for them. A stand-in for the time is a string."""

    id: str
    created: str | int
    calls: tuple[str, ...]


class ReplyTemplate:
    """The bytes of an answer, cut at its marks. Times change rarely, so the cut for the last one is kept."""

    __slots__ = (
        "at",
        "calls",
        "created",
        "cut",
        "data",
        "family",
        "headers",
        "id",
        "names",
        "streamed",
    )

    def __init__(
        self,
        headers: Headers,
        data: bytes,
        marks: ReplyIds,
        names: IdScheme,
        family: str,
        *,
        streamed: bool,
    ) -> None:
        self.headers = headers
        self.data = data
        self.names = names
        self.family = family
        self.streamed = streamed
        self.id = marks.id.encode()
        self.created = b'"%b"' % str(marks.created).encode()
        self.calls = tuple(mark.encode() for mark in marks.calls)
        self.at = -1
        self.cut: list[bytes] = []

    def fill(self, luck: bytes, created: int) -> WireResponse:
        if created != self.at:
            self.at, self.cut = (
                created,
                self.data.replace(self.created, b"%d" % created).split(self.id),
            )
        data = self.names.make_reply_id(luck, created).encode().join(self.cut)
        for number, mark in enumerate(self.calls):
            if mark:
                name = self.names.make_call_id(ids.compute_call_seed(luck, number), self.family)
                data = data.replace(mark, name.encode())
        return WireResponse(200, self.headers, ChunkedBody(data) if self.streamed else data)


def make_placeholders(names: IdScheme, luck: bytes, calls: int, family: str) -> ReplyIds:
    """Marks that no text holds by accident: they are spelled from the luck."""
    code = luck.hex()
    return ReplyIds(
        id=(f"@id{code}" * 2)[: names.reply_id_length],
        created=f"@{code[:6]}@",
        calls=tuple(
            trim_placeholder(
                f"@{number:03}{code}",
                names.make_call_id(ids.compute_call_seed(luck, number), family),
            )
            for number in range(calls)
        ),
    )


def make_reply_ids(names: IdScheme, luck: bytes, created: int, calls: int, family: str) -> ReplyIds:
    """What the marks stand for, for an answer that is given out for the first time and perhaps the last."""
    own = (
        tuple(
            [
                names.make_call_id(ids.compute_call_seed(luck, number), family)
                for number in range(calls)
            ]
        )
        if calls
        else ()
    )
    return ReplyIds(names.make_reply_id(luck, created), created, own)


def trim_placeholder(mark: str, name: str) -> str:
    """A mark as long as the name it stands for."""
    return (mark * 2)[: len(name)]


RenderedReply = tuple[Headers, bytes | Sequence[bytes]]
"""Headers and body; several bytes are sent in HTTP's chunked coding, each as a chunk, `bytes` with their length."""


def encode_reply(
    reply: Reply, names: IdScheme, write: Callable[[ReplyIds], RenderedReply]
) -> WireResponse:
    """An answer, written at once; or, where its draft is remembered, filled into a template that is made once."""
    draft = reply.draft
    template: ReplyTemplate | None = draft.template
    if template is None:
        calls = draft.tool_call_count
        if not draft.is_cached:
            headers, body = write(
                make_reply_ids(names, reply.id_seed, reply.created, calls, draft.model.family)
            )
            return WireResponse(
                200, headers, body if isinstance(body, bytes) else ChunkedBody(encode_chunks(body))
            )
        marks = make_placeholders(names, reply.id_seed, calls, draft.model.family)
        headers, body = write(marks)
        streamed = not isinstance(body, bytes)
        data = body if isinstance(body, bytes) else encode_chunks(body)
        template = draft.template = ReplyTemplate(
            headers, data, marks, names, draft.model.family, streamed=streamed
        )
    return template.fill(reply.id_seed, reply.created)
