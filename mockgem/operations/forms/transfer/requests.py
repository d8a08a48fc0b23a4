"""Write polite requests in six languages."""

from __future__ import annotations

from mockgem.operations.forms.transfer.clause_parts import (
    NOT,
    PLEASE,
    join,
    write_front,
)
from mockgem.operations.forms.transfer.germanic import write_middle
from mockgem.operations.forms.transfer.nouns import GERMANIC
from mockgem.operations.forms.transfer.parts import Clause
from mockgem.operations.forms.transfer.romance import split_romance
from mockgem.operations.forms.transfer.verbs import load_verb, write_request_verb

ACUTE = str.maketrans("aeiou", "áéíóú")


def write_request(clause: Clause, code: str) -> str:
    """Return a polite request."""
    verb, front = load_verb(clause, code), write_front(clause, code)
    word = write_request_verb(clause, code)
    please = PLEASE[code] if clause.is_polite else ""
    if code in GERMANIC:
        middle, after = write_middle(clause, code)
        prefix = verb.prefix if verb else ""
        tail = please if code == "nl" else ""
        start = [please] if code == "de" else []
        return join([*front, *start, word, *middle, prefix, tail, *after])
    clitics, parts = split_romance(clause, code)
    not_word = [NOT[code]] if clause.is_negative and code in NOT else []
    if code == "fr":
        body = write_french_request(clause, verb.infinitive if verb else "être", word, clitics)
    elif code == "it" or not_word:
        body = [*not_word, *clitics, word]
    else:
        body = [join_imperative(word, clitics, code)]
    start = [f"{please},"] if please and code != "fr" else []
    return join([*front, *start, *body, *parts])


def write_french_request(
    clause: Clause, infinitive: str, word: str, clitics: list[str]
) -> list[str]:
    if clause.is_polite:
        negative = ["ne", "pas"] if clause.is_negative else []
        return ["veuillez", *negative, *clitics, infinitive]
    if clause.is_negative:
        return ["ne", *clitics, word, "pas"]
    stressed = ["moi" if one == "me" else one for one in clitics]
    return ["-".join([word, *stressed])]


def join_imperative(word: str, clitics: list[str], code: str) -> str:
    """Return an imperative with its pronouns; Spanish marks the stressed vowel."""
    if not clitics:
        return word
    if code == "pt":
        return "-".join([word, *clitics])
    if not set(word) & set("áéíóú"):
        vowels = [at for at, letter in enumerate(word) if letter in "aeiou"]
        at = vowels[-2] if len(vowels) > 1 else vowels[-1]
        at = at - 1 if at and word[at] in "iu" and word[at - 1] in "aeo" else at
        word = word[:at] + word[at].translate(ACUTE) + word[at + 1 :]
    return word + "".join(clitics)
