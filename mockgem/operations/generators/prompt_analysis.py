"""Find out what a prompt is about, and how long a reply it asks for."""

from __future__ import annotations

import re
from functools import lru_cache

GREETING = re.compile(
    r"^\W*(hi|hello|hey|good (?:morning|afternoon|evening)|howdy|greetings|ping"
    r"|test)\b[\w ,]{0,24}\W*$",
    re.I,
)
LEAD_IN = (
    r"\W*(?:(?:hey|hi|hello|okay|ok|yo|hmm|good (?:morning|afternoon|evening|day))\b(?: there"
    r"| gemini| guys| all)?[,.! ]+|(?:so|well),\s+)?(?:(?:please|kindly|can you|could you|would you"
    r"|will you|i want you to|i'd like you to|help me)\s+)*(?:(?:explain|tell|describe|show|give"
    r"|write|summari[sz]e|list|name|implement|create|generate|compose|draft|find|return|answer|say"
    r"|discuss|outline|translate|compare|analy[sz]e|make|think of|talk|provide|suggest|recommend"
    r"|propose|design|develop|devise|craft|prepare|produce|invent|brainstorm|come up with|solve"
    r"|prove|verify|check|predict|determine|identify|indicate|evaluate|assess|calculate|classify"
    r"|categori[sz]e|choose|convert|elaborate on|teach)\b(?:\s+(?:to|with|for)\b)?(?:\s+(?:me"
    r"|us)\b)?(?:\s+about\b)?\s*)?(?:(?:what(?:['’]?s| is| are| was| were)|who(?:'s| is| are| was"
    r"| \w+ed| wrote| made| won)|where(?:'s| is| are)|when(?:'s| is| are| was| did)|why (?:is|are"
    r"|does|do|did)|how (?:do|does|did|can|could|to|is|are)(?: i| you| we| they| one)?|is|are|do"
    r"|does|did|can|could|should|will)\s+(?:(?:i|we|you)\s+)?)?"
)
START = re.compile(LEAD_IN + r"([^.!?\n]*(?:\.(?=\S)[^.!?\n]*)*)", re.I)
"""The words before the topic, and the rest of the first sentence."""
ABOUT = re.compile(
    r"\W*(?:(?:an?|the)?\s*(?:\w+\s)?(?:essay|story|poem|text|summary|article|letter|report"
    r"|speech|song|joke|post)s?\s+)?"
    r"(?:(?:about|on|of|in|for|to)\s+)?",
    re.I,
)
LENGTH = re.compile(
    r"\b(?:(?:in|with)\s(?=exactly|at most|under|about|around|just|only))?(?:in|about|around|with"
    r"|exactly|at most|under|of|just|only|write)?\s*(?:\d{1,2}\s?(?:-|–|to|or)\s?)?(\d{1,4}|one"
    r"|two|three|four|five|six|ten)[ -](word|sentence|paragraph)s?\b(?: (?:or (?:less|fewer|more)"
    r"|max(?:imum)?)\b)?",
    re.I | re.ASCII,
)
FEW_WORDS = re.compile(r"\bin (?:a |just a |very )?few words\b", re.I)
WORDS_FOR_NUMBERS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)
}
WORD = re.compile(r"[^\W\d_][\w'’-]+")


def expand_spellings(words: list[str]) -> frozenset[str]:
    """Return words in lower case, capitalised and in capitals."""
    return frozenset(
        spelling for word in words for spelling in (word, word.capitalize(), word.upper())
    )


COMMON_WORDS = expand_spellings(
    """a about above after again all also an and any are as at be because been before being
    between both but by can could did do does doing down during each few for from further get
    give had has have having he her here him his how i if in into is it its just know let
    like make me more most my no nor not now of off on once only or other our out over own
    please same say she should so some such tell than that the their them then there these
    they this those through to too under until up us use using very was we were what when
    where which while who why will with would write you your explain describe today work
    works working happen happens mean means need needs want going go goes help""".split()
)
ASPECTS = ("the context", "the input", "the setting", "the goal", "the timing", "the method")


def is_greeting(prompt: str) -> bool:
    return len(prompt) < 80 and GREETING.match(prompt) is not None


