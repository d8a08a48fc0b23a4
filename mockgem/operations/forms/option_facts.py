"""The option that is right as everybody knows: a capital, a fruit among vegetables."""

from __future__ import annotations

import re

from mockgem.operations.forms.known_facts import find_capital
from mockgem.operations.forms.known_things import COMPILED
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.generators.known_answers import find_known_value

KIND = make_regex(
    r"\b(?:which|what)(?: one)?(?: of (?:these|the following|them))?(?: \w+)?"
    r" (?:is|are|isn['’]t|is not|are not)"
    r" (?P<no>not )?(?:an?|the|considered an?)?\s?(?P<kind>[a-z]+(?: [a-z]+)?)|\b(?:odd one out)\b",
    re.I,
)
MAX_ASKED = 400
MORE_KINDS = (
    (r"\bmammal", "dog, cat, whale, dolphin, bat, horse, cow, elephant, lion, human, mouse, bear"),
    (r"\breptile", "snake, lizard, crocodile, turtle, alligator, gecko, tortoise"),
    (r"\bprime", "2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47"),
    (r"\beven\b", "2, 4, 6, 8, 10, 12, 14, 16, 18, 20"),
    (r"\bodd number", "1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25"),
    (r"\bprimary colou?r", "red, blue, yellow"),
    (r"\bverb", "run, go, eat, sleep, write, jump, read, speak, swim, play, sing, walk"),
    (r"\bnoun", "dog, table, house, car, book, city, tree, river, chair, water, apple"),
    (r"\badjective", "big, small, red, happy, quick, beautiful, tall, blue, slow, cold, kind"),
    (r"\bstring instrument", "violin, guitar, cello, harp, viola"),
    (r"\bvegetable", "carrot, potato, onion, spinach, broccoli, cabbage, lettuce, pea, leek"),
    (r"\bfruit", "apple, banana, orange, mango, pear, grape, cherry, kiwi, peach, plum, lemon"),
    (r"\bplanet", "Mercury, Venus, Earth, Mars, Jupiter, Saturn, Uranus, Neptune"),
)
KINDS = [(make_regex(pattern, re.I), things.split(", ")) for pattern, things in MORE_KINDS]


def find_true_option(options: list[str], asked: str) -> str:
    """Return the option that answers a question which everybody knows; empty for others."""
    asked = asked[-MAX_ASKED:]
    if "?" not in asked and not KIND.search(asked):
        return ""
    fact = find_capital(asked) or find_known_value(asked)
    if fact:
        named = [one for one in options if names_fact(one, fact)]
        if len(named) == 1:
            return named[0]
    return find_of_kind(options, asked)


def names_fact(option: str, fact: str) -> bool:
    one, other = option.lower().strip(" ."), fact.lower()
    pattern = rf"(?<!\w){re.escape(one)}(?!\w)"
    return (
        one == other
        or (len(one) > 2 and re.search(pattern, other) is not None)
        or (re.search(rf"(?<!\w){re.escape(other)}(?!\w)", one) is not None)
    )


def find_of_kind(options: list[str], asked: str) -> str:
    """Return the only option of the kind in "Which of these is a fruit?", or the only other one."""
    match = KIND.search(asked)
    if match is None or match["kind"] is None:
        return ""
    things = next((names for pattern, names in KINDS if pattern.search(match["kind"])), None)
    if things is None:
        found = next((names for one, names in COMPILED if one.search(match["kind"])), "")
        things = found.split(", ")
    known = {thing.lower() for thing in things}
    inside = [
        one
        for one in options
        if one.lower().strip(" .").removesuffix("s") in known or one.lower().strip(" .") in known
    ]
    outside = [one for one in options if one not in inside]
    is_denied = match["no"] is not None or re.search(r"n['’]t|is not|are not", match[0])
    chosen = outside if is_denied else inside
    return chosen[0] if len(chosen) == 1 else ""
