"""Changes of the last text that need what the user said before: the first person, examples."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.given_lists import find_known_things
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.nested_fields import to_plural
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.generators.prompt_analysis import topic_of

MAX_PROMPT = 160
FIRST_PERSON = make_regex(
    r"\b(?:in(?:to)? (?:the )?first person|from my (?:own )?(?:view|perspective)|as if i)\b", re.I
)
ABOUT_ME = make_regex(r"(?:i['’]m|i am|my|i)\b", re.I)
MENTIONS = make_regex(
    r"\b(?:mention|add|include|say)(?:ing)? (?:that )?(?P<what>(?:i|my|we|our)\b[^.?!\n]{3,100})",
    re.I,
)
EXAMPLES = make_regex(
    r"\A\W*(?:(?:ok|okay|thanks|great|and|can you|could you|please|now)[,!. ]{1,3}){0,3}"
    rf"(?:give|show|list|name|tell)(?: me)? (?P<count>{NUMBER}|some|a few|a couple of)?\s?"
    r"(?:more )?examples?(?: of (?:that|it|this|them))?"
    r"(?: please)?\W*\Z",
    re.I,
)


@form(
    "text in the first person",
    words="first perspective view",
    needs="earlier",
    about="what the user said about themselves, in the first person, with what the message adds",
)
def write_first_person(question: Question) -> str | None:
    prompt = question.prompt.strip()
    if question.language != "en" or not question.earlier or len(prompt) > MAX_PROMPT:
        return None
    if not FIRST_PERSON.search(prompt):
        return None
    asked = " ".join(text for role, text in question.earlier if role == "user")
    own = [one for one in split_sentences(asked) if ABOUT_ME.match(one)]
    added = MENTIONS.search(prompt)
    if added:
        said = added["what"].strip()
        own.append(f"{said[:1].upper()}{said[1:]}.")
    return " ".join(own) or None


@form(
    "examples of the last subject",
    words="example examples",
    needs="earlier",
    about="known examples of what the user asked about before",
)
def list_examples(question: Question) -> str | None:
    match = EXAMPLES.match(question.prompt.strip()) if question.earlier else None
    if match is None or question.language != "en":
        return None
    asked = next((text for role, text in question.earlier if role == "user"), "")
    subject = re.sub(r"^(?:an?|the|what) | (?:is|are|means?)$", "", topic_of(asked)).strip()
    things = find_known_things(to_plural(subject)) if subject else []
    said = match["count"] or "three"
    count = 3 if said.lower() in ("some", "a few", "a couple of") else parse_count(said, 12)
    if len(things) < count:
        return None
    return "\n".join(f"{at}. {thing}" for at, thing in enumerate(things[:count], 1))
