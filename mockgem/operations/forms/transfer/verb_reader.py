"""Read the verb of an English clause with its auxiliaries."""

from __future__ import annotations

from mockgem.operations.forms.transfer.lexicon import LANGUAGES, Entry, find_entry, load_index
from mockgem.operations.forms.transfer.noun_reader import BE, DO, FUNCTION_WORDS, HAVE, NounReader
from mockgem.operations.forms.transfer.parts import Clause, Part


class VerbReader(NounReader):
    """Reads a verb and tells its tense, its modal verb and its voice."""

    def read_verb(self, clause: Clause, word: str, modal: Entry | None) -> bool:
        """Read the rest of a verb after its first auxiliary."""
        clause.modal = modal
        if modal is not None and modal.english == "will":
            clause.modal, clause.tense = None, "future"
        self.read_middle(clause)
        if word in BE:
            clause.tense = BE[word]
            return self.read_after_be(clause)
        if clause.tense == "future":
            return self.read_future(clause)
        if word in HAVE and modal is None:
            return self.read_after_have(clause, word)
        if word in DO:
            clause.tense = DO[word]
            if found := self.find("modal"):
                self.at += found[0].size
                return self.read_verb(clause, "", found[0].entry)
            if self.take_verb(clause, "base") or self.take_unknown(clause):
                return True
            clause.verb = find_verb("do")
            return True
        if modal is not None:
            if modal.english == "would like":
                clause.verb, clause.modal = Entry("verb", "would like", modal.cells), None
                return True
            if self.take("be"):
                self.read_middle(clause)
                return self.read_after_be(clause)
            if self.take("have"):
                clause.verb = find_verb("have")
                return True
            return self.take_verb(clause, "base") or self.take_unknown(clause)
        for shape in ("s", "base", "past"):
            if self.take_verb(clause, shape):
                clause.tense = "past" if shape == "past" else "present"
                return True
        return self.peek().endswith(("s", "ed")) and self.take_unknown(clause)

    def read_future(self, clause: Clause) -> bool:
        if self.take("be"):
            self.read_middle(clause)
            return self.read_after_be(clause)
        if found := self.find("modal"):
            self.at += found[0].size
            clause.tense = "present"
            return self.read_verb(clause, "", found[0].entry)
        return self.take_verb(clause, "base")

    def read_middle(self, clause: Clause) -> None:
        """Read "not" and the adverbs before the main verb."""
        while True:
            if self.take("not"):
                clause.is_negative = True
                continue
            if self.take("please"):
                clause.is_polite = True
                continue
            found = self.find("adv", "middle")
            follows = bool(found) and find_entry(self.low, self.at + found[0].size, ("verb",))
            is_next = bool(found) and self.peek(found[0].size) in ("be", "have", "not")
            if not found or not (follows or is_next):
                return
            self.at += found[0].size
            clause.parts.append(Part("adv", found[0].entry))

    def take_verb(self, clause: Clause, shape: str) -> bool:
        found = [one for one in self.find("verb") if one.shape == shape]
        if not found:
            return False
        self.at += found[0].size
        clause.verb = found[0].entry
        return True

    def take_unknown(self, clause: Clause) -> bool:
        """Pass a verb that the dictionary does not have; it stays as it is written."""
        word = self.peek()
        if not word.isalpha() or word in load_index() or word in FUNCTION_WORDS or len(word) < 4:
            return False
        self.at += 1
        form = self.words[self.at - 1]
        cell = f"{form},{form},{'/'.join([form] * 5)}"
        clause.verb = Entry("verb", word, (cell,) * len(LANGUAGES))
        return True

    def read_after_be(self, clause: Clause) -> bool:
        if self.peek() == "being":
            self.at += 1
        if self.peek() == "going" and self.peek(1) == "to" and self.read_to_verb(clause, 2):
            clause.tense = "future"
            return True
        if not self.find("adj"):
            if self.take_verb(clause, "ing"):
                return True
            if self.take_verb(clause, "done"):
                clause.is_passive = True
                return True
        return True

    def read_to_verb(self, clause: Clause, size: int) -> bool:
        start, self.at = self.at, self.at + size
        if self.take("be") or self.take_verb(clause, "base"):
            return True
        self.at = start
        return False

    def read_after_have(self, clause: Clause, word: str) -> bool:
        if self.take("been"):
            clause.tense = "perfect"
            return self.read_after_be(clause)
        if self.take_verb(clause, "done"):
            clause.tense = "perfect"
            return True
        clause.verb = find_verb("have")
        clause.tense = "past" if word == "had" else "present"
        return True


def find_verb(base: str) -> Entry | None:
    found = load_index().get(base, [])
    return next((entry for entry, shape in found if entry.kind == "verb" and shape == "base"), None)
