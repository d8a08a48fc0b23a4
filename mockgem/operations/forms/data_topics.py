"""The topic of invented data: what stands behind "about", "for" or "of" in its description."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.topics import drop_layout

SHOWN = make_regex(r"```.{0,2000}?```|\{[^{}]{0,1200}\}|[{\[][^\n]{0,400}[}\]]|[{}\[\]]", re.S)
"""Objects that show the form."""
FORMAT = make_regex(
    r"\b(?:(?:as|in|to|into|using|with) )?(?:an? |the |valid |raw |some |sample )*\"?(?:json|csv"
    r"|ya?ml|xml)\b(?: (?:format|objects?|arrays?|lists?|only|data|outline|file|document|structure"
    r"|response|of (?:objects|strings|\d+ strings)))*",
    re.I,
)
STOP = (
    r"(?=\s(?:with|as|in the (?:fields|format|form)|in json|in csv|including|includes?|where|that"
    r"|which|each|every|using|and"
    r" (?:return|respond|give|reply|output|include)|containing|having|return|respond)\b|[.:;,?!\n(]"
    r"|\s[-–]\s|\s*\Z)"
)
INVITES = make_regex(
    rf"\b(?:invit(?:es?|ing) [^.\n]{{0,30}}? to|remind(?:s|ing)? [^.\n]{{0,30}}? (?:of|about)) "
    rf"([\w][^.:;?!\n(,]{{1,60}}?){STOP}",
    re.I,
)
SELLS = make_regex(
    rf"\b(?:shop|store|company|business|website|brand)s? (?:that |which )?(?:sells?|selling"
    rf"|offers?|makes?)"
    rf" ([\w][^.:;?!\n(,]{{1,60}}?){STOP}",
    re.I,
)
TO_TOPIC = make_regex(
    rf"\b(?:tips|ways|steps|ideas|hacks) to ([a-z]+)\b([^.:;?!\n(,]{{0,50}}?){STOP}", re.I
)
WHEN_THEY = make_regex(
    r"\b(?:when|if|who|that) (?:they |he |she |you |people |users |somebody |someone "
    r"|customers )?(?:plan|want"
    rf"|wants|try|intend|need|decide) to ([a-z]+)\b([^.:;?!\n(,]{{0,50}}?){STOP}",
    re.I,
)
"""What the people plan who search: "queries of people who want to adopt a dog"."""
PLACES = tuple(
    make_regex(
        rf"\b{word} (?:the topic (?:of )?)?[\"'“]?([\w][^.:;?!\n(,\"”]{{1,70}}?){STOP}", re.I
    )
    for word in (
        r"(?:about|regarding|covering|related to|explaining)",
        r"(?<!depending )(?<!based )on",
        r"(?:for|to learn|describing|promoting|selling|who want to)",
        r"of(?! the (?:form|week|following))",
        r"(?:compare|what (?:is|are)|explain|describe|define|compares)",
    )
)
IDEAS = make_regex(
    r"^(?:[\w-]+ )?(?:ideas?|questions?|suggestions?|recommendations?|tips|facts|examples?|names?)"
    r" (?:in|for|about|on) (?:an? )?|^(?:[\w-]+ )?(?:benefits?|advantages?|pros and cons"
    r"|differences?"
    r"|types?|kinds?|ways?|reasons?|steps?|lists?|timeline|history|symptoms|causes|ingredients"
    r"|review|tweet|rules) (?:of|to|between) (?:an? )?",
    re.I,
)
ROLES = (
    ("developer", "development"),
    ("engineer", "engineering"),
    ("designer", "design"),
    ("analyst", "analysis"),
    ("manager", "management"),
    ("scientist", "science"),
    ("teacher", "teaching"),
)
"""Jobs, and what people in them do."""
COUNT = make_regex(
    r"^(?:(?:an?|some|my|our|your|this|each|every) )?(?:(?:\d+|two|three|four|five|six|seven"
    r"|eight|nine|ten|short|simple|sample|fictional|fake|new|example|random|basic|weekly)"
    r" )*(?:(?:\d+[- ])?(?:day|week|minute|hour)s? )?",
    re.I,
)
AUDIENCE = make_regex(
    r" in (?:\d{1,2}|two|three|four|six) (?:days|weeks|months|hours)\Z| for (?:\d+(?:st|nd|rd"
    r"|th)[- ]grade\w*|kids|children|beginners|adults|students|teenagers|toddlers)"
    r"(?: aged? (?:of )?\d{1,2}(?:\s?(?:-|–|to)\s?\d{1,2})?)?\Z",
    re.I,
)
NO_TOPIC = make_regex(
    r"(?:strings?\)?|(?:to-?do|task) lists?|tasks?|user profile|profile|podcast episode|songs?"
    r"|restaurant menu|destinations?|keys?|fields?|form|following|objects?|strings?|items?|each|it"
    r"|them|these|this|json|one"
    r"|(?:list of )?(?:\d+ )?(?:blog |e-?mail )?(?:posts?|messages?|articles?|users?|products?"
    r"|records?|orders?|books?)"
    r"|all|its|their|options?|values?|columns?|things?|days?|every .*|each .*|me|us|(?:unit )?"
    r"test(?:s|ing)|\d+.*|exactly .*)\Z",
    re.I,
)
MAX_WORDS = 8


QUESTION = make_regex(
    r"(?:\A|[.:!?\n]\s{0,3}|\")((?:how|what|why|when|where|who|which|is|are|can|should|do|does)\b"
    r"[^?\n.]{5,100})\?",
    re.I,
)
HOW = make_regex(
    r"how (?:do|can|should|to|could|would)(?: (?:i|you|we|one|people))? ([a-z]+)\b", re.I
)
WHAT = make_regex(
    r"(?:what|who|where|when|why|which|how \w+)(?:'s| is| are| was| were| do| does| did)?"
    r"(?: (?:the|an?))?(?: (?:best|main|biggest))? ",
    re.I,
)


ADVICE = make_regex(
    r"(?:what|which (?:things|questions)) (?:should|can|could|do|must) (?:i|we|you)"
    r" (?:need to |have to )?(?:ask|bring|know|do|consider|check|prepare)"
    r"(?: (?:before|about|when|at|for|in|during|if))+ ",
    re.I,
)
"""The beginning of a question what to do in a situation: "what should I ask before"."""


def read_question(text: str) -> str:
    """Return what a question is about: "training a puppy", "capital of France"."""
    match = HOW.match(text)
    if match is not None:
        return f"{to_gerund(match[1].lower())}{text[match.end() :]}"
    match = ADVICE.match(text) or WHAT.match(text)
    return text[match.end() :].replace(" like ", " ") if match else ""


def to_gerund(verb: str) -> str:
    """Return a verb with "ing": "make" → "making", "run" → "running"."""
    if verb.endswith("e") and not verb.endswith(("ee", "be")):
        return f"{verb[:-1]}ing"
    if re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", verb):
        return f"{verb}{verb[-1]}ing"
    return f"{verb}ing"


def find_data_topic(question: Question) -> str:
    """Return what invented data is about, without "a"; empty if the prompt does not say."""
    return PRICED.sub("", find_topic(question)).rstrip(" ,")


PRICED = make_regex(
    r",? (?:for |at )?(?:[$€£] ?\d[\d.,]*|\d[\d.,]* ?(?:euros?|eur|dollars?|usd|pounds?|gbp|€))\Z",
    re.I,
)
"""The price at the end of a topic: "ceramic mug, 24.50 euros"."""


def find_topic(question: Question) -> str:
    shown = question.prompt[:1500] if len(question.material.split()) < MAX_WORDS * 3 else ""
    asked = QUESTION.search(shown)
    if asked is not None and (topic := read_question(asked[1])):
        return COUNT.sub("", IDEAS.sub("", COUNT.sub("", topic, count=1)), count=1)
    text = FORMAT.sub(" ", SHOWN.sub(" ", drop_layout(question.stated[:1500])))
    if labelled := LABELLED.search(text):
        return COUNT.sub("", name_goal(labelled[1].strip(" \"'“”")), count=1)
    if match := SELLS.search(text):
        return match[1].strip()
    if match := INVITES.search(text):
        return match[1].strip()
    if "quer" in text and (match := WHEN_THEY.search(text)):
        return re.sub(r"\s+", " ", f"{to_gerund(match[1].lower())}{match[2]}").strip()
    if match := TO_TOPIC.search(text):
        return re.sub(r"\s+", " ", f"{to_gerund(match[1].lower())}{match[2]}").strip()
    for pattern in PLACES:
        for match in pattern.finditer(text):
            topic = COUNT.sub("", match[1].strip(" \"'“”"), count=1).strip(" \"'“”")
            topic = COUNT.sub("", IDEAS.sub("", re.sub(r"\s+", " ", topic)), count=1)
            if len(topic) > 2 and len(topic.split()) <= MAX_WORDS and not NO_TOPIC.match(topic):
                topic = EXPLAINED.sub(r"\1", topic)
                return to_work(AUDIENCE.sub("", topic))
    topic = LEADING_VERB.sub("", question.topic)
    topic = IDEAS.sub("", COUNT.sub("", topic, count=1))
    topic = re.split(r" in the (?:fields|format)|\(", topic, maxsplit=1)[0].strip()
    is_topic = (
        topic.isascii()
        and not CLAUSE.search(topic)
        and not SHOWN.search(topic)
        and not NO_TOPIC.match(topic)
    )
    return topic if is_topic else ""


CLAUSE = make_regex(r"\b(?:i|im|i['’]m|i am|we|need|want|my|pls|plz|gimme|gonna|cuz|bc)\b", re.I)
"""A word of a sentence about the writer, which is not a topic."""
LABELLED = make_regex(
    r"(?:\A|[.\n]\s?)(?:topic|theme|thema|tema|sujet|thème|goal|objective|project)\s?:"
    r" ?([^.:;\n{}\[\]]{3,60})(?=[.\n]|\Z)",
    re.I,
)
"""The topic behind its label: "Topic: password reset."."""
EXPLAINED = make_regex(
    r"\Awh(?:at|o) (?:an? |the )?([\w' -]{2,50}?) (?:is|are|means?|does)\Z",
    re.I,
)
"""A question in a sentence: "what a VPN is"."""
LEADING_VERB = make_regex(
    r"^(?:design|draft|build|define|produce|provide|make|create|write|generate) (?:an? |the )?",
    re.I,
)


def to_work(topic: str) -> str:
    """Return what people in a job do: "frontend developer" as "frontend development"."""
    for job, work in ROLES:
        if topic.lower().endswith(f" {job}") and len(topic.split()) == 2:
            return f"{topic[: -len(job)]}{work}"
    return topic


GOAL_LABEL = make_regex(r"\A(?:goal|objective|project|task|topic|theme)\s?: ?", re.I)
WISHED = make_regex(r"([A-Z][a-z]+)(?= (?:an?|the|my|our|your|to|for|how)\b)")


def name_goal(text: str) -> str:
    """Return a goal as a topic: "Organise a team offsite" → "organising a team offsite"."""
    text = GOAL_LABEL.sub("", text)
    match = WISHED.match(text)
    return f"{to_gerund(match[1].lower())}{text[match.end() :]}" if match else text


def make_slug(text: str) -> str:
    """Return a title as a part of an address: "Remote Work" → "remote-work"."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
