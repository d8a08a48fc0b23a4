"""Questions for an idea: what to cook, to read, to watch, to do; and thoughts about a task."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

IDEA = make_regex(
    r"\bwhat (?:should|can|could|shall|do) (?:i|we) (cook|make|eat|have|bake|prepare|read|watch"
    r"|do|play|drink|wear|buy)\b([^?.\n]{0,60})",
    re.I,
)
"""A question for an idea: "What should I cook tonight?"."""
FOOD = make_regex(r"\b(?:dinner|lunch|supper|breakfast|tonight|eat|guests|kids|family)\b", re.I)
IDEAS = {
    "cook": "How about a vegetable curry with rice? It takes about 30 minutes.",
    "bake": "How about banana bread? It needs only one bowl and an hour.",
    "drink": "How about fresh mint tea or a sparkling lemonade?",
    "read": "How about 'The Hobbit' by J. R. R. Tolkien?",
    "watch": "How about the film 'Paddington 2'?",
    "do": "How about a long walk in a park and a visit to a museum?",
    "play": "How about a round of Catan or a game of chess?",
    "wear": "How about dark jeans, a light shirt and a jacket?",
    "buy": "How about a good book or a plant?",
}
COOKING = frozenset(("cook", "make", "eat", "have", "prepare"))
MEALS = (
    (make_regex(r"\bbreakfast\b", re.I), "How about oatmeal with berries and nuts?"),
    (make_regex(r"\blunch\b", re.I), "How about a tomato soup with bread and cheese?"),
)


def suggest_idea(text: str) -> str:
    """Return one suggestion for a question such as "What should I cook tonight?"; else empty."""
    match = IDEA.search(text)
    if match is None:
        return ""
    verb = match[1].lower()
    if verb in COOKING:
        if verb in ("make", "have", "prepare") and not FOOD.search(match[2]):
            return ""
        return next((meal for sign, meal in MEALS if sign.search(match[2])), IDEAS["cook"])
    return IDEAS[verb]


STEP = make_regex(
    r"\A\W*(?:please |now )?(?:plan|decide(?: on)?|choose|find|take|work out|give(?: me)?|what is)"
    r" (?:the |your |a )?(?:(?:next|first) )?(?:steps?|actions?|move)"
    r" (?:to|for|in order to) (.{1,600})\Z",
    re.I | re.S,
)
WISH = make_regex(
    r"\A\W*(?:please |can you |could you |i want to |i need to |i'd like to |help me(?: to)? )*"
    r"((?!i |we |you |my |the |a |an |is |are |it |this |there )[a-z]{2,12} [^?.!\n]{3,120})",
    re.I,
)
TRIP = make_regex(r"\b(flight|train|bus|hotel|table|room|ticket|ferry)s?\b", re.I)
MY = make_regex(r"\b(?:my|our)\b", re.I)
ASKING = make_regex(
    r"\A\W*(?:who|what|when|where|which|why|how|is|are|do|does|did|can|could|should|will)\b", re.I
)


def think_of(text: str) -> str:
    """Return what an agent thinks first about a message: what it needs, not the message again."""
    text = text.strip()
    if match := IDEA.search(text):
        rest = f"{match[1].lower()}{match[2].rstrip()}"
        return f"The user wants an idea for what to {rest}, so one clear suggestion is best."
    task = STEP.match(text)
    goal = (task[1] if task else text).strip(" .!\n")
    what, span = TRIP.search(goal), ROUTE.search(goal)
    if what and span:
        return f"I need the {what[1].lower()}s {span[0]} first."
    if need := NEED.match(goal):
        thing = ARTICLE.sub("", need[1])
        return f"The user needs {thing[:1].lower()}{thing[1:]}, so I look for fitting ones first."
    if ASKING.match(goal):
        return "The question is clear, so I can answer it directly."
    wish = WISH.match(goal)
    if wish is not None:
        goal = MY.sub("their", wish[1].strip())
        return f"The user wants me to {goal[:1].lower()}{goal[1:]}, so I begin with the first step."
    return "I first have to understand what the user needs, then I can choose the next step."


NEED = make_regex(
    r"\A(?:i|we) (?:need|want|am looking for|'m looking for) (?!to\b)([^.!?\n]{3,80})", re.I
)
ARTICLE = make_regex(r"\A(?:my|our) ", re.I)
ROUTE = make_regex(r"\b(?:from [^\W\d_][\w-]{1,24} to [^\W\d_][\w-]{1,24}|in [A-Z][\w-]{1,24})\b")
