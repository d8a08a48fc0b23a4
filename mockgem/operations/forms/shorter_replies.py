"""The last reply, shorter: "shorter pls", "in one sentence for my dad", "más corto"."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import parse_count
from mockgem.operations.forms.given_text import SENTENCES, WORDS
from mockgem.operations.forms.item_limits import shorten_item, shorten_sentence
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.sentence_ends import end
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.statements import list_marked

POLITE = r"(?:,? (?:please|pls|plz|thanks|bitte|por favor|s'il te plaît|stp|svp|per favore))?"
SHORTER = make_regex(
    r"\W*(?:(?:and|now|ok|okay|please|pls|again|the same|same|but|(?:that's |it's |way |bit "
    r"|still )?(?:a bit |a little )?too long|just|a bit|a little|much|even|make (?:it|this|that)"
    r"|can you make (?:it|this|that)|noch|etwas|bitte|un poco|un peu|un po'|um pouco)"
    r"[,!. ]{1,3}){0,4}"
    r"(?:(?:(?:in|as|with) )?(?:one|two|three|a single|\d{1,2}) (?:short )?(?:sentences?|words?)"
    r"|shorter|simpler|in simple(?:r)? (?:terms|words|english)|in short|briefly|more briefly"
    r"|tl;?dr|in fewer words|half (?:as long|the length)"
    r"|kürzer|in einem satz|más (?:corto|breve)|en una (?:sola )?frase|plus court|en une "
    r"(?:seule )?phrase|più (?:corto|breve)|in una (?:sola )?frase|mais (?:curto|breve)"
    r"|numa frase|korter|in één zin|krócej|w jednym zdaniu|daha kısa|короче|покороче"
    r"|в одном предложении|коротше|もっと短く|短く|短一点|简短一点|簡短一點|더 짧게|짧게|ngắn hơn"
    r"|lebih singkat|lebih pendek|สั้นลง|أقصر|קצר יותר)"
    rf"{POLITE}(?:,? (?:in )?(?:one|a single|two|three) (?:short )?sentences?)?"
    rf"(?:,? (?:for|für|para|pour|per|voor|dla|для) [^.?!\n]{{2,40}})?{POLITE}\W*\Z",
    re.I,
)
"""A wish about the last reply: "Now in one sentence."."""
MAX_EDGE = 60
"""A paragraph of at most this number of characters is a greeting or an ending of a letter."""


def wants_shorter(prompt: str) -> bool:
    return SHORTER.match(prompt) is not None


def shorten_reply(reply: str, prompt: str) -> str:
    """Return a reply with about half of its items or sentences, or with the wanted number."""
    counted = SENTENCES.search(prompt)
    words = WORDS.search(prompt)
    marked = list_marked(reply)
    if marked and not counted:
        return "\n".join(f"- {one}" for one in marked[: max(1, len(marked) // 2)])
    if not (counted or words) and (letter := shorten_letter(reply)):
        return letter
    sentences = split_sentences(reply)
    count = parse_count(counted[1]) if counted else 0
    is_one = not counted and ONE.search(prompt) is not None
    kept = sentences[: count or (1 if is_one else max(1, len(sentences) // 2))]
    text = " ".join(map(end, kept))
    if len(sentences) == 1 and not (counted or words):
        return shorten_title(reply.strip())
    return end(shorten_item(text.split(), parse_count(words[1], 2000))) if words else text


ONE = make_regex(
    r"\b(?:one|single|a) sentence\b|\b(?:einem|una|une|numa|één|jednym)\b|в одном", re.I
)


def shorten_letter(reply: str) -> str:
    """Return a letter with the first part of what it says; empty for another text."""
    paragraphs = [one.strip() for one in reply.strip().split("\n\n") if one.strip()]
    bodies = [one for one in paragraphs if len(one) > MAX_EDGE]
    if len(paragraphs) < 3 or not bodies or len(paragraphs[-1]) > MAX_EDGE:
        return ""
    start = paragraphs[: paragraphs.index(bodies[0])]
    sentences = split_sentences(" ".join(bodies))
    body = " ".join(map(end, sentences[: max(1, len(sentences) // 2)]))
    return "\n\n".join([*start, body, paragraphs[-1]]) if start else ""


MAX_SLOGAN = 12
"""Words of a slogan with the name in front of it."""


def shorten_title(text: str) -> str:
    """Return the part of a title before its colon, else the beginning of a sentence."""
    if text[-1:] not in ".!?" and ": " in text:
        return text.partition(": ")[0]
    _, _, rest = text.partition(": ")
    if rest and len(text.split()) <= MAX_SLOGAN:
        return rest[:1].upper() + rest[1:]
    short = shorten_sentence(text.split())
    return end(short) if text[-1:] in ".!?" else short
