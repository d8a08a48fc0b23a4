"""The last reply for another number: "What about for 4 people?" after "for 2 people"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sources import split_sentences

OTHER_NUMBER = make_regex(
    r"\W*(?:and |so |ok,? )?(?:what|how) about (?:for |with )?(\d{1,6}) ([a-z]{3,20})\W*\Z|"
    r"\W*and for (\d{1,6}) ([a-z]{3,20})\W*\Z",
    re.I,
)
ANY_NUMBER = make_regex(r"(?<![\w.])\d{1,9}(?:\.\d{1,3})?(?![\w.]\d)")


@form(
    "other number",
    needs="earlier",
    about='the last reply with its numbers in proportion: "What about for 4 people?"',
)
def scale_reply(question: Question) -> str | None:
    if not question.earlier:
        return None
    match = OTHER_NUMBER.match(question.prompt)
    reply = next((text for role, text in reversed(question.earlier) if role != "user"), "")
    if match is None or not reply:
        return None
    number, noun = match[1] or match[3], match[2] or match[4]
    old = re.search(rf"\b(\d{{1,6}}) {re.escape(noun)}\b", reply)
    if old is None or int(old[1]) == 0:
        return None
    factor = int(number) / int(old[1])
    return ANY_NUMBER.sub(lambda one: f"{float(one[0]) * factor:.10g}", split_sentences(reply)[0])
