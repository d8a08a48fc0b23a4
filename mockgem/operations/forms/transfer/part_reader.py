"""Read what stands after the verb of an English clause."""

from __future__ import annotations

from mockgem.operations.forms.transfer.noun_reader import ARTICLES, BE, PRONOUNS
from mockgem.operations.forms.transfer.parts import Clause, Part
from mockgem.operations.forms.transfer.verb_reader import VerbReader, find_verb

MAX_PARTS = 14


class PartReader(VerbReader):
    """Reads objects, places, times, qualities and purposes."""

    def read_parts(self, clause: Clause) -> None:
        """Read what stands after the verb."""
        for _ in range(MAX_PARTS):
            if clause.is_polite is False and self.peek() == "please":
                clause.is_polite = self.take("please")
                continue
            if self.peek() == "," and self.peek(1) == "please" and not self.peek(2):
                self.at += 2
                clause.is_polite = True
                continue
            part = self.read_part(clause)
            if part is None:
                return
            clause.parts.append(part)

    def read_part(self, clause: Clause) -> Part | None:
        if self.peek() == "not":
            self.at += 1
            clause.is_negative = True
        if part := self.read_adverb():
            return part
        if self.peek() == "to" and (part := self.read_purpose()):
            return part
        if self.find("prep") and (part := self.read_place()):
            return part
        if part := self.read_quality():
            return part
        joins = self.peek() != "that" or self.peek(1) in PRONOUNS | ARTICLES.keys()
        if self.find("link") and joins:
            return None
        start = self.at
        noun = self.read_noun()
        if noun is None:
            return None
        if noun.pronoun in ("i", "he", "she", "we", "they", "there", "who", "which") or (
            noun.pronoun != "" and self.peek() in BE
        ):
            self.at = start
            return None
        return Part("noun", noun=noun)

    def read_purpose(self) -> Part | None:
        """Read "to" with a verb and what follows it."""
        clause = Clause(is_infinitive=True)
        start = self.at
        self.at += 1
        is_be = self.take("be")
        if not is_be and not self.take_verb(clause, "base"):
            if not self.take("have"):
                self.at = start
                return None
            clause.verb = find_verb("have")
        if is_be and self.take_verb(clause, "done"):
            clause.is_passive = True
        self.read_parts(clause)
        return Part("purpose", clause=clause)

    def read_quality(self) -> Part | None:
        """Read an adjective that does not stand before a noun: "very good and cheap"."""
        start = self.at
        degree = self.take_entry("degree")
        adjective = self.take_entry("adj")
        if adjective is None or (not self.find("adv") and (self.find("noun") or self.find("adj"))):
            self.at = start
            return None
        part = Part("quality", adjective)
        if degree is not None:
            part.others.append(Part("degree", degree))
        if self.peek() in ("and", "or") and (more := self.read_more_quality()):
            part.others.append(more)
        return part

    def read_more_quality(self) -> Part | None:
        start, link = self.at, self.peek()
        self.at += 1
        more = self.read_quality()
        if more is None:
            self.at = start
            return None
        more.written = link
        return more
