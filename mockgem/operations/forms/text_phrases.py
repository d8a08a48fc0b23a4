"""Phrases of a given text for fields of an unknown kind: damage, the action that is wished."""

from __future__ import annotations

import re

from mockgem.operations.forms.field_cues import FREE, list_cues
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.matched_values import Field
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.text_lookup import find_by_kind, has_kind
from mockgem.operations.forms.unknown_fields import SENTENCES

SIGNS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        make_regex(r"(?:^|_)(?:damages?|defects?|schaden|daño)(?:_|$)"),
        make_regex(
            r"\b(?:dent\w*|damag\w*|broke\w*|crack\w*|scratch\w*|smash\w*|leak\w*|torn|bent"
            r"|shatter\w*|beschädigt|kaputt|zerkratzt|roto|dañad\w+|cassé)\b",
            re.I,
        ),
    ),
    (
        make_regex(
            r"(?:^|_)(?:requested|request|action|wish|demand|next_steps?|ask|asks|requests)(?:_|$)"
        ),
        make_regex(
            r"\b(?:please|could you|can you|would like|i'd like|i want|we want|need|bitte|möchte"
            r"|por favor|quisiera|voudrais)\b",
            re.I,
        ),
    ),
    (
        make_regex(r"(?:^|_)(?:resolution|solution|fix|outcome|answer_given|measures?)(?:_|$)"),
        make_regex(
            r"\b(?:will|technician|refund\w*|replac\w*|restart\w*|resolved|fixed|escalat\w*"
            r"|reset)\b",
            re.I,
        ),
    ),
    (
        make_regex(r"(?:^|_)(?:issue|problem|complaint|reason|cause|concern|incident)(?:_|$)"),
        make_regex(
            r"\b(?:not|down|broken|cannot|can['’]t|error|fails?|failed|slow|late|missing|wrong"
            r"|damaged|cracked|charged|crash\w*|nobody|stopped|outage|since|but|however"
            r"|unfortunately|sadly)\b|n['’]t\b",
            re.I,
        ),
    ),
    (
        make_regex(r"(?:^|_)(?:payment_method|payment|paid_by|paid_with|zahlungsart)(?:_|$)"),
        make_regex(
            r"\b(?:credit card|debit card|card|cash|visa|mastercard|paypal|apple pay|bank transfer"
            r"|invoice|bar|karte|überweisung|tarjeta|efectivo)\b",
            re.I,
        ),
    ),
)
"""Words of a text by the name of the field that they are about."""
PHRASES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        make_regex(r"(?:^|_)(?:interests?|interested_in|looking_for|need)$"),
        make_regex(
            r"\b(?:interested in|looking for|interessiert an|interesado en|intéressée? par)"
            r" (?:an? |the |ein\w* )?([^.,;!?\n]{3,60})",
            re.I,
        ),
    ),
    (
        make_regex(r"(?:^|_)(?:reason|cause|motivo|grund)$"),
        make_regex(
            r"\b(?:because(?: of)?|due to|weil|wegen|porque|parce que) ([^.;!?\n]{3,90})", re.I
        ),
    ),
    (
        make_regex(r"^(?:topic|subject|matter|thema|tema|sujet)$"),
        make_regex(
            r"\b(?:talk about|question (?:on|about)|set up|schedule|arrange|discuss|enquir\w+ about"
            r"|ask about|regarding|concerning|to book|interested in|writing about)"
            r" ((?:an? |the |your |our |my )?[^.,;!?\n]{3,60}?)(?= (?:on|for|at|by|before|next|this"
            r"|tomorrow) (?!the\b)|[.,;!?\n]|\Z)",
            re.I,
        ),
    ),
    (
        make_regex(r"^(?:problem|issue)$"),
        make_regex(r"\b(?:because|as) ((?:her|his|my|our|their|the) [^.;!?\n]{5,90})"),
    ),
    (
        make_regex(r"(?:^|_)(?:governing_law|jurisdiction)$"),
        make_regex(r"\blaws? of (?:the )?([A-Z][\w-]+(?: [A-Z][\w-]+){0,3})"),
    ),
    (
        make_regex(r"^(?:diet|dietary_\w+|special_requests?|requests?|notes?)$"),
        make_regex(
            r"\b((?:vegetarian|vegan|gluten[- ]free|lactose[- ]free|halal|kosher|window seat"
            r"|wheelchair"
            r"|high chair)[^.,;!?\n]{0,40})",
            re.I,
        ),
    ),
)
"""Phrases behind their cue."""
SPEAKER = make_regex(r"\A(?:Agent|Customer|Support|User|Caller|[A-Z][a-z]+): ")
ONE_WORD = make_regex(r"payment|paid|zahlungsart")
LABEL_BEFORE = make_regex(r"\w[\"'*]{0,3}\s?[:=]\s?[\"'*]{0,3}\Z")
MAX_SHORT = 90


