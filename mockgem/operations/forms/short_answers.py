"""Short answers to questions without a text: "Who wrote Hamlet? Just the name."."""

from __future__ import annotations

import re
from collections.abc import Callable

from mockgem.operations.forms.given_lists import find_known_things
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.values import ONE_WORD
from mockgem.operations.generators import faker_pool
from mockgem.operations.generators.known_answers import find_known_value
from mockgem.operations.generators.seeded_random import SeededRandom

ASKED_THING = make_regex(
    r"\b(?:only|just|solely)(?: (?:reply|respond|answer|return|output|give|tell|say|with"
    r"|me)){0,3} (?:the |an? |one |its |his |her |their )(?:(\w+) )?(\w+)\s*(?:[.,!;:]|\Z|please"
    r"|and nothing|no )|\b(?:the )?(?:(\w+) )?(\w+)[, ]+only(?: please)?[.!]?\s*\Z|\b(?:with"
    r"|give me|return|output) (?:a |one |the )(?:single )?(?:(\w+) )?(\w+)[,.]? (?:and "
    r")?(?:nothing else|no explanation|no other text|without)",
    re.I,
)
NOTHING_ELSE = make_regex(
    r"\bnothing else\b|\bno (?:explanations?|other text|extra text|other words|further text)\b"
    r"|\bwithout (?:any )?explanation|\b(?:don['’]?t|do not|no need to) explain\b"
    r"|\b(?:only|just) (?:the )?answer\b|\banswer only\b"
    r"|\b(?:reply|respond|answer) (?:as|with) (?:short|few)",
    re.I,
)
VAGUE = frozenset(
    """answer result response reply name word text it output value thing one title number fact
    solution correct final single short option""".split()
)
WHAT = make_regex(
    r"\b(?:what|which|what's) (?:is |are |was |were )?(?:an? |the |your )?(?:good |best |most"
    r" |common |famous |popular |nice )*(\w{3,20})(?: (\w{3,20}))?",
    re.I,
)
NAMED = make_regex(
    r"\b(?:name|what is|what's|give me|suggest|tell me|pick|choose|think of|invent|create|generate"
    r"|come up with|propose|recommend|need|want)(?: me)? (?:an?|any|one|some|the name of an?"
    r"|the) ((?:[\w-]+ ){0,3}?[\w-]+?)(?=\s*(?:[.,!?;:]|\Z)| (?:for|that|which|with|in|from|of"
    r"|starting|beginning|who|about|based)\b)",
    re.I,
)
EMOJIS = ("😊", "🎉", "🌟", "🔥", "💡", "🌿")
KINDS: tuple[tuple[str, Callable[[SeededRandom], str]], ...] = (
    (r"emoji", lambda random: random.pick(EMOJIS)),
    (r"year|century", lambda random: str(random.draw_between(1720, 2015))),
    (r"username|handle|nickname", lambda random: faker_pool.call_faker(random, "user_name")),
    (r"country|nation", lambda random: random.pick(("Portugal", "Kenya", "Chile", "Norway"))),
    (
        r"city|capital|where|town|place|location",
        lambda random: random.pick(("Lisbon", "Kyoto", "Oslo")),
    ),
    (r"continent", lambda random: random.pick(("Africa", "Asia", "Europe"))),
    (r"currency", lambda random: random.pick(("euro", "yen", "dollar", "pound"))),
    (r"symbol|abbreviation|acronym|initials", lambda random: random.pick(("Au", "Fe", "Na", "Ag"))),
    (r"mountain", lambda random: random.pick(("Mont Blanc", "Kilimanjaro", "Mount Fuji"))),
    (r"river", lambda random: random.pick(("Danube", "Nile", "Mekong"))),
    (r"ocean|sea", lambda random: random.pick(("Pacific Ocean", "Atlantic Ocean"))),
    (r"season", lambda random: random.pick(("spring", "summer", "autumn", "winter"))),
    (r"month", lambda random: random.pick(("March", "June", "October"))),
    (r"weekday|day", lambda random: random.pick(("Monday", "Thursday", "Saturday"))),
    (r"temperature", lambda random: f"{random.draw_between(8, 29)} °C"),
    (r"time|when", lambda random: faker_pool.generate_time(random)[:5]),
    (
        r"shop|cafe|café|restaurant|bar|brand|company|startup|business|band|team|app|product|game",
        lambda random: random.pick(("Blue Lantern", "North Harbor", "Juniper & Co", "Paper Kite")),
    ),
    (
        r"dog|cat|pet|puppy|kitten|horse",
        lambda random: random.pick(("Biscuit", "Luna", "Milo", "Pepper")),
    ),
    (
        r"who|author|person|inventor|president|painter|singer|actor|scientist|character|baby|hero",
        lambda random: faker_pool.call_faker(random, "name"),
    ),
    (r"percentage|percent", lambda random: f"{random.draw_between(5, 95)}%"),
    (
        r"many|number|count|population|digit|amount|age|old|height|length|distance|score",
        lambda random: str(random.draw_between(2, 90)),
    ),
    (r"much|price|cost", lambda random: f"${random.draw_between(5, 300)}"),
    (r"word|adjective|noun|verb", lambda random: random.pick(("lantern", "gentle", "harbor"))),
)
COMPILED = [(make_regex(rf"\b(?:{pattern})s?\b", re.I), make) for pattern, make in KINDS]
MORE = make_regex(
    r"\b(?:json|xml|yaml|csv|table|list|code|function|script|program|essay|story|article|poem"
    r"|haiku|email|e-mail|letter|paragraphs?|sentences?|lines?|bullets?|steps?|translate"
    r"|translation|summary|summari[sz]e|rewrite|rephrase|correct(?:ed)? (?:the|this|text)|regex"
    r"|query|sql|html|css|command|headings?|joke|quote|recipe|outline|explain|describe|write|tweet"
    r"|post|poems?|lyrics|facts)\b",
    re.I,
)
ASKS = make_regex(
    r"\?|\b(?:what|who|which|where|when|how|name|give|suggest|tell|pick|choose|think|invent"
    r"|generate|come up|recommend|propose|need)\b",
    re.I,
)


