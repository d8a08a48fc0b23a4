"""The program that a prompt is about: the one it gives, else the last one in the conversation."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_changes import GivenCode, name_wish
from mockgem.operations.forms.code_languages import find_language
from mockgem.operations.forms.code_material import CODE_BLOCK, find_code, make_given
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

MAX_FOLLOW_UP = 240
"""A longer message tells what it is about."""
REFERS = make_regex(
    r"\b(?:it|its|this|that|these|the (?:same|function|code|script|class|method|query|snippet"
    r"|component|program|above|example|variables?|test|result|output|loop|parameters?|names?)|same"
    r"|your|again|instead|now|also|das|diese?[ns]?|jetzt|esto|ahora|cela|maintenant|ça|questo|ora"
    r"|isso|agora|dit|nu|teraz|to samo|şimdi)\b"
    r"|\A\W*(?:and|und|y|et|e) |\A\W*(?:(?:can|could|would|will) you |please ){0,2}"
    r"(?:add|convert|rename|make|use|rewrite|translate|write|explain)\b"
    r"|これ|それ|今|这|這|它|그|이것|это|его|теперь|هذا|זה|इसे",
    re.I,
)
"""Words of a message about the program before it."""
NARROWS = make_regex(
    r"\W*(?:(?:and|now|ok(?:ay)?|please|but|great|nice)[, ]+){0,3}(?:only|just|sort|order|limit"
    r"|filter|exclude"
    r"|without|nur|solo|seulement)\b",
    re.I,
)
"""The beginning of a message that narrows a query: "only the ones below 20"."""
TRANSLATES = "Rewrite: "
"""What "now the same in Go" means."""
CHANGES = make_regex(
    r"\b(?:as an? \w+|explain\w*|how it works|what it does|handle|support|accept|return|raise"
    r"|throw|use|instead|faster|shorter|simpler|recursive"
    r"|iterative|edge cases?|without|one[- ]liner|parameter|argument|default|sort|order|limit|same"
    r"|version|print)\b",
    re.I,
)


def find_given(question: Question) -> GivenCode | None:
    """Return the program that a message gives or refers to; None without one."""
    return find_code(question) or find_earlier(question)


def find_earlier(question: Question) -> GivenCode | None:
    """Return the last program of the conversation, if a message asks for something about it."""
    prompt = question.prompt
    if not question.earlier or len(prompt) > MAX_FOLLOW_UP:
        return None
    narrows = NARROWS.match(prompt) is not None
    if not (narrows or REFERS.search(prompt)):
        return None
    if not (narrows or name_wish(prompt) or CHANGES.search(prompt) or find_language(prompt)):
        return None
    for _, text in reversed(question.earlier[-4:]):
        blocks = CODE_BLOCK.findall(text)
        if blocks:
            label, source = blocks[-1]
            if narrows and label.lower() != "sql":
                return None
            if narrows:
                return make_given("sql", source.rstrip(), f"Extend: {prompt}")
            wish = prompt if name_wish(prompt) else f"{TRANSLATES}{prompt}"
            return make_given(label.lower(), source.rstrip(), wish)
    return None
