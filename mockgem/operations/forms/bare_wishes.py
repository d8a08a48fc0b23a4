"""Wishes without a verb, and messages that go on with the last wish, as complete requests.

"title for my essay about tides" asks for the same as "Write a title for my essay about tides.", and
"but for children" continues the wish before it. Recognisers know complete requests, so a message
that none of them knows is asked again as one.
"""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

MAX_WISH = 300
MAX_FOLLOW_UP = 100
WRITTEN = (
    r"(?:essay |blog |book |page |video |youtube |email |mail )?titles?|headlines?|captions?"
    r"|messages?"
    r"|e-?mails?|letters?|texts?|posts?|tweets?|bios?|poems?|haikus?|limericks?|songs?|story"
    r"|stories"
    r"|jokes?|speech(?:es)?|toasts?|slogans?|taglines?|descriptions?|summary|essays?|articles?"
    r"|invitations?|reply|replies|reviews?|notes?|cards?|announcements?|ads?|recipes?|plans?"
    r"|itinerary|schedule|agenda|checklists?|lists?|quiz(?:zes)?|questions|outline|cover letter"
    r"|press release|faq|dialogue|script|routine|obituary|wedding vows|greetings?|sentences?"
    r"|paragraphs?|templates?|subject lines?"
)
GIVEN = (
    r"commands?|formulas?|regex|queries|query|functions?|snippets?|translations?|names?|ideas?|tips"
    r"|synonyms?|antonyms?|examples?|ways|reasons|facts|steps|hashtags|keywords|emojis?|words?"
    r"|definitions?|pros and cons|pros cons|advantages|benefits|differences?|ingredients|lines?"
    r"|one[- ]liner|cron(?: expression)?|things to (?:do|see|say)"
)
BARE = make_regex(
    r"\W*(?P<start>(?:(?:please|pls|ok|hi|hey|hello)[, ]{1,2}){0,2})"
    r"(?P<rest>(?:(?:an?|the|some|my|\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|short"
    r"|quick"
    r"|good|nice|funny|simple|catchy|weekly|daily|cheap|easy|healthy|formal|friendly|polite|cute"
    r"|creative|cool|best|random|sweet|little|new|basic|detailed|professional|\w+[- ]day"
    r"|(?:one|two|three|\d)[- ](?:line|word|sentence|paragraph))[ ,]{1,2}){0,4}"
    rf"(?:(?!(?:how|what|why|is|are|can|do|does|i|my)\b)[\w'-]+ ){{0,2}}?"
    rf"(?:(?P<written>{WRITTEN})|(?P<given>{GIVEN}))"
    r"(?::| (?:for|about|to|on|of|that|with|from|in|between|using|by|saying|without|who|as|until"
    r"|starting|asking|thanking)\b)[^\n]{2,260})",
    re.I,
)
COMMA = make_regex(
    rf"\W*(?P<count>\d{{1,2}}|two|three|four|five|six|seven|eight|nine|ten) (?P<kind>(?:[a-z-]+ )?"
    rf"(?:(?P<written>{WRITTEN})|{GIVEN})), (?P<about>(?!(?:and|or|but|one|each|no|max|with|in"
    r"|about|for|please|pls)\b)[a-z][^,.:;?!\n]{2,60})\W*\Z",
    re.I,
)
"""A count of things, a comma and what they are about: "3 taglines, coffee shop"."""
SHORTHAND = (
    (re.compile(r"\b(?:msg|mesage)\b", re.I), "message"),
    (re.compile(r"\bpros (?:&|/|\+)? ?cons\b", re.I), "pros and cons"),
    (re.compile(r"\b(?:pls|plz)\b", re.I), "please"),
)
SHELL = make_regex(
    r"\b(?:in|on|for|with) (?:the )?(linux|bash|ubuntu|powershell|git|docker)\b", re.I
)
ARTICLE = make_regex(
    r"(?:an?|the|some|my|\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\b", re.I
)
PLURAL = make_regex(r"(?:s|ies|regex)\Z", re.I)
QUESTION = make_regex(
    r"\W*(?:who|what|where|when|why|how|which|is|are|do|does|did|can|could|will|would|should|was"
    r"|were"
    r"|am)\b",
    re.I,
)
TELLS = make_regex(
    r"\W*(?:(?:hi|hello|hey)\W+)?(?:(?:my|our|we|he|she|they|it|there|yesterday|today)\b"
    r"|i(?:['’]?m|['’]ve)?\b(?! (?:need|want|would like|prefer|['’]d like)))",
    re.I,
)
"""What a message says that tells something."""
CONTINUES = make_regex(
    r"\W*(?:(?:nice|great|good|perfect|cool|lovely|ok|okay|thanks|thx|hm+|well|sorry)\W+){0,2}"
    r"(?:actually|but|and|without|with|for|in|on|as|also|no|not|only|just|(?:\w+ )?more|less|plus"
    r"|about|from|now|instead|rather|(?:the )?same|this time|another|total|per)\b"
    r"|[^\n]*\b(?:too|as well|instead)\W*\Z",
    re.I,
)
"""How a message begins or ends that goes on with the last wish."""
ASKS_ITSELF = make_regex(
    r"\b(?:what|who|when|where|how|why|which|explain|tell|describe|define|compare|discuss)\b", re.I
)
"""Words of a message that is a question or a command of its own."""
TALK = make_regex(
    r"\b(?:thanks?|thx|hello|hi|hey|bye|ok|okay|sure|yes|no|sorry|good (?:morning|night))\W*\Z",
    re.I,
)


