"""Rules of a system instruction for every reply: words that it has, capitals, an apology."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.lengths import find_length
from mockgem.operations.forms.question import WORD_START, Question
from mockgem.operations.forms.reply_decorations import EMOJI_EACH, list_decorations
from mockgem.operations.forms.sources import split_sentences

Change = Callable[[str], str]
REPLY = r"(?:answers?|reply|replies|responses?|messages?|sentences?)"
CONTAINS = make_regex(
    rf"\b(?:every|each|all|your|the)\b(?: of your)? {REPLY}[^.\n\"“'`]{{0,30}}?\b(?:contains?"
    rf"|includes?"
    r"|mentions?|uses?|have|has)(?: at least once)? (?:the )?(?:word|words|phrase|term"
    r"|expression|name)?"
    r" ?[\"“'`]([^\"”'`\n]{1,60})[\"”'`]"
    r"|\b(?:always|must|be sure to|make sure to|remember to) (?:also )?(?:use|mention|include"
    r"|say|work"
    r" in) (?:the )?(?:word|words|phrase|term|expression|name)? ?[\"“'`]([^\"”'`\n]{1,60})[\"”'`]"
    r"(?! (?:at the|when|if|first))",
    re.I,
)
UPPER = make_regex(
    r"\b(?:answer|reply|respond|write|speak|type|talk|output|use|text|everything)\b[^.\n]{0,30}?"
    r"\b(?:all[- ]?caps|caps only|(?:all )?(?:capitals|capital letters)"
    r"|upper[- ]?case(?: letters)?)\b"
    r"(?! (?:letter|the first|each|for))",
    re.I,
)
LOWER = make_regex(
    r"\b(?:answer|reply|respond|write|speak|type|talk|output|use|text|everything)\b[^.\n]{0,30}?"
    r"\b(?:all[- ]lower[- ]?case|only lower[- ]?case|lower[- ]?case(?: letters)? only"
    r"|in lower[- ]?case"
    r"|lower[- ]?case letters)\b|\bnever use capital letters\b",
    re.I,
)
APOLOGISES = make_regex(
    r"\b(?:always|first|start by|begin by|open with)\b[^.\n]{0,24}\b(?:apologi[sz]\w*|an apology"
    r"|say(?:ing)? sorry)\b|\bapologi[sz]e first\b",
    re.I,
)
ADDRESSES = make_regex(
    r"\b(?:call|address) (?:the user|me|them|users|customers|every user|him|her)(?: as| by)?"
    r" [\"“'`]?((?-i:[A-Z][a-z]+)(?: (?-i:[A-Z][a-z]+))?)[\"”'`]?(?=[\s.,!]|\Z)",
    re.I,
)
BY_NAME = make_regex(
    r"\b(?:address|call|greet|use|mention)\b[^.\n]{0,30}\b(?:by (?:their |his |her |first )?name"
    r"|(?:user|customer|client"
    r"|guest)(?:'s|s')? (?:first )?name|their (?:first )?name)\b",
    re.I,
)
I_AM = make_regex(r"\b(?i:my name is|i am|i'm|this is|it's|here is) ([A-ZÀ-Þ][\w'-]{1,20})\b")
PROFILE_NAME = make_regex(
    r"^[ \t*-]*\**(?i:(?:customer|user|client|guest|full|first|contact)(?:'s)? )?(?i:name)\**"
    r"\s?[:=]\**[ \t]*(?:(?:Mr|Mrs|Ms|Dr)\. )?([A-ZÀ-Þ][\w'-]{1,20})",
    re.M,
)
"""The line of a profile with a name."""
INTRODUCES = make_regex(
    r"\b(?:start|begin|open)\b[^.\n]{0,40}\bintroduc\w+ yourself|\balways introduce yourself\b"
    r"|\bintroduce yourself (?:first|as)\b",
    re.I,
)
PERSONA = make_regex(r"\b(?i:you are|you're|your name is|yourself as) ([A-ZÀ-Þ][\w'-]{1,20})\b")
SIGNS = make_regex(
    rf"\bsign (?:off )?(?:every |each |your |all |the )?(?:{REPLY} )?(?:off )?(?:as|with)"
    r" [\"“'`]?([^\"”'`\n.]{2,40}?)[\"”'`]?(?=[.\n]|\Z)",
    re.I,
)
ADVISES = make_regex(
    r"\balways (recommend|advise|suggest|remind|encourage|offer|mention|tell"
    r"|invite)(?: (?:the )?(?:users?|customers?|them"
    r"|people|patients?))?(?: to| that|ing)? ([^.\n]{3,80})",
    re.I,
)
STRUCTURED = make_regex(r"\b(?:json|csv|xml|ya?ml|html|sql|code|table|only (?:the|one))\b", re.I)
ENDS_WITH_EMOJI = make_regex(
    rf"\b(?:end|ends|finish|close|conclude|sign off)\b(?: (?:your|the|each|every|all|it|{REPLY}"
    r")){0,3} with (?:an?|one|the|a single) (?:(?P<kind>[a-z]+) )?emoji\b"
    r"|\b(?:add|put|use|include) (?:an?|one|the|a single) (?:(?P<kind2>[a-z]+) )?emoji at the"
    r" (?:very )?end\b(?: of (?:your|the|each|every) \w+)?",
    re.I,
)
RULES = (EMOJI_EACH, ENDS_WITH_EMOJI, ADVISES, CONTAINS, UPPER, LOWER, APOLOGISES, ADDRESSES, SIGNS)


RULE_STARTS = frozenset(
    word[:WORD_START]
    for word in "contain include mention use uses have has say work caps capital upper lower"
    " apologise apology sorry call address greet sign always end ends finish emoji"
    " allcaps introduce introducing hashtags".split()
)
"""The beginnings of words of which a prompt with such a rule has one."""


def apply_rules(question: Question) -> list[Change]:
    """Return the changes that the rules of a prompt make to a reply in words."""
    wish = question.wish
    if not question.may_have_word(RULE_STARTS) or STRUCTURED.search(wish):
        return []
    changes: list[Change] = []
    if INTRODUCES.search(question.system) and (own := PERSONA.search(question.system)):
        changes.append(partial(put_first, f"Hi, I'm {own[1]}."))
    if APOLOGISES.search(wish):
        changes.append(partial(put_first, SORRY.get(question.language, SORRY["en"])))
    if BY_NAME.search(wish) and (name := find_user(question)):
        changes.append(partial(put_first, f"{name},", small=True))
    if match := ADDRESSES.search(wish):
        changes.append(partial(put_first, f"{match[1]},", small=True))
    advice = ADVISES.search(wish)
    if (match := advice) and " if " not in f" {match[2]} ":
        changes.append(
            partial(put_advice, match[1].lower(), match[2].strip(), find_limit(question))
        )
    changes.extend(
        partial(add_word, next(filter(None, match.groups())))
        for match in list(CONTAINS.finditer(wish))[:4]
    )
    if match := ENDS_WITH_EMOJI.search(wish):
        changes.append(partial(put_emoji, (match["kind"] or match["kind2"] or "").lower()))
    changes.extend(list_decorations(question))
    if match := SIGNS.search(wish):
        changes.append(partial(put_last, match[1].strip()))
    if LABEL_CASE.search(wish):
        return changes
    cased = question.system if ABOUT_WORD.search(question.instruction) else wish
    if UPPER.search(cased):
        changes.append(str.upper)
    elif LOWER.search(cased):
        changes.append(str.lower)
    return changes


LABEL_CASE = make_regex(
    r"\b(?:category|label|class|sentiment|intent|tag|option|choice|true or false"
    r"|yes or no)\b[\"'”’]?,? (?:only )?in"
    r" (?:all )?(?:lower|upper|capital|caps)"
    r"|\beither [\w\"'“”]{1,24} or [\w\"'“”]{1,24} (?:only )?in (?:all )?(?:lower|upper|capital"
    r"|caps)",
    re.I,
)
"""The case of a label, which the choice itself has."""
ABOUT_WORD = make_regex(
    r"\b(?:word|words|yes|no|convert|string|text|names?|labels?|turn|change|rewrite|keywords?)\b",
    re.I,
)
"""Words of a prompt about the capitals of a given text, not of the whole reply."""


SORRY = {
    "en": "I'm sorry about that.",
    "de": "Das tut mir leid.",
    "fr": "Je suis désolé.",
    "es": "Lo siento mucho.",
    "it": "Mi dispiace.",
    "pt": "Sinto muito.",
}


def remove_rules(text: str) -> str:
    """Return an instruction without the rules that are applied to the finished reply."""
    for rule in RULES:
        if rule not in (UPPER, LOWER) or not ABOUT_WORD.search(text):
            text = rule.sub("", text)
    return text


def put_first(words: str, text: str, *, small: bool = False) -> str:
    if small and words.rstrip(",") in text[:30]:
        return text  # the reply greets the user itself
    rest = (
        text[:1].lower() + text[1:] if small and text[1:2].islower() and text[:2] != "I " else text
    )
    return f"{words} {rest}"


def find_user(question: Question) -> str:
    """Return the name with which the user introduced themselves; empty without one."""
    said = [text for role, text in question.earlier if role == "user"]
    for text in (question.prompt, *reversed(said), question.stated_system):
        if match := PROFILE_NAME.search(text) or I_AM.search(text):
            return match[1]
    return ""


def find_limit(question: Question) -> int:
    """Return the number of sentences that a prompt allows; 0 if it names none."""
    limit = find_length(question)
    return limit[0] if limit is not None and limit[1] == "sentence" else 0


def put_advice(verb: str, what: str, limit: int, text: str) -> str:
    """Return a text that ends with what a reply always recommends."""
    sentences = split_sentences(text)
    kept = " ".join(sentences[: limit - 1]) if limit and len(sentences) >= limit else text
    lead = "Remember" if verb in ("remind", "mention", "tell") else f"I {verb}"
    return f"{kept} {lead} {'' if what.split()[0].endswith('ing') else 'to '}{what}.".strip()


EMOJI = {
    "flower": "🌸",
    "heart": "❤️",
    "star": "⭐",
    "rocket": "🚀",
    "sun": "☀️",
    "smiley": "😊",
    "smiling": "😊",
    "smile": "😊",
    "paw": "🐾",
    "cat": "🐱",
    "dog": "🐶",
    "book": "📚",
    "coffee": "☕",
    "plane": "✈️",
    "airplane": "✈️",
    "fire": "🔥",
    "party": "🎉",
    "leaf": "🍃",
    "plant": "🌱",
    "tree": "🌳",
    "pizza": "🍕",
    "music": "🎵",
    "wave": "👋",
    "food": "🍽️",
}
"""The emoji that a kind names."""


def put_emoji(kind: str, text: str) -> str:
    return f"{text.rstrip()} {EMOJI.get(kind, EMOJI['smile'])}"


def put_last(words: str, text: str) -> str:
    return text if words in text else f"{text}\n\n{words}"


def add_word(word: str, text: str) -> str:
    """Return a text with a word that it has to have."""
    if word.lower() in text.lower():
        return text
    return f"{text} {word[:1].upper()}{word[1:]}{'' if word[-1:] in '.!?' else '!'}"
