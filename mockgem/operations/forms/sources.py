"""Find the facts in a request, and the one that answers a question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Set
from math import fsum

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.generators.word_stems import VAGUE_WORDS, extract_stems

SENTENCE = make_regex(r"[^.!?。！？\n]+(?:[.!?](?=\S)[^.!?。！？\n]*)*[.!?。！？]*[\"”»]?")
ABBREVIATION = make_regex(
    r"\b(?:Dr|Mr|Mrs|Ms|Prof|St|Nr|No|vs|approx|Inc|Ltd|Jr|Sr|ca|bzw|e\.g|i\.e|z\.B|[A-Z])\.(?=\s)"
    r"|(?<![\d.])\d{1,2}\.(?=\s(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|Ja[nh]|[a-zà-ÿ]))"
)
ELEMENT = make_regex(r"</?[a-z_]{2,30}(?: [^<>\n]{0,80})?>")
SOURCE_MARK = make_regex(r"(?:\[\d{1,3}\]|\(\d{1,3}\))[:.]?\s")
SOURCE_LABEL = make_regex(
    r"(?:document|doc|source|chunk|passage|snippet|context|page|fact|note)s? ?#?[\w.]{0,6}"
    r"(?: ?\([^()\n]{1,40}\))? ?[:：] ",
    re.I,
)
COMMANDS = make_regex(
    r"(?:\W{0,3}(?:please )?(?:answer|reply|respond|use|cite|quote|keep|refer|say|return|output"
    r"|write"
    r"|give|you|your|must|do|don't|never|always|be|act|if|when|only|based on|helpful answer"
    r"|begin|here (?:is|are)|the following|antworte|nutze|responde"
    r"|usa|réponds|utilise|rispondi|responda)\b)|[^.!?\n]{0,60}[:：]\s*\Z",
    re.I,
)
"""The beginning of an instruction between the facts, or a heading."""
KEY_WORD = make_regex(
    r"\bhow (\w+)|\b(?:what|which) (?!is|are|was|were|do|does|did|can)(\w+) (?:is|are|was|were|do"
    r"|does|did|can|has|have)\b|(?:^|[.:?]\s{0,3})(?:is|are|was|were|does|do|did|can|will|has|have)"
    r" (?:the |an? |my |your )?(\w+)|\bwho (?!is|are|was|were|does|do|did|can|has|have)(\w+)"
    r"|\b(?:did|does|do) [^?.\n]{2,60}? (?-i:([a-z]{4,}))\?"
    r"|\b(?:was|were|is|are) [^?.\n]{2,60}? (?-i:([a-z]{2,12}(?:ed|en|lt|wn|de|nt|ld|ght)))\?",
    re.I,
)
"""The word that a question is about."""
WANTS_NUMBER = make_regex(
    r"\bhow (?:many|much|tall|long|old|far|often|high|big)\b|\bwhen\b|\bwhat (?:year|time|date)\b"
    r"|wie (?:viele?|hoch|lange|alt)"
    r"|cuánt|combien|quant",
    re.I,
)
HAS_NUMBER = make_regex(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|monday|tuesday|wednesday|thursday"
    r"|friday|saturday|sunday)s?\b",
    re.I,
)
PERSON = make_regex(
    r"\b(?:is|was|by|are|were) [A-Z]\w+ [A-Z]\w+|^[A-Z]\w+ [A-Z]\w+ (?:is|was|\w+ed)\b"
)
ENOUGH = 0.5
"""The share of a question's words that a text has if it answers the question."""


def split_sentences(text: str) -> list[str]:
    text = text[:12_000]
    if "<" in text:
        text = ELEMENT.sub("\n", text)
    text = ABBREVIATION.sub(lambda match: f"{match[0][:-1]}\0", text)
    found = [
        SOURCE_LABEL.sub("", sentence.replace("\0", ".").strip(" \n-*•"), count=1)
        for sentence in SENTENCE.findall(text)
    ]
    return [sentence for sentence in found if len(sentence) > 3]


def list_facts(text: str) -> list[str]:
    """Return the sentences of a text that are neither instructions nor questions."""
    parts = [
        sentence.partition(": ")[2] if COMMANDS.match(sentence) else sentence
        for sentence in split_sentences(text)
    ]
    return [part for part in parts if not part.endswith("?") and len(part.split()) > 2]


LONG_WORD = make_regex(r"[^\W\d_]{4,}")


def list_wanted(asked: str) -> frozenset[str]:
    """Return the words of a question with a meaning; all its longer words if none has one."""
    return extract_stems(asked) or frozenset(LONG_WORD.findall(asked.lower()))


def choose_sentence(sentences: list[str], asked: str) -> str | None:
    """Return the sentence with the most words of a question; None if no sentence has any."""
    wanted = list_wanted(asked)
    has_stems = bool(extract_stems(asked))
    key = extract_stems(" ".join(map(" ".join, KEY_WORD.findall(asked))))
    wants_number = WANTS_NUMBER.search(asked) is not None
    wants_person = re.search(r"\bwho\b", asked, re.I) is not None
    vague = list_words(asked) & VAGUE_WORDS
    best, best_score = None, 0.0
    read = extract_stems if has_stems else list_words
    found = [read(sentence) for sentence in sentences[:400]]
    counts = Counter(stem for stems in found for stem in stems & wanted)
    for sentence, stems in zip(sentences, found, strict=False):
        shared = wanted & stems
        score = len(shared) + 2.5 * len(key & stems) + count_related(wanted - shared, stems)
        if shared:
            score += fsum(0.2 / counts[stem] for stem in shared)  # rare words count more
        score += 0.4 * len(vague & list_words(sentence)) if vague else 0
        if wants_person and PERSON.search(sentence):
            score += 0.7
        if wants_number and HAS_NUMBER.search(sentence):
            score += 0.6
        if score > best_score:
            best, best_score = sentence, score
    return best


def list_words(text: str) -> frozenset[str]:
    return frozenset(LONG_WORD.findall(text.lower()))


def count_related(wanted: Set[str], stems: Set[str]) -> float:
    """Return a score for words of the same family: "owns" and "owner"."""
    starts = {stem[:3] for stem in stems}  # a word of the same family begins with the same letters
    return 0.9 * sum(
        any(stem.startswith(word) or word.startswith(stem) for stem in stems if len(stem) > 2)
        for word in wanted
        if len(word) > 2 and word[:3] in starts
    )


def measure_coverage(sentence: str, text: str, asked: str) -> float:
    """Return the share of a question's words that a sentence has.

    Words that only the rest of the text has count half.

    Returns:
        From 0 to 1.
    """
    wanted = list_wanted(asked)
    read = extract_stems if extract_stems(asked) else list_words
    near, far = read(sentence), read(text)
    found = len(wanted & near) + count_related(wanted - near, near)
    return (found + 0.5 * len((wanted - near) & far)) / (len(wanted) or 1)