@form(
    "short answer",
    "Who wrote Hamlet? Just the name.",
    "What year did the Berlin Wall fall? Only the year.",
    "Suggest a name for a coffee shop. Only the name.",
    words="only just solely nothing no without strictly dont explain",
    about="a name, a year, a place or a number, without a sentence",
)
def answer_shortly(question: Question) -> str | None:
    prompt = question.prompt.strip()
    if question.material or len(prompt) > 300 or question.language != "en":
        return None
    if not ASKED_THING.search(prompt) and not NOTHING_ELSE.search(question.wish):
        return None
    fact = find_known_value(prompt)
    if not (fact or ASKS.search(prompt)) or MORE.search(NO_REASON.sub(" ", question.wish[:600])):
        return None
    if question.earlier or question.results:
        return None
    if fact:
        return format_short(fact, question)
    thing = find_thing(prompt)
    if thing is None:
        return None
    return format_short(make_thing(thing, prompt, question), question)


NO_REASON = make_regex(r"\b(?:don['’]?t|do not|no need to) explain\b", re.I)


def format_short(text: str, question: Question) -> str:
    return text.split()[-1] if ONE_WORD.search(question.whole) else text


def find_thing(prompt: str) -> str | None:
    """Return what a prompt asks for alone, such as "year" in "Just the year."; None without it."""
    match = ASKED_THING.search(prompt)
    nouns = [group.lower() for group in match.groups() if group] if match else []
    if nouns and nouns[-1] not in VAGUE:
        return " ".join(nouns)
    if named := NAMED.search(prompt):
        return f"{named[1]} {prompt[named.end() :].split('.')[0]}"
    if re.search(r"\bwho\b", prompt, re.I):
        return "who"
    if how := re.search(r"\bhow (many|much|old|far|tall|long)\b", prompt, re.I):
        return "much" if how[1].lower() == "much" else "many"
    if place := re.search(r"\b(where|when)\b", prompt, re.I):
        return place[1].lower()
    if what := WHAT.search(prompt):
        return " ".join(filter(None, what.groups()))
    return nouns[-1] if nouns else None


def make_thing(thing: str, prompt: str, question: Question) -> str:
    """Return a thing of a kind: a known one, else one by the words for the kind, else a keyword."""
    known = find_known_things(thing)
    if known:
        return str(question.random.pick(known))
    for pattern, make in COMPILED:
        if pattern.search(thing):
            return make(question.random)
    words = [word for word in question.keywords if word.isalpha()] or [thing.split()[-1]]
    return words[0].capitalize()