def is_guess(field: Field, given: str, taken: set[str]) -> bool:
    """Return whether the value of a field is any word of the text, or the text itself."""
    value = field.value
    if field.name.endswith("reason") and value.startswith("The text says"):
        return any(names.search(field.name) and sign.search(given) for names, sign in PHRASES)
    has_phrase = any(names.search(field.name) and sign.search(given) for names, sign in PHRASES)
    if has_phrase and value.strip().count(" ") == 0:
        return True
    if FREE.search(field.name) or SENTENCES.search(field.name) or field.kind:
        return False
    if has_phrase:
        return True
    if value in taken or value.strip() == given.strip() or value not in given:
        return True
    if has_kind(field.name):
        return value != find_by_kind(field.name, given) and bool(find_by_kind(field.name, given))
    if " " in value.strip():
        return len(value) > MAX_SHORT and not has_sign(field.name)
    return not LABEL_BEFORE.search(given[max(0, given.find(value) - 8) : given.find(value)])


def has_sign(name: str) -> bool:
    return any(names.search(name) for names, _ in SIGNS)


def find_phrase(name: str, given: str) -> str:
    """Return what a text says about a field: a sentence with its signs, or with its words."""
    sentences = [SPEAKER.sub("", one).strip() for one in split_sentences(given)]
    for names, sign in PHRASES:
        if names.search(name) and (match := sign.search(given)):
            return match[1].strip()
    for names, sign in SIGNS:
        if names.search(name):
            if ONE_WORD.search(name):
                match = sign.search(given)
                return match[0].lower() if match else ""
            return next((one.strip() for one in sentences if sign.search(one)), "")
    if has_kind(name):
        return find_by_kind(name, given)
    if noun := find_noun(name, given):
        return noun
    cues = [cue for group in list_cues(name) for cue in group if len(cue) > 3]
    return next(
        (one for one in sentences if any(cue in one.lower() for cue in cues)),
        "",
    )


NEXT = make_regex(
    r"(?::|is|are|was)? ?([A-ZÀ-Þ\d][\w'-]*(?: [A-ZÀ-Þ\d][\w'-]*){0,2}|[a-zà-ÿ]{4,16})"
)
PREVIOUS = make_regex(r"([A-ZÀ-Þ][\w'-]+(?: (?:and |& )?[A-ZÀ-Þ][\w'-]+){0,2}) \Z")
SMALL = frozenset(
    "which that with from this will have been were they your pour avec dans para que por und oder"
    " mit von nach and the for was are is".split()
)


VAGUE = frozenset("type kind category class".split())
QUALIFIED = make_regex(r"\b([a-zà-ÿ]{3,14}) \Z")


def find_word(word: str, given: str) -> int:
    return max(given.lower().find(word), 0)


def find_noun(name: str, given: str) -> str:
    """Return the phrase with the word of a field: "Finance department", "chambre double"."""
    words = name.split("_")
    word = words[-1]
    if word in VAGUE and len(words) > 1:
        match = QUALIFIED.search(given[: find_word(words[-2], given)])
        return f"{match[1]} {words[-2]}" if match and match[1] not in SMALL else ""
    if len(word) < 4:
        return ""
    start = given.lower().find(word)
    if start < 0 or given[start - 1 : start].isalnum():
        return ""
    end = start + len(word)
    end += given[end : end + 1] == "s"
    if given[end : end + 1].isalnum():
        return ""
    if before := PREVIOUS.search(given[max(0, start - 50) : start]):
        return before[1]
    after = NEXT.match(given, end + 1)
    if after is None or after[1] in SMALL:
        return ""
    return f"{given[start:end]} {after[1]}" if after[1].islower() else after[1]
