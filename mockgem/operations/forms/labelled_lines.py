"""The labelled line that answers a question: "Status: shipped" for "What is the status?"."""

from __future__ import annotations

import re

from mockgem.operations.forms.answer_kinds import answers_kind
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.generators.prompt_analysis import COMMON_WORDS
from mockgem.operations.generators.word_stems import extract_stems

LINE = make_regex(
    r"^[ \t]*(?:[-*•] )?\**([A-Z][\w /'’-]{1,30}?)\**: *\**([^\s\n][^\n]{0,200})$", re.M
)
HEAD = make_regex(
    r"\b(?:what|which|what['’]s|whats)(?: is| are| was)? (?:the |my |your |our |its )?"
    r"((?:[\w-]+ ){0,2}?[\w-]+)(?= (?:of|for|on|in|am|is|are|do|does|did|was|have|has|to)\b"
    r"|\s*[?.,]"
    r"|\s*\Z)",
    re.I,
)
"""The thing that a question asks for: "status" in "What is the status of my order?"."""
KIN = tuple(
    (make_regex(rf"\b(?:{asked})\b", re.I), frozenset(labels.split()))
    for asked, labels in (
        (
            r"who (?:\w+ )?(?:delivers?|ships?|brings?|carries)|shipped (?:with|by)",
            "carrier courier",
        ),
        (r"arrives?|delivered|get here|come", "delivery arrival eta"),
        (r"how much|costs?|pay|expensive", "price cost fee rate total amount rent"),
        (r"where", "address location city venue place room"),
        (r"when|open|close|what time", "hours opening date time when start"),
        (r"call|reach|contact", "phone telephone hotline contact email"),
        (r"renews?|expires?|ends?|valid", "renewal expiry expires expiration valid end"),
        (r"who", "name author manager contact owner host teacher doctor"),
        (r"wi-?fi|internet", "wifi wi-fi network password"),
        (r"leave|check out", "check-out checkout departure"),
        (r"arrive|check in", "check-in checkin arrival"),
    )
)
"""Words of questions, and labels whose values answer these."""
RULE_LABEL = make_regex(
    r"(?:question|answer|context|rules?|note|task|format|example|tone|style|output|input|user"
    r"|instructions?|language|role|goal)s?\Z",
    re.I,
)
"""Labels of an instruction, not of data."""


def find_labelled_line(asked: str, text: str) -> str:
    """Return the line of a text whose label a question asks for; empty without two such lines."""
    found = [line for line in LINE.finditer(text[:6000]) if not RULE_LABEL.match(line[1])]
    if len(found) < 2 or len(asked) > 200:
        return ""
    asked = next((one for one in split_sentences(asked)[::-1] if one.endswith("?")), asked)
    head = HEAD.search(asked)
    heads = list_words(head[1]) if head else frozenset()
    wanted = list_words(asked)
    kin = frozenset().union(*(labels for pattern, labels in KIN if pattern.search(asked)))
    scores = [score_line(line, asked, (heads, wanted, kin)) for line in found]
    best = max(scores)
    if best < LEAST or scores.count(best) > 1:
        return ""
    return found[scores.index(best)][0].strip(" -*•\t")


LEAST = 1.0
"""The score of a line that answers."""


def score_line(
    line: re.Match[str], asked: str, words: tuple[frozenset[str], frozenset[str], frozenset[str]]
) -> float:
    """Return how well a label fits: most for the thing asked for, less for other words."""
    heads, wanted, kin = words
    names = line[1].lower().split()
    count = len(names)
    share = 2.0 if len(heads) < 2 or wanted.issuperset(names) else 1.0
    score = sum(share * (not list_words(name).isdisjoint(heads)) for name in names) / count
    score += sum(share / 2 * (not list_words(name).isdisjoint(wanted)) for name in names) / count
    score += 1.0 if kin.intersection(names) else 0
    return score + (0.7 if score and answers_kind(line[2], asked) else 0)


def list_words(text: str) -> frozenset[str]:
    """Return the words of a text without those of every sentence, and their stems."""
    words = frozenset(word.rstrip("s") for word in WORD.findall(text.lower())) - COMMON_WORDS
    return words | extract_stems(text)


WORD = make_regex(r"[^\W_][\w-]{2,}")
