"""Replies that the system instruction dictates: for every message, or for those off its subject."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.repeating import MARKS, QUOTED, SAY
from mockgem.operations.generators.prompt_analysis import is_greeting
from mockgem.operations.generators.word_stems import extract_stems

ALWAYS = make_regex(
    r"\b(?:whatever|no matter what|regardless of|always|every|each|any|all|only ever"
    r"|only (?:say|answer|reply|respond)|(?:say|answer|reply|respond) only|never say"
    r" anything (?:but|except|other than)|immer|egal was|siempre|toujours|sempre)\b",
    re.I,
)
STANDING = make_regex(
    rf"\b{SAY}s?\b(?: back| to me)?(?: to)?(?: (?:each|every|any|all|my|the) \w+(?: \w+)?)?"
    r"(?: with|mit| con| par| com)?(?: exactly| only| just| simply| nothing but| anything (?:but"
    r"|except|other than))?(?: with)?(?: the)?(?: (?:single|exact|following|fixed|same))?"
    r"(?: (?:word|words|phrase|text|string|sentence|message|token|reply|answer))?[:,]?\s+"
    rf"(?:{QUOTED}|(?-i:(?!(?:IN|WITH|AS|ONLY|USING|TO|THE|IF|AND|A|AN"
    rf"|ALL)\b)([A-Z][A-Z_0-9!-]{{1,20}})\b))(?=[.!]?\s*(?:\Z|\n|(?-i:[A-Z]))"
    r"|,? (?:no matter|regardless|whatever|and nothing|and never|without|nothing else))",
    re.I,
)
GREETS = make_regex(
    rf"\b(?:greet|welcome|start|begin|open)\b[^.\n\"“]{{0,80}}[:,]? {QUOTED}"
    rf"|\b(?:says? (?:hello|hi)|greets?)\b[^.\n\"“]{{0,60}}[:,]? {QUOTED}",
    re.I,
)
"""The words with which a system instruction wants users to be greeted."""
OFFERS = make_regex(r"\bask\b[^.\n]{0,20}\b(?:how|what) you can\b|\boffer (?:your )?help\b", re.I)
UNCONDITIONAL = make_regex(
    rf"(?:\A|[.!?:\n])\s{{0,3}}(?:(?:please|just|simply|you (?:must|should|will|only)) )?{SAY}"
    r"(?: to (?:it|them|everything|this|that|the \w+))?(?: with)?"
    r"(?: exactly| only| just| nothing but| precisely| simply){1,3}(?: with)?"
    r"(?: (?:this|these|the|one|a)(?: (?:single|exact|following|fixed))?"
    r" (?:word|words|phrase|text|string|sentence|message|token|line)\b)?[:,]?\s{1,3}"
    rf"(?:{QUOTED}|(?<=word )([\w!-]{{1,30}})|(?<=(?:string|phrase) )([\w!-]{{1,30}})"
    r"|(?<=(?:token) )([\w!-]{1,30}))[.!]?\s{0,3}(?:\Z|\n|(?-i:(?=[A-Z]))"
    r"|(?=,? (?:and|without|nothing)\b))",
    re.I,
)
"""A command of a system instruction that holds for all: "Reply with exactly the word pong."."""
EXCEPT = make_regex(
    r"\b(?:if|when|unless|otherwise|except|in case|end|start|begin|first|finish|wenn|falls|si"
    r"|se)\b",
    re.I,
)


@form(
    "standing reply",
    needs="system",
    about="the words that the system instruction dictates for every message",
)
def reply_always(question: Question) -> str | None:
    """Return what "Whatever the user says, respond with ACK." dictates."""
    system = question.stated_system
    greeting = GREETS.search(system) if system and is_greeting(question.prompt) else None
    if greeting is not None and not question.earlier:
        words = str(next(filter(None, greeting.groups()))).strip()
        return f"{words} How can I help you?" if OFFERS.search(system) else words
    if not system:
        return None
    if (fixed := UNCONDITIONAL.search(system[:3000])) and not EXCEPT.search(system):
        words = str(next(filter(None, fixed.groups()))).strip(MARKS)
        if words.lower() not in FORMATS:
            return words
    if ALWAYS.search(system) is None:
        return None
    for match in STANDING.finditer(system[:3000]):
        start = max(system.rfind(mark, 0, match.start()) for mark in ".\n!?") + 1
        sentence = system[start : match.end()]
        words = str(next(filter(None, match.groups()))).strip(MARKS)
        is_dictated = ALWAYS.search(sentence) and words.lower() not in FORMATS
        if is_dictated and not EXCEPT.search(system[start : match.start()]):
            return words
    return None


FORMATS = frozenset("html json xml yaml csv markdown sql code javascript python svg latex".split())
"""Languages in which a reply is written: their names are not what it says."""
OFF_SUBJECT = make_regex(
    r"(?:\b(?:bei|wenn|falls|sofern|si|cuando|se|quando)\b[^.\n]{0,100}?\b(?:nichts? (?:mit|zu)"
    r"|nicht (?:über|um|zu)"
    r"|andere[nrs]? (?:themen|fragen)|außerhalb|no (?:sea|sean|está|tiene|trata)|otro tema|otra "
    r"cosa|ne (?:concerne"
    r"|porte)|pas (?:en rapport|liée?)|autre sujet|altro argomento|non riguarda)\b"
    r"|\b(?:if|when|for)\b[^.\n]{0,80}?\b(?:not (?:about|related|relevant|connected|concerning|in"
    r"|a|an)|isn['’]t (?:about|related|relevant)|unrelated|off[- ]topic|outside|out of scope"
    r"|(?:any|some|every)thing (?:else|other)|other (?:topics?|questions?|subjects?|matters?)"
    r"|does(?: not|n['’]t) (?:concern|relate|involve)|irrelevant)\b|\botherwise\b|\bto (?:any|all)"
    r" other\b|\b(?:refuse|decline)\b)[^.\n]{0,80}?"
    rf"\b{SAY}\b(?: politely)?(?: only| just| exactly| simply)?(?: with| that)?(?: only| exactly"
    rf"| just)?(?: the (?:phrase|sentence|message|text|words?))?"
    rf"(?:[:,]?\s{{0,3}}{QUOTED}|: ((?-i:[A-Z])[^\n\"“]{{6,160}}[.!]))",
    re.I,
)
SUBJECTS = (
    "bank banks banking card account transfer loan mortgage payment credit debit interest savings"
    " money balance iban atm finance financial invest stock tax",
    "recipe recipes cook cooking bake baking oven pasta chicken soup cake dish ingredient kitchen"
    " food meal dinner chef cuisine vegetable rice bread",
    "weather rain sunny forecast temperature snow storm wind wetter regen clima météo tempo",
    "football soccer match team goal league player cup tennis basketball sport sports olympic won",
    "joke funny poem poetry song lyrics rhyme story haiku riddle novel",
    "python javascript java code coding program programming function bug algorithm sql script"
    " software developer compile api rust html",
    "math maths mathematics algebra geometry equation integral derivative fraction multiply plus"
    " calculus triangle",
    "president election minister government politics parliament vote senator party",
    "capital country population continent river mountain geography city ocean flag border",
    "movie film actor series cinema director netflix oscar",
    "flight hotel trip travel booking luggage airport visa destination itinerary tour vacation",
    "doctor medicine symptom headache fever disease pill health medical patient vaccine",
    "garden gardening plant plants soil flower seed prune tomato compost lawn",
    "dog cat pet pets puppy kitten veterinary vet leash",
    "history war century empire king queen ancient revolution medieval",
    "bike bicycle cycling fahrrad fahrräder fahrrädern rad räder bicicleta vélo bicicletta",
    "car engine tyre tire brake vehicle motor fuel driving",
    "order parcel delivery refund return shipping shop store product warranty customer invoice",
    "law legal lawyer contract court lawsuit attorney",
    "internet wifi router modem phone signal subscription broadband sim",
    "exercise workout gym fitness muscle yoga running training squat",
    "school homework teacher exam student essay grammar vocabulary spelling",
    "physics chemistry biology photosynthesis atom molecule planet gravity cell energy",
)
FAMILIES = tuple(extract_stems(words) for words in SUBJECTS)
"""Words of the same subject."""
PRICES = extract_stems("price prices pricing cost costs fee fees expensive cheap discount")


ABOUT_SUBJECT = make_regex(
    r"\b(?:if|when)(?:ever)? (?:the |a |any )?(?:users?|customers?|people|someone|somebody|they"
    r"|asked|you are asked|you['’]re asked|anyone)(?: (?:ask|asks|talk|talks"
    r"|write|writes|want|wants))?(?: (?:you )?(?:about|for"
    r"|regarding))+ ([^.\n\"“]{3,120}?), ?(?:only |then |just |please |politely )*"
    rf"\b{SAY}\b(?: only| just| exactly)?(?: with)?(?: that)?[:,]?\s{{0,3}}{QUOTED}",
    re.I,
)


@form(
    "dictated answer to a subject",
    needs="system",
    about='the words that the system instruction dictates for a subject: "If users ask about'
    ' prices"',
)
def answer_subject(question: Question) -> str | None:
    """Return what "If users ask about prices, reply with “…”" dictates for a message about them."""
    if not question.system or "if " not in question.system.lower() + "when ":
        return None
    asked = extract_stems(question.prompt[:600])
    for match in ABOUT_SUBJECT.finditer(question.system[:4000]):
        subject = extract_stems(match[1])
        known = [family for family in (*FAMILIES, PRICES) if family & subject]
        if asked & subject or any(asked & family for family in known):
            return str(next(filter(None, match.groups()[1:]))).strip()
    return None


@form(
    "refusal of another subject",
    needs="system",
    about="the words that the system instruction dictates for questions about other subjects",
)
def refuse_other_subject(question: Question) -> str | None:
    """Return what "If the question is not about banking, say “…”" dictates for other questions."""
    system = question.stated_system[:4000]
    match = OFF_SUBJECT.search(system) if MARKED.search(system) else None
    if match is None:
        return None
    about = extract_stems(system.replace(next(filter(None, match.groups())), " "))
    return next(filter(None, match.groups())).strip() if is_off(question.prompt, about) else None


REFUSES = make_regex(
    r"\bif (?:the |a |any )?(?:users?|customers?|people|someone|they) asks?(?: you)? (?:for|about)"
    r" ([^,.\n]{3,80}), (?:please |always |then )?(?:politely )?(?:refuse|decline|say no)\b"
    r"|\b(?:never|do not|don['’]t|must not|are not allowed to|refuse to|cannot)"
    r" (?:ever )?(?:give|provide|offer|discuss|answer questions about|talk about|help with)"
    r" (?:any )?((?:medical|legal|financial|tax|investment|political|religious)"
    r" (?:advice|topics|questions|opinions|matters)|politics|religion|competitors|prices)\b",
    re.I,
)
SENSITIVE = (
    ("medical", "dose ibuprofen aspirin pill symptom headache fever pain rash doctor medicine"),
    ("legal", "sue lawsuit contract court lawyer landlord divorce rights legal illegal"),
    ("financial", "invest stock shares crypto bitcoin savings mortgage loan pension fund"),
    ("investment", "invest stock shares crypto bitcoin savings fund"),
    ("tax", "tax deduct income return"),
    ("politic", "president election vote party government minister politics"),
)


@form(
    "refusal of a subject",
    needs="system",
    about="a polite refusal, if the message is about what the system instruction excludes",
)
def refuse_subject(question: Question) -> str | None:
    match = REFUSES.search(question.stated_system[:4000]) if question.stated_system else None
    if match is None or question.language != "en":
        return None
    subject = (match[1] or match[2]).lower().strip()
    asked = extract_stems(question.prompt[:1000])
    wanted = extract_stems(subject)
    known = [extract_stems(words) for name, words in SENSITIVE if name in subject]
    families = [family for family in FAMILIES if family & wanted]
    if not (asked & wanted or any(asked & words for words in (*known, *families))):
        return None
    return f"I'm sorry, but I can't help with {subject}."


MARKED = make_regex("[\"'“`«:]")


def is_off(prompt: str, about: frozenset[str]) -> bool:
    """Return whether a message is about a known subject that a system instruction is not about."""
    asked = extract_stems(prompt[:1000])
    if asked & about:
        return False
    known = [family for family in FAMILIES if family & asked]
    return bool(known) and not any(family & about for family in known)
