"""Encode a reply once, with placeholders for the id and the time of each delivery.

A reply's content depends only on the question, so its bytes are the same each time. A placeholder
is as long as the value that replaces it, which keeps the lengths in chunked bodies right.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mockgem.core.frozen import frozen
from mockgem.core.http import ChunkedBody, WireResponse, encode_chunks
from mockgem.dialects.common import ids
from mockgem.operations.draft import EncodedReply, Reply

Headers = tuple[tuple[str, str], ...]


@frozen
class IdScheme:
    """How a surface scheme replies, in how many characters, and calls."""

    make_reply_id: Callable[[bytes, int], str]
    reply_id_length: int
    make_call_id: Callable[[bytes, str], str]


@frozen
class ReplyIds:
    """The id, the time and the call ids of one reply, or placeholders for them.

    The placeholder for the time is a string.
    """

    id: str
    created: str | int
    calls: tuple[str, ...]


class ReplyTemplate:
    """The bytes of a reply, split at the placeholders.

    The time changes rarely, so the template caches the bytes with the last time filled in.
    """

    __slots__ = (
        "at",
        "calls",
        "created",
        "data",
        "family",
        "headers",
        "id",
        "pieces",
        "scheme",
        "streamed",
    )

    def __init__(
        self,
        headers: Headers,
        data: bytes,
        reply_ids: ReplyIds,
        scheme: IdScheme,
        family: str,
        *,
        streamed: bool,
    ) -> None:
        self.headers = headers
        self.data = data
        self.scheme = scheme
        self.family = family
        self.streamed = streamed
        self.id = reply_ids.id.encode()
        self.created = b'"%b"' % str(reply_ids.created).encode()
        self.calls = tuple(placeholder.encode() for placeholder in reply_ids.calls)
        self.at = -1
        self.pieces: list[bytes] = []

    def fill(self, seed: bytes, created: int) -> WireResponse:
        if created != self.at:
            self.at, self.pieces = (
                created,
                self.data.replace(self.created, b"%d" % created).split(self.id),
            )
        data = self.scheme.make_reply_id(seed, created).encode().join(self.pieces)
        for number, placeholder in enumerate(self.calls):
            if placeholder:
                name = self.scheme.make_call_id(ids.compute_call_seed(seed, number), self.family)
                data = data.replace(placeholder, name.encode())
        return WireResponse(200, self.headers, ChunkedBody(data) if self.streamed else data)


def make_placeholders(scheme: IdScheme, seed: bytes, calls: int, family: str) -> ReplyIds:
    """Return placeholders that no text contains by accident: they come from the seed."""
    code = seed.hex()
    return ReplyIds(
        id=(f"@id{code}" * 2)[: scheme.reply_id_length],
        created=f"@{code[:6]}@",
        calls=tuple(
            trim_placeholder(
                f"@{number:03}{code}",
                scheme.make_call_id(ids.compute_call_seed(seed, number), family),
            )
            for number in range(calls)
        ),
    )


def make_reply_ids(
    scheme: IdScheme, seed: bytes, created: int, calls: int, family: str
) -> ReplyIds:
    """Return the values themselves, for a reply that is delivered for the first time."""
    call_ids = (
        tuple(
            [
                scheme.make_call_id(ids.compute_call_seed(seed, number), family)
                for number in range(calls)
            ]
        )
        if calls
        else ()
    )
    return ReplyIds(scheme.make_reply_id(seed, created), created, call_ids)


def trim_placeholder(placeholder: str, name: str) -> str:
    """Return a placeholder as long as the name that replaces it."""
    return (placeholder * 2)[: len(name)]


RenderedReply = tuple[Headers, bytes | ChunkedBody | Sequence[bytes]]
"""Headers and body: bytes with a length, or chunks for HTTP's chunked coding, encoded or not."""


def join_parts(parts: Sequence[bytes]) -> ChunkedBody:
    return ChunkedBody(encode_chunks(parts))


def encode_reply(
    reply: Reply, scheme: IdScheme, write: Callable[[ReplyIds], RenderedReply]
) -> WireResponse:
    """Encode a new reply directly, or a repeated reply from its cached template."""
    draft = reply.draft
    template: EncodedReply | None = draft.template
    if template is None:
        calls = draft.tool_call_count
        if not draft.is_cached:
            headers, body = write(
                make_reply_ids(scheme, reply.id_seed, reply.created, calls, draft.model.family)
            )
            return WireResponse(
                200, headers, body if isinstance(body, (bytes, ChunkedBody)) else join_parts(body)
            )
        reply_ids = make_placeholders(scheme, reply.id_seed, calls, draft.model.family)
        headers, body = write(reply_ids)
        streamed = not isinstance(body, bytes)
        if not isinstance(body, (bytes, ChunkedBody)):
            body = join_parts(body)
        data = body if isinstance(body, bytes) else body.encoded
        template = draft.template = ReplyTemplate(
            headers, data, reply_ids, scheme, draft.model.family, streamed=streamed
        )
    return template.fill(reply.id_seed, reply.created)
