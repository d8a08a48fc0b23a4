"""Words of the same meaning, kinds of things, parts of speech and letters that stand for words."""

from __future__ import annotations

from functools import cache

from mockgem.operations.forms.option_facts import KINDS
from mockgem.operations.forms.related_words import (
    OPPOSITES,
    PASTS,
    PLURALS,
    SYNONYM_LISTS,
    SYNONYMS,
)

ACRONYMS = {
    line.partition(" ")[0]: line.partition(" ")[2]
    for line in """API Application Programming Interface
ASAP As Soon As Possible
ATM Automated Teller Machine
CEO Chief Executive Officer
CPU Central Processing Unit
CSS Cascading Style Sheets
CSV Comma-Separated Values
DIY Do It Yourself
DNA Deoxyribonucleic Acid
DNS Domain Name System
EU European Union
FAQ Frequently Asked Questions
FBI Federal Bureau of Investigation
FYI For Your Information
GDP Gross Domestic Product
GPS Global Positioning System
GPU Graphics Processing Unit
HTML HyperText Markup Language
HTTP HyperText Transfer Protocol
JSON JavaScript Object Notation
KPI Key Performance Indicator
LED Light-Emitting Diode
NASA National Aeronautics and Space Administration
NATO North Atlantic Treaty Organization
PDF Portable Document Format
RAM Random Access Memory
ROI Return on Investment
SEO Search Engine Optimization
SQL Structured Query Language
UN United Nations
UNESCO United Nations Educational, Scientific and Cultural Organization
URL Uniform Resource Locator
USB Universal Serial Bus
VPN Virtual Private Network
WHO World Health Organization
XML Extensible Markup Language""".splitlines()
}
GROUPS = """violin guitar cello viola harp piano flute trumpet drum clarinet
red blue green yellow purple orange black white pink brown grey
dog cat horse cow sheep pig lion tiger elephant mouse rabbit wolf bear fox
eagle sparrow robin owl parrot hawk pigeon crow swan
salmon tuna trout shark cod herring
car bus train bicycle bike truck van tram motorcycle plane boat ship
chair table sofa bed desk shelf lamp cupboard
apple banana grape pear cherry mango kiwi peach plum strawberry orange lemon
carrot potato onion broccoli spinach cabbage lettuce leek pea bean
shirt trousers jacket dress sock shoe hat coat skirt
doctor teacher nurse lawyer engineer plumber chef farmer
monday tuesday wednesday thursday friday saturday sunday
january february march april june july august september october november december
mercury venus earth mars jupiter saturn uranus neptune
circle square triangle rectangle oval hexagon
hand foot arm leg head nose ear eye knee
france germany italy spain poland japan china brazil canada
paris berlin rome madrid london tokyo vienna oslo lisbon
football tennis basketball hockey golf rugby cricket
gold silver iron copper zinc lead
python java ruby javascript rust kotlin swift
rain snow wind fog hail storm
happy sad angry scared excited bored""".splitlines()
"""Things of the same kind, one kind per line."""
LINKS = """cat kitten, dog puppy, cow calf, sheep lamb, horse foal, hen chick, duck duckling
bear cub
lion cub, frog tadpole, bird nest, bee hive, dog kennel, spider web, lion den, fox den, horse stable
doctor hospital, teacher school, chef kitchen, pilot plane, farmer field, judge court, actor stage
king queen, man woman, boy girl, father mother, brother sister, husband wife, uncle aunt
son daughter
actor actress, prince princess, france paris, germany berlin, italy rome, spain madrid, japan tokyo
england london, egypt cairo, pen write, knife cut, oven bake, car drive, book read, song listen
hand glove, foot shoe, head hat, bird fly, fish swim, puppy dog, kitten cat, calf cow, lamb sheep
eye see, ear hear, nose smell, tongue taste, author book, painter painting, composer symphony
finger hand, toe foot, leaf tree, petal flower, page book, wheel car, hour day
day week, month year"""
PAIRS = [tuple(pair.split()) for line in LINKS.splitlines() for pair in line.split(", ")]
NOUNS = frozenset(
    """ball park dog house city book river school street sentence word picture story friend family
    mother father child girl boy man woman music game team letter phone computer garden tree flower
    bird water food bread coffee kitchen room door window morning evening night day week year time
    world country town village market shop store office meeting project report teacher student bus
    road bridge sea beach mountain lake sun moon star sky cake dinner lunch breakfast""".split()
).union(" ".join(GROUPS).split(), PLURALS)
VERBS = frozenset(
    """chase chased walk walked jump jumps jumped play played plays like likes liked love loves
    loved look looked want wanted live lived work worked visit visited open opened close closed
    cook cooked barked barks sleeps runs eats sings is are was were has had sat ran went
    goes""".split()
).union(PASTS, PASTS.values())
ADJECTIVES = frozenset(OPPOSITES) - NOUNS - VERBS - frozenset("up down yes no day night".split())
SUFFIXES = (
    ("adverb", ("ly",)),
    ("adjective", ("ous", "ful", "ive", "able", "ible", "ic", "less", "ient", "ent", "ant", "ish")),
    ("noun", ("tion", "ness", "ment", "ity", "ship", "ism", "ance", "ence", "hood", "dom")),
)
SMALL_WORDS = {
    **dict.fromkeys("the a an this that these those".split(), "determiner"),
    **dict.fromkeys(
        "in on at by with from to of for over under between into".split(), "preposition"
    ),
    **dict.fromkeys("i you he she it we they him her them us me".split(), "pronoun"),
    **dict.fromkeys("and but or nor so yet because although while".split(), "conjunction"),
    **dict.fromkeys("very quite never always often soon here there now then too".split(), "adverb"),
}


@cache
def index_synonyms() -> dict[str, list[str]]:
    """Return the words of the same meaning by each known word."""
    found = {word: list(words) for word, words in SYNONYM_LISTS.items()}
    for first, words in SYNONYM_LISTS.items():
        for word in words:
            found.setdefault(word, [first, *(one for one in words if one != word)])
    for one, two in SYNONYMS.items():
        found.setdefault(one, [two])
        found.setdefault(two, [one])
    return found


def list_synonyms(word: str) -> list[str]:
    return index_synonyms().get(word.lower(), [])


def list_antonyms(word: str) -> list[str]:
    """Return the opposites of a word and of the words of its meaning, the best ones first."""
    close = [word.lower(), *list_synonyms(word)]
    found = [OPPOSITES[one] for one in close if one in OPPOSITES]
    more = [other for one in found[:2] for other in list_synonyms(one)]
    return list(dict.fromkeys([*found[:1], *more, *found]))


def find_part_of_speech(word: str) -> str:
    """Return the part of speech that a word most often has."""
    small = word.lower().strip(".,;:!?\"'")
    if small in SMALL_WORDS:
        return SMALL_WORDS[small]
    if small in ADJECTIVES:
        return "adjective"
    if small in VERBS:
        return "verb"
    if small in NOUNS or small.removesuffix("s") in NOUNS:
        return "noun"
    for name, ends in SUFFIXES:
        if small.endswith(ends):
            return name
    return "verb" if small.endswith(("ing", "ed")) else "noun"


def find_other(things: list[str]) -> str:
    """Return the thing that is of another kind than the others; the last one if all are unknown."""
    small = [thing.lower().strip() for thing in things]
    groups = [set(group.split()) for group in GROUPS]
    groups += [{name.lower() for name in names} for _, names in KINDS]
    for group in groups:
        inside = [word in group or word.removesuffix("s") in group for word in small]
        if inside.count(False) == 1 and len(things) > 2:
            return things[inside.index(False)]
    return things[-1]
