"""Choose the label that a text supports."""

from __future__ import annotations

import re

from mockgem.operations.forms.broken_rules import judge_by_rules
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.option_facts import find_true_option
from mockgem.operations.forms.preferred_answers import choose_preferred
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.ranked_levels import choose_level
from mockgem.operations.forms.sentiment import score_label
from mockgem.operations.generators.mentions import find_mentioned
from mockgem.operations.generators.word_stems import extract_stems

MAX_ASKED = 600
"""Characters of a question about what everybody knows."""


def choose_label(labels: list[str], question: Question) -> str:
    """Return the label that the subject of a question supports, else any."""
    if preferred := choose_preferred(labels, question.prompt[:12_000]):
        return preferred
    text = question.subject
    if question.material and all(label in question.material for label in labels):
        text = question.instruction  # the text lists the labels
    return choose(labels, [""] * len(labels), text, question)


def choose_described(
    labels: list[str], descriptions: list[str], text: str, question: Question
) -> str:
    """Return the code, such as "B", whose description a text supports."""
    best = choose(descriptions, [""] * len(descriptions), text, question)
    return labels[descriptions.index(best)]


def choose(labels: list[str], descriptions: list[str], text: str, question: Question) -> str:
    """Return the label that a text supports: by its words, by related words, else any."""
    if all(len(label) < 3 for label in labels) and any(descriptions):
        return choose_described(labels, descriptions, text, question)
    if len(text) < MAX_ASKED and (known := find_true_option(labels, text)):
        return known
    if meant := find_meant(labels, text):
        return meant
    if judged := judge_by_rules(labels, text, question.whole):
        return judged
    if level := choose_level(labels, text):
        return level
    if named := find_named(labels, text):
        return named
    scores = [score_label(label, text) for label in labels]
    best = max(scores)
    if best > 0.9 and scores.count(best) == 1:
        return labels[scores.index(best)]
    mentioned = find_mentioned(labels, text)
    if mentioned is not None:
        return str(mentioned)
    stems = extract_stems(text[:2000])
    overlaps = [
        len(stems.intersection(extract_stems(f"{one} {two}".replace("_", " "))))
        for one, two in zip(labels, descriptions, strict=True)
    ]
    if max(overlaps) > 0 and overlaps.count(max(overlaps)) == 1:
        return labels[overlaps.index(max(overlaps))]
    if named := find_named(labels, text, most=True):
        return named
    if best > 0.5:
        return labels[scores.index(best)]
    if rest := next((one for one in labels if REST.match(one)), None):
        return rest
    if best > 0:
        return labels[scores.index(best)]
    alarms = [one for one in labels if ALARM.match(one)]
    if len(labels) == 2 and len(alarms) == 1 and text.strip():
        return next(one for one in labels if one not in alarms)
    return question.random.pick(labels)


def find_named(labels: list[str], text: str, *, most: bool = False) -> str:
    """Return the only label of several words that a text has; empty without one.

    Args:
        most: Return the label with most of its words in the text, if not all are.
    """
    words = set(WORD.findall(text[:MAX_ASKED].lower()))
    split = [WORD.findall(label.lower().replace("_", " ")) for label in labels]
    counts = [len(words.intersection(parts)) if len(parts) > 1 else 0 for parts in split]
    best = max(counts)
    is_whole = [count == len(parts) for count, parts in zip(counts, split, strict=True)]
    at = counts.index(best)
    return labels[at] if best and counts.count(best) == 1 and (most or is_whole[at]) else ""


WORD = make_regex(r"\w+")
ALARM = make_regex(
    r"(?:spam|scam|phishing|fraud\w*|toxic|unsafe|harmful|offensive|abusive|hate\w*|urgent|escalate"
    r"|suspicious|malicious|inappropriate|flag(?:ged)?|violat\w*|anomaly)\Z",
    re.I,
)
"""A label that a text needs a reason for."""
REST = make_regex(
    r"\W*(?:others?|misc\w*|none(?: of (?:the above|these))?|something else|uncategori[sz]ed"
    r"|sonstige\w*|andere\w*|autres?|otr[oa]s?|altr[oi]|outr[oa]s?|overig|inne|diğer|другое|інше"
    r"|その他|其他|기타)\W*\Z",
    re.I,
)
"""A label for what fits no other label."""
CUES = {
    "transfer": make_regex(
        r"\b(?:move|send|transfer|pay) [^.?!]{0,40}\b(?:money|to|euros?|dollars?)\b", re.I
    ),
    "track": make_regex(r"\bwhere(?:['’]s| is| are) my\b|\bstatus of my\b|\barriv\w+", re.I),
    "cancel": make_regex(r"\bcancel\w*", re.I),
    "block": make_regex(r"\b(?:lost|stolen|block|freeze) [^.?!]{0,20}\bcard\b", re.I),
    "book": make_regex(r"\b(?:book|reserve|(?:want|like|need) to fly|flights? to)\b", re.I),
    "refund": make_regex(r"\brefund|\bmoney back\b", re.I),
}
"""What a message says that has the intent of a label: "transfer_money"."""


def find_meant(labels: list[str], text: str) -> str:
    """Return the only label with a verb that a text means; empty without one."""
    verbs = {one: one.lower().partition("_") for one in labels}
    cues = {one: CUES[first] for one, (first, mark, _) in verbs.items() if mark and first in CUES}
    meant = [one for one, cue in cues.items() if cue.search(text[:MAX_ASKED])]
    return meant[0] if len(meant) == 1 else ""
