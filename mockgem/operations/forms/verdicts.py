"""Verdicts on a given text: whether something holds, in a sentence, or the best of a list."""

from __future__ import annotations

import re

from mockgem.operations.forms.judgements import decide
from mockgem.operations.forms.labels import choose
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.named_sets import find_named_set
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

PICKS = make_regex(
    r"\b(?:choose|pick|select|classif\w+|categori[sz]e|identify|predict|determine|decide|assign"
    r"|label|detect|what(?:['’]s| is)|which|how (?:may|might|does|would)|tell|guess|find"
    r"|belongs?)\b",
    re.I,
)
OTHER_WISH = make_regex(
    r"\b(?:json|xml|yaml|csv|table|write|essay|story|explain|describe|summari[sz]e|translate|list"
    r"|compare|code|function|schema|keys?|fields?)\b",
    re.I,
)
MAX_SET = 4_000


@form(
    "label of a named set",
    "How may the writer sound? These tones include: angry, sad, joyful, neutral.\n\n"
    "I can't believe they lost my luggage again!",
    words="choose pick select classify classification categorize categorise identify predict"
    " determine decide assign label detect what which how tell guess find belong belongs",
    about="one of the labels that a sentence names, which the text below supports",
)
def choose_of_set(question: Question) -> str | None:
    if not question.material or len(question.prompt) > MAX_SET:
        return None
    wish = question.stated
    if not PICKS.search(wish) or OTHER_WISH.search(wish):
        return None
    found = find_named_set(wish)
    if found is None:
        return None
    if found.values[0].isalnum() and len(found.values[0]) < LETTER:
        best = choose(
            list(found.descriptions), [""] * len(found.values), question.material, question
        )
        return found.values[found.descriptions.index(best)]
    return choose(list(found.values), list(found.descriptions), question.material, question)


LETTER = 3
"""A label with fewer letters is the mark before its name."""
WHETHER = make_regex(
    r"(?:\A|[.!?\n]\s?|\b(?:please|to|and|then) )(?:tell(?: me)?|decide|detect|identify|determine"
    r"|check|verify"
    r"|judge|evaluate|assess|say|classify|predict|state|see|find out|analy[sz]e)\b[^.\n]{0,30}?"
    r"\b(?:if|whether) (?:or not )?(?P<clause>(?:the|this|there|these|it|an?"
    r"|user)\b"
    r"[^.!?\n,:;]{4,140}?)(?: or not)?\s*(?=[.!?\n,:;]|\Z)",
    re.I,
)
ASKS_IF = make_regex(
    r"\A\W{0,3}(?P<verb>is|are|does|do|was|were|has|can) (?P<subject>(?:this|the (?:following"
    r"|given|above"
    r"|below)|these)(?: following| given)? (?:\w+ )?(?:e-?mail|message|review|sentence|text"
    r"|comment|tweet"
    r"|argument|statement|claim|post|headline|paragraph|sms|ticket|reply|word|syllogism))"
    r" (?P<rest>[^?\n]{2,80}?)\s?\?\s*\n",
    re.I,
)
OTHERWISE = make_regex(
    r"\b(?:otherwise|else|if not|if there (?:is|are) (?:none|no \w+))\b,? (?:just |please"
    r" )?(?:output|return"
    r"|say|answer|reply|write|respond|print)(?: with)?"
    r" [\"“'`]?([A-Za-z][^\"”'`.\n]{0,60})[\"”'`]?\.?",
    re.I,
)
VERB = make_regex(
    r"^(?P<subject>.{1,80}?) (?P<verb>is|are|was|were|can|could|has|have|will|would|should"
    r"|contains?"
    r"|includes?|mentions?|supports?|follows?|makes?|uses?|expresses|shows?|needs?|belongs?)"
    r" (?P<rest>.+)$",
    re.I,
)
AUXILIARY = frozenset("is are was were can could has have will would should".split())


