"""What a given text asks for, one request each: "Could you please send the invoice?"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.sources import split_sentences

REQUEST = make_regex(
    r"\b(?:(?:could|can|would|will) you (?:(?:please|also|kindly) ){0,2}(?:be so kind as to )?"
    r"|please (?:also |then )?|(?:i|we)(?: also| just)? (?:need|want|would like)(?: you)?(?: to)? "
    r"|(?:i|we)['’]d (?:also )?like(?: you)?(?: to)? )(?P<what>(?:[^.?!\n]|\.(?=\w)){6,200})",
    re.I,
)
WORD_BEFORE = make_regex(r"\b(?:if|when|as|that|because|what|whatever|which|hope) \Z", re.I)
"""What makes a wish a part of another sentence: "if you need a copy"."""
MAX_TEXT = 8_000


def list_requests(text: str) -> list[str]:
    """Return what the sentences of a text ask for, as commands, in their order."""
    found = []
    for sentence in split_sentences(text[:MAX_TEXT]):
        match = REQUEST.search(sentence)
        if match is None or WORD_BEFORE.search(sentence, 0, match.start()):
            continue
        what = match["what"].strip(" ,:;")
        found.append(what[:1].upper() + what[1:])
    return list(dict.fromkeys(found))
