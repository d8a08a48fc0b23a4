"""Replace what invented data repeats from the instruction: a word for a form, the name of a key."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.field_cues import read_name
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sample_words import WORDS, find_words
from mockgem.operations.forms.usual_values import PEOPLE

FORM_WORDS = frozenset(
    "list lists array arrays json csv xml yaml object objects data mock fake sample dummy example"
    " response endpoint api get post put patch delete fields keys schema format string number"
    " integer boolean value values config payload".split()
)
"""Words about the form of the reply."""
PERSON = make_regex(
    r"^(?:(?:display|full|user|customer|author|owner|contact)_?)?name$"
    r"|^(?:user|author|owner|customer|sender|assignee|created_by|reporter)$"
)
PICTURE = make_regex(r"(?:^|_)(?:avatar|image|photo|picture|thumbnail|logo|cover|poster)s?$")
THINGS = make_regex(
    r"\b(?:products?|items?|playlists?|categor\w+|cities|companies|shops?|stores?|files?|servers?"
    r"|places?|teams?|projects?|apps?|games?|breeds?|dish\w*|restaurants?|services?|devices?"
    r"|hotels?|movies?|books?|songs?|courses?|rooms?|plants?|tags?|labels?|colou?rs?)\b",
    re.I,
)
"""What a name beside it belongs to, if it is not a person's."""
REMARK = "typical "


def replace_echoes(value: Any, question: Question, fixed: frozenset[str]) -> Any:
    """Return invented data in which no value repeats words about the form of the reply."""
    if question.language != "en" or question.material:
        return value
    return Replacer(question, fixed).replace(value, "", 0)


class Replacer:
    """Replaces echoes in one value."""

    def __init__(self, question: Question, fixed: frozenset[str]) -> None:
        self.text = question.instruction
        self.words = frozenset(re.findall(r"[A-Za-z]\w+", self.text))
        self.fixed = fixed
        self.is_invented = INVENTED.search(self.text) is not None

    def replace(self, value: Any, key: str, at: int) -> Any:
        match value:
            case dict():
                keys = frozenset(read_name(one) for one in value)
                return {
                    own: item if own in self.fixed else self.replace_item(item, own, at, keys)
                    for own, item in value.items()
                }
            case list():
                return [self.replace(item, key, number) for number, item in enumerate(value)]
        return value

    def replace_item(self, item: Any, key: str, at: int, keys: frozenset[str]) -> Any:
        if not isinstance(item, str):
            return self.replace(item, key, at)
        name = read_name(key)
        if PICTURE.search(name) and "/" not in item and not item.startswith("#"):
            return f"https://example.com/images/{name.replace('_', '-')}-{at + 1}.png"
        return self.invent(name, at) if self.is_echo(name, item, keys) else item

    def is_echo(self, name: str, item: str, keys: frozenset[str]) -> bool:
        """Return whether a value is a word for a form, a key, or a remark about the topic."""
        if item.startswith(REMARK):
            return self.is_invented or "everyday life" in item
        if " " in item or not item or not (item.islower() or item.isupper()):
            return False
        plain = item.lower()
        is_key = plain in keys and plain != name and plain not in WORDS
        if plain in FORM_WORDS or is_key:
            return item in self.words and self.is_open(name, item)
        return PERSON.match(name) is not None and item in self.words and self.is_open(name, item)

    def is_open(self, name: str, item: str) -> bool:
        """Return whether the prompt does not give the value itself: 'name "x"', "called x"."""
        at = self.text.find(item)
        before = self.text[max(0, at - 12) : at].lower()
        return not re.search(rf"(?:{re.escape(name)}|called|named|is|:|=)\s?[\"'`]?\Z", before)

    def invent(self, name: str, at: int) -> str:
        words = name.replace("_", " ")
        known = find_words(words) or find_words(words.split()[-1])
        if known:
            return known[at % len(known)]
        if PERSON.match(name) and (name != "name" or not THINGS.search(self.text)):
            return PEOPLE[at % len(PEOPLE)]
        return f"Sample {words}" + (f" {at + 1}" if at else "")


INVENTED = make_regex(
    r"\b(?:mock|fake|dummy|sample|seed|test|placeholder|api|endpoint|response|config\w*|payload"
    r"|chart|(?:GET|POST|PUT|PATCH) /)",
    re.I,
)
"""A wish for data that need not be about a topic."""
