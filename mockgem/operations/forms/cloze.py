"""Sentences with a blank, filled: "The sun rises in the ____."."""

from __future__ import annotations

import re

from mockgem.operations.forms.grammar import to_past
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.options import find_lettered
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.related_words import OPPOSITES
from mockgem.operations.forms.units import convert_units
from mockgem.operations.forms.word_sets import find_part_of_speech

MAX_TASK = 500
BLANK = make_regex(r"_{2,20}|\[(?:blank|mask)\]|<(?:blank|mask)>|\.{4,12}", re.I)
ASKS = make_regex(
    r"\b(?:fill|complete|blank|missing|gap|mask)\w*\b|\A[^\n?]{3,200}_{2,20}[^\n?]{0,120}\Z", re.I
)
VERB_GIVEN = make_regex(r"(?:_{2,20}|\.{4,12})\s?\((?:to )?([a-z]{2,15})\)")
WORD_BANK = make_regex(
    r"\((?P<inside>[a-z]+(?:\s?[,/]\s?[a-z]+){1,6})\)"
    r"|\b(?:word bank|words|options|choose from"
    r"|use)\b[^:\n]{0,30}:\s*(?P<listed>[\w-]+(?:\s?[,/]\s?[\w-]+){1,12})",
    re.I,
)
PAST = make_regex(
    r"\b(?:yesterday|ago|last (?:night|week|month|year|summer)|in (?:19|20)\d\d)\b", re.I
)
THIRD = make_regex(r"\b(?:he|she|it|[A-Z][a-z]+|(?:the|my|our|his|her|every) [a-z]+[^s\W])\s\Z")
KNOWN = tuple(
    (make_regex(pattern, re.I), word)
    for pattern, word in (
        (r"\bsun rises\b", "east"),
        (r"\bsun sets\b", "west"),
        (r"\bpractice makes\b", "perfect"),
        (r"\bsky is\b", "blue"),
        (r"\bgrass is\b", "green"),
        (r"\bapple a day\b", "doctor"),
        (r"\bactions speak louder\b", "words"),
        (r"\bbetter late than\b", "never"),
        (r"\bearly bird\b", "worm"),
        (r"\btime is\b", "money"),
        (r"\bdays in a week\b|\bweek has\b", "seven"),
        (r"\bmonths in a year\b|\byear has\b", "twelve"),
        (r"\bwater (?:boils|freezes)\b", "temperature"),
        (r"\bbasketball|\brockets\b|\blakers\b", "basketball"),
        (r"\bread(?:ing|s)?\b", "book"),
        (r"\b(?:drink|drinks|drank|cup of)\b", "coffee"),
        (r"\b(?:eat|eats|ate|cook\w*)\b", "dinner"),
        (r"\b(?:drive|drives|drove)\b", "car"),
        (r"\b(?:play|plays|played)\b", "game"),
        (r"\b(?:live|lives|lived)\b", "city"),
        (r"\bschool\b", "teacher"),
        (r"\b(?:rain|raining|wet)\b", "umbrella"),
        (r"\bhungry\b", "food"),
        (r"\btired\b", "sleep"),
    )
)
AFTER_VERB = make_regex(
    r"\b(?:is|are|was|were|feel|feels|felt|looks?|very|so|too|really)\s\Z", re.I
)
AFTER_SUBJECT = make_regex(r"\b(?:i|you|we|they|he|she|to|will|can|must|should)\s\Z", re.I)


def fill_blank(prompt: str, question: Question) -> str:
    """Return a sentence with its blank filled, or the word alone; empty without a blank."""
    if len(prompt) > MAX_TASK or not BLANK.search(prompt) or not ASKS.search(prompt):
        return ""
    if find_lettered(prompt) or any(mark in prompt for mark in "{`|"):
        return ""
    if PICKS.search(prompt) and WORD_BANK.search(prompt):
        return ""
    line = next(line for line in prompt.split("\n") if BLANK.search(line))
    sentence = LEAD.sub("", line).strip(' "“”')
    if amount := AMOUNT.search(sentence):
        found = convert_units(f"convert {amount[1]} {amount[2]} to {amount[3]}")
        return f"{amount[1]} {amount[2]} = {found[0]:.6g} {amount[3]}" if found else ""
    word = find_word(sentence, prompt)
    if question.is_terse or ONLY_WORD.search(prompt):
        return word
    bare = WORD_BANK.sub("", VERB_GIVEN.sub("____", sentence)) if "(" in sentence else sentence
    filled = BLANK.sub(lambda _: f"**{word}**", bare, count=1)
    whole = BLANK.sub(lambda _: f"**{find_next_word(filled)}**", filled)
    return re.sub(r"\s+(?=[\s.,!?])", "", whole).strip()


