"""What a prompt tells a letter to say: statements in the writer's words, and further wishes."""

from __future__ import annotations

import re

from mockgem.core.frozen import frozen
from mockgem.operations.forms.lazy_patterns import make_regex

MAX_TEXT = 2_000
MAX_SENTENCES = 6


@frozen
class Told:
    """What a letter has to say.

    Attributes:
        statements: Whole sentences, as the prompt has them.
        wishes: Sentences made of what the prompt wants the letter to do: "Thank her for …".
    """

    statements: tuple[str, ...]
    wishes: tuple[str, ...]

    def write(self) -> str:
        return " ".join((*self.statements, *self.wishes))


SENTENCES = make_regex(r"(?<=[.!?])(?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bMrs\.)\s+|\n+")
ABOUT_TEXT = make_regex(
    r"(?:please )?(?:keep|make|use|sign|tone|style|length|format|max\w*|no more|at most|under|about"
    r"|be\b|do not|don't|write|include (?:an? )?(?:subject|greeting|signature)|address|add an?"
    r" (?:subject|greeting)|start|end|close|it (?:should|must)|the (?:tone|e-?mail|letter|message"
    r"|text|style) (?:should|must|is)|my name is|i am called|recipient|subject|from:|to:|no "
    r"|avoid|return|only|output|less than|roughly|around|\d+ (?:words|sentences)"
    r"|(?:short|formal|polite|friendly|professional|brief)\b|your (?:name|tone)|thanks?\W*\Z)",
    re.I,
)
"""The beginning of a sentence about the letter itself."""
STATEMENT = make_regex(
    r"(?:i|i'm|i've|i'd|we|we're|we've|my|our|the|it|its|there|this|these|they|he|she|his|her"
    r"|all|some|unfortunately|yesterday|today|last|next|currently|since|after|because)\b[ '’]",
    re.I,
)
"""The beginning of a sentence that the letter says as it is."""
NOT_SAID = make_regex(
    r"(?:my|our|the) (?:manager|boss|name|company|customer|client|landlord|recipient|reader"
    r"|addressee|e-?mail|letter|tone)\b[^.]{0,30}\bis\b|i (?:need|want|would like|am looking for)"
    r" (?:an? |the |you |this |it )?(?:e-?mail|letter|draft|text|message|to (?:write|send))\b"
    r"|(?:my|the|our) last (?:working )?day\b|i am \[",
    re.I,
)
WISHES = (
    (
        r"(?:please )?thank (?:her|him|them|you|the \w+|[A-Z]\w+) for (?P<what>[^.]+)",
        "Thank you very much for {}.",
    ),
    (
        r"(?:please )?(?:offer|give) (?:(?:her|him|them) )?(?P<what>(?:an?|the|our|\d)[^.]+?)"
        r"(?= and apologi[sz]e|\Z|[.])",
        "We would like to offer you {}.",
    ),
    (
        r"(?:please )?(?:ask|ask (?:her|him|them|for)) (?P<what>if|whether) (?P<rest>[^.]+)",
        "May I ask whether {}?",
    ),
    (
        r"(?:please )?ask (?:(?:her|him|them) )?for (?P<what>[^.]+)",
        "I would like to ask for {}.",
    ),
    (
        r"(?:please )?ask (?:her|him|them) to (?P<what>[^.]+)",
        "I would like to ask you to {}.",
    ),
    (
        r"(?:please )?(?:suggest|propose) (?!that)(?P<what>[^.]+)",
        "May I suggest {}?",
    ),
    (
        r"(?:please )?(?:mention|say|explain|tell (?:her|him|them)|point out|note|state|add"
        r"|emphasi[sz]e|stress|inform (?:her|him|them)) that (?P<what>[^.]+)",
        "{}.",
    ),
    (
        r"(?:please )?(?:mention|include|refer to) (?P<what>(?:my|our|the|an?|his|her)[^.]+)",
        "I would also like to mention {}.",
    ),
    (
        r"(?:please )?apologi[sz]e for (?P<what>[^.]+)",
        "I am sorry for {}.",
    ),
    (
        r"(?:please )?(?:invite) (?:her|him|them) to (?P<what>[^.]+)",
        "I would like to invite you to {}.",
    ),
    (
        r"(?:please )?(?:request|demand) (?P<what>[^.]+)",
        "I would like to ask for {}.",
    ),
    (
        r"(?P<name>[Cc]ause|[Rr]eason|[Dd]eadline|[Dd]ate|[Tt]ime|[Pp]lace|[Ll]ocation|[Vv]enue"
        r"|[Bb]udget|[Pp]rice|[Ii]ssue|[Pp]roblem): (?P<what>[^.]+)",
        "{}.",
    ),
)
COMPILED = tuple((make_regex(pattern, re.I), said) for pattern, said in WISHES)
PRONOUNS = {
    "she": "you",
    "he": "you",
    "they": "you",
    "her": "you",
    "him": "you",
    "them": "you",
    "his": "your",
    "their": "your",
}


