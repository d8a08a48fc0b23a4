"""Read a simple English sentence: its clauses with subject, verb, objects, places and times."""

from __future__ import annotations

import re
from dataclasses import replace

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.transfer.lexicon import Entry, find_entry
from mockgem.operations.forms.transfer.noun_reader import ARTICLES, BE, DO, HAVE, PRONOUNS
from mockgem.operations.forms.transfer.part_reader import PartReader
from mockgem.operations.forms.transfer.parts import Clause, Noun, Part
from mockgem.operations.forms.transfer.verb_reader import find_verb

TOKEN = make_regex(r"[^\W\d_][\w'’-]*|[$€£]?\d[\d.,:]*\d%?|[$€£]?\d%?|[^\w\s]|\S")
SHORT = {
    "n't": " not", "'m": " am", "'re": " are", "'ve": " have", "'ll": " will", "'d": " would",
}  # fmt: skip
IS = make_regex(r"\b(it|he|she|that|there|what|where|who|how|when)'s\b", re.I)
ASKS_NOUN = frozenset(("what", "which", "how many", "how much"))
PAST_TIMES = ("yesterday", "last ")
LET_KNOW = make_regex(r"\blet (me|us|him|her|them) know\b", re.I)


def read_sentence(text: str) -> Clause | None:
    """Return the clauses of a sentence; None for one that is not understood."""
    return Reader(split_words(text)).read_all()


def split_words(text: str) -> list[str]:
    text = text.replace("’", "'").replace("can't", "cannot").replace("won't", "will not")
    text = IS.sub(r"\1 is", text.replace("Let's", "let us").replace("cannot", "can not"))
    text = LET_KNOW.sub(r"let-know \1", text)
    for short, long in SHORT.items():
        text = text.replace(short, long)
    words: list[str] = []
    for word in TOKEN.findall(text):
        stem = word[:-2] if word.endswith("'s") else word.rstrip("'")
        words += [stem, "'s"] if stem != word and stem else [word]
    return words


