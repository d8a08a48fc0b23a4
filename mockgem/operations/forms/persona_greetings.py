"""Greetings with the name and the work that a system instruction gives the assistant."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.lengths import find_length
from mockgem.operations.forms.personas import NAME, ROLE, write_introduction
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.trigger_words import GREETS

GREETINGS = {
    "en": ("Hello!", "How can I help you today?"),
    "de": ("Hallo!", "Wie kann ich Ihnen helfen?"),
    "es": ("¡Hola!", "¿En qué puedo ayudarte?"),
    "fr": ("Bonjour !", "Comment puis-je vous aider ?"),
    "it": ("Ciao!", "Come posso aiutarti?"),
}
SPECIAL = ((make_regex(r"\bpirates?\b", re.I), "Ahoy!"), (make_regex(r"\bcat\b", re.I), "Meow!"))
PLAIN = make_regex(r"\b(?:helpful|ai|language|chat) (?:assistant|model|bot)\b", re.I)


TOLD = make_regex(
    r"(?P<who>(?:you are|you['’]re|act as) [^.\n]{3,120}\.)\s+(?:please )?(?:greet|welcome"
    r"|say (?:hello|hi)(?: to)?|introduce yourself(?: to)?)(?: (?:me|us|the user))?"
    r"(?: in (?:one|a|a single) sentence)?\W*\Z",
    re.I,
)
"""A message that describes the assistant and wants a greeting."""


@form("greeting of a persona", about="a greeting with the assistant's name and role")
def greet(question: Question) -> str | None:
    """Answer "Hi" as the system instruction describes the assistant."""
    told = TOLD.match(question.prompt)
    described = question.system or (told["who"] if told else "")
    is_greeted = GREETS.match(question.prompt) is not None or told is not None
    if not described or not is_greeted or question.earlier:
        return None
    name, role = NAME.search(described), ROLE.search(described)
    plain = role is None or (PLAIN.search(role[1]) and len(role[1].split()) < 5)
    if question.language not in GREETINGS or (name is None and plain):
        return None
    hello, offer = GREETINGS[question.language]
    hello = next((word for one, word in SPECIAL if one.search(described)), hello)
    me = write_introduction(name, None if plain else role, question.language)
    limit = find_length(question)
    if limit is not None and limit[0] == 1 and limit[1] == "sentence":
        return f"{hello.rstrip(' !')}, {me.rstrip('.')}!"
    return f"{hello} {me} {offer}"
