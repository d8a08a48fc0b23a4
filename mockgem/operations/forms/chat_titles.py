"""Titles of conversations, as chat applications ask for them in the background."""

from __future__ import annotations

import json
import re

from mockgem.operations.forms.decorations import wants_emoji
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.short_texts import capitalise
from mockgem.operations.forms.topic_emojis import choose_emoji
from mockgem.operations.generators.prompt_analysis import COMMON_WORDS

WANTS_TITLE = make_regex(
    r"\b(?:generate|create|write|suggest|give|come up with|propose|produce|return|make|provide|need"
    r"|want|find|summari[sz]e)\b[^.\n]{0,60}\b(?:title|name|heading|subject)\b[^.\n]{0,60}"
    r"\b(?:chat|conversation|thread|dialogue?|discussion"
    r"|user'?s? (?:first |last )?(?:message|question|query|prompt|request|input))\b"
    r"|\b(?:generate|create|write|suggest|give|return|make|need|want)\b[^.\n]{0,40}"
    r"\b(?:chat|conversation|thread|session) (?:titles?|names?)\b"
    r"|\b(?:name|title)(?: for| of)? (?:this|the|our) (?:chat|conversation|thread)\b"
    r"|\bsummari[sz]e (?:the|this|our) (?:[a-z]+ )?(?:chat|conversation|thread|dialogue?"
    r"|discussion) (?:in|into|as|with|to) [^.\n]{0,30}\btitle\b",
    re.I,
)
LENGTH = make_regex(
    r"\b(\d{1,2})(?:\s?(?:-|–|to)\s?(\d{1,2}))?[ -]words?\b|\b(?:max(?:imum)?(?: of)?|at most|up to"
    r"|under|no more than) (\d{1,2}) words\b",
    re.I,
)
WORD = make_regex(r"[^\W_][\w'’+#.-]*[^\W_.]|[^\W\d_]")
LEFT_OUT = frozenset(
    "hi hello hey thanks thank im i'm whats what's there's it's can't don't i've id how's lets"
    " let's mine anyone somebody someone something really actually maybe again hallo hola"
    " bonjour bitte por favor wie kann ich ein eine der die das mein meine wo was ist cómo puedo"
    " un una el la los mi les des une le je peux mon ma comment est".split()
)
PADDING = ("Help", "and", "Tips")
USUAL = 5


@form(
    "title of a conversation",
    "Generate a short title for this conversation, at most 5 words.\n\nUser: How do I center a div"
    " in CSS?\nAssistant: Use flexbox.",
    words="title titles name names heading subject",
    about="a title from the words of the user's first message",
)
def title_conversation(question: Question) -> str | None:
    wish = f"{question.prompt[:1500]}\n{question.system}"
    if not WANTS_TITLE.search(wish) or NAMES_OTHER.search(wish):
        return None
    is_object = TITLE_OBJECT.search(wish) is not None and len(KEY.findall(wish)) == wish.count(
        '"title"'
    )
    if not is_object and wants("json", question):
        return None
    text = find_first_message(question)
    if not text:
        return None
    title = write_title(text, *find_limits(wish))
    if wants_emoji(question):
        title = f"{choose_emoji(text)} {title}"
    return json.dumps({"title": title}, ensure_ascii=False) if is_object else title


NAMES_OTHER = make_regex(
    r"\bnames? of (?:the |an? )?(?:[a-z]+ )?(?:agent|worker|tool|team|department|route|categor\w+"
    r"|intent|function|person|customer|company|product|queue|skill|city|country)\b",
    re.I,
)
"""A wish for the name of something else than the conversation."""
TITLE_OBJECT = make_regex(r"\{\s{0,9}\"title\"\s?:")
KEY = make_regex(r"\"\w{1,30}\"\s?:")
"""A key in the objects that a prompt shows; titles are their only one."""


def write_title(text: str, least: int, most: int) -> str:
    """Return the phrase that a message is about, else its telling words."""
    words = find_phrase(text, most) if text.isascii() else []
    if len(words) < least:
        told = [word for word in WORD.findall(text[:400]) if is_telling(word)][:most]
        words = told if len(told) > len(words) else words
    words = words or WORD.findall(text)[:most]
    while len(words) < least:
        words = [*words, *PADDING[: least - len(words)]]
    return " ".join(capitalise(word, at) for at, word in enumerate(words))


LEAD = make_regex(
    r"\W*(?:(?:hi|hello|hey|please|thanks)\b(?: there)?\W{0,3}){0,2}(?:(?:can|could|would"
    r"|will) you(?: please)?(?: help me(?: to)?)?|how (?:do|can|should|would|to|does)(?: i| you"
    r"| we| one)?|what(?:'s| is| are)(?: the)?(?: best)?(?: ways?)?(?: to)?|i['’]d (?:like"
    r"|love)(?: to)?|i (?:want|need|would like|have|wish)(?: to| help (?:with|to))?|i(?:'m"
    r"| am) (?:trying to|looking for|planning|having|going to|working on|interested in"
    r"|not sure how to)|tell me about|explain|help me(?: to| with)?|is there a way to|why (?:is"
    r"|does|are|do|did|won't|can't)|give me|please|do you know(?: how| what)?|write(?: me)?"
    r"|where (?:can|do) i)\b",
    re.I,
)
"""How a question begins, before it says what it is about."""
END = make_regex(r"[.?!\n;:]|, | (?:and|but|because|so|which|that|when|while|if|i|we) ", re.I)
LITTLE = frozenset("a an the my our your me some this to please".split())
PARTICLES = frozenset("up out off for about with on to in over down".split())


def find_phrase(text: str, most: int) -> list[str]:
    """Return the phrase that a question is about, in at most some words; empty without one."""
    match = LEAD.match(text)
    if match is None:
        return []
    words = WORD.findall(END.split(text[match.end() :].strip()[:200], maxsplit=1)[0])
    while words and words[0].lower() in LITTLE:
        words = words[1:]
    if len(words) > most:
        words = [word for word in words if word.lower() not in LITTLE - {"to"}]
    if len(words) > most and words[0].islower():
        words = words[1:]
    while words and words[0].lower() in PARTICLES:
        words = words[1:]
    words = words[:most]
    while words and words[-1].lower() in LITTLE | PARTICLES | {"of", "and", "from", "by", "at"}:
        words.pop()
    return words if len(words) > 1 else []


def find_first_message(question: Question) -> str:
    """Return what the user asked first: in the conversation, in the given text, or the prompt."""
    if WANTS_TITLE.search(question.system):
        return question.prompt
    if said := SAID.search(question.prompt):
        return said[1].strip()
    first = next((text for role, text in question.earlier if role == "user"), "")
    return first or SPEAKER.sub("", question.material.strip())


SAID = make_regex(
    r"^[ \t#>*-]{0,6}(?:user|human|me|customer)\**\s{0,2}:\**\s{0,4}(\S[^\n]{2,500})", re.I | re.M
)
"""The first line that a user says in a given conversation."""
SPEAKER = make_regex(r"\A\W*(?:user|human|me|customer)\W*:\W*", re.I)


def find_limits(wish: str) -> tuple[int, int]:
    """Return the least and the greatest number of words that a wish allows."""
    match = LENGTH.search(wish)
    if match is None:
        return 1, USUAL
    if match[2]:
        return int(match[1]), int(match[2])
    return 1, int(match[1] or match[3])


def is_telling(word: str) -> bool:
    return word not in COMMON_WORDS and word.lower() not in LEFT_OUT
