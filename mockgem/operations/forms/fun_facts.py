"""Fun facts about subjects that many ask for, and another one after the first."""

from __future__ import annotations

import re

from mockgem.operations.forms.knowledge_files import find_section, read_sections
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

ASKS = make_regex(
    r"\b(?:an?|one|another|some|any|the) (?:\w+ )?(?:fun|interesting|random|cool|surprising|amazing"
    r"|weird|curious|little[- ]known) fact\b|\b(?:fun|random) fact\b",
    re.I,
)
ABOUT = make_regex(r"\b(?:about|on|of) ([^.?!,\n]{2,40})", re.I)
MANY = make_regex(r"\bfacts\b|\b(?:json|list|table|bullets?|words|sentences|emojis?)\b", re.I)
MAX_PROMPT = 160
FILE = "fun_facts"


@form(
    "fun fact",
    "Tell me a fun fact about octopuses.",
    words="fact",
    about="one sentence with a fact about a subject that many ask for",
)
def tell_fact(question: Question) -> str | None:
    prompt = question.prompt
    if len(prompt) > MAX_PROMPT or not ASKS.search(prompt) or MANY.search(prompt):
        return None
    if question.language != "en" or question.material:
        return None
    facts = list_facts(prompt, [text for _, text in question.earlier])
    return question.random.pick(facts) if facts else None


def list_facts(prompt: str, said: list[str]) -> list[str]:
    """Return the facts about a thing that the conversation does not have yet; else all of them."""
    about = ABOUT.search(prompt)
    facts = (
        find_section(FILE, about[1])
        if about
        else tuple(fact for _, rows in read_sections(FILE) for fact in rows)
    )
    told = " ".join(said).lower()
    return [one for one in facts if one.rstrip(".").lower() not in told]


def tell_another(asked: str, question: Question) -> str:
    """Return another fact after one about the same subject; empty if the wish was another one."""
    if "fact" not in asked.lower():
        return ""
    facts = list_facts(asked, [text for _, text in question.earlier])
    return question.random.pick(facts) if facts else ""
