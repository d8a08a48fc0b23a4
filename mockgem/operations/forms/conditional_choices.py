"""Choices by a condition: "If the message is about cooking, answer ALLOW, otherwise DENY"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sentiment import score_label
from mockgem.operations.forms.standing_replies import FAMILIES
from mockgem.operations.generators.word_stems import extract_stems

SAY = r"(?:answer|reply|respond|return|output|say|print|write)(?: only| just)?(?: with)?"
WORD = r"[\"'“`]?(\w[\w-]{0,23})[\"'”`]?"
RULE = make_regex(
    r"\bif (?:the |a |an |this |it )?[^.,\n]{0,60}?\b(?:about|related to|concern(?:s|ing)|asks? for"
    rf"|asks? about|mentions?|contains?|involves?|regarding) ([^,.\n]{{3,80}}?),? (?:then )?{SAY}"
    rf" {WORD}"
    rf"[.,;]{{0,2}}\s{{1,2}}(?:otherwise|else|if not|in all other cases),? (?:{SAY} )?{WORD}",
    re.I,
)


def decide_subject(question: Question) -> str:
    """Return the word that a rule with "otherwise" dictates for the message; empty without one."""
    if "therwise" not in question.whole and "lse" not in question.whole:
        return ""
    match = RULE.search(question.system or question.whole[:3000])
    if match is None or match[2].lower() == match[3].lower():
        return ""
    text = question.prompt if question.system else question.material or question.prompt
    return match[2] if is_about(match[1], text[:4000]) else match[3]


def is_about(subject: str, text: str) -> bool:
    """Return whether a text has words of a subject."""
    wanted, said = extract_stems(subject), extract_stems(text)
    if wanted & said or any(score_label(word, text) > 0 for word in subject.lower().split()):
        return True
    return any(family & wanted and family & said for family in FAMILIES)
