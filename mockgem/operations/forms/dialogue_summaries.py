"""What both sides of a given conversation say, as reported sentences for its summary."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.text_styles import THIRD_PERSON, change_words

ROLES = (
    r"(?:user|customer|client|caller|guest|patient|student|human|employee|agent|assistant|support"
    r"|bot|ai|model|representative|rep|doctor|nurse|teacher|manager|interviewer|candidate|operator)"
)
TURN = make_regex(
    rf"^[ \t>*-]*(?P<who>{ROLES}"
    rf"|[A-Z][\w'’-]{{1,20}})\**[:：]\**[ \t]*(?P<said>\S[^\n]{{0,2000}})$",
    re.I | re.M,
)
ROLE = make_regex(rf"{ROLES}\Z", re.I)
SMALL_TALK = make_regex(
    r"\A\W*(?:(?:(?:ok(?:ay)?|hi|hello|hey|thanks|thank you)\b(?: there| so much| a lot"
    r"| very much)?"
    r"(?:,? [A-Z][a-z]+(?=[,.!]))?[,.!]*[ ]?)|(?:yes|no|sure|great|perfect|alright|good (?:morning"
    r"|afternoon|evening)|of course|no problem|bye|please do|right|oh|well|i see|got it|sorry"
    r"|many thanks"
    r"|wonderful|certainly|absolutely|done|noted|understood|exactly)(?:[,.!]+[ ]?|\Z))+",
    re.I,
)
"""Words with which a turn begins, and which no summary keeps."""
EMPTY = make_regex(
    r"\A\W*(?:thank you for (?:calling|contacting|your)|thanks for (?:calling|contacting|your)"
    r"|this is"
    r" [A-Z]|[^.!?\n]{2,40}\bspeaking\b|you(?:['’]re| are) welcome|have a (?:nice|good|great)"
    r"|how (?:can|may) i|my name is|bye"
    r"|goodbye|anything else|let me (?:check|see|look)|one moment|i understand|sorry (?:about|for"
    r"|to hear)|i['’]?m sorry|i checked\.?\Z)",
    re.I,
)
ASKS = make_regex(
    r"\A(?:please|can you|could you|can we|could we|would you) ([^?]{3,200})\??\Z", re.I
)


VERB = make_regex(
    r"\b(?:is|are|am|was|were|has|have|had|will|would|can|could|should|must|may|might|do|does|did"
    r"|need|needs|want|wants|they|we|it|there|\w{2,}ed|works?|goes|go|got|made|sent|paid|keeps?"
    r"|went|came|said|lost|broke|bought|left|saw)\b|\b(?:it|that|he|she|there|what|who|i|they|we"
    r"|you)['’](?:s|re|ll|ve|d)\b|n['’]t\b",
    re.I,
)
"""A sign that words are a clause, which can follow "says that"."""


def list_reported(text: str) -> list[str]:
    """Return what the speakers of a conversation say; empty for other texts."""
    text = split_turns(text[:12_000])
    turns = list(TURN.finditer(text))
    if len(turns) < 2 or len({turn["who"] for turn in turns}) < 2:
        return []
    lines = [line for line in text[:12_000].splitlines() if line.strip()]
    if len(turns) < len(lines) * 0.8:
        return []
    names = {turn["who"]: name(turn["who"], turns) for turn in turns}
    found = [report_turn(names[turn["who"]], turn["said"]) for turn in turns]
    return [one for one in found if one]


NEXT_TURN = make_regex(rf"(?<=[.!?]) (?=(?:{ROLES}|[A-Z][\w'’-]{{1,20}}): [A-Z])")


def split_turns(text: str) -> str:
    """Return a conversation in one line with each turn in its own."""
    return text if "\n" in text.strip() else NEXT_TURN.sub("\n", text)


THANKS = make_regex(r"\b(?:thanks|thank you|great|perfect|appreciate)\b", re.I)
PROMISE = make_regex(r"\bthat (?:they|he|she) will (?P<what>.+)\Z")


def list_courtesies(text: str) -> list[str]:
    """Return who thanks whom in a conversation, for a summary that needs more sentences."""
    turns = list(TURN.finditer(text[:12_000]))
    names = {turn["who"]: name(turn["who"], turns) for turn in turns}
    pairs = [
        (names[turn["who"]], other)
        for turn in turns
        for other in names.values()
        if THANKS.search(turn["said"]) and other != names[turn["who"]]
    ]
    said = [f"{first[:1].upper()}{first[1:]} thanks {other}." for first, other in pairs]
    return list(dict.fromkeys(said))


def find_next_step(text: str) -> str:
    """Return what a side of a conversation promised last; empty without a promise."""
    for sentence in reversed(list_reported(text)):
        who, says, rest = sentence.rstrip(".").partition(" says that ")
        promise = PROMISE.search(f"that {rest}") if says else None
        if promise:
            return f"{who} will {promise['what'].split(' and that ')[0]}."
    return ""


INTRODUCES = make_regex(
    r"\b(?:[Tt]his is|[Mm]y name is|[Ii]['’]m|[Ii] am) ([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)(?=[.,;!]"
    r"|\s*\Z)"
)


def name(who: str, turns: list[re.Match[str]]) -> str:
    """Return a speaker as sentences name them: "the customer Teresa Vance", "Ben"."""
    if not ROLE.match(who):
        return who
    said = next((turn["said"] for turn in turns if turn["who"] == who), "")
    introduced = INTRODUCES.search(said)
    role = FULL_ROLES.get(who.lower(), who.lower())
    return f"the {role} {introduced[1]}" if introduced else f"the {role}"


FULL_ROLES = {"support": "support agent", "ai": "assistant", "model": "assistant", "rep": "agent"}


def report_turn(who: str, said: str) -> str:
    """Return the statements of a turn in one sentence; empty for greetings and questions."""
    parts = []
    for sentence in split_sentences(said):
        if EMPTY.match(sentence):
            continue
        kept = SMALL_TALK.sub("", sentence).strip(" .!") if SMALL_TALK.match(sentence) else sentence
        if EMPTY.match(kept) or len(kept.split()) < 2:
            continue
        if (asked := ASKS.match(kept.strip())) and not asked[1].lower().startswith("do"):
            parts.append(f"asks to {change_words(asked[1].strip(' .!'), THIRD_PERSON)}")
        elif not kept.endswith("?"):
            clause = change_words(OBJECT.sub("them", kept.strip(" .!")), THIRD_PERSON)
            link = "says that" if VERB.search(clause) else "says:"
            parts.append(f"{link} {lower_start(clause)}")
    if not parts:
        return ""
    is_said = parts[0].startswith("says that")
    rest = [part.removeprefix("says ") if is_said else part for part in parts[1:3]]
    sentence = f"{who} {' and '.join([parts[0], *rest])}"
    return f"{sentence[:1].upper()}{sentence[1:]}."


def lower_start(text: str) -> str:
    """Return a clause with a small letter, as in a sentence, unless a name begins it."""
    first = text.partition(" ")[0]
    return text if first.lower() not in STARTS else text[:1].lower() + text[1:]


OBJECT = make_regex(
    r"(?<=[a-z] )(?<!\b(?:that|when|what|then) )(?<!\bif )(?<!\band )(?<!\bdo )(?<!\bdid "
    r")(?<!\bcan )"
    r"(?<!\bas )(?<!\bwill )(?<!\bor )(?<!\bare )you\b"
    r"(?! (?:are|can|will|have|need|should|were|could|would|must|may|do|did|get|want|had)\b)"
)
"""The word "you" after a verb: "I will send you a new one"."""
STARTS = frozenset(
    "they their the a an there it this that we our my your you in on at for from because since when"
    " if yes no please all some".split()
)
