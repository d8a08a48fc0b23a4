"""Questions about a given text with their answers: "What does the text say about honey bees?"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.field_cues import read_name
from mockgem.operations.forms.given_reasons import VERBS
from mockgem.operations.forms.language_detection import detect
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.sources import split_sentences

ASKED = make_regex(
    r"^(?:q|question|prompt|front|instruction|frage|vorderseite|pregunta|frente|anverso)$"
)
ANSWERED = make_regex(
    r"^(?:a|answer|response|back|output|completion|definition|meaning|explanation|description"
    r"|antwort|rückseite|rueckseite|respuesta|reverso|dorso|verso|réponse|reponse|bedeutung)$"
)
NAMED = make_regex(r"^(?:term|word|concept|keyword|key_term|begriff|término|termino|terme)$")
ABROAD = {
    "de": ("Was ist {}?", "Was sagt der Text über {}?"),
    "es": ("¿Qué es {}?", "¿Qué dice el texto sobre {}?"),
    "fr": ("Qu'est-ce que {} ?", "Que dit le texte sur {} ?"),
}
PRONOUNS = frozenset("it they he she this these that we i you there its their".split())
MOST_WORDS = 5
MOST_ROWS = 12


def ask_about(fields: dict[str, dict[str, Any]], text: str, count: int) -> list[dict[str, Any]]:
    """Return questions about the sentences of a text; empty for other fields.

    Args:
        count: How many the prompt wants; 0 for one question about each sentence.
    """
    asked = next((key for key in fields if ASKED.match(read_name(key))), None)
    named = next((key for key in fields if NAMED.match(read_name(key))), None)
    asked = asked or named
    answered = next((key for key in fields if ANSWERED.match(read_name(key))), None)
    if asked is None or answered is None or text.rstrip().endswith("?"):
        return []
    facts = [
        one.strip() for one in split_sentences(text) if len(one.split()) > 2 and "?" not in one
    ]
    rows, more = [], []
    subject, before = "", ""
    code = detect(text) if facts else "en"
    for fact in facts:
        subject = find_subject(fact) or subject
        if subject and asked == named:
            rows.append({asked: subject[:1].upper() + subject[1:], answered: define(fact, subject)})
        elif subject:
            rows.append({asked: write_question(fact, subject, before, code), answered: fact})
            more.append({asked: say_again(subject, code), answered: fact})
        before = subject
    rows = [*rows, *more] if len(rows) > 1 and count else rows
    return rows[: count or MOST_ROWS] if len(rows) >= count else []


def define(fact: str, subject: str) -> str:
    """Return what a sentence says about its subject: "X is a gas." is "A gas."."""
    verb = IS.match(fact, len(subject))
    if verb is None or fact[: len(subject)].lower() != subject.lower():
        return fact
    rest = fact[verb.end() :]
    return rest[:1].upper() + rest[1:]


def say_again(subject: str, code: str) -> str:
    """Return another question about a subject."""
    texts = ABROAD.get(code)
    return texts[1].format(subject) if texts else f"What should you know about {subject}?"


BE = {"de": "ist", "es": "es", "fr": "est"}
IS = make_regex(r" (is|are|was|were) (?!\w+ing\b)")


def write_question(fact: str, subject: str, before: str, code: str) -> str:
    """Return a question that a sentence answers; another one for the same subject."""
    if code in ABROAD:
        return ABROAD[code][0 if f"{subject} {BE[code]} " in fact else 1].format(subject)
    verb = IS.match(fact, len(subject))
    if verb is not None and fact[: len(subject)].lower() == subject.lower():
        return f"What {verb[1]} {subject}?"
    return f"What {'else ' if before == subject else ''}does the text say about {subject}?"


ARTICLES = frozenset("the a an der die das ein eine el la los las le les un une".split())
ENDS_VERB = make_regex(r"(?:[a-z]{2,}(?:(?<!s)s|ed))\Z")


def find_subject(sentence: str) -> str:
    """Return the words in front of the verb of a sentence, in small letters at the beginning."""
    words = re.findall(r"[\w'’-]+", sentence)
    if not words or words[0].lower() in PRONOUNS:
        return ""
    end = next((at for at, word in enumerate(words[1:7], 1) if word.lower() in VERBS), 0)
    subject = " ".join(words[: min(end or guess_end(words), MOST_WORDS)])
    is_name = words[0].lower() not in ARTICLES and words[1:2] and words[1][:1].isupper()
    is_kept = words[0].isupper() or is_name
    return subject if is_kept else subject[:1].lower() + subject[1:]


def guess_end(words: list[str]) -> int:
    """Return how many words a subject has whose verb is not known."""
    at = 2 if words[0].lower() in ARTICLES else 1
    while at < len(words) - 1 and words[at][:1].isupper():
        at += 1
    is_plural = words[at - 1].endswith("s") or words[at - 1].endswith(("ia", "i"))
    is_verb = at < len(words) and (is_plural or ENDS_VERB.match(words[at]) is not None)
    return at if is_verb or at > 1 else at + 1