class Reader(PartReader):
    """Reads the clauses of a sentence from the left to the right."""

    def read_all(self) -> Clause | None:
        """Return the clauses of the whole sentence."""
        opening = self.read_opening()
        link = self.take_entry("link")
        first = self.read_clause(None) if self.at < len(self.words) or not opening else Clause()
        if first is None and link is not None:
            self.at, link = 0, None
            first = self.read_clause(None)
        if first is None and opening is not None:
            first = Clause()
            self.read_parts(first)
        if first is not None:
            first.opening, first.link = opening, link
        last = first
        while last is not None and self.at < len(self.words):
            start = self.at
            comma = self.take(",", ";", "-", ":")
            link = self.take_entry("link", "ask")
            following = self.read_clause(last) if comma or link else None
            if following is None:
                self.at = start
                last.parts.append(Part("raw", written=self.words[self.at]))
                self.at += 1
                self.read_parts(last)
                continue
            following.link, following.comma = link, comma
            last.next, last = following, following
        return first

    def read_opening(self) -> Entry | None:
        """Read "Thank you", or "Hello," with its comma."""
        found = self.find("opening")
        if not found:
            return None
        size = found[0].size
        is_end = self.at + size == len(self.words)
        if not is_end and self.peek(size) not in (",", "for", "to", "!", "-"):
            return None
        self.at += size
        self.take(",", "!", "-")
        return found[0].entry

    def read_clause(self, earlier: Clause | None) -> Clause | None:
        """Return a clause; None if the words have no verb."""
        start, clause = self.at, Clause()
        clause.is_polite = self.take("please")
        self.read_front(clause)
        clause.is_polite = self.take("please") or clause.is_polite
        is_read = (
            self.read_question(clause)
            or self.read_request(clause, earlier)
            or self.read_statement(clause)
            or self.read_same_subject(clause, earlier)
        )
        if not is_read:
            self.at = start
            return None
        self.read_parts(clause)
        times = [part.entry.english for part in clause.parts if part.kind == "adv" and part.entry]
        if clause.tense == "present" and any(one.startswith(PAST_TIMES) for one in times):
            clause.tense = "past"
        is_alone = all(part.kind != "noun" for part in clause.parts)
        if clause.verb is not None and clause.verb.english == "meet" and is_alone:
            clause.verb = clause.verb if clause.is_passive else find_verb("meet-up")
        return clause

    def read_front(self, clause: Clause) -> None:
        """Read the times, places and links before the subject."""
        while True:
            start = self.at
            part = self.read_adverb() or (self.read_place() if self.find("prep") else None)
            if part is None or (part.kind == "adv" and self.find("verb") and self.at - start > 5):
                self.at = start
                return
            self.take(",")
            clause.front.append(part)

    def read_question(self, clause: Clause) -> bool:
        """Read "Where do you", "Is the shop", "Can I"."""
        start = self.at
        clause.asked = self.take_entry("ask")
        has_noun = clause.asked is not None and clause.asked.english in ASKS_NOUN
        if has_noun and self.peek() not in BE | DO and not self.find("modal", "verb"):
            clause.asked_noun = self.read_noun()
        word = self.peek()
        if word == "do" and self.peek(1) == "not" and self.peek(2) not in PRONOUNS:
            return False
        is_subject = clause.asked is not None and clause.asked.english in ("who", "what")
        if word in BE or word in DO or word in HAVE or self.find("modal"):
            found = self.find("modal")
            verb_at = self.at
            self.at += found[0].size if found else 1
            clause.is_negative = self.take("not")
            subject = self.read_noun(is_simple=True)
            if subject is not None:
                clause.subject, clause.is_question = subject, True
                self.read_places_of(subject)
                return self.read_verb(clause, word, found[0].entry if found else None)
            self.at = verb_at
        if (is_subject or clause.asked_noun) and self.read_verb(clause, "", None):
            is_many = clause.asked_noun is not None and clause.asked_noun.is_many
            clause.subject, clause.is_question = Noun(pronoun="asked", is_many=is_many), True
            return True
        self.at, clause.asked, clause.asked_noun = start, None, None
        return False

    def read_request(self, clause: Clause, earlier: Clause | None) -> bool:
        """Read "Send me", "Do not open", "Let us go"."""
        start = self.at
        if self.peek() == "do" and self.peek(1) == "not":
            self.at, clause.is_negative = self.at + 2, True
        if self.peek() == "be":
            self.at += 1
            clause.is_request = True
            return True
        if self.peek() == "let" and self.peek(1) == "us":
            self.at += 2
            modal = find_entry(["let", "us"], 0, ("modal",))[0].entry
            clause.subject = Noun(pronoun="same", others=[Noun(pronoun="we")])
            return self.read_verb(clause, "", modal)
        found = [one for one in self.find("verb") if one.shape == "base"]
        is_after = earlier is None or earlier.is_request or clause.is_polite
        is_after = is_after or self.words[start - 1] in (",", ";", "-")
        if not found or not is_after or (self.begins_noun() and self.find_finite(2)):
            self.at, clause.is_negative = start, False
            return False
        self.at += found[0].size
        clause.verb, clause.is_request = found[0].entry, True
        return True

    def begins_noun(self) -> bool:
        return bool(self.find("noun"))

    def find_finite(self, ahead: int) -> bool:
        """Return whether one of the next words is a form of "to be", "to have" or a modal."""
        near = [self.peek(at) for at in range(1, ahead + 1)]
        return any(word in BE or word in HAVE or word in ("will", "can", "must") for word in near)

    def read_statement(self, clause: Clause) -> bool:
        subject = self.read_noun()
        if subject is None:
            return False
        clause.subject = subject
        self.read_places_of(subject)
        word = self.peek()
        found = self.find("modal")
        if word in BE or word in DO or word in HAVE or found:
            self.at += found[0].size if found else 1
            return self.read_verb(clause, word, found[0].entry if found else None)
        return self.read_verb(clause, "", None)

    def read_same_subject(self, clause: Clause, earlier: Clause | None) -> bool:
        """Read a verb after "and" that has the subject of the clause before."""
        if earlier is None or earlier.subject is None or clause.front:
            return False
        clause.subject = None
        word, found = self.peek(), self.find("modal")
        if word in BE or word in DO or word in HAVE or found:
            self.at += found[0].size if found else 1
        elif not any(one.shape in self.list_shapes(earlier.subject) for one in self.find("verb")):
            return False
        else:
            word = ""
        if not self.read_verb(clause, word, found[0].entry if found else None):
            return False
        clause.subject = Noun(pronoun="same", others=[earlier.subject])
        return True

    def list_shapes(self, subject: Noun) -> tuple[str, ...]:
        """Return the forms in which a verb may go on with a subject."""
        is_base = subject.is_plural or subject.pronoun in ("i", "we", "you", "they")
        return ("s", "past", "base") if is_base else ("s", "past")

    def read_places_of(self, subject: Noun) -> None:
        """Read the places that belong to a subject: "the train to Berlin"."""
        start = self.at
        places: list[Part] = []
        while len(places) < 2 and self.find("prep") and (part := self.read_place()):
            places.append(part)
        if self.peek() in ("that", "which", "who") and (relative := self.read_relative(subject)):
            places.append(relative)
        is_verb = bool(self.find("verb", "modal")) or self.peek() in BE | HAVE | DO
        if subject.pronoun or not is_verb:
            self.at = start
        else:
            subject.places = places

    def read_relative(self, subject: Noun) -> Part | None:
        """Read "that I bought" or "who lives here" after a subject."""
        start, clause = self.at, Clause()
        main = Clause(subject=replace(subject))  # a copy: the clause becomes a part of its subject
        self.at += 1
        is_object = self.read_statement(clause) if self.peek() in PRONOUNS or (
            self.peek() in ARTICLES) else False  # fmt: skip
        if not is_object and not self.read_same_subject(clause, main):
            self.at = start
            return None
        while not self.begins_verb() and (part := self.read_part(clause)):
            clause.parts.append(part)
        return Part("relative", clause=clause)
