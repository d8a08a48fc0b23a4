"""Things that chance decides: a coin, a dice, a card, a number, a letter, a code."""

from __future__ import annotations

import re
from collections.abc import Callable

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.generators.faker_pool import generate_uuid
from mockgem.operations.generators.seeded_random import SeededRandom

RANKS = "ace 2 3 4 5 6 7 8 9 10 jack queen king".split()
SUITS = "hearts spades diamonds clubs".split()
WORDS = "lantern river harbor meadow compass ember orchard pebble violin thunder".split()
ASKS = (
    r"(?:pick|choose|give(?: me)?|generate|think of|tell me|select|draw|return|output|create|name"
    r"|say|guess)"
)
BETWEEN = make_regex(
    rf"\b{ASKS} (?:\w+ )?(?:an? |one )?(?:random )?(?:whole |integer )?(?:number"
    r"|integer)\b[^.\n]{0,20}?\b(?:between|from|in the range(?: of)?)? ?(-?\d{1,9}) ?(?:and"
    r"|to|-|–) ?(-?\d{1,9})\b",
    re.I,
)
DIGITS = make_regex(
    r"\b(\d{1,2}|four|five|six|eight)[- ]digit (?:\w+ )?(?:code|number|pin|otp|id)\b", re.I
)
COUNTS = {"four": 4, "five": 5, "six": 6, "eight": 8}
DICE = make_regex(
    r"\b(?:roll|throw)(?:ing)? (?:an? |the |one |me an? )?(?:(\d{1,3})[- ]sided )?(?:dice?"
    r"|d(\d{1,3}))\b",
    re.I,
)
PICKS: tuple[tuple[re.Pattern[str], Callable[[SeededRandom], str]], ...] = tuple(
    (make_regex(pattern, re.I), make)
    for pattern, make in (
        (
            r"\b(?:flip|toss)(?:ing)? (?:an? |the |me an? )?coin\b",
            lambda random: random.pick(("Heads", "Tails")),
        ),
        (
            rf"\b{ASKS} (?:me )?(?:an? |any |one )(?:random )?(?:playing )?card\b(?! (?:game"
            rf"|trick))",
            lambda random: f"{random.pick(RANKS)} of {random.pick(SUITS)}",
        ),
        (
            rf"\b{ASKS} (?:me )?an? random letter\b|\brandom letter of the alphabet\b",
            lambda random: chr(65 + random.draw_below(26)),
        ),
        (rf"\b{ASKS} (?:me )?an? random (?:english )?word\b", lambda random: random.pick(WORDS)),
        (
            rf"\b{ASKS} (?:me )?(?:an? |one )?random (?:whole )?(?:number|integer)\b(?![^.\n]*\d)",
            lambda random: str(1 + random.draw_below(100)),
        ),
    )
)
PASSWORD = make_regex(
    r"\b(?:random|secure|strong|safe|good|new) (?:\w+ )?password\b(?P<how>[^.?!\n]{0,80})"
    r"|\bpassword (?:generator|with|of)\b(?P<rest>[^.?!\n]{0,80})",
    re.I,
)
LENGTH = make_regex(
    r"\b(\d{1,3}) ?-?(?:characters?|chars?|letters|long|digits)|\blength (?:of )?(\d{1,3})", re.I
)
MAX_WISH = 160
PROGRAM = make_regex(
    r"\b(?:function|code|script|program|python|javascript|bash|policy|forgot|reset|tips|how|why"
    r"|email)\b",
    re.I,
)
LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
SYMBOLS = "!#$%&*+-=?@"
NO_SYMBOLS = make_regex(r"\b(?:no|without) (?:symbols|special|punctuation)", re.I)


def make_password(question: Question) -> str:
    """Return a password with the wanted number of characters; empty for other prompts."""
    match = PASSWORD.search(question.prompt[:300])
    if match is None:
        return ""
    length = LENGTH.search(question.prompt)
    count = min(int(next(filter(None, length.groups()))), 128) if length else 16
    draw = question.random.draw_below
    letters = [LETTERS[draw(len(LETTERS))] for _ in range(count)]
    if not NO_SYMBOLS.search(question.prompt):
        for at in range(2, count, 5):
            letters[at] = SYMBOLS[draw(len(SYMBOLS))]
    return "".join(letters)


MORE = make_regex(
    r"\b(?:function|code that|script|program|python|javascript|explain|list|table|json|story"
    r"|my guess|numbers|i(?:'m| am)|my|probability|times|cards|words)\b",
    re.I,
)


UUID = make_regex(
    r"\A\W*(?:(?:please|can you|could you|i need|give me|generate|create|make|get me)\b ?)*"
    r"(?:an?|one|me|some)? ?(?:new |random |valid )*(?:uuid|guid)(?: ?v?4)?(?:,? please)?\W*\Z",
    re.I,
)
CHANCE = frozenset(
    "number integer digit digits coin dice die card letter word code pin otp id d20 d6 d12".split()
)


@form(
    "random pick",
    "Pick a number between 1 and 10.",
    "Flip a coin",
    "Roll a dice, only the number",
    "Give me a random 6-digit code",
    words="number integer digit flip toss roll throw card letter random password uuid guid",
    about="a number, a side of a coin, a card, a letter or a code that the seed chooses",
)
def pick_random(question: Question) -> str | None:
    is_short = len(question.prompt) < MAX_WISH and not PROGRAM.search(question.prompt)
    if is_short and not question.material and (password := make_password(question)):
        return password
    prompt = question.prompt.strip()
    if UUID.match(prompt):
        return generate_uuid(question.random)
    if len(prompt) > 160 or CHANCE.isdisjoint(question.words) or MORE.search(prompt):
        return None
    random = question.random
    if limits := BETWEEN.search(prompt):
        low, high = sorted((int(limits[1]), int(limits[2])))
        return str(random.draw_between(low, high))
    if (digits := DIGITS.search(prompt)) and re.search(rf"\b{ASKS}\b", prompt, re.I):
        count = COUNTS.get(digits[1].lower()) or int(digits[1])
        first = str(random.draw_between(1, 9))
        return first + "".join(str(random.draw_below(10)) for _ in range(min(count, 40) - 1))
    if dice := DICE.search(prompt):
        return str(random.draw_between(1, int(dice[1] or dice[2] or 6)))
    found = next((make for pattern, make in PICKS if pattern.search(prompt)), None)
    return found(random) if found else None
