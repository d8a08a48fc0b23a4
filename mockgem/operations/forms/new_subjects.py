"""Whether a message in a conversation asks about something new."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.generators.prompt_analysis import COMMON_WORDS

OPENS = make_regex(
    r"\W*(?:(?:can|could) you (?:please )?)?(?:why|how|who|what|when|where|is|are|does|do|did|can"
    r"|should|would|will|explain|tell me|describe|i need|the)\b(?! about\b)",
    re.I,
)
IMPERSONAL = make_regex(
    r"\A\W*(?:can|could|would) you (?:please )?|\bit(?:['’]s)? (?:true|possible|normal|likely) that"
    r" |\bit(?:['’]s)? (?=(?:take|better|possible|safe|worth|normal|ok|okay|rain|cost|legal|bad"
    r"|good|healthy|necessary|important)\b)",
    re.I,
)
"""The word "it" that stands for nothing, and "you" in a polite command."""
REFERS = make_regex(
    r"\b(?:it|its|that|this|these|those|they|them|their|he|him|his|she|her|you|your|one|ones|so"
    r"|above|earlier|before|again|else|more|same|other|another|first|second|third|last|next|both"
    r"|each|instead|which|(?:number|point|step|item|option|tip|idea|no\.?) ?\d)\b",
    re.I,
)
CODE_WORDS = make_regex(
    r"\b(?:code|function|loop|line|lines|variable|script|program|recursion|parameter|algorithm"
    r"|complexity|condition|return\w*|class|method)\b",
    re.I,
)
WORD = make_regex(r"[^\W\d_][\w'’+#-]+")
NAME = make_regex(r"(?<=[a-z] )(?:[A-Z][a-z]+[A-Z]\w*|[A-Z]{2,}|[A-Z][a-z]{3,})\b")
SMALL = frozenset(
    "good best need want like know think make made work works thing things really much many"
    " long take does mean please tell explain about with from into while there some".split()
)
LEAST = 2
STEM = 5
MAX_PROMPT = 200
EXTRA = 60
"""Spaces and impersonal words, which do not count."""


def starts_new_subject(question: Question) -> bool:
    """Return whether no earlier message has a word for what a message asks about."""
    if not question.earlier or len(question.prompt) > MAX_PROMPT + EXTRA:
        return False
    prompt = IMPERSONAL.sub("", question.prompt.strip())
    if len(prompt) > MAX_PROMPT or OPENS.match(prompt) is None:
        return False
    said = " ".join(text for _, text in question.earlier[-6:]).lower()
    if "```" in said and CODE_WORDS.search(prompt) and not NAME.search(prompt):
        return False
    reference = REFERS.search(prompt)
    if reference and len(list_content(prompt[: reference.start()])) < LEAST:
        return False
    content = list_content(prompt)
    is_long = len(content) >= LEAST or (content and NAME.search(prompt) is not None)
    stems = {word[:STEM] for word in re.findall(r"[^\W\d_]{3,}", said)}
    return bool(is_long) and not any(word[:STEM] in stems for word in content)


def list_content(text: str) -> list[str]:
    """Return the words of a text that say what it is about."""
    words = (word.lower().removesuffix("'s") for word in WORD.findall(text))
    return [word for word in words if word not in COMMON_WORDS and word not in SMALL]
