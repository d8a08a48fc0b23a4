"""What letters and e-mails say: the opening for a purpose, and sentences that fit most of them."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.letter_purposes import find_purpose_sentences
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.topics import SIZE

OPENINGS = (
    (r"who (?:wants|would like|needs) (?P<what>.+)", "I would like {}."),
    (
        r"whose (?P<what>.{6,}?)(?= and (?:offer|ask|apolog|explain|include)|$)",
        "I am writing because your {}.",
    ),
    (
        r"to (?:convince|persuade|encourage|motivate) [^.\n]{2,80}? to (?P<what>.+)",
        "I would like to ask you to {}.",
    ),
    (
        r"to inform (?:(?:our|my|the|all) )?[a-z]+ (?:of|about) (?P<what>.+)",
        "I am writing to tell you about {}.",
    ),
    (
        r"seeking (?P<what>.+)",
        "I would like to ask for {}.",
    ),
    (
        r"(?:saying|to say|to wish (?:her|him|them)(?: an?)?) (?P<what>(?:happy|merry|congrat\w*"
        r"|good luck|hello|thanks?(?: you)?)\b.*)",
        "I just wanted to say {}!",
    ),
    (
        r"(?:saying|to say|to let (?:\w+ ){1,3}know)(?: that)?"
        r" (?P<what>(?:the|my|your|our|his|her|their|there|i|we|it|i['’]\w+|we['’]\w+) .+)",
        "I am writing because {}.",
    ),
    (
        r"(?:application|apply(?:ing)?|applied) as (?:an? |the )?(?P<what>.+)",
        "I am writing to apply for the position of {}.",
    ),
    (
        r"(?:because|that) (?P<what>(?:the|my|our|his|her|their|i|we|i['’]\w+|we['’]\w+) .+)",
        "I am writing because {}.",
    ),
    (
        r"asking (?:him|her|them|you|my \w+|the \w+)? ?to (?P<what>.+)",
        "I would like to ask you to {}.",
    ),
    (r"(?:asking|to ask|ask|asks) about (?P<what>.+)", "I would like to ask about {}."),
    (
        r"(?:asking|requesting|request|ask|asks)(?: for)? (?P<what>.+)",
        "I would like to ask for {}.",
    ),
    (
        r"(?:offering|selling|promoting|pitching|introducing|presenting|to (?:offer|sell|promote"
        r"|pitch|introduce)) (?P<what>(?:our|my|an?|the|[A-Z]\w+) .+?)(?= to [a-z]|$)",
        "I would like to introduce {}.",
    ),
    (r"(?:announcing|to announce|announces) (?P<what>.+)", "I am happy to announce {}."),
    (
        r"invitation (?:\w+ ){0,4}?for (?P<what>(?:an?|the|our|my|her|his) .+)",
        "I would like to invite you to {}.",
    ),
    (r"inviting (?:\w+ ){1,4}?to (?P<what>.+)", "I would like to invite you to {}."),
    (r"(?:apologi[sz]ing|to apologi[sz]e)(?: to \w+)? for (?P<what>.+)", "I am sorry for {}."),
    (
        r"(?:apology|sorry) (?:(?:note|card|text|letter|message|e-?mail) )?(?:to [^,.]{2,40}? )?"
        r"for (?P<what>.+)",
        "I am sorry for {}.",
    ),
    (r"(?:thanking|to thank)(?: \w+){0,3}? for (?P<what>.+)", "Thank you very much for {}."),
    (r"(?:complaining|to complain) about (?P<what>.+)", "I am writing to complain about {}."),
    (
        r"(?:reminding|to remind) (?:\w+ ){0,3}?(?:about|of) (?P<what>.+)",
        "This is a friendly reminder of {}.",
    ),
    (
        r"(?:thank[- ]you|thanks) (?:note|card|letter|message|e-?mail)(?: to [^,.]{2,40}?)?"
        r" for (?P<what>(?!(?:my|our|the) (?:[a-z]+ )?(?:teacher|coach|boss|manager|neighbou?rs?"
        r"|friends?|mom|mum|mother|dad|father|parents|grand\w+|doctor|nurse|colleagues?|team|hosts?"
        r"|professor|mentor|tutor|client|customers?|sister|brother|aunt|uncle|staff)\b(?! for)).+)",
        "Thank you very much for {}.",
    ),
    (r"applied for (?P<what>.+)", "Thank you for your application for {}."),
    (r"(?:declining|to decline) (?P<what>.+)", "Unfortunately I have to decline {}."),
    (r"(?:confirming|to confirm) (?P<what>.+)", "I would like to confirm {}."),
    (
        r"(?:applying for|application for|cover letter for|letter for) (?P<what>(?:an?|the) .+)",
        "I am writing to apply for {}.",
    ),
    (
        r"(?:to|and) (?P<what>(?:schedule|arrange|set up|discuss|propose|cancel|postpone"
        r"|reschedule|order|offer|share|introduce|report|inform|check|request|ask for|book|plan"
        r"|update|recommend) .+)",
        "I would like to {}.",
    ),
    (r"recommendation (?:letter )?for (?P<what>.+)", "I am pleased to recommend {}."),
    (r"(?:about|regarding|concerning) (?P<what>.+)", "I am writing about {}."),
)
KINDS = {
    "thank[- ]you": ("Thank you very much for your time and your help.", "thank you"),
    "apology": ("I am sorry for the trouble that this has caused.", "our apology"),
    "resignation": ("I am writing to resign from my position.", "my resignation"),
    "recommendation": ("I am writing to recommend a valued colleague.", "a recommendation"),
    "welcome": ("Welcome! We are very glad that you are here.", "welcome"),
    "follow[- ]?up": ("I am writing to follow up on our last conversation.", "following up"),
    "rejection": (
        "Thank you for the interview. Unfortunately we cannot make you an offer.",
        "your application",
    ),
    "invitation": ("I would like to invite you.", "an invitation"),
    "reminder": ("This is a friendly reminder.", "a reminder"),
    "complaint": ("I am writing to complain about a problem.", "a complaint"),
    "cold|sales|marketing|promotional": (
        "I would like to show you what we can do for you.",
        "an offer",
    ),
}
KIND = make_regex(
    rf"\b(?:{'|'.join(f'({kind})' for kind in KINDS)}) (?:\w+ )?(?:letter|e-?mail|note"
    rf"|message)\b",
    re.I,
)
KIND_AFTER = make_regex(r"\b(letter|e-?mail|note|message) of ([a-z-]{4,20})\b", re.I)
STATED = make_regex(
    r"(?:[,.;(–—]|\b(?:and|mention(?:ing)? that|that))\s{1,2}((?:my |the |our )?(?!it|he|she|this"
    r"|that|there|tone|style|length|format)[a-z]+(?: [a-z]+)? (?:is|are|will be|starts"
    r"|ends) [^,.;\n()]{2,60})"
)
"""A fact that the letter has to say: "my last day is 31 August"."""
COMPILED = [(make_regex(rf"\b{pattern}", re.I), text) for pattern, text in OPENINGS]
CLOSINGS = (
    "I look forward to hearing from you.",
    "Thank you for your time and your support.",
    "Please let me know if this works for you.",
)
SENTENCES = (
    "I would be glad to give you more details.",
    "A short reply by the end of the week would help me to plan.",
    "If you have any questions, I am happy to answer them.",
    "Feel free to call me if that is easier.",
    "I have thought about it carefully, and I believe that it is the right step.",
)
HEAD = make_regex(
    r"^.*?\b(?:e-?mails?|letters?|message|mail)\b(?:\s(?:to|for)\s[^,.\n]{1,50}?(?=\swho\b"
    r"|\sabout\b|\sthat\b|\sbecause\b|\sregarding\b|[.,\n]|$))?",
    re.I | re.S,
)
NUMBERED_THING = make_regex(
    r"\b((?:the |their |our |an? )?(?!(?:is|are|was|on|in|at|by|from|until|for|to|of)\b)[a-z]+"
    r" #?[A-Z-]{0,6}\d[\w-]*)"
)
SIGNED = make_regex(
    r"\b(?i:my name is|use (?:my|the) name,?|sign(?:ed)?(?: it)?(?: off)?(?: (?:as|with|by))?"
    r"|(?<=[.!?] )from|sign-?off (?:from|as|by|with)|from (?:an? )?(?:[\w-]+ ){0,5}?named"
    r"|signature:?) [(]?[\"'“‘]?((?:[A-Z]\. ?){0,2}[A-Z]\w+(?: [A-Z]\w+)?)(?=[\"'”’.,;!)\n]|\s*\Z"
    r"| (?:who|that|and)\b)"
)
ADDRESSED = make_regex(
    r"\b(?:your|my) (?:boss|manager|supervisor|teacher|colleague|friend)'s\b", re.I
)
"""The person to whom the letter goes, in words about them."""
PAST_DEED = make_regex(
    r"\b(?:she|he|they)(?= (?:\w{2,10}ed|sent|gave|made|brought|bought|did|took|wrote|got|lent"
    r"|taught|found|left|paid|baked|knitted|showed|held|sang|drove)\b)"
)
"""Who did something for which a letter thanks: "the scarf she sent me"."""
PRONOUNS = {"him": "you", "her": "you", "them": "you", "his": "your", "their": "your"}


LENGTH_BEHIND = make_regex(
    r",? (?:in |of |with )?(?:about |around |~)?\d{2,4}[- ]words?\s*\Z", re.I
)
"""The length of a letter behind its subject: ", 120 words"."""


def find_purpose(text: str) -> tuple[str, str]:
    """Return the first sentence of a letter, and what it is about in a few words."""
    text = SIZE.sub("", KIND_AFTER.sub(r"\2 \1", text))
    sentence = re.split(r"[.!?:](?:\s|$)|\n", TITLES.sub(r"\1", text))[0]
    for pattern, opening in COMPILED:
        if match := pattern.search(sentence):
            what = LAYOUT.split(match["what"])[0]
            is_told = opening == BECAUSE
            what, _, asked = what.partition(", ask for ") if is_told else (what, "", "")
            what = (
                (MANNER if is_told else SETTING).split(LENGTH_BEHIND.sub("", what))[0].strip(" ,:;")
            )
            if len(what) > 2:
                more = f" I would like to ask for {asked.strip(' .')}." if asked else ""
                return opening.format(turn_pronouns(what)) + more, turn_pronouns(what)
    rest = HEAD.sub("", sentence).strip(" ,:;")
    if numbered := NUMBERED_THING.search(rest):
        return f"I am writing about {numbered[1]}.", numbered[1]
    if kind := KIND.search(sentence):
        return list(KINDS.values())[(kind.lastindex or 1) - 1]
    return "", ""


BECAUSE = "I am writing because {}."
SETTING = make_regex(r",? (?:with|in|using) (?:an?|the|\d)\b|\(")
MANNER = make_regex(
    r",? (?:with|in|using) (?:an? |the |\d{1,3} )?(?:\w+ )?(?:tone|style|manner|words|sentences"
    r"|lines|paragraphs|format|subject|greeting)\b|\(",
    re.I,
)
"""How a letter should be, behind what it says."""


def find_stated(text: str) -> str:
    """Return the fact that a letter has to say as a sentence; empty without one."""
    match = STATED.search(text[:1500])
    if match is None:
        return ""
    fact = match[1].strip()
    fact = fact if re.match(r"(?:my|the|our)\b", fact, re.I) else f"my {fact}"
    return f"{fact[:1].upper()}{fact[1:]}."


LAYOUT = make_regex(
    r",\s(?:very )?(?:formal|informal|polite|short|brief|friendly)\W*\Z|,\s(?:\d{1,2}|two|three"
    r"|four) (?:short )?(?:paragraphs|sentences|lines)\b.*|;|,? (?:and )?(?:sign(?:ed)?"
    r"|subject line|include|keep|make it|use|tone|max|under|no more|formal|polite|short) .*",
    re.I | re.S,
)
"""What a prompt says about a letter after its purpose."""
TITLES = make_regex(r"\b(Mrs?|Ms|Dr|Prof)\.")
SENDER = make_regex(
    r"\b(?:best|regards|thanks|cheers|sincerely|best wishes),?\s+([A-Z]\w+)[\s\w.]{0,40}\Z", re.I
)


def find_sender(text: str) -> str:
    """Return who signed a given message: the reply goes to them."""
    match = SENDER.search(text[-400:])
    return match[1] if match else ""


def turn_pronouns(text: str) -> str:
    """Return a text about a person as a text to that person: "his" → "your"."""
    text = PAST_DEED.sub("you", ADDRESSED.sub("your", text))
    return re.sub(r"\b(?:him|them|his|their)\b", lambda match: PRONOUNS[match[0].lower()], text)


def find_signature(question: Question) -> str:
    """Return the name with which the prompt signs; empty if it names none."""
    match = SIGNED.search(question.prompt[:3000]) or SIGNED_AS.search(question.prompt[:3000])
    match = match or SIGNED_ABROAD.search(question.prompt[:3000])
    return match[1] if match else ""


SIGNED_ABROAD = make_regex(
    r"\b(?:[Mm]ein Name ist|[Ii]ch heiße|[Jj]e m'appelle|[Mm]on nom est|[Mm]e llamo"
    r"|[Mm]i nombre es|[Mm]i chiamo"
    r"|[Ii]l mio nome è|[Mm]eu nome é|[Mm]e chamo|[Mm]ijn naam is|[Ii]k heet|[Nn]azywam się"
    r"|[Ss]igne[zr]?|[Ff]irm[ae]|[Aa]ssin[ea]|[Uu]nterschreib\w*|[Uu]nterzeichn\w*|[Oo]nderteken\w*"
    r"|[Pp]odpisz)"
    r":?(?: (?:avec|con|com|mit|als|como|come|met|de|du|le|el|il|o|nom|nombre|nome|dem|Namen|naam"
    r"|jako))*"
    r" ([A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,2})"
)
"""The name with which a prompt in another language signs: "Signe avec le nom Camille Durand"."""
SIGNED_AS = make_regex(
    r"\b[Ss]ign(?:ed)?(?: it)?(?: off)? (?:as|with|by) (?:the )?([\w' ]{2,40}?)(?=[.,;\n]|\s*\Z)"
)
"""A group that signs: "Sign as the Acme support team"."""


REJECTION = make_regex(r"\breject\w*|\brefusal\b|\bdecline\b", re.I)
REJECTS = (
    "Unfortunately we have decided to continue with other candidates.",
    "This was not an easy decision.",
    "We thank you for your interest and wish you all the best.",
)


def write_polite_sentences(question: Question, count: int) -> list[str]:
    """Return sentences that fit most letters; the seed says which."""
    if REJECTION.search(question.instruction) and count == len(REJECTS):
        return list(REJECTS)
    own = find_purpose_sentences(question.instruction)
    if count <= len(own):
        return [*own[: count - 1], own[-1]]
    start = question.random.draw_below(len(SENTENCES))
    middle = [SENTENCES[(start + at) % len(SENTENCES)] for at in range(count - 1)]
    return [*middle, CLOSINGS[start % len(CLOSINGS)]]
