"""Two labels in a question before a text: "spam or not spam?" with a message below it."""

from __future__ import annotations

import re

from mockgem.operations.forms.labels import choose
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

OR = r"(?:or|oder|o|ou|of|eller|czy|или|або|или|veya|atau|hay)"
LABEL = r"(?:not |nicht |no |non |pas |niet |nie |не )?[^\W\d][\w-]{1,20}(?: [\w-]{2,16})?"
PAIR_BEFORE = make_regex(
    rf"\A\W*(?:(?:is|är|ist|es|est|è|é|czy|это) [^?\n]{{0,40}} )?(?P<one>{LABEL}),? {OR}"
    rf" (?P<two>{LABEL})\s?(?:\?(?P<wish>[^\n\"“«]{{0,40}})(?:\s*\n\s*|\s+(?=[\"“«]))|:\s+)"
    rf"(?P<text>[\"“«]?\S[\s\S]{{5,4000}})\Z",
    re.I,
)
"""Two labels in the first line, then a text in quotation marks or on the next line."""
NEGATION = make_regex(r"(?:not|nicht|no|non|pas|niet|nie|не)\Z", re.I)
NO_LABEL = frozenset(
    "should do does did can could would will is are which what who where when why how i we you"
    " it this that there or and".split()
)


@form(
    "one of two labels",
    'spam or not spam?\n"You have won a voucher, click here within 24 hours"',
    signs=(":", "\n", '"', "“", "«"),
    about="one of the two labels before a text",
)
def choose_label(question: Question) -> str | None:
    match = PAIR_BEFORE.match(question.prompt.strip())
    if match is None or question.earlier:
        return None
    one, two = match["one"].strip(), match["two"].strip()
    if NEGATION.fullmatch(two):
        two = f"{two} {one}"
    words = {*one.lower().split(), *two.lower().split()}
    text = match["text"].strip(' "“”«»')
    if words & NO_LABEL or text.endswith("?"):
        return None
    return choose([one, two], ["", ""], text, question)
