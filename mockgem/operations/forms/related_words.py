"""Words that belong to a word: its opposite, a synonym, its plural, its past tense."""

from __future__ import annotations

import re
from collections.abc import Callable

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

PAIRS = """
hot cold, big small, large small, happy sad, up down, fast slow, good bad, light dark, high low,
old young, new old, rich poor, strong weak, hard soft, early late, open closed, empty full, long
short, tall short, day night, love hate, true false, begin end, start stop, win lose, buy sell,
give take, push pull, inside outside, clean dirty, dry wet, easy difficult, loud quiet, near
far, safe dangerous, wide narrow, thick thin, bright dim, brave cowardly, ancient modern, arrive
depart, accept reject, increase decrease, success failure, war peace, friend enemy, summer
winter, left right, north south, east west, warm cool, heavy light, deep shallow, cheap
expensive, generous stingy, polite rude, kind cruel, beautiful ugly, alive dead, black white,
male female, top bottom, front back, yes no, laugh cry
"""


def read_pairs(text: str) -> dict[str, str]:
    """Return the second word of each pair by the first one; the first pair with a word counts."""
    pairs = [pair.partition(" ") for pair in map(" ".join, map(str.split, text.split(",")))]
    return {first: second for first, _, second in reversed(pairs)}


OPPOSITES = {second: first for first, second in read_pairs(PAIRS).items()} | read_pairs(PAIRS)
SYNONYMS = read_pairs(
    """happy joyful, big large, small tiny, fast quick, smart clever, sad unhappy, angry furious,
beautiful lovely, good excellent, bad poor, important significant, difficult hard, easy simple,
begin start, end finish, help assist, buy purchase, show display, large huge, quick rapid, rich
wealthy, tired exhausted, brave courageous, funny amusing, strange odd, calm peaceful, cold
chilly, hot boiling, old ancient, new fresh, nice pleasant, improve enhance, use employ, make
create, think believe, walk stroll, run sprint, look gaze, say state, quiet silent, clever
bright"""
)
PLURALS = read_pairs(
    """mouse mice, child children, man men, woman women, foot feet, tooth teeth, goose geese, person
people, ox oxen, sheep sheep, fish fish, deer deer, cactus cacti, analysis analyses, crisis
crises, leaf leaves, knife knives, life lives, wife wives, wolf wolves, half halves, shelf
shelves, potato potatoes, tomato tomatoes, hero heroes, criterion criteria, phenomenon
phenomena, index indices, medium media, datum data, die dice, louse lice, thief thieves, loaf
loaves, calf calves"""
)
PASTS = read_pairs(
    """go went, run ran, eat ate, see saw, take took, write wrote, be was, have had, do did,
come came,
give gave, get got, make made, know knew, think thought, buy bought, bring brought, teach
taught, catch caught, swim swam, sing sang, drink drank, begin began, fly flew, grow grew, drive
drove, speak spoke, break broke, choose chose, fall fell, feel felt, find found, leave left,
lose lost, meet met, pay paid, read read, say said, sell sold, send sent, sit sat, sleep slept,
stand stood, tell told, understand understood, win won, wear wore, build built, cut cut, put
put, hear heard, hold held"""
)


SYNONYM_LISTS = {
    line.partition(":")[0].strip(): [word.strip() for word in line.partition(":")[2].split(",")]
    for line in """happy: joyful, cheerful, delighted, content, glad, pleased
sad: unhappy, sorrowful, gloomy, downcast, mournful, blue
big: large, huge, enormous, vast, massive, immense
small: little, tiny, miniature, compact, slight, minute
fast: quick, rapid, swift, speedy, brisk, fleet
slow: gradual, unhurried, leisurely, sluggish, measured, plodding
good: excellent, fine, great, pleasant, superb, favorable
bad: poor, awful, terrible, dreadful, inferior, unpleasant
beautiful: lovely, attractive, gorgeous, stunning, pretty, elegant
smart: clever, intelligent, bright, astute, sharp, brilliant
important: significant, crucial, essential, vital, major, key
difficult: hard, challenging, tough, demanding, tricky, complex
easy: simple, effortless, straightforward, painless, plain, basic
angry: furious, irate, annoyed, cross, mad, outraged
brave: courageous, bold, fearless, daring, valiant, heroic
calm: peaceful, serene, tranquil, quiet, composed, relaxed
strong: powerful, sturdy, robust, tough, mighty, solid
tired: weary, exhausted, sleepy, drained, fatigued, worn out
funny: amusing, humorous, comical, witty, hilarious, entertaining
new: fresh, recent, modern, novel, current, original
old: ancient, aged, elderly, antique, mature, vintage
cold: chilly, freezing, icy, frosty, cool, frigid
hot: boiling, scorching, warm, burning, sweltering, heated
rich: wealthy, affluent, prosperous, well-off, moneyed, loaded
help: assist, aid, support, serve, back, guide
improve: enhance, better, refine, upgrade, boost, polish
begin: start, commence, launch, initiate, open, kick off
show: display, reveal, present, exhibit, demonstrate, expose
interesting: fascinating, engaging, intriguing, absorbing, gripping, compelling
delicious: tasty, flavorful, scrumptious, mouthwatering, appetizing, savory""".splitlines()
}
SYNONYMS_OF = make_regex(
    r"\bsynonyms? (?:for|of|to)(?: the (?:word|adjective|verb|noun))? [\"'“‘`]?"
    r"(?:to )?([a-z]{2,20})",
    re.I,
)
ANTONYMS_OF = make_regex(
    r"\b(?:antonyms?|opposites?) (?:for|of|to)(?: the (?:word|adjective|verb|noun))? [\"'“‘`]?"
    r"(?:to )?([a-z]{2,20})",
    re.I,
)


