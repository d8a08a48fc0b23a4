"""Choose from a numbered list when the prompt wants the number: "Return only its number"."""

from __future__ import annotations

import re

from mockgem.operations.forms.labels import choose
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

LINE = make_regex(r"^[ \t]*[\[(]?(\d{1,2})[\]).:]{1,2}[ \t]+(\S[^\n]{0,300})$", re.M)
CHOOSES = make_regex(
    r"\b(?:choose|pick|select|which|best|most|closest|identify|find|decide|determine|match\w*"
    r"|correct|the one (?:that|which|with)|route|assign|classify|options?|choices?|question|q)\b",
    re.I,
)
WANTS_NUMBER = make_regex(
    r"\b(?:only|just|return|output|respond with|reply with|answer with|give|print|write)\b"
    r"[^.\n]{0,40}\b(?:number|index|digit|numeral|id)\b(?! of (?:words|times|items|the words))"
    r"|\b(?:number|index|digit) only\b",
    re.I,
)


@form(
    "number of an option",
    "Which headline fits best? Return only its number.\n1. Rain in the north\n2. Bakers win a "
    "prize\n\nText: Two bakers from Ghent have won a prize.",
    words="option options answer number choose pick select which best most closest identify find"
    " decide determine match correct"
    " route assign classify",
    about="the number of one of the items of a numbered list",
)
def choose_number(question: Question) -> str | None:
    text = question.whole
    if not WANTS_NUMBER.search(text) or not CHOOSES.search(text):
        return None
    for source in (question.prompt[:6000], question.system[:6000]):
        options = find_numbered(source)
        if options:
            rest = source[: options[0].start()] + source[options[-1].end() :]
            about = rest if source is not question.system[:6000] else question.prompt[:2000]
            numbers = [match[1] for match in options]
            return choose(numbers, [match[2] for match in options], about, question)
    return None


def find_numbered(text: str) -> list[re.Match[str]]:
    """Return the lines of the first numbered list of a text; empty without one."""
    found: list[re.Match[str]] = []
    for match in LINE.finditer(text):
        if found and int(match[1]) == int(found[-1][1]) + 1:
            found.append(match)
        elif len(found) > 1:
            break
        elif int(match[1]) < 2:
            found = [match]
    return found if len(found) > 1 else []
