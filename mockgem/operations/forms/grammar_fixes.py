"""Correct usual mistakes of English grammar: "She no went", "He don't likes", "two cat"."""

from __future__ import annotations

import re
from functools import lru_cache, partial

from mockgem.operations.forms.grammar import FORMS, PARTICIPLES, PAST, to_base
from mockgem.operations.forms.grammar_mistakes import (
    ANY,
    HE,
    MISTAKES,
    PAST_TIME,
    THEY,
    VERBS,
    WORDS,
)
from mockgem.operations.forms.lazy_patterns import make_regex

BASES = "|".join(VERBS.split())
BE = frozenset(("is", "are", "am", "be", "can", "will", "may", "read", "put", "cut", "let", "set"))
BASE_OF = {row[1]: row[0] for row in FORMS if row[0] not in BE}
IRREGULAR = "|".join(BASE_OF)
REGULAR = (
    r"(?:play|walk|work|want|need|call|visit|start|finish|watch|help|talk|look|cook|clean|ask"
    r"|learn|open|wait)ed|(?:like|love|live|use|arrive|close|believe)d"
)
THIRD = rf"(?:{BASES})e?s|has|tries|studies"
ANY_FORM = rf"{IRREGULAR}|{REGULAR}|{THIRD}"
BOTH = r"(?:my \w+|\w+) and I"
SOMEBODY = rf"(?:{BOTH}|I|he|she|it|we|they|you)"
DOES = make_regex(
    rf"\b(I|{HE}|{THEY}) (don't|doesn't|have|has|is|are|was|were)\b(?! been to)", re.I
)
NO_VERB = make_regex(rf"\b({SOMEBODY}) (?:no|not) ({IRREGULAR}|{REGULAR}|{THIRD}|{BASES})\b", re.I)
HELPED = make_regex(
    r"\b((?:do|does|did)(?:n't| not)?|(?:can|could|will|would|should|must|may|might)(?:n't| not)?"
    rf"|won't) ({ANY_FORM})\b",
    re.I,
)
ASKED = make_regex(rf"\b(do|does|did) ({SOMEBODY}) ({ANY_FORM})\b", re.I)
DOUBLE_NO = make_regex(rf"(n't (?:\w+ )?(?:{BASES})) (no|nothing|nobody|nowhere)\b", re.I)
SINGULAR = make_regex(
    rf"\b({HE}) (always |never |often |usually |really |also |sometimes )?"
    rf"({BASES})\b",
    re.I,
)
PLURAL = make_regex(
    rf"\b({BOTH}|I|{THEY}) (always |never |often |usually |really |also )?({THIRD})\b", re.I
)
PERFECT = make_regex(
    rf"\b(have|has|had|'ve|haven't|hasn't) (already |never |just )?({IRREGULAR})\b", re.I
)
YESTERDAY = make_regex(rf"\b({SOMEBODY}) ({BASES}|{THIRD})\b(?=[^.!?\n]{{0,80}}{PAST_TIME})", re.I)
BEFORE_YESTERDAY = make_regex(rf"({PAST_TIME},? {SOMEBODY}) ({BASES}|{THIRD})\b", re.I)
PAST_FORMS = "|".join(sorted({*PAST.values()} - {"read", "put", "cut", "let", "set", "hit"}))
AND_VERB = make_regex(
    rf"(\b{SOMEBODY} (?:{PAST_FORMS}|{REGULAR})\b([^.!?\n]{{0,80}}?)\b(?:and|but) (?:then )?)"
    rf"(don't|doesn't|{BASES}|{THIRD})\b(?=([^.!?\n]{{0,60}}))",
    re.I,
)
"""A verb after "and" whose sentence began in the past: "She went home and sleep"."""
AND_THIRD = make_regex(
    rf"(\b{HE} (?:always |never |often |usually )?(?:{THIRD})\b([^.!?\n]{{0,60}}?)"
    rf" (?:and|but) (?:then )?)"
    rf"({BASES}|don't)\b",
    re.I,
)
"""A verb after "and" without its ending: "She goes to the store and buy bread"."""
OTHER_VERB = make_regex(
    rf"\b(?:to|can|will|let|help|make|made|\w+s|children|people) (?:\w+ )?(?:{BASES})\b"
    rf"|\b(?:that|who|which|they|we|you)\b",
    re.I,
)
"""A verb between both that the second one may follow: "She wants to cook and eat"."""
HELPERS = make_regex(
    r"(?:\b(?:did|does|do|can|could|will|would|should|must|may|might|let|make|made|to|help|see"
    r"|saw|if|that)|n't) \Z",
    re.I,
)


def fix_grammar(text: str) -> str:
    """Return an English text without usual mistakes; capitals stay."""
    text = fix_mistakes(text)
    text = NO_VERB.sub(negate, text)
    text = DOES.sub(agree, text)
    text = HELPED.sub(lambda match: f"{match[1]} {find_base(match[2])}", text)
    text = ASKED.sub(lambda match: f"{match[1]} {match[2]} {find_base(match[3])}", text)
    text = DOUBLE_NO.sub(lambda match: f"{match[1]} {ANY[match[2].lower()]}", text)
    text = YESTERDAY.sub(lambda match: f"{match[1]} {find_past(match[2])}", text)
    text = BEFORE_YESTERDAY.sub(lambda match: f"{match[1]} {find_past(match[2])}", text)
    text = AND_VERB.sub(join_past, text)
    text = SINGULAR.sub(add_ending, text)
    text = AND_THIRD.sub(join_third, text)
    text = PLURAL.sub(remove_ending, text)
    text = PERFECT.sub(use_participle, text)
    return fix_mistakes(text)