def list_related(text: str) -> list[str]:
    """Return the synonyms or the antonyms that a prompt asks for; empty for unknown words."""
    if match := SYNONYMS_OF.search(text):
        return SYNONYM_LISTS.get(match[1].lower(), [])
    match = ANTONYMS_OF.search(text)
    opposite = OPPOSITES.get(match[1].lower(), "") if match else ""
    return [opposite, *SYNONYM_LISTS.get(opposite, [])] if opposite else []


def find_opposite(word: str) -> str:
    return OPPOSITES.get(word, f"un{word}")


def find_synonym(word: str) -> str:
    return SYNONYMS.get(word, "similar")


def find_plural(word: str) -> str:
    if word in PLURALS:
        return PLURALS[word]
    if re.search(r"(?:s|x|z|ch|sh)\Z", word):
        return f"{word}es"
    return re.sub(r"(?<=[^aeiou])y\Z", "ie", word) + "s"


def find_past(word: str) -> str:
    if word in PASTS:
        return PASTS[word]
    return f"{word}d" if word.endswith("e") else re.sub(r"(?<=[^aeiou])y\Z", "i", word) + "ed"


RELATIONS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("opposite", find_opposite),
    ("antonym", find_opposite),
    ("synonym", find_synonym),
    ("plural", find_plural),
    ("past", find_past),
)
RHYMES = make_regex(r"\brhym(?:es?|ing) with (?:the word )?[\"'“‘`]?([a-z]{2,15})", re.I)


def find_rhyme(word: str) -> str:
    """Return a word with the same ending and another beginning."""
    start = re.match(r"[^aeiou]*", word)
    rest = word[start.end() :] if start else word
    return next(letter for letter in "hbsmtr" if letter != word[0]) + rest


ASKED = make_regex(
    r"\b(?:the |an? |one )?((?:exact )?opposite|antonym|synonym|plural(?: form)?|past(?: tense)?"
    r"(?: form)?) (?:of|for|to)(?: the)?(?: (?:word|verb|noun|adjective))?:? "
    r"[\"'“‘`]?(?:to )?([a-z]{2,20})[\"'”’`]?(?=\W|\Z)",
    re.I,
)
MORE = make_regex(
    r"\b(?:two|three|four|five|[2-9]|10|synonyms|antonyms|list|sentence|code)\b", re.I
)


DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = (
    "January February March April May June July August September October November December"
).split()
NAMES = "|".join([*DAYS, *MONTHS])
NEIGHBOUR = make_regex(
    rf"\b(?:day|month)\b[^.?\n]{{0,40}}?\b(after|follows?|before|precedes?) ({NAMES})\b", re.I
)


def find_neighbour(prompt: str) -> str:
    """Return the day or the month after or before another one; empty for other questions."""
    match = NEIGHBOUR.search(prompt)
    if match is None:
        return ""
    names = DAYS if match[2].capitalize() in DAYS else MONTHS
    step = 1 if match[1].lower().startswith(("after", "follow")) else -1
    return names[(names.index(match[2].capitalize()) + step) % len(names)]


@form(
    "related word",
    "What is the opposite of hot? One word.",
    "What's the plural of mouse? Only the word.",
    "Give me a synonym for happy, just the word",
    words="rhymes rhyme rhyming day month opposite antonym synonym plural past",
    about="the opposite, a synonym, the plural or the past tense of a word",
)
def name_related(question: Question) -> str | None:
    prompt = question.prompt.strip()
    if len(prompt) < 120 and (neighbour := find_neighbour(prompt)):
        return neighbour if question.is_terse or "word" in prompt else f"That is **{neighbour}**."
    if (
        (rhyme := RHYMES.search(prompt))
        and re.search(r"\bword\b", prompt[:80])
        and len(prompt) < 120
    ):
        return find_rhyme(rhyme[1].lower())
    match = ASKED.search(prompt) if len(prompt) < 200 and not MORE.search(prompt) else None
    if match is None or (question.requested_language not in ("", "en")):
        return None
    kind, word = match[1].lower(), match[2].lower()
    found = next(find(word) for name, find in RELATIONS if name in kind)
    if question.is_terse or "word" in f"{prompt} {question.system}".lower():
        return found
    said = match[0].strip()
    return f"{said[:1].upper()}{said[1:]} is **{found}**."