def complete(question: Question) -> Question | None:
    """Return a complete request that means the same as a message; None if there is none."""
    prompt = question.prompt.strip()
    if question.language != "en" or question.results or not prompt or len(prompt) > MAX_WISH:
        return None
    if match := ASKED.match(prompt):
        return question.restate(f"What is the {match['fact'].strip()}?", question.stated_system)
    if match := BARE.match(prompt):
        return question.restate(add_verb(match), question.stated_system)
    if not question.earlier or len(prompt) > MAX_FOLLOW_UP:
        return None
    return join_wish(question)


ASKED = make_regex(
    r"\W*(?:the )?(?P<fact>(?:capital|currency|population|area|height|meaning|definition|plural"
    r"|opposite|past tense|president|inventor|author|distance|difference|boiling point|formula) "
    r"(?:of|between|for)\b[^\n?]{2,100})\??\W*\Z",
    re.I,
)
"""A question that is only what it asks for: "capital of peru?"."""


def add_verb(match: re.Match[str]) -> str:
    """Return a wish without a verb as a command: "Write a title for …", "Give me tips for …"."""
    rest = match["rest"]
    for pattern, word in SHORTHAND:
        rest = pattern.sub(word, rest)
    noun = match["written"] or match["given"]
    if noun.lower().startswith("command") and (shell := SHELL.search(rest)):
        rest = f"{shell[1]} {rest}"
    if not ARTICLE.match(rest) and not PLURAL.search(noun):
        one = "an" if rest[:1].lower() in "aeio" else "a"
        rest = f"{one if match['written'] else 'the'} {rest[:1].lower()}{rest[1:]}"
    return f"{'Write' if match['written'] else 'Give me'} {rest}"


def join_wish(question: Question) -> Question | None:
    """Return the last wish of the user together with what a message adds to it."""
    prompt = question.prompt.strip()
    mine = question.list_said("user")
    own = (QUESTION.match(prompt), TELLS.match(prompt), TALK.search(prompt))
    is_own = any(own) or ASKS_ITSELF.search(prompt) is not None
    if not mine or is_own or not CONTINUES.match(prompt) or len(mine[-1]) > MAX_WISH:
        return None
    return question.restate(f"{mine[-1].rstrip(' .!')}. {prompt}", question.stated_system)


def spell_out(question: Question) -> Question | None:
    """Return "3 taglines, coffee shop" as "Write 3 taglines about coffee shop"; None for others."""
    prompt = question.prompt
    match = COMMA.match(prompt) if len(prompt) < MAX_FOLLOW_UP and ", " in prompt else None
    if match is None:
        return None
    verb, link = ("Write", "about") if match["written"] else ("Give me", "for")
    asked = f"{verb} {match['count']} {match['kind']} {link} {match['about']}"
    return question.restate(asked, question.system)
