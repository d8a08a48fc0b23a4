"""Instructions and questions that stand after a given text belong to the instruction."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.material_words import LAST_VERB, VERB

ASKED_AFTER = make_regex(
    r"(?:\n|(?<=[.!?] ))[ *#]*(?:(?:user|my|the|human|customer|current|new"
    r"|final)(?:'s)? )?(?:question|query|q"
    r"|frage"
    r"|pregunta|pergunta|domanda|vraag|вопрос|問題|问题|質問)[ *]*[:：]",
    re.I,
)
"""A question after the text that a message gives."""
LAST_SPEAKER = make_regex(
    r"\n\n[ *#]*((?:User|Customer|Human|Guest|Visitor|Client|Kunde|Cliente"
    r"|Nutzer)\**\s?:)[^\n]{3,400}\s*\Z"
)
"""What the user says, in the last paragraph."""
ONLY_FORMAT = make_regex(
    r"[.!?\"] (?:(?:with|use|using|the) )?(?:the )?(?:columns|keys|fields"
    r"|headers?):? [a-z_][^.\n]{2,120}\.?\Z"
    r"|[.!?\"] (?:(?:as|in|return|respond with|output|answer in|reply in) )?(?:only )?(?:the "
    r")?(?:valid )?(?:json|ya?ml|xml"
    r"|csv)(?:(?=\W{0,2}\Z)| only| with|,? (?:with )?(?:the )?(?:keys|fields))\b[^\n]{0,200}\Z"
    r"|[.!?\"] (?:return|respond|reply|answer"
    r"|output)\b[^\n{]{0,40}\bjson\b[^\n{]{0,40}\{[^\n]{0,600}\}"
    r"\W{0,3}\Z",
    re.I,
)
"""The format of the reply behind the given text: "JSON only, keys total and currency"."""
SHORTEST = 6
"""A given text in front of the format has at least this number of characters."""
MAX_ENDING = 600
MIN_TEXT = 20
COMMAND = make_regex(rf"\W{{0,6}}(?:please |now |bitte )?{VERB}(?!\w)", re.I)


LAST_QUESTION = make_regex(
    r"\n[ \t]*(?:what|when|where|who|how|which|why)\b(?! (?:should|would) (?:i|we"
    r"|you)\b)[^\n:?]{3,300}\?[^\n:?]{0,200}\Z",
    re.I,
)
"""A question in the last line of a message that gives a text without an instruction before it."""


LAST_COMMAND = make_regex(
    r"\n[ \t]*(?:please )?(?:answer|reply|respond|output|return|classify|label(?! ?:)|choose)"
    r" [^\n:]{3,200}\Z",
    re.I,
)
"""A command in the last line of a message without an instruction before the text."""


LAST_SCHEMA = make_regex(
    r"\n\s*\n(?:the|your) (?:output|response|answer|reply) (?:should|must) be (?:an? |in "
    r"|formatted)"
    r"[^\n]{0,60}?\b(?:schema|json|format|snippet)\b[^\n]{0,300}\n[^\0]{0,6000}[}`]\s*\Z",
    re.I,
)
"""The form of the reply behind the given text, as libraries for chains add it."""


def find_ending(text: str, *, is_alone: bool = False) -> int:
    """Return where instructions at the end of a given text begin; its length without these.

    Args:
        is_alone: Whether the text has no instruction in front of it.
    """
    if "}" in text and (schema := LAST_SCHEMA.search(text, SHORTEST)):
        return schema.start()
    asked = ASKED_AFTER.search(text)
    end = len(text)
    if is_alone and (told := LAST_COMMAND.search(text, MIN_TEXT)):
        return told.start()
    last = LAST_QUESTION.search(text, MIN_TEXT) if is_alone else None
    if last is not None and "?" not in text[: last.start()]:
        return last.start()
    if asked is not None and asked.start() > MIN_TEXT and end - asked.start() < MAX_ENDING:
        end = asked.start()
    spoken = LAST_SPEAKER.search(text, MIN_TEXT, end)
    if spoken is not None and text.count(spoken[1]) == 1 and end - spoken.start() < MAX_ENDING:
        end = spoken.start()
    if only := ONLY_FORMAT.search(text, SHORTEST, end):
        end = only.start() + 1
    at = text.rfind("\n\n", 0, end)
    if at > MIN_TEXT and end - at < MAX_ENDING and is_command(text[at:end].lstrip()):
        end = at
    return end


def is_command(paragraph: str) -> bool:
    """Return whether a paragraph tells the model what to do with a text before it."""
    if ":" in paragraph and "\n" in paragraph:
        return False
    return COMMAND.match(paragraph) is not None or LAST_VERB.match(paragraph) is not None
