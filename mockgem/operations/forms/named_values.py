"""Names of a text for fields of an object: who sends it, which company, which place."""

from __future__ import annotations

import re

from mockgem.operations.forms.field_cues import list_cues
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.named_patterns import NAME, search_named
from mockgem.operations.forms.text_candidates import ORGANISATION, Candidate, Candidates

PERSON = (
    r"((?:(?:Mr|Mrs|Ms|Dr|Prof|Herr|Frau)\.? )?[A-ZÀ-ÞĀ-Ž][\w'’-]+"
    r"(?: (?:(?:de|van|von|der|da|la) ){0,2}[A-ZÀ-ÞĀ-Ž][\w'’-]+){0,3})"
)
INTRODUCED = make_regex(
    rf"(?:\b(?:[Mm]y name is|[Nn]ame is|I am|I['’]m|[Tt]his is|[Mm]ein Name ist|[Ii]ch hei(?:ß|ss)e"
    rf"|[Ii]ch bin|[Hh]ier ist|[Ss]oy|[Mm]e llamo|[Mm]i nombre es|[Jj]e suis|[Mm]on nom est"
    rf"|[Mm]i chiamo|[Ss]ono|[Mm]eu nome é|[Mm]e chamo)|[Jj]e m['’]appelle) {PERSON}"
)
HEADER = make_regex(rf"^(?:From|Von|De|Da|Absender|Sender): ?[\"']?{PERSON}", re.M)
SIGNED = make_regex(
    rf"\b(?:[Rr]egards|[Bb]est(?: wishes)?|[Ss]incerely|[Cc]heers|[Tt]hanks?(?: you)?|[Ww]ishes"
    rf"|Grü(?:ß|ss)en?|[Ss]aludos|[Cc]ordialement|[Gg]racias|[Mm]erci|[Dd]anke),?\s{{1,4}}{PERSON}"
    r"(?=\s*(?:[\n,|]|\Z|[\"”]|[.]?\s*\Z))"
)
JOB_TITLE = make_regex(
    r"\b(?:Manager|Director|Engineer|Officer|President|Developer|Designer|Analyst|Consultant"
    r"|Accountant|Teacher|Professor|Architect|Specialist|Assistant|Nurse|Scientist|Administrator"
    r"|Coordinator|Representative|Executive|Lead|Intern|Editor|Technician|Department|Team)\b"
)
SENDERS = frozenset(
    "sender customer contact client name full from remitente absender caller applicant guest author"
    " user nombre nom nome person requester reporter tenant expediteur kunde".split()
)
HOUSE_KEY = make_regex(r"hotel|restaurant|venue|café|cafe|bar")
HOUSE = make_regex(
    r"\b(?:Hotel|Hostel|Restaurant|Ristorante|Trattoria|Pizzeria|Osteria|Café|Cafe|Bistro|Gasthaus"
    r"|Gasthof)"
    r" [A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,2}|\b[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?"
    r" (?:Hotel|Inn|Resort)\b"
)
DOCTORS = frozenset("doctor physician arzt doctora médico doc".split())
DOCTOR = make_regex(r"\b(?:Dr|Prof)\.? (?:med\. )?[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?")
PATIENTS = frozenset("patient paciente".split())
HANDLE = make_regex(r"^(@\w{2,30}):", re.M)
RECIPIENTS = frozenset(
    "recipient receiver addressee empfänger empfaenger destinatario destinataire to".split()
)
AGENT = make_regex(
    rf"^(?:Agent|Support|Representative|Operator):[^\n]{{0,120}}?\b(?:this is|my name is|I am"
    rf"|I['’]m|,) {PERSON}",
    re.M | re.I,
)
ADDRESSED = make_regex(
    rf"^(?:To|An|Para|À|Pour|Recipient): ?[\"']?{PERSON}|\b(?:[Dd]ear|[Hh]i|[Hh]ello|[Hh]allo"
    rf"|[Ll]iebe[rn]?"
    rf"|[Hh]ola|[Bb]onjour|[Cc]iao) {PERSON}(?=\s?[,!.\n])",
    re.M,
)
GIVEN_TO = make_regex(rf"\b(?:to|for|an|für|para|pour) {PERSON}")
EMPLOYED = make_regex(
    r"\b(?:at|for|from|with|by|bei|von|en|chez|joins?|join(?:ed|ing)|calling|We at|of)\s(?:the )?"
    r"([A-ZÀ-Þ][\w&'’-]+(?: (?:of |& )?[A-ZÀ-Þ][\w&'’-]+){0,3})"
)
TITLE_LINE = make_regex(r"\A\s*(?:[A-Z][\w ]{2,20}:\s*)?([A-ZÀ-Þ][^\n:\d]{2,50}?)[.,]?\s*(?=\n)")
LOCATED = make_regex(
    r"\b(?:in|near|on|nach|en|à|em|wohnhaft in|based in|lives? in|aus)\s"
    r"((?:[Rr]oom|Raum|[Hh]all) \d{1,4}[A-Za-z]?\b"
    r"|(?:the |room |Room |Raum )?[A-ZÀ-ÞĀ-Ž][\w'’-]+"
    r"(?:[ -][A-ZÀ-ÞĀ-Ž][\w'’-]+){0,3}(?: \d{1,3}[A-Z]?\b)?)"
)
FROM_TO = make_regex(
    r"\b(?:from|von|de|desde)\s(?:the )?([\w'’-]+(?: [\w'’-]+){0,3}?)\s(?:to|nach|a|à|hasta"
    r"|until)\s"
    r"(?:the )?([A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,3}|[a-z][\w-]+(?: [a-z][\w-]+)?)"
    r"(?=\s(?:at|on|by|in|for|um|am|with|next|tomorrow|this)\b|[.,;!?\n]|\Z)"
)
AFTER_COMMA = make_regex(r",\s([A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,2})(?=\s?[(,.;\n]|\s*\Z)")
ORIGINS = frozenset("from origin pickup start departure pick source".split())
TARGETS = frozenset("to destination dropoff drop target arrival end".split())


