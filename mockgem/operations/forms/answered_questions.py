"""Whether a sentence of a given text answers a question, or the text does not have the answer."""

from __future__ import annotations

import re

from mockgem.operations.forms.answer_kinds import (
    HAS_NUMBER,
    WANTS_NUMBER,
    lacks_kind,
    list_kinds,
)
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.sources import (
    ENGLISH,
    ENOUGH,
    FUNCTION_WORDS,
    LONG_WORD,
    count_related,
    measure_coverage,
    split_sentences,
)
from mockgem.operations.forms.word_families import count_kin, find_antecedents, list_kin
from mockgem.operations.generators.word_stems import extract_stems

NAMED = make_regex(r"(?<=[a-z,] )[A-Z][\w-]*[a-z][\w-]*(?: (?:[A-Z][\w-]*|\d+\w?)\b)*")
"""A name in an English question."""


def answers(sentence: str, text: str, asked: str) -> bool:
    """Return whether a sentence of a text seems to answer a question.

    It has the kind of value that the question asks for, and what the question says about it.
    """
    if not ENGLISH.search(asked):
        has_value = WANTS_NUMBER.search(asked) and HAS_NUMBER.search(sentence)
        if has_value and (shares_beginning(sentence, asked)):
            return True
        return measure_coverage(sentence, text, asked) >= ENOUGH
    names = NAMED.findall(asked)
    lower = text.lower()
    if any(word.lower()[:5] not in lower for name in names for word in name.split()):
        return False
    kinds = list_kinds(asked)
    if lacks_kind(sentence, kinds):
        return False
    plain = NAMED.sub(" ", asked)
    if not any(kind.is_certain for kind in kinds):
        plain = plain if extract_stems(plain) else asked
        return measure_coverage(sentence, text, plain) >= ENOUGH
    for kind in kinds:
        plain = kind.asks.sub(" ", plain) if kind.is_certain else plain
    return is_related(sentence, text, plain)


UMLAUTS = str.maketrans("äöüéèêáàíóúñç", "aoueeeaaiounc")


def shares_beginning(sentence: str, asked: str) -> bool:
    """Return whether a word of a question begins like a word of a sentence: "Buch", "Bücher"."""
    lower = sentence.lower().translate(UMLAUTS)
    words = LONG_WORD.findall(asked.lower().translate(UMLAUTS))
    wanted = [word for word in words if word not in FUNCTION_WORDS]
    return any(f" {word[:4]}" in f" {lower}" for word in wanted)


def is_related(sentence: str, text: str, asked: str) -> bool:
    """Return whether a sentence has a word of a question, which may have none with a meaning."""
    wanted = extract_stems(asked) or frozenset(LONG_WORD.findall(asked.lower())) - AUXILIARIES
    near = frozenset(LONG_WORD.findall(sentence.lower())) | extract_stems(sentence)
    sentences = split_sentences(text)
    antecedent = dict(zip(sentences, find_antecedents(sentences), strict=True))
    near |= extract_stems(antecedent.get(sentence, ""))
    if PRONOUN.match(sentence) and sentence in sentences[1:]:
        near |= extract_stems(sentences[sentences.index(sentence) - 1])
    if not wanted or wanted & near or count_kin(list_kin(wanted), near):
        return True
    return count_related(wanted, near) > 0


PRONOUN = make_regex(r"(?:it|they|this|these|he|she|its|their)\b", re.I)
"""The beginning of a sentence that goes on about the thing of the sentence before."""
AUXILIARIES = frozenset(
    "have does will would should could must there your this that with what when where which whom"
    " long much many".split()
)
