"""Contractions, elisions and the times of a clock in a written sentence."""

from __future__ import annotations

import re
from functools import cache

from mockgem.operations.forms.transfer.words import ELIDED, FIXES, VOWELS

CLOCKS = {
    "at": ("um {} Uhr", "à {}", "a las {}", "alle {}", "às {}", "om {} uur"),
    "until": ("bis {} Uhr", "jusqu'à {}", "hasta las {}", "fino alle {}", "até às {}",
              "tot {} uur"),
    "by": ("bis {} Uhr", "avant {}", "antes de las {}", "entro le {}", "até às {}", "voor {} uur"),
    "before": ("vor {} Uhr", "avant {}", "antes de las {}", "prima delle {}", "antes das {}",
               "voor {} uur"),
    "after": ("nach {} Uhr", "après {}", "después de las {}", "dopo le {}", "depois das {}",
              "na {} uur"),
    "from": ("von {} Uhr", "de {}", "de {}", "dalle {}", "das {}", "van {} uur"),
}  # fmt: skip
CODES = ("de", "fr", "es", "it", "pt", "nl")


def write_clock(written: str, code: str) -> str:
    """Return a time such as "at 9:30" in a language."""
    word, _, hour = written.partition(" ")
    if code == "fr":
        full, _, minutes = hour.partition(":")
        hour = f"{full} h {minutes}".strip()
    return CLOCKS[word][CODES.index(code)].format(hour)


@cache
def compile_fixes(code: str) -> re.Pattern[str] | None:
    pairs = sorted(FIXES[code], key=len, reverse=True)
    if not pairs:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, pairs))})(?=[ '\w]|\Z)")


def fix_spelling(text: str, code: str) -> str:
    """Return a sentence with its contractions: "zu der" is "zur", "le ami" is "l'ami"."""
    text = text.replace(" ,", ",").replace("  ", " ")
    if code == "fr":
        text = elide(text)
    if pattern := compile_fixes(code):
        text = contract(text, pattern, FIXES[code])
    if code == "it":
        for given, right in (("ci è", "c'è"), ("ci era", "c'era"), ("un buono", "un buon"),
                             ("qual è", "qual è")):  # fmt: skip
            text = re.sub(rf"(?<!\w){given}(?!\w)", right, text)
    return text.replace("' ", "'") if code in ("fr", "it") else text


def contract(text: str, pattern: re.Pattern[str], fixes: dict[str, str]) -> str:
    """Return a text with its contractions, each a whole word."""

    def write(match: re.Match[str]) -> str:
        follows = text[match.end() : match.end() + 1]
        is_whole = match[0].endswith("'") or not (follows.isalnum() or follows == "'")
        return fixes[match[0]] if is_whole else match[0]

    return pattern.sub(write, text)


def elide(text: str) -> str:
    """Return a French text with elisions: "le ami" is "l'ami"."""
    words = text.split(" ")
    for at in range(len(words) - 1):
        follows = words[at + 1][:1].lower()
        low = words[at].lower()
        is_elided = low in ELIDED and follows in tuple(VOWELS) and words[at + 1].lower() != "y"
        if is_elided or (low == "ce" and words[at + 1] in ("est", "était")):
            words[at] = words[at][:-1] + "'"
    return " ".join(words).replace("est-ce que i", "est-ce qu'i").replace("que' ", "qu'")
