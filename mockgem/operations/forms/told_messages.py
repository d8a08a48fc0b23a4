"""Messages whose content stands after a colon: "msg to the team: office closed on monday"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.phrases import capitalise
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentence_ends import end

MESSAGE = make_regex(
    r"\A[^\n:]{0,60}?\b(?:(?P<mail>e-?mail|mail)|(?:whats ?app|sms|text|slack|teams|group|push"
    r"|short|quick|friendly) ?(?:message|msg|text|reminder|note)?|message|msg|note|reminder"
    r"|dm) (?:to|for) (?P<who>(?:(?:the|my|our|all|all my) )?(?:[\w'’-]+ ){0,2}?(?:group|team"
    r"|everyone|everybody|all|parents|neighbou?rs|guests|members|class|staff|colleagues|department"
    r"|office|club|customers|tenants|students))(?: ?: | - | – )(?P<said>\S[^\n]{6,500})\Z",
    re.I,
)
NO_MESSAGE = make_regex(
    r"\b(?:reply|respond|response|answer|rewrite|translate|summari[sz]e|correct|proofread|classify"
    r"|json|extract|label|subject line for|title for|ideas|template|alt text|turn this"
    r"|convert)\b|[{<`|]",
    re.I,
)
MANNER = make_regex(
    r"(?:[.,;] |\A)(?:please |and |but )?(?:keep it|make it|be|sound|max(?:imum)?\.?|under|at most"
    r"|in (?:a|under)|no more than|not? (?:more|too)|short(?: and)?|friendly|polite|formal|casual"
    r"|use|add|include|without|with|no emojis?|i need|sign)\b[^.;\n]*\.?\s*\Z",
    re.I,
)
"""How the message should be, which is no part of it."""
DAY_NAME = make_regex(
    r"\b(mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(january|february|april|june|july|august"
    r"|september|october|november|december)\b"
)
TEAMS = make_regex(r"\b(?:team|class|staff|department|office|club)\Z", re.I)
KINDLY = make_regex(r"\b(?:sorry|apolog|cancel|unfortunately|late|can['’]?t|cannot)\b", re.I)


@form(
    "told message",
    "Whatsapp message to the parents group: bake sale friday 10am, bring cakes without nuts.",
    "Mail to the team: office closed on monday, please work from home",
    words="email e-mail mail whatsapp sms text slack teams message msg note reminder dm",
    about="a message with a greeting and what the prompt tells after the colon",
)
def write_told(question: Question) -> str | None:
    prompt = question.prompt.strip()
    match = MESSAGE.match(prompt) if question.language == "en" else None
    if match is None or NO_MESSAGE.search(prompt) or question.asks_how:
        return None
    said = cut_manner(match["said"])
    if len(said.split()) < 2:
        return None
    text = end(capitalise(capitalise_days(said)))
    if match["mail"] is None:
        thanks = "" if KINDLY.search(said) else " Thanks! 😊"
        return f"Hi {greet(match['who'])}! {text}{thanks}"
    head = capitalise(capitalise_days(re.split(r"[,.;]| because | so ", said)[0].strip()))
    ending = "Best regards,\n[Your name]"
    return f"Subject: {head}\n\nHi {greet(match['who'])},\n\n{text}\n\n{ending}"


def cut_manner(said: str) -> str:
    """Return what a message says, without how it should say it."""
    for _ in range(4):
        shorter = MANNER.sub("", said).strip()
        if not shorter or shorter == said:
            break
        said = shorter
    return said.strip(" .,;")


def capitalise_days(text: str) -> str:
    """Return a text with the names of days and months in capitals."""
    return DAY_NAME.sub(lambda found: found[0].capitalize(), text)


def greet(who: str) -> str:
    """Return how a message greets a group: "team", else "everyone"."""
    match = TEAMS.search(who)
    return match[0].lower() if match else "everyone"
