"""A reply that constraints change, in paragraphs and sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.writing import Writer

SENTENCE = make_regex(
    r"[^.!?。！？\n]+(?:[.!?](?=[^\s\"”*])[^.!?。！？\n]*)*[.!?。！？]*[\"”*]*[ \t]*"
)


@dataclass
class Draft:
    """A text on its way to fulfil constraints.

    Attributes:
        question: The prompt without its constraints.
        text: The reply so far.
        wish: The whole prompt.
        request: What a reply repeats that has to begin with the request.
        kept: Words that the reply must not lose again.
    """

    question: Question
    text: str
    wish: str = ""
    request: str = ""
    kept: list[str] = field(default_factory=list)
    _writer: Writer | None = None

    @property
    def writer(self) -> Writer:
        """What writes more about the topic, always the same for a draft."""
        if self._writer is None:
            self._writer = Writer(self.question)
        return self._writer

    def add_sentences(self, sentences: list[str]) -> None:
        """Put sentences before the last line of a letter, else at the end of the last paragraph."""
        added = self.writer.space.join(sentences)
        blocks = self.text.split("\n\n")
        place = len(blocks) - 1
        if place > 1 and len(blocks[place].split()) < SHORT_BLOCK:
            place -= 1
        is_list = blocks[place].startswith(("- ", "* ", "1. ", "|", "#"))
        if is_list:
            blocks.insert(place + 1, added)
        else:
            blocks[place] = f"{blocks[place].rstrip()}{self.writer.space}{added}"
        self.text = "\n\n".join(blocks)

    def list_sentences(self) -> list[str]:
        """Return the sentences, with the space that follows each."""
        return SENTENCE.findall(self.text)

    def count_words(self) -> int:
        return len(re.findall(r"\w+", self.text))


SHORT_BLOCK = 9
"""Words that the end of a letter has less of."""


def join_blocks(blocks: list[str]) -> str:
    return "\n\n".join(block.strip() for block in blocks if block.strip())
