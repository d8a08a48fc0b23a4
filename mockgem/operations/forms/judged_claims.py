"""Verdicts on a claim about a source: supported or not, with the sentence that supports it."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.field_cues import read_name
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.generators.word_stems import extract_stems

CLAIM = make_regex(
    r"^[ \t*#]*(?:statement|claim|summary|hypothesis|answer|assertion|response"
    r"|conclusion)\**\s?[:：]"
    r"\**\s*(\S[^\n]{3,600})",
    re.I | re.M,
)
SOURCE = make_regex(
    r"^[ \t*#]*(?:context|source|text|premise|document|passage|article|evidence|reference|facts?)"
    r"\**\s?[:：]\**\s*(\S[^\n]{3,3000})",
    re.I | re.M,
)
VERDICT = make_regex(
    r"^(?:is_)?(?:supported|entailed|entailment|grounded|faithful|consistent|accurate|factual"
    r"|verified|true|is_true|correct|factually_correct|supported_by_context|fully_supported)$"
)
SHARE = make_regex(
    r"^(?:faithfulness|groundedness|support|accuracy|consistency|factuality|entailment|grounding)"
    r"(?:_score)?$"
)
FAULTS = make_regex(
    r"^(?:hallucinations?|unsupported(?:_\w+)?|errors|contradictions|inaccuracies|false_claims"
    r"|discrepancies)$"
)
EVIDENCE = make_regex(r"^(?:evidence|quote|excerpt|supporting_\w+|citation|proof|span)$")
REASON = make_regex(r"^(?:reason|reasoning|explanation|rationale|justification)$")
OPTION = make_regex(r"^(?:verdict|label|result|judg[e]?ment|decision|conclusion|classification)$")
GOOD = ("pass", "supported", "true", "faithful", "entailed", "correct", "yes", "accurate")
BAD = ("fail", "refuted", "false", "unfaithful", "contradicted", "incorrect", "no", "inaccurate")
ENOUGH = 0.75
NUMBER = make_regex(r"\d[\d.,]*")


def judge_claim(value: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return an object whose verdict, score and evidence fit a claim and its source."""
    names = {key: read_name(key) for key in value}
    is_judged = any(VERDICT.match(one) or SHARE.match(one) for one in names.values())
    verdicts = [str(item).lower() for key, item in value.items() if OPTION.match(names[key])]
    if not is_judged and not set(verdicts) & {*GOOD[:6], *BAD[:6]}:
        return value
    text = question.prompt[:6000]
    claim, source = CLAIM.search(text), SOURCE.search(text)
    if claim is None or source is None or claim.start() == source.start():
        return value
    sentence, is_covered = find_support(claim[1], source[1])
    return {
        key: judge_field(names[key], item, is_covered, sentence, claim[1].strip())
        for key, item in value.items()
    }


def find_support(claim: str, source: str) -> tuple[str, bool]:
    """Return the sentence of a source that is most like a claim, and whether all of it is there."""
    stems = extract_stems(claim)
    sentences = split_sentences(source)
    is_counted = NUMBER.search(claim) is not None

    def rate(sentence: str) -> tuple[int, bool]:
        shared = len(stems & extract_stems(sentence))
        return shared + 2 * (is_counted and has_unit(claim, sentence)), bool(shared)

    best = max(sentences, key=rate, default=source)
    known = extract_stems(source)
    numbers = {one.strip(".,") for one in NUMBER.findall(claim)}
    has_numbers = numbers <= {one.strip(".,") for one in NUMBER.findall(source)}
    share = len(stems & known) / len(stems) if stems else 0.0
    is_denied = NOT.search(claim) is not None and NOT.search(source) is None
    return best.strip(), has_numbers and share >= (0.5 if numbers else ENOUGH) and not is_denied


UNIT = make_regex(r"\d[\d.,]*\s?([a-z%€$]+)", re.I)


def has_unit(claim: str, sentence: str) -> bool:
    """Return whether a sentence gives a number in the unit of a claim's number."""
    units = {one.lower().rstrip("s") for one in UNIT.findall(claim)}
    return any(one.lower().rstrip("s") in units for one in UNIT.findall(sentence))


NOT = make_regex(r"\b(?:no|not|never|nobody|nothing|none|without)\b|n['’]t\b", re.I)


def judge_field(name: str, item: Any, is_covered: bool, sentence: str, claim: str) -> Any:
    if isinstance(item, bool):
        return is_covered if VERDICT.match(name) else item
    if isinstance(item, (int, float)):
        share = 0.95 if is_covered else 0.2
        if not SHARE.match(name):
            return item
        return (
            share if item <= 1 else round(share * (5 if item <= 5 else 10 if item <= 10 else 100))
        )
    if isinstance(item, list) and FAULTS.match(name):
        return [] if is_covered else [claim]
    if not isinstance(item, str):
        return item
    if EVIDENCE.match(name):
        return sentence
    if REASON.match(name):
        if is_covered:
            return f"The source says: '{sentence}'"
        return f"The source does not say this; it only says: '{sentence}'"
    if OPTION.match(name) and item.lower() in GOOD + BAD:
        other = dict(zip(GOOD, BAD, strict=True)) | dict(zip(BAD, GOOD, strict=True))
        is_good = item.lower() in GOOD
        return item if is_good == is_covered else other[item.lower()]
    return item


WINNER = make_regex(r"^(?:winner|better|best|preferred|preference|choice|better_response|verdict)$")
ANSWERS = make_regex(
    r"^[ \t*#\[]*(?:(?:response|answer|output|assistant|model) )?A\]?\**(?:[:：]|(?<=\])\s*$)",
    re.I | re.M,
)


def explain_winner(value: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return a comparison of two answers whose explanation is about them."""
    names = {read_name(key): key for key in value}
    winner = next((key for name, key in names.items() if WINNER.match(name)), None)
    reason = next((key for name, key in names.items() if REASON.match(name)), None)
    if winner is None or reason is None or not ANSWERS.search(question.prompt[:6000]):
        return value
    best = str(value[winner])
    if best.lower() in ("tie", "equal", "both", "c"):
        told = "Both responses answer the prompt correctly, and neither is clearly more helpful."
    else:
        told = f"Response {best} answers the prompt more directly and is easier to follow."
    return {**value, reason: told}
