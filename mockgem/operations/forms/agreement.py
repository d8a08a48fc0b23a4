"""Whether two texts in a message agree: an answer and its facts, two sentences, a document."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.generators.word_stems import extract_stems

AGREES = make_regex(
    r"\b(?:grounded|supported|entail\w*|paraphrases?|same (?:meaning|thing|question|topic"
    r"|product|person)"
    r"|duplicates?|similar|equivalent|relevant|related|consistent|answer(?:s|ed) the question"
    r"|follows?|match(?:es)?|correct or incorrect|(?:reference|expected|correct|gold) answer"
    r"|contain(?:s|ed)? (?:the answer|enough)|contradict\w*|hallucinat\w*"
    r"|correct(?:ly)? answer\w*)\b",
    re.I,
)
"""Words of a question about whether two texts agree."""
PARTS = make_regex(
    r"(?:^|\n)[ \t#*]*(?:[\w' -]{2,40}[:：]|\d[.):])[ *]*\n*|(?:^|\n)\s*\n|(?:^|\n)[-*=]{3,}", re.I
)


REFERENCE = make_regex(
    r"(?:^|\n|(?<=[.!?] ))[ \t#*\[<]*(?:reference|expected|correct|gold(?:en)?|ground[ _]truth"
    r"|ideal|target)(?:[ _](?:answer|response|output|solution))?[\]>*]*[ \t]*"
    r"(?:[:：]|\n)[ \t*]*\n?([^\n]{1,300})",
    re.I,
)
GIVEN_ANSWER = make_regex(
    r"(?:^|\n|(?<=[.!?] ))[ \t#*\[<]*(?:submission|submitted|student|actual|given|model|predicted"
    r"|candidate|user)"
    r"(?:['’]s)?(?:[ _](?:answer|response|output|solution|submission))?[\]>*]*[ \t]*(?:[:：]|\n)"
    r"[ \t*]*\n?([^\n]{1,300})",
    re.I,
)


BARE_ANSWER = make_regex(
    r"(?:^|\n)[ \t#*\[<]*(?:answer|response|output|prediction)[\]>*]*[ \t]*(?:[:：]|(?<=[\]>])\n)"
    r"[ \t*]*\n?([^\n]{1,300})",
    re.I,
)
"""The answer beside a reference, if nothing else names it."""


def compare_with_reference(text: str) -> bool | None:
    """Return whether an answer contains the expected one; None unless both are given."""
    expected = REFERENCE.search(text)
    given = expected and (GIVEN_ANSWER.search(text) or BARE_ANSWER.search(text))
    if expected is None or given is None:
        return None
    reference = cut_next_label(expected[1])
    wanted = {word.lower() for word in re.findall(r"\w+", reference)}
    said = {word.lower() for word in re.findall(r"\w+", given[1])}
    if not wanted:
        return None
    words = re.findall(r"\w+", reference)
    is_name = 1 < len(words) < MAX_NAME and all(word[0].isupper() for word in words)
    if is_name and words[-1].lower() in said:
        return True
    return len(wanted & said) >= 0.7 * len(wanted)


def cut_next_label(text: str) -> str:
    """Return the text of a line up to the next label: "1928. Student answer: …"."""
    return re.split(r"[.!?] (?=[A-Z][\w' ]{2,30}:)", text, maxsplit=1)[0]


MAX_NAME = 4
"""A reference of fewer words with capitals is a name, of which the last word is enough."""


NEGATED = make_regex(r"\b(?:no|not|never|none|nobody|nothing)\b|n['’]t\b", re.I)
POLICY = make_regex(
    r"\b(?:policy|rules?|guidelines?|criteri(?:a|on)|requirements?)\s?[:：]\s*([^\n]{5,300})", re.I
)
RESPONSE = make_regex(
    r"\b(?:response|answer|reply|message|output|text)\s?[:：]\s*([^\n]{5,2000})", re.I
)
FORBIDS = make_regex(r"\b(?:never|not|no|avoid|must not|don['’]t|cannot)\b", re.I)
REFUSES = make_regex(r"\b(?:sorry|unable|cannot|can['’]t|can not|won['’]t|not able)\b", re.I)


def follows_policy(text: str) -> bool | None:
    """Return whether a response keeps a rule that a prompt gives; None unless both are given."""
    policy, response = POLICY.search(text), RESPONSE.search(text)
    if policy is None or response is None:
        return None
    shared = extract_stems(policy[1]) & extract_stems(response[1])
    if FORBIDS.search(policy[1]):
        return REFUSES.search(response[1]) is not None or not shared
    return bool(shared)


def find_agreement(question: Question) -> bool | None:
    """Return whether the last two texts in a message have the same words; None if some do."""
    if (agrees := compare_with_reference(question.prompt[:6000])) is not None:
        return agrees
    if (keeps := follows_policy(question.prompt[:6000])) is not None:
        return keeps
    parts = [part.strip() for part in PARTS.split(question.prompt[:6000]) if part]
    texts = [extract_stems(part) for part in parts if len(part.split()) > 2][-2:]
    if len(texts) < 2 or not all(texts):
        return None
    sides = [part for part in parts if len(part.split()) > 2][-2:]
    is_denied = DENIED.search(question.lower) is not None
    if is_denied and len({NEGATED.search(one) is None for one in sides}) > 1:
        return True
    share = len(texts[0] & texts[1]) / min(map(len, texts))
    agrees = True if share >= 0.5 else False if share < 0.2 else None
    if (numbers := set(NUMBER.findall(sides[1]))) and set(NUMBER.findall(sides[0])) - numbers:
        agrees = bool(numbers & set(NUMBER.findall(sides[0]))) and agrees
    return not agrees if agrees is not None and is_denied else agrees


DENIED = make_regex(r"contradict|hallucinat|inconsistent|unsupported|not supported")
"""Words of a question whose "yes" means that two texts do not agree."""
NUMBER = make_regex(r"\d+(?:[.,]\d+)*")
