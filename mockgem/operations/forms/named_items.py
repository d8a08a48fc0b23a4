"""The item of the last list that a message means: "Explain the second one"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.generators import prose

ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}
ITEM = make_regex(
    r"\b(?:explain|elaborate|more|tell|describe|expand|details?"
    r"|about)\b[^?.\n]{0,40}?\b(?:the )?(?:(first|second|third|fourth|fifth|last) (?:one|item"
    r"|point|option|step|idea|tip|technique|\w+)?|(?:number|point|option|step|item|no\.|#) ?(\d))"
    r"|\bthe (?P<named>first|second|third|fourth|fifth|last) (?:one|option|idea|item|place"
    r"|suggestion)\b|\b(?:option|number|idea|#) ?(?P<digit>\d)\b|\bwhy\b[^?.\n]{0,30}\b(?:step"
    r"|point|item|tip|part) ?(?P<reason>\d)\b|\b(?:(?:don['’]?t|do not|didn['’]?t|dont"
    r"|didnt) (?:really )?(?:get|understand)|what do you mean (?:by|with|in)|what does"
    r"|confused about|stuck (?:at|on)|help (?:me )?with|how do i do) (?:the )?(?:(?P<unclear>first"
    r"|second|third|fourth|fifth|last)\b|(?:step|point|number|item|part|no\.?|#)? ?(?P<step>\d)\b)",
    re.I,
)
LINE = make_regex(r"^[ \t]*(?:[-*•]|\d{1,2}[.)])[ \t]+([^\n]{2,200})$", re.M)


def find_item(question: Question) -> str:
    """Return the item of the last reply that "Explain the second one" means; empty without one."""
    match = ITEM.search(question.prompt)
    wants_more = match is not None or WANTS_MORE.search(question.prompt) is not None
    replies = question.list_said("model") if wants_more else []
    items = LINE.findall(replies[-1]) if replies else []
    if match is None or not items:
        return find_named(question.prompt, items)
    named = match[1] or match["named"] or match["unclear"]
    digit = match[2] or match["digit"] or match["step"] or match["reason"]
    place = ORDINALS[named.lower()] if named else int(digit) - 1
    return items[place].strip(" .*") if -1 <= place < len(items) else ""


EXPLAIN = {"de": "Erkläre", "es": "Explica", "fr": "Explique", "it": "Spiega", "pt": "Explique"}
FOREIGN_ITEM = make_regex(
    r"\b(?:den|die|das|dem|der|zum|el|la|le|l['’]|il|lo|o|a|al) ?(?:(?:punto|punkt|point|número"
    r"|nummer) )?(?:(?P<o0>erste|primer|premi|prim[oa]\b)|(?P<o1>zweite|segund|deuxième|second)"
    r"|(?P<o2>dritte|tercer|troisième|terz|terceir)|(?P<o3>vierte|cuart|quatrième|quart)"
    r"|(?P<last>letzte|últim|derni|ultim))",
    re.I,
)
FOREIGN_MORE = make_regex(
    r"erklär|mehr|genauer|ausführlich|detail|explica|más|explique|plus|détail|spiega|più|mais", re.I
)


def find_foreign_item(question: Question) -> str:
    """Return the item of the last reply that "Erkläre den zweiten genauer" means; else nothing."""
    match = FOREIGN_ITEM.search(question.prompt)
    if match is None or not FOREIGN_MORE.search(question.prompt):
        return ""
    replies = question.list_said("model")
    items = LINE.findall(replies[-1]) if replies else []
    place = -1 if match["last"] else next(at for at in range(4) if match[f"o{at}"])
    return items[place].strip(" .*") if items and place < len(items) else ""


WANTS_MORE = make_regex(
    r"\b(?:more|details?|elaborate|explain|expand|how (?:would|does|do) (?:that|it|i))\b", re.I
)


def find_named(prompt: str, items: list[str]) -> str:
    """Return the item whose name a prompt has: "the cooking class sounds good, tell me more"."""
    named = ((one.strip(" .*"), drop_article(one.strip(" .*")).lower()) for one in items)
    return next((item for item, name in named if name and name in prompt.lower()), "")


def drop_article(item: str) -> str:
    """Return the name of an item: "cooking class" of "A cooking class: learn together"."""
    return re.sub(r"\A(?:an?|the) ", "", re.split(r"[:(]| [-–—] ", item)[0].strip(), flags=re.I)


IDEAS = make_regex(
    r"\b(?:ideas?|things to do|activit(?:y|ies)|suggestions?|gifts?|presents?|what (?:can|could"
    r"|should) (?:i|we) do|plans?|date|weekend|party|games?|hobb(?:y|ies)|ways to)\b",
    re.I,
)


def lower_article(item: str) -> str:
    return f"{item[:1].lower()}{item[1:]}" if item.startswith(("A ", "An ", "The ")) else item


def tell_idea(item: str, question: Question) -> str:
    """Return details of an idea of the last list; empty for lists of other things."""
    mine = question.list_said("user")
    if question.language != "en" or not mine or not IDEAS.search(mine[-1][:400]):
        return ""
    idea = f"{item[:1].upper()}{item[1:]}".split(":")[0]
    return (
        f"**{idea}**\n\nSet a day and a time for {lower_article(idea)}, and check early what you"
        " need: a place, the way there and anything to buy or book. Write a short list of what to"
        " bring and what it may cost, so that it stays within your budget. Plan one or two"
        " highlights and leave enough time between them. Have a small alternative ready in case"
        " the weather or the opening hours do not fit."
    )


SENTENCE = make_regex(r"[A-Z][a-z]{1,12} (?!(?:and|or|of|with|in|at) )[a-zA-Z0-9\"'(]")
"""The beginning of a step, which is a sentence and not the name of a thing."""


def tell_item(item: str, question: Question) -> str:
    """Return more about an item: the details of an idea, what stands around a step."""
    replies = question.list_said("model")
    steps = STEP_LINE.findall(replies[-1]) if replies else []
    items = [one.strip(" .*") for one in steps]
    if item in items and SENTENCE.match(item):
        mine = question.list_said("user")
        is_tip = bool(mine) and TIPS.search(mine[-1][:400]) is not None
        return tell_tip(item, items) if is_tip else tell_step(item, items)
    return tell_idea(item, question) or prose.write_reply(
        f"Explain {lower_article(item)}", question.random
    )


STEP_LINE = make_regex(r"^[ \t]*\d{1,2}[.)][ \t]+([^\n]{2,200})$", re.M)


TIPS = make_regex(r"\b(?:ways?|tips?|ideas?|habits?|reasons?|things|methods?|tricks?)\b", re.I)


def tell_tip(tip: str, tips: list[str]) -> str:
    """Return how to follow one of some tips, and another one that goes with it."""
    other = next((one for one in tips if one != tip), "")
    beside = f" It goes well with another one of these: “{other}”." if other else ""
    return (
        f"**{tip}.**\n\nBegin small: try it once, see what it gives you, and do it again on a fixed"
        f" day.{beside} Note after two weeks what has changed, and keep what helps."
    )


def tell_step(step: str, steps: list[str]) -> str:
    """Return how to do one of some steps, with the steps before and after it."""
    at = steps.index(step)
    said = [
        f"**Step {at + 1}: {step}.**\n\nTake your time with this one: do its parts one after the "
        "other, and look at the result before you go on."
    ]
    if at:
        said.append(f"If it does not work, make sure that step {at} is done (“{steps[at - 1]}”).")
    if at + 1 < len(steps):
        said.append(f"You are ready for step {at + 2} (“{steps[at + 1]}”) when nothing is left.")
    return " ".join(said)