def find_beside_label(name: str, options: list[Candidate], found: Candidates) -> str:
    """Return the name directly behind a word of the field: "Passenger: Mr. Paul Becker"."""
    for one in options:
        before = found.before(one, 30).rstrip(" :#=\"'([-–")
        for cues in list_cues(name):
            if any(before.endswith(cue) or ends_word(before, cue) for cue in cues if len(cue) > 2):
                return one.text
    return ""


def ends_word(before: str, cue: str) -> bool:
    """Return whether the last word of a text begins with a word of the field."""
    return len(cue) > 3 and before.rpartition(" ")[2].startswith(cue)


def find_person(name: str, found: Candidates) -> str:
    """Return the person that a field is about; empty if nothing in the text says who it is."""
    people = [one for one in found.found["name"] if one.kind in ("person", "word")]
    words = set(name.split("_"))
    if called := find_called(name, found.text):
        return called
    if "agent" in words and (match := AGENT.search(found.text)):
        return match[1]
    if "customer" in words and "Customer:" in found.text:
        part = found.text[found.text.find("Customer:") :]
        match = INTRODUCED.search(part)
        if match:
            return match[1]
    if words & DOCTORS:
        match = DOCTOR.search(found.text)
        return match[0] if match else ""
    if "author" in words and (match := HANDLE.search(found.text)):
        return match[1]
    if words & RECIPIENTS and (match := ADDRESSED.search(found.text)):
        return trim(match[1] or match[2], found)
    if words & SENDERS and not words & RECIPIENTS:
        for pattern in (HEADER, INTRODUCED, SIGNED):
            if (match := pattern.search(found.text)) and not ORGANISATION.search(match[1]):
                return trim(match[1], found)
    if beside := find_beside_label(name, [*people, *of_kind("organisation", found)], found):
        return beside
    if words & {"recipient", "name"} and (match := GIVEN_TO.search(found.text)) and " " in match[1]:
        return match[1]
    whole = [one.text for one in people if one.kind == "person" and not JOB_TITLE.search(one.text)]
    others = [one for one in whole if not DOCTOR.match(one)]
    is_certain = len(set(whole)) == 1 or (words & PATIENTS and others)
    return (others or whole)[0] if is_certain else ""


