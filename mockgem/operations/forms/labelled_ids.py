"""Objects from the ids of given lines to their labels: "map each ticket id to its priority"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.labels import choose
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.options import find_options
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.values import find_range, pick_number

ID = r"(?:ids?|numbers?|names?|keys?|codes?|index(?:es)?|titles?|letters?|identifiers?)"
WANTS = make_regex(
    rf"\bmap(?:s|ping|ped)?\b[^.\n{{]{{0,40}}\b{ID}\b[^.\n{{]{{0,20}}\b(?:to|onto|with)\b"
    rf"|\b(?:object|dict|dictionary|json|map) (?:from|of) [^.\n{{]{{0,30}}\b{ID}\b[^.\n]{{0,10}}"
    r"(?:\bto\b|->|→|=>)"
    r"|\{\s?[\"'<]{0,2}(?:[a-z]+_)?(?:id|number|name|key|index|code)[\"'>]{0,2}\s?:\s?[\"'<]{0,2}"
    r"[a-z_| ]{3,40}[\"'>]{0,2}\s?(?:,\s?(?:\.\.\.|…)\s?)?\}"
    rf"|\b{ID} as (?:the )?keys?\b|\bkeyed by\b[^.\n]{{0,30}}\b{ID}\b"
    rf"|\bkeys? (?:are|is|should be|must be|being|=) (?:the |each )?[^.\n,]{{0,30}}\b{ID}\b",
    re.I,
)
LINE = make_regex(
    r"^[ \t]*(?:[-*•][ \t]+)?[\"'\[(#]{0,2}((?:[A-Za-z]{1,12}[ _-]?)?\d{1,8}|[A-Za-z]\w{0,14})"
    r"[\"'\])]{0,2}[ \t]*(?:[:.)|]|[-–—=](?=[ \t])|->|(?<=[\])])(?=[ \t]))[ \t]*(\S[^\n]{2,400})$",
    re.M,
)
MOST = 60
NOT_IDS = frozenset(
    "labels label categories category options classes text input output example note rules answer"
    " question json return respond format priority sentiment key keys values".split()
)
LISTED = make_regex(
    r"\(([a-z][\w -]{1,30}[,/|][\w ,/|-]{2,160})\)"
    r"|\bas ([a-z][\w-]{1,20}(?:, [a-z][\w-]{1,20}){0,8},? or [a-z][\w-]{1,20})\b",
    re.I,
)
SPLIT = make_regex(r",? or |, ?| ?/ ?| ?\| ?", re.I)
FLAG = make_regex(r"\btrue (?:or|/|if) ?(?:false)?\b|\bbooleans?\b", re.I)
DOUBT = make_regex(
    r"\b(?:idiots?|stupid|hate|kill|spam|free money|winner|click here|scam|fake|wrong|broken"
    r"|never|terrible|awful)\b",
    re.I,
)


def label_ids(question: Question) -> dict[str, Any] | None:
    """Return the label, the score or the flag of each line with an id; None for other prompts."""
    text = question.prompt[:6000]
    instruction = f"{question.system[:3000]}\n{text}"
    if not WANTS.search(instruction):
        return None
    rows = list_rows(text)
    if len(rows) < 2:
        return None
    head = f"{question.system[:3000]}\n{text[: rows[0].start()]}\n{text[rows[-1].end() :]}"
    lines = {row[1]: row[2].strip() for row in rows}
    labels = list_labels(head)
    if len(labels) > 1:
        empty = [""] * len(labels)
        return {key: choose(labels, empty, line, question) for key, line in lines.items()}
    if (limits := find_range(head)) and all(one.isdecimal() for one in limits):
        low, high = map(int, limits)
        return {
            key: pick_number(low, high, Question(line, question.random))
            for key, line in lines.items()
        }
    if FLAG.search(head):
        return {key: DOUBT.search(line) is not None for key, line in lines.items()}
    return None


def list_rows(text: str) -> list[re.Match[str]]:
    """Return the lines with an id in front, which stand below each other."""
    rows = [row for row in LINE.finditer(text) if row[1].lower() not in NOT_IDS][:MOST]
    rows = [row for row in rows if "{" not in row[0]]
    numbered = [row for row in rows if any(map(str.isdigit, row[1]))]
    return numbered if len(numbered) > 1 else rows


def list_labels(head: str) -> list[str]:
    """Return the labels that a prompt offers: in words, in parentheses, after "as"."""
    if match := LISTED.search(head):
        found = [one.strip(" \"'`") for one in SPLIT.split(match[1] or match[2])]
        if len(found) > 1 and all(len(one.split()) < 4 for one in found):
            return found
    options = find_options(head)
    return list(options.values) if options else []
