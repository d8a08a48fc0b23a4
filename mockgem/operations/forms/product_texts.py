"""Short descriptions of a product, within the number of words or sentences of the prompt."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.lengths import find_length
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

PRODUCT = make_regex(
    r"\b(?:describ(?:e|ing)|descriptions? (?:of|for)|blurb (?:of|for|about)|copy for) "
    r"(?P<whose>our|my|this|the|an?) (?P<new>new )?(?P<name>"
    r"(?:(?!in\b|with\b|for\b|using\b|that\b|within\b|as\b|to\b)[\w'-]+ ){0,4}?[\w'-]+)"
    r"(?=\s?(?:[.,:;!\n(]|\Z)| (?:in|with|for|using|that|within|as|to)\b)",
    re.I,
)
BARE_PRODUCT = make_regex(
    r"(\bproduct (?:descriptions?|copy|blurbs?|texts?) (?:of|for) )(?!(?:our|my|this|the|an?|each"
    r"|these) )"
    r"(?=[a-z])",
    re.I,
)
"""A product without an article: "a product description for headphones"."""
PRODUCT_TEXT = make_regex(
    r"\W*(?:please )?(?:write|create|draft|generate|give me)(?: me)? an? (?:short |brief "
    r"|catchy )?product"
    r" (?:description|copy|blurb|text) (?:of|for) [^.\n]{3,60}(?:\.|\n|\Z)",
    re.I,
)
"""A wish for a description without a length."""
USUAL = 4
SELLS = make_regex(
    r"\bproduct (?:descriptions?|copy|texts?|blurb)\b|\b(?:online )?shop\b|\be-?commerce\b"
    r"|\bstore\b|\bcopywriter\b|\bour (?:new|latest)\b",
    re.I,
)
QUALITIES = (
    (
        r"headphones?|earbuds?|speakers?|headset",
        "Hear every detail in peace|The soft cushions stay comfortable all day"
        "|The battery plays for up to 30 hours|Pair them in seconds and enjoy clear calls",
    ),
    (
        r"bags?|backpacks?|suitcases?|wallets?|purses?",
        "There is a place for everything you carry|The fabric keeps rain out"
        "|Padded straps make long days easy|Strong zips and seams last for years",
    ),
    (
        r"shoes?|sneakers?|boots?|sandals?",
        "Light soles carry you through the whole day|Breathable fabric keeps your feet dry"
        "|The grip holds on wet ground|They feel broken in from the first step",
    ),
    (
        r"shirts?|jackets?|dress(?:es)?|sweaters?|hoodies?|coats?|jeans|socks?",
        "Soft fabric feels good on the skin|The cut fits every day of the week"
        "|It keeps its shape after many washes|Wear it alone or in layers",
    ),
    (
        r"coffee|tea|chocolate|snacks?|cookies|sauce|honey|juice|wine|beer",
        "Every batch is made from carefully chosen ingredients|The taste is full and balanced"
        "|Enjoy it alone or share it with friends|It arrives fresh and well packed",
    ),
    (
        r"lamps?|chairs?|desks?|tables?|sofas?|mattress(?:es)?|pillows?|mugs?|vases?|candles?",
        "The clear design fits into every room|Durable materials are easy to clean"
        "|It is set up in a few minutes|Thoughtful details make every day a little nicer",
    ),
    (
        r"phones?|laptops?|tablets?|watch(?:es)?|cameras?|keyboards?|monitors?|chargers?|mouse",
        "It is fast, quiet and ready when you are|The bright display is easy to read outside"
        "|One charge lasts the whole day|Set it up in minutes and get started",
    ),
    (
        r"creams?|serums?|shampoos?|soaps?|lotions?|perfumes?|skincare",
        "Gentle ingredients care for your skin|A few drops are enough for the whole day"
        "|It is free from perfume and parabens|You feel the difference within a week",
    ),
)
COMPILED = tuple(
    (make_regex(rf"\b(?:{words})\b", re.I), tuple(said.split("|"))) for words, said in QUALITIES
)
OTHERS = (
    "Made to last and easy to use",
    "The clear design looks good everywhere",
    "Thoughtful details make every day a little easier",
    "Order today and see the difference",
)


@form(
    "product description",
    "Describe our new hiking backpack in no more than 25 words.",
    words="describe describing description descriptions blurb copy product",
    about="sentences that praise the product, within the stated length",
)
def describe_product(question: Question) -> str | None:
    text = BARE_PRODUCT.sub(r"\1the ", question.instruction[:600])
    if question.language == "en" and (given := FACTS.match(question.prompt[:800])):
        return write_from_facts(given["facts"], question)
    match = PRODUCT.search(text) if question.language == "en" else None
    if match is None or question.material or not SELLS.search(question.whole):
        return None
    wanted = find_length(question)
    if wanted is None and PRODUCT_TEXT.match(text):
        return " ".join(list_sentences(match)[:USUAL])
    if wanted is None or wanted[1] not in ("word", "sentence"):
        return None
    count, unit, is_most = wanted
    sentences = list_sentences(match)
    if unit == "sentence":
        return " ".join(sentences[:count]) if count <= len(sentences) else None
    if not is_most:
        return None
    kept: list[str] = []
    for sentence in sentences:
        if sum(len(one.split()) for one in (*kept, sentence)) <= count:
            kept.append(sentence)
    return " ".join(kept) or None


FACTS = make_regex(
    r"\W*(?:please )?(?:(?:write|create|draft|generate|give me)(?: me)? )?(?:an? |the )?(?:short "
    r"|brief )?product"
    r" (?:text|description|copy"
    r"|blurb)s?\b[^:\n]{0,80}:\s*(?P<facts>[^,:\n]{3,80}(?:, [^,:\n]{3,80}){1,8})\W*\Z",
    re.I,
)
"""A product and its facts after a colon: "hand-forged trowel, ash handle, made in Leeds"."""


def write_from_facts(facts: str, question: Question) -> str:
    """Return a description with the facts of the prompt, within its number of words."""
    name, *rest = [one.strip(" .") for one in facts.split(",")]
    sentences = [f"Meet our {name}: {', '.join(rest)}.", *(f"{one}." for one in OTHERS)]
    wanted = find_length(question)
    most = wanted[0] if wanted and wanted[1] == "word" else MOST_WORDS
    kept = sentences[:1]
    for sentence in sentences[1:USUAL]:
        if sum(len(one.split()) for one in (*kept, sentence)) <= most:
            kept.append(sentence)
    return " ".join(kept)


MOST_WORDS = 60


def list_sentences(match: re.Match[str]) -> list[str]:
    """Return the sentences about a product: its name first, then what is good about it."""
    name = match["name"].strip()
    said = next((row for pattern, row in COMPILED if pattern.search(name)), OTHERS)
    own = match["whose"].lower() in ("our", "my")
    head = f"Meet {'our' if own else 'the'} {'new ' if match['new'] else ''}{name}."
    return [head, *(f"{one}." for one in said)]
