"""A wish for "the given tool" with the tool on a line of its own: the wish is asked about it."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import find_reply, form
from mockgem.operations.forms.trigger_words import split_words
from mockgem.operations.generators import prose

OTHER_WISHES = frozenset(
    """
    haiku poem story limerick song rank table whether offensive decide sum bullet bullets only
    score rate predict translate rewrite correct fix classify convert
    extract count reverse summarize summarise
    sentiment label labels proofread capitalize capitalise paraphrase rephrase shorten simplify
    json xml csv yaml code function python java sql latex yes true options choose underlined
    emoji emojis detect identify format sort replace spell grammar anonymize categorize continue
    complete quote title tag solve calculate edit improve polish respond reply
    """.split()
)
"""Words of instructions that change or judge the given text itself."""
TEXTS = (
    r"texts?|sentences?|paragraphs?|articles?|passages?|reviews?|e-?mails?|messages?|code|data"
    r"|table|list|lists|numbers?|options?|context|conversation|dialogue|document|documents|steps"
    r"|format|example|examples|rules|instructions?|snippet|prompt|tweet|comment|comments|letter"
    r"|on|in|as|with|from|for|to|into|using|and|about|is|by|string|equation|problem|answer|answers|questions|query|quote|poem|lyrics|statement|claim"
)
NOUN = (
    rf"(?!(?:{TEXTS})\b)[a-z]+(?:(?: or |/| )(?!(?:{TEXTS}|in|to|and|with|so|that|for)\b)[a-z]+)?"
)
PLACE = make_regex(
    rf"\b(?:the |a |an )?(?:given|provided|following) (?P<noun>{NOUN})"
    rf"|\b(?:the|this) (?P<other>{NOUN}) (?:that (?:has been|is|was|you are) )?(?:given|provided"
    r"|below|described)(?: to you| below| here)?\b",
    re.I,
)
BASED = make_regex(
    r"\b(?:based|depending) (?:up)?on (?:the |this )?(?:given |provided |following )?[a-z]+"
    r"(?: term)?(?: (?:given|provided|below))?\b",
    re.I,
)
NAMED = make_regex(r"\b(?:words?|phrases?|terms?|idioms?|expressions?)\Z", re.I)
LABEL = make_regex(r"\A([A-Z][A-Za-z ]{2,20}): +(?=\S)")
ANSWERS = make_regex(
    r"\A\W*(?:please )?answer (?:the|this|my) (?:following |given )?(?:[a-z]+ )?question\b"
    r"[^.:\n]{0,120}[.:]?\s*\Z",
    re.I,
)
ASKS = make_regex(r"(?:what|who|when|where|why|how|which|is|are|can|do|does)\b", re.I)
TEXT_LABEL = make_regex(rf"(?:{TEXTS}|title|product|transcript|excerpt|source)s?:", re.I)
SENTENCES = make_regex(r"[.!?] +[A-Z]")
STARTS_GIVEN = make_regex(r"\W*given (?:an?|the|some|two|three)\b", re.I)
OPTIONS = make_regex(r"\(?[A-Da-d1-4][.)] ")
GIVES = make_regex(
    r"\A\W*(?:you are|you will be|we are) (?:given|provided with) [^.\n]{2,80}\.\s+", re.I
)
MOST_WORDS = 16
MOST_TOLD = 70


@form(
    "wish for a given thing",
    "Suggest a name for the given startup idea.\n\nA service that lets neighbours lend each other"
    " tools and ladders for free",
    words="given provided following based below described theme genre topic vibe"
    " subject category mood",
    about="the reply to the wish, with the thing of the last line in place of “the given idea”",
)
def fill_wish(question: Question) -> str | None:
    if question.earlier or "\n" not in question.prompt:
        return None
    asked, thing = ask_about_input(question.prompt)
    if not asked:
        return None
    formed = find_reply(Question(asked, question.random, question.system))
    if formed is None or formed.form in PLAIN_LISTS:
        plain = write_plainly(asked, thing)
        listed = find_reply(Question(plain, question.random, question.system)) if plain else None
        formed = listed or formed
    if formed is not None:
        return formed.text
    wish = f"Explain {thing}" if thing and not EXPLAINS.match(asked) else asked
    return prose.write_reply(wish, question.random, question.system)


EXPLAINS = make_regex(r"\W*(?:please )?(?:describe|explain|discuss|tell|what|how|why)\b", re.I)
"""A wish whose words name what the text is about."""


PLAIN_LISTS = ("list", "numbered list", "bullet points")
MANY = make_regex(
    r"\b(?:list|suggest|come up with|think of|name|give|provide|recommend|find|write|make|create"
    r"|brainstorm|produce|include)\b[^.\n]{0,200}?\b(?P<noun>(?!(?:is|was|has|this|does|series|reasons|words|details)\b)"
    r"(?:[a-z]+[- ])?[a-z]{2,}s)\b",
    re.I,
)
"""A wish for several things."""
STEPS = make_regex(r"\b(?:instructions|steps|step[- ]by[- ]step|guide|procedure)\b", re.I)


def write_plainly(asked: str, thing: str) -> str:
    """Return a wish for a list about a thing in plain words; empty for a wish for a text."""
    if not thing:
        return ""
    if STEPS.search(asked):
        return f"List the steps for {thing} as a numbered list."
    match = MANY.search(asked)
    if match is None or match["noun"].lower() in thing.lower():
        return ""
    words = [word for word in match["noun"].split() if word.lower() not in FILLERS]
    return f"List 5 {' '.join(words)} for {thing}."


FILLERS = frozenset("the a an some several of few popular other related more".split())


def ask_about_input(prompt: str) -> tuple[str, str]:
    """Return the instruction of a prompt with its input in it, and the input; else nothing."""
    told, blank, given = prompt.strip().partition("\n\n")
    given = given.strip()
    words = given.split()
    if not blank or "\n" in told or not words or len(told.split()) > MOST_TOLD:
        return "", ""
    is_asked = given.partition("\n")[0].endswith("?") or ("\n" not in given and ASKS.match(given))
    if ANSWERS.match(told) and is_asked and len(words) < MOST_TOLD:
        return given, ""
    if given.count(",") > 1 or STARTS_GIVEN.match(told):
        return "", ""
    if "\n" in given or len(words) > MOST_WORDS or given[-1] in "?:}])>":
        return "", ""
    if OPTIONS.match(given) or TEXT_LABEL.match(given) or SENTENCES.search(given):
        return "", ""
    if given[:1] in "-*[{<\"“'`#" or not OTHER_WISHES.isdisjoint(split_words(told)):
        return "", ""
    asked = put_input(GIVES.sub("", told), given)
    return (asked, LABEL.sub("", given).rstrip(" .")) if asked else ("", "")


def put_input(told: str, given: str) -> str:
    """Return an instruction with an input in the place that stands for it; empty without one."""
    label = LABEL.match(given)
    thing = given[label.end() :].rstrip(" .") if label else given.rstrip(" .")
    if based := BASED.search(told):
        before, after = told[: based.start()].rstrip(" ,"), told[based.end() :]
        if not before:
            return (
                f"{after.lstrip(' ,')[:1].upper()}{after.lstrip(' ,')[1:].rstrip(' .')}: {thing}."
            )
        return f"{before} about {thing}{after}"
    if place := PLACE.search(told):
        noun = (place["noun"] or place["other"]).strip()
        said = f"the {noun} “{thing}”" if NAMED.search(noun) else thing
        return told[: place.start()] + said + told[place.end() :]
    noun = label[1].lower() if label else ""
    if (
        noun
        and ":" not in told
        and (own := re.search(rf"\b(?:the|this|a) {re.escape(noun)}\b", told, re.I))
    ):
        return told[: own.start()] + thing + told[own.end() :]
    return ""