CALLED = make_regex(
    rf"{PERSON}(?:,? \((?:als |as |the |die |der |hereinafter |[\"“„']){{0,3}}"
    rf"|, (?:als |as |the |our |die |der ){{1,2}}){NAME}(?:in|s)?\b"
)
"""A name with the word of a field after it: "Sabine Krüger (Mieterin)"."""


def find_called(name: str, text: str) -> str:
    """Return the person that a text calls by the word of a field; empty without one."""
    match = search_named(CALLED, name, text[:4000]) if "_" not in name else None
    if match is None:
        return ""
    titled = list(FORM_OF_ADDRESS.finditer(match[1]))
    return match[1][titled[-1].end() :] if titled else match[1]


FORM_OF_ADDRESS = make_regex(r"\b(?:Herrn?|Frau|Mr|Mrs|Ms|Mme|Sra?|Sig)\.? ")


def of_kind(kind: str, found: Candidates) -> list[Candidate]:
    return [one for one in found.found["name"] if one.kind == kind]


def trim(name: str, found: Candidates) -> str:
    """Return the whole name if the text has it elsewhere: "Laura" is "Laura Mendes"."""
    longer = [one.text for one in of_kind("person", found) if one.text.startswith(f"{name} ")]
    return longer[0] if longer else name


def find_organisation(name: str, found: Candidates) -> str:
    """Return the company that a field is about; empty if the text has none."""
    named = of_kind("organisation", found)
    if match := (HOUSE.search(found.text) if HOUSE_KEY.search(name) else None):
        return match[0]
    if beside := find_beside_label(name, named, found):
        return beside
    sure = [one.text for one in named if ORGANISATION.search(one.text)]
    if sure:
        return sure[0]
    if re.search(r"store|shop|merchant|vendor|supplier|restaurant|hotel", name):
        match = TITLE_LINE.match(re.sub(r"\A[\w ]{3,20}:\n", "", found.text))
        if match and "," not in match[1]:
            return match[1].strip(" .\"'")
    is_visited = re.search(r"restaurant|hotel|store|shop|tienda|loja|magasin", name) is not None
    towns = set() if is_visited else {one.text for one in of_kind("place", found)}
    matches = (match[1] for match in EMPLOYED.finditer(found.text))
    return next((one for one in matches if one not in towns), "")


def find_place(name: str, found: Candidates) -> str:
    """Return the place that a field is about; empty if the text has none."""
    words = set(name.split("_"))
    if words & (ORIGINS | TARGETS):
        match = FROM_TO.search(found.text)
        if match:
            return match[1 if words & ORIGINS else 2]
        names = [one for one in found.found["name"] if one.kind != "label"]
        if words & TARGETS:
            names = [one for one in names if found.before(one).endswith(("to ", "an ", "nach "))]
        if names and len(words) == 1:
            return names[0].text
    places = of_kind("place", found)
    if beside := find_beside_label(name, [*places, *of_kind("word", found)], found):
        return beside
    for one in of_kind("organisation", found):
        if match := AFTER_COMMA.match(found.text, one.end):
            return match[1]
    match = LOCATED.search(found.text)
    if match:
        return re.sub(r"\A(?:the|room|Room|Raum) (?=[A-Z])", "", match[1])
    companies = {one.text for one in of_kind("organisation", found)}
    return next((one.text for one in places if one.text not in companies), "")
