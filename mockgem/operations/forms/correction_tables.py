"""Tables of corrections: what a text says, and how it is right."""

from __future__ import annotations

import re

from mockgem.operations.forms.grammar_fixes import fix_grammar
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.text_styles import SPELLINGS, change_words

WRONG = make_regex(
    r"\b(?:original|wrong|incorrect|errors?|mistakes?|before|fehler|falsch|erreur|error)\b", re.I
)
RIGHT = make_regex(
    r"\b(?:correct\w*|corrections?|right|fixed|after|improved|suggestion|korrektur|richtig\w*"
    r"|korrigiert|corrección|correcto|correction)\b",
    re.I,
)


def list_corrections(columns: list[str], text: str) -> list[list[str]]:
    """Return a row for each sentence if two columns are for the wrong and the right one."""
    wrong = next((at for at, name in enumerate(columns) if WRONG.search(name)), None)
    right = next(
        (at for at, name in enumerate(columns) if RIGHT.search(name) and at != wrong), None
    )
    if wrong is None or right is None:
        return []
    rows = []
    for sentence in split_sentences(text)[:20]:
        row = ["Spelling and grammar"] * len(columns)
        row[wrong], row[right] = sentence, correct(sentence)
        rows.append(row)
    return rows


def correct(sentence: str) -> str:
    fixed = fix_grammar(change_words(sentence, SPELLINGS))
    fixed = re.sub(r"\s{2,}", " ", fixed).strip()
    return fixed[:1].upper() + fixed[1:] + ("" if fixed[-1:] in ".!?" else ".")
