"""An answer written once, with marks where each giving out puts its own id and time.

What an answer says depends on the question alone, so it is written once for all times the question is asked. Marks are
as long as what takes their place, which keeps the lengths in chunked bodies right.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mockgem.core.wire import Pieces, WireResponse, chunked
from mockgem.dialects.openai import ids

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Names:
    """How a surface names answers and calls."""

    answer: Callable[[bytes, int], str]
    call: Callable[[bytes, str], str]


@dataclass(frozen=True, slots=True)
class Marks:
    """Stand-ins for the id, the time and the call ids of one answer. `created` is written as a JSON string."""

    id: str
    created: str
    calls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    headers: Headers
    data: bytes
    marks: Marks
    streamed: bool
    names: Names
    family: str

    def given_out(self, luck: bytes, created: int) -> WireResponse:
        data = self.data.replace(b'"%b"' % self.marks.created.encode(), b"%d" % created)
        data = data.replace(self.marks.id.encode(), self.names.answer(luck, created).encode())
        for number, mark in enumerate(self.marks.calls):
            if mark:
                name = self.names.call(ids.luck_of_call(luck, number), self.family)
                data = data.replace(mark.encode(), name.encode())
        return WireResponse(200, self.headers, Pieces(data) if self.streamed else data)


def marks_for(names: Names, luck: bytes, calls: int, family: str) -> Marks:
    """Marks that no text holds by accident: they are spelled from the luck."""
    code = luck.hex()
    return Marks(
        id=fitted(f"@id{code}", names.answer(luck, 1_700_000_000)),
        created=f"@{code[:6]}@",
        calls=tuple(
            fitted(f"@{number:03}{code}", names.call(ids.luck_of_call(luck, number), family)) for number in range(calls)
        ),
    )


def fitted(mark: str, name: str) -> str:
    """A mark as long as the name it stands for."""
    return (mark * 2)[: len(name)]


def template_of(
    headers: Headers, written: bytes | list[bytes], marks: Marks, names: Names, family: str
) -> Template:
    """A list is sent in HTTP's chunked coding, an element to a chunk; bytes are sent with their length."""
    streamed = isinstance(written, list)
    data = chunked(written) if isinstance(written, list) else written
    return Template(headers, data, marks, streamed, names, family)