def join_past(match: re.Match[str]) -> str:
    """Return the second verb in the past, if the first part says when that was."""
    before = re.split(r"[.!?]", match.string[max(0, match.start() - 60) : match.start()])[-1]
    is_past = re.search(PAST_TIME, before + match[1] + match[4], re.I)
    if is_past is None or OTHER_VERB.search(match[2]):
        return match[0]
    verb = match[3].lower()
    return match[1] + ("didn't" if verb.startswith("do") and "n" in verb else find_past(verb))


def join_third(match: re.Match[str]) -> str:
    """Return the second verb with its ending, unless both depend on a helper: "to cook and eat"."""
    if OTHER_VERB.search(match[2]):
        return match[0]
    verb = match[3].lower()
    return f"{match[1]}{'does' + verb[2:] if verb == NOT else add_third(verb)}"


NOT = "don't"


def fix_mistakes(text: str) -> str:
    for pattern, right in read_mistakes():
        text = pattern.sub(partial(keep_start, right), text)
    return text


@lru_cache(maxsize=1)
def read_mistakes() -> tuple[tuple[re.Pattern[str], str], ...]:
    table = MISTAKES.strip("\n")
    for name, words in WORDS.items():
        table = table.replace(name, words)
    rows = (line.partition(" => ") for line in table.splitlines())
    return tuple((make_regex(wrong, re.I), right.replace("_", " ")) for wrong, _, right in rows)


def keep_start(right: str, match: re.Match[str]) -> str:
    """Return what is right with the capital of what stood there."""
    new = match.expand(right)
    return new[:1].upper() + new[1:] if match[0][:1].isupper() else new


def find_base(verb: str) -> str:
    lower = verb.lower()
    return BASE_OF.get(lower) or strip_ed(lower) or to_base(lower)


def strip_ed(verb: str) -> str:
    if re.fullmatch(REGULAR, verb) is None:
        return ""
    return (
        verb[:-1]
        if verb.endswith(("liked", "loved", "lived", "used", "rrived", "closed", "eved"))
        else verb[:-2]
    )


def find_past(verb: str) -> str:
    base = to_base(verb.lower())
    if base in PAST:
        return PAST[base]
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return f"{base[:-1]}ied"
    return f"{base}d" if base.endswith("e") else f"{base}ed"


def is_third(subject: str) -> bool:
    return re.fullmatch(HE, subject, re.I) is not None


def negate(match: re.Match[str]) -> str:
    """Return "She didn't go" for "She no went", "He doesn't like" for "He no like"."""
    verb = match[2].lower()
    if verb in BASE_OF or re.fullmatch(REGULAR, verb):
        return f"{match[1]} didn't {find_base(verb)}"
    return f"{match[1]} {'doesn' if is_third(match[1]) else 'don'}'t {find_base(verb)}"


AGREEING = {
    "he": {"don't": "doesn't", "have": "has", "are": "is", "were": "was"},
    "they": {"doesn't": "don't", "has": "have", "is": "are", "was": "were"},
    "i": {"doesn't": "don't", "has": "have", "is": "am", "are": "am", "were": "was"},
}


def agree(match: re.Match[str]) -> str:
    """Return a subject with the helper that fits it: "She don't" → "She doesn't"."""
    subject, verb = match[1], match[2].lower()
    who = "i" if subject == "I" else "he" if is_third(subject) else "they"
    if HELPERS.search(match.string[: match.start()][-12:]) or subject == "i":
        return match[0]
    return f"{subject} {AGREEING[who].get(verb, match[2])}"


def add_ending(match: re.Match[str]) -> str:
    """Return "He goes" for "He go", unless a helper precedes it: "Did he go"."""
    if HELPERS.search(match.string[: match.start()][-12:]):
        return match[0]
    return f"{match[1]} {match[2] or ''}{add_third(match[3].lower())}"


def add_third(verb: str) -> str:
    """Return a verb as it stands after "he": "goes", "tries"."""
    if verb in ("have", "do", "go"):
        return {"have": "has", "do": "does", "go": "goes"}[verb]
    if verb.endswith(("ch", "sh", "ss", "x")):
        return f"{verb}es"
    is_y = verb.endswith("y") and verb[-2:-1] not in "aeiou"
    return f"{verb[:-1]}ies" if is_y else f"{verb}s"


def remove_ending(match: re.Match[str]) -> str:
    base = find_base(match[3])
    return f"{match[1]} {match[2] or ''}{base}"


def use_participle(match: re.Match[str]) -> str:
    done = PARTICIPLES.get(match[3].lower(), match[3])
    return f"{match[1]} {match[2] or ''}{done}"
