"""The last reply in other words, for a user who did not understand it: "I don't get it"."""

from __future__ import annotations

import re

from mockgem.operations.forms.calculations import format_number
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentence_ends import end
from mockgem.operations.forms.simple_words import simplify

CONFUSED = make_regex(
    r"\A\W*(?:(?:sorry|hmm|ok|okay|wait|but)[, .]+)?(?:i (?:still )?(?:don['’]?t|do not|didn['’]?t)"
    r" (?:really )?(?:get|understand|follow)(?: (?:it|that|this))?|huh|that makes no sense"
    r"|i['’]?m (?:confused|lost)|(?:can you |could you )?(?:please )?explain (?:it|that) (?:again"
    r"|differently|another way|in other words))\b\W*(?:why(?: is that)?|how so|how come|please"
    r"|can you explain(?: it| that)?(?: again)?)?\W*\Z",
    re.I,
)
FRACTION = make_regex(r"\b(\d{1,3})\s?/\s?(\d{1,3}) of (\d{1,6})\b")
PERCENT = make_regex(r"\b(\d{1,3}(?:\.\d+)?) ?(?:%|percent) of [$€£]?(\d{1,7}(?:\.\d+)?)\b", re.I)
PRODUCT = make_regex(r"\b(\d{1,3}) ?(?:[x×*]|times) ?(\d{1,3})\b", re.I)


@form(
    "explained again",
    needs="earlier",
    about='the last reply in other words: "I don\'t get it. Why?"',
)
def explain_again(question: Question) -> str | None:
    replies = question.list_said("model")
    if not replies or question.language != "en" or not CONFUSED.match(question.prompt.strip()):
        return None
    asked = (question.list_said("user") or [""])[-1]
    if steps := explain_sum(f"{asked} {replies[-1]}"):
        return steps
    text = replies[-1].strip()
    if "```" in text or "|" in text:
        return None
    return f"Let me put it another way. {end(simplify(text))} Which part is still unclear?"


def explain_sum(text: str) -> str:
    """Return the steps of the first sum in a text; empty without one."""
    match = FRACTION.search(text)
    if match and int(match[2]):
        top, bottom, whole = (int(one) for one in match.groups())
        part = whole / bottom
        return (
            f"Let's go step by step. {match[0]} means that you split {whole} into {bottom} equal"
            f" parts. Each part is {whole} ÷ {bottom} = {format_number(part)}. You need {top} of"
            f" these parts, so {top} × {format_number(part)} = {format_number(part * top)}."
        )
    if match := PERCENT.search(text):
        rate, whole_amount = float(match[1]), float(match[2])
        hundredth = whole_amount / 100
        return (
            f"Let's go step by step. One percent of {match[2]} is {match[2]} ÷ 100 ="
            f" {format_number(hundredth)}. You need {match[1]} of them, so {match[1]} ×"
            f" {format_number(hundredth)} = {format_number(rate * hundredth)}."
        )
    if match := PRODUCT.search(text):
        one, other = int(match[1]), int(match[2])
        return (
            f"Let's go step by step. {one} × {other} means that you take {other} {one} times."
            f" Together that is {one * other}."
        )
    return ""
