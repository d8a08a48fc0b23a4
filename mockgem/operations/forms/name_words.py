"""Names in a text: runs of words with capitals that are not common words."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.generators.hint_patterns import IMPERATIVE_VERBS
from mockgem.operations.generators.prompt_analysis import COMMON_WORDS

NAME = make_regex(
    r"(?<![\w@.])[A-ZÀ-Þ][\w'’-]*(?:(?: (?:de|van|von|der|la|of|and Sons|&))?"
    r" [A-ZÀ-Þ][\w'’-]*){0,4}"
)
TITLE = make_regex(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Herr|Frau|Sr|Sra|Mme|M)\.? (?=[A-ZÀ-Þ])")
DAYS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december""".split()
)


def list_names(text: str) -> list[str]:
    """Return the names in a text in their order, without common words and titles."""
    found = []
    for match in NAME.finditer(TITLE.sub("", text[:8000])):
        words = match[0].split()
        while words and (is_common(words[0]) or (words[1:] and words[0] in IMPERATIVE_VERBS)):
            words = words[1:]
        if words and words[0].lower() not in DAYS:
            found.append(re.sub(r"['’]s$", "", " ".join(words)))
    return list(dict.fromkeys(found))


def list_organisations(text: str) -> list[str]:
    """Return the names in a text without plural nouns that only begin a sentence: "Analysts"."""
    starts = {match[1] for match in SENTENCE_START.finditer(text[:8000])}
    return [name for name in list_names(text) if not (name in starts and name.endswith("s"))]


SENTENCE_START = make_regex(
    r"(?:\A|[.!?\n]\s{1,3})([A-ZÀ-Þ][a-zà-ÿ]{2,20})(?= (?!and [A-Z])[a-zà-ÿ])"
)


BEGINNINGS = frozenset(
    """
    later yesterday today tomorrow however meanwhile afterwards then finally next first second
    also after before during since while although because despite according last both another
    each every many most several once soon suddenly eventually recently currently together
    originally founded born based starting following including regarding using looking dear
    kind warm yours cheers hello hi best regards sincerely thanks please subject wow great okay
    ok yes no hey
    beim der die das den dem des ein eine einen einem im am zum zur vom herr herrn frau und mit von
    für bei nach wir ich sie er es ihr unser unsere
    """.split()
)
"""Words that begin a sentence, and no name."""


def is_common(word: str) -> bool:
    return word.lower() in COMMON_WORDS or word.lower() in BEGINNINGS or len(word) < 2
