"""The sentence that says why a label was chosen: from the given text where there is one."""

from __future__ import annotations

import re

from mockgem.operations.forms.broken_rules import ALLOWS, REFUSES, find_broken, list_rules
from mockgem.operations.forms.given_reasons import quote
from mockgem.operations.forms.grammar_fixes import fix_grammar
from mockgem.operations.forms.judged_claims import CLAIM, SOURCE, find_support
from mockgem.operations.forms.judgements import QUOTED
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.true_reasons import find_reason
from mockgem.operations.forms.writing import Writer
from mockgem.operations.forms.yes_no_reasons import explain_answer, explain_prime

MAX_TEXT = 6_000
UNCLEAR = make_regex(
    r"\W*(?:not enough|neutral|unknown|unclear|insufficient|unverif|no info)", re.I
)
DENIES = make_regex(r"\W*(?:no\b|not\b|refut|contradict|false|incorrect|unsupported|fail)", re.I)


def explain_label(label: str, question: Question) -> str:
    """Return a sentence that supports a label."""
    if question.language != "en":
        return explain_answer(label, question) or Writer(question).write_sentence()
    if corrected := show_corrected(question):
        return corrected
    known = find_reason(question.prompt) or explain_prime(question.prompt[:MAX_TEXT])
    is_question = question.prompt.rstrip().endswith("?") and not list_rules(question.whole)
    if not known and not question.material and (is_question or not question.system):
        known = explain_answer(label, question)
    return (
        known
        or explain_verdict(label, question)
        or explain_rule(label, question)
        or explain_by_quote(label, question)
    )


CORRECTED = make_regex(
    r"\b(?:give|write|show|provide|and) (?:me )?(?:the|a) (?:correct(?:ed)?|right) (?:sentence"
    r"|version|form)\b",
    re.I,
)


def show_corrected(question: Question) -> str:
    """Return the given sentence without mistakes, if a prompt wants it; else empty."""
    text = QUOTED.search(question.prompt[:MAX_TEXT])
    if text is None or not CORRECTED.search(question.wish):
        return ""
    return fix_grammar(text[1])


def explain_verdict(label: str, question: Question) -> str:
    """Return what a source says about a claim; empty without both."""
    text = question.prompt[:MAX_TEXT]
    claim, source = CLAIM.search(text), SOURCE.search(text)
    if claim is None or source is None or claim.start() == source.start():
        return ""
    sentence, _ = find_support(claim[1], source[1])
    told = sentence.strip(" \"'“”").rstrip(".")
    if UNCLEAR.match(label):
        return f'The text only says "{told}", which leaves this open.'
    if DENIES.match(label):
        return f'This does not agree with the text, which says "{told}".'
    return f'The text says "{told}".'


def explain_rule(label: str, question: Question) -> str:
    """Return which rule of a moderator a message breaks; empty without rules."""
    rules = list_rules(question.whole)
    if not rules or not (REFUSES.match(label) or ALLOWS.match(label)):
        return ""
    text = question.subject
    broken = find_broken(rules, text)
    if ALLOWS.match(label):
        return "" if broken else "The message breaks none of the rules."
    return f'The message "{quote(text)}" breaks the rule "no {broken}".' if broken else ""


def explain_by_quote(label: str, question: Question) -> str:
    """Return a sentence that quotes the text which was classified."""
    text = question.material or (question.prompt if question.system else "")
    said = quote(text[:MAX_TEXT]) if len(text.split()) > 1 else ""
    if not said:
        return Writer(question).write_sentence()
    return f'The text says "{said}", which fits "{label}" best.'
