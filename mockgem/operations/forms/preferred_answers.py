"""Which of two answers to a question is better: what judges of two assistants are asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.generators.word_stems import extract_stems

KIND = (
    r"(?:response|answer|assistant|output|summary|reply|option|model|candidate|completion|text"
    r"|version)"
)
START = make_regex(
    rf"(?:^|\n)[ \t#*\[(<]*(?:the start of )?(?:{KIND} ?_?-?(?P<mark>[AB12])(?:['’]s \w+)?"
    rf"|(?P<lone>[AB])(?=:))[\])>*]*[ \t]*(?:[:：.)]|(?<=[\]>*])\n|\n)[ \t*]*",
    re.I,
)
END = make_regex(
    r"\n\s*\n(?=[^\n]{0,80}\b(?:which|who|output|answer with|respond|reply|choose|decide|please"
    r"|pick)\b)|\n[\[<#]|</|\n-{3,}",
    re.I,
)
QUESTION = make_regex(
    r"(?:^|\n)[ \t#*\[<]*(?:user )?(?:question|prompt|instruction|query|task|article|text|source)"
    r"[\]>*]*[ \t]*[:：\n][ \t*]*\n?([^\n]{3,600})",
    re.I,
)
REFUSES = make_regex(
    r"\b(?:i don['’]t know|no idea|i can['’]?t|i cannot|i['’]m not sure|as an ai)\b", re.I
)
LONGEST = 40
"""The number of words above which an answer is not better for being longer."""


def find_preferred(text: str) -> str:
    """Return the mark, such as "A" or "2", of the better of two answers; empty without two."""
    found: dict[str, str] = {}
    for match in START.finditer(text):
        mark = (match["mark"] or match["lone"]).upper()
        rest = START.split(text[match.end() :], maxsplit=1)[0]
        found.setdefault(mark, END.split(rest, maxsplit=1)[0].strip())
    if len(found) != 2 or not all(found.values()):
        return ""
    asked = QUESTION.search(text)
    wanted = extract_stems(asked[1]) if asked else frozenset()
    (one, first), (two, second) = ((mark, rate(wanted, said)) for mark, said in found.items())
    return "" if first == second else one if first > second else two


def rate(wanted: frozenset[str], said: str) -> float:
    """Return how well an answer fits a question: its words, then how much it says."""
    score = 3.0 * len(wanted & extract_stems(said)) / (len(wanted) or 1)
    score += min(len(said.split()), LONGEST) / LONGEST
    return score - (2.0 if REFUSES.search(said) else 0.0)


def choose_preferred(labels: Sequence[str], text: str) -> str:
    """Return the label of the better answer: "A", "Response 1"; empty for other labels."""
    if len(labels) > MOST or JUDGES.search(text) is None:
        return ""
    marks = [MARK.search(label.strip()) for label in labels]
    known = [match[1].upper() if match else "" for match in marks]
    if not ({"A", "B"} <= set(known) or {"1", "2"} <= set(known)):
        return ""
    best = find_preferred(text)
    return labels[known.index(best)] if best in known and best else ""


MOST = 3
"""Both answers, and a tie."""
JUDGES = make_regex(
    r"\b(?:better|best|prefer\w*|judge|winner|wins|more (?:helpful|accurate|useful|relevant"
    r"|complete)|worse|quality|compare|verdict)\b",
    re.I,
)
"""Words of a prompt that compares two answers."""
MARK = make_regex(rf"\A(?:{KIND} ?_?-?)?([AB12])\Z", re.I)
