"""What visitors ask a place or the maker of a product, and what they hear."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

PLACE = make_regex(
    r"\b(?:gym|fitness (?:studio|club)|hotels?|hostels?|restaurants?|caf[eé]s?|bars?|shops?|stores?"
    r"|salons?|spas?|museums?|zoos?|libraries|library|pools?|campsites?|clinics?|dentists?"
    r"|practices?|studios?|schools?|kindergartens?|daycare|co-?working spaces?|bakery|bakeries"
    r"|garages?|cinemas?|theat(?:er|re)s?|yoga|airbnb|guest ?houses?)\b"
)
PRODUCT = make_regex(
    r"\b(?:apps?|software|platforms?|saas|tools?|services?|subscriptions?|products?|websites?"
    r"|online shops?|web ?shops?|newsletters?|courses?|memberships?)\b"
)
ASKED_AT_PLACES = (
    (
        "What are your opening hours?",
        "We are open from 8 am to 8 pm on weekdays, and from 9 am to 6 pm on weekends.",
    ),
    ("How much does it cost?", "Prices start at 15 euros. Students and seniors pay half."),
    ("Do I have to book in advance?", "No, but on weekends we recommend to book a day before."),
    ("Is there parking?", "Yes, there are 20 free places behind the building."),
    ("Can I cancel?", "Yes, you can cancel free of charge until the day before."),
    ("Are children welcome?", "Yes, children under twelve come for free with an adult."),
    ("How can I reach you?", "Call us or write an e-mail. We answer on the same day."),
    ("Can I pay by card?", "Yes, we accept all usual cards and cash."),
)
ASKED_ABOUT_PRODUCTS = (
    ("What does it cost?", "The basic plan is free. All other plans start at 9 euros a month."),
    ("How do I get started?", "Create an account with your e-mail address and follow three steps."),
    ("Can I cancel at any time?", "Yes, you can cancel in the settings with one click."),
    ("Is my data safe?", "Yes, it is encrypted and stored in certified data centres."),
    ("Which devices are supported?", "It works in every current browser, on iOS and on Android."),
    ("Is there a trial period?", "Yes, you can try everything for 14 days without a card."),
    ("How do I get help?", "Write to our support. You get an answer within one working day."),
    ("Can several people use it?", "Yes, you can invite your team and give each person a role."),
)


SHOP = make_regex(
    r"\b(?:online |web |small |local )?(?:store|shop|boutique)\b[^.\n]{0,30}?\b(?:that sells"
    r"|which sells|selling"
    r"|for|with|of) (?P<thing>(?:[a-z-]+ ){0,3}[a-z-]{3,20}s)\b",
    re.I,
)
ASKED_AT_SHOPS = (
    (
        "What are your {thing} made of?",
        "We use natural materials and list them on every product page.",
    ),
    ("How long does delivery take?", "Your {thing} arrive within two to four working days."),
    (
        "Can I return {thing}?",
        "Yes, you can send unused {thing} back within 30 days, free of charge.",
    ),
    ("Do you offer gift wrapping?", "Yes, we wrap your {thing} for 3 euros and add a card."),
    ("Do you ship to other countries?", "Yes, we ship {thing} to most countries in Europe."),
    (
        "How do I take care of {thing}?",
        "Keep them dry and out of the sun, and read the note in the box.",
    ),
    (
        "Can I order {thing} in larger numbers?",
        "Yes, write to us for a price for ten pieces or more.",
    ),
    ("How can I pay?", "We accept credit cards, PayPal and bank transfer."),
)
"""What customers of a shop ask, and the answers; `{thing}` is what it sells."""


def find_served(question: Question) -> tuple[tuple[str, str], ...]:
    """Return usual questions with their answers if a text is for a place or a product."""
    text = question.instruction[:400].lower()
    if question.language == "en" and (shop := SHOP.search(text)):
        thing = shop["thing"].strip()
        return tuple(
            (one.format(thing=thing), two.format(thing=thing)) for one, two in ASKED_AT_SHOPS
        )
    if PLACE.search(text):
        return ASKED_AT_PLACES
    return ASKED_ABOUT_PRODUCTS if PRODUCT.search(text) else ()


def answer_served(line: str) -> str:
    """Return the answer to the usual question at the end of a line; else empty."""
    known = next((answer for asked, answer in ANSWERS.items() if line.endswith(asked)), "")
    return known or answer_in_shop(line)


def answer_in_shop(line: str) -> str:
    """Return the answer of a shop to the usual question at the end of a line; else empty."""
    for asked, answer in ASKED_AT_SHOPS:
        before, _, after = asked.partition("{thing}")
        found = re.search(rf"{re.escape(before)}(.*?){re.escape(after)}\Z", line)
        if found is not None:
            return answer.format(thing=found[1] or "order")
    return ""


ANSWERS = dict((*ASKED_AT_PLACES, *ASKED_ABOUT_PRODUCTS))
