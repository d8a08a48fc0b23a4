"""Requests in another tone: a bare command becomes a polite, friendly or firm one."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.sentence_ends import end
from mockgem.operations.forms.sources import split_sentences

TONES = (
    (
        "polite",
        r"\b(?:polite\w*|politer|courteous\w*|respectful\w*|nicer|nicely|kinder|kindly|less"
        r" (?:rude|aggressive|harsh|direct|blunt|demanding)|diplomatic\w*|tactful\w*|softer"
        r"|gentler)\b",
    ),
    (
        "empathetic",
        r"\b(?:empath\w+|compassion\w+|understanding|apologetic\w*|sympathetic\w*|caring)\b",
    ),
    ("formal", r"(?<!less )\b(?:formal\w*|professional\w*|business[- ]?like|official)\b"),
    ("friendly", r"\b(?:friendl\w+|warmer|warm|cheerful|kind)\b"),
    (
        "casual",
        r"\b(?:casual\w*|informal\w*|relaxed|laid[- ]back|less formal|chatty|teen\w*|gen[- ]?z"
        r"|young(?:er)? (?:audience|readers|people|crowd|customers)|playful\w*|trendy)\b",
    ),
    ("assertive", r"\b(?:assertive\w*|firm(?:er|ly)?|confident\w*|stronger|more direct)\b"),
)
COMPILED = tuple((tone, make_regex(pattern, re.I)) for tone, pattern in TONES)
VERBS = (
    r"(?:send|give|tell|show|bring|call|fix|finish|do|make|get|help|come|stop|answer|reply|respond"
    r"|check|review|update|change|cancel|refund|return|pay|sign|submit|forward|explain|let|wait"
    r"|move|write|read|put|turn|open|close|take|confirm|deliver|ship|schedule|book|provide|share"
    r"|upload|remove|delete|add|join|complete|clean|look|talk|email|hurry|be|leave|don't|do not)"
)
COMMANDS = make_regex(
    rf"(?:(?:please|just|now|hey|hi|ok|and|so)[, ]{{1,2}}){{0,2}}({VERBS}\b[^.!?\n]{{0,200}})"
    r"[.!?]*",
    re.I,
)
WANTS = make_regex(r"I (?:want|need|demand) (?!to be\b)([^.!?\n]{2,200})[.!?]*", re.I)
MUST = make_regex(r"You (?:have to|must|need to|should|had better) ([^.!?\n]{2,200})[.!?]*", re.I)
WHERE = make_regex(r"(?:where|when|why|what) (?:is|are|was|were) [^.!?\n]{2,120}[.!?]*", re.I)
AT_ONCE = make_regex(
    r",? (?:right |and do it )?(?:now|immediately|at once|asap|this instant)\b[!.]*", re.I
)
SHAPES = {
    "polite": ("Could you please {}?", "as soon as possible", "I would like {}, please."),
    "formal": (
        "We kindly request that you {}.",
        "at your earliest convenience",
        "I would like {}.",
    ),
    "friendly": (
        "Could you {}? Thanks so much!",
        "when you get a chance",
        "I'd love {}, if that's possible!",
    ),
    "casual": ("Hey, can you {}?", "when you get a sec", "I could use {}."),
    "empathetic": ("Could you please {}?", "when you are ready", "I would be grateful for {}."),
    "assertive": ("I need you to {}.", "today", "I expect {}."),
}
"""For each tone: a request, what it says instead of "now", and a wish."""
OTHERS = {
    "polite": "I would appreciate it if we could talk about this: {}",
    "empathetic": "I understand how frustrating this is, and I am sorry. {}",
    "friendly": "Hi there! {}",
    "casual": "Hey, {}",
    "assertive": "Let me be clear: {}",
}
"""The words in front of a text without a request."""


def find_tone(wish: str) -> str:
    """Return the tone that a prompt wants, such as "polite"; empty for no known one."""
    return next((tone for tone, pattern in COMPILED if pattern.search(wish)), "")


def change_tone(text: str, tone: str) -> str:
    """Return a text with its bare commands and wishes in a tone; empty if it has none."""
    if tone not in SHAPES or "\n" in text.strip():
        return ""
    greeted = GREETING.match(text) if tone in ("formal", "polite") else None
    text = text[greeted.end() :] if greeted else text
    sentences = [part for one in split_sentences(text) for part in SPLICED.split(one)]
    changed = [change_request(one, tone) for one in sentences]
    if not any(changed):
        return ""
    said = " ".join(
        new or end(old[:1].upper() + old[1:]) for new, old in zip(changed, sentences, strict=True)
    )
    if greeted:
        return f"Hello, {lower(said)}"
    return introduce(said, tone) if tone == "empathetic" else said


SPLICED = make_regex(
    r", (?=(?:I|I'\w+|we|we're|you|it|it's|this|that|they)\b)|; "
    rf"|, (?:so |and )?(?=(?:please )?{VERBS} (?:it|this|that|them|me|us|the|your|my|to|up|now"
    r"|asap)\b)",
    re.I,
)
"""A comma between two sentences: "Send it, I've been waiting", "it is late, fix it"."""
GREETING = make_regex(r"\A(?:hey|hi|hello)\b(?: there| guys| all)?[,!] ?", re.I)
"""The greeting of a message, which a formal one has in another form."""


def change_request(sentence: str, tone: str) -> str:
    """Return a command, a wish or a bare question in a tone; empty for another sentence."""
    asks, soon, wants = SHAPES[tone]
    if tone == "assertive" and (plain := HEDGES.sub("", sentence)) != sentence:
        return (
            f"Please {lower(plain.rstrip('.!?'))}."
            if COMMANDS.match(plain)
            else end(plain[:1].upper() + plain[1:])
        )
    if match := COMMANDS.fullmatch(sentence):
        said, urgent = AT_ONCE.subn("", match[1])
        wish = f"{NEGATED.sub('not ', lower(said))}{f' {soon}' if urgent else ''}".strip(" ,")
        return (
            FIX_NOT.sub("please not", asks.format(wish))
            if "not " in wish[:4]
            else (asks.format(wish))
        )
    if tone != "assertive" and (match := MUST.fullmatch(sentence)):
        return change_request(f"{match[1]}.", tone) or asks.format(match[1])
    if match := WANTS.fullmatch(sentence):
        said, urgent = AT_ONCE.subn("", match[1])
        return wants.format(f"{said}{f' {soon}' if urgent else ''}")
    if tone in ("polite", "formal", "friendly") and WHERE.fullmatch(sentence):
        return f"Could you please tell me {move_verb(sentence.rstrip('.!?'))}?"
    return ""


HEDGES = make_regex(
    r"\b(?:(?:I was (?:just )?wondering if|I (?:just )?wanted to ask (?:if|whether)|would it be"
    r" possible for|do you think|if it's (?:ok|okay|not too much trouble),?|sorry to bother you,?"
    r"(?: but)?)"
    r"(?: (?:you (?:could|can|might|would)|to))?(?: (?:maybe|perhaps|possibly|please))?|(?:maybe"
    r"|perhaps|possibly|just|kind of|sort of|I think(?: that)?|I feel like|I guess),?) ",
    re.I,
)
"""Words that weaken a statement."""
NEGATED = make_regex(r"\A(?:don't|do not) ", re.I)
FIX_NOT = make_regex(r"please not\b")


def move_verb(question: str) -> str:
    """Return a question as a clause: "where my order is"."""
    word, verb, rest = question.split(" ", 2)
    return f"{word.lower()} {rest} {verb}"


def lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def introduce(text: str, tone: str) -> str:
    """Return a text without a request after words that have the tone; itself for other tones."""
    shape = OTHERS.get(tone)
    if shape is None or not text:
        return text
    is_own = text.startswith(("I ", "I'")) or shape.endswith((": {}", "! {}", ". {}"))
    return shape.format(text if is_own else lower(text))
