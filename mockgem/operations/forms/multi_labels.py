"""Several labels for a text: "one or more of: billing, login, refund"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.named_sets import find_named_set
from mockgem.operations.forms.option_values import make
from mockgem.operations.forms.options import find_options, split_items
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentiment import score_label
from mockgem.operations.generators.word_stems import extract_stems

SEVERAL = make_regex(
    r"\bwhich of (?:these|the following) (?:topics|labels|tags|categories|genres|themes) (?:apply"
    r"|fit|match|are)\b|\b(?:up to|at most|one or|one to) (?:two|three|four|five|\d) (?:tags"
    r"|labels|categories|topics)\b|\b(?:all|every)(?: of)?(?: the)? (?:categor(?:y|ies)|topics?"
    r"|labels?|tags?|classes|genres?|emotions?) (?:that|to which|which|it|this|the|mentioned)\b"
    r"|\b(?:one or more|one or several|zero or more|any(?: number)?|all"
    r"|as many as apply)\b(?: of)?(?: the| these)?(?: following| relevant| applicable"
    r"| matching)?(?: [a-z]+){0,2}?(?: that (?:apply|fit|match))?\s?(?:of\s)?[:(]|\b(?:all|every"
    r"|any) (?:[a-z]+ )?that (?:apply|applies|fits?|match(?:es)?)\b|\bmulti-?label\b"
    r"|\bmultiple (?:labels|tags|categories)\b",
    re.I,
)
NONE = make_regex(
    r"\bif (?:none|no|nothing|not)\b[^.\n]{0,40}?\b(?:output|return|write|say|reply|answer|respond"
    r"|use|put)\b(?: with)? [\"'`“]?([\w-]{2,20})",
    re.I,
)
LINES = make_regex(r"\bone (?:[a-z]+ )?per line|\bnew ?line", re.I)
DATA = make_regex(r"\b(?:json|xml|yaml|table|array|explain|why)\b", re.I)


@form(
    "labels",
    "Tag the ticket with all labels that apply: billing, login, refund. Comma-separated.\n\n"
    "Ticket: I want my money back.",
    words="which one any all multi multiple label labels tag tags every zero many",
    about="the labels that the text supports, separated by commas",
)
def list_labels(question: Question) -> str | None:
    wish = question.wish
    if SEVERAL.search(wish) is None or DATA.search(wish):
        return None
    sources = (question.instruction, question.system)
    listed = next((one for text in sources if text and (one := find_listed(text))), ())
    if len(listed) < MANY:
        return None
    text = question.material or question.prompt[:2000]
    none = NONE.search(wish)
    labels = [label for label in listed if label.lower() not in ("none", "other")]
    chosen = [label for label in labels if supports(label, text)]
    if not chosen:
        chosen = [none[1]] if none else [question.random.pick(labels)]
    return ("\n" if LINES.search(wish) else ", ").join(chosen[:3])


MANY = 3
LABEL_LIST = make_regex(
    r"\b(?:tags|labels|categories|topics|classes)\b(?: are| include)?\s?[:：]\s?"
    r"([\w -]{2,30}(?:,[\w -]{2,30}){2,20})",
    re.I,
)
"""Labels after their name: "Here is a list of tags: travel, food, tech"."""


def find_listed(text: str) -> tuple[str, ...]:
    """Return the labels right after the words that ask for several, else the options of a text."""
    match = SEVERAL.search(text)
    if match is not None and match[0][-1] in ":(":
        line = re.split(r"[.\n);]", text[match.end() :].lstrip()[:400], maxsplit=1)[0]
        found = make(split_items(line), match.span())
        if found is not None and len(found.values) >= MANY:
            return found.values
    if options := find_named_set(text) or find_options(text):
        return options.values
    named = LABEL_LIST.search(text)
    found = make(split_items(named[1]), named.span()) if named else None
    return found.values if found else ()


def supports(label: str, text: str) -> bool:
    """Return whether a text has words of a label, or words that go with it."""
    stems = extract_stems(label.replace("_", " ").replace("-", " "))
    return bool(stems & extract_stems(text[:2000])) or score_label(label, text) > 0
