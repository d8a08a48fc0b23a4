"""Choices by a condition: "If the message is about cooking, answer ALLOW, otherwise DENY"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sentiment import score_label
from mockgem.operations.forms.standing_replies import FAMILIES
from mockgem.operations.forms.text_lookup import find_by_kind, has_kind
from mockgem.operations.generators.word_stems import extract_stems

SAY = r"(?:answer|reply|respond|return|output|say|print|write)(?: only| just)?(?: with)?"
WORD = r"[\"'“`]?(?P<{}>\w[\w-]{{0,23}})[\"'”`]?"
RULE = make_regex(
    r"\bif (?:the |a |an |this |it )?[^.,\n]{0,60}?\b(?:about|related to|concern(?:s|ing)|asks? for"
    r"|asks? about|mentions?|contains?|involves?|regarding) (?P<subject>[^,.\n]{3,80}?),?"
    rf" (?:then )?{SAY} {WORD.format('word')}[.,;]{{0,2}}\s{{1,2}}"
    rf"(?:otherwise|else|if not|in all other cases),? (?:{SAY} )?{WORD.format('other')}",
    re.I,
)
ROUTES = make_regex(
    r"\bthe [`\"']?(?P<word>\w{3,24})[`\"']? (?:(?P<more>\w+) )?"
    r"(?:contains?|has|holds?|covers?|stores?) "
    r"(?:(?:documents|information|data|articles|files|content|docs|pages) (?:(?:about|on"
    r"|related to|regarding) )?)?(?P<subject>[^.\n]{3,200})\."
    r"[\s\S]{1,400}?\b(?:otherwise|else|for (?:all|any|every) ?other \w+),? (?:use|choose|pick"
    r"|route (?:it )?to|go to|return|select|output|answer)(?: with)?(?: the)? "
    r"[`\"']?(?P<other>[\w-]{3,24})",
    re.I,
)
"""Two sources of which one has topics: "The vectorstore contains … Otherwise use web_search"."""


def decide_subject(question: Question) -> str:
    """Return the word that a rule with "otherwise" dictates for the message; empty without one."""
    if not any(word in question.whole for word in ("therwise", "lse", " other")):
        return ""
    rules = question.system or question.whole[:3000]
    match = RULE.search(rules) or ROUTES.search(rules)
    if match is None or match["word"].lower() == match["other"].lower():
        return ""
    text = question.prompt if question.system else question.material or question.prompt
    if not is_about(match["subject"], text[:4000]):
        return spell_as_listed(match["other"], rules)
    more = match.groupdict().get("more")
    names = [f"{match['word']}{mark}{more}" for mark in ("_", "-", "") if more]
    return next((name for name in names if name in rules), match["word"])


LISTED = make_regex(
    r"\b(?:one|a single) (?:word|label|term)\s?[:(–-]\s?"
    r"([\w-]+(?:(?:, (?:or )?| or | ?/ ?| ?\| ?)[\w-]+)+)",
    re.I,
)
"""The words of which the reply is one: "one word: vectorstore or websearch"."""


def spell_as_listed(word: str, rules: str) -> str:
    """Return a word as the list of the allowed replies spells it."""
    match = LISTED.search(rules)
    listed = re.findall(r"[\w-]+", match[1]) if match else []
    plain = re.sub(r"[\W_]", "", word).lower()
    return next((one for one in listed if re.sub(r"[\W_]", "", one).lower() == plain), word)


def is_about(subject: str, text: str) -> bool:
    """Return whether a text has words of a subject."""
    named = re.sub(r"^(?:an?|the|any|some) ", "", subject.strip().lower()).replace(" ", "_")
    if has_kind(named):
        return bool(find_by_kind(named, text))
    wanted, said = extract_stems(subject), extract_stems(text)
    if wanted & said or any(score_label(word, text) > 0 for word in subject.lower().split()):
        return True
    return any(family & wanted and family & said for family in FAMILIES)
