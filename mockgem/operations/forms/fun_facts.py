"""Fun facts about subjects that many ask for, and another one after the first."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

FACTS = """
octopus: Octopuses have three hearts. | An octopus has blue blood. | An octopus can squeeze through any gap that is bigger than its beak. | Each arm of an octopus can taste what it touches.
cat: Cats sleep for about two thirds of their lives. | A group of cats is called a clowder. | A cat cannot taste sweetness.
dog: A dog's nose print is unique, like a fingerprint. | Dogs can learn more than a hundred words. | Dogs sweat only through their paws.
bee: A bee can recognise human faces. | Honey never spoils if it is sealed. | Bees tell each other where flowers are with a dance.
elephant: Elephants cannot jump. | An elephant's trunk has about 40,000 muscles. | Elephants can hear each other over several kilometres.
penguin: Some penguins propose with a pebble. | Penguins can drink salt water. | A group of penguins in the water is called a raft.
shark: Sharks are older than trees. | Sharks have no bones. | A shark can lose thousands of teeth in its life.
whale: The heart of a blue whale is as big as a small car. | Whales sleep with one half of the brain at a time. | Some whales sing for hours.
space star planet: A day on Venus is longer than a year on Venus. | Footprints on the Moon can last for millions of years. | One teaspoon of a neutron star weighs about a billion tonnes. | Saturn would float in water.
moon: The Moon moves about four centimetres away from Earth each year. | The same side of the Moon always faces Earth. | Twelve people have walked on the Moon.
ocean sea: The ocean covers about 70 % of Earth. | Most of the ocean floor has not been seen by people. | The deepest known place in the ocean is about 11 kilometres deep.
coffee: Coffee beans are the seeds of a fruit. | Finland drinks more coffee per person than almost any other country. | Coffee was first eaten, not drunk.
banana fruit: Bananas are berries, but strawberries are not. | Bananas float in water. | A bunch of bananas is called a hand.
human body: The human body has 206 bones. | Your stomach gets a new lining every few days. | The smallest bone of the body is in the ear.
python programming: Python is named after Monty Python, not after the snake. | The first computer bug on record was a moth. | The first programmer was Ada Lovelace.
history: Cleopatra lived closer to the Moon landing than to the building of the Great Pyramid. | Oxford University is older than the Aztec Empire. | The shortest war in history lasted less than an hour.
"""
ROWS = [
    (row.partition(":")[0].split(), [one.strip() for one in row.partition(":")[2].split("|")])
    for row in FACTS.strip().splitlines()
]
ASKS = make_regex(
    r"\b(?:an?|one|another|some|any|the) (?:\w+ )?(?:fun|interesting|random|cool|surprising|amazing"
    r"|weird|curious|little[- ]known) fact\b|\b(?:fun|random) fact\b",
    re.I,
)
ABOUT = make_regex(r"\b(?:about|on|of) ([^.?!,\n]{2,40})", re.I)
MANY = make_regex(r"\bfacts\b|\b(?:json|list|table|bullets?|words|sentences)\b", re.I)
MAX_PROMPT = 160


@form(
    "fun fact",
    "Tell me a fun fact about octopuses.",
    words="fact",
    about="one sentence with a fact about a subject that many ask for",
)
def tell_fact(question: Question) -> str | None:
    prompt = question.prompt
    if len(prompt) > MAX_PROMPT or not ASKS.search(prompt) or MANY.search(prompt):
        return None
    if question.language != "en" or question.material:
        return None
    facts = list_facts(prompt, [text for _, text in question.earlier])
    return question.random.pick(facts) if facts else None


def list_facts(prompt: str, said: list[str]) -> list[str]:
    """Return the facts about what a prompt names that nobody has said; all of them without."""
    about = ABOUT.search(prompt)
    words = [word.rstrip("s") for word in re.findall(r"[a-z]+", about[1].lower())] if about else []
    chosen = [
        fact
        for names, facts in ROWS
        if not words or any(word in (name, f"{name}e", name[:-1]) for word in words for name in names)
        for fact in facts
    ]
    told = " ".join(said).lower()
    return [one for one in chosen if one.rstrip(".").lower() not in told]


def tell_another(asked: str, question: Question) -> str:
    """Return another fact after one about the same subject; empty if the wish was another one."""
    if "fact" not in asked.lower():
        return ""
    facts = list_facts(asked, [text for _, text in question.earlier])
    return question.random.pick(facts) if facts else ""
