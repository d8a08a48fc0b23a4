"""A sentence that goes with a yes or a no, for questions without a known answer."""

from __future__ import annotations

import re

from mockgem.operations.forms.language_packs import load_pack
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

MAX_TEXT = 800
SHOULD = make_regex(
    r"\b(?:should|do|must) (?P<who>I|we|you|one) (?:need to |have to |really )?"
    r"(?P<what>[a-z][^?.\n]{3,120})\?",
    re.I,
)
"""A question whether to do something: "Should I water succulents every day?"."""
IS_IT = make_regex(
    r"\bis it (?P<how>(?:a good idea"
    r"|[a-z]{2,14}))(?P<what> (?:for [^?.\n]{2,40} )?to [^?.\n]{3,120})\?",
    re.I,
)
"""A question about how it is to do something: "Is it safe to eat raw eggs?"."""
OWN = {"my": "your", "our": "your", "me": "you", "us": "you", "I": "you", "we": "you"}
OWN_WORD = make_regex(r"\b(?:my|our|me|us|I|we)\b")
ENGLISH = ("In most cases this is so.", "In most cases this is not so.")
SENTENCES = {
    "de": ("In den meisten Fällen trifft das zu.", "In den meisten Fällen trifft das nicht zu."),
    "fr": ("C'est le plus souvent le cas.", "Ce n'est le plus souvent pas le cas."),
    "es": ("En la mayoría de los casos es así.", "En la mayoría de los casos no es así."),
    "it": ("Nella maggior parte dei casi è così.", "Nella maggior parte dei casi non è così."),
    "pt": ("Na maioria dos casos é assim.", "Na maioria dos casos não é assim."),
    "nl": ("In de meeste gevallen klopt dat.", "In de meeste gevallen klopt dat niet."),
    "pl": ("W większości przypadków tak jest.", "W większości przypadków tak nie jest."),
    "ru": ("В большинстве случаев это так.", "В большинстве случаев это не так."),
    "uk": ("У більшості випадків це так.", "У більшості випадків це не так."),
    "tr": ("Çoğu durumda bu doğrudur.", "Çoğu durumda bu doğru değildir."),
    "ja": ("ほとんどの場合、そのとおりです。", "ほとんどの場合、そうではありません。"),
    "zh": ("在大多数情况下是这样。", "在大多数情况下并非如此。"),
    "ko": ("대부분의 경우 그렇습니다.", "대부분의 경우 그렇지 않습니다."),
}
"""What goes with a yes and with a no in each language."""


PRIME = make_regex(
    r"\b(?P<number>\d{1,9})\b[^.?\n]{0,24}\bprime\b|\bprime\b[^?\n]{0,12}?(?P<other>\d{1,9})\b",
    re.I,
)
"""A question whether a number is prime."""


def explain_prime(text: str) -> str:
    """Return the factors of the number that a question calls prime; empty for other questions."""
    match = PRIME.search(text)
    number = int(match["number"] or match["other"]) if match else 0
    if number < SMALLEST:
        return ""
    factors = list_factors(number)
    if len(factors) == 1:
        return f"{number} has no divisors besides 1 and itself."
    return f"{number} = {' × '.join(map(str, factors))}."


SMALLEST = 2


def list_factors(number: int) -> list[int]:
    """Return the prime factors of a number, the smallest first."""
    factors, divisor = [], SMALLEST
    while divisor * divisor <= number:
        while number % divisor == 0:
            factors.append(divisor)
            number //= divisor
        divisor += 1
    return [*factors, number] if number > 1 else factors


def explain_answer(label: str, question: Question) -> str:
    """Return a sentence that agrees with a yes or a no; empty for other labels."""
    answer = find_answer(label, question.language)
    if answer is None:
        return ""
    if question.language != "en":
        pair = SENTENCES.get(question.language)
        return pair[0 if answer else 1] if pair else ""
    return explain_action(answer, question.prompt[:MAX_TEXT])


def find_answer(label: str, language: str) -> bool | None:
    """Return whether a label says yes; None unless it says yes or no."""
    word = label.lower().strip(" .")
    yes, no = (one.lower() for one in (load_pack(language).yes, load_pack(language).no))
    if word in ("yes", "true", yes):
        return True
    return False if word in ("no", "false", no) else None


def explain_action(answer: bool, text: str) -> str:
    """Return what an English question asks about as a sentence that says yes or no."""
    if match := IS_IT.search(text):
        what = turn_round(match["what"])
        return f"It is {'usually' if answer else 'usually not'} {match['how'].lower()}{what}."
    if match := SHOULD.search(text):
        what = turn_round(match["what"])
        return f"It {'usually helps' if answer else 'is rarely worth it'} to {what}."
    return ENGLISH[0 if answer else 1]


def turn_round(words: str) -> str:
    """Return words about the writer as words about the reader: "your plants"."""
    return OWN_WORD.sub(lambda match: OWN[match[0]], words.rstrip())
