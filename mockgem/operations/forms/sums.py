"""The result of a sum with percentages, for a question that does not ask for the number alone."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.percentages import PERCENT_OF, solve
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

ASKED = make_regex(
    r"\W*(?:(?:and )?what(?:'s|s| is| are)?|how (?:much|many)|calculate|compute|work out"
    r"|wie ?viel|was|cu[aá]nto|combien|quanto|hoeveel|ile)\b[^\n]{3,160}\Z"
    r"|[^\n?]{3,200}[.,;] (?:so )?(?:what|how much)\b[^\n]{3,80}\?\s*\Z",
    re.I,
)
MAX_SUM = 2000
"""Characters of a prompt that may be a sum."""
MORE = make_regex(r"\b(?:explain|why|write|list|table|steps?|json|words?|sentences?)\b", re.I)


@form(
    "sum",
    "What is 20 % of 350?",
    "How much is a tip of 15 percent on 48 euros?",
    "Wie viel sind 20 Prozent von 350?",
    words="what whats calculate compute work wie wieviel was cuánto cuanto combien quanto hoeveel "
    "ile how and",
    about="the result of a sum with percentages",
)
def write_sum(question: Question) -> str | None:
    prompt = question.prompt.strip()
    if len(prompt) > MAX_SUM or not (
        "%" in prompt or "cent" in prompt.lower() or "proz" in prompt.lower()
    ):
        return None
    if ASKED.match(prompt) is None or MORE.search(prompt):
        return None
    result = solve(prompt)
    if result is None:
        return None
    if (found := PERCENT_OF.search(prompt)) is not None and question.language == "en":
        return f"{found[0]} is **{result}**."
    return f"The answer is **{result}**." if question.language == "en" else f"**{result}**"
