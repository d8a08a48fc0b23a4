"""Notes of a team sorted under the labels of a template: done, in progress, blockers, next."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.sources import split_sentences

KINDS: tuple[tuple[str, str, str], ...] = (
    (
        "blockers",
        r"blockers?|blocked|blocking|impediments?|obstacles?|issues?|problems?|risks?|stuck",
        r"\b(?:block\w*|wait\w*|stuck|cannot|can['’]?t|unable|missing|depend\w*|delay\w*|fail\w*"
        r"|broken|problem|issue|risk|not (?:yet )?(?:available|working|approved)|need\w*)\b",
    ),
    (
        "done",
        r"(?:what was |work )?(?:done|completed|finished|yesterday|accomplish\w*|achievements?"
        r"|shipped|wins)",
        r"\b(?:finish\w*|done|complet\w+|shipped|merged|fixed|deployed|released|closed|delivered"
        r"|launched|wrote|written|added|implemented|sent|built|updated|tested|signed)\b",
    ),
    (
        "in progress",
        r"(?:work )?in[ -]progress|ongoing|doing|today|currently|current work|wip|working on",
        r"\b(?:working|in progress|ongoing|started|continu\w+|currently|still|half[- ]?way"
        r"|preparing|testing|writing|building|reviewing)\b",
    ),
    (
        "next",
        r"next(?: steps?)?|to[- ]?dos?|tomorrow|planned|plans?|upcoming|follow[- ]?ups?",
        r"\b(?:will|next|tomorrow|plan\w*|going to|upcoming|later|until|by (?:mon|tues|wednes|thurs"
        r"|fri|satur|sun)day)\b",
    ),
    (
        "decisions",
        r"decisions?|decided|agreements?|agreed",
        r"\b(?:decid\w+|agre\w+|approv\w+|chose\w*)\b",
    ),
)
"""Each kind of note, the labels for it, and the words that its sentences have."""
LABELS = [(name, make_regex(rf"(?:{labels})\Z", re.I)) for name, labels, _ in KINDS]
SIGNS = [(name, make_regex(signs, re.I)) for name, _, signs in KINDS]
NOTES = make_regex(
    r"(?:\A|\n)[ \t]*(?:\w+ )?(?:notes?|transcript|updates?|standup|messages?|log|text|input)"
    r"\s?:\s*([\s\S]{10,4000})\Z",
    re.I,
)
MOST = 4_000


def sort_notes(labels: list[str], text: str) -> dict[str, str]:
    """Return the sentences of some notes under the labels of a template; empty for other labels."""
    kinds = {label: find_kind(label) for label in labels}
    if len(set(kinds.values()) - {""}) < 2 or "" in kinds.values():
        return {}
    match = NOTES.search(text[-MOST:])
    if match is None:
        return {}
    wanted = list(kinds.values())
    sorted_notes: dict[str, list[str]] = {kind: [] for kind in wanted}
    for sentence in split_sentences(match[1]):
        kind = next((one for one, sign in SIGNS if one in wanted and sign.search(sentence)), "")
        if kind:
            sorted_notes[kind].append(sentence.strip(" -*•"))
    if not any(sorted_notes.values()):
        return {}
    return {label: " ".join(sorted_notes[kind]) or "None" for label, kind in kinds.items()}


def find_kind(label: str) -> str:
    plain = label.strip(" *:").lower()
    return next((name for name, pattern in LABELS if pattern.match(plain)), "")
