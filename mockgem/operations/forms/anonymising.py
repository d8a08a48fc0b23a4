"""Given texts without personal data: names, addresses and numbers become placeholders."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.name_words import list_names
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

WISH = make_regex(
    r"\b(?:blank out|anonymi[sz]e|pseudonymi[sz]e|de-?identify|redact|mask|censor|scrub|black out"
    r"|anonymisiere|schwärze|anonimiza|anonimice|anonymise[rz]?|anonimizza)\b"
    r"|\b(?:replace|remove|hide|strip|ersetze|reemplaza|remplace[rz]?|sostituisci)\b[^.\n]{0,40}"
    r"\b(?:names?|e-?mails?|numbers?|digits?|phone|personal (?:data|information|details)|pii"
    r"|personenbezogene\w*"
    r"|namen|nombres|noms|nomi)\b",
    re.I,
)
PROGRAMS = make_regex(r"\b(?:function|script|code|regex|sql|column|json)\b", re.I)
NAMES, EMAILS, PHONES, DATES, PLACES, ACCOUNTS = "NAME EMAIL PHONE DATE ADDRESS NUMBER".split()
PATTERNS = (
    (EMAILS, make_regex(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,6}")),
    (ACCOUNTS, make_regex(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}\b|\b(?:\d{4}[ -]){3}\d{4}\b")),
    (ACCOUNTS, make_regex(r"\b\d{3}-\d{2}-\d{4}\b")),
    (
        DATES,
        make_regex(
            r"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b"
            r"|\b\d{1,2}(?:st|nd|rd|th|\.)? (?:January|February|March|April|May|June|July|August"
            r"|September|October|November|December)(?: \d{4})?\b",
        ),
    ),
    (
        PLACES,
        make_regex(
            r"\b\d{1,5} (?:[A-Z][\w'.-]+ ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Square"
            r"|Way)\b|\b[A-ZÄÖÜ][\wäöüß]+(?:straße|strasse|weg|gasse|platz|allee) \d{1,4}[a-z]?\b"
        ),
    ),
    (
        PHONES,
        make_regex(
            r"\(\d[\d ./-]{5,16}\d\)|(?<![\w-])(?!\d{1,2}[./]\d{1,2}[./]\d{2,4}(?!\d)"
            r"|\d{4}-\d\d-\d\d)\+?\(?\d[\d ()./-]{6,18}\d(?![\w-])"
        ),
    ),
)
WORDS = (
    (NAMES, make_regex(r"\b(?:names?|people|persons?|namen|nombres?|noms?|nomi)\b", re.I)),
    (EMAILS, make_regex(r"\b(?:e-?mails?|mails?|correos?|courriels?)\b", re.I)),
    (
        PHONES,
        make_regex(r"\b(?:(?:tele)?phones?|telefon\w*|teléfonos?|téléphones?|mobiles?)\b", re.I),
    ),
    (DATES, make_regex(r"\b(?:dates?|birthdays?|daten|fechas?)\b", re.I)),
    (PLACES, make_regex(r"\b(?:address(?:es)?|adressen?|direcci\w+|adresses?|streets?)\b", re.I)),
    (ACCOUNTS, make_regex(r"\b(?:ibans?|accounts?|cards?|ssn|ids?|account numbers?)\b", re.I)),
)
BY_DEFAULT = frozenset((NAMES, EMAILS, PHONES, PLACES, ACCOUNTS))
PLACEHOLDER = make_regex(
    r"\b(?:with|by|as|to|use|using|durch|mit|por|con|par|da) (?:the (?:placeholder|tag|word"
    r"|token) )?"
    r"[\"'“`]?([\[<({]{0,2}(?:[A-Z_X]{2,20}\d?|[*#█x_]{2,8})[\])>}]{0,2})[\"'”`]?"
)
"""What stands for a value: "with [NAME]"."""
NOT_NAMES = frozenset("Please Hello Hi Dear Thanks Regards I We The My Our It".split())


@form(
    "anonymised text",
    "Anonymize this text: Nora Lind called from +47 22 12 34 56.",
    words="blank anonymize anonymise pseudonymize pseudonymise de deidentify redact mask censor"
    " scrub black anonymisiere schwärze anonimiza anonimice anonymisez anonimizza replace remove"
    " hide"
    " strip ersetze reemplaza remplace sostituisci",
    about="the given text with placeholders for names, addresses and numbers",
)
def anonymise(question: Question) -> str | None:
    text, wish = question.material or question.prompt.partition(": ")[2], question.wish
    if not question.material and WISH.search(question.stated_system):
        text = question.prompt
    if not text or not WISH.search(wish) or PROGRAMS.search(wish):
        return None
    marks = find_marks(wish)
    if INITIALS.search(wish):
        for name in sorted(list_people(text), key=len, reverse=True):
            text = text.replace(name, "".join(f"{part[0]}." for part in name.split()))
        return text
    if ANY_NUMBER.search(wish):
        return re.sub(r"\d+(?:[-.,:]\d+)*", next(iter(marks.values()), "#"), text)
    for kind, pattern in PATTERNS:
        if kind in marks:
            text = pattern.sub(marks[kind], text)
    if NAMES in marks and (lettered := LETTERED.search(wish)):
        for at, name in enumerate(list_people(text)):
            text = text.replace(name, f"{lettered[1]} {chr(65 + at)}")
        return TITLES.sub("", text)
    if NAMES in marks:
        for name in sorted(list_people(text), key=len, reverse=True):
            text = re.sub(rf"(?<![\w\[<]){re.escape(name)}(?![\w\]>])", marks[NAMES], text)
    return text


INITIALS = make_regex(r"\binitials\b|\binitialen\b|\biniciales\b", re.I)
ANY_NUMBER = make_regex(r"\b(?:every|all|any|each) (?:the )?(?:numbers?|digits?)\b", re.I)


LETTERED = make_regex(r"\b(Person|Client|Patient|Customer|User|Speaker|Participant|Party) A\b")
TITLES = make_regex(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof)\.? (?=(?:Person|Client|Patient|Customer|User"
    r"|Speaker|Party) [A-Z]\b)"
)


def find_marks(wish: str) -> dict[str, str]:
    """Return the placeholder of each kind of value that a prompt wants to have replaced."""
    named = {kind: match.end() for kind, words in WORDS if (match := words.search(wish))}
    found = [(match.end(), match[1]) for match in PLACEHOLDER.finditer(wish)]
    marks = {}
    for kind in named or BY_DEFAULT:
        later = [mark for at, mark in found if at > named.get(kind, 0)]
        mark = later[0] if later else found[-1][1] if found else f"[{kind}]"
        marks[kind] = mark if mark[0] in "[<({" else mark.rstrip("])>}")
    return marks


def list_people(text: str) -> list[str]:
    """Return the names in a text, without words that only begin a sentence."""
    found = []
    for name in list_names(text):
        words = name.split()
        while words and (words[0] in NOT_NAMES or VERB_START.match(words[0])):
            words = words[1:]
        single_start = len(words) == 1 and re.search(
            rf"(?:\A|[.!?\n]\s{{0,3}}){re.escape(name)} (?:the|a|an|your|our|my|to|us|me)\b", text
        )
        if words and not single_start:
            found.append(" ".join(words))
    return found


VERB_START = make_regex(
    r"(?:Call|Write|Contact|Send|Ask|Meet|Reach|Email|Patient|Customer|Client|Order|Invoice|Mr|Mrs"
    r"|Ms|Dr)\Z"
)
