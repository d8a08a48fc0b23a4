"""A corrected sentence, and for each change why: "“go” → “went”: the time is in the past"."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from mockgem.operations.forms.grammar import PAST
from mockgem.operations.forms.lazy_patterns import make_regex

EXPLAINS = make_regex(
    r"\b(?:explain\w*|why|what (?:is|was|were|are) (?:the )?(?:wrong|mistakes?|errors?)"
    r"|what['’]s wrong|(?:list|name|point out|show|tell)[^.\n]{0,20} (?:mistakes?|errors?|changes"
    r"|corrections)|reasons?|explica\w*|explique[zr]?|pourquoi|por qué|porque)\b",
    re.I,
)
PLURALS = {
    "fr": r"mes|tes|ses|nos|vos|leurs|les|des|ces|quelques|plusieurs|deux|trois|quatre|cinq",
    "es": r"los|las|mis|tus|sus|unos|unas|estos|estas|dos|tres|cuatro|cinco|muchos|muchas",
    "pt": r"os|as|meus|minhas|seus|suas|uns|umas|dois|duas|três|quatro|cinco|muitos|muitas",
}
"""Words before nouns in the plural, by language."""
COMPILED = {
    code: make_regex(rf"(?<!\w)({words}) ([^\W\d_]{{2,20}}[^\W\d_sxz])(?!\w)", re.I)
    for code, words in PLURALS.items()
}
AGREES = {
    "en": "after “{word}” the noun is in the plural.",
    "fr": "après « {word} », le nom est au pluriel.",
    "es": "después de «{word}», el sustantivo va en plural.",
    "pt": "depois de «{word}», o substantivo fica no plural.",
}
LABELS = {
    "en": ("Corrected", "Explanation"),
    "fr": ("Phrase corrigée", "Explication"),
    "es": ("Frase corregida", "Explicación"),
    "pt": ("Frase corrigida", "Explicação"),
}


def fix_plurals(text: str, code: str) -> str:
    """Return a French, Spanish or Portuguese text with nouns that agree: "mes amis"."""
    pattern = COMPILED.get(code)
    return (
        pattern.sub(lambda match: f"{match[1]} {make_plural(match[2], code)}", text)
        if (pattern)
        else text
    )


def make_plural(noun: str, code: str) -> str:
    if code == "fr" and noun.endswith(("eau", "eu")):
        return f"{noun}x"
    return f"{noun}es" if code != "fr" and noun[-1] in "nrldj" else f"{noun}s"


def explain_changes(before: str, after: str, code: str) -> str:
    """Return a corrected text with a reason for each change."""
    lines = list_changes(before, after, code)
    fixed, why = LABELS.get(code, LABELS["en"])
    if not lines:
        return f"{fixed}: {after}\n\n{why}: {NOTHING.get(code, NOTHING['en'])}"
    reasons = "\n".join(f"- {line}" for line in lines)
    return f"{fixed}: {after}\n\n{why}:\n{reasons}"


NOTHING = {
    "en": "The sentence has no mistake.",
    "fr": "La phrase ne contient pas de faute.",
    "es": "La frase no tiene errores.",
    "pt": "A frase não tem erros.",
}


MOST_WORDS = 200
"""Words that are compared. The time grows with the square of their number."""


def list_changes(before: str, after: str, code: str) -> list[str]:
    old, new = before.split()[:MOST_WORDS], after.split()[:MOST_WORDS]
    lines = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = (" ".join(part).strip(" .,!?") for part in (old[a:b], new[c:d]))
        if kind == "equal" or was == now:
            continue
        pairs = zip(old[a:b], new[c:d], strict=True) if b - a == d - c else [(was, now)]
        lines += [say_change(*pair, old[a - 1] if a else "", code) for pair in pairs]
    return list(filter(None, lines))


def say_change(was: str, now: str, before: str, code: str) -> str:
    """Return a changed word, what it is now, and why; empty if only a mark is new."""
    was, now = was.strip(" .,!?"), now.strip(" .,!?")
    if was == now:
        return ""
    left, right = ("« ", " »") if code == "fr" else ("“", "”")
    reason = name_reason(was, now, before, code)
    return f"{left}{was or '…'}{right} → {left}{now or '…'}{right}: {reason}"


HELPERS = frozenset(
    "don't doesn't didn't do does did can can't will won't must should could would".split()
)


def name_reason(was: str, now: str, before: str, code: str) -> str:
    """Return why a word changed, as far as its letters tell."""
    if code in AGREES and code != "en":
        return AGREES[code].format(word=before)
    lower, fixed = was.lower(), now.lower()
    if lower == fixed:
        return "this word needs a capital letter."
    if re.sub(r"(?:es|s)\Z", "", lower) == fixed and before.lower() in HELPERS:
        return f"after “{before}” the verb stands in its base form."
    if "'" in fixed and lower == fixed.replace("'", ""):
        return "a contraction needs an apostrophe."
    past = {*PAST.values(), "didn't"}
    if fixed.split()[0] in past if fixed else False:
        return "the sentence is about the past, so the verb is in the past tense."
    if fixed in (f"{lower}s", f"{lower}es") or re.match(r"(?:doesn't|has|goes|does|is)\b", fixed):
        return "the verb or noun has to agree with the words around it."
    if re.match(r"(?:don't|have|are|were|was)\b", fixed):
        return "the verb has to agree with its subject."
    return "this is the correct form here."
