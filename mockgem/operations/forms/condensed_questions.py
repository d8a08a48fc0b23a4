"""Follow-up questions made complete: "When was she born?" → "When was Nora Lind born?"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.name_words import list_names
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.topics import clean
from mockgem.operations.generators.prompt_analysis import topic_of

WISH = make_regex(
    r"\bstand[- ]?alone (?:question|query|version)|\b(?:rephrase|reformulate|rewrite|condense"
    r"|turn)\b[^.\n]{0,60}\b(?:follow[- ]?up|latest|last|user)(?:'s)? (?:user )?(?:question|query"
    r"|input|message)|\bself[- ]contained (?:question|query)",
    re.I,
)
FOLLOW_UP = make_regex(
    r"(?:^|\n)[ \t*#]*(?:follow[- ]?up (?:question|input|message)|follow[- ]?up|(?:new|latest|last"
    r"|user|current) (?:user )?(?:question|query|message|input)|question"
    r"|query)[ *]*:[ *]*\n?([^\n]{3,400})",
    re.I,
)
PRONOUN = make_regex(
    r"\b(?P<own>his|their|its|her(?= [a-z]))\b|\b(?:he|she|him|her|it|they|them|this|that|this one"
    r"|that one)\b(?! (?:is|was)? ?(?:that|the case))",
    re.I,
)
THERE = make_regex(r"\bthere(?=[?.!]?\s*\Z)", re.I)
ELLIPSIS = make_regex(
    r"\W*(?:and|what about|how about|and what about)\s+(?!how |what |when |where |who |why |which "
    r"|is |are |do |does |did |can |will )(?:in |for |the )?([^?]{2,60})\?*\Z",
    re.I,
)
SPEAKERS = make_regex(
    r"^[ \t*]*(?:human|user|customer|assistant|ai|bot|chat ?history|q|a)[*]*[:：][*]*[ \t]*",
    re.I | re.M,
)


STEP_BACK = make_regex(
    r"\bstep[- ]?back (?:question|query)|\bstep back and (?:paraphrase|rephrase|rewrite|ask)\b"
    r"|\bmore (?:generic|general|abstract) (?:step[- ]back )?(?:question|query)\b",
    re.I,
)
LAST_QUESTION = make_regex(r"([^\n?]{5,300})\?\W*\Z")


@form(
    "general question",
    "Paraphrase the question to a more generic step-back question.\n\nCan Ann Lee play chess?",
    words="step-back step stepback",
    about="a more general question about the subject of the given one",
)
def step_back(question: Question) -> str | None:
    if not STEP_BACK.search(question.whole) or question.language != "en":
        return None
    match = LAST_QUESTION.search(question.prompt[-600:])
    if match is None:
        return None
    names = list_names(match[1])
    about = names[0] if names else clean(topic_of(match[1]))
    return f"What is generally known about {about}?"


@form(
    "complete question",
    "Given the conversation and a follow up question, rephrase the follow up question to be a "
    "standalone question.\n\nChat History:\nHuman: Who wrote Blue Harbour?\nAssistant: Nora Lind "
    "wrote it.\nFollow Up Input: When was she born?\nStandalone question:",
    words="standalone stand-alone stand rephrase reformulate rewrite condense self-contained self "
    "turn",
    about="the follow-up question with the name that its pronoun stands for",
)
def complete_question(question: Question) -> str | None:
    if not WISH.search(question.whole) or question.language != "en":
        return None
    if JSON_WISH.search(question.whole):
        return None
    return complete(question)


JSON_WISH = make_regex(
    r"\b(?:as|in|return|respond with|reply with|output) (?:an? |valid )*json\b|\{ ?\"\w+\" ?:", re.I
)


def complete(question: Question) -> str | None:
    """Return the follow-up question with the name that its pronoun stands for."""
    asked, before = find_follow_up(question)
    if not asked or not before:
        return None
    if about := ELLIPSIS.match(asked):
        asked = replace_subject(before, about[1].strip())
    asked = re.sub(r"^\W*(?:and|so|but),? (?=\w)", "", asked, flags=re.I)
    if several := name_both(asked, before):
        return several
    if ordered := name_ordered(asked, before):
        return ordered
    name = find_antecedent(asked, before)
    if name and not any(part in asked for part in name.split()):
        asked = PRONOUN.sub(lambda match: f"{name}'s" if match["own"] else name, asked, count=1)
        asked = THERE.sub(f"in {name}", asked)
    return asked[:1].upper() + asked[1:]


ORDINAL = make_regex(
    r"\bthe (?:(first|second|third|fourth|last|other) (?:one|option)|(?P<alone>former|latter))\b",
    re.I,
)
PLACES = {"first": 0, "former": 0, "second": 1, "other": 1, "third": 2, "fourth": 3}
SERIES = make_regex(
    r"\b((?:(?:the|a|an) )?[A-Z0-9][\w'’-]{0,30}(?: [A-Z0-9][\w'’-]{0,30}){0,3})"
    r"((?:, (?:(?:the|a|an) )?[A-Z0-9][\w'’-]{0,30}(?: [A-Z0-9][\w'’-]{0,30}){0,3}){0,4}),?"
    r" (?:and|or) ((?:(?:the|a|an) )?[A-Z0-9][\w'’-]{0,30}(?: [A-Z0-9][\w'’-]{0,30}){0,3})"
)
"""Names in a series: "the City E1 and the Trail E2"."""


def name_ordered(asked: str, before: str) -> str:
    """Return a question with the name of "the second one"; empty without a series of names."""
    match, series = ORDINAL.search(asked), SERIES.findall(before)
    if match is None or not series:
        return ""
    first, middle, last = series[-1]
    names = [first, *[one for one in middle.split(", ") if one], last]
    place = PLACES.get((match[1] or match["alone"]).lower(), -1)
    if place >= len(names):
        return ""
    said = ORDINAL.sub(names[place].replace("\\", ""), asked, count=1)
    return said[:1].upper() + said[1:]


THEY = make_regex(r"\b(?P<own>their)\b|\b(?:they|them)\b", re.I)
IT = make_regex(r"\b(?P<own>its)\b|\bit\b", re.I)
PEOPLE = make_regex(
    r"[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){0,3}(?:, [A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){0,3}){0,4},?"
    r" (?:and|&) [A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){0,3}"
)
"""Several names: "Martin Eberhard and Marc Tarpenning"."""


def name_both(asked: str, before: str) -> str:
    """Return a question whose "they" stands for several names; empty without these."""
    found = PEOPLE.findall(before) if THEY.search(asked) else []
    if not found:
        return ""
    people = found[-1].rstrip(".")
    said = THEY.sub(lambda match: f"{people}'s" if match["own"] else people, asked, count=1)
    thing = next((one for one in list_names(before) if one not in people), "")
    if thing and not thing.endswith("?"):
        said = IT.sub(lambda match: f"{thing}'s" if match["own"] else thing, said, count=1)
    return said[:1].upper() + said[1:]


def find_follow_up(question: Question) -> tuple[str, str]:
    """Return the follow-up question and the conversation before it."""
    if question.earlier and not FOLLOW_UP.search(question.prompt):
        before = "\n".join(text for _, text in question.earlier)
        return question.prompt.strip()[:400], before
    found = list(FOLLOW_UP.finditer(question.prompt[-4000:]))
    if not found:
        return "", ""
    before = question.prompt[-4000:][: found[-1].start()]
    if question.earlier and "history" not in before.lower():
        before = "\n".join(text for _, text in question.earlier)
    history = re.split(r"(?:chat |conversation )?history[ *]*:", before, maxsplit=1, flags=re.I)
    return found[-1][1].strip(" *"), SPEAKERS.sub("", history[-1])


def find_antecedent(asked: str, before: str) -> str:
    """Return the name that a pronoun stands for: of a person for "she", else the last topic."""
    names = [name for name in list_names(before) if not name.endswith("?")]
    people = [name for name in names if len(name.split()) > 1]
    if re.search(r"\b(?:he|she|him|her|his)\b", asked, re.I) and (people or names):
        return (people or names)[-1]
    if names:
        return add_model(names[-1] if THERE.search(asked) else names[0], before)
    return clean(topic_of(before.strip().splitlines()[0])) if before.strip() else ""


def add_model(name: str, text: str) -> str:
    """Return a name with the article and the number that it has in a text: "the Aerobook 14"."""
    match = re.search(
        rf"(?P<the>\b[Tt]he )?{re.escape(name)}(?P<number> \d{{1,4}}[A-Za-z]{{0,2}})?\b", text
    )
    if match is None or not match["number"]:
        return add_noun(name, text)
    return f"{'the ' if match['the'] else ''}{name}{match['number']}"


def add_noun(name: str, text: str) -> str:
    """Return a name with the article and the noun that it has in a text: "the Aeron chair"."""
    match = re.search(
        rf"\b[Tt]he ({re.escape(name)} (?!{VERB}\b)[a-z]{{3,14}})(?=[?.!,]| {VERB}\b)", text
    )
    return f"the {match[1]}" if match else name


VERB = r"(?:is|are|was|were|has|had|have|does|did|can|will|costs?|[a-z]{2,12}ed|and|or|in|of|for)"


def replace_subject(before: str, subject: str) -> str:
    """Return the last question of a conversation about another subject."""
    questions = [line for line in before.splitlines() if line.rstrip().endswith("?")]
    if not questions:
        return subject
    names = list_names(questions[-1])
    last = questions[-1].strip()
    return last.replace(names[-1], subject) if names else f"{last.rstrip('?')} for {subject}?"
