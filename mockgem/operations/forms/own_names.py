"""The user's name, which the same message gives: "I'm called Ana. What's my name?"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.values import ONE_WORD

NAME = r"\s([A-ZÀ-ÞА-Я][^\W\d_]+(?:[ -][A-ZÀ-ÞА-Я][\w'’-]+)?)"
ROWS = tuple(
    (make_regex(asks, re.I), make_regex(rf"(?i:{tells}){NAME}"), reply)
    for asks, tells, reply in (
        (
            r"\bwhat(?:['’]s| is|s) my (?:first |full )?name|\bwho am i ?\?|\bwhat am i called",
            r"\b(?:my name(?: is|['’]s)|i['’]?m called|i am called|call me|i['’]m|i am|this is)",
            "Your name is {}.",
        ),
        (
            r"cómo me llamo|cuál es mi nombre",
            r"\b(?:me llamo|mi nombre es|soy)",
            "Te llamas {}.",
        ),
        (
            r"comment (?:est-ce que )?je m['’]appelle|comment m['’]appell|quel est mon (?:pré)?nom",
            r"\b(?:je m['’]appelle|mon (?:pré)?nom est|moi,? c['’]est|je suis)",
            "Tu t'appelles {}.",
        ),
        (
            r"wie hei(?:ß|ss)e ich|wie ist mein (?:vor)?name|wie lautet mein (?:vor)?name",
            r"\b(?:ich hei(?:ß|ss)e|mein (?:vor)?name ist|ich bin)",
            "Du heißt {}.",
        ),
        (
            r"come mi chiamo|qual è il mio nome",
            r"\b(?:mi chiamo|il mio nome è|sono)",
            "Ti chiami {}.",
        ),
        (
            r"como (?:eu )?me chamo|qual é (?:o )?meu nome",
            r"\b(?:me chamo|meu nome é|eu sou|sou)",
            "Você se chama {}.",
        ),
        (r"hoe heet ik|wat is mijn naam", r"\b(?:ik heet|mijn naam is|ik ben)", "Je heet {}."),
        (r"jak mam na imię|jak się nazywam", r"\b(?:mam na imię|nazywam się)", "Masz na imię {}."),
        (r"как меня зовут|как мо[её] имя", r"(?:меня зовут|мо[её] имя)", "Тебя зовут {}."),
    )
)
"""A question about one's name, how a message tells it, and the answer."""
MAX_PROMPT = 400


@form(
    "own name",
    "My name is Farid and I live in Cairo. What's my name? Reply with the name only.",
    words="name who call called llamo nombre appelle appell nom prénom heiße heisse name vorname"
    " chiamo nome chamo heet naam imię nazywam",
    about="the name that the message itself gives",
)
def tell_own_name(question: Question) -> str | None:
    prompt = question.prompt
    if question.earlier or len(prompt) > MAX_PROMPT or "?" not in prompt:
        return None
    for asks, tells, reply in ROWS:
        asked = asks.search(prompt)
        told = tells.search(prompt) if asked else None
        if told is not None:
            is_bare = question.is_terse or ONE_WORD.search(prompt)
            return told[1] if is_bare else reply.format(told[1])
    return None
