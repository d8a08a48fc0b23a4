"""Corrections and choices about the last reply: "I meant 15, not 50", "which of these …?"."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from mockgem.operations.forms.comparisons import find_extreme
from mockgem.operations.forms.labels import choose
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.name_words import list_names
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import find_reply, form
from mockgem.operations.forms.reply_references import strip_opener
from mockgem.operations.forms.sentence_ends import end
from mockgem.operations.forms.statements import list_marked
from mockgem.operations.generators import prose

MEANT = make_regex(
    r"\b(?:i (?:meant|mean|said)|(?:it|that)(?:'s| is| was)|make (?:it|that)|actually|sorry"
    r"|no)\b[,:]? "
    r"(?:for |in |the )?([^,.!?\n]{1,40}?),? (?:and )?not (?:for |in |the )?([^,.!?\n]{1,40})"
    r"|\bnot (?:for |in )?([^,.!?\n]{1,40}), (?:but |i meant )?(?:for |in )?([^,.!?\n]{1,40})",
    re.I,
)
NUMBER = make_regex(r"\d[\d,.]*\d|\d")
MAX_CORRECTION = 160


SPELLED = make_regex(
    r"\b(?:spelled|spelt|spelling|typo|wrong name|name is|i am|i'm|called|written)\b", re.I
)
WORD = make_regex(r"[A-ZÀ-Þ][\w'-]{3,24}")


def find_misspelled(prompt: str, reply: str) -> tuple[str, str]:
    """Return a name in a reply that a prompt spells in another way, and that spelling."""
    for new in WORD.findall(prompt) if SPELLED.search(prompt) else ():
        for old in WORD.findall(reply):
            if old != new and SequenceMatcher(None, old.lower(), new.lower()).ratio() > ALIKE:
                return old, new
    return "", ""


ALIKE = 0.75
"""How much two spellings of a name have in common."""


MEANT_ONLY = make_regex(
    r"\W*(?:(?:no|sorry|oh|wait|ok)[, .!]{1,3}){0,2}i (?:meant|mean) ((?:for|in|the|about|with"
    r"|on|at|from|near) [^.?!\n]{2,60})[.!]?\Z",
    re.I,
)


def answer_meant(meant: str, question: Question) -> str | None:
    """Return the reply to the last question about what the user meant: "I meant for dogs"."""
    mine = question.list_said("user")
    if not mine:
        return None
    asked = f"{mine[-1].rstrip(' ?.!')} {meant.strip()}?"
    formed = find_reply(Question(asked, question.random, question.system))
    return formed.text if formed else prose.write_reply(asked, question.random)


ASKS_FACT = make_regex(
    r"\W*(?:what(?:['’]s| is| was| are)|who(?:['’]s| is)|where(?:['’]s| is)|when|which"
    r"|how)\b[^?]{3,100}\?\s*\Z",
    re.I,
)
"""A plain question, which corrects nothing."""


@form(
    "corrected reply",
    needs="earlier",
    about='the last reply for what the user meant: "I meant 15, not 50"',
)
def correct_reply(question: Question) -> str | None:
    """Answer a correction with the last reply, in which the right value stands."""
    if not question.earlier or len(question.prompt) > MAX_CORRECTION:
        return None
    if ASKS_FACT.match(question.prompt):
        return None
    match = MEANT.search(question.prompt)
    replies = question.list_said("model")
    if replies and (pair := find_misspelled(question.prompt, replies[-1]))[0]:
        return replies[-1].replace(*pair)
    if match is None and replies and (only := MEANT_ONLY.match(question.prompt.strip())):
        return answer_meant(only[1], question)
    if match is None or not replies:
        return None
    new, old = (match[1], match[2]) if match[1] else (match[4], match[3])
    number, before = NUMBER.search(new), NUMBER.search(old)
    if number and before:
        new, old = number[0], before[0]
    new, old = new.strip(), old.strip()
    asked = next((text for text in reversed(question.list_said("user")) if old in text), "")
    pattern = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)", re.I)
    if pattern.search(replies[-1]):
        return pattern.sub(new, replies[-1])
    return f"Thanks for the correction, so it is {new}. {replies[-1]}" if asked else None


WHICH = make_regex(
    r"\b(?:which|what) (?:(?:one )?of (?:these|those|them|the (?:above|two|three|four|five|\d))"
    r"|one|would you|do you (?:recommend|suggest|prefer|like))\b|\bpick (?:one|your favou?rite)\b"
    r"|\b(?:the )?(?:best|cheapest|easiest|fastest|healthiest|safest) (?:one|of (?:them|these"
    r"|those))\b"
    r"|\b(?:welche[rsn]?|was) (?:davon|von (?:diesen|denen))\b|\bcuál de (?:ellos|ellas|estos"
    r"|estas)\b|\blequel|laquelle\b|\bquale di (?:questi|queste)\b",
    re.I,
)
SERIES = make_regex(
    r"((?:[^\W\d][\w'’ -]{1,30}, ){1,8}[^\W\d][\w'’ -]{1,30}),? (?:and|or|und|y|et"
    r"|e) ([\w'’ -]{2,30})"
)


@form(
    "choice from the last reply",
    needs="earlier",
    about='one of the things in the last reply: "Which is best?"',
)
def choose_from_reply(question: Question) -> str | None:
    """Answer "Which of these would you pick?" with one of the things named before."""
    prompt = question.prompt
    if not question.earlier or question.material or len(prompt) > 200 or not WHICH.search(prompt):
        return None
    replies = question.list_said("model")
    if replies and not is_answered(question) and (best := find_extreme(prompt, replies[-1])):
        return end(best)
    things = list_things(strip_opener(replies[-1])) if replies else []
    if len(things) < 2 or is_answered(question):
        return None
    thing = choose(things, [""] * len(things), prompt, question)
    if question.is_terse or question.language != "en":
        return thing
    if ranked := RANKED.search(prompt):
        return f"**{thing}** is the {ranked[1].strip()} of these."
    return f"I would pick **{thing}**: it fits best what you told me."


RANKED = make_regex(
    r"\bwhich\b[^?.\n]{0,40}?\b(?:is|are|would be) (?:the )?((?!best\b)(?:[a-z]{3,}est"
    r"|most [a-z]+|least [a-z]+)"
    r"(?: (?:to|for|in|at|with) [a-z ]{2,30}?)?)(?=[?.,!]|\s*\Z)",
    re.I,
)
"""What a question ranks the things by: "which of those is quickest to learn?"."""


SUPERLATIVE = make_regex(r"\b(\w{3,}(?:est|ste|er))\b", re.I)


def is_answered(question: Question) -> bool:
    """Return whether the conversation says which one is "the longest"."""
    words = [word.lower() for word in SUPERLATIVE.findall(question.prompt)]
    said = " ".join(text for _, text in question.earlier).lower()
    return any(re.search(rf"\b{re.escape(word)}\b", said) for word in words)


def list_things(reply: str) -> list[str]:
    """Return the names of the things in a reply: those of its list, else those in a row."""
    if marked := list_marked(reply):
        return [re.split(r"\s[-–—:(]|:\s", one, maxsplit=1)[0].strip("* .") for one in marked]
    names = [name for name in list_names(reply) if len(name) > 1]
    match = SERIES.search(reply)
    series = [*match[1].split(", "), match[2]] if match else []
    if series and ":" in reply:
        series[0] = series[0].rpartition(":")[2].strip()
    short = [one.strip(" .") for one in series if len(one.split()) < 4]
    either = EITHER.search(reply)
    if len(names) < 2 and len(short) < 2 and either:
        return [either[1], either[2]]
    return names if len(names) > 1 else short


EITHER = make_regex(
    r"\b(?:the|an?) ([a-z]{3,20})(?: (?:for|at|in|from)[^,.;]{1,30})? (?:or|and) (?:the|an?) "
    r"([a-z]{3,20})\b"
)