def topic_of(prompt: str) -> str:
    """Return a prompt's topic as a phrase: "Explain to me how AI works" → "how AI works"."""
    return find_topic(prompt if len(prompt) < 400 else prompt[:400])


@lru_cache(maxsize=16)
def find_topic(beginning: str) -> str:
    """Return the topic of a prompt's beginning. Each field of a schema asks for it again."""
    phrase: str = START.match(beginning)[1][:160]  # type: ignore[index]
    if has_length_unit(phrase):
        phrase = LENGTH.sub("", phrase)
        if phrase[:1] in " ,:;":
            phrase = START.match(phrase)[1]  # type: ignore[index]
    for sign in AUDIENCE_SIGNS:
        if sign in phrase:
            phrase = AUDIENCE.sub("", phrase)
            break
    phrase = phrase[ABOUT.match(phrase).end() :]  # type: ignore[union-attr]
    if phrase[:4] in CLAUSE_STARTS and (match := CLAUSE.match(phrase)):
        phrase = match[1]
    phrase = phrase.strip(" .,:;?!\"'`*#>-")
    words = (phrase.replace('"', "") if phrase.count('"') == 1 else phrase).split()
    return " ".join(words[:12]) if words else "your question"


AUDIENCE = re.compile(
    r" (?:to|for|like i'm|as if i were) (?:an? )?(?:\d{1,2}|five|six|ten"
    r"|twelve)[- ]years?[- ]olds?\b|(?:\A| )(?:like|as if) i(?:'| a)?m (?:an? )?(?:\d{1,2}|five"
    r"|six|ten|child|kid|beginner)\b:?|\Aeli5\b:?| to (?:a )?(?:child|kid|beginner|layman"
    r"|second[- ]grader?)s?\b| in (?:a few|a couple of) words\b| in (?:very )?(?:simple|plain|easy"
    r"|layman's) (?:terms|words|english|language)\b",
    re.I,
)
"""Whom an explanation is for, and how it should be written."""
AUDIENCE_SIGNS = (
    *"year child kid beginner layman grader words terms english English language".split(),
    *("like", "eli5", "ELI5"),
)
"""Words of which such a phrase has one: a quick look."""
CLAUSE_STARTS = ("what", "who ")
CLAUSE = re.compile(
    r"wh(?:at|o) (.{3,60}?) (?:is|are|was|were|means?|does|do)(?: used for)?[ ,.:;?!]*$", re.I
)
"""A clause about a thing: "what a queue is"."""


THING_IN_CLAUSE = re.compile(
    r"^how (?:an?\s|the\s)?(.{3,40}?) (?:works?|is made|are made|happens?|functions?)$"
    r"|^(?:what|who) (.{3,50}?) (?:is|are|was|were|means?|does|do)$"
    r"|^why .{3,40}? should (?:[a-z]+) (?:an? |the |more |their |your )?([\w -]{3,30})$"
    r"|^why (.{3,50}?) (?:is|are|was|were|do|does|should|can|needs?|matters?|has|have)\b.*$",
    re.I,
)


def take_thing(phrase: str) -> str:
    """Return "tides" for "how tides work", "a queue" for "what a queue is"."""
    match = THING_IN_CLAUSE.match(phrase.strip())
    return next(filter(None, match.groups())) if match else phrase


def keywords_of(topic: str) -> tuple[str, ...]:
    """Return the words that carry a topic's meaning, filled up to three with general ones."""
    words = [word for word in WORD.findall(topic) if word not in COMMON_WORDS]
    return (*dict.fromkeys(words), *ASPECTS) if len(words) < 3 else tuple(dict.fromkeys(words))


def parse_length(prompt: str) -> tuple[int, str] | None:
    """Return the length that a prompt asks for, such as (50, "word") or (1, "sentence")."""
    if not has_length_unit(prompt):
        return None
    match = LENGTH.search(prompt)
    if match is None:
        return (9, "word") if FEW_WORDS.search(prompt) else None
    number = match[1].lower()
    return max(1, WORDS_FOR_NUMBERS.get(number) or int(number)), match[2].lower()


def has_length_unit(text: str) -> bool:
    return "word" in text or "sentence" in text or "paragraph" in text


def is_brief(prompt: str) -> bool:
    return (
        "just the " in prompt
        or "one word" in prompt
        or "only the " in prompt
        or "yes or no" in prompt
    )
