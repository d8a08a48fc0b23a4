"""Lines of five, seven and five syllables about a topic, in English."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

BEGINNINGS = {
    1: ("{}, until the end", "{}, and no one speaks", "{}, here at first light"),
    2: ("{}, at first light", "{}, for a while", "{}, after all"),
    3: ("{}, once more", "{}, so near", "{}, and then"),
    4: ("{}, now", "{}, here"),
    5: ("{}",),
}
"""What follows a topic in the first line, by the number of the topic's syllables."""
MIDDLES = (
    "a window opens slowly",
    "the day forgets its hurry",
    "long shadows cross the garden",
    "the kettle hums on the stove",
    "soft steps come home from the road",
)
"""Lines of seven syllables."""
ENDS = (
    "and the world holds still",
    "nothing more is said",
    "then the darkness comes",
    "all of it stays here",
    "we listen again",
)
"""Lines of five syllables."""
FIRST_LENGTH = 5


def compose_haiku(question: Question, about: str = "") -> str:
    """Return three lines, of which the first names the topic."""
    pick = question.random.pick
    topic = fit_topic(about or question.topic)
    first = pick(BEGINNINGS[count_syllables(topic)]).format(topic[:1].upper() + topic[1:])
    return f"{first}\n{pick(MIDDLES)}\n{pick(ENDS)}."


def fit_topic(topic: str) -> str:
    """Return a topic, or the last words of it that have room in the first line."""
    words = [word.strip(".,;:!?\"'") for word in topic.split()]
    for start in range(len(words)):
        rest = " ".join(words[start:])
        if words[start].lower() not in SMALL and 0 < count_syllables(rest) <= FIRST_LENGTH:
            return rest
    return "this moment"


SMALL = frozenset("a an the of in on at to for and or with about my your our".split())
VOWELS = make_regex(r"[aeiouyàáâäèéêëìíïòóöùúü]+")
SILENT = make_regex(r"(?:[^aeiouyl]|[aeiouy]l)es?$|[^aeiouytd]ed$")
KEPT = make_regex(r"(?:[sxz]|ch|sh|[cg])es$")
SPLIT = make_regex(r"(?<![cstg])i[ao](?!u)|[aeiouy]ing$|eo(?!u|p)|ua(?!r)|[^q]ui[dn]")
IRREGULAR = {
    2: "being beings create creates evening evenings every fuel poem poems poet poets quiet"
    " royal science trial",
    3: "everyone everything idea ideas museum museums poetry quietly society",
}
IN_WORDS = {word: count for count, words in IRREGULAR.items() for word in words.split()}
"""Words whose syllables their letters do not show."""


def count_syllables(text: str) -> int:
    """Return about how many syllables an English text has."""
    return sum(count_in_word(word) for word in re.findall(r"[^\W\d_]+(?:['’]s\b)?", text.lower()))


def count_in_word(word: str) -> int:
    if word in IN_WORDS:
        return IN_WORDS[word]
    count = len(VOWELS.findall(word))
    if SILENT.search(word) and not KEPT.search(word):
        count -= 1
    return max(1, count + len(SPLIT.findall(word)))