@form(
    "verdict",
    "Decide whether the sentence is grammatical.\n\nShe go to school yesterday.",
    words="tell decide detect identify determine check verify judge evaluate assess say whether if"
    " is are does do was were has can",
    about="yes or no in a sentence, about what a prompt wants to know of a text",
)
def give_verdict(question: Question) -> str | None:
    if not question.material or question.language != "en" or len(question.prompt) > MAX_SET:
        return None
    if question.is_terse or OTHER_WISH.search(question.stated[-200:]):
        return None
    if (match := ASKS_IF.match(question.prompt)) and " or " not in match["rest"]:
        clause = f"{match['subject']} {match['verb']} {match['rest']}"
    elif match := WHETHER.search(question.stated):
        clause = match["clause"]
    else:
        return None
    is_true = decide(("Yes", "No"), question) == "Yes"
    other = OTHERWISE.search(question.stated)
    if other and not is_true:
        return other[1].strip()
    return f"Yes, {tidy(clause)}." if is_true else f"No, {deny(tidy(clause))}."


def tidy(clause: str) -> str:
    """Return a clause about the text without the words that only point to it."""
    return re.sub(r"\b(?:following|given) |\b(?<=there is )any ", "", clause).strip()


def deny(clause: str) -> str:
    """Return a clause that says the opposite."""
    match = VERB.match(clause)
    if match is None:
        return f"it does not look as if {clause}"
    verb, rest = match["verb"].lower(), match["rest"]
    if match["subject"].lower() == "there":
        return f"there {verb} no {re.sub(r'^(?:an?|any|some) ', '', rest)}"
    if verb in AUXILIARY:
        return f"{match['subject']} {verb} not {rest}"
    base = "express" if verb == "expresses" else verb.removesuffix("s")
    return f"{match['subject']} {'does' if verb.endswith('s') else 'do'} not {base} {rest}"


EITHER = make_regex(
    r"\A\W{0,3}(?:is|are|was|does|would you say|do you "
    r"think)\b[^?:\n]{0,60}?\b(?P<one>[a-z-]{3,20}) or"
    r" (?:an? )?(?P<two>(?!not\b|more\b"
    r"|any)[a-z-]{3,20})\s?[:?]\s*(?P<text>\S+\s+\S[^\n]{2,1000})\Z",
    re.I,
)


@form(
    "one of two",
    "Would you say this tweet is positive or negative: I hate Mondays",
    words="is are was does would do",
    about="the one of two words in a question that the text after it supports",
)
def choose_of_two(question: Question) -> str | None:
    match = EITHER.match(question.prompt.strip()) if " or " in question.prompt[:120] else None
    if match is None or OTHER_WISH.search(match[0][: match.start("text")]) or "?" in match["text"]:
        return None
    label = choose([match["one"], match["two"]], ["", ""], match["text"], question)
    return label if question.is_terse else f"{label[:1].upper()}{label[1:]}."


FROM_LIST = make_regex(
    r"\b(?:choose|pick|select|find|identify|which (?:one )?(?:of|is))\b[^.\n]{0,20}?\bthe"
    r" (?P<most>\w+est|most \w+"
    r"|best|correct|right|least \w+)\b[^.\n]{0,60}\b(?:list|set|options|candidates|following"
    r"|choices|below)\b",
    re.I,
)
CANDIDATES = make_regex(
    r"(?:^|\n)[ *-]*(?:candidates?|options?|choices|list)\s?:\s*([^\n]{5,400})", re.I
)


@form(
    "best of a list",
    "Select the oldest city from the list.\n\nNew York, Rome, Sydney, Brasilia",
    words="choose pick select find identify which",
    about="one thing of a list below the instruction",
)
def pick_best(question: Question) -> str | None:
    first, _, rest = question.prompt.strip().partition("\n")
    if not rest.strip() or len(question.prompt) > MAX_SET or not FROM_LIST.search(first):
        return None
    if OTHER_WISH.search(first.replace("list", "")) or any(map(str.isdigit, rest[:40])):
        return None
    listed = CANDIDATES.search(question.prompt)
    text = listed[1] if listed else rest.strip()
    items = [
        one.strip(' .-*•"')
        for one in re.split(r";|\n+" if ";" in text or "\n" in text else r",", text)
    ]
    items = [one for one in items if one]
    if len(items) < 2 or any(len(one.split()) > MAX_ITEM for one in items):
        return None
    about = question.prompt.replace(text, " ")
    return choose(items, [""] * len(items), about, question)


MAX_ITEM = 8