def list_told(prompt: str) -> Told:
    """Return what the sentences behind the command tell an English letter to say."""
    first, *rest = [one.strip() for one in SENTENCES.split(prompt[:MAX_TEXT])]
    rest = [*split_head(first), *rest]
    statements: list[str] = []
    wishes: list[str] = []
    for sentence in filter(None, rest):
        if wish := read_wish(sentence):
            wishes.append(wish)
        elif says_itself(sentence):
            statements.append(end_sentence(sentence))
    return Told(tuple(statements[:MAX_SENTENCES]), tuple(wishes[:MAX_SENTENCES]))


HEAD = make_regex(r"\A[^:.?!\n]{8,120}?(?:\b(?:Mr|Mrs|Ms|Dr|Prof)\.[^:.?!\n]{1,40})?: (?=\S)")
"""The command of a prompt before a colon: "Email to my boss: I'm ill today"."""
TURN = make_regex(r",? (?:and )?(?=(?:ask|suggest|propose|thank|apologi[sz]e|request|offer)\b)")
"""Where a sentence continues with what the letter has to do."""


def split_head(sentence: str) -> list[str]:
    """Return the parts of the text after a colon in the first sentence."""
    head = HEAD.match(sentence)
    return TURN.split(sentence[head.end() :]) if head else []


MAX_SUBJECT = 60
CLAUSE_END = make_regex(r"[,.;:!?]|\s(?:because|since|and|but|so|until|after|before)\s")


def name_subject(statements: tuple[str, ...]) -> str:
    """Return the beginning of the first statement as a subject; empty without one."""
    clause = CLAUSE_END.split(statements[0], maxsplit=1)[0] if statements else ""
    words = clause.split()
    while len(" ".join(words)) > MAX_SUBJECT:
        words.pop()
    return " ".join(words)


def says_itself(sentence: str) -> bool:
    """Return whether a letter says a sentence as it is."""
    if ABOUT_TEXT.match(sentence) or NOT_SAID.match(sentence) or sentence.endswith("?"):
        return False
    return STATEMENT.match(sentence) is not None


def read_wish(sentence: str) -> str:
    """Return the sentence for something that the letter has to do; empty for others."""
    for pattern, said in COMPILED:
        if match := pattern.match(sentence):
            return fill_wish(match, said)
    return ""


def fill_wish(match: re.Match[str], said: str) -> str:
    groups = match.groupdict()
    what = address_reader(groups.get("rest") or groups["what"]).strip(" ,")
    if name := groups.get("name"):
        return f"The {name.lower()}: {what}."
    return end_sentence(said.format(what))


def address_reader(text: str) -> str:
    """Return a text about a person as one to that person: "she sent me" → "you sent me"."""
    return re.sub(
        r"\b(?:she|he|they|him|them|his|their)\b",
        lambda match: PRONOUNS[match[0]],
        text,
    )


def end_sentence(text: str) -> str:
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."
