"""Read the nouns of an English sentence with their articles, adjectives and places."""

from __future__ import annotations

from mockgem.operations.forms.transfer.lexicon import Entry, Found, find_entry, load_index
from mockgem.operations.forms.transfer.parts import Noun, Part

ARTICLES = {
    "the": "the", "a": "a", "an": "a", "my": "my", "your": "your", "his": "his", "her": "her",
    "its": "its", "our": "our", "their": "their", "this": "this", "these": "this", "that": "that",
    "those": "that", "no": "no", "some": "some", "any": "", "all": "all", "every": "every",
    "each": "every", "many": "many", "several": "several", "another": "another",
}  # fmt: skip
PRONOUNS = frozenset(
    "i you he she it we they me him us them her everyone everything something someone nothing"
    " nobody"
    " this that there who which".split()
)
BE = {"am": "present", "is": "present", "are": "present", "was": "past", "were": "past"}
DO = {"do": "present", "does": "present", "did": "past"}
HAVE = {"have": "perfect", "has": "perfect", "had": "perfect"}
FUNCTION_WORDS = PRONOUNS | frozenset("not please and or to is are do does will".split())
NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()


class NounReader:
    """Reads the nouns, places and times from the left to the right."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.low = [word.lower() for word in words]
        self.at = 0

    def peek(self, ahead: int = 0) -> str:
        at = self.at + ahead
        return self.low[at] if at < len(self.low) else ""

    def take(self, *words: str) -> bool:
        """Pass a word if it is one of some."""
        if self.peek() not in words or not self.peek():
            return False
        self.at += 1
        return True

    def find(self, *kinds: str) -> list[Found]:
        return find_entry(self.low, self.at, kinds)

    def take_entry(self, *kinds: str) -> Entry | None:
        found = self.find(*kinds)
        if not found:
            return None
        self.at += found[0].size
        return found[0].entry

    def read_adverb(self) -> Part | None:
        """Read a time or a manner that the dictionary has as a whole, or the time of a clock."""
        if found := self.find("adv", "middle"):
            self.at += found[0].size
            return Part("adv", found[0].entry)
        return self.read_clock()

    def read_clock(self) -> Part | None:
        """Read "at 10:30", "at nine o'clock", "at 5 pm"."""
        numbers = load_index()
        if self.peek() not in ("at", "until", "before", "after", "from", "by"):
            return None
        hour = self.peek(1)
        spelled = next((e for e, _ in numbers.get(hour, []) if e.kind == "number"), None)
        digits = str(NUMBERS.index(hour)) if spelled and hour in NUMBERS else hour
        if not digits[:1].isdigit():
            return None
        after = self.peek(2)
        is_clock = (
            ":" in digits
            or after in ("o'clock", "am", "pm")
            or (self.peek() == "at" and (self.at + 2 >= len(self.words) or after in ".?!,"))
        )
        if not is_clock:
            return None
        word = self.low[self.at]
        self.at += 3 if after in ("o'clock", "am", "pm") else 2
        return Part("clock", written=f"{word} {move_hour(digits, after)}")

    def read_place(self) -> Part | None:
        """Read a preposition with its noun."""
        start = self.at
        preposition = self.take_entry("prep")
        noun = self.read_noun()
        if preposition is None or noun is None:
            self.at = start
            return None
        return Part("place", preposition, noun)

    def read_noun(self, *, is_simple: bool = False) -> Noun | None:
        """Read a noun with its article, its adjectives and what "of" adds."""
        first = self.read_one_noun()
        if first is None:
            return None
        last = first
        if self.peek() == "of" and not first.pronoun:
            self.at += 1
            last.of = self.read_one_noun()
            if last.of is None:
                self.at -= 1
        if not is_simple:
            self.read_other_nouns(first)
        return first

    def read_other_nouns(self, first: Noun) -> None:
        """Read the nouns of a series after the first one."""
        for _ in range(8):
            start = self.at
            comma = self.take(",")
            link = self.peek() if self.take("and", "or", "&") else ""
            if not (comma or link) or self.find("adv", "link", "prep"):
                self.at = start
                return
            other = self.read_one_noun()
            is_clause = other is not None and self.begins_verb(other)
            if other is None or (is_clause and not link) or (is_clause and self.ends_alone(start)):
                self.at = start
                return
            first.others.append(other)
            first.link = "or" if link == "or" else first.link

    def begins_verb(self, subject: Noun | None = None) -> bool:
        """Return whether a verb comes next that may have a subject."""
        word = self.peek()
        is_base = subject is not None and subject.pronoun in ("i", "we", "you", "they")
        shapes = ("s", "past", "base") if is_base else ("s", "past")
        is_form = any(one.shape in shapes for one in self.find("verb"))
        return word in BE or word in HAVE or is_form or bool(self.find("modal"))

    def ends_alone(self, at: int) -> bool:
        """Return whether the words before a place already have a verb."""
        before = self.low[:at]
        return any(
            word in BE or word in HAVE or word in DO or word in ("will", "can", "would")
            or any(e.kind == "verb" for e, _ in load_index().get(word, []))
            for word in before
        )  # fmt: skip

    def read_one_noun(self) -> Noun | None:
        start = self.at
        noun = Noun()
        if self.peek() in ARTICLES and not self.find("pronoun"):
            noun.article = ARTICLES[self.peek()]
            noun.is_many = self.peek() in ("these", "those", "all", "many", "several")
            self.at += 1
            if noun.article == "all":
                self.take("the")
        self.read_before_noun(noun)
        if self.read_head(noun):
            return noun
        self.at = start
        return self.read_pronoun()

    def read_before_noun(self, noun: Noun) -> None:
        """Read numbers and adjectives."""
        for _ in range(5):
            found = self.find("number", "adj", "degree")
            time = self.find("adv")
            if time and found and time[0].size > found[0].size:
                return
            if self.peek()[:1].isdigit() or self.peek()[:1] in ("$", "€", "£"):
                noun.number, noun.is_many = self.words[self.at], self.peek() != "1"
                self.at += 1
            elif found and found[0].entry.kind == "number":
                noun.number = found[0].entry.english
                noun.is_many = noun.number != "one"
                self.at += found[0].size
            elif found and not self.is_noun_here(found[0].size):
                self.at += found[0].size
                if found[0].entry.kind == "adj":
                    noun.adjectives.append(found[0].entry)
            else:
                return

    def is_noun_here(self, size: int) -> bool:
        """Return whether a longer noun begins with the adjective here."""
        nouns = self.find("noun")
        return bool(nouns) and nouns[0].size >= size

    def read_head(self, noun: Noun) -> bool:
        """Read the nouns of a phrase, the last of which is its head."""
        if found := self.find("noun"):
            self.at += found[0].size
            noun.entry, shape = found[0].entry, found[0].shape
            noun.written = " ".join(self.words[self.at - found[0].size : self.at])
            noun.is_many = noun.is_many or (shape == "many" and noun.entry.english != noun.written)
            return self.read_more_head(noun)
        word = self.words[self.at] if self.at < len(self.words) else ""
        is_word = word[:1].isalpha()
        is_name = word[:1].isupper() and (self.at > 0 or not load_index().get(word.lower()))
        known = load_index().get(word.lower())
        if word.startswith("Zq") or (
            is_word and (noun.article or noun.adjectives or noun.number) and not known
        ):
            is_name = True
        if (not is_name or self.peek() in FUNCTION_WORDS) and not noun.number:
            return False
        if noun.number and not is_name:
            noun.number = "" if noun.article and noun.number == "one" else noun.number
            return True
        names = [word]
        self.at += 1
        while self.at < len(self.words) and self.words[self.at][:1].isupper() and len(names) < 4:
            names.append(self.words[self.at])
            self.at += 1
        noun.written = " ".join(names)
        return self.read_more_head(noun)

    def read_more_head(self, noun: Noun) -> bool:
        """Read another noun after one: a compound, or what somebody owns."""
        if self.take("'s"):
            owner = Noun(
                entry=noun.entry, written=noun.written, article=noun.article,
                is_many=noun.is_many, adjectives=noun.adjectives,
            )  # fmt: skip
            noun.entry, noun.article, noun.adjectives, noun.is_many = None, "the", [], False
            self.read_before_noun(noun)
            is_read = self.read_head(noun)
            noun.of = owner
            return is_read
        found = self.find("noun")
        if not found or self.reads_as_verb(noun):
            return True
        noun.before.append(Noun(entry=noun.entry, written=noun.written))
        self.at += found[0].size
        noun.entry = found[0].entry
        noun.is_many = bool(noun.number and noun.number not in ("1", "one")) or (
            found[0].shape == "many"
        )
        noun.written = " ".join(self.words[self.at - found[0].size : self.at])
        return self.read_more_head(noun)

    def reads_as_verb(self, noun: Noun) -> bool:
        """Return whether the next word is the verb of the noun before it: "the train leaves"."""
        verbs = self.find("verb")
        is_form = bool(verbs) and verbs[0].shape in ("s", "past")
        is_base = bool(verbs) and verbs[0].shape == "base" and noun.is_many
        return (is_form or is_base) and not noun.before

    def read_pronoun(self) -> Noun | None:
        word = self.peek()
        if word not in PRONOUNS:
            return None
        if word == "her" and self.find("noun"):
            return None
        self.at += 1
        return Noun(pronoun=word, is_many=word in ("we", "they", "us", "them"))


def move_hour(digits: str, after: str) -> str:
    """Return an hour of 24: "5 pm" is 17."""
    hour, colon, minutes = digits.partition(":")
    if after == "pm" and hour.isdigit() and int(hour) < 12:
        return f"{int(hour) + 12}{colon}{minutes}"
    return digits
