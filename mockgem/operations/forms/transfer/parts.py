"""The parts of a simple English sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from mockgem.operations.forms.transfer.lexicon import Entry


@dataclass
class Noun:
    """A noun with what belongs to it; one without an entry stays as it is written."""

    entry: Entry | None = None
    written: str = ""
    article: str = ""
    number: str = ""
    adjectives: list[Entry] = field(default_factory=list)
    before: list[Noun] = field(default_factory=list)
    is_many: bool = False
    pronoun: str = ""
    of: Noun | None = None
    others: list[Noun] = field(default_factory=list)
    link: str = "and"
    places: list[Part] = field(default_factory=list)

    @property
    def is_plural(self) -> bool:
        return self.is_many or (bool(self.others) and self.link == "and")


@dataclass
class Part:
    """What stands after a verb: an object, a place, a time, a word of degree."""

    kind: str
    entry: Entry | None = None
    noun: Noun | None = None
    written: str = ""
    clause: Clause | None = None
    others: list[Part] = field(default_factory=list)


@dataclass
class Clause:
    """A subject with its verb and the parts after it."""

    opening: Entry | None = None
    front: list[Part] = field(default_factory=list)
    subject: Noun | None = None
    asked: Entry | None = None
    asked_noun: Noun | None = None
    is_question: bool = False
    is_request: bool = False
    is_polite: bool = False
    tense: str = "present"
    modal: Entry | None = None
    is_negative: bool = False
    is_passive: bool = False
    is_infinitive: bool = False
    verb: Entry | None = None
    parts: list[Part] = field(default_factory=list)
    link: Entry | None = None
    comma: bool = False
    next: Clause | None = None
