"""Fields that hold a given sentence in another tone, words for words, or queries for a question."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.word_sets import list_antonyms, list_synonyms

MAX_SENTENCE = 400
TONES = {
    "formal": "Please be informed that {lower}.",
    "professional": "We would like to inform you that {lower}.",
    "polite": "Please kindly note that {lower}.",
    "casual": "Hey, just so you know: {lower}.",
    "informal": "Hey, just so you know: {lower}.",
    "friendly": "Hi there! {whole}. Have a great day!",
    "funny": "Plot twist: {lower}. Better bring snacks!",
    "humorous": "Plot twist: {lower}. Better bring snacks!",
    "enthusiastic": "Great news: {lower}!",
    "excited": "Guess what: {lower}!",
    "sarcastic": "Oh wonderful, {lower}. Just what we needed.",
    "urgent": "Attention: {lower}. Please act now.",
    "concise": "{whole}.",
    "short": "{whole}.",
    "simple": "{whole}.",
    "neutral": "{whole}.",
    "poetic": "Like leaves that turn with the wind, {lower}.",
    "persuasive": "Don't miss it: {lower}.",
}
"""A sentence in a tone; `{lower}` is the given one with a small letter at the beginning."""
REWRITES = make_regex(
    r"\b(?:rewrit\w+|rephras\w+|paraphras\w+|reword\w*|tones?|styles?|versions?|variants?)\b", re.I
)
SYNONYMS = make_regex(r"\bsynonyms?\b", re.I)
ANTONYMS = make_regex(r"\b(?:antonyms?|opposites?)\b", re.I)
QUERIES = make_regex(
    r"^(?:search_|alternative_|sub_?)?(?:quer(?:y|ies)|searches|questions|variations)$"
)
WANTS_QUERIES = make_regex(
    r"\b(?:quer(?:y|ies)|searches|retriev\w+|sub-?questions|versions of the question)\b", re.I
)
ASKED = make_regex(
    r"(?:\A|\n)[ \t*#]*(?:(?:user(?:'s)?|original|search|input) )?(?:query"
    r"|question)\**\s?[:：]\**\s*"
    r"(?P<asked>\S[^\n]{3,300})",
    re.I,
)
SEARCHES = ("{}", "{} tips", "how to fix {}", "best way to {}", "{} causes", "{} step by step")
HOW_TO = make_regex(
    r"^(?:how (?:do|can|should) (?:i|you|we|one) |how to |what is the best way to )", re.I
)
NAMES = frozenset(
    "i i'm i'll english german french spanish monday tuesday wednesday thursday friday saturday"
    " sunday".split()
)


def rewrite_fields(value: Any, question: Question) -> Any:
    """Return an object whose fields for tones, words or queries come from the prompt."""
    if not isinstance(value, dict) or question.language != "en" or not value:
        return value
    wish = question.wish
    asked = ASKED.search(question.prompt[-3000:]) if WANTS_QUERIES.search(wish) else None
    if asked is not None and HOW_TO.match(asked["asked"]):
        return {
            key: list_queries(asked["asked"], len(item))
            if isinstance(item, list) and QUERIES.match(key.lower()) and all_texts(item)
            else item
            for key, item in value.items()
        }
    if SYNONYMS.search(wish) or ANTONYMS.search(wish):
        return {key: relate(key, item, wish, question.prompt) for key, item in value.items()}
    return change_tones(value, question) if REWRITES.search(wish) else value


def all_texts(items: list[Any]) -> bool:
    return bool(items) and all(isinstance(one, str) for one in items)


def list_queries(asked: str, count: int) -> list[str]:
    """Return search queries for a question, each in other words."""
    topic = asked.strip(" \"'“”.?!")
    bare = HOW_TO.sub("", topic)
    first = topic[:1].lower() + topic[1:] if topic[1:2].islower() else topic
    rows = [first, *(form.format(bare) for form in SEARCHES[1:])]
    found = [re.sub(r"^how to fix (?=stop|avoid|prevent)", "how to ", one) for one in rows]
    return (list(dict.fromkeys(found)) * 4)[:count]


def relate(key: str, item: Any, wish: str, prompt: str) -> Any:
    """Return a synonym or an antonym for a key that is a word of the prompt."""
    word = key.lower().replace("_", " ")
    is_word = isinstance(item, (str, list)) and " " not in word
    if not is_word or re.search(rf"\b{re.escape(word)}\b", prompt.lower()) is None:
        return item
    found = list_synonyms(word) if SYNONYMS.search(wish) else list_antonyms(word)
    if not found:
        return item
    return found[: max(1, len(item))] if isinstance(item, list) else found[0]


def change_tones(value: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return an object with the given sentence in each tone that a key names."""
    said = question.material.strip(" \"'“”")
    tones = {key: key.lower().removesuffix("_version").removesuffix("_tone") for key in value}
    if not said or len(said) > MAX_SENTENCE or "\n" in said:
        return value
    if not any(tone in TONES for tone in tones.values()):
        return value
    whole = said.rstrip(".!")
    first = whole.split(" ")[0]
    is_name = first.lower() in NAMES or not first[1:].islower() or not first[:1].isupper()
    lower = whole if is_name else whole[:1].lower() + whole[1:]
    return {
        key: TONES[tones[key]].format(whole=whole, lower=lower)
        if tones[key] in TONES and isinstance(item, str)
        else item
        for key, item in value.items()
    }
