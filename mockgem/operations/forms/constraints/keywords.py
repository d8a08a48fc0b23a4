"""Constraints on words that a text has to contain or to avoid."""

from __future__ import annotations

import re
from functools import partial
from itertools import count

from mockgem.operations.forms.constraints.draft import Draft
from mockgem.operations.forms.constraints.rows import Change, Step, constraint
from mockgem.operations.forms.constraints.wording import (
    AVOID,
    LARGE,
    Amount,
    list_words,
    read_amount,
)
from mockgem.operations.forms.lazy_patterns import make_regex

NOUN = (
    r"(?:the |these |following |exact |keywords?,? |key ?)*"
    r"(?:keywords?|words?|phrases?|terms?|names?)"
)
CONTAIN = (
    r"(?:includ(?:e|es|ing)|contain(?:s|ing)?|mention(?:s|ing)?|us(?:e|es|ing)|incorporat(?:e|ing)"
    r"|feature|has|have|say)"
)
AVOIDED = make_regex(
    rf"\b{AVOID}[^.,;\n\"“'‘]{{0,24}}?\b(?:{CONTAIN}|saying|write|writing)\b[^.,;:\n\"“'‘]{{0,16}}?"
    rf"(?:\b{NOUN}\b(?: or \w+| such as| like)?:?|(?=[\"“'‘]))"
    rf"|\b{AVOID} (?:mention|mentioning|saying|naming)"
    r"(?: \w+ such as| (?=(?!the\b|any\b|an?\b|it\b|that\b|this\b)[\w-]+\W*\Z))"
    rf"|\b(?:avoid|exclud(?:e|ing)|omit|without)\b[^.\n\"“'‘]{{0,24}}?\b{NOUN}\b:?",
    re.I,
)
NOT_APPEAR = make_regex(
    rf"\b{NOUN}:? (?P<words>[^.\n]{{1,80}}?),? (?:should|must|may|can|could|shall|do|does|is|are)"
    r"(?: ?not|n['’]t) (?:appear|occur|be (?:used|included|mentioned|contained|in|present))\b",
    re.I,
)
APPEAR = make_regex(
    rf"\b{NOUN}:? (?P<words>[^.\n]{{1,60}}?),? (?:(?:should|must|has to|have to|needs? to|will"
    r"|shall|to|is|are) (?:be )?(?:appear|used|included|mentioned|occur|present)|appears?"
    r"|occurs?)\b(?P<rest>[^.\n]{0,60})",
    re.I,
)
INCLUDED = make_regex(
    rf"\b{CONTAIN}\b(?: all| both| at least)?(?: of)? {NOUN}\b:?(?! (?:in|of|that|which|for|from"
    rf"|count|limit|or|related|about|such|relevant|on|to|is|are|if)\b)"
    r"|\b(?:includ(?:e|es|ing)|mention(?:s|ing)?|contain(?:s|ing)?|incorporate) (?=[\"“'‘])"
    r"|\bmention(?:s|ing)? (?:our |the |my )?(?:brand|product|company|shop|app|city)(?: name)? "
    r"(?=(?-i:[A-Z]))"
    r"|\bmention(?:s|ing)? (?=(?!the\b|an?\b|that\b|how\b|why\b|what\b|your\b|our\b|my\b|any\b"
    r"|it\b|this\b"
    r"|both\b)[\w+#.-]+(?:, [\w+#.-]+)*,? and [\w+#.-]+\s*[.!]?\s*\Z)"
    r"|\bwith (?:the )?keywords?\b:? (?=[\"“'‘])"
    r"|\band (?:the )?(?:key)?words? (?=[\w\"“'‘-]+ (?:at least|more than|less than|fewer than"
    r"|\w+ times))",
    re.I,
)


@constraint(
    "words to avoid",
    "Describe winter sports. The word snow should not appear in your answer.",
    NOT_APPEAR,
    Step.LENGTH,
    "word words keyword keywords phrase phrases term terms mention mentioning use using include "
    "including contain say avoid name names",
)
def read_absent(match: re.Match[str]) -> Change | None:
    words = list_words(match["words"])
    return partial(avoid_words, words) if words else None


@constraint(
    "words to avoid",
    'Describe the sea without using the word "water".',
    AVOIDED,
    Step.LENGTH,
    "word words keyword keywords phrase phrases term terms mention mentioning use using include "
    "including contain say avoid name names",
    signs=(*"no n't n’t never avoid refrain without exclud omit skip free".split(), "leave out"),
)
def read_avoided(match: re.Match[str]) -> Change | None:
    if CONDITION.match(match.string):
        return None
    words = list_words(match.string[match.end() :])
    return partial(avoid_words, words) if words else None


