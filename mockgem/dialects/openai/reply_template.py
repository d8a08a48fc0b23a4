"""An answer written once, with marks where each giving out puts its own id and time.

What an answer says depends on the question alone, so it is written once for all times the question is asked. Marks are
as long as what takes their place, which keeps the lengths in chunked bodies right.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mockgem.core.frozen import value
from mockgem.core.http import Pieces, WireResponse, chunked
from mockgem.dialects.common import ids
from mockgem.operations.generate import Reply

Headers = tuple[tuple[str, str], ...]


@value
class Names:
    """How a surface names answers, in how many characters, and calls."""

    answer: Callable[[bytes, int], str]
    length: int
    call: Callable[[bytes, str], str]


@value
class Marks:
    """The id, the time and the call ids of one answer, or stand-ins for them. A stand-in for the time is a string."""

    id: str
    created: str | int
    calls: tuple[str, ...]


class Template:
    """The bytes of an answer, cut at its marks. Times change rarely, so the cut for the last one is kept."""

    __slots__ = ("at", "calls", "created", "cut", "data", "family", "headers", "id", "names", "streamed")

    def __init__(self, headers: Headers, data: bytes, marks: Marks, names: Names, family: str, *, streamed: bool) -> None:
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

    def given_out(self, luck: bytes, created: int) -> WireResponse:
        if created != self.at:
            self.at, self.cut = created, self.data.replace(self.created, b"%d" % created).split(self.id)
        data = self.names.answer(luck, created).encode().join(self.cut)
        for number, mark in enumerate(self.calls):
            if mark:
                name = self.names.call(ids.luck_of_call(luck, number), self.family)
                data = data.replace(mark, name.encode())
        return WireResponse(200, self.headers, Pieces(data) if self.streamed else data)


def marks_for(names: Names, luck: bytes, calls: int, family: str) -> Marks:
    """Marks that no text holds by accident: they are spelled from the luck."""
    code = luck.hex()
    return Marks(
        id=(f"@id{code}" * 2)[: names.length],
        created=f"@{code[:6]}@",
        calls=tuple(
            fitted(f"@{number:03}{code}", names.call(ids.luck_of_call(luck, number), family)) for number in range(calls)
        ),
    )


def real_names(names: Names, luck: bytes, created: int, calls: int, family: str) -> Marks:
    """What the marks stand for, for an answer that is given out for the first time and perhaps the last."""
    own = tuple([names.call(ids.luck_of_call(luck, number), family) for number in range(calls)]) if calls else ()
    return Marks(names.answer(luck, created), created, own)


def fitted(mark: str, name: str) -> str:
    """A mark as long as the name it stands for."""
    return (mark * 2)[: len(name)]


Written = tuple[Headers, bytes | Sequence[bytes]]
"""Headers and body; several bytes are sent in HTTP's chunked coding, each as a chunk, `bytes` with their length."""


def sent(reply: Reply, names: Names, write: Callable[[Marks], Written]) -> WireResponse:
    """An answer, written at once; or, where its draft is remembered, filled into a template that is made once."""
    draft = reply.draft
    template: Template | None = draft.spelled
    if template is None:
        calls = draft.calls
        if not draft.kept:
            headers, body = write(real_names(names, reply.luck, reply.created, calls, draft.model.family))
            return WireResponse(200, headers, body if isinstance(body, bytes) else Pieces(chunked(body)))
        marks = marks_for(names, reply.luck, calls, draft.model.family)
        headers, body = write(marks)
        streamed = not isinstance(body, bytes)
        data = body if isinstance(body, bytes) else chunked(body)
        template = draft.spelled = Template(headers, data, marks, names, draft.model.family, streamed=streamed)
    return template.given_out(reply.luck, reply.created)
