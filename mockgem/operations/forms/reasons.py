"""Reasons for the last reply: "Why?" after "Is it bad to drink coffee before bed?"."""

from __future__ import annotations

import re
from collections.abc import Callable

from mockgem.operations.forms.lazy_patterns import make_regex

ASKED = make_regex(
    r"(?:\A|[.!?,] )\W*(?:is it (?:really |so |that )?\w+ (?:for \w+ )?to|(?:should|can|may|could"
    r"|must"
    r"|do) (?:i|we|you|people)(?: really| ever)?(?: have to| need to)?|why should (?:i|we)"
    r"|is it \w+ if"
    r" (?:i|we|you)) (?P<verb>[a-z]{2,16})(?P<rest> [^?\n]{2,100})?\?",
    re.I,
)
AGAINST = make_regex(
    r"\b(?:no|not|avoid|better not|safer|never|shouldn['’]t|don['’]t|bad|risky|dangerous"
    r"|yes, it is better"
    r" to avoid)\b",
    re.I,
)
DOUBLED = frozenset("run get put sit swim cut stop plan shop quit let set hit jog nap".split())


def add_ing(verb: str) -> str:
    """Return the form of a verb that ends in "ing"."""
    verb = verb.lower()
    if verb in DOUBLED:
        return f"{verb}{verb[-1]}ing"
    is_silent = verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and len(verb) > 2
    return f"{verb[:-1] if is_silent else verb}ing"


def give_reason(asked: str, reply: str) -> tuple[str, str]:
    """Return a sentence with a reason, and what it is about; both empty for other questions."""
    if (kind := IS_KIND.match(asked)) and (answer := SHORT_ANSWER.match(reply)):
        thing, other = kind["thing"].strip(), kind["kind"].strip()
        verb = "has" if answer[1].lower() == "yes" else "lacks"
        return f"Because {thing} {verb} what makes something {other}.", thing
    match = ASKED.search(asked)
    if match is None:
        return "", ""
    rest = re.sub(r"\bmy\b", "your", (match["rest"] or "").strip(" ?"))
    rest = keep_chosen(rest, reply[:300])
    about = f"{add_ing(match['verb'])} {rest}".strip()
    if AGAINST.search(reply[:300]):
        return f"Because {about} often causes more trouble than it is worth.", rest or about
    return f"Because {about} usually pays off in the long run.", rest or about


IS_KIND = make_regex(
    r"\W*is (?P<thing>(?:an? |the )?[a-z][\w'-]*(?: (?!an?\b|the\b)[a-z][\w'-]*)?) (?P<kind>(?:an? "
    r"|the )?[a-z][\w'-]*"
    r"(?: [a-z][\w'-]*)?)\?",
    re.I,
)
"""A question about what something is: "Is a tomato a fruit?"."""
SHORT_ANSWER = make_regex(r"\W*(yes|no)\b[^\n]{0,20}\Z", re.I)
EITHER = make_regex(r"\b(\w{2,20}) or (\w{2,20})\b", re.I)


def keep_chosen(rest: str, reply: str) -> str:
    """Return "coffee after breakfast" for "coffee before or after breakfast", as a reply says."""
    match = EITHER.search(rest)
    if match is None:
        return rest
    said = [word for word in match.groups() if re.search(rf"\b{re.escape(word)}\b", reply, re.I)]
    return rest.replace(match[0], said[0]) if len(said) == 1 else rest


ADVICE = make_regex(
    r"\A\W*(?:(?:try to|you (?:should|could|can)|i(?:['’]d| would)|please|just|simply|first) ){0,2}"
    r"(?P<verb>[a-z]{2,14}) (?P<rest>[^.!?,;\n]{2,120}?)(?=,| and | or | so | until |[.!?;]|\s*\Z)",
    re.I,
)
NOT_VERBS = frozenset(
    "the it this that there they we he she you in on at yes no for a an my your our because if when"
    " to and as is are most some many here about sure ok okay".split()
)
"""Words that begin statements, not advice."""
GOAL = make_regex(
    r"\bhow (?:do|can|should|would|could) (?:i|we|you) (?P<goal>[a-z]{2,14} [^?.\n]{2,100})", re.I
)
AND_ASKS = make_regex(
    r"[,.;]?\s*(?:and )?(?:what (?:should|can|could|do|shall) (?:i|we)|what to do|any (?:ideas?"
    r"|tips"
    r"|advice)|help|how (?:do|can) i)\b.*\Z",
    re.I | re.S,
)


def explain_advice(asked: str, reply: str, change: Callable[[str], str]) -> str:
    """Return why a piece of advice helps: "Because watering it less often …"; else empty.

    Args:
        change: Returns words of the user as the model says them: "my" is "your".
    """
    match = ADVICE.match(reply)
    if match is None or match["verb"].lower() in NOT_VERBS or match["verb"].lower().endswith("s"):
        return ""
    done = f"{add_ing(match['verb'])} {match['rest']}"
    if goal := GOAL.search(asked):
        what = change(goal["goal"].strip(" ?"))
        return (
            f"Because {done} is what works most reliably when you want to {what}. It also carries"
            " little risk, so you can still try something stronger afterwards."
        )
    problem = change(AND_ASKS.sub("", asked).strip(" ?.,"))
    said = f"You said that {problem[:1].lower()}{problem[1:]}, and {done}" if problem else done
    return (
        f"{said[:1].upper()}{said[1:]} deals with the most likely cause of that. It is also easy to"
        " undo, and you will see within a few days whether it helps."
    )


def explain_part(prompt: str, reply: str) -> str:
    """Return a reason for a part of the last reply: "Why cold water?"; else empty."""
    match = WHY_PART.fullmatch(prompt.strip())
    part = match[1].strip() if match else ""
    if not part or part.lower() not in reply.lower():
        return ""
    if ADVERB.fullmatch(part):
        return (
            f"Because “{part}” makes it safer: it lowers the risk that something goes wrong, and "
            f"it costs"
            " little extra effort."
        )
    return (
        f"Because {part} is the safest choice here: it does the job with the least risk, and you "
        f"can"
        " still go for something stronger if it is not enough."
    )


ADVERB = make_regex(r"[a-z]+(?:ed|en|ly|er)", re.I)
WHY_PART = make_regex(r"(?:but |and |ok |hm+ )?why (?:the |a |an )?([a-z][\w -]{2,40})\?*", re.I)