LEAD = make_regex(
    r"\A[^:\n_]{0,80}\b(?:fill|complete|blank|missing|gap|sentence|word)\w*\b[^:\n_]{0,60}[:.]\s+",
    re.I,
)
ONLY_WORD = make_regex(
    r"\b(?:what (?:word|is the missing)|which word|missing word|one word)\b", re.I
)


PICKS = make_regex(r"\b(?:correct|right|best) option\b|\bonly the (?:word|option)\b", re.I)
"""A wish for one of the given words alone."""
AMOUNT = make_regex(r"(\d[\d.]*) ?([a-z]{1,12}) ?= ?_{2,20} ?([a-z]{1,12})", re.I)


def find_word(sentence: str, prompt: str) -> str:
    """Return a word for the blank of a sentence: of the given ones, a known one or a usual one."""
    blank = BLANK.search(sentence)
    before = sentence[: blank.start()] if blank else sentence
    if match := VERB_GIVEN.search(sentence):
        return bend_verb(match[1], before, sentence)
    if bank := WORD_BANK.search(prompt):
        words = re.split(r"\s?[,/]\s?", bank["inside"] or bank["listed"])
        return choose_word(words, before)
    if opposite := re.search(r"\bopposite of [\"'“]?(\w+)", sentence, re.I):
        return OPPOSITES.get(opposite[1].lower(), "different")
    known = next((word for pattern, word in KNOWN if pattern.search(sentence)), "")
    return known or choose_usual(before)


def choose_usual(before: str) -> str:
    if AFTER_VERB.search(before):
        return "happy"
    return "go" if AFTER_SUBJECT.search(before) else "team"


OPEN_END = make_regex(
    r"\bcomplete (?:the|this|my|these) (?:\w+ )?(?:sentence|phrase|proverb|saying"
    r"|line)s?\b[^:\n]{0,40}"
    r"[:.\n]\s*[\"“]?([^\n_]{3,160}?)(?:\.{2,}|…)?[\"”]?\s*\Z",
    re.I,
)


def finish_sentence(prompt: str, _: Question) -> str:
    """Return a sentence of which a prompt gives the beginning."""
    match = OPEN_END.search(prompt) if len(prompt) < MAX_TASK else None
    if match is None or match[1].rstrip().endswith((".", "?", "!")) or BLANK.search(prompt):
        return ""
    start = match[1].rstrip(" ,")
    if word := next((word for pattern, word in KNOWN if pattern.search(start)), ""):
        return f"{start} {word}."
    is_open = AFTER_VERB.search(f"{start} ")
    rest = "different from what most people expect" if is_open else "what nobody had expected"
    return f"{start} {rest}."


def find_next_word(filled: str) -> str:
    """Return a word for another blank of a sentence."""
    blank = BLANK.search(filled)
    return choose_usual(filled[: blank.start()] if blank else filled)


def choose_word(words: list[str], before: str) -> str:
    """Return the given word that fits behind the words before a blank."""
    wanted = (
        "adjective"
        if AFTER_VERB.search(before)
        else "verb"
        if AFTER_SUBJECT.search(before)
        else "noun"
    )
    return next((word for word in words if find_part_of_speech(word) == wanted), words[0])


def bend_verb(verb: str, before: str, sentence: str) -> str:
    """Return the form of a verb that a sentence wants."""
    if PAST.search(sentence):
        return to_past(verb)
    if re.search(r"\b(?:is|are|am|was|were)\s\Z", before):
        return f"{verb.removesuffix('e')}ing"
    if re.search(r"\b(?:has|have|had)\s\Z", before):
        return to_past(verb)
    if THIRD.search(before) and not re.search(r"\b(?:They|We|You)\s\Z", before):
        special = {"have": "has", "be": "is", "do": "does", "go": "goes"}
        ending = "es" if verb.endswith(("s", "x", "ch", "sh", "o")) else "s"
        return special.get(verb, f"{verb}{ending}")
    return {"be": "are"}.get(verb, verb)