@constraint(
    "words to include",
    "Tell me about trains. The word station should appear at least 3 times.",
    APPEAR,
    Step.WORDS,
    "word words keyword keywords phrase phrases term terms mention mentioning mentions include "
    "including includes contain contains containing name names",
)
def read_appearing(match: re.Match[str]) -> Change | None:
    words = list_words(match["words"])
    amount = read_amount(match["rest"], "at least") or Amount(1, LARGE)
    return partial(include_words, words, amount) if words and len(words[0]) > 1 else None


@constraint(
    "words to include",
    'Write a post about our bakery. Include the keywords "sourdough" and "oven".',
    INCLUDED,
    Step.WORDS,
    "word words keyword keywords phrase phrases term terms mention mentioning mentions include "
    "including includes contain contains containing name names",
)
def read_included(match: re.Match[str]) -> Change | None:
    before = match.string[: match.start()]
    is_negated = re.search(rf"\b{AVOID}[^.,;\n]{{0,40}}\Z", before, re.I) is not None
    if is_negated or CONDITION.match(match.string) or IN_SENTENCE.search(match.string):
        return None
    rest = match.string[match.end() :]
    words = list_words(rest)
    if not words or len(words[0]) < 2:
        return None
    last = rest.find(words[-1]) + len(words[-1])
    amount = read_amount(rest[last : last + 60], "at least") if TIMES.search(rest[last:]) else None
    return partial(include_words, words, amount or Amount(1, LARGE))


CONDITION = make_regex(r"\W*(?:if|when|unless|where|whenever)\b", re.I)
IN_SENTENCE = make_regex(r"\bin (?:an?|one|two|three|\d) (?:\w+ )?sentences?\b", re.I)
"""A wish for sentences that show how a word is used."""
TIMES = make_regex(r"\b(?:times|once|twice|thrice)\b", re.I)
SENTENCES = (
    "It helps to keep {word} in mind.",
    "This also has to do with {word}.",
    "Many people think of {word} first.",
    "There is more to say about {word}.",
    "A good example is {word}.",
    "In the end it comes back to {word}.",
    "No one should forget {word}.",
    "Ask what {word} means here.",
)


def include_words(words: list[str], amount: Amount, draft: Draft) -> None:
    """Add sentences with the words that the text has too rarely, and drop what is too much."""
    draft.kept += words
    sentences: list[str] = []
    for word in words:
        missing = amount.least - count_word(word, draft.text)
        sentences += [write_with(word, at, draft) for at in range(missing)]
        if count_word(word, draft.text) > amount.most:
            draft.text = replace_after(word, amount.most, draft.text)
    if sentences:
        draft.add_sentences(sentences[:MOST_ADDED])


MOST_ADDED = 60


def write_with(word: str, number: int, draft: Draft) -> str:
    """Return a sentence with a word; in other languages than English the word alone."""
    if draft.writer.language != "en":
        return f"{word[:1].upper()}{word[1:]}!"
    start = draft.question.random.draw_below(len(SENTENCES)) if number == 0 else number
    return SENTENCES[start % len(SENTENCES)].format(word=word)


def count_word(word: str, text: str) -> int:
    return text.lower().count(word.lower())


def replace_after(word: str, kept: int, text: str) -> str:
    """Return a text with other words instead of a word, after the first ones that it may have."""
    numbers = count()
    other = choose_other(word)
    return re.sub(
        re.escape(word),
        lambda found: found[0] if next(numbers) < kept else other,
        text,
        flags=re.I,
    )


def choose_other(word: str) -> str:
    """Return a short word that does not have the one to avoid; empty if all have it."""
    return next((other for other in ("it", "that", "so") if word.lower() not in other), "")


def avoid_words(words: list[str], draft: Draft) -> None:
    """Drop the sentences that have a word to avoid; where none would be left, only the word."""
    for word in words:
        if count_word(word, draft.text) == 0:
            continue
        kept = [one for one in draft.list_sentences() if count_word(word, one) == 0]
        if sum(len(one.split()) for one in kept) >= FEWEST_LEFT and "\n" not in draft.text:
            draft.text = "".join(kept).strip()
        draft.text = remove_word(word, draft.text)


FEWEST_LEFT = 12


def remove_word(word: str, text: str) -> str:
    """Return a text with another word instead of each one that has the word to avoid."""
    other = choose_other(word)

    def replace(found: re.Match[str]) -> str:
        begins = found.start() == 0 or text[found.start() - 1] != " "
        return other.capitalize() if found[0][:1].isupper() and begins else other

    return re.sub(rf"[^\W\d_]*{re.escape(word)}[^\W\d_]*", replace, text, flags=re.I)
